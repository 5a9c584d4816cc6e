"""The tagger (sprogmodellen): how likely each word of a text is to belong to an identity, and to which kind.

A small transformer (multilingual-e5-small, ten layers) taught by us on narratives of several hands, run by
onnxruntime on the processor, offline. Without it there is no answer: `TaggerMissing`, never a weaker look.
"""

import gzip
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from uth.deid.pieces import Pieces, Token
from uth.deid.span import Kind

_FOLDER = files("uth.deid") / "model"
Floats = NDArray[np.float32]
WINDOW = 160  # pieces read at once
OVERLAP = 32
BATCH = 8
SECONDS_PER_KILOBYTE = 1.0  # some fifteen times what it takes
LEAST_SECONDS = 20.0


class TaggerMissing(RuntimeError):
    """The model or the library that runs it is not there, so nothing can be said about the text."""


class TaggerTooSlow(RuntimeError):
    """The time for reading the text ran out, so nothing can be said about it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens of a text, and for each the probabilities of the kinds: rows of (none, *kinds) that sum to one."""

    tokens: Sequence[Token]
    probabilities: Floats
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class _Model:
    run: Callable[[NDArray[np.int64], NDArray[np.int64]], Floats]
    pieces: Pieces
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What both taggers read and answer with."""

    pieces: Pieces
    kinds: tuple[Kind, ...]


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary. Raises TaggerMissing."""
    try:
        words = json.loads(gzip.decompress((_FOLDER / "vocabulary.json.gz").read_bytes()))
        scores = dict(zip(words["pieces"], words["scores"], strict=True))
        return Vocabulary(Pieces(scores, 0), tuple(Kind[label] for label in words["labels"][1:]))
    except (OSError, ValueError, KeyError) as fault:
        raise TaggerMissing("the vocabulary cannot be read") from fault


@cache
def _model() -> _Model:
    words = vocabulary()
    try:
        import onnxruntime
    except ImportError as fault:
        raise TaggerMissing("onnxruntime is not installed") from fault
    try:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            (_FOLDER / "reader.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        with (_FOLDER / "words.npy").open("rb") as file:
            table = np.load(file)
    except (OSError, ValueError, onnxruntime.capi.onnxruntime_pybind11_state.Fail) as fault:
        raise TaggerMissing("the model cannot be read") from fault

    def run(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Floats:
        read = table[ids]
        vectors = read["row"] * read["scale"][..., None]
        found: Any = session.run(None, {"words": vectors, "mask": mask})[0]
        return np.asarray(found, dtype=np.float32)

    return _Model(run, words.pieces, words.kinds)


def read(text: str, *, clock: Callable[[], float] = time.monotonic) -> Reading:
    """How the tagger reads a text. Raises TaggerMissing, and TaggerTooSlow when the time for it ran out."""
    model = _model()
    tokens = model.pieces.tokens(text)
    until = clock() + max(LEAST_SECONDS, SECONDS_PER_KILOBYTE * len(text) / 1000)
    logits = np.zeros((len(tokens), len(model.kinds) + 1), dtype=np.float32)
    for batch in _batches(list(_windows(tokens))):
        if clock() > until:
            raise TaggerTooSlow
        for window, found in zip(batch, model.run(*_padded(tokens, batch)), strict=True):
            _keep(logits, tokens, window, found)
    return Reading(tokens, shares(logits), model.kinds)


@dataclass(frozen=True, slots=True)
class _Window:
    """Tokens first..last are read; the verdict is kept for those from `own` to `until`."""

    first: int
    last: int
    own: int
    until: int
    size: int


def _windows(tokens: Sequence[Token]) -> Iterator[_Window]:
    """Windows of whole tokens that overlap, each token judged where it has most company on both sides."""
    first = own = 0
    while first < len(tokens):
        last, size = first, 0
        while last < len(tokens) and (size + len(tokens[last].ids) <= WINDOW or last == first):
            size += len(tokens[last].ids)
            last += 1
        if last == len(tokens):
            yield _Window(first, last, own, last, size)
            return
        back = last
        kept = 0
        while back > first + 1 and kept < OVERLAP:
            back -= 1
            kept += len(tokens[back].ids)
        until = max(own, (back + last) // 2)
        yield _Window(first, last, own, until, size)
        first, own = back, until


def _batches(windows: list[_Window]) -> Iterator[list[_Window]]:
    """Windows of like size together, so that little is padding."""
    windows.sort(key=lambda window: window.size)
    for at in range(0, len(windows), BATCH):
        yield windows[at : at + BATCH]


def _padded(tokens: Sequence[Token], batch: Sequence[_Window]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    size = max(window.size for window in batch)
    ids = np.zeros((len(batch), size), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, window in enumerate(batch):
        flat = [number for token in tokens[window.first : window.last] for number in token.ids]
        ids[row, : len(flat)] = flat
        mask[row, : len(flat)] = 1
    return ids, mask


def _keep(logits: Floats, tokens: Sequence[Token], window: _Window, found: Floats) -> None:
    """Each token's verdict is the mean over its pieces."""
    at = 0
    for number in range(window.first, window.last):
        size = len(tokens[number].ids)
        if window.own <= number < window.until:
            logits[number] = found[at : at + size].mean(axis=0)
        at += size


def shares(logits: Floats) -> Floats:
    """Probabilities of rows of logits."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)
