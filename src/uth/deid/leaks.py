"""Leaks (rester): a second, stricter look at the text that is about to leave, by other means than the first.

Where the engine asks what looks like an identity, this asks what a report about an event would hold anyway: a word of
no list, a code of letters and digits, a number without a unit. The small tagger, another than the engine's, is a voice
beside it: what is only odd is pointed at where it too is in doubt, and what it is sure of also where nothing is odd.
And this look sees every form of what the vault knows.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from uth.deid import engine, rare, student, weigh
from uth.deid.allow import vetoed
from uth.deid.around import read_around
from uth.deid.dictionary import of_the_trade
from uth.deid.find import known as known_identities
from uth.deid.find.numbers import spoken
from uth.deid.merge import merge
from uth.deid.placeholder import blanked
from uth.deid.span import Kind, KnownIdentity, Span
from uth.deid.words import View, forget, split, stem, view, words

NAME = "leaks"

_SHAPED = 0.5  # from here a recogniser's word is a shape of its own, below it is only odd
# The least belief of the small tagger's beside another reason, and where it has none: `python -m bench.deid.second`.
_BESIDE_A_SHAPE, _BESIDE_AN_ODD_WORD, _BESIDE_AN_ODD_NUMBER, _ALONE_SURE = 0.02, 0.05, 0.1, 0.8
_WORD = 40  # characters that a word may have on either side of what was seen of it
_DIGITS = re.compile(r"(?!(?:[01]?\d|2[0-3]):[0-5]\d:[0-5]\d(?!\d))(?<!:)\d(?:[ \n./:_-]{0,3}\d){5,40}")
_AT = re.compile(r"\S{0,64}@\S{0,64}|(?<![^\W_])snabel-?a(?![^\W_])", re.IGNORECASE)
_DOTTED = re.compile(r"(?<![^\W_])(?:[A-ZÆØÅ]\.[ -]?){2,4}(?![^\W_])")  # T.V.K.
_UNIT = r"(?! ?(?:mg|ml|mikrog|µg|g|kg|l|ie|e|kj|kcal|kr|mmol|stk|tabl|enh|min|sek|timer?|dage|ppm|hz|rpm|j|cm|mm|m|%|°)(?![^\W_]))"
_ALONE = re.compile(
    rf"(?<![\d.,:/-])(?!(?:19|20)\d\d|[01]\d[0-5]\d|2[0-3][0-5]\d)\d{{4,5}}(?![\d:/]|[.,]\d){_UNIT}",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?<![^\W_])(?=[^\W_]{0,6}[a-zæøå])(?=[^\W_]{0,6}-?[^\W_]{0,6}\d)[a-zæøå0-9]{1,6}(?:-[a-zæøå0-9]{1,6})?(?![^\W_])",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\d+(?:mg|ml|g|kg|l|t|x|cm|mm|ie|e|kr|min|h|s|d|mdr|år|stk|mmol|ch|fr|gauge|mcg|v|a|j)|x\d+|\d+-\d+|\d+x\d+|[clts]\d{1,2}(?:-[clts]?\d{1,2})?|a4|m2|kl\d+|q\d+h?",
    re.IGNORECASE,
)
_ROOM = re.compile(
    r"(?<![^\W_])(?:stue|seng|værelse|vær\.?|lejlighed|lejl\.?|bolig|rum|bås|opgang|blok|hus|bed|skab|boks|plads|lokale|dør) ?(?:nr\.? ?)?(\d{1,4}(?: ?[a-zæøå])?|(?-i:[A-ZÆØÅ]))(?![^\W_])(?! ?(?:mg|ml|til|timer|min)\b)",
    re.IGNORECASE,
)
_OLD = re.compile(r"(?<![\d.,/:-])(9\d|1[01]\d)(?=(?: ?-? ?års?| ?-?årig[et]?)(?![^\W_]))", re.IGNORECASE)


def leaks(clean: str, *, known: Sequence[KnownIdentity] = ()) -> tuple[Span, ...]:
    """Everything in a de-identified text that may still point at somebody. Placeholders are not looked at.

    Raises TaggerMissing: nothing is cleared by a weaker look.
    """
    seen = view(blanked(clean))
    try:
        weights = weigh.Weights.of(read_around(student.read, seen.text))
        found = [*known_identities.find(seen.text, known), *_borne(seen.text, known)]
        found += [*_shaped(seen.text, weights), *_strange(seen.text, weights), *_believed(seen.text, weights)]
    finally:
        forget()
    return merge(clean, (_of(clean, seen, span) for span in found))


def _of(clean: str, seen: View, span: Span) -> Span:
    start, end = seen.back(span.start, span.end)
    return Span(start, end, span.kind, clean[start:end], span.finder, span.score)


def _borne(text: str, known: Sequence[KnownIdentity]) -> Iterator[Span]:
    """A word of a known name with a capital, also where the first look takes it for an ordinary word: 'Dreng sov'."""
    people = (one.text for one in known if one.kind is Kind.PERSON)
    names = {stem(word).removesuffix("s") for name in people for word in split(name)}
    for word in words(text) if names else ():
        if word.capital and len(word.text) > 2 and stem(word.text).removesuffix("s") in names:
            yield Span(word.start, word.end, Kind.PERSON, word.text, NAME, 0.4)


def _shaped(text: str, weights: weigh.Weights) -> Iterator[Span]:
    """What has the shape of an identity, whatever the first look's reader made of it."""
    for recogniser in engine.STRUCTURED:
        for span in recogniser(text):
            least = _BESIDE_A_SHAPE if span.score >= _SHAPED else _BESIDE_AN_ODD_NUMBER
            if weights.belief(span.start, span.end) >= least:
                yield span


