"""Learning (træning): windows of pieces with labels, a time budget, and a checkpoint every two minutes."""

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch.nn import functional
from training.corpus import KINDS, Marked
from training.model import Tagger
from training.vary import Lists, varied

from uth.deid.pieces import Pieces, Token

LABELS = ("O", *KINDS)
NO_VERDICT = -100
WINDOW = 160
_BATCH = 3200  # pieces a step
_NUMBER = {kind: number for number, kind in enumerate(LABELS)}


def verdicts(text: Marked, tokens: Sequence[Token]) -> list[int]:
    """The label of each token of a text."""
    kinds: list[str] = []
    for part in text.parts:
        kinds += [part.kind] * len(part.text)
    found = (kinds[token.start] for token in tokens)
    return [NO_VERDICT if kind in ("IGNORE", "UNKNOWN") else _NUMBER.get(kind, 0) for kind in found]


def labelled(text: Marked, pieces: Pieces) -> tuple[list[int], list[int]]:
    """The ids of a text's pieces and the label of each."""
    tokens = pieces.tokens("".join(part.text for part in text.parts))
    ids = [number for token in tokens for number in token.ids]
    labels = [label for token, label in zip(tokens, verdicts(text, tokens), strict=True) for _ in token.ids]
    return ids, labels


def batches(
    stories: Sequence[Marked],
    news: Sequence[Marked],
    lists: Lists,
    pieces: Pieces,
    dice: random.Random,
    share: float,
) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    """Without end: ids, labels and mask of windows of like length. `share` of the windows are news."""
    while True:
        shelf: list[tuple[list[int], list[int]]] = []
        while len(shelf) < 400:
            told = dice.random() >= share
            text = dice.choice(stories if told else news)
            if told or dice.random() < 0.5:
                text = varied(text, lists, dice)
            ids, labels = labelled(text, pieces)
            start = dice.randint(0, max(0, min(40, len(ids) - WINDOW)))
            for at in range(start if len(ids) > WINDOW else 0, max(1, len(ids)), WINDOW):
                shelf.append((ids[at : at + WINDOW], labels[at : at + WINDOW]))
        shelf = sorted((one for one in shelf if one[0]), key=lambda one: len(one[0]))
        groups, group = [], []
        for one in shelf:
            if (len(group) + 1) * len(one[0]) > _BATCH:
                groups.append(group)
                group = []
            group.append(one)
        dice.shuffle(groups)
        for chosen in groups:
            yield _padded(chosen)


def _padded(group: Sequence[tuple[list[int], list[int]]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    size = max(len(ids) for ids, _labels in group)
    ids = torch.tensor([one + [0] * (size - len(one)) for one, _ in group])
    labels = torch.tensor([one + [NO_VERDICT] * (size - len(one)) for _, one in group])
    mask = torch.tensor([[1] * len(one) + [0] * (size - len(one)) for one, _ in group])
    return ids, labels, mask


def train(
    model: Tagger,
    stream: Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]],
    *,
    minutes: float,
    checkpoint: Path,
    rate: float = 1.5e-4,
) -> None:
    """Train for so many minutes; the rate rises over the first twentieth and then falls to nothing.

    A checkpoint from an earlier run that did not finish is taken up where it stopped.
    """
    head = [*model.head.parameters()]
    rest = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("head.")]
    optimiser = torch.optim.AdamW([{"params": rest}, {"params": head}], lr=rate, weight_decay=0.01)
    spent, step = _resumed(model, optimiser, checkpoint)
    began = last = time.monotonic() - spent
    running = 0.0
    model.train()
    for ids, labels, mask in stream:
        done = (time.monotonic() - began) / (minutes * 60)
        if done >= 1:
            break
        scale = min(done / 0.05, (1 - done) / 0.95) + 0.01
        optimiser.param_groups[0]["lr"], optimiser.param_groups[1]["lr"] = rate * scale, rate * 5 * scale
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(ids, mask)
        loss = functional.cross_entropy(
            logits.float().view(-1, len(LABELS)),
            labels.view(-1),
            ignore_index=NO_VERDICT,
            label_smoothing=0.01,
        )
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(rest + head, 1.0)
        optimiser.step()
        step += 1
        running = 0.98 * running + 0.02 * loss.item() if step > 1 else loss.item()
        if time.monotonic() - last > 120:
            last = time.monotonic()
            print(f"{done:5.0%}  step {step}  loss {running:.4f}", flush=True)
            torch.save(
                {
                    "model": model.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "spent": last - began,
                    "step": step,
                },
                checkpoint,
            )
    torch.save(
        {
            "model": model.state_dict(),
            "optimiser": optimiser.state_dict(),
            "spent": minutes * 60,
            "step": step,
        },
        checkpoint,
    )


def _resumed(model: Tagger, optimiser: torch.optim.Optimizer, checkpoint: Path) -> tuple[float, int]:
    if not checkpoint.exists():
        return 0.0, 0
    saved = torch.load(checkpoint, weights_only=True)
    model.load_state_dict(saved["model"])
    optimiser.load_state_dict(saved["optimiser"])
    return saved["spent"], saved["step"]
