"""Name forms (navneformer): the words of a name, and whether two ways of writing a name may be one person's."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from uth.deid.lexicon import FIRST_NAME, FIRST_NAME_COMMON, SURNAME, SURNAME_RARE, facts
from uth.deid.near import one_edit
from uth.deid.span import Kind, KnownIdentity, Span, Who

NAME = FIRST_NAME | FIRST_NAME_COMMON | SURNAME | SURNAME_RARE
# Between the names of a name; what more may stand there is said by who asks.
PARTICLES = frozenset({"von", "van", "de", "del", "la", "al", "el", "bin", "ibn", "da", "dos", "du", "der"})
_COMMON = FIRST_NAME_COMMON | SURNAME
_MOST = 12  # words of one name that are compared; a list without a comma is no longer name
_WORD = re.compile(r"[^\W\d_]+")
INITIALS = re.compile(r"[A-ZÆØÅ]{2,4}|(?:[A-ZÆØÅ]\.[ ]?){1,3}[A-ZÆØÅ]\.?")


def whose(spans: Sequence[Span], known: Sequence[KnownIdentity]) -> tuple[Span, ...]:
    """The spans, each name with the one it belongs to where the vault knows one alone who bears it."""
    borne = [(tokens_of(one.text), one.who) for one in known if one.kind is Kind.PERSON and one.who]
    return tuple(
        replace(span, who=_bearer(span.text, borne)) if _asked(span, borne) else span for span in spans
    )


def _asked(span: Span, borne: Sequence[tuple[tuple[str, ...], Who]]) -> bool:
    return bool(borne) and span.kind is Kind.PERSON and span.who is None


def _bearer(text: str, borne: Sequence[tuple[tuple[str, ...], Who]]) -> Who | None:
    tokens, short = tokens_of(text), initials_of(text)
    fits = {
        who
        for name, who in borne
        if (short and short == "".join(token[0] for token in name))
        or (not short and (within(tokens, name) or within(name, tokens)))
    }
    return fits.pop() if len(fits) == 1 else None


def tokens_of(text: str) -> tuple[str, ...]:
    """The words of a name in lower case; where it has none, what stands there instead."""
    words = [word.lower() for word in islice((match[0] for match in _WORD.finditer(text)), _MOST)]
    return tuple(words[:-1] if len(words) > 1 and words[-1] == "s" else words) or (text.casefold() or "?",)


def initials_of(text: str) -> str:
    """'MK', 'T.V.K.' and 'MKs' as lower-case letters; nothing for a name."""
    bare = text.strip().removesuffix("'s").removesuffix("’s").removesuffix("s")
    return "".join(_WORD.findall(bare)).lower() if INITIALS.fullmatch(bare) else ""


def within(few: Sequence[str], many: Sequence[str]) -> bool:
    """Is each word of the shorter name a word of the longer one, as it is, misspelt, or its first letter?"""
    left = list(many)
    if len(few) > len(left) or not few:
        return False
    for word in sorted(few, key=lambda word: -len(word)):
        hit = next((other for other in left if alike(word, other)), None)
        if hit is None:
            return False
        left.remove(hit)
    return any(len(word) > 1 for word in few) or len(few) == len(many)


def alike(one: str, other: str) -> bool:
    if one in (other, f"{other}s") or other == f"{one}s":
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    if len(short) < 4 or not one_edit(one.removesuffix("s"), other.removesuffix("s")):
        return False
    # Bjarne and Bjarke are two people who were mixed up; 'Bjanre' is a slip of the finger.
    return not (facts(one) & _COMMON and facts(other) & _COMMON)
