"""The engine finds what people type (motoren)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uth.deid.engine import find
from uth.deid.leaks import leaks
from uth.deid.replace import replace
from uth.deid.span import Kind

NOTE = (
    "Pt. Hanne Holm, cpr 010203-1234 (tlf. 20 30 40 50), blev d. 3/4 indlagt på afd. B12. "
    "Sygeplejerske mette kjær gav 5 mg Morfin kl. 14.30. dr. Mbeki ringede til hans kone Bente. "
    "Hun bor på Vesterbrogade 12, 2. tv, 8000 Aarhus C og er 92 år. BT 120/80, Apgar 9/10."
)


def test_a_note_loses_its_identities_and_keeps_its_story() -> None:
    clean = replace(NOTE, find(NOTE))
    for secret in (
        "Hanne",
        "Holm",
        "010203",
        "1234",
        "20 30",
        "3/4",
        "B12",
        "mette",
        "kjær",
        "Mbeki",
        "Bente",
        "Vesterbro",
        "8000",
        "92",
    ):
        assert secret not in clean
    for story in (
        "5 mg Morfin",
        "kl. 14.30",
        "BT 120/80",
        "Apgar 9/10",
        "[patienten], cpr [CPR-nummer]",
        "[sygeplejerske A] gav 5 mg",
        "ringede til hans [kone C]",
    ):
        assert story in clean


def test_the_clean_note_has_nothing_left_to_leak() -> None:
    assert leaks(replace(NOTE, find(NOTE))) == ()


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_an_error(text: str) -> None:
    for span in find(text):
        assert span.text == text[span.start : span.end]
        assert span.start < span.end


@given(st.text(alphabet="0123456789 -./nul en to tre@O\n", max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_heap_of_digits_is_read_without_an_error(text: str) -> None:
    clean = replace(text, find(text))
    assert all(clean[span.start : span.end] == span.text for span in leaks(clean))


@pytest.mark.parametrize("text", ["", "\x00", "😀 Hanne\x00Holm", "\u202eHanne\u202c", "a" * 5000, "\ud800"])
def test_odd_texts_are_read(text: str) -> None:
    assert "Hanne" not in replace(text, find(text))


def test_every_kind_has_its_danish_words() -> None:
    for kind in Kind:
        assert kind.danish
        assert kind.placeholder
