"""Names known by what they do (navne på gerning): 'sagde Lundbæk', 'Liv, 15 år', 'Tage ville ud'."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from uth.deid.find.person import Strength, Token, read, strength_of
from uth.deid.lexicon import FIRST_NAME, FIRST_NAME_COMMON, facts
from uth.deid.span import Kind, Span
from uth.deid.words import stems

NAME = "deeds"

_SPEAKS = frozenset(
    (
        "sagde", "siger", "ringede", "ringer", "fortalte", "fortæller", "oplyste", "oplyser", "spurgte", "spørger",
        "svarede", "svarer", "mente", "mener", "kvitterede", "ordinerede", "forklarede", "forklarer", "skrev", "glemte",
        "opdagede", "bad", "overså", "troede", "lovede", "klagede", "kritiserede", "tilføjede", "vurderede",
    )
)  # fmt: skip
_DEFINITE = ("en", "et", "ne", "erne", "er", "ning", "else", "hed", "ing", "ene")


_AGED = re.compile(
    r"(?P<who>[A-ZÆØÅ](?<![^\W_].)[a-zæøåéü]{1,20}),?[ ]\(?\d{1,3}[ ]?(?:år|årig|mdr|måneder)(?![^\W_])"
)
_HUMAN = frozenset(
    (
        "ville",
        "fik",
        "vil",
        "ønskede",
        "ønsker",
        "græd",
        "spiste",
        "drak",
        "vågnede",
        "hedder",
        "husker",
        "huskede",
    )
)


def find(text: str) -> list[Span]:
    """Capitalised words that act as only persons do."""
    tokens = read(text)
    return [*_speaking(text, tokens), *_wanting(text, tokens), *_aged(text)]


def _aged(text: str) -> Iterator[Span]:
    for match in _AGED.finditer(text):
        if strength_of(match["who"]) in (Strength.MAYBE, Strength.SURE):
            yield Span(match.start("who"), match.end("who"), Kind.PERSON, match["who"], NAME, 0.7)


def _wanting(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """A name that is also a word, at the beginning of a sentence, before what only people do."""
    for token, after in pairwise(tokens):
        if token.strength is not Strength.MAYBE or not token.capital:
            continue
        word = token.word
        if text[word.end : after.word.start] != " ":
            continue
        if after.word.text not in _HUMAN and after.word.text not in _SPEAKS:
            continue
        if any(facts(form) & (FIRST_NAME_COMMON | FIRST_NAME) for form in stems(word.text)):
            yield Span(word.start, word.end, Kind.PERSON, word.text, NAME, 0.6)


def _speaking(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """'sagde Lundbæk', 'Harremoës oplyste': in no list, but things do not speak."""
    for at, token in enumerate(tokens):
        if not token.capital or token.strength is not Strength.UNKNOWN:
            continue
        word = token.word
        if len(word.text) < 3 or word.text.isupper():
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        ahead = tokens[at - 1] if at else None
        speaks = after is not None and after.word.text in _SPEAKS and text[word.end : after.word.start] == " "
        spoken_of = (
            ahead is not None and ahead.word.text in _SPEAKS and text[ahead.word.end : word.start] == " "
        )
        if (speaks and not word.text.endswith(_DEFINITE)) or (spoken_of and not token.opens):
            yield Span(word.start, word.end, Kind.PERSON, word.text, NAME, 0.5)
