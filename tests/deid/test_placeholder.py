"""What stands in brackets (pladsholdere): one closed grammar, old and new."""

import pytest

from uth.deid.engine import find
from uth.deid.placeholder import PLACEHOLDER, blanked
from uth.deid.span import Kind


@pytest.mark.parametrize(
    "words",
    ["navn 1", "navn", "dato", "person A", "læge B2", "anæstesisygeplejerske C", "patienten", "den anden patient", "rapportøren",
     "patientens datter", "borgerens anden søn", "dag 0", "dagen før", "12 dage senere", "dag -3 til 0", "ca. 3 måneder senere",
     "flere år før", "samme måned", "sygehuset", "det andet sygehus", "den 11. afdeling", "by", "den anden by", "nr.", "over 89",
     *(kind.placeholder for kind in Kind)],
)  # fmt: skip
def test_these_words_in_brackets_are_placeholders(words: str) -> None:
    assert PLACEHOLDER.fullmatch(f"[{words}]")


@pytest.mark.parametrize(
    "words",
    ["Hanne", "læge Hanne", "læge HH", "patientens Hanne", "den anden hanne", "hannelund A", "dag 5", "3/4", "010203-1234", "nr. 7",
     "sygehuset Riget", "12 34 56 78", "navn 12345", "Navn 1"],
)  # fmt: skip
def test_no_identity_can_hide_in_brackets(words: str) -> None:
    assert not PLACEHOLDER.search(f"[{words}]")


def test_nobody_is_looked_for_in_a_placeholder_and_offsets_stay() -> None:
    text = "[patientens datter] og Hanne Holm, [dag 0]"
    assert len(blanked(text)) == len(text)
    assert [span.text for span in find(text)] == ["Hanne Holm"]
