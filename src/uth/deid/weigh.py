"""Weighing (afvejning): what the recognisers propose and what the tagger reads become one verdict.

A recogniser that is sure stands by itself. One that is in doubt stands if the tagger, reading the whole sentence, also
finds the place likely. And what the tagger sees stands, also where no rule foresaw it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from uth.deid.lexicon import ABBREVIATION, STOPWORD, facts
from uth.deid.merge import TAGGER
from uth.deid.pieces import Token
from uth.deid.span import Kind, Span
from uth.deid.tagger import Floats, Reading

JOINED = 0.25  # a neighbour at least so likely belongs to a span
SOMEBODY = 0.8  # a word so likely an identity says that the text is about people
Levels = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """What a text asks of a proposal: from which score of its own it needs which belief, in its likeliest word."""

    seen: float  # a word at least so likely to belong to an identity starts a span without any rule
    figures: Levels  # a number of the right shape beside its cue stands alone
    names: Levels  # a listed word may be any word


# Identities come together: where one is plain the next is likelier, and a text that names nobody else hardly names one.
PEOPLED = Standard(
    0.5,
    ((0.9, 0.0), (0.8, 0.05), (0.5, 0.3), (0.0, 0.5)),
    ((0.6, 0.0), (0.5, 0.02), (0.0, 0.1)),
)
QUIET = Standard(
    0.7,
    ((0.9, 0.0), (0.8, 0.05), (0.5, 0.3), (0.0, 0.5)),
    ((0.9, 0.02), (0.8, 0.025), (0.6, 0.1), (0.5, 0.3), (0.0, 0.5)),
)
_IN_A_NUMBER = re.compile(r"\d[.,]\d")
_GREETINGS = frozenset(("hej", "kære", "hilsen", "mvh", "vh", "kh", "dr", "hr", "fru", "pt"))
_DOUBT = 0.5
_BETWEEN = frozenset("/&+;|")  # stands between two people


@dataclass(frozen=True, slots=True)
class Weights:
    """The tagger's verdict on a text, to ask about places in it."""

    reading: Reading
    starts: Sequence[int]
    identity: Floats  # a token's probability of belonging to any identity
    standard: Standard

    @classmethod
    def of(cls, reading: Reading) -> "Weights":
        identity = 1 - reading.probabilities[:, 0]
        standard = PEOPLED if identity.max(initial=0.0) >= SOMEBODY else QUIET
        return cls(reading, [token.start for token in reading.tokens], identity, standard)

    def kind(self, first: int, last: int) -> Kind:
        """The likeliest kind of the tokens first..last, last included."""
        chances = self.reading.probabilities[first : last + 1, 1:]
        return self.reading.kinds[int(chances.sum(axis=0).argmax())]

    def belief(self, start: int, end: int) -> float:
        """The probability of the likeliest token between start and end; 0 where there is none."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end)
        return float(self.identity[first:last].max(initial=0.0))


def believed(spans: Iterable[Span], weights: Weights, levels: Levels) -> list[Span]:
    """The recognisers' spans that stand, alone or with the tagger's help."""
    return [span for span in spans if weights.belief(span.start, span.end) >= _needed(span.score, levels)]


def _needed(score: float, levels: Levels) -> float:
    return next(level for least, level in levels if score >= least)


def seen(text: str, weights: Weights) -> list[Span]:
    """The spans that the tagger sees."""
    return [_span(text, first, last, weights) for first, last in _runs(text, weights)]


def _runs(text: str, weights: Weights) -> Iterator[tuple[int, int]]:
    """Runs of tokens first..last that hang together and hold at least one that starts a span."""
    tokens, identity = weights.reading.tokens, weights.identity
    likely = np.flatnonzero(identity >= JOINED)
    run: list[int] = []
    done = -1  # the end of the last run as it grew: one endless word is grown over once
    for number in (*likely.tolist(), -1):
        if run and number == run[-1] + 1 and _same(text, weights, run[-1], number):
            run.append(number)
            continue
        if run and run[-1] > done and identity[run].max() >= weights.standard.seen:
            first, last = _whole(text, weights, run[0], run[-1])
            done = last
            person = weights.kind(first, last) is Kind.PERSON
            while first < last and _loose(text, tokens[first], identity[first], person):
                first += 1
            while last > first and _loose(text, tokens[last], identity[last], person):
                last -= 1
            yield first, last
        run = [number]


def _loose(text: str, token: Token, chance: float, person: bool) -> bool:
    """A sign, or a common word that is hardly believed, does not stand at the edge of an identity; 'Hej' at no name's."""
    word = text[token.start : token.end]
    if not word.isalnum():
        return True
    if person and word.lower() in _GREETINGS:
        return True
    return chance < _DOUBT and bool(facts(word.lower()) & (STOPWORD | ABBREVIATION))


def _same(text: str, weights: Weights, left: int, right: int) -> bool:
    """Do two neighbours belong to one identity? Where the likeliest kinds differ, each stands for itself."""
    chances, tokens = weights.reading.probabilities, weights.reading.tokens
    kind = int(chances[left, 1:].argmax())
    if weights.reading.kinds[kind] is Kind.PERSON and _BETWEEN.intersection(
        (text[tokens[left].start], text[tokens[right].start])
    ):
        return False
    return kind == int(chances[right, 1:].argmax())


def _whole(text: str, weights: Weights, first: int, last: int) -> tuple[int, int]:
    """A run grown to whole numbers and words: half a number is no number."""
    tokens = weights.reading.tokens
    while first > 0 and tokens[first - 1].end == tokens[first].start and _glued(text, tokens[first].start):
        first -= 1
    while (
        last + 1 < len(tokens)
        and tokens[last].end == tokens[last + 1].start
        and _glued(text, tokens[last + 1].start)
    ):
        last += 1
    return first, last


def _glued(text: str, place: int) -> bool:
    """Is there one word or one number on both sides? A point or comma between two digits does not part them."""
    if text[place - 1].isalnum() and text[place].isalnum():
        return True
    around = text[max(0, place - 2) : place + 2]
    return bool(_IN_A_NUMBER.search(around[:3]) or _IN_A_NUMBER.search(around[-3:]))


def _span(text: str, first: int, last: int, weights: Weights) -> Span:
    tokens, kind = weights.reading.tokens, weights.kind(first, last)
    start, end = tokens[first].start, tokens[last].end
    return Span(start, end, kind, text[start:end], TAGGER, float(weights.identity[first : last + 1].max()))
