"""The engine reads any text in time in step with its length (fart)."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from uth.deid import lexicon
from uth.deid.engine import LISTED, STRUCTURED
from uth.deid.words import forget

NOTE = (
    "Pt. Hanne Holm, cpr 010203-1234, blev d. 3/4 indlagt på afd. B12 og fik 5 mg Morfin. "
    "Sygeplejersken ringede til vagtlægen, som ordinerede væske. Herefter skete der ikke mere.\n"
)
LONG = 300_000


def recognised(text: str) -> None:
    """What the rules and lists do of a reading; how fast the taggers read is measured by `make bench-deid`."""
    try:
        for recogniser in (*STRUCTURED, *LISTED):
            recogniser(text)
    finally:
        forget()


@pytest.mark.parametrize(
    "piece",
    [NOTE, "a", "A", "1", "1 ", "1.", "-", " ", "\n", "A ", "Aa ", "Aa.", "aa.", "a@", "a.b@", "en ", "en,", "Hanne ", "hanne ", "A.", "0", "12/", "(at) ", "www.", "vej 1 ", "Vej 1, ", "cpr ", "\u0301", "\u200b", "æ", "😀", "1234 ", "d. ", "x-"],
)  # fmt: skip
def test_no_text_makes_it_slow(piece: str) -> None:
    size = 20_000
    text = piece * (size // len(piece))
    started = time.process_time()
    recognised(text)
    assert time.process_time() - started < 3


def test_long_notes_are_read_at_thirty_kilobytes_a_second_or_more() -> None:
    text = NOTE * (LONG // len(NOTE))
    started = time.process_time()
    recognised(text)
    assert time.process_time() - started < 10


def test_the_lists_load_fast() -> None:
    lexicon._read.cache_clear()
    started = time.process_time()
    recognised(NOTE)
    assert time.process_time() - started < 0.25


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells what a process has held")
def test_the_whole_engine_stays_small() -> None:
    """In a process of its own: the most it has held, lists, language model and all."""
    look = "import sys; from uth.deid.engine import find; find(sys.argv[1]); print(open('/proc/self/status').read())"
    run = subprocess.run([sys.executable, "-c", look, NOTE], capture_output=True, text=True, check=True)
    kilobytes = int(run.stdout.split("VmHWM:")[1].split()[0])
    assert kilobytes < 300_000
