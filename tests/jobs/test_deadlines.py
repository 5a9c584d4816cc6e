"""Each mark of the clock is told of once, to those who can act on it, and the mail tells nothing of the case."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.cases import STORY, case_at, reported
from tests.people import PEOPLE, who

from uth.actions import handling, people
from uth.jobs import deadlines, letters
from uth.jobs.worker import Worker
from uth.law.terms import Role, State
from uth.records.cases import Case
from uth.records.models import AuditLine
from uth.records.outbox import Letter
from uth.records.reminders import Reminder

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def at_days_left(case: Case, left: int) -> datetime:
    """Noon on the day when so many days are left."""
    first = datetime.fromisoformat(f"{case.received_on}T11:00:00+00:00")
    return first + timedelta(days=90 - left)


def told(template: str) -> dict[str, dict[str, Any]]:
    names = {f"user:{number}": name for name, number in PEOPLE.items()}
    return {names[letter.to]: letter.body for letter in Letter.objects.filter(template=template)}


@pytest.mark.parametrize("left", [30, 14, 3])
def test_par6_2_the_handler_is_reminded_once_at_each_mark(left: int, now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    deadlines.remind(at=at_days_left(case, left + 1))
    before = Letter.objects.filter(template="deadline_near").count()
    for again in range(3):
        deadlines.remind(at=at_days_left(case, left) + timedelta(hours=again))
    assert Letter.objects.filter(template="deadline_near").count() == before + 1
    letter = Letter.objects.filter(template="deadline_near").latest("created_at")
    assert letter.to == f"user:{PEOPLE['Carl']}"
    assert letter.body == {"cases": "1 sag", "count": 1, "days": left}


def test_par6_2_an_undistributed_case_reminds_those_who_distribute(now: datetime) -> None:
    case, _ = reported(at=now)
    deadlines.remind(at=at_days_left(case, 14))
    assert set(told("deadline_unassigned")) == {"Bo", "Rikke"}
    assert not told("deadline_near")


def test_par6_2_the_day_after_the_deadline_the_leaders_are_told_once(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    deadlines.remind(at=at_days_left(case, 0))
    assert not told("deadline_leaders")
    for day in (-1, -2, -10, -40):
        deadlines.remind(at=at_days_left(case, day))
    assert set(told("deadline_leaders")) == {"Rikke", "Adam"}
    assert set(told("deadline_passed")) == {"Carl"}
    assert Letter.objects.filter(template="deadline_leaders").count() == 2


def test_a_worker_that_slept_tells_of_the_nearest_mark_alone(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    deadlines.remind(at=at_days_left(case, 2))
    assert told("deadline_near") == {"Carl": {"cases": "1 sag", "count": 1, "days": 3}}
    assert dict(Reminder.objects.values_list("mark", "told")) == {30: 0, 14: 0, 3: 1}


def test_many_cases_make_one_mail_with_their_number(now: datetime) -> None:
    cases = [case_at(State.IN_PROGRESS, at=now) for _ in range(3)]
    assert deadlines.remind(at=at_days_left(cases[0], 30)) == 3
    assert told("deadline_near") == {"Carl": {"cases": "3 sager", "count": 3, "days": 30}}


def test_what_is_closed_reminds_nobody(now: datetime) -> None:
    for state in (State.FORWARDED, State.REJECTED):
        case = case_at(state, at=now)
    assert deadlines.remind(at=at_days_left(case, -5)) == 0
    assert not Letter.objects.filter(template__startswith="deadline").exists()


def test_a_handler_who_has_left_is_not_told_but_those_who_distribute_are(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    people.suspend(PEOPLE["Carl"], by=who("Adam"), at=now)
    deadlines.remind(at=at_days_left(case, 14))
    assert set(told("deadline_unassigned")) == {"Bo", "Rikke"}


def test_where_nobody_distributes_the_leaders_are_told(now: datetime) -> None:
    case, _ = reported(at=now)
    from uth.records.people import Membership

    Membership.objects.filter(role__in=[Role.INTAKE, Role.RISK_MANAGER]).delete()
    deadlines.remind(at=at_days_left(case, 14))
    assert set(told("deadline_unassigned")) == {"Adam"}


def test_the_mail_tells_a_count_and_a_link_and_why_it_came(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now, patient_name="Ellen Test Lauridsen")
    deadlines.remind(at=at_days_left(case, 14))
    deadlines.remind(at=at_days_left(case, -1))
    for letter in Letter.objects.filter(template__startswith="deadline"):
        mail = letters.write(letter, "x@demo.invalid").as_string() + str(letter.body)
        text = letters.write(letter, "x@demo.invalid").get_content()
        for secret in (case.number, *STORY.split()[:4], "Lauridsen", "Medicinsk", "birkelsoe", "Carl"):
            assert secret not in mail.replace(str(letter.pk), "")
        assert "1 sag" in text
        assert "Du " in text
        assert "/frister/" in text


def test_letters_wait_till_the_morning(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    night = at_days_left(case, 14).replace(hour=1)
    deadlines.remind(at=night)
    letter = Letter.objects.get(template="deadline_near")
    assert letter.created_at == night
    assert letter.not_before.hour in {5, 6}  # seven o'clock in Denmark


def test_each_reminder_leaves_a_line_on_the_case(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    deadlines.remind(at=at_days_left(case, 14))
    line = AuditLine.objects.get(word="deadline.reminded", case=case.pk)
    assert line.detail == {"mark": 14, "told": 1}


def test_a_reminder_that_fails_half_way_is_told_of_next_time(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from uth.actions import deadlines as verbs

    case = case_at(State.IN_PROGRESS, at=now)
    with monkeypatch.context() as patch:
        patch.setattr(verbs, "_write", lambda *a, **k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deadlines.remind(at=at_days_left(case, 14))
    assert not Reminder.objects.exists()
    deadlines.remind(at=at_days_left(case, 14))
    assert set(told("deadline_near")) == {"Carl"}


def test_small_transactions_reach_every_case(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "MOST", 2)
    cases = [case_at(State.IN_PROGRESS, at=now) for _ in range(5)]
    deadlines.remind(at=at_days_left(cases[0], 3))
    assert Reminder.objects.filter(mark=3).count() == 5
    assert (
        sum(body["count"] for body in [le.body for le in Letter.objects.filter(template="deadline_near")])
        == 5
    )


def test_the_worker_reminds_every_night(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    times = iter([at_days_left(case, 14)] * 20)
    worker = Worker(now=lambda: next(times))
    worker._nightly()
    assert set(told("deadline_near")) == {"Carl"}


def test_par6_2_a_transfer_tells_the_new_receiver_and_keeps_the_old_clock(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    deadlines.remind(at=at_days_left(case, 14))
    handling.transfer(
        case.pk, to="0151", reason="Skete hos kommunen.", by=who("Carl"), at=at_days_left(case, 13)
    )
    due = case.forward_by
    case.refresh_from_db()
    assert case.forward_by == due
    body = told("transferred")["Kirsten"]
    assert str(due.year) in body["day"]
    deadlines.remind(at=at_days_left(case, 12))  # the mark was told of where it stood before
    assert "Kirsten" not in told("deadline_unassigned")
    deadlines.remind(at=at_days_left(case, 3))
    assert set(told("deadline_unassigned")) == {"Kirsten"}


def test_k27_1_the_people_of_the_old_region_are_reminded_of_the_new_ones_cases() -> None:
    case, _ = reported(at=datetime.fromisoformat("2027-01-02T11:00:00+00:00"))
    assert case.organisation.key == "oestdanmark"
    deadlines.remind(at=at_days_left(case, 30))
    assert {"Bo", "Rikke"} <= set(told("deadline_unassigned"))
