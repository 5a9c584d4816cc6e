"""The second look is stricter than the first (rester)."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uth.deid.evaluate import Gold, read
from uth.deid.leaks import leaks
from uth.deid.replace import PLACEHOLDER
from uth.deid.span import Kind, KnownIdentity, Span

DEV = read(Path(__file__).parent / "gold" / "dev")


@pytest.mark.parametrize(
    "text",
    [
        "nr. 123456",
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


def test_a_known_name_that_is_an_ordinary_word_is_pointed_at() -> None:
    known = [KnownIdentity(Kind.PERSON, "Dreng Testesen")]
    assert [span.text for span in leaks("Dreng sov. En dreng løb.", known=known)] == ["Dreng"]


def test_every_kind_has_a_placeholder_that_the_second_look_knows() -> None:
    for kind in Kind:
        assert PLACEHOLDER.fullmatch(f"[{kind.placeholder}]")
        assert leaks(f"Så skete [{kind.placeholder}] igen") == ()


@given(st.text(max_size=200))
def test_leaks_say_their_text(text: str) -> None:
    for span in leaks(text):
        assert text[span.start : span.end] == span.text


# The promise of the second look on the development texts: raise a floor, never lower it.
NEEDLESS_A_TEXT = 0.3
CAUGHT = 0.95


def without(one: Gold, left: Span | None = None) -> tuple[str, range]:
    """The text with every identity redacted but one, and where that one stands."""
    text, at, where = "", 0, range(0)
    for span in sorted(one.identities, key=lambda each: each.start):
        text += one.text[at : span.start]
        words = span.text if span is left else f"[{span.kind.placeholder}]"
        where = range(len(text), len(text) + len(words)) if span is left else where
        text, at = text + words, span.end
    return text + one.text[at:], where


def sees(one: Gold, span: Span) -> bool:
    text, where = without(one, span)
    return any(leak.start < where.stop and where.start < leak.end for leak in leaks(text))


def test_it_points_at_less_than_one_word_a_text_without_need() -> None:
    pointed = sum(len(leaks(without(one)[0])) for one in DEV)
    assert pointed / len(DEV) <= NEEDLESS_A_TEXT


def test_it_sees_most_of_what_is_left_in_a_text() -> None:
    sample = [(one, span) for one in DEV for span in one.identities][::5]
    assert sum(sees(one, span) for one, span in sample) / len(sample) >= CAUGHT


@pytest.mark.parametrize(
    "word", ["Reza", "reza", "mette", "svendborg", "SKEJBY", "kbj", "T.V.K.", "U-17", "8830", "stue 12"]
)
def test_a_word_of_no_report_is_pointed_at_in_any_case_of_letters(word: str) -> None:
    assert leaks(f"hun spurgte på {word} igen")


@pytest.mark.parametrize(
    "text",
    [
        "Sengehesten var slået ned, og weekendvagtlaget kendte ikke faldrisikoen.",
        "pt fik ny insulinpumpe, alarmerne blev overhørt og medicingivningen forsinket",
        "BT 140/80, P 88, SAT 94 %, temp 38,2. Gav inj. Furix 40 mg i.v. kl. 14.30.",
        "Patientens hjemmesygeplejerske overså medicinskemaet og gav dobbelt dosis.",
    ],
)
def test_ordinary_words_are_left_in_peace(text: str) -> None:
    assert leaks(text) == ()


@pytest.mark.parametrize("piece", ["a", "aa ", "Abe", "1-", "A.", "stue ", "a1", "gård", "x'", "A1-"])
def test_no_text_makes_the_second_look_slow(piece: str) -> None:
    started = time.process_time()
    leaks(piece * (20_000 // len(piece)))
    assert time.process_time() - started < 3
