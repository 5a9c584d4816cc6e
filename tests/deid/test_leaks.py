"""The second look is stricter than the first (rester)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uth.deid.leaks import leaks
from uth.deid.replace import PLACEHOLDER
from uth.deid.span import Kind


@pytest.mark.parametrize(
    "text",
    [
        "varenr 123456",
        "1 2 3 4 5 6",
        "12.34.56",
        "noget@",
        "snabel-a",
        "Hanne",
        "et to tre fire fem seks",
        "Ngozi sov",
        "så kom Storm forbi",
    ],
)
def test_what_may_point_at_somebody_is_shown(text: str) -> None:
    assert leaks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[navn 1] ringede til [navn 2] om [CPR-nummer].",
        "Patienten fik 5 mg Morfin kl. 14.30.",
        "[e-mail] [dato] [over 89] år",
    ],
)
def test_a_clean_text_is_clean(text: str) -> None:
    assert leaks(text) == ()


def test_a_placeholder_is_never_a_leak_and_never_hides_one() -> None:
    assert [span.text for span in leaks("[navn 1]Hanne 010203-1234[dato]")] == ["Hanne", "010203-1234"]


def test_every_kind_has_a_placeholder_that_the_second_look_knows() -> None:
    for kind in Kind:
        assert PLACEHOLDER.fullmatch(f"[{kind.placeholder}]")
        assert leaks(f"Så skete [{kind.placeholder}] igen") == ()


@given(st.text(max_size=200))
def test_leaks_say_their_text(text: str) -> None:
    for span in leaks(text):
        assert text[span.start : span.end] == span.text
