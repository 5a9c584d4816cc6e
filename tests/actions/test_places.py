"""A place changes hands on a day: who runs it is told in periods that never overlap, and the old ones stay."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from tests.cases import reported
from tests.people import PEOPLE, who

from uth.actions import handling, intake, people
from uth.actions.handling import Refused
from uth.actions.places import TenureEntry, change_hands, choose_finder
from uth.cli import demo
from uth.law.actor import SYSTEM
from uth.law.clock import danish_day
from uth.law.terms import EventKind, ReporterKind, Role, Sector
from uth.queries.access import open_case
from uth.records.cases import Case
from uth.records.organisations import Finder, Installation, Organisation, Place, Tenure
from uth.records.routing import chart, counted_under
from uth.records.stamped import forget

pytestmark = pytest.mark.django_db(databases=["default", "national"])

NEW_YEAR = date(2027, 1, 1)


def a_kommunes_place() -> Place:
    return Place.objects.filter(sector="municipal", tenures__operator__key="0151").order_by("key")[0]


def move(place: Place, *, at: datetime, since: date = NEW_YEAR, to: str = "oestdanmark") -> None:
    entry = TenureEntry(since=since, operator=to, source="L 213 (2024-25)", unverified=True)
    change_hands(place.key, entry, by=SYSTEM, at=at)


def operator(place: Place, on: date) -> str | None:
    known = chart().place(place.key)
    assert known is not None
    return known.on(on).operator


def test_k27_2_a_place_that_moves_belongs_to_both_each_in_its_time(now: datetime) -> None:
    place = a_kommunes_place()
    assert operator(place, NEW_YEAR) == "0151"
    move(place, at=now)
    assert operator(place, NEW_YEAR - timedelta(days=1)) == "0151"
    assert operator(place, NEW_YEAR) == "oestdanmark"


def test_k27_2_a_report_of_a_moved_place_goes_to_the_region_and_says_what_is_not_confirmed(
    now: datetime,
) -> None:
    place = a_kommunes_place()
    move(place, at=now)
    before, _ = reported(at=now, place=place.key)
    after, _ = reported(at=now.replace(year=2027, month=1, day=4), place=place.key)
    assert (before.organisation.key, after.organisation.key) == ("0151", "oestdanmark")
    assert after.routed_rule == "R16"


def test_the_periods_of_a_place_never_overlap_and_none_is_lost(now: datetime) -> None:
    place = a_kommunes_place()
    move(place, at=now)
    move(place, at=now)  # told twice
    move(place, since=date(2029, 7, 1), to="0147", at=now)
    periods = list(place.tenures.order_by("since").values_list("since", "until"))
    assert len(periods) == 3
    for (_, until), (since, _) in pairwise(periods):
        assert until == since - timedelta(days=1)
    assert periods[-1][1] is None


def test_a_change_before_a_later_one_is_refused_with_the_day(now: datetime) -> None:
    place = a_kommunes_place()
    move(place, at=now)
    with pytest.raises(Refused) as no:
        move(place, since=date(2026, 12, 1), to="0147", at=now)
    assert "01.01.2027" in no.value.problems["since"]


def test_the_seeds_put_again_leave_a_change_of_hands_alone(now: datetime) -> None:
    place = a_kommunes_place()
    move(place, at=now)
    before = list(Tenure.objects.order_by("pk").values())
    demo.reference_data(at=now)
    assert list(Tenure.objects.order_by("pk").values()) == before


# ── who finds the place when nobody knows it ──


def unknown(at: datetime) -> str:
    case, _ = reported(at=at, place="", sector=Sector.UNKNOWN)
    return case.organisation.key


def test_the_finder_is_chosen_and_followed_from_its_day(now: datetime) -> None:
    day = danish_day(now)
    assert unknown(now) == "DK-84"
    choose_finder(organisation="DK-82", since=day + timedelta(days=1), by=SYSTEM, at=now)
    assert unknown(now) == "DK-84"
    assert unknown(now + timedelta(days=1)) == "DK-82"


def test_the_finder_of_a_region_that_merges_is_its_heir(now: datetime) -> None:
    assert unknown(now.replace(year=2027, month=1, day=4)) == "oestdanmark"


def test_an_authority_that_is_not_there_that_day_cannot_find_anything(now: datetime) -> None:
    with pytest.raises(Refused):
        choose_finder(organisation="oestdanmark", since=date(2026, 12, 31), by=SYSTEM, at=now)
    with pytest.raises(Refused):
        choose_finder(organisation="national", since=date(2026, 12, 31), by=SYSTEM, at=now)


def test_without_a_choice_it_is_whose_site_it_is_and_never_the_first_on_a_list(
    now: datetime, settings: Any
) -> None:
    Finder.objects.all().delete()
    forget()
    with pytest.raises(intake.Refused):
        unknown(now)
    Installation.objects.create(
        kind="local", name="X", organisation=Organisation.objects.get(key="DK-83"), completed_at=now
    )
    forget()
    assert unknown(now) == "DK-83"
    settings.UTH_ORGANISATION = "DK-82"
    assert unknown(now) == "DK-82"


# ── whose figures it belongs to ──


def counted(**told: Any) -> str:
    case, _ = reported(**told)
    found = counted_under(case.report)
    assert found is not None
    return found.authority


def test_an_event_is_counted_where_it_happened_by_the_map_of_its_day(now: datetime) -> None:
    new_year = now.replace(year=2027, month=1, day=4)
    assert counted(at=new_year, event_date=date(2026, 12, 31)) == "DK-84"
    assert counted(at=new_year, event_date=date(2027, 1, 1)) == "oestdanmark"
    assert counted(at=new_year, event_date=None) == "oestdanmark"


def test_k27_2_an_event_before_the_move_is_counted_in_the_kommune_that_ran_the_place(now: datetime) -> None:
    place = a_kommunes_place()
    move(place, at=now)
    new_year = now.replace(year=2027, month=1, day=4)
    case, _ = reported(at=new_year, place=place.key, event_date=date(2026, 12, 1))
    found = counted_under(case.report)
    assert case.organisation.key == "oestdanmark"
    assert found is not None
    assert found.authority == "0151"


def test_an_old_event_is_counted_by_the_map_of_2011_and_says_so(now: datetime) -> None:
    case, _ = reported(at=now, reporter_kind=ReporterKind.PATIENT, event_date=date(2009, 5, 1))
    found = counted_under(case.report)
    assert found is not None
    assert (found.authority, found.unverified) == ("DK-84", True)
    assert "fordelingen fra 2011" in found.explanation


# ── the other places of a transition ──


def test_par4_6_the_other_places_reach_the_routing_and_stand_in_the_case(now: datetime) -> None:
    other = a_kommunes_place()
    case, _ = reported(
        at=now,
        event_kind=EventKind.TRANSITION,
        involved=(intake.InvolvedAnswer(role="after", place=other.key),),
    )
    assert case.routed_rule == "R17"
    assert "De andre steder, der var med, står i sagen" in case.routed_explanation
    assert case.report.involved_places.get().place == other


def test_an_involved_place_we_do_not_know_is_refused_in_a_sentence(now: datetime) -> None:
    with pytest.raises(intake.Refused) as no:
        reported(at=now, involved=(intake.InvolvedAnswer(role="after", place="atlantis"),))
    assert "skriv stedets navn" in no.value.problems["involved"]


# ── § 6, stk. 2: no transfer moves the deadline ──


HOPS = ("DK-81", "DK-82", "DK-83", "0151", "0461")


@pytest.fixture
def bo_receives_everywhere(now: datetime) -> None:
    """So that each hop is made by one who may."""
    for key in ("DK-84", *HOPS):
        people.grant(
            user_id=PEOPLE["Bo"],
            organisation=key,
            role=Role.RISK_MANAGER,
            since=date(2020, 1, 1),
            by=SYSTEM,
            at=now,
        )


@pytest.mark.usefixtures("bo_receives_everywhere")
@given(
    received=st.dates(date(2026, 1, 1), date(2026, 12, 1)),
    hops=st.lists(st.sampled_from(HOPS), min_size=1, max_size=4),
    days=st.lists(st.integers(0, 30), min_size=4, max_size=4),
)
@examples(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_par6_2_no_chain_of_transfers_moves_the_deadline(
    received: date, hops: list[str], days: list[int], now: datetime
) -> None:
    at = datetime(received.year, received.month, received.day, 12, tzinfo=now.tzinfo)
    case, _ = reported(at=at)
    due = case.forward_by
    for to, wait in zip(hops, days, strict=False):
        at += timedelta(days=wait)
        if Case.objects.get(pk=case.pk).organisation.key != to:
            handling.transfer(case.pk, to=to, reason="Det skete et andet sted.", by=who("Bo"), at=at)
    case.refresh_from_db()
    assert case.forward_by == due == received + timedelta(days=90)
    assert case.received_on == received


def test_the_case_page_says_where_an_event_counts_when_the_map_has_changed_since(now: datetime) -> None:
    new_year = now.replace(year=2027, month=1, day=4)
    before, _ = reported(at=now, event_date=date(2026, 11, 1))
    after, _ = reported(at=new_year, event_date=date(2026, 12, 31))
    assert open_case(before.pk, by=who("Bo"), at=now).counted_under == ""
    people.grant(
        user_id=PEOPLE["Bo"],
        organisation="oestdanmark",
        role=Role.INTAKE,
        since=date(2027, 1, 1),
        by=SYSTEM,
        at=now,
    )
    assert open_case(after.pk, by=who("Bo"), at=new_year).counted_under == "Region Hovedstaden"
