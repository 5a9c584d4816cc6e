"""What holds of every text, however odd: spans fit it, replacing changes nothing else, and once is enough (egenskaber)."""

import re
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uth.deid import engine
from uth.deid.engine import Kind, KnownIdentity, Profile, Span
from uth.deid.evaluate import read
from uth.deid.find import known as known_identities
from uth.deid.leaks import leaks
from uth.deid.placeholder import PLACEHOLDER
from uth.deid.replace import Style
from uth.deid.words import forget, view

GOLD = Path(__file__).parent / "gold"
KNOWN = (
    KnownIdentity(Kind.PERSON, "Bente-Lise Ågård Müller"),
    KnownIdentity(Kind.CPR, "010203-1234"),
    KnownIdentity(Kind.PHONE, "20 30 40 50"),
    KnownIdentity(Kind.EMAIL, "bente@eksempel.dk"),
    KnownIdentity(Kind.ADDRESS, "Gl. Skovvej 12 B, st. tv, 7140 Stouby"),
    KnownIdentity(Kind.ORG_UNIT, "Plejehjemmet Solgården"),
)
PIECES = (
    "Pt. ", "Hanne Holm", "hanne", "Bente-Lise", "mULLER", "spl. MK", "dr. Bo", "010203-1234", "1. februar 1903", "d. 3/4", "den 14.", "tlf. ",
    "20304050", "tyve tredive ", "Skovvej 12 B, st. tv", "7140 Stouby", "Plejehjemmet Solgården", "stue 4", "afd. B12", "x@y.dk", "(at)", "www.a.dk",
    "93 år", "halvfems", "journalnr. 12-345", "ydernr. 078341", "[person A]", "[dato]", "[", "]", " ", " ", " ", "\n", ". ", ", ", "-", "/", ":", "'s ",
    "og ringede til ", "blev set af ", "mor til ", "BT 120/80", "5 mg", "kl. 14.30", "Parkinson", "0", "1", "æ", "Å", "a\u030a", "\u00ad", "\u200b",
    "\u200f", "\u202e", "\x00", "\ufeff", "😀", "\U0001d407", "א", "ا", "م", "中", "\u0301", "\u20e3", "\u2028", "\u00a0", "١", "Ⅷ", "ﬁ", "ß", "İ", "ŉ",
)  # fmt: skip
# The small reader: it goes the same way through the engine as the large one, and takes a tenth of the time.
find = partial(engine.find, profile=Profile.FAST)
deidentify = partial(engine.deidentify, profile=Profile.FAST)
odd = st.text(max_size=60)
notes = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=25).map("".join)
texts = notes | odd
UNSEEN = "\u00ad\u200b\u2060\ufeff"
anything = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def fits(text: str, spans: tuple[Span, ...] | list[Span]) -> bool:
    return all(
        0 <= span.start < span.end <= len(text) and span.text == text[span.start : span.end] for span in spans
    )


@anything
@given(texts)
def test_spans_fit_the_text_in_order_and_apart(text: str) -> None:
    spans = find(text, known=KNOWN)
    assert fits(text, spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))


@pytest.mark.parametrize("finder", [*engine.STRUCTURED, *engine.LISTED], ids=lambda finder: finder.__module__)
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(text=texts)
def test_no_finder_stumbles_over_any_text(finder: engine.Recogniser, text: str) -> None:
    try:
        assert fits(text, list(finder(text)))
    finally:
        forget()


@anything
@given(texts, st.lists(st.sampled_from(list(Kind)), max_size=3), st.lists(st.text(max_size=20), max_size=3))
def test_nothing_the_vault_may_hold_makes_it_stumble(text: str, kinds: list[Kind], held: list[str]) -> None:
    known = [KnownIdentity(kind, one) for kind, one in zip(kinds, held, strict=False)]
    assert fits(text, known_identities.find(text, [*known, *KNOWN]))


@anything
@given(texts)
def test_the_text_is_unchanged_outside_what_was_found(text: str) -> None:
    """The lesson's style takes a title into the tag ('[sygeplejerske A]'); the plain style touches nothing else."""
    clean = deidentify(text, known=KNOWN, style=Style.MASK)
    pattern, done = "", 0
    for span in clean.spans:
        pattern += re.escape(text[done : span.start]) + r"\[[^\[\]]+\]"
        done = span.end
    assert re.fullmatch(pattern + re.escape(text[done:]), clean.text)


@anything
@given(texts)
def test_what_has_been_replaced_stays_replaced(text: str) -> None:
    """A later reading may find more, for the words around are new; what is written it leaves alone, so there is an end."""
    once = deidentify(text, known=KNOWN)
    again = deidentify(once.text, known=KNOWN)
    marks = [match.span() for match in PLACEHOLDER.finditer(once.text)]
    assert not any(start < span.end and span.start < end for span in again.spans for start, end in marks)
    written = iter(PLACEHOLDER.findall(again.text))
    assert all(mark in written for mark in PLACEHOLDER.findall(once.text))
    assert readings(text) <= MOST_READINGS


MOST_READINGS = 4


def readings(text: str) -> int:
    """How many readings it takes until one changes nothing, that one not counted."""
    for number in range(MOST_READINGS + 1):
        after = deidentify(text, known=KNOWN).text
        if after == text:
            return number
        text = after
    return MOST_READINGS + 1


def test_a_text_that_is_read_anew_is_hardly_ever_changed() -> None:
    """Reports as they are written, by the reader that installations use."""
    stories = [one.text for one in read(GOLD / "dev")][::4]
    once = [engine.deidentify(story, profile=Profile.FULL).text for story in stories]
    changed = sum(engine.deidentify(text, profile=Profile.FULL).text != text for text in once)
    assert changed <= len(stories) * 0.04


@anything
@given(notes, st.lists(st.tuples(st.integers(0, 400), st.sampled_from(UNSEEN)), max_size=6))
def test_what_cannot_be_seen_changes_nothing(text: str, unseen: list[tuple[int, str]]) -> None:
    plain = "".join(char for char in view(text).text if char not in "[]")
    typed = plain
    for place, char in unseen:
        typed = typed[: place % (len(typed) + 1)] + char + typed[place % (len(typed) + 1) :]
    assert _shown(plain) == _shown(typed)


def _shown(text: str) -> list[str]:
    """What was found, as one sees it."""
    return ["".join(char for char in span.text if char not in UNSEEN) for span in find(text, known=KNOWN)]


@anything
@given(texts)
def test_the_second_look_fits_too(text: str) -> None:
    assert fits(text, leaks(text, known=KNOWN))
