"""When a successor takes an authority's tasks over, its people go on there from that day, and nobody else comes along."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.cases import case_at, reported
from tests.people import PEOPLE, who

from uth.actions import handling, organisations, people
from uth.law.actor import SYSTEM, Hidden
from uth.law.terms import Role, State
from uth.queries import access, administration, inbox
from uth.queries import people as staff

pytestmark = pytest.mark.django_db(databases=["default", "national"])

BEFORE = datetime(2026, 12, 31, 12, 0, tzinfo=UTC)
AFTER = datetime(2027, 1, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def soeren(now: datetime) -> str:
    """A handler and administrator of Region Sjælland."""
    PEOPLE["Søren"] = people.put_user(
        email="soeren@demo.invalid", name="Søren", password=None, by=SYSTEM, at=now
    )
    for role in (Role.HANDLER, Role.ADMIN):
        people.grant(user_id=PEOPLE["Søren"], organisation="DK-85", role=role, by=SYSTEM, at=now)
    return "Søren"


def numbers(name: str, at: datetime) -> set[int]:
    return {line.id for line in inbox.cases(inbox.View.ALL, by=who(name), at=at).lines}


def test_k27_1_the_people_of_both_regions_go_on_in_the_new_one(soeren: str) -> None:
    case, _ = reported(at=AFTER)
    assert case.organisation.key == "oestdanmark"
    assert case.pk in numbers("Bo", AFTER) & numbers("Carl", AFTER) & numbers(soeren, AFTER)
    handling.assign(case.pk, handler_id=PEOPLE[soeren], by=who("Bo"), at=AFTER)
    assert {c.name for c in staff.handlers_of("oestdanmark", at=AFTER)} >= {"Carl", "Rikke", soeren}


def test_the_day_before_nobody_has_gone_on_yet(soeren: str) -> None:
    assert staff.handlers_of("oestdanmark", at=BEFORE) == ()
    assert not administration.units(by=who(soeren), at=BEFORE)[1:]


def test_what_lay_in_the_other_region_stays_closed(soeren: str) -> None:
    old = case_at(State.FORWARDED, at=BEFORE)
    for at in (BEFORE, AFTER):
        assert access.open_case(old.pk, by=who("Carl"), at=at).organisation_key == "DK-84"
        with pytest.raises(Hidden):
            access.open_case(old.pk, by=who(soeren), at=at)


def test_a_role_that_has_ended_in_the_old_region_is_none_in_the_new(now: datetime) -> None:
    held = next(r for r in administration.person(PEOPLE["Carl"], by=who("Adam"), at=now).roles if r.open)
    people.end_role(held.id, last_day=BEFORE.date(), by=who("Adam"), at=now)
    case, _ = reported(at=AFTER)
    assert case.pk not in numbers("Carl", AFTER)


def test_the_administrators_of_both_regions_answer_for_all_of_the_new_one(soeren: str) -> None:
    names = {p.name for p in administration.overview(by=who(soeren), at=AFTER).people}
    assert {"Bo", "Carl", soeren} <= names
    key = organisations.add_part(below="oestdanmark", name="Fælles enhed", by=who(soeren), at=AFTER)
    assert key in {unit.key for unit in administration.units(by=who("Adam"), at=AFTER)}
    people.grant(
        user_id=PEOPLE["Bo"], organisation="oestdanmark", role=Role.HANDLER, by=who(soeren), at=AFTER
    )
    with pytest.raises(Hidden):
        people.grant(user_id=PEOPLE["Bo"], organisation="DK-84", role=Role.HANDLER, by=who(soeren), at=BEFORE)


def test_reach_ends_where_no_successor_is_named() -> None:
    case, _ = reported(at=AFTER + timedelta(days=1))
    assert case.pk not in numbers("Kirsten", AFTER + timedelta(days=1))
