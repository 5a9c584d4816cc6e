"""Intake limits: a script is slowed, a person always has a way on, and no address is kept."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from uth.actions import limits, retention
from uth.law import work
from uth.law.actor import SYSTEM
from uth.records.limits import RateMark

pytestmark = pytest.mark.django_db(databases=["default", "national"])
SCRIPT, NURSE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def three_a_minute(settings: pytest.FixtureRequest) -> None:
    settings.UTH_INTAKE_PER_MINUTE = 3  # type: ignore[attr-defined]


def flood(now: datetime, origin: str = SCRIPT) -> limits.Asked:
    for _ in range(3):
        assert limits.admit(origin, size=1000, at=now) is None
    asked = limits.admit(origin, size=1000, at=now)
    assert asked is not None
    return asked


def test_the_fourth_in_a_minute_is_asked_to_do_a_sum(now: datetime) -> None:
    asked = flood(now)
    answer = work.solve(asked.challenge)
    assert limits.admit(SCRIPT, size=1, ticket=f"{asked.challenge}:{answer}", at=now) is None


def test_without_scripts_a_person_waits_half_a_minute_and_sends_again(now: datetime) -> None:
    asked = flood(now)
    assert limits.admit(SCRIPT, size=1, ticket=asked.challenge, at=now + timedelta(seconds=10)) is not None
    assert limits.admit(SCRIPT, size=1, ticket=asked.challenge, at=now + timedelta(seconds=31)) is None


def test_a_ticket_lets_one_in(now: datetime) -> None:
    asked, later = flood(now), now + timedelta(seconds=31)
    assert limits.admit(SCRIPT, size=1, ticket=asked.challenge, at=later) is None
    assert limits.admit(SCRIPT, size=1, ticket=asked.challenge, at=later) is not None
    answered = f"{asked.challenge}:{work.solve(asked.challenge)}"
    assert limits.admit(SCRIPT, size=1, ticket=answered, at=later) is not None


@pytest.mark.parametrize(
    ("trusted", "remote", "forwarded", "origin"),
    [
        (False, "203.0.113.9", "198.51.100.7", "203.0.113.9"),
        (True, "127.0.0.1", "192.0.2.1, 198.51.100.7", "198.51.100.7"),
        (True, "203.0.113.9", "", "203.0.113.9"),
        (False, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (False, "::ffff:203.0.113.9", "", "203.0.113.9"),
        (False, "", "", "unknown"),
    ],
)
def test_the_origin_is_the_line_or_what_our_own_proxy_says(
    settings: Any, trusted: bool, remote: str, forwarded: str, origin: str
) -> None:
    settings.UTH_TRUSTED_PROXY = trusted
    assert limits.origin_of(remote, forwarded) == origin


def test_another_person_is_not_slowed_by_the_script(now: datetime) -> None:
    flood(now)
    assert limits.admit(NURSE, size=1, at=now) is None


@pytest.mark.parametrize("ticket", ["", "1", "1:2:3", "a:b", "٣:x", ":", "::", "9" * 400])
def test_a_made_up_ticket_earns_nothing(ticket: str, now: datetime) -> None:
    flood(now)
    assert limits.admit(SCRIPT, size=1, ticket=ticket, at=now) is not None


def test_a_ticket_is_good_for_its_own_origin_and_hour_only(now: datetime) -> None:
    asked = flood(now)
    flood(now, NURSE)
    assert limits.admit(NURSE, size=1, ticket=asked.challenge, at=now + timedelta(seconds=31)) is not None
    later = now + timedelta(hours=2)
    flood(later)
    assert limits.admit(SCRIPT, size=1, ticket=asked.challenge, at=later) is not None


def test_no_address_is_kept_and_the_same_one_hashes_apart_from_hour_to_hour(now: datetime) -> None:
    limits.admit(SCRIPT, size=1, at=now)
    limits.admit(SCRIPT, size=1, at=now + timedelta(hours=1))
    marks = set(RateMark.objects.exclude(bucket=limits.EVERYBODY).values_list("bucket", flat=True))
    assert len(marks) == 2
    assert SCRIPT not in str(list(RateMark.objects.values_list()))


def test_marks_are_forgotten_the_same_night(now: datetime) -> None:
    limits.admit(SCRIPT, size=1, at=now)
    retention.forget(by=SYSTEM, at=now + timedelta(hours=3))
    assert not RateMark.objects.exists()


@pytest.mark.django_db(transaction=True, databases=["default", "national"])
def test_counting_does_not_wait_for_the_disk_and_the_next_report_does(now: datetime) -> None:
    limits.count(SCRIPT, size=7, at=now)
    limits.count(SCRIPT, size=7, at=now + timedelta(seconds=1))  # written once a second
    mark = RateMark.objects.exclude(bucket=limits.EVERYBODY).get()
    assert (mark.count, mark.bytes) == (2, 14)
    full = {"sqlite": ("PRAGMA synchronous", 2), "postgresql": ("SHOW synchronous_commit", "on")}
    question, answer = full[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        assert cursor.fetchone()[0] == answer
