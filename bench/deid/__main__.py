"""`python -m bench.deid`: every reader on every gold text, one after another on this machine; writes bench/results/deid.*.

An identity counts as found where all its letters and digits are covered, whatever kind the reader calls it, so no
mapping of kinds can favour anybody. No text, and nothing of one, is printed or kept.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.__main__ import RESULTS, machine
from bench.deid.tables import markdown
from uth.deid.evaluate import Gold, Score, measure, read
from uth.deid.evaluate.report import data
from uth.deid.span import Kind, Span

ROOT = Path(__file__).resolve().parents[2]
OURS, PEERS = ("ours-full", "ours-fast", "rules"), ("presidio", "os2ds", "spacy")
STRANGERS = {
    "twitter": "deid/danplus/da_twitter_dev.tsv",
    "arto": "deid/danplus/da_arto_dev.tsv",
    "news": "deid/uner_ddt/da_ddt-ud-dev.iob2",
}
MOST_FALLS = 20
NEWS = "deid/uner_ddt/da_ddt-ud-train.iob2"


def main() -> int:
    """Measure, and keep the figures."""
    parser = argparse.ArgumentParser(prog="bench.deid")
    parser.add_argument("--peers", type=Path, help="the Python that has the peers")
    parser.add_argument("--reference", type=Path, default=os.environ.get("UTH_REFERENCE") or None)
    parser.add_argument(
        "--narratives", type=Path, nargs="*", default=[], help="folders a spaCy tagger learns from"
    )
    parser.add_argument(
        "--learn", type=float, default=150.0, help="seconds of processor time that the spaCy tagger may learn"
    )
    given = parser.parse_args()
    parts = gold(given.reference)
    skipped = [] if given.reference else ["names in strangers' texts: UTH_REFERENCE is not set"]
    readers: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="uth-bench-") as folder:
        for name, command in commands(given, Path(folder), skipped).items():
            try:
                readers[name] = _measured(command, parts)
            except subprocess.CalledProcessError as fault:
                why = fault.stderr.strip().splitlines()[-1:] or ["it ended"]
                skipped.append(f"{name}: {why[0][:200]}")
            sys.stdout.write(f"{name}: {'measured' if name in readers else 'not measured'}\n")
    found = {"machine": machine(), "not measured": skipped, "readers": readers}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "deid.json").write_text(json.dumps(found, ensure_ascii=False) + "\n")
    (RESULTS / "deid.md").write_text(markdown(found))
    return 0


def gold(reference: Path | None) -> dict[str, list[Gold]]:
    """Our own texts by part, and the names in strangers' texts where they are at hand."""
    parts = {part: read(ROOT / "tests/deid/gold" / part) for part in ("test", "calibration", "dev", "first")}
    if reference:
        parts |= {name: read(reference / path) for name, path in STRANGERS.items()}
    return parts


def commands(given: argparse.Namespace, folder: Path, skipped: list[str]) -> dict[str, list[str]]:
    """How each reader is run. What cannot be is said in `skipped`."""
    worker = str(ROOT / "bench/deid/worker.py")
    found = {name: [sys.executable, worker, name] for name in OURS}
    if not given.peers:
        skipped.append("presidio, os2ds, spacy: no Python that has them (--peers)")
        return found
    found |= {name: [str(given.peers), worker, name] for name in PEERS if name != "spacy"}
    if not (given.narratives and given.reference):
        skipped.append("spacy: nothing to learn from (--narratives, UTH_REFERENCE)")
        return found
    sources = [str(path) for path in (*given.narratives, given.reference / NEWS)]
    teach = [str(given.peers), "-m", "bench.deid.tagger", str(folder / "spacy"), str(given.learn), *sources]
    subprocess.run(teach, cwd=ROOT, env=_environment(), check=True, capture_output=True)
    return found | {"spacy": [str(given.peers), worker, "spacy", str(folder / "spacy")]}


def _environment() -> dict[str, str]:
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **threads, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}


def _measured(command: Sequence[str], parts: Mapping[str, Sequence[Gold]]) -> dict[str, Any]:
    texts = [
        (f"{part}/{number}", one.text) for part, each in parts.items() for number, one in enumerate(each)
    ]
    answers, told = _answers(command, texts)
    spans = {text: answer for (_, text), answer in zip(texts, answers, strict=True)}
    scores = {part: measure(each, lambda text: _spans(text, spans[text])) for part, each in parts.items()}
    return told | {part: _figures(score) for part, score in scores.items()}


def _answers(
    command: Sequence[str], texts: Sequence[tuple[str, str]]
) -> tuple[list[list[tuple[int, int, str]]], dict[str, Any]]:
    """What is found in each text, and how fast. A text that takes the reader down is one in which it finds nothing."""
    answers: list[list[tuple[int, int, str]]] = []
    fallen = 0
    while True:
        asked = "".join(json.dumps({"id": id, "text": text}) + "\n" for id, text in texts[len(answers) :])
        run = subprocess.run(
            list(command),
            input=asked,
            env=_environment(),
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        lines = [json.loads(line) for line in run.stdout.splitlines()]
        answers += [line["spans"] for line in lines if "spans" in line]
        if lines and "kB/s" in lines[-1]:
            return answers, lines[-1] | {"taken down by": fallen}
        fallen += 1
        if fallen > MOST_FALLS:
            raise subprocess.CalledProcessError(run.returncode, list(command), stderr=run.stderr)
        answers.append([])


def _spans(text: str, found: Sequence[tuple[int, int, str]]) -> list[Span]:
    """Stretches as spans. A peer whose end lies outside the text has meant the end of it."""
    size = len(text)
    return [Span(a, min(b, size), Kind.ID, text[a:b], "bench", 1.0) for a, b, _ in found if a < size]


def _figures(score: Score) -> dict[str, Any]:
    """Without the places of what was missed: the test part is to stay unread."""
    return {name: value for name, value in data(score).items() if name not in ("missed", "hidden_traps")}


if __name__ == "__main__":
    sys.exit(main())
