"""Pieces (ordstykker): a text cut into the pieces that the language model reads, each with its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W\d_]{1,24}|\d{1,2}|\n|[^\w\s]|_")
START = "\u2581"  # stands before a piece that begins a word
LINE = "\n"
_WORST = -30.0
_REMEMBERED = 30_000


@dataclass(frozen=True, slots=True)
class Token:
    """A word, two digits or a sign at start..end of the text, and the ids of its pieces."""

    start: int
    end: int
    ids: tuple[int, ...]


class Pieces:
    """A unigram vocabulary (Kudo 2018): the cut of a word whose pieces are most probable together."""

    def __init__(self, scores: Mapping[str, float], unknown: int) -> None:
        """`scores` are log probabilities by piece, in the order of their ids."""
        self._ids = {piece: number for number, piece in enumerate(scores)}
        self._scores = dict(scores)
        self._longest = max(map(len, scores))
        self._unknown = unknown
        self._memory: dict[str, tuple[int, ...]] = {}

    def number(self, piece: str) -> int:
        """The id of a piece."""
        return self._ids[piece]

    def tokens(self, text: str) -> list[Token]:
        """The text as tokens, white space left out."""
        found = []
        for match in _TOKEN.finditer(text):
            start = match.start()
            opens = start == 0 or text[start - 1].isspace()
            found.append(Token(start, match.end(), self._cut(START + match[0] if opens else match[0])))
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        """The pieces of a word. Words of one or two pieces are as good as vocabulary and are remembered, others never."""
        known = self._memory.get(word)
        if known is not None:
            return known
        ids = self._best(word)
        if len(ids) <= 2 and len(self._memory) < _REMEMBERED:
            self._memory[word] = ids
        return ids

    def _best(self, word: str) -> tuple[int, ...]:
        if word[-1] == LINE:
            return (self._ids[LINE],)
        size = len(word)
        best = [0.0] + [-1e9] * size
        back = [(0, self._unknown)] * (size + 1)
        for start in range(size):
            for end in range(start + 1, min(size, start + self._longest) + 1):
                piece = word[start:end]
                score = self._scores.get(piece)
                if score is None and end > start + 1:
                    continue
                total = best[start] + (_WORST if score is None else score)
                if total > best[end]:
                    best[end], back[end] = total, (start, self._ids.get(piece, self._unknown))
        ids: list[int] = []
        at = size
        while at:
            at, number = back[at]
            ids.append(number)
        return tuple(reversed(ids))
