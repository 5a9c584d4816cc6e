"""The worker takes over what a dead worker held, lives through a letter it cannot deliver, and shows that it lives."""

import os
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from tests.cases import case_at, reported

from uth.jobs.letters import carry
from uth.jobs.worker import ALIVE, HOST, Worker
from uth.law.terms import State
from uth.records import outbox
from uth.records.outbox import Letter

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test lives in one transaction, so its connection may not be closed between rounds."""
    monkeypatch.setattr("uth.jobs.worker.close_old_connections", lambda: None)


def dead_process() -> int:
    """The number of a process that has just ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
        return process.pid


def test_letters_of_a_worker_that_died_here_go_out_at_once(now: datetime) -> None:
    reported(at=now, reporter_email="anna@opdigtet.invalid")
    assert outbox.claim(f"{HOST}-{dead_process()}", at=now)
    worker = Worker(now=lambda: now + timedelta(seconds=1))
    assert worker.round()
    assert not Letter.objects.filter(sent_at=None).exists()


@pytest.mark.parametrize("holder", [f"{HOST}-{os.getppid()}", "another-machine-1"])
def test_letters_of_a_worker_that_lives_or_is_elsewhere_wait_for_the_claim_to_run_out(
    holder: str, now: datetime
) -> None:
    reported(at=now, reporter_email="anna@opdigtet.invalid")
    outbox.claim(holder, at=now)
    assert not Worker(now=lambda: now + timedelta(seconds=1)).round()
    assert Worker(now=lambda: now + outbox.CLAIM + timedelta(seconds=1)).round()


def test_a_letter_that_cannot_be_delivered_does_not_hold_back_the_others(now: datetime) -> None:
    case = case_at(State.RECEIVED, at=now, reporter_email="anna@opdigtet.invalid")
    outbox.put_mail("reporter:1", "no such notice", at=now - timedelta(days=1))
    Letter.objects.filter(template="no such notice").update(to=f"reporter:{case.report_id}")
    assert carry("me", now=lambda: now) == 2
    assert list(Letter.objects.filter(sent_at=None).values_list("problem", flat=True)) == ["KeyError"]


def test_the_worker_shows_that_it_lives(now: datetime) -> None:
    sign = settings.UTH_VAR / ALIVE
    sign.unlink(missing_ok=True)
    Worker(now=lambda: now).round()
    assert sign.exists()
