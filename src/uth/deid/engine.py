"""The engine (motoren): the one door in; finds every identity in a Danish text that it can.

What it finds is a proposal. It never makes a text anonymous by itself: a person reads and confirms.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from uth.deid import student, tagger, weigh
from uth.deid.allow import vetoed
from uth.deid.around import read_around
from uth.deid.find import (
    address,
    age,
    code,
    cpr,
    date,
    deeds,
    echo,
    initials,
    lower,
    mail,
    person,
    phone,
    place,
    profession,
    titled,
    unit,
    url,
)
from uth.deid.find import known as known_identities
from uth.deid.merge import merge
from uth.deid.names import whose
from uth.deid.placeholder import blanked
from uth.deid.plausible import plausible
from uth.deid.propagate import propagate
from uth.deid.replace import Cast, Style, replace
from uth.deid.span import Kind, KnownIdentity, Span
from uth.deid.tagger import Reading
from uth.deid.words import View, forget, view

__all__ = [
    "Cast",
    "Clean",
    "Kind",
    "KnownIdentity",
    "Profile",
    "Span",
    "Style",
    "chosen",
    "deidentify",
    "find",
    "use",
]

Recogniser = Callable[[str], Sequence[Span]]

STRUCTURED: tuple[Recogniser, ...] = (
    cpr.find,
    phone.find,
    mail.find,
    url.find,
    address.find,
    date.find,
    age.find,
    code.find,
    profession.find,
)
LISTED: tuple[Recogniser, ...] = (
    titled.find,
    person.find,
    lower.find,
    deeds.find,
    initials.find,
    place.find,
    unit.find,
)


class Profile(StrEnum):
    """How thoroughly to look: FULL reads with the language model, FAST with the small one for bulk and thin machines."""

    FULL = "full"
    FAST = "fast"


_READERS: dict[Profile, Callable[[str], Reading]] = {Profile.FULL: tagger.read, Profile.FAST: student.read}

_CHOSEN = [Profile.FULL]


def use(profile: Profile) -> None:
    """From now on look so thoroughly, where nothing else is asked for."""
    _CHOSEN[:] = [profile]


def chosen() -> Profile:
    """How thoroughly this installation looks."""
    return _CHOSEN[0]


@dataclass(frozen=True, slots=True)
class Clean:
    """A text without its identities, what was found in the text as given, and how thoroughly it was looked for."""

    text: str
    spans: tuple[Span, ...]
    profile: Profile


def deidentify(
    text: str,
    *,
    known: Sequence[KnownIdentity] = (),
    profile: Profile | None = None,
    cast: Cast | None = None,
    style: Style = Style.LESSON,
) -> Clean:
    """The text with every identity found in it replaced; `known` is what the case's own vault holds.

    `profile`: how thoroughly, where it is not what the installation has chosen (`use`).
    `cast`: who is who in the other texts of the same event, so that one person bears one tag in all of them.
    """
    thoroughly = profile or chosen()
    spans = find(text, known=known, profile=thoroughly)
    return Clean(replace(text, spans, cast=cast, style=style), spans, thoroughly)


def find(
    text: str, *, known: Sequence[KnownIdentity] = (), profile: Profile | None = None
) -> tuple[Span, ...]:
    """Every identity found in the text, in order, without overlap. Placeholders are not looked at.

    Raises TaggerMissing and TaggerTooSlow: a text that could not be read whole is not read at all.
    """
    seen = view(blanked(text))
    try:
        return whose(merge(text, _typed(text, seen, _found(seen.text, known, profile or chosen()))), known)
    finally:
        forget()


def _found(text: str, known: Sequence[KnownIdentity], profile: Profile) -> list[Span]:
    weights = weigh.Weights.of(read_around(_READERS[profile], text))
    numbers = [span for recogniser in STRUCTURED for span in recogniser(text)]
    names = vetoed(text, [span for recogniser in LISTED for span in recogniser(text)])
    sure = [
        *weigh.believed(numbers, weights, weights.standard.figures),
        *weigh.believed(names, weights, weights.standard.names),
        *known_identities.find(text, known),
        *plausible(text, vetoed(text, weigh.seen(text, weights))),
    ]
    again = weigh.believed(vetoed(text, propagate(text, sure)), weights, weights.standard.names)
    return [*sure, *echo.find(text, sure), *again]


def _typed(text: str, seen: View, spans: Sequence[Span]) -> list[Span]:
    """Spans of the view as spans of the text as it was typed."""
    if seen.origin is None:
        return [Span(s.start, s.end, s.kind, text[s.start : s.end], s.finder, s.score, s.who) for s in spans]
    back = [(span, *seen.back(span.start, span.end)) for span in spans]
    return [Span(start, end, s.kind, text[start:end], s.finder, s.score, s.who) for s, start, end in back]
