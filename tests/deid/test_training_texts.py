"""The narratives that teach the taggers: written for it, readable by the parser, and nobody's."""

import re
from pathlib import Path

from training.corpus import KINDS, Marked, narratives

from uth.deid.find.cpr import modulus_11

FOLDER = Path(__file__).parents[2] / "training" / "narratives"
TEXTS = list(narratives(FOLDER))
MARKS = {*KINDS, "TRAP", "IGNORE", ""}


def test_fourteen_hands_wrote_nearly_three_thousand_texts() -> None:
    hands = {text.id.split("-")[0] for text in TEXTS}
    assert len(hands) == 14
    assert len(TEXTS) >= 2800


def test_every_mark_is_one_the_tagger_knows() -> None:
    assert {part.kind for text in TEXTS for part in text.parts} <= MARKS
    assert [
        text.id for text in TEXTS if any("{" in part.text or "}" in part.text for part in text.parts)
    ] == []


def test_no_text_teaches_what_the_test_part_measures() -> None:
    gold = Path(__file__).parent / "gold" / "test"
    assert {_words(text) for text in TEXTS}.isdisjoint(_words(text) for text in narratives(gold))


def test_no_cpr_number_that_is_taught_can_be_anybodys() -> None:
    assert [text.id for text in TEXTS if any(_somebodys(part.text) for part in text.parts)] == []


def _words(text: Marked) -> str:
    return "".join(part.text for part in text.parts)


def _somebodys(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return (
        len(digits) == 10
        and modulus_11(digits)
        and 1 <= int(digits[:2]) <= 31
        and 1 <= int(digits[2:4]) <= 12
    )
