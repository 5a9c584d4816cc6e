"""Text is kept as it was meant: one spelling, nothing hidden, nothing a database refuses."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uth.law.text import fold, tidy

ODD = st.text() | st.text("aAåÅe\u0301\u030a\x00\u202e\u2066\r\n\t \ud800🙂", max_size=12)


@given(ODD)
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(ODD)
def test_a_tidied_text_can_be_stored_and_sent(text: str) -> None:
    clean = tidy(text)
    assert clean.encode("utf-8").decode("utf-8") == clean
    assert "\x00" not in clean
    assert "\r" not in clean
    assert unicodedata.is_normalized("NFC", clean)


def test_a_letter_kept_apart_by_a_control_character_becomes_one() -> None:
    assert tidy("A\x00\u030arhus") == "Århus"


@pytest.mark.parametrize(
    "text", ["Blodtryk 120/80", "Gav 2 x 500 mg", "Første linje\n\tanden", "🙂 smiley", "אבג"]
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert tidy(text) == text


def test_a_name_reads_the_way_its_letters_stand() -> None:
    assert tidy("Hans\u202enesnaH") == "HansnesnaH"


@given(ODD)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"), [("ÅRHUS", "århus"), ("Café Lærke", "cafe lærke"), ("Søren Müller", "søren muller")]
)
def test_danish_letters_stay_letters_of_their_own(text: str, folded: str) -> None:
    assert fold(text) == folded
