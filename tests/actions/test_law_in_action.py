"""What the law says is what the actions do, on the real map of places and authorities."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases import answers, case_at, reported
from tests.people import PEOPLE, who

from uth.actions import handling, intake, people
from uth.law.actor import SYSTEM
from uth.law.clock import danish_day
from uth.law.routing import Occurrence, Recipient, route
from uth.law.terms import DutyCriterion, EventKind, ReporterCategory, ReporterKind, Role, State
from uth.records.cases import Case
from uth.records.organisations import Organisation, Place
from uth.records.routing import chart, known_place

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def recipients(on: date) -> dict[Place, Recipient]:
    """Who receives what happens at each place we know, that day."""
    map = chart().map(intake.finder_of(chart(), on=on), on=on)
    return {
        place: route(Occurrence(EventKind.TREATMENT, place=known_place(place).on(on)), on=on, map=map)
        for place in Place.objects.all()
    }


@pytest.mark.parametrize("on", [date(2026, 12, 31), date(2027, 1, 1)])
def test_every_place_has_a_recipient_that_a_paragraph_names(on: date) -> None:
    found = recipients(on)
    assert found
    assert [place.key for place, recipient in found.items() if recipient.rule == "FIND"] == []
    for recipient in found.values():
        authority = Organisation.objects.get(key=recipient.authority)
        assert authority.since <= on
        assert authority.until is None or on <= authority.until


def test_k27_1_no_place_changes_hands_in_2027_but_those_of_the_merging_regions() -> None:
    before, after = recipients(date(2026, 12, 31)), recipients(date(2027, 1, 1))
    for place, recipient in before.items():
        moved = recipient.authority in {"DK-84", "DK-85"}
        assert (after[place].authority != recipient.authority) == moved, place.key
        assert after[place].paragraph == recipient.paragraph


def test_par6_2_a_transfer_moves_neither_the_deadline_nor_the_day_of_reception(now: datetime) -> None:
    case = case_at(State.RECEIVED, at=now)
    due, received = case.forward_by, case.received_on
    handling.transfer(
        case.pk, to="DK-85", reason="Det skete i Sjælland.", by=who("Bo"), at=now + timedelta(days=40)
    )
    case.refresh_from_db()
    assert (case.forward_by, case.received_on) == (due, received)


WAY = st.lists(
    st.tuples(st.sampled_from(["DK-81", "DK-82", "0151"]), st.integers(0, 60)), min_size=1, max_size=5
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(state=st.sampled_from([State.RECEIVED, State.IN_PROGRESS, State.WAITING]), way=WAY)
def test_par6_2_no_way_a_case_is_sent_moves_its_deadline(
    state: State, way: list[tuple[str, int]], now: datetime
) -> None:
    with transaction.atomic():
        for key in ("DK-81", "DK-82", "0151"):
            people.grant(user_id=PEOPLE["Bo"], organisation=key, role=Role.INTAKE, by=SYSTEM, at=now)
        case, at = case_at(state, at=now), now
        due, received = case.forward_by, case.received_on
        for to, days in way:
            at += timedelta(days=days)
            if to != case.organisation.key:
                handling.transfer(case.pk, to=to, reason="Hører til der.", by=who("Bo"), at=at)
            case.refresh_from_db()
            assert (case.organisation.key, case.forward_by, case.received_on) == (to, due, received)
        transaction.set_rollback(True)


def test_par3_2_a_report_that_comes_late_is_taken_like_any_other(now: datetime) -> None:
    months_ago = danish_day(now) - timedelta(days=200)
    case, code = reported(at=now, event_date=months_ago, aware_date=months_ago)
    assert code
    assert case.state == State.RECEIVED


@pytest.mark.parametrize("kind", [ReporterKind.PATIENT, ReporterKind.RELATIVE])
def test_par5_2_a_patient_or_relative_may_report_what_happened_years_ago(
    kind: ReporterKind, now: datetime
) -> None:
    case, _ = reported(at=now, reporter_kind=kind, event_date=date(2009, 5, 1))
    assert case.criterion == DutyCriterion.NOT_OBLIGED
    assert case.organisation.until is None or case.organisation.until >= danish_day(now)


@pytest.mark.parametrize("event", EventKind)
@pytest.mark.parametrize("on", [date(2011, 8, 31), date(2026, 12, 31), date(2027, 1, 1)])
def test_par5_1_patients_relatives_and_professionals_have_the_same_recipient_everywhere(
    event: EventKind, on: date
) -> None:
    known = chart()
    for place in ["", *Place.objects.values_list("key", flat=True)]:
        told = {"place": place, "event_kind": event, "municipality": "0157", "transported_by": "DK-82"}
        found = {
            intake.recipient_of(answers(reporter_kind=kind, **told), on=on, known=known)
            for kind in ReporterKind
        }
        assert len(found) == 1, place


def test_par5_1_what_happened_before_patients_had_a_rule_is_taken_today_from_patients_too(
    now: datetime,
) -> None:
    for kind in (ReporterKind.PROFESSIONAL, ReporterKind.PATIENT, ReporterKind.RELATIVE):
        case, _ = reported(at=now, reporter_kind=kind, event_date=date(2011, 8, 31))
        assert (case.state, case.organisation.key) == (State.RECEIVED, "DK-84")


@pytest.mark.parametrize("category", [*ReporterCategory, None])
def test_par2_7_whoever_reports_the_report_is_taken(category: ReporterCategory | None, now: datetime) -> None:
    case, _ = reported(
        at=now, reporter_category=category, event_date=date(2020, 5, 1), aware_date=date(2020, 5, 1)
    )
    expected = (
        DutyCriterion.NOT_OBLIGED if category is ReporterCategory.OTHER_STAFF else DutyCriterion.OLD_RULES
    )
    assert case.criterion == expected


def test_the_recipient_is_asked_with_today_not_with_the_day_of_the_event(now: datetime) -> None:
    """An event of 2026 that is reported in 2027 goes to the region that is there to handle it."""
    new_year = now.replace(year=2027, month=1, day=4)
    case, _ = reported(at=new_year, event_date=date(2026, 11, 1))
    assert Case.objects.get(pk=case.pk).organisation.key == "oestdanmark"
