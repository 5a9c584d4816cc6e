"""The second consumer's program: its own key opens the anonymised reports, and no other operation of the API."""

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


@pytest.mark.parametrize(("method", "path"), closed())
def test_k25_2_the_key_opens_nothing_else(method: str, path: str, key: dict[str, str]) -> None:
    number = str(NationalReport.objects.get().pk)
    address = path.replace("{case_id}", "1").replace("{report_id}", number)
    body: dict[str, Any] = {"data": "{}", "content_type": "application/json"} if method != "get" else {}
    answer = getattr(Client(), method)(address, headers=key, **body)
    if answer.status_code == 200:  # a list of what one may see, and that is nothing
        assert answer.json()["cases"] == []
        return
    assert answer.status_code in {401, 404, 422}, answer.content
    assert answer.status_code != 422 or b"fields" in answer.content  # a body it never came to


@pytest.mark.parametrize("name", ["Carl", "Dorte", "Adam"])
def test_k25_2_the_key_of_another_opens_no_anonymised_report(name: str, key: dict[str, str]) -> None:
    token = new_api_token(user_id=PEOPLE[name], label="t", by=SYSTEM, at=datetime.now(UTC))
    problem(get("anonymised/reports", Authorization=f"Bearer {token}"), 404, "not_found")
    problem(get("anonymised/reports"), 401, "no_key")
