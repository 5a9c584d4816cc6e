"""Four times the text takes no more than eight times the time: a guard, not a measurement (`python -m bench deid growth`)."""

import time

import pytest
from bench.deid_growth import HOSTILE, KNOWN, ordinary

from uth.deid.engine import Profile, find

SMALL, LARGE = 10_000, 40_000
LEAST = 0.02  # seconds under which the clock says nothing


def spent(text: str) -> float:
    started = time.process_time()
    find(text, known=KNOWN, profile=Profile.FAST)
    return max(time.process_time() - started, LEAST)


@pytest.mark.parametrize("name", ["ordinary", "dates", "known names", "letters", "addresses"])
def test_time_grows_with_the_text(name: str) -> None:
    whole = ordinary(LARGE) if name == "ordinary" else HOSTILE[name] * (LARGE // len(HOSTILE[name]))
    find(whole[:2_000], known=KNOWN, profile=Profile.FAST)
    assert min(spent(whole) for _ in range(2)) < 8 * max(spent(whole[:SMALL]) for _ in range(2))
