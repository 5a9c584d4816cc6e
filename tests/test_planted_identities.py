"""Planted identities: after approval and forwarding none of them stands in the national file, logs, outbox or mail."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PLANTED = json.loads((HERE / "narratives" / "planted.json").read_text())
STRUCTURED = [value for row in PLANTED["structured"] for value in row.values()]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, dict[str, object]]:
    """The folder of a whole installation after the run, everything it logged, and what it said of the engine."""
    var = tmp_path_factory.mktemp("planted")
    env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "NATIONAL_DATABASE_URL"}}
    done = subprocess.run(
        [sys.executable, "-m", "tests.planted_run"],
        env=env
        | {
            "UTH_VAR": str(var),
            "UTH_DEMO": "1",
            "PYTHONPATH": os.pathsep.join([str(HERE.parent / "src"), str(HERE.parent)]),
        },
        cwd=HERE.parent,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = done.stdout.strip().splitlines()
    return var, done.stderr + "\n".join(told[:-1]), json.loads(told[-1])


def standing_in(text: bytes) -> list[str]:
    """Which planted structured identities stand in these bytes, as typed or with the blanks taken out."""
    packed = text.replace(b" ", b"")
    return [s for s in STRUCTURED if s.encode() in text or s.replace(" ", "").encode() in packed]


def test_no_structured_identity_stands_in_the_national_database_file(run: tuple[Path, str, object]) -> None:
    files = sorted(run[0].glob("national.sqlite3*"))
    assert files
    assert sqlite3.connect(files[0]).execute("select count(*) from national_nationalreport").fetchone() == (
        50,
    )
    assert standing_in(b"".join(f.read_bytes() for f in files)) == []


def test_no_planted_narrative_identity_stands_nationally_after_approval(
    run: tuple[Path, str, object],
) -> None:
    content = b"".join(f.read_bytes() for f in run[0].glob("national.sqlite3*"))
    assert [n["planted"] for n in PLANTED["narratives"] if n["planted"].encode() in content] == []


def test_no_structured_identity_stands_in_the_logs(run: tuple[Path, str, object]) -> None:
    assert standing_in(run[1].encode()) == []


def test_no_structured_identity_stands_in_the_outbox(run: tuple[Path, str, object]) -> None:
    rows = sqlite3.connect(run[0] / "local.sqlite3").execute("select * from records_letter").fetchall()
    assert len(rows) >= 200
    assert standing_in(json.dumps(rows, default=str, ensure_ascii=False).encode()) == []


def test_no_structured_identity_stands_in_the_mail_sink(run: tuple[Path, str, object]) -> None:
    mails = list((run[0] / "mail").glob("*.eml"))
    assert len(mails) >= 150
    assert (
        standing_in(b"".join(m.read_bytes() for m in mails) + "".join(m.name for m in mails).encode()) == []
    )


def test_the_audit_names_nobody(run: tuple[Path, str, object]) -> None:
    rows = sqlite3.connect(run[0] / "local.sqlite3").execute("select * from records_auditline").fetchall()
    assert standing_in(json.dumps(rows, default=str, ensure_ascii=False).encode()) == []


def test_what_the_engine_alone_missed_is_told(
    run: tuple[Path, str, dict[str, object]], record_property: pytest.FixtureRequest
) -> None:
    told = run[2]
    record_property("engine_alone_missed", json.dumps(told))  # type: ignore[operator]
    print(f"the engine alone missed {told['missed'] or 'none'} of {told['of']} planted narrative identities")
    assert sum(told["missed"].values()) <= 5  # type: ignore[attr-defined] # a floor, not a goal: see docs/deid.md
