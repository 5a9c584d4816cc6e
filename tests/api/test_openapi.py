"""The document and the doors: every operation says who may call it, and without a key only the open ones answer."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from ninja.constants import NOT_SET
from ninja.operation import Operation
from tests.api.calls import get, problem

from uth.api.problems import CODES
from uth.api.routes import api, openapi

OPEN = {
    ("POST", "/api/v1/reports"),
    ("POST", "/api/v1/reports/with-attachments"),
    ("GET", "/api/v1/places"),
    ("POST", "/api/v1/tally/screens"),  # the code is the key, once
    ("GET", "/api/v1/health"),
    ("GET", "/api/v1/ready"),
}
SIGNED = {
    ("POST", "/api/v1/national/reports"),
    ("GET", "/api/v1/national/requests"),
}  # the signature is the key
ERRORS = {"400", "401", "403", "404", "405", "409", "413", "415", "422", "429", "500", "503"}


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation of the document: method, path, and what is said of it."""
    return [
        (method.upper(), path, operation)
        for path, methods in openapi()["paths"].items()
        for method, operation in methods.items()
    ]


def bound() -> list[Operation]:
    """Every operation as it is served, also those the document leaves out."""
    return [
        operation
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
    ]


def test_the_document_is_served_without_a_key_and_is_openapi_3_1() -> None:
    served = get("openapi.json")
    assert served.status_code == 200
    assert served.json()["openapi"].startswith("3.1")
    assert served.json() == json.loads(json.dumps(openapi()))


def test_every_operation_says_itself_who_may_call_it() -> None:
    silent = [operation.path for operation in bound() if operation.auth_param is NOT_SET]
    assert silent == []
    assert all(operation.auth_callbacks for operation in bound() if operation.auth_param is not None)


@pytest.mark.django_db(databases=["default", "national"])
@pytest.mark.parametrize(
    ("method", "path", "operation"), operations(), ids=lambda v: v if isinstance(v, str) else ""
)
def test_without_a_key_an_operation_is_closed_unless_it_is_open_on_purpose(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    assert (not operation.get("security")) == ((method, path) in OPEN | SIGNED)
    address = re.sub(r"{\w+}", "1", path)
    for key in (None, "Bearer ", "Bearer forkert", "Receipt forkert", "Basic eDp5", "\x00"):
        headers = {} if key is None else {"Authorization": key}
        answer = Client().generic(method, address, b"", content_type="application/json", headers=headers)
        if (method, path) in SIGNED:
            assert answer.status_code == 401, answer.content
        elif (method, path) in OPEN:
            assert answer.status_code in {200, 422}
        else:
            problem(answer, 401, "no_key")


@pytest.mark.django_db(databases=["default", "national"])
def test_a_log_in_in_the_browser_is_no_key(client: Client) -> None:
    from django.contrib.auth import get_user_model
    from tests.people import PEOPLE

    client.force_login(
        get_user_model().objects.get(pk=PEOPLE["Carl"]), "allauth.account.auth_backends.AuthenticationBackend"
    )
    problem(client.get("/api/v1/cases"), 401, "no_key")


def test_every_operation_declares_what_can_go_wrong_and_what_it_is() -> None:
    for method, path, operation in operations():
        assert set(operation["responses"]) >= ERRORS, (method, path)
        assert operation["summary"], (method, path)
        assert operation["description"], (method, path)
    assert {str(status) for status, _, _ in CODES.values()} == ERRORS


def test_operation_names_are_unique() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]
    assert len(names) == len(set(names))


def test_every_reference_of_the_document_leads_somewhere() -> None:
    text = json.dumps(openapi())
    for reference in set(re.findall(r'"#/([^"]+)"', text)):
        found: Any = openapi()
        for step in reference.split("/"):
            found = found[step]
        assert found
