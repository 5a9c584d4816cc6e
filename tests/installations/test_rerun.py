"""`uth deid rerun` in processes: killed on the way it halves nothing, goes on where it was, and leaves nobody behind."""

import contextlib
import json
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.installation import Installation
from tests.postgres import postgres

pytestmark = pytest.mark.installations
EACH = 25


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """An installation whose cases an older engine read."""
    with contextlib.ExitStack() as stack:
        databases = stack.enter_context(postgres()) if request.param == "postgresql" else {}
        place = Installation(tmp_path, databases)
        stack.callback(place.end_all)
        place.uth("migrate")
        place.run("tests.installations.older_engine", "make", str(EACH))
        yield place


def told(house: Installation) -> dict[str, Any]:
    stands: dict[str, Any] = json.loads(house.run("tests.installations.older_engine", "told"))
    return stands


def cases_read(house: Installation) -> int:
    """Asked of the database from outside, many times a second."""
    query = "SELECT count(*) FROM records_reread"
    if url := house.environment.get("DATABASE_URL"):
        with psycopg.connect(url) as there:
            found = there.execute(query).fetchone()
    else:
        (file,) = (house.folder / "var").glob("local.sqlite3")
        with contextlib.closing(sqlite3.connect(file, timeout=20)) as here:
            found = here.execute(query).fetchone()
    return int(found[0]) if found else 0


def gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def test_killed_on_the_way_it_goes_on_and_every_case_is_read_once(house: Installation) -> None:
    house.start("rerun", ["uth.cli.main", "deid", "rerun", "--jobs", "2"])
    end = time.monotonic() + 120
    while cases_read(house) < 5:
        assert time.monotonic() < end, house.log("rerun")
        time.sleep(0.01)
    parent = house.running.pop("rerun")
    parent.send_signal(signal.SIGKILL)  # the parent alone
    parent.wait(timeout=30)
    while not gone(parent.pid):
        assert time.monotonic() < end, "its processes outlive it"
        time.sleep(0.05)

    half = told(house)
    assert 5 <= len(half["read"]) < 2 * EACH, "it was to be killed on the way"
    assert half["lines"] == half["read"]
    assert half["clean"] == sorted(set(half["concluded"]) & set(half["read"]))
    assert (half["finished"], half["broken"]) == ([False], 0)

    said = house.uth("deid", "rerun", "--jobs", "2")
    whole = told(house)
    everything = sorted([*whole["concluded"], *whole["approved"]])
    assert len(everything) == 2 * EACH
    assert whole["read"] == whole["lines"] == everything
    assert whole["clean"] == whole["concluded"]
    assert whole["unchanged"] == whole["approved"]
    assert (whole["finished"], whole["broken"]) == ([True], 0)
    assert said.count("(Klar til videregivelse): Navn: 1") == EACH
    assert "Thaysen" not in said
    assert "Thaysen" not in house.log("rerun")

    again = house.uth("deid", "rerun")
    assert f"Nye forslag at læse: 0. Uændrede: {EACH}." in again
    assert told(house)["finished"] == [True, True]