def _believed(text: str, weights: weigh.Weights) -> list[Span]:
    """What the small tagger is sure of, and the text does not contradict."""
    sure = vetoed(text, [_spanned(text, weights, run) for run in _runs(weights)])
    return [span for span in sure if _said(span.text)]


def _runs(weights: weigh.Weights) -> Iterator[list[int]]:
    """Tokens in a row of which the small tagger is sure, and of one kind."""
    kinds = weights.reading.probabilities[:, 1:].argmax(axis=1)
    run: list[int] = []
    for number in np.flatnonzero(weights.identity >= _ALONE_SURE).tolist():
        if run and (number != run[-1] + 1 or kinds[number] != kinds[run[-1]]):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _spanned(text: str, weights: weigh.Weights, run: Sequence[int]) -> Span:
    """The run with the rest of its words and numbers, as far as one word goes."""
    tokens = weights.reading.tokens
    start, end = tokens[run[0]].start, tokens[run[-1]].end
    least, most = max(0, start - _WORD), min(len(text), end + _WORD)
    while start > least and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < most and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(
        start, end, weights.kind(run[0], run[-1]), text[start:end], NAME, float(weights.identity[run].max())
    )


def _said(text: str) -> bool:
    return any(map(str.isalnum, text))


def _strange(text: str, weights: weigh.Weights) -> Iterator[Span]:
    for start, end, kind, least in _suspects(text):
        if weights.belief(start, end) >= least:
            yield Span(start, end, kind, text[start:end], NAME, 0.4)


def _suspects(text: str) -> Iterator[tuple[int, int, Kind, float]]:
    """Where something odd stands, what it may be, and what the small tagger must believe of it at least."""
    for pattern, kind in ((_DIGITS, Kind.ID), (_AT, Kind.EMAIL), (_DOTTED, Kind.PERSON)):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), kind, _BESIDE_A_SHAPE
    for match in _ALONE.finditer(text):
        yield match.start(), match.end(), Kind.ID, _BESIDE_AN_ODD_NUMBER
    for pattern, kind in ((_ROOM, Kind.LOCATION), (_OLD, Kind.AGE_OVER_89)):
        for match in pattern.finditer(text):
            yield match.start(1), match.end(1), kind, _BESIDE_AN_ODD_NUMBER
    for match in _CODE.finditer(text):
        code = match.group()
        if not of_the_trade(code) and not _MEASURED.fullmatch(code):
            yield match.start(), match.end(), Kind.ID, _BESIDE_AN_ODD_NUMBER
    for said in spoken(text):
        yield said.start, said.end, Kind.ID, _BESIDE_A_SHAPE
    for start, end in rare.find(text):
        yield start, end, Kind.PERSON, _BESIDE_AN_ODD_WORD
