"""Ten thousand taps from fifty units at once: nothing is lost and nothing counted twice, on SQLite and on PostgreSQL."""

import contextlib
import json
import os
import random
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.installation import Installation
from tests.postgres import postgres

pytestmark = pytest.mark.installations
TAPS = int(os.environ.get("UTH_TAPS", "10000"))
SEED = 2027


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """A settled installation, up."""
    with contextlib.ExitStack() as stack:
        databases = stack.enter_context(postgres()) if request.param == "postgresql" else {}
        place = Installation(tmp_path, databases)
        stack.callback(place.end_all)
        place.uth("migrate")
        place.uth("seed", "--cases", "0")
        place.serve()
        place.wait_until_up()
        yield place


class Unit:
    """A unit's screens: each event is told once or more, some are taken back, and all of it arrives in no order."""

    def __init__(
        self, house: Installation, made: dict[str, str], how_many: int, chance: random.Random
    ) -> None:
        self.house, self.made, self.chance = house, made, chance
        self.expected, self.problems = 0, list[str]()
        things: list[tuple[str, dict[str, Any]]] = []
        for _ in range(how_many):
            number = str(uuid.UUID(int=chance.getrandbits(128), version=4))
            happened = datetime.now(UTC) - timedelta(days=chance.randrange(75), minutes=chance.randrange(600))
            area = chance.choice(["fall", "infection", "medicine_administration", "medicine_dispensing"])
            tap = {"number": number, "area": area, "happened_at": happened.isoformat()}
            things += [("taps", tap)] * chance.choice([1, 1, 2, 3])
            taken_back = chance.random() < 0.1
            self.expected += not taken_back
            if taken_back:
                things += [("withdrawals", {"number": number})] * chance.choice([1, 2])
        chance.shuffle(things)
        self.parcels: list[list[tuple[str, dict[str, Any]]]] = []
        while things:
            size = chance.choice([1, 1, 2, 5, 40])  # one by one, or what waited while there was no network
            self.parcels.append(things[:size])
            things = things[size:]

    def run(self) -> None:
        """Send each parcel until it is answered, as a screen does; some are sent again though it was."""
        with httpx.Client(base_url=self.house.url, timeout=60, trust_env=False) as client:
            for parcel in self.parcels:
                for _ in range(2 if self.chance.random() < 0.1 else 1):
                    while not self._sent(client, parcel):
                        time.sleep(0.2)

    def _sent(self, client: httpx.Client, parcel: list[tuple[str, dict[str, Any]]]) -> bool:
        told = {kind: [each for k, each in parcel if k == kind] for kind in ("taps", "withdrawals")}
        sent_at = datetime.now(UTC).isoformat()
        try:
            if self.chance.random() < 0.5:
                head = {"Authorization": f"Board {self.made['token']}"}
                answer = client.post("/api/v1/tally/taps", json=told | {"sent_at": sent_at}, headers=head)
            else:
                head = {"Cookie": f"tavle={self.made['token']}"}
                body = told | {"sent_at": sent_at, "board": self.made["key"]}
                answer = client.post("/tavle/send/", json=body, headers=head)
        except httpx.HTTPError:
            return False
        if answer.status_code not in {200, 429, 500, 503}:
            self.problems.append(f"{answer.status_code}")
            return True
        return answer.status_code == 200


def test_ten_thousand_taps_from_fifty_units_at_once_lose_nothing_and_count_nothing_twice(
    house: Installation,
) -> None:
    made = json.loads(house.run("tests.installations.tally_units", "make"))
    chance = random.Random(SEED)
    units = [Unit(house, each, TAPS // len(made), random.Random(chance.random())) for each in made]
    threads = [threading.Thread(target=unit.run, daemon=True) for unit in units]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=900)
    spent = time.monotonic() - begun
    assert not any(thread.is_alive() for thread in threads)
    assert [unit.problems for unit in units if unit.problems] == []
    found = json.loads(house.run("tests.installations.tally_units", "told"))
    assert found["counts"] == {unit.made["id"]: unit.expected for unit in units}
    assert found["national"] == found["over"] > 0
    again = json.loads(house.run("tests.installations.tally_units", "told"))  # telling again tells nothing
    assert again == found
    sent = sum(len(parcel) for unit in units for parcel in unit.parcels)
    print(f"\n{TAPS} events in {sent} messages' lines from {len(units)} units in {spent:.0f} s")
