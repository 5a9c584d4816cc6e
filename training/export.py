"""Export (eksport): the trained tagger as ONNX with 8-bit weights, its word vectors, and its vocabulary."""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from training.model import Tagger

VOCABULARY = "vocabulary.json.gz"


class _Judging(nn.Module):
    """The tagger behind its word vectors, which training leaves as they are and which lie in a file of their own."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        return self.tagger.judged(words, mask)


def export(model: Tagger, folder: Path) -> None:
    """Write reader.onnx."""
    whole = folder / "whole.onnx"
    model.eval()
    words = torch.zeros((2, 16, model.words.embedding_dim))
    torch.onnx.export(
        _Judging(model).eval(),
        (words, torch.ones((2, 16), dtype=torch.int64)),
        str(whole),
        input_names=["words", "mask"],
        output_names=["logits"],
        dynamic_axes={name: {0: "batch", 1: "pieces"} for name in ("words", "mask", "logits")},
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(str(whole))
    quantize_dynamic(
        str(whole), str(folder / "reader.onnx"), weight_type=QuantType.QInt8, per_channel=True, reduce_range=False,
        op_types_to_quantize=["MatMul"],
    )  # fmt: skip
    whole.unlink()


def write(scores: Mapping[str, float], words: np.ndarray, labels: tuple[str, ...], folder: Path) -> None:
    """Write the vocabulary, and the vector of each piece in 8 bits with a scale of its own: words.npy."""
    text = json.dumps(
        {"labels": labels, "pieces": list(scores), "scores": [round(score, 2) for score in scores.values()]},
        ensure_ascii=False,
    )
    (folder / VOCABULARY).write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    table = np.empty(len(words), dtype=[("scale", "<f4"), ("row", "i1", words.shape[1])])
    table["scale"] = np.abs(words).max(axis=1) / 127
    table["row"] = np.rint(words / table["scale"][:, None])
    np.save(folder / "words.npy", table)
