"""Letters arrive exactly once and are never lost: crashes, two workers, failures and a national level that is down."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.cases import case_at, envelope_of, reported
from tests.people import who

from uth.actions import forwarding, receiving
from uth.gateways import national
from uth.gateways.national import Answer
from uth.jobs import letters
from uth.law.actor import SYSTEM
from uth.law.terms import State
from uth.records import outbox
from uth.records.cases import Case
from uth.records.national.models import NationalReport
from uth.records.outbox import BACKOFF, CLAIM, Letter

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture
def post_here(monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    """The other installation is this one: letters are posted to its own API; the answers, as they came back."""
    from django.test import Client

    heard: list[Answer] = []

    def post(url: str, body: bytes, headers: dict[str, str], **more: Any) -> Answer:
        came = Client().post(
            "/api/v1/national/reports", body, content_type="application/json", headers=headers
        )
        code = "" if came.status_code < 300 else came.json()["code"]
        heard.append(Answer(came.status_code, code))
        return heard[-1]

    monkeypatch.setattr(national, "post", post)
    return heard


def clock() -> datetime:
    return datetime.now(UTC)


def letter_of(case: Case) -> Letter:
    return Letter.objects.get(pk=case.message_id)


def test_a_letter_is_carried_and_the_case_knows_it(post_here: list[Answer]) -> None:
    case = case_at(State.FORWARDED, at=clock())
    letters.carry("a", now=clock)
    case.refresh_from_db()
    assert case.delivered_at is not None
    assert letter_of(case).sent_at is not None
    assert NationalReport.objects.filter(message_id=case.message_id).count() == 1
    assert letters.carry("a", now=clock) == 0


def test_a_crash_between_the_national_commit_and_our_mark_sends_it_again_and_it_stands_there_once(
    post_here: list[Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_at(State.FORWARDED, at=clock())

    class Killed(BaseException):
        """What `kill -9` is to the worker: nothing after it is done."""

    def crash(*args: object, **more: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(letters, "delivered", crash)
        with pytest.raises(Killed):
            letters.carry("a", now=clock)
    assert NationalReport.objects.filter(message_id=case.message_id).count() == 1
    assert letter_of(case).sent_at is None
    later = lambda: clock() + CLAIM + timedelta(seconds=1)  # noqa: E731
    letters.carry("b", now=later)
    assert letter_of(case).sent_at is not None
    assert [answer.status for answer in post_here] == [201, 200]
    assert NationalReport.objects.filter(message_id=case.message_id).count() == 1


def test_two_workers_hold_no_letter_both(now: datetime) -> None:
    for _ in range(5):
        reported(at=now, reporter_email="anna@opdigtet.invalid")
    one = {letter.pk for letter in outbox.claim("one", at=now, most=3)}
    other = {letter.pk for letter in outbox.claim("other", at=now, most=10)}
    assert len(one) == 3
    assert one & other == set()
    assert outbox.claim("third", at=now) == []


def test_the_claim_of_a_dead_worker_runs_out(now: datetime) -> None:
    reported(at=now, reporter_email="anna@opdigtet.invalid")
    held = {letter.pk for letter in outbox.claim("dead", at=now)}
    assert outbox.claim("heir", at=now + CLAIM) == []
    heir = outbox.claim("heir", at=now + CLAIM + timedelta(seconds=1))
    assert {letter.pk for letter in heir} == held


def test_a_worker_that_was_too_slow_lets_go_of_what_another_has(now: datetime) -> None:
    reported(at=now, reporter_email="anna@opdigtet.invalid")
    (letter,) = outbox.claim("slow", at=now)
    assert outbox.hold(letter, "slow", at=now)
    later = now + CLAIM + timedelta(minutes=1)
    outbox.claim("quick", at=later)
    assert not outbox.hold(letter, "slow", at=later)
    assert outbox.hold(letter, "quick", at=later)
    outbox.sent(letter, at=later)
    assert not outbox.hold(letter, "quick", at=later)


def test_a_letter_that_fails_is_tried_ever_more_seldom_and_never_given_up(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now)
    for attempt in range(len(BACKOFF) + 3):
        letter = letter_of(case)
        outbox.failed(letter, "http_500", at=now)
        letter = letter_of(case)
        wait = BACKOFF[min(attempt, len(BACKOFF) - 1)]
        assert letter.not_before == now + timedelta(seconds=wait)
        assert (letter.attempts, letter.problem, letter.sent_at) == (attempt + 1, "http_500", None)
        assert letter.pk not in {
            each.pk for each in outbox.claim("a", at=letter.not_before - timedelta(seconds=1))
        }
        assert letter.pk in {each.pk for each in outbox.claim("a", at=letter.not_before)}


@pytest.mark.parametrize("status", [0, 302, 401, 409, 422, 429, 500, 503])
def test_whatever_the_other_side_says_but_yes_the_letter_stays(
    status: int, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_at(State.FORWARDED, at=now)
    monkeypatch.setattr(national, "post", lambda *args, **more: Answer(status, "no"))
    letters.carry("a", now=lambda: now)
    case.refresh_from_db()
    assert letter_of(case).sent_at is None
    assert letter_of(case).problem == "no"
    assert case.delivered_at is None


def test_letters_go_in_the_order_they_were_written(now: datetime) -> None:
    for minutes in (3, 1, 2):
        reported(at=now - timedelta(minutes=minutes), reporter_email="anna@opdigtet.invalid")
    claimed = outbox.claim("a", at=now)
    assert [letter.created_at for letter in claimed] == sorted(letter.created_at for letter in claimed)


def test_the_letter_is_written_in_the_step_itself_or_not_at_all(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_at(State.APPROVED, at=now)
    before = Letter.objects.count()

    def fail(*args: object, **more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(forwarding, "forget_patient", fail)
    with pytest.raises(RuntimeError):
        forwarding.forward(case.pk, by=who("Carl"), at=now)
    case.refresh_from_db()
    assert case.state == State.APPROVED
    assert Letter.objects.count() == before


def test_a_letter_that_arrives_twice_at_the_same_moment_is_taken_in_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = case_at(State.FORWARDED, at=clock())
    envelope = envelope_of(letter_of(case), at=clock())
    look = receiving._taken_in_earlier
    looks = iter([False, False, True])  # both look before either has written; the loser looks again

    monkeypatch.setattr(receiving, "_taken_in_earlier", lambda m: look(m) if next(looks) else None)
    first = receiving.receive(envelope, by=SYSTEM, at=clock())
    second = receiving.receive(envelope, by=SYSTEM, at=clock())
    assert (first.repeated, second.repeated) == (False, True)
    assert first.received_at == second.received_at
    assert NationalReport.objects.filter(message_id=case.message_id).count() == 1


def test_without_a_mail_server_a_notice_waits(now: datetime, settings: Any) -> None:
    settings.UTH_DEMO, settings.UTH_SMTP_URL = False, ""
    reported(at=now, reporter_email="anna@opdigtet.invalid")
    letters.carry("a", now=lambda: now)
    assert set(Letter.objects.values_list("problem", flat=True)) == {"no_mail_server"}
