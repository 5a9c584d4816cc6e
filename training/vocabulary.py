"""Vocabulary (ordforråd): the pieces of the 250,000 that Danish text needs, in the cut that the product uses."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from training.weights import Encoder

from uth.deid.pieces import LINE, START, Pieces

_LATIN = re.compile(rf"{START}?[A-Za-zÀ-ÖØ-öø-ÿ]{{1,3}}|{START}?\d{{1,2}}|{START}?[^\w\s]")
UNKNOWN = "<unk>"


def pruned(encoder: Encoder, texts: Iterable[str]) -> tuple[dict[str, float], np.ndarray]:
    """The pieces to keep with their scores, and their embeddings in the same order; the line sign is added."""
    special = set(encoder.special.values())
    scores = {piece: score for number, (piece, score) in enumerate(encoder.pieces) if number not in special}
    scores[LINE] = -5.0
    whole = Pieces({UNKNOWN: -99.0, **scores}, 0)
    used: Counter[int] = Counter()
    for text in texts:
        for token in whole.tokens(text):
            used.update(token.ids)
    kept = [UNKNOWN, *(p for p in scores if p == LINE or _LATIN.fullmatch(p) or used.get(whole.number(p)))]
    return embedded(encoder, {piece: scores.get(piece, -99.0) for piece in kept})


def embedded(encoder: Encoder, scores: dict[str, float]) -> tuple[dict[str, float], np.ndarray]:
    """These pieces, and the encoder's embedding of each in their order."""
    ids = {piece: number for number, (piece, _score) in enumerate(encoder.pieces)}
    words = encoder.tensors["emb.word"]
    rows = {UNKNOWN: words[encoder.special["unknown"]], LINE: (words[ids["."]] + words[ids[START]]) / 2}
    return scores, np.stack([rows[piece] if piece in rows else words[ids[piece]] for piece in scores])


def danish(words: Path, lists: Iterable[Path]) -> Iterable[str]:
    """The lines of word lists, one by one: what a Danish text may hold."""
    for path in (words, *lists):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            word = line.strip().strip('"')
            yield word
            yield word.title()
