"""Known identities (kendte identiteter): what the report's own form says, found in its own text."""

import re
from collections.abc import Iterator, Sequence

from uth.deid import lexicon
from uth.deid.find.numbers import chains, spoken
from uth.deid.near import Near
from uth.deid.span import Kind, KnownIdentity, Span
from uth.deid.words import Word, stem, words

NAME = "known"

_NUMBERS = (Kind.CPR, Kind.PHONE, Kind.PROFESSION_ID, Kind.ID)
_PARTICLES = frozenset(
    {"von", "van", "de", "del", "la", "al", "el", "bin", "ibn", "da", "dos", "du", "der", "af", "og", "test"}
)


def find(text: str, known: Sequence[KnownIdentity]) -> list[Span]:
    """Every place where a known identity stands: exact, genitive, lower case, one slip, initials."""
    found: list[Span] = []
    for one in known:
        wanted = one.text.strip()
        if not wanted:
            continue
        found += _exact(text, wanted, one.kind)
        if one.kind in _NUMBERS:
            found += _digits(text, wanted, one.kind)
        elif one.kind is Kind.EMAIL:
            found += _exact(text, wanted.split("@")[0], one.kind) if len(wanted.split("@")[0]) > 3 else []
    names = [one.text for one in known if one.kind is Kind.PERSON]
    return [*found, *_persons(text, names)] if names else found


def _exact(text: str, wanted: str, kind: Kind) -> Iterator[Span]:
    """The identity as typed, with any white space, any case and a genitive s."""
    parts = [re.escape(part) for part in wanted.split()]
    if len(wanted) < 2 or (len(wanted) < 4 and kind is Kind.PERSON):
        return
    pattern = re.compile(
        r"(?<![^\W_])" + r"[\s,.-]{1,3}".join(parts) + r"(?:['’]?s)?(?![^\W_])", re.IGNORECASE
    )
    for match in pattern.finditer(text):
        if kind is Kind.PERSON and match.group().islower() and match.group() in lexicon.ambiguous():
            continue
        yield Span(match.start(), match.end(), kind, match.group(), NAME, 1.0)


def _digits(text: str, wanted: str, kind: Kind) -> Iterator[Span]:
    """The same digits in any grouping, and for a CPR number its first six and its last four."""
    digits = "".join(char for char in wanted if char.isdigit())
    if kind is Kind.PHONE and len(digits) > 8:
        digits = digits.removeprefix("00").removeprefix("45")
    if len(digits) < 5:
        return
    for chain in chains(text):
        place = chain.digits.find(digits)
        if place >= 0:
            yield from _covered(text, chain.groups, place, place + len(digits), kind)
        elif kind is Kind.CPR:
            for group in chain.groups:
                if group.digits in (digits[:6], digits[-4:]):
                    yield Span(group.start, group.end, kind, text[group.start : group.end], NAME, 0.8)
    for said in spoken(text):
        if digits in said.digits or said.digits in (digits[:6], digits[-4:]):
            yield Span(said.start, said.end, kind, text[said.start : said.end], NAME, 0.9)


def _covered(text: str, groups: Sequence[object], first: int, last: int, kind: Kind) -> Iterator[Span]:
    """The groups that hold digits first..last of a chain, as one span."""
    at = 0
    start = end = -1
    for group in groups:
        size = len(group.digits)  # type: ignore[attr-defined]
        if at + size > first and start < 0:
            start = group.start  # type: ignore[attr-defined]
        if at < last:
            end = group.end  # type: ignore[attr-defined]
        at += size
    yield Span(start, end, kind, text[start:end], NAME, 1.0)


def _persons(text: str, names: Sequence[str]) -> Iterator[Span]:
    tokens = {stem(word.text) for name in names for word in words(name)} - _PARTICLES
    initials = {_initials(name) for name in names} - {""}
    near = Near(token for token in tokens if len(token) >= 5)
    for word in words(text):
        if _is_known(word, tokens, near) or (word.text.isupper() and word.text in initials):
            yield Span(word.start, word.end, Kind.PERSON, word.text, NAME, 0.95)
    dotted = {".".join(one) for one in initials}
    for match in re.finditer(r"(?<![\w.])(?:[A-ZÆØÅ]\.[ ]?){1,4}[A-ZÆØÅ]\.?(?![\w])", text):
        if match.group().replace(" ", "").rstrip(".") in dotted:
            yield Span(match.start(), match.end(), Kind.PERSON, match.group(), NAME, 0.95)


def _initials(name: str) -> str:
    found = "".join(word.text[0].upper() for word in words(name) if word.lower not in _PARTICLES)
    return found if 2 <= len(found) <= 5 and found.lower() not in lexicon.abbreviations() else ""


def _is_known(word: Word, tokens: set[str], near: Near) -> bool:
    low = stem(word.text)
    bare = low[:-1] if low.endswith("s") and len(low) > 2 else low
    if low in tokens or bare in tokens:
        return word.capital or (not ({low, bare} & lexicon.ambiguous()) and len(low) > 2)
    if len(low) < 5 or low in lexicon.stopwords():
        return False
    hit = near.match(low) or near.match(bare)
    return hit and (word.capital or not _ordinary(low))


def _ordinary(low: str) -> bool:
    return low in lexicon.ambiguous() or low in lexicon.innocent()
