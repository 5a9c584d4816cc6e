"""The small tagger's school: the same stories, read by the features and layers of uth.deid.student, by plain torch."""

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from training.corpus import Marked
from training.learn import LABELS, NO_VERDICT, verdicts
from training.vary import Lists, varied

from uth.deid.pieces import Pieces
from uth.deid.student import DILATIONS, LISTS, RUNS, SHAPES, Features, features

WIDTH = 96


class Student(nn.Module):
    """As uth.deid.student.forward, with dropout on what is read."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding(pieces + 1, WIDTH, padding_idx=pieces)
        self.shapes, self.runs = nn.Embedding(SHAPES, WIDTH), nn.Embedding(RUNS, WIDTH)
        self.lists = nn.Linear(LISTS, WIDTH, bias=False)
        self.layers = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in DILATIONS)
        self.head = nn.Linear(WIDTH, len(LABELS))
        for table in (self.pieces, self.shapes, self.runs):
            nn.init.normal_(table.weight, std=0.1)
        self.pieces.weight.data[pieces] = 0

    def forward(self, read: Sequence[Tensor]) -> Tensor:
        """Logits (tokens, labels) of many texts laid end to end with a gap between."""
        pieces, shapes, runs, bits = read
        kept = functional.dropout(torch.ones(len(pieces), 1), 0.15, self.training)  # a word unknown to it
        x = self.pieces(pieces).sum(1) * kept + self.shapes(shapes) + self.runs(runs) + self.lists(bits)
        x = functional.dropout(x, 0.1, self.training)
        for layer, step in zip(self.layers, DILATIONS, strict=True):
            edge = torch.zeros(step, WIDTH)
            around = torch.cat([torch.cat([edge, x[:-step]]), x, torch.cat([x[step:], edge])], 1)
            x = x + functional.relu(layer(around))
        return self.head(functional.dropout(x, 0.1, self.training))


def _read(seen: Features) -> list[np.ndarray]:
    bits = ((seen.lists[:, None] >> np.arange(LISTS)) & 1).astype(np.float32)
    return [seen.pieces, seen.shapes, seen.runs, bits]


def _stream(
    stories: Sequence[Marked],
    news: Sequence[Marked],
    lists: Lists,
    pieces: Pieces,
    dice: random.Random,
    padding: int,
) -> Iterator[tuple[list[Tensor], Tensor]]:
    gap = 8
    while True:
        parts: list[list[np.ndarray]] = []
        labels: list[int] = []
        while len(labels) < 6000:
            text = varied(dice.choice(stories), lists, dice) if dice.random() < 0.8 else dice.choice(news)
            whole = "".join(part.text for part in text.parts)
            tokens = pieces.tokens(whole)
            parts.append(_read(features(whole, tokens, padding)))
            parts.append([np.full((gap, 4), padding), np.zeros(gap), np.zeros(gap), np.zeros((gap, LISTS))])
            labels += [*verdicts(text, tokens), *[NO_VERDICT] * gap]
        kinds = (torch.long, torch.long, torch.long, torch.float32)
        laid = [
            torch.as_tensor(np.concatenate(one)).to(kind)
            for one, kind in zip(zip(*parts, strict=True), kinds, strict=True)
        ]
        yield laid, torch.tensor(labels)


def teach(
    stories: Sequence[Marked],
    news: Sequence[Marked],
    lists: Lists,
    scores: dict[str, float],
    *,
    minutes: float,
    dice: random.Random,
    file: Path,
) -> None:
    """Train for so many minutes and write student.npz: the embeddings of pieces in 8 bits, the rest in 16."""
    model = Student(len(scores))
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.01)
    began = time.monotonic()
    model.train()
    stream = _stream(stories, news, lists, Pieces(scores, 0), dice, len(scores))
    for step, (read, labels) in enumerate(stream, 1):
        done = (time.monotonic() - began) / (minutes * 60)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = 3e-3 * (1 - done) + 1e-5
        loss = functional.cross_entropy(model(read), labels, ignore_index=NO_VERDICT)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 200 == 0:
            print(f"{done:5.0%}  step {step}  loss {loss.item():.4f}", flush=True)
    np.savez_compressed(file, **_tables(model))


def _tables(model: Student) -> dict[str, np.ndarray]:
    words = model.pieces.weight.detach().numpy()
    scale = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-6) / 127
    tables = {"pieces": np.round(words / scale).astype(np.int8), "pieces.scale": scale.astype(np.float32)}
    small = {"shapes": model.shapes.weight, "runs": model.runs.weight, "lists": model.lists.weight.T}
    for number, layer in enumerate(model.layers):
        small |= {f"w{number}": layer.weight.T, f"b{number}": layer.bias}
    small |= {"head.w": model.head.weight.T, "head.b": model.head.bias}
    return tables | {name: table.detach().numpy().astype(np.float16) for name, table in small.items()}
