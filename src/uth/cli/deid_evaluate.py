"""Measuring on the command line (måling): how the engine does on texts whose identities are marked.

Exit status: 0; 2, the texts cannot be read; 3, the engine cannot work.
"""

import argparse
import json
import sys
from functools import partial
from pathlib import Path

from uth.cli.deid import unread_because
from uth.deid.engine import Profile, find
from uth.deid.evaluate import BadGold, Gold, Score, measure, read
from uth.deid.evaluate.report import data, markdown
from uth.deid.tagger import TaggerMissing, TaggerTooSlow

UNREADABLE, NO_ENGINE = 2, 3


def run(given: argparse.Namespace) -> int:
    """Returns the exit status."""
    try:
        texts = [one for path in given.gold for one in _read(path)]
        score = measure(texts, partial(find, profile=Profile(given.profile)))
    except (BadGold, OSError) as fault:
        why = str(fault) if isinstance(fault, BadGold) else f"{fault.filename}: {unread_because(fault)}"
        print(f"uth: Guldteksterne kan ikke læses: {why}.", file=sys.stderr)
        return UNREADABLE
    except (TaggerMissing, TaggerTooSlow):
        print("uth: Sprogmodellen mangler eller er for langsom, så intet er målt.", file=sys.stderr)
        return NO_ENGINE
    print(json.dumps(data(score), indent=1) if given.json else markdown(score) + _misses(given, score))
    return 0


def _read(path: Path) -> list[Gold]:
    texts = read(path)
    if not texts:
        raise BadGold(f"der er ingen i {path.name}")
    return texts


def _misses(given: argparse.Namespace, score: Score) -> str:
    if not given.misses:
        return ""
    missed = [f"- {id}: {span.kind.name} {span.start}-{span.end}" for id, span in score.missed]
    sprung = [f"- {id}: {span.start}-{span.end}" for id, span in score.sprung]
    return "\n".join(["\nOverset:", *missed, "\nFælder skjult:", *sprung, ""])
