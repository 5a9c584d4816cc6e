"""`kill -9` at random moments under load: what got a receipt exists, what was forwarded arrives once, nothing is half."""

import contextlib
import json
import os
import random
import secrets
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.installation import Installation
from tests.postgres import postgres

pytestmark = pytest.mark.kill

KILLS = int(os.environ.get("UTH_KILLS", "20"))
REPORT = {
    "reporter_kind": "professional",
    "actual_harm": "mild",
    "possible_harm": "serious_or_fatal",
    "sector": "hospital",
    "place": "birkelsoe-med",
    "story": "Patienten fik dobbelt dosis Metoprolol, fordi ordinationen stod to gange.",
    "reporter_name": "Anna Opdigtet",
    "reporter_email": "anna@opdigtet.invalid",
    "patient_name": "Ellen Test Lauridsen",
    "patient_cpr": "0201919996",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """A settled installation, not yet started."""
    with contextlib.ExitStack() as stack:
        databases = stack.enter_context(postgres()) if request.param == "postgresql" else {}
        installation = Installation(tmp_path, databases, UTH_INTAKE_PER_MINUTE="1000000")
        stack.callback(installation.end_all)
        installation.uth("migrate")
        installation.uth("seed", "--cases", "0")
        yield installation


class Reporters:
    """People who report without pause, each again with the same key until a receipt comes."""

    def __init__(self, house: Installation, how_many: int = 4) -> None:
        self.house = house
        self.tried: list[str] = []
        self.receipts: dict[str, str] = {}
        self.refused: list[str] = []
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self._report, daemon=True) for _ in range(how_many)]

    def __enter__(self) -> "Reporters":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(timeout=60)

    def _report(self) -> None:
        while not self.stopping.is_set():
            submission = secrets.token_urlsafe(24)
            self.tried.append(submission)
            while not self._send(submission) and not self.stopping.is_set():
                time.sleep(0.1)
            time.sleep(0.1)

    def _send(self, submission: str) -> bool:
        try:
            answer = httpx.post(
                f"{self.house.url}/api/v1/reports",
                json=REPORT,
                headers={"Idempotency-Key": submission},
                timeout=30,
            )
        except httpx.HTTPError:
            return False
        if answer.status_code in {200, 201}:
            self.receipts[submission] = answer.json()["receipt_code"]
            return True
        if answer.status_code not in {429, 503}:
            self.refused.append(f"{answer.status_code} {answer.json().get('code')}")
        return False


def _forwarded(ledger: Path) -> list[int]:
    """The cases the desk was told are forwarded; a line cut off by a kill was not told."""
    return [int(line) for line in ledger.read_text().split("\n")[:-1]] if ledger.exists() else []


def test_nothing_is_lost_doubled_or_half_written_when_server_and_worker_are_killed(
    house: Installation,
) -> None:
    seed = int(os.environ.get("UTH_KILL_SEED", secrets.randbits(32)))
    chance = random.Random(seed)
    ledger = house.folder / "forwarded"
    start = {
        "server": house.serve,
        "worker": house.work,
        "desk": lambda: house.start("desk", ["tests.kill.desk", str(ledger)]),
    }
    for begin in start.values():
        begin()
    house.wait_until_up()
    with Reporters(house) as reporters:
        for number in range(3 * KILLS):
            if number >= KILLS // 2 and len(_forwarded(ledger)) >= KILLS // 2:
                break  # as many kills as asked for, and enough was under way to be lost
            if chance.random() < 0.8:  # else it may die while it starts
                house.wait_until_up()
            time.sleep(chance.uniform(0.1, 3.0))
            for name in chance.choice(
                [["server"], ["worker"], ["server", "worker"], ["server", "worker", "desk"]]
            ):
                house.end(name)
                start[name]()
        house.wait_until_up()
    house.end("desk")
    for name in ("server", "worker"):
        house.end(name)
        start[name]()
    house.wait_until_up()
    given = {
        "receipts": reporters.receipts,
        "tried": reporters.tried,
        "report": REPORT,
        "forwarded": _forwarded(ledger),
    }
    found = _settled(house, json.dumps(given))
    sys.stdout.write(f"\nseed {seed}: {found['counts']}, receipts {len(reporters.receipts)}\n")
    assert reporters.refused == []
    assert found["wrong"] == {}, f"seed {seed}"
    given["receipts"]["never sent"] = "babebi-bababa"
    assert "a receipt without a report" in _settled(house, json.dumps(given))["wrong"]
    assert len(reporters.receipts) >= KILLS
    assert found["counts"]["national"] >= KILLS // 2


def _settled(house: Installation, given: str, seconds: float = 180) -> dict[str, dict[str, object]]:
    """The verdict once the worker has nothing left to carry, or when patience ends."""
    end = time.monotonic() + seconds
    while True:
        found: dict[str, dict[str, object]] = json.loads(house.run("tests.kill.verdict", given=given))
        if not found["counts"]["waiting"] or time.monotonic() > end:
            return found
        time.sleep(2)
