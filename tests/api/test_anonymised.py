"""The second consumer's program: its own key opens the anonymised reports, and no other operation of the API."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from tests.api.calls import get, problem
from tests.cases import case_at, deliver
from tests.people import PEOPLE

from uth.actions.people import new_api_token
from uth.api.routes import ADDRESS, openapi
from uth.law.actor import SYSTEM
from uth.law.terms import State
from uth.records.cases import Case
from uth.records.national.models import NationalReport

pytestmark = pytest.mark.django_db(databases=["default", "national"])

# What one's own key tells of oneself; and what anybody may do.
OPEN = {"/api/v1/me", "/api/v1/anonymised/reports", "/api/v1/anonymised/reports/{report_id}"}


@pytest.fixture
def key() -> dict[str, str]:
    """Stine's key."""
    now = datetime.now(UTC)
    deliver(case_at(State.FORWARDED, at=now), at=now)
    token = new_api_token(user_id=PEOPLE["Stine"], label="t", by=SYSTEM, at=now)
    return {"Authorization": f"Bearer {token}"}


def test_k25_2_a_program_fetches_the_anonymised_reports(key: dict[str, str]) -> None:
    told = get("anonymised/reports", **key).json()
    (report,) = told["reports"]
    assert told["after"] == ""
    assert "Metoprolol" in "".join(report["texts"].values())
    assert get(f"anonymised/reports/{report['id']}", **key).json() == report
    assert get(f"anonymised/reports?after={report['id']}", **key).json()["reports"] == []
    problem(get("anonymised/reports/999999", **key), 404, "not_found")


def closed() -> list[tuple[str, str]]:
    """Every operation that asks for a key and is not the reader's."""
    found = []
    for path, operations in openapi()["paths"].items():
        for method, operation in operations.items():
            keys = [name for each in operation.get("security", []) for name in each]
            if any("Bearer" in name for name in keys) and path not in OPEN:
                found.append((method, path))
    return found


def test_there_are_operations_to_keep_closed() -> None:
    assert ("get", f"{ADDRESS}cases") in closed()
    assert ("get", f"{ADDRESS}national/reports") in closed()


# A body that each operation takes, so that the answer is never that it could not be read. A new one is written here.
BODIES: dict[str, Any] = {
    "cases/search": {"words": "Metoprolol"},
    "national/reports/search": {"words": "Metoprolol"},
    "deid": {"text": "Hanne Holm faldt."},
    "assign": "the handler's number",
    "transfer": {"to": "DK-84", "reason": "De driver stedet."},
    "reject": {"reason": "work_environment", "comment": "Det var en klage."},
    "link": {"event": "2026-0001"},
    "reopen": {"reason": "Rapportøren har svaret."},
    "classify": {"codes": [], "actual_harm": "mild"},
    "note": {"text": "Ringet til afdelingen."},
    "ask": {"text": "Hvornår skete det?"},
    "answer": {"text": "Tak for rapporten."},
    "conclude": {"conclusion": "To hætteglas lignede hinanden."},
    "redaction": {"sections": {}},
    "approve-first": {},
    "approve": {},
    "revise": None,
    "forward": None,
    "close-dialogue": None,
}


def answer_to(method: str, path: str, headers: dict[str, str]) -> Any:
    """What comes of the operation on the case and the report that are there, with a body it takes."""
    address = path.replace("{case_id}", str(Case.objects.get().pk))
    address = address.replace("{report_id}", str(NationalReport.objects.get().pk))
    if method == "get":
        return Client().get(address, headers=headers)
    verb = path.removeprefix(ADDRESS)
    body = BODIES[verb if verb in BODIES else verb.rpartition("/")[2]]
    if verb.endswith("/assign"):
        body = {"handler_id": PEOPLE["Carl"]}
    sent = "" if body is None else json.dumps(body)
    return getattr(Client(), method)(address, sent, content_type="application/json", headers=headers)


@pytest.mark.parametrize(("method", "path"), closed())
def test_k25_2_the_key_opens_nothing_else(method: str, path: str, key: dict[str, str]) -> None:
    answer = answer_to(method, path, key)
    if path in {f"{ADDRESS}cases", f"{ADDRESS}cases/search"}:  # a list of what one may see: nothing
        assert answer.json()["cases"] == []
    else:
        problem(answer, 404, "not_found")


@pytest.mark.parametrize(("method", "path"), closed())
def test_those_whose_work_it_is_are_let_in_with_the_same_words(
    method: str, path: str, key: dict[str, str]
) -> None:
    """Else the test above would be as green with an address or a body that nobody could use."""
    name = "Dorte" if "/national/" in path else "Rikke"
    token = new_api_token(user_id=PEOPLE[name], label="t", by=SYSTEM, at=datetime.now(UTC))
    answer = answer_to(method, path, {"Authorization": f"Bearer {token}"})
    assert answer.status_code in {200, 204, 409}, answer.content  # 409: not in this state of the case


@pytest.mark.parametrize("name", ["Carl", "Dorte", "Adam"])
def test_k25_2_the_key_of_another_opens_no_anonymised_report(name: str, key: dict[str, str]) -> None:
    token = new_api_token(user_id=PEOPLE[name], label="t", by=SYSTEM, at=datetime.now(UTC))
    problem(get("anonymised/reports", Authorization=f"Bearer {token}"), 404, "not_found")
    problem(get("anonymised/reports"), 401, "no_key")
