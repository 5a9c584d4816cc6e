"""Whatever is sent (schemathesis): no 5xx, and every answer is one the document told of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase
from hypothesis import settings as effort
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.cases import case_at, reported
from tests.people import PEOPLE
from tests.tallies import board, screen

from uth.actions.people import new_api_token
from uth.api.routes import openapi
from uth.config.wsgi import application
from uth.law.actor import SYSTEM
from uth.law.terms import State

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
schema = schemathesis.openapi.from_dict(openapi())
schema.app = application


@dataclass(frozen=True)
class Ground:
    """What there is to act on: keys by first name, cases in several states, and one receipt."""

    keys: dict[str, str]
    cases: list[int]
    code: str
    board: str


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A test lives in one transaction, so its connection may not be closed between requests."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def ground(db: None, one_connection: None, settings: Any) -> Ground:
    settings.UTH_INTAKE_PER_MINUTE = 100_000
    now = datetime.now(UTC)
    states = (State.RECEIVED, State.IN_PROGRESS, State.WAITING, State.CONCLUDED, State.APPROVED)
    cases = [case_at(state, at=now).pk for state in states]
    keys = {
        name: new_api_token(user_id=PEOPLE[name], label="fuzz", by=SYSTEM, at=now)
        for name in ("Rikke", "Dorte")
    }
    return Ground(keys, cases, reported(at=now)[1], screen(board(at=now), at=now))


@pytest.mark.django_db(databases=["default", "national"])
@schema.parametrize()
@effort(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_the_answer_is_one_the_document_told_of(case: Any, ground: Ground) -> None:
    if "/receipt" in case.path:
        case.headers["Authorization"] = f"Receipt {ground.code}"
    elif "/tally/" in case.path:
        case.headers["Authorization"] = f"Board {ground.board}"
    else:
        case.headers["Authorization"] = (
            f"Bearer {ground.keys['Dorte' if 'national' in case.path else 'Rikke']}"
        )
    if isinstance(number := case.path_parameters.get("case_id"), int) and number % 4:
        case.path_parameters["case_id"] = ground.cases[number % len(ground.cases)]
    answer: Response = case.call()
    case.validate_response(answer, checks=CHECKS)
