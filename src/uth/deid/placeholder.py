"""Placeholders (pladsholdere): the words in square brackets that stand for an identity, as one closed grammar.

What it knows is never looked at again, so it must not be able to spell anybody's name.
"""

import re

from uth.deid.digits import LICENCE
from uth.deid.ordinals import NTH
from uth.deid.roles import DEFINITE, HEADS, NOUNS, OWNERS, RELATIONS
from uth.deid.sites import ALL
from uth.deid.span import Kind
from uth.deid.words import HIDDEN


def _one_of(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_NTH = rf"(?:{_one_of((*NTH, 'andet'))}|\d{{1,4}}\.)"
_PEOPLE = (
    rf"(?:person|{_one_of(NOUNS)}|[a-zæøå]{{2,14}}(?:{HEADS})) [A-Z]\d{{0,3}}",
    _one_of(DEFINITE.values()),
    rf"den {_NTH} (?:{_one_of(DEFINITE)})",
    rf"(?:{_one_of(OWNERS)}) (?:{_NTH} )?(?:{_one_of(RELATIONS)})",
)
_DAYS = (
    r"dag 0",
    r"dagen (?:før|efter)",
    r"\d{1,2} dage (?:før|senere)",
    r"dag -?\d{1,2} (?:til|og dag) -?\d{1,2}",
    r"samme måned",
    r"måneden (?:før|efter)",
    r"(?:ca\. )?\d{1,2} måneder (?:før|senere)",
    r"flere år (?:før|senere)",
)
_SITES = (
    _one_of({sort.definite for sort in ALL}),
    rf"de[nt] {_NTH} (?:{_one_of({sort.noun for sort in ALL})})",
)
_KINDS = (rf"(?:{_one_of({LICENCE, *(kind.placeholder for kind in Kind)})})(?: \d{{1,4}})?",)

PLACEHOLDER = re.compile(rf"\[(?:{'|'.join((*_KINDS, *_PEOPLE, *_DAYS, *_SITES))})\]")


def blanked(text: str) -> str:
    """The text with every placeholder as blocks of the same length, so that nobody is looked for in them."""
    return PLACEHOLDER.sub(lambda match: HIDDEN * len(match.group()), text) if "[" in text else text
