"""The small tagger (den lille sprogmodel): a fast reader for bulk and thin machines, taught by us; numpy alone runs it.

A token is the sum of what its pieces, its shape and the word lists say of it; three layers look seven tokens to
either side (dilated convolutions, as in Strubell 2017). It sees less than the transformer, and says so by its profile.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from uth.deid.lexicon import facts
from uth.deid.pieces import Pieces, Token
from uth.deid.span import Kind
from uth.deid.tagger import Floats, Reading, TaggerMissing, shares, vocabulary

_FOLDER = files("uth.deid") / "model"
PIECES = 4  # of a token's pieces so many are read
LISTS = 16  # bits of `lexicon.facts`
SHAPES = 96
RUNS = 16
DILATIONS = (1, 2, 4)
_DIGITS = re.compile(r"\d+")
Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Features:
    """What is read of each token: ids of pieces (tokens, 4), shape, length of its row of digits, bits of lists."""

    pieces: Numbers
    shapes: Numbers
    runs: Numbers
    lists: Numbers


def features(text: str, tokens: Sequence[Token], padding: int) -> Features:
    """The features of every token of a text; `padding` is the id that stands where there is no piece."""
    pieces = np.full((len(tokens), PIECES), padding, dtype=np.int32)
    shapes = np.zeros(len(tokens), dtype=np.int32)
    runs = np.zeros(len(tokens), dtype=np.int32)
    lists = np.zeros(len(tokens), dtype=np.int32)
    digits = {}
    for match in _DIGITS.finditer(text):
        size = min(match.end() - match.start(), RUNS - 1)
        digits.update(dict.fromkeys(range(match.start(), match.end()), size))
    for number, token in enumerate(tokens):
        ids = token.ids[:PIECES]
        pieces[number, : len(ids)] = ids
        word = text[token.start : token.end]
        opens = token.start == 0 or text[token.start - 1].isspace()
        shapes[number] = _shape(word) * 2 + opens
        runs[number] = digits.get(token.start, 0)
        if word.isalpha():
            lists[number] = _listed(word.lower())
    return Features(pieces, shapes, runs, lists)


def _listed(low: str) -> int:
    bits = facts(low)
    if low[-1] == "s" and len(low) > 3:
        bits |= facts(low[:-1])
    return bits & ((1 << LISTS) - 1)


_SIGNS = {sign: 8 + number for number, sign in enumerate(".,:;-/()\n@+*#%&!?\"'=<>[]_|~’–»«•°§")}


def _shape(word: str) -> int:
    """0 to 47: how a token is written."""
    if word.isdigit():
        return len(word) - 1
    if word.isalpha():
        if word.islower():
            return 2
        if word.isupper():
            return 3 if len(word) > 1 else 4
        return 5 if word[0].isupper() and word[1:].islower() else 6
    return _SIGNS.get(word, 7)


@dataclass(frozen=True, slots=True)
class _Student:
    pieces: Pieces
    kinds: tuple[Kind, ...]
    tables: dict[str, Floats]


@cache
def _student() -> _Student:
    words = vocabulary()
    try:
        raw = (_FOLDER / "student.npz").read_bytes()
        tables = {
            name: np.asarray(table, dtype=np.float32) for name, table in np.load(io.BytesIO(raw)).items()
        }
    except (OSError, ValueError) as fault:
        raise TaggerMissing("the small model cannot be read") from fault
    tables["pieces"] *= tables.pop("pieces.scale")
    return _Student(words.pieces, words.kinds, tables)


def read(text: str) -> Reading:
    """How the small tagger reads a text. Raises TaggerMissing."""
    student = _student()
    tokens = student.pieces.tokens(text)
    logits = forward(features(text, tokens, len(student.tables["pieces"]) - 1), student.tables)
    return Reading(tokens, shares(logits), student.kinds)


def forward(seen: Features, tables: dict[str, Floats]) -> Floats:
    """The logits (tokens, 1 + kinds)."""
    x = tables["pieces"][seen.pieces].sum(axis=1) + tables["shapes"][seen.shapes] + tables["runs"][seen.runs]
    bits = (seen.lists[:, None] >> np.arange(LISTS)) & 1
    x = np.asarray(x + bits.astype(np.float32) @ tables["lists"], dtype=np.float32)
    for number, step in enumerate(DILATIONS):
        x = x + np.maximum(_convolved(x, tables[f"w{number}"], tables[f"b{number}"], step), 0)
    return np.asarray(x @ tables["head.w"] + tables["head.b"], dtype=np.float32)


def _convolved(x: Floats, weights: Floats, bias: Floats, step: int) -> Floats:
    """Three taps: the token `step` before, itself, and the one `step` after. weights: (3 * width, width)."""
    edge = np.zeros((step, x.shape[1]), dtype=np.float32)
    before = np.concatenate([edge, x[:-step]])[: len(x)]
    after = np.concatenate([x[step:], edge])[: len(x)]
    return np.asarray(np.concatenate([before, x, after], axis=1) @ weights + bias, dtype=np.float32)
