"""Rebuild the tagger: python -m training --weights e5-small-q4.bin --stories DIR... --news FILE... --lists DIR --out DIR."""

import argparse
import gzip
import json
import random
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from training.corpus import Marked, names, narratives
from training.export import VOCABULARY, export, write
from training.learn import LABELS, batches, train
from training.model import Tagger
from training.student import teach
from training.vary import Lists
from training.vocabulary import danish, embedded, pruned
from training.weights import Encoder, read

from uth.deid.pieces import Pieces

OWN = files("uth.deid") / "lexicon"


def _lists(folder: Path) -> Lists:
    def lines(name: str) -> list[str]:
        return [word.strip('"').title() for word in (folder / name).read_text(encoding="utf-8").splitlines()]

    def rows(name: str) -> list[str]:
        return [
            row.split(";")[1].split(",")[0]
            for row in (folder / name).read_text(encoding="utf-8").splitlines()[1:]
        ]

    women, men = lines("dst2014_fornavne_kvinder.jsonl"), lines("dst2014_fornavne_maend.jsonl")
    foreign = (OWN / "surnames_rare.txt").read_text(encoding="utf-8").title().split()
    return Lists(
        women[:1500] * 10 + men[:1500] * 10 + women[1500:25_000] + men[1500:25_000],
        lines("dst2014_efternavne.jsonl") * 6 + foreign,
        lines("dk_vejnavne.jsonl"),
        list(dict.fromkeys(rows("dawa_postnumre.csv"))) * 3 + rows("dawa_ejerlav.csv")[::4],
    )


def main() -> None:
    """Read the corpora, prune the vocabulary, train within the budget and export."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--weights", type=Path, required=True)
    wanted.add_argument("--stories", type=Path, nargs="+", required=True, help="folders of marked narratives")
    wanted.add_argument("--news", type=Path, nargs="+", required=True, help="IOB2 files")
    wanted.add_argument("--lists", type=Path, required=True, help="folder of name, street and town lists")
    wanted.add_argument("--words", type=Path, required=True, help="a list of Danish words")
    wanted.add_argument("--out", type=Path, required=True)
    wanted.add_argument("--minutes", type=float, default=32)
    wanted.add_argument("--student-minutes", type=float, default=8)
    wanted.add_argument("--layers", type=int, default=10)
    wanted.add_argument(
        "--start", type=Path, help="the folder of an earlier run to go on from with more texts"
    )
    wanted.add_argument("--seed", type=int, default=1)
    given = wanted.parse_args()
    torch.manual_seed(given.seed)
    dice = random.Random(given.seed)
    encoder = read(given.weights)
    stories = [text for folder in given.stories for text in narratives(folder)]
    news = [text for path in given.news for text in names(path)]
    lists = _lists(given.lists)
    lists.learn(stories)
    given.out.mkdir(parents=True, exist_ok=True)
    scores, words = _vocabulary(given, encoder, (*stories, *news))
    print(json.dumps({"stories": len(stories), "news": len(news), "pieces": len(scores)}))
    model = Tagger(words, encoder, given.layers, len(LABELS))
    if given.start:
        model.load_state_dict(torch.load(given.start / "checkpoint.pt", weights_only=True)["model"])
    stream = batches(stories, news, lists, Pieces(scores, 0), dice, share=0.2)
    train(model, stream, minutes=given.minutes, checkpoint=given.out / "checkpoint.pt")
    export(model, given.out)
    file = given.out / "student.npz"
    teach(stories, news, lists, scores, minutes=given.student_minutes, dice=dice, file=file)


def _vocabulary(
    given: argparse.Namespace, encoder: Encoder, texts: Sequence[Marked]
) -> tuple[dict[str, float], np.ndarray]:
    """The pieces of these texts and of the lists; going on from an earlier run, its pieces."""
    for earlier in (given.out, given.start):
        if earlier and (earlier / VOCABULARY).exists():
            kept = json.loads(gzip.decompress((earlier / VOCABULARY).read_bytes()))
            return embedded(encoder, dict(zip(kept["pieces"], kept["scores"], strict=True)))
    told = ["".join(part.text for part in text.parts) for text in texts]
    scores, words = pruned(encoder, [*told, *danish(given.words, sorted(given.lists.glob("*.*")))])
    write(scores, words, LABELS, given.out)
    return scores, words


main()
