"""Leaks (rester): a second, stricter look at the text that is about to leave, by other means than the first.

Where the engine asks what looks like an identity, this asks what a report about an event would hold anyway: a word of
no list, a code of letters and digits, a number without a unit. And it sees every form of what the vault knows.
"""

import re
from collections.abc import Iterator, Sequence

from uth.deid import engine, rare
from uth.deid.dictionary import of_the_trade
from uth.deid.find import known as known_identities
from uth.deid.find.numbers import spoken
from uth.deid.merge import merge
from uth.deid.placeholder import blanked
from uth.deid.span import Kind, KnownIdentity, Span
from uth.deid.words import View, forget, split, stem, view, words

NAME = "leaks"

_SHAPED = 0.3  # how sure a recogniser must be
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
    """Everything in a de-identified text that may still point at somebody. Placeholders are not looked at."""
    seen = view(blanked(clean))
    try:
        found = [*known_identities.find(seen.text, known), *_borne(seen.text, known)]
        found += [*_shaped(seen.text), *_strange(seen.text)]
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


def _shaped(text: str) -> Iterator[Span]:
    """What has the shape of an identity, whatever the first look's reader made of it."""
    for recogniser in engine.STRUCTURED:
        yield from (span for span in recogniser(text) if span.score >= _SHAPED)


def _strange(text: str) -> Iterator[Span]:
    for start, end, kind, confidence in _suspects(text):
        yield Span(start, end, kind, text[start:end], NAME, confidence)


def _suspects(text: str) -> Iterator[tuple[int, int, Kind, float]]:
    for pattern, kind in ((_DIGITS, Kind.ID), (_ALONE, Kind.ID), (_AT, Kind.EMAIL), (_DOTTED, Kind.PERSON)):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), kind, 0.4
    for pattern, kind in ((_ROOM, Kind.LOCATION), (_OLD, Kind.AGE_OVER_89)):
        for match in pattern.finditer(text):
            yield match.start(1), match.end(1), kind, 0.4
    for match in _CODE.finditer(text):
        code = match.group()
        if not of_the_trade(code) and not _MEASURED.fullmatch(code):
            yield match.start(), match.end(), Kind.ID, 0.3
    for said in spoken(text):
        yield said.start, said.end, Kind.ID, 0.4
    for start, end in rare.find(text):
        yield start, end, Kind.PERSON, 0.3
