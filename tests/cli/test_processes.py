"""Processes that share a long row of work: in order, a little at a time, and told when one dies."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from tests.installation import hear_signals

from uth.cli.processes import AHEAD, in_order

ROOT = Path(__file__).parents[2]


def test_answers_keep_the_order_of_the_pieces() -> None:
    assert list(in_order(abs, range(-100, 0), jobs=2)) == list(range(100, 0, -1))


def test_only_so_many_pieces_are_taken_ahead_as_the_processes_need() -> None:
    taken: list[int] = []

    def endless() -> Iterator[int]:
        while True:
            taken.append(len(taken))
            yield taken[-1]

    answers = in_order(abs, endless(), jobs=2)
    assert [next(answers) for _ in range(50)] == list(range(50))
    assert len(taken) <= 50 + AHEAD * 2
    answers.close()  # type: ignore[attr-defined]


def test_a_process_that_is_killed_is_told_of() -> None:
    with pytest.raises(BrokenProcessPool):
        list(in_order(os._exit, [1, 1, 1], jobs=2))


def test_what_goes_wrong_in_a_process_goes_wrong_here() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        list(in_order(int, ["1", "x"], jobs=2))


def test_interrupted_it_says_one_sentence_and_has_written_whole_lines() -> None:
    command = [sys.executable, "-m", "uth.cli.main", "deid", "--jsonl", "--jobs", "2"]
    run = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")},
        start_new_session=True,
        preexec_fn=hear_signals,  # noqa: PLW1509 - no threads here
    )
    assert run.stdin is not None
    assert run.stdout is not None
    run.stdin.write(b'{"id": 1, "text": "Pt faldt."}\n' * 2000)
    run.stdin.flush()
    first = run.stdout.readline()
    time.sleep(0.2)
    os.killpg(run.pid, signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert err.decode().splitlines() == ["uth: Afbrudt. Det, der er skrevet, er hele linjer."]
    assert set((first + out).splitlines()) == {b'{"id": 1, "text": "Pt faldt.", "entities": []}'}
