"""Export (eksport): the trained tagger as ONNX with 8-bit weights, and its vocabulary."""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from training.model import Tagger


def export(model: Tagger, scores: Mapping[str, float], labels: tuple[str, ...], folder: Path) -> None:
    """Write tagger.onnx and vocabulary.json.gz."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "whole.onnx"
    model.eval()
    ids = torch.ones((2, 16), dtype=torch.int64)
    torch.onnx.export(
        model,
        (ids, torch.ones_like(ids)),
        str(whole),
        input_names=["ids", "mask"],
        output_names=["logits"],
        dynamic_axes={name: {0: "batch", 1: "pieces"} for name in ("ids", "mask", "logits")},
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(str(whole))
    quantize_dynamic(
        str(whole), str(folder / "tagger.onnx"), weight_type=QuantType.QInt8, per_channel=True, reduce_range=False,
        op_types_to_quantize=["MatMul", "Gather"],
    )  # fmt: skip
    whole.unlink()
    words = json.dumps(
        {"labels": labels, "pieces": list(scores), "scores": [round(score, 2) for score in scores.values()]},
        ensure_ascii=False,
    )
    (folder / "vocabulary.json.gz").write_bytes(gzip.compress(words.encode(), 9, mtime=0))
