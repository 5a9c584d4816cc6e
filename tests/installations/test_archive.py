"""An archive by Dask: the example as it stands, on two processes, answers line by line as `uth deid` does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from uth.deid.evaluate import read

pytestmark = pytest.mark.installations
pytest.importorskip("dask.bag")
ROOT = Path(__file__).parents[2]
BARE = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}


def run(*command: str, given: bytes = b"") -> bytes:
    done = subprocess.run([sys.executable, *command], input=given, env=BARE, cwd=ROOT, capture_output=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def by_dask(archive: Path, workers: int) -> bytes:
    folder = archive.with_name(f"{workers}")
    said = run(
        "examples/archive_with_dask.py", str(archive), str(folder), f"--workers={workers}", "--blocksize=8KiB"
    )
    assert b"kB/s" in said
    files = sorted(folder.glob("*.jsonl"), key=lambda path: int(path.stem))
    assert len(files) > 1
    return b"".join(path.read_bytes() for path in files)


def test_two_workers_answer_as_one_does_and_as_the_command_does(tmp_path: Path) -> None:
    archive = tmp_path / "archive.jsonl"
    texts = [one.text for one in read(ROOT / "tests/deid/gold/first")]
    lines = [json.dumps({"id": at, "text": text}, ensure_ascii=False) for at, text in enumerate(texts)]
    archive.write_text("".join(f"{line}\n" for line in lines))
    two = by_dask(archive, 2)
    assert two.count(b"\n") == len(texts)
    assert two == by_dask(archive, 1)
    assert two == run("-m", "uth.cli.main", "deid", "--jsonl", "--replace", given=archive.read_bytes())


def test_a_line_without_an_answer_says_why_and_not_what(tmp_path: Path) -> None:
    archive = tmp_path / "archive.jsonl"
    archive.write_text('{"id": 1, "text": "Pt faldt."}\nHanne Holm\n' * 600)
    written = by_dask(archive, 2)
    assert written.count(b'"problem"') == 600
    assert b"Hanne" not in written
