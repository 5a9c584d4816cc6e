"""The engine reads any megabyte in bounded time (fart)."""

import time

import pytest

from uth.deid import lexicon
from uth.deid.engine import find

NOTE = (
    "Pt. Hanne Holm, cpr 010203-1234, blev d. 3/4 indlagt på afd. B12 og fik 5 mg Morfin. "
    "Sygeplejersken ringede til vagtlægen, som ordinerede væske. Herefter skete der ikke mere.\n"
)
MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "piece",
    [NOTE, "a", "A", "1", "1 ", "1.", "-", " ", "\n", "A ", "Aa ", "Aa.", "aa.", "a@", "a.b@", "en ", "en,", "Hanne ", "hanne ", "A.", "0", "12/", "(at) ", "www.", "vej 1 ", "Vej 1, ", "cpr ", "\u0301", "\u200b", "æ", "😀", "1234 ", "d. ", "x-"],
)  # fmt: skip
def test_no_text_makes_it_slow(piece: str) -> None:
    size = 60_000
    text = piece * (size // len(piece))
    started = time.process_time()
    find(text)
    assert time.process_time() - started < 5


def test_a_megabyte_of_notes_is_read_at_a_steady_pace() -> None:
    text = NOTE * (MEGABYTE // len(NOTE))
    started = time.process_time()
    find(text)
    assert time.process_time() - started < 33


def test_the_lists_load_fast_and_stay_small() -> None:
    lexicon.entries.cache_clear()
    started = time.process_time()
    names = ("first_names_common", "first_names", "surnames", "surnames_rare", "streets", "towns", "villages")
    total = sum(len(lexicon.entries(name)) for name in names)
    assert time.process_time() - started < 0.5
    assert 40_000 < total < 120_000
