"""Narratives by another hand: how many of their identities the engine finds alone (andres fortællinger)."""

import json
from pathlib import Path

import pytest

from uth.deid.engine import find

NARRATIVES = Path(__file__).parents[1] / "narratives"


def found(text: str, identities: list[str]) -> list[bool]:
    """For each identity: is every letter and digit of it covered, wherever it stands?"""
    covered = {place for span in find(text) for place in range(span.start, span.end)}
    return [_covered(text, one, covered) for one in identities if one in text]


def _covered(text: str, identity: str, covered: set[int]) -> bool:
    start = text.find(identity)
    while start >= 0:
        if any(identity[at].isalnum() and start + at not in covered for at in range(len(identity))):
            return False
        start = text.find(identity, start + 1)
    return True


@pytest.mark.parametrize(("file", "floor"), [("as_people_write.json", 0.9), ("planted.json", 0.92)])
def test_most_identities_are_found_by_the_engine_alone(file: str, floor: float) -> None:
    data = json.loads((NARRATIVES / file).read_text(encoding="utf-8"))
    results: list[bool] = []
    for one in data["narratives"]:
        text = "\n".join(part for part in (one.get("headline"), one.get("text")) if part)
        planted = one.get("identities") or one.get("planted")
        results += found(text, [planted] if isinstance(planted, str) else list(planted))
    assert len(results) >= 50
    assert sum(results) / len(results) >= floor
