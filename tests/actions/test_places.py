"""A place changes hands on a day: who runs it is told in periods that never overlap, and the old ones stay."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from tests.cases import reported

from uth.actions.handling import Refused
from uth.actions.places import TenureEntry, change_hands
from uth.cli import demo
from uth.law.actor import SYSTEM
from uth.records.organisations import Place, Tenure
from uth.records.routing import chart

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
