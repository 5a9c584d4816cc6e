"""When we fail ourselves: a number to give, nothing of what happened, and nothing half-written."""

import logging
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from tests.api.calls import get, post, problem
from tests.api.test_intake import REPORT
from tests.cases import reported

from uth.actions import intake
from uth.api.problems import BY_STATUS, CODES
from uth.law import work
from uth.queries import places
from uth.records.reports import Report

pytestmark = pytest.mark.django_db(databases=["default", "national"])
SECRET = "Ellen Lauridsen 020191-9996"


def fail_with(failure: Exception) -> Any:
    def fail(*args: object, **more: object) -> None:
        raise failure

    return fail


def test_our_own_mistake_is_told_by_number_and_logged_without_what_it_says(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(intake, "_keep_parts", fail_with(RuntimeError(SECRET)))
    with caplog.at_level(logging.INFO):
        told = problem(post("reports", REPORT | {"patient_name": SECRET}), 500, "unexpected")
    assert told["instance"] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "Ellen" not in caplog.text + str(told)
    assert not Report.objects.exists()


def test_a_database_that_is_away_asks_for_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "search", fail_with(OperationalError("secret host")))
    answer = get("places?q=a")
    told = problem(answer, 503, "unavailable")
    assert answer["Retry-After"]
    assert "secret" not in str(told)


def test_a_failure_before_the_operation_is_a_problem_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from uth.web import gate

    monkeypatch.setattr(gate, "entry_of", fail_with(RuntimeError(SECRET)))
    answer = Client(raise_request_exception=False).get("/api/v1/health")
    assert "Ellen" not in str(problem(answer, 500, "unexpected"))


def test_an_unknown_host_is_a_problem_too() -> None:
    answer = Client(headers={"Host": "ond.opdigtet.invalid"}).get("/api/v1/health")
    problem(answer, 400, "bad_request")


def test_replies_are_slowed_like_reports(settings: Any) -> None:
    from datetime import UTC, datetime

    settings.UTH_INTAKE_PER_MINUTE = 1
    _, code = reported(at=datetime.now(UTC))
    key = f"Receipt {code}"
    assert post("receipt/replies", {"text": "Et svar."}, Authorization=key).status_code == 204
    problem(post("receipt/replies", {"text": "Et svar til."}, Authorization=key), 429, "slow_down")


def test_a_program_that_is_slowed_does_the_sum_once_for_each_report(settings: Any) -> None:
    settings.UTH_INTAKE_PER_MINUTE = 1
    assert post("reports", REPORT).status_code == 201
    answer = post("reports", REPORT)
    told = problem(answer, 429, "slow_down")
    assert answer["Retry-After"] == "30"
    assert answer["Uth-Challenge"] == told["challenge"]
    ticket = f"{told['challenge']}:{work.solve(told['challenge'], told['bits'])}"
    assert post("reports", REPORT, Uth_Ticket=ticket).status_code == 201
    problem(post("reports", REPORT, Uth_Ticket=ticket), 429, "slow_down")


def test_a_retry_gets_its_receipt_however_much_goes_on(settings: Any) -> None:
    settings.UTH_INTAKE_PER_MINUTE = 1
    key = {"Idempotency-Key": "en-helt-egen-noegle-2026-x"}
    first, again = post("reports", REPORT, **key), post("reports", REPORT, **key)
    assert (first.status_code, again.status_code) == (201, 200)


def test_guessing_receipt_codes_is_slowed_and_reading_ones_own_is_not(settings: Any) -> None:
    from datetime import UTC, datetime

    settings.UTH_INTAKE_PER_MINUTE = 2
    _, code = reported(at=datetime.now(UTC))
    for _ in range(5):
        assert get("receipt", Authorization=f"Receipt {code}").status_code == 200
    for _ in range(2):
        problem(get("receipt", Authorization="Receipt balemi"), 401, "no_key")
    problem(get("receipt", Authorization="Receipt balemi"), 429, "slow_down")


def test_every_code_has_a_title_and_a_sentence_and_every_status_a_code() -> None:
    for code, (status, title, sentence) in CODES.items():
        assert code.replace("_", "").isalpha()
        assert not title.endswith(".")
        assert sentence.endswith("."), code
        assert 400 <= status < 600
    assert all(CODES[code][0] == status for status, code in BY_STATUS.items())
