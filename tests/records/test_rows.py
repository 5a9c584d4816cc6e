"""Rows (rækker) written with a ready statement."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from uth.law.terms import ActualHarm, DateQuality, EventKind, ReporterKind, Sector
from uth.records.reports import Report
from uth.records.rows import insert

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def report(mark: str) -> Report:
    return Report(
        received_at=datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        submission_key=mark,
        receipt_hash=mark,
        reporter_kind=ReporterKind.PATIENT,
        sector=Sector.HOSPITAL,
        event_kind=EventKind.TREATMENT,
        event_date=date(2026, 3, 1),
        event_date_quality=DateQuality.KNOWN,
        event_time=time(23, 59),
        story="Æblet faldt; »citat« og 100 % 'rigtigt'",
        actual_harm=ActualHarm.MILD,
    )


def test_a_row_is_the_same_as_the_orm_writes_it() -> None:
    ours = insert(report("a"))
    theirs = report("b")
    theirs.save()
    own = {"id", "submission_key", "receipt_hash"}
    first, second = (
        {k: v for k, v in row.items() if k not in own} for row in Report.objects.order_by("pk").values()
    )
    assert first == second
    assert ours.pk == Report.objects.get(submission_key="a").pk
    assert not ours._state.adding


def test_a_row_that_breaks_a_rule_of_the_table_is_refused() -> None:
    insert(report("a"))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(report("a"))


def test_a_row_can_be_changed_and_saved_afterwards() -> None:
    row = insert(report("a"))
    row.story = "rettet"
    row.save()
    assert list(Report.objects.values_list("story", flat=True)) == ["rettet"]
