"""Around placeholders (udenom): a tagger reads a placeholder as one sign, however long, so that it sees the words on both sides."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from uth.deid.pieces import Token
from uth.deid.tagger import Reading
from uth.deid.words import HIDDEN

_BLOCKS = re.compile(f"{HIDDEN}{{2,}}")


def read_around(read: Callable[[str], Reading], text: str) -> Reading:
    """How a tagger reads a text whose placeholders are blanked; the tokens stand where they stand in the text."""
    skipped: list[
        tuple[int, int]
    ] = []  # where a row of blocks ends in the shorter text, and how much is skipped so far
    total = 0
    for match in _BLOCKS.finditer(text):
        extra = len(match[0]) - 1
        skipped.append((match.end() - extra - total, total := total + extra))
    if not skipped:
        return read(text)
    reading = read(_BLOCKS.sub(HIDDEN, text))
    return replace(reading, tokens=_moved(reading.tokens, skipped))


def _moved(tokens: Sequence[Token], skipped: list[tuple[int, int]]) -> list[Token]:
    moved, at, shift = [], 0, 0
    for token in tokens:
        while at < len(skipped) and token.start >= skipped[at][0]:
            shift = skipped[at][1]
            at += 1
        ends = shift if at == len(skipped) or token.end < skipped[at][0] else skipped[at][1]
        moved.append(Token(token.start + shift, token.end + ends, token.ids))
    return moved
