"""The clock counts Danish days, also across the clock changes, and no transfer can move it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uth.law.clock import (
    danish_day,
    days_left,
    ends_at,
    forward_by,
    has_deadline,
    is_late,
    mark_reached,
    marks,
    report_by,
    starts_at,
)
from uth.law.rulebook import rule
from uth.law.terms import ReporterKind

DAYS = st.dates(date(2011, 1, 5), date(2060, 1, 1))


def test_a_professional_reports_within_seven_days_of_becoming_aware() -> None:
    assert report_by(date(2026, 3, 1), ReporterKind.PROFESSIONAL) == date(2026, 3, 8)


@pytest.mark.parametrize("kind", [ReporterKind.PATIENT, ReporterKind.RELATIVE, ReporterKind.OTHER])
def test_others_than_professionals_have_no_deadline(kind: ReporterKind) -> None:
    assert report_by(date(2026, 3, 1), kind) is None


def test_no_deadline_is_known_for_one_who_became_aware_before_2011() -> None:
    assert report_by(date(2009, 6, 1), ReporterKind.PROFESSIONAL) is None


def test_a_report_is_forwarded_within_ninety_days_of_reception() -> None:
    assert forward_by(date(2026, 1, 1)) == date(2026, 4, 1)


@given(received=DAYS, later=st.integers(0, 400))
def test_the_deadline_is_the_same_however_late_the_case_is_handed_over(received: date, later: int) -> None:
    """A transfer has a day of its own; there is nowhere in the clock to put it."""
    before = forward_by(received)
    transferred = received + timedelta(days=later)
    assert forward_by(received) == before
    assert days_left(before, transferred) == days_left(before, received) - later


@given(first=DAYS, second=DAYS)
def test_who_was_received_first_is_due_first(first: date, second: date) -> None:
    assert (first <= second) == (forward_by(first) <= forward_by(second))


def test_days_left_is_zero_on_the_last_day_and_negative_after() -> None:
    assert days_left(date(2026, 4, 1), date(2026, 4, 1)) == 0
    assert days_left(date(2026, 4, 1), date(2026, 4, 2)) == -1


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 1, 1, 22, 59, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 1, 1, 23, 0, tzinfo=UTC), date(2026, 1, 2)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_a_day_begins_at_danish_midnight(at: datetime, day: date) -> None:
    assert danish_day(at) == day


@pytest.mark.parametrize(
    ("day", "hours", "ends"),
    [
        (date(2026, 3, 28), 24, datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),
        (date(2026, 3, 29), 23, datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
        (date(2026, 10, 25), 25, datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
        (date(2026, 10, 26), 24, datetime(2026, 10, 26, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_deadline_ends_at_24_danish_time_on_days_of_23_24_and_25_hours(
    day: date, hours: int, ends: datetime
) -> None:
    assert ends_at(day) == ends
    assert ends_at(day).astimezone(UTC) - starts_at(day).astimezone(UTC) == timedelta(hours=hours)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 6, 1)])
def test_the_last_second_of_the_day_is_in_time_and_the_next_is_late(day: date) -> None:
    end = ends_at(day).astimezone(UTC)
    assert not is_late(day, end - timedelta(seconds=1))
    assert is_late(day, end)


@given(at=st.datetimes(datetime(2011, 1, 6), datetime(2060, 1, 1), timezones=st.just(UTC)))
def test_every_moment_lies_within_its_danish_day(at: datetime) -> None:
    day = danish_day(at)
    assert starts_at(day) <= at < ends_at(day)


def test_without_a_deadline_nothing_is_late() -> None:
    assert not is_late(None, datetime(2026, 1, 1, tzinfo=UTC))


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        danish_day(datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 26), date(2026, 12, 25)),  # Christmas Day
        (date(2026, 10, 3), date(2027, 1, 1)),  # New Year's Day
        (date(2026, 12, 28), date(2027, 3, 28)),  # Easter Sunday
        (date(2026, 1, 5), date(2026, 4, 5)),  # a Sunday
    ],
)
def test_par6_2_calendar_days_are_counted_so_no_weekend_or_holiday_moves_the_deadline(
    received: date, due: date
) -> None:
    assert forward_by(received) == due


def test_par3_2_the_seven_days_run_over_easter_and_into_a_sunday() -> None:
    assert report_by(date(2027, 3, 21), ReporterKind.PROFESSIONAL) == date(2027, 3, 28)


def test_par3_2_the_seven_days_are_unverified_since_2023() -> None:
    assert not rule("report_within_days", on=date(2023, 6, 30)).unverified
    assert rule("report_within_days", on=date(2023, 7, 1)).unverified


@pytest.mark.parametrize("kind", [ReporterKind.PATIENT, ReporterKind.RELATIVE])
def test_par5_2_patients_have_no_deadline_and_that_is_unverified_since_2023(kind: ReporterKind) -> None:
    for on, unverified in ((date(2011, 9, 1), False), (date(2023, 6, 30), False), (date(2023, 7, 1), True)):
        assert not has_deadline(kind, on=on)
        assert rule("patients_have_deadline", on=on).unverified is unverified
    assert not has_deadline(kind, on=date(2009, 6, 1))


def test_when_we_remind_is_our_own_choice_and_says_so() -> None:
    for name in ("remind_days_left", "escalate_days_after"):
        found = rule(name, on=date(2026, 11, 20))
        assert found.unverified
        assert found.source.startswith("eget valg")


@given(left=st.integers(-400, 400), on=DAYS)
def test_a_case_stands_at_the_narrowest_mark_it_has_reached(left: int, on: date) -> None:
    found = mark_reached(left, on)
    reached = [mark for mark in marks(on) if left <= mark]
    assert found == (min(reached) if reached else None)
