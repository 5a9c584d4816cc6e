"""Scores (resultater): how much of the identities is found, how much else is hidden, each with its uncertainty.

An identity is found when every letter and digit of it is covered; a genitive s of a name may stay. Covered letters
and digits outside identities are wrongly hidden, save where the gold says that they count neither way.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from uth.deid.engine import find
from uth.deid.evaluate.gold import Gold
from uth.deid.span import Kind, Span

Finder = Callable[[str], Sequence[Span]]

Z = 1.959964  # of a 95 % interval
DIRECT = tuple(kind for kind in Kind if kind.direct)
QUASI = tuple(kind for kind in Kind if not kind.direct)
_GENITIVE = re.compile(r"['’]?s$")
_INITIALS = re.compile(r"[^\W\d_](?:[. -]{0,2}[^\W\d_]){1,4}\.?")
_VOWEL = re.compile(r"[aeiouyæøåéüöä]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with Wilson's 95 % interval."""

    count: int
    of: int

    @property
    def share(self) -> float:
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.of:
            return 0.0, 1.0
        middle = (self.share + Z * Z / (2 * self.of)) / (1 + Z * Z / self.of)
        half = (
            sqrt(self.share * (1 - self.share) / self.of + Z * Z / (4 * self.of**2))
            * Z
            / (1 + Z * Z / self.of)
        )
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Characters of characters. They come in lumps, a text at a time, and the interval is from text to text."""

    parts: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        return sum(count for count, _of in self.parts)

    @property
    def of(self) -> int:
        return sum(of for _count, of in self.parts)

    @property
    def share(self) -> float:
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.of:
            return 0.0, 1.0
        half = Z * sqrt(sum((count - self.share * of) ** 2 for count, of in self.parts)) / self.of
        return max(0.0, self.share - half), min(1.0, self.share + half)


@dataclass(frozen=True, slots=True)
class Reading:
    """One gold text as a finder read it. Letters and digits are counted, not signs and blanks."""

    gold: Gold
    missed: tuple[Span, ...]
    sprung: tuple[Span, ...]  # traps that were hidden
    needless: int  # hidden outside every identity
    hidden: int


@dataclass(frozen=True, slots=True)
class Score:
    """What was found of what stands in the texts."""

    readings: tuple[Reading, ...]

    def found(self, *kinds: Kind, when: Callable[[Span], bool] = lambda _span: True) -> Share:
        """Identities of these kinds (of all, if none is named) that were found."""
        chosen = frozenset(kinds or Kind)
        missed = of = 0
        for one in self.readings:
            missed += sum(span.kind in chosen and when(span) for span in one.missed)
            of += sum(span.kind in chosen and when(span) for span in one.gold.identities)
        return Share(of - missed, of)

    def leaking(self, *kinds: Kind) -> Share:
        """Texts in which an identity of these kinds is left, of those with any identity."""
        chosen = frozenset(kinds or Kind)
        own = [one for one in self.readings if one.gold.identities]
        return Share(sum(any(span.kind in chosen for span in one.missed) for one in own), len(own))

    @property
    def touched(self) -> Share:
        """Texts without identities in which something was hidden."""
        clean = [one for one in self.readings if not one.gold.identities]
        return Share(sum(one.needless > 0 for one in clean), len(clean))

    @property
    def traps(self) -> Share:
        """Traps of which something was hidden."""
        return Share(
            sum(len(one.sprung) for one in self.readings), sum(len(one.gold.traps) for one in self.readings)
        )

    @property
    def needless(self) -> Ratio:
        """Hidden letters and digits that belong to no identity."""
        return Ratio(tuple((one.needless, one.hidden) for one in self.readings))

    @property
    def missed(self) -> list[tuple[str, Span]]:
        """What was not found, with the id of its text."""
        return [(one.gold.id, span) for one in self.readings for span in one.missed]

    @property
    def sprung(self) -> list[tuple[str, Span]]:
        """Traps that were hidden, with the id of their text."""
        return [(one.gold.id, span) for one in self.readings for span in one.sprung]

    def by_voice(self) -> dict[str, "Score"]:
        """The same for each voice by itself."""
        voices = sorted({one.gold.voice for one in self.readings})
        return {voice: Score(tuple(o for o in self.readings if o.gold.voice == voice)) for voice in voices}


def lower_case(span: Span) -> bool:
    """A name written without a capital."""
    return span.text.islower() and not initials(span)


def initials(span: Span) -> bool:
    """'MK', 'T.V.K.', and 'mk', which no name is spelt as."""
    return bool(_INITIALS.fullmatch(span.text)) and (
        span.text.isupper() or "." in span.text[1:-1] or not _VOWEL.search(span.text)
    )


def measure(texts: Iterable[Gold], finder: Finder = find) -> Score:
    """Run the finder on every text and count."""
    return Score(tuple(_reading(one, finder(one.text)) for one in texts))


def _reading(one: Gold, spans: Sequence[Span]) -> Reading:
    covered = _places(spans)
    own = _places(one.identities)
    hidden = {at for at in covered if one.text[at].isalnum()} - (_places(one.ignore) - own)
    return Reading(
        one,
        missed=tuple(span for span in one.identities if not _wanted(one.text, span) <= covered),
        sprung=tuple(trap for trap in one.traps if _solid(one.text, trap) & covered),
        needless=len(hidden - own),
        hidden=len(hidden),
    )


def _places(spans: Iterable[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def _solid(text: str, span: Span) -> set[int]:
    return {at for at in range(span.start, span.end) if text[at].isalnum()}


def _wanted(text: str, span: Span) -> set[int]:
    """The letters and digits of an identity, without a genitive s."""
    if span.kind is not Kind.PERSON or len(span.text) <= 3:
        return _solid(text, span)
    end = span.start + len(_GENITIVE.sub("", span.text))
    return {at for at in _solid(text, span) if at < end}
