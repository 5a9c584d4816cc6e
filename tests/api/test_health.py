"""Health and readiness: alive without a database, ready only with it, and nothing told about why."""

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from tests.api.calls import get, problem
from tests.cases import reported

from uth.queries import readiness
from uth.records import outbox
from uth.records.outbox import Letter


def test_health_asks_no_database() -> None:
    answer = get("health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db(databases=["default", "national"])
def test_ready_when_both_databases_are_current() -> None:
    assert get("ready").json() == {"status": "ok", "letters": "ok"}


@pytest.mark.django_db(databases=["default", "national"])
def test_letters_that_do_not_arrive_are_told_and_the_site_is_ready_all_the_same(now: datetime) -> None:
    reported(at=now, reporter_email="anna@opdigtet.invalid")
    (letter,) = outbox.claim("a", at=now)
    Letter.objects.update(created_at=now - timedelta(days=1))
    outbox.failed(letter, "TimeoutError", at=now)
    assert get("ready").json() == {"status": "ok", "letters": "waiting"}
    outbox.refused(letter, "SMTPRecipientsRefused", at=now)
    assert get("ready").json() == {"status": "ok", "letters": "refused"}


@pytest.mark.django_db(databases=["default", "national"])
def test_a_missing_migration_is_not_ready_and_tells_no_details() -> None:
    from django.db import connections

    with connections["national"].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'national' AND name NOT LIKE '0001%'")
    told = problem(get("ready"), 503, "unavailable")
    assert "migration" not in str(told)


def test_a_database_that_does_not_answer_is_not_ready() -> None:
    from django.db import OperationalError

    with patch.object(readiness, "MigrationExecutor", side_effect=OperationalError("secret host")):
        assert "secret" not in str(problem(get("ready"), 503, "unavailable"))
