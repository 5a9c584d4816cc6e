"""Propagation (udbredelse): a name once seen in a text is a name everywhere in it."""

from collections.abc import Iterator, Sequence

from uth.deid.dictionary import ordinary
from uth.deid.find.person import Strength, read
from uth.deid.lexicon import (
    ABBREVIATION,
    AMBIGUOUS,
    FIRST_NAME,
    FIRST_NAME_COMMON,
    INNOCENT,
    STOPWORD,
    SURNAME,
    VERB,
    facts,
)
from uth.deid.near import Near
from uth.deid.span import Kind, Span
from uth.deid.words import WORD, split, stem

NAME = "propagated"


def propagate(text: str, spans: Sequence[Span]) -> list[Span]:
    """New spans where a name token of a found person stands again, one slip or a genitive apart."""
    tokens, initials = _learned(spans)
    if not tokens and not initials:
        return []
    near = Near(token for token in tokens if len(token) >= 6)
    return list(_again(text, tokens, initials, near))


def _learned(spans: Sequence[Span]) -> tuple[set[str], set[str]]:
    tokens: set[str] = set()
    initials: set[str] = set()
    for span in spans:
        if span.kind is not Kind.PERSON:
            continue
        parts = split(span.text)
        tokens |= {part.lower() for part in parts if _carries(part)}
        tokens |= {
            stem(part)[:-1] for part in parts if _carries(part) and len(part) > 4 and stem(part).endswith("s")
        }
        short = "".join(part[0] for part in parts if part[0].isupper())
        if len(parts) > 1 and 2 <= len(short) <= 4:
            initials.add(short)
        if len(parts) == 1 and parts[0].isupper() and 2 <= len(parts[0]) <= 4:
            initials.add(parts[0])
    return tokens, initials


def _carries(part: str) -> bool:
    """Is a word of a name one that names also where it stands alone? 'pumpe' is not, whoever was once called so."""
    low = part.lower()
    known = facts(low)
    if len(low) < 3 or known & (STOPWORD | INNOCENT):
        return False
    return bool(known & (FIRST_NAME_COMMON | FIRST_NAME | SURNAME)) or not ordinary(part)


def _again(text: str, tokens: set[str], initials: set[str], near: Near) -> Iterator[Span]:
    for token in read(text):
        word = token.word
        low = stem(word.text)
        bare = low[:-1] if low.endswith("s") and len(low) > 3 else low
        hit = 0.0
        if word.text in initials and (not facts(low) & ABBREVIATION or _acts(text, word.end)):
            hit = 0.7
        elif low in tokens or bare in tokens:
            hit = 0.8 if token.capital or not (facts(low) | facts(bare)) & AMBIGUOUS else 0.0
        elif token.capital and token.strength is not Strength.NEVER and len(low) >= 6 and near.match(bare):
            hit = 0.6
        if hit:
            yield Span(word.start, word.end, Kind.PERSON, word.text, NAME, hit)


def _acts(text: str, end: int) -> bool:
    """Does a word follow that says what a person did? 'HB kvitterede' is Hanne, 'Hb 5,2' is blood."""
    after = WORD.match(text, end + 1, end + 24) if text[end : end + 1] else None
    return after is not None and bool(facts(after.group()) & VERB)
