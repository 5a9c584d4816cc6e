"""Two installations, each with its own folder, keys, databases and processes; they share nothing but HTTP."""

import contextlib
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.installation import Installation

API = "/api/v1"
NATIONAL = f"{API}/national/reports"


@dataclass
class Program:
    """A program that talks to one installation with one key."""

    house: Installation
    key: str

    def get(self, path: str) -> Any:
        """What stands there."""
        answer = httpx.get(self.house.url + API + path, headers=self._head(), timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None, expect: int = 204) -> Any:
        """Do something, and see that it was done."""
        answer = httpx.post(self.house.url + API + path, json=body, headers=self._head(), timeout=30)
        assert answer.status_code == expect, answer.text
        return answer.json() if answer.content else None

    def _head(self) -> dict[str, str]:
        return {"Authorization": self.key} if self.key else {}


class Two:
    """A local and a national installation, and the programs of those who use them."""

    def __init__(self, folder: Path, databases: Sequence[Mapping[str, str]] = ({}, {})) -> None:
        for name in ("local", "national"):
            (folder / name).mkdir()
        self.national = Installation(folder / "national", databases[1], UTH_SITE="national")
        self.local = Installation(
            folder / "local",
            databases[0],
            UTH_SITE="local",
            UTH_ORGANISATION="DK-84",
            UTH_NATIONAL_URL=self.national.url + NATIONAL,
        )

    def settle(self) -> None:
        """Databases, people, keys; then servers and the worker."""
        for house in (self.local, self.national):
            house.uth("migrate")
            house.uth("seed", "--cases", "0")
            house.serve()
        self.register()
        self.anybody = Program(self.local, "")
        self.bo, self.carl = self._program(self.local, "bo"), self._program(self.local, "carl")
        self.dorte = self._program(self.national, "dorte")
        self.local.wait_until_up()
        self.national.wait_until_up()
        self.local.work()

    def register(self) -> None:
        """Tell the national side which key the local one signs with now."""
        key_id, public = self.local.uth("keys", "show").split()
        who = ("--sender", "DK-84", "--name", "Region Hovedstaden")
        self.national.uth("keys", "register", *who, "--key-id", key_id, "--public", public)

    def _program(self, house: Installation, name: str) -> Program:
        return Program(house, "Bearer " + house.uth("token", "--email", f"{name}@demo.invalid").strip())

    def report(self, **more: Any) -> dict[str, Any]:
        """Anna's program reports; the receipt."""
        given = {
            "story": "Ellen Lauridsen fik dobbelt dosis Metoprolol. Ring til mig på 22 34 56 78.",
            "reporter_kind": "professional",
            "actual_harm": "mild",
            "possible_harm": "serious_or_fatal",
            "place": "birkelsoe-med",
            "patient_name": "Ellen Lauridsen",
            "patient_cpr": "020191-9996",
        }
        head = {"Idempotency-Key": secrets.token_urlsafe(24)}
        answer = httpx.post(self.local.url + API + "/reports", json=given | more, headers=head, timeout=30)
        assert answer.status_code == 201, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def handled(self, **more: Any) -> int:
        """A report that has been received, handled and de-identified, ready to be forwarded; its case number."""
        known = {line["id"] for line in self.bo.get("/cases?view=inbox")["cases"]}
        self.report(**more)
        (case,) = {line["id"] for line in self.bo.get("/cases?view=inbox")["cases"]} - known
        self.bo.post(f"/cases/{case}/assign", {"handler_id": self.carl.get("/me")["user_id"]})
        harms = {"actual_harm": "mild", "possible_harm": "serious_or_fatal"}
        self.carl.post(f"/cases/{case}/classify", {"codes": ["medication.wrong_dose.ordering"], **harms})
        self.carl.post(
            f"/cases/{case}/conclude",
            {"conclusion": "Ordinationen stod to gange.", "learning": "Den gennemgås."},
        )
        self.carl.post(f"/cases/{case}/approve", {"overruled": self._leaks(case)})
        return case

    def _leaks(self, case: int) -> dict[str, list[int]]:
        rows = self.carl.get(f"/cases/{case}")["redactions"]
        return {row["section"]: list(range(len(row["leaks"]))) for row in rows if row["leaks"]}

    def forward(self, case: int) -> None:
        """Carl lets it go."""
        self.carl.post(f"/cases/{case}/forward")

    def delivered(self, case: int, seconds: float = 60) -> None:
        """Wait until the national level has told us that it has it."""
        wait_for(lambda: self.carl.get(f"/cases/{case}")["delivered_at"], seconds, self.local.log("worker"))

    def newest_letter(self, minutes_ago: int = 0) -> tuple[dict[str, str], bytes]:
        """The newest letter as the worker would send it: headers and body."""
        import json

        said = json.loads(self.local.run("tests.installations.letter", str(minutes_ago)))
        return said["headers"], said["body"].encode()

    def send(self, headers: dict[str, str], body: bytes) -> httpx.Response:
        """Post a letter to the national level from outside."""
        named = headers | {"Content-Type": "application/json"}
        return httpx.post(self.national.url + NATIONAL, content=body, headers=named, timeout=30)

    def national_count(self) -> int:
        """How many reports Dorte's program finds."""
        return len(self.dorte.get("/national/reports")["reports"])


def wait_for(what: Callable[[], object], seconds: float, said: str = "") -> None:
    """Until it is so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, said[-3000:]
        time.sleep(0.3)


@contextlib.contextmanager
def running(both: Two) -> Iterator[Two]:
    """Both, until the end."""
    try:
        both.settle()
        yield both
    finally:
        both.local.end_all()
        both.national.end_all()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """Both, running."""
    with running(Two(tmp_path_factory.mktemp("two"))) as both:
        yield both
