"""Leaks (rester): a second, stricter look at the text that is about to leave."""

import re
from collections.abc import Iterator, Sequence

from uth.deid import engine, lexicon
from uth.deid.find.numbers import spoken
from uth.deid.find.person import read
from uth.deid.merge import merge
from uth.deid.placeholder import blanked
from uth.deid.span import Kind, KnownIdentity, Span
from uth.deid.words import forget, stem, stems, view

NAME = "leaks"

_DIGITS = re.compile(r"\d(?:[ \n./:_-]{0,3}\d){5,40}")
_AT = re.compile(r"\S{0,64}@\S{0,64}|(?<![^\W_])snabel-?a(?![^\W_])", re.IGNORECASE)


def leaks(clean: str, *, known: Sequence[KnownIdentity] = ()) -> tuple[Span, ...]:
    """Everything in a de-identified text that may still point at somebody. Placeholders are not looked at."""
    blank = blanked(clean)
    found = [*engine.find(blank, known=known), *_strict(blank)]
    forget()
    return merge(clean, (_of(clean, span) for span in found))


def _of(clean: str, span: Span) -> Span:
    return Span(span.start, span.end, span.kind, clean[span.start : span.end], span.finder, span.score)


def _strict(text: str) -> Iterator[Span]:
    seen = view(text)
    for start, end, kind, confidence in _suspects(seen.text):
        first, last = seen.back(start, end)
        yield Span(first, last, kind, text[first:last], NAME, confidence)


def _suspects(text: str) -> Iterator[tuple[int, int, Kind, float]]:
    for match in _DIGITS.finditer(text):
        yield match.start(), match.end(), Kind.ID, 0.4
    for match in _AT.finditer(text):
        yield match.start(), match.end(), Kind.EMAIL, 0.5
    for said in spoken(text):
        yield said.start, said.end, Kind.ID, 0.4
    for token in read(text):
        word = token.word
        if word.capital and len(word.text) > 1 and _name_like(word.text, token.opens):
            yield word.start, word.end, Kind.PERSON, 0.3


def _name_like(word: str, opens: bool) -> bool:
    """A capitalised word that stands in any list of names; inside a sentence, names that are words too."""
    low = stem(word)
    if (
        low in lexicon.stopwords()
        or low in lexicon.innocent()
        or (word.isupper() and low in lexicon.abbreviations())
    ):
        return False
    if opens and low in lexicon.ambiguous():
        return False
    lists = (lexicon.first_names_common(), lexicon.first_names(), lexicon.surnames(), lexicon.surnames_rare())
    return any(form in names for form in stems(word) for names in lists)
