"""An authority's log of a case tells what its own people did, and nothing of another's."""

from datetime import datetime, timedelta

import pytest
from tests.cases import case_at
from tests.people import PEOPLE, who

from uth.actions import handling, people
from uth.law.actor import SYSTEM
from uth.law.terms import Role, State
from uth.queries import access, audit

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def test_sul200_the_next_authority_does_not_read_who_looked_at_the_last_one(now: datetime) -> None:
    PEOPLE["Sonja"] = people.put_user(
        email="sonja@demo.invalid", name="Sonja", password=None, by=SYSTEM, at=now - timedelta(days=1)
    )
    people.grant(
        user_id=PEOPLE["Sonja"],
        organisation="0151",
        role=Role.RISK_MANAGER,
        by=SYSTEM,
        at=now - timedelta(days=1),
    )
    case = case_at(State.IN_PROGRESS, at=now)
    access.open_case(case.pk, by=who("Carl"), at=now)
    assert "Carl" in {
        line.who.split()[0] for line in audit.of_case(case.pk, by=who("Rikke"), at=now) if line.who
    }
    handling.transfer(case.pk, to="0151", reason="Skete hos kommunen.", by=who("Carl"), at=now)
    access.open_case(case.pk, by=who("Kirsten"), at=now)
    lines = audit.of_case(case.pk, by=who("Sonja"), at=now)
    assert {(line.word, line.actor) for line in lines} == {
        ("case.received", f"user:{PEOPLE['Carl']}"),
        ("case.read", f"user:{PEOPLE['Kirsten']}"),
    }
