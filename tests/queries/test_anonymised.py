"""The second consumer (1 May 2025): one authority reads anonymised reports, and reaches nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.cases import case_at, deliver, reported
from tests.people import who

from uth.law.actor import NOBODY, Hidden
from uth.law.procedure import NotAllowed
from uth.law.terms import State
from uth.queries import access, anonymised, national
from uth.records.national.models import NationalAuditLine, NationalReport

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def test_k25_2_the_reader_reads_anonymised_reports_page_by_page(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anonymised, "PAGE", 2)
    for minute in range(5):
        at = now + timedelta(minutes=minute)
        deliver(case_at(State.FORWARDED, at=at, patient_name="Ellen Test Lauridsen"), at=at)
    seen, after = [], ""
    while True:
        page = anonymised.reports(by=who("Stine"), at=now, after=after)
        seen += [each.id for each in page.reports]
        assert "Lauridsen" not in str(page)
        if not (after := page.after):
            break
    assert seen == sorted(NationalReport.objects.values_list("pk", flat=True))
    one = anonymised.report(seen[0], by=who("Stine"), at=now)
    assert "Metoprolol" in "".join(one.texts.values())


def test_k25_2_every_look_leaves_a_line_that_says_what_was_read(now: datetime) -> None:
    deliver(case_at(State.FORWARDED, at=now), at=now)
    (row,) = NationalReport.objects.all()
    anonymised.reports(by=who("Stine"), at=now)
    anonymised.report(row.pk, by=who("Stine"), at=now)
    lines = NationalAuditLine.objects.filter(actor=str(who("Stine"))).order_by("pk")
    assert [(line.word, line.detail) for line in lines] == [
        ("anonymised.listed", {"reports": str(row.pk)}),
        ("anonymised.read", {"report": row.pk}),
    ]


def test_k25_2_before_1_may_2025_nobody_has_the_right_and_is_told_from_when(now: datetime) -> None:
    deliver(case_at(State.FORWARDED, at=now), at=now)
    the_day_before = datetime(2025, 4, 30, 12, tzinfo=UTC)
    with pytest.raises(NotAllowed, match=r"fra den 01\.05\.2025"):
        anonymised.reports(by=who("Stine"), at=the_day_before)
    with pytest.raises(NotAllowed, match=r"fra den 01\.05\.2025"):
        anonymised.report(NationalReport.objects.get().pk, by=who("Stine"), at=the_day_before)
    assert anonymised.reports(by=who("Stine"), at=datetime(2025, 5, 1, 0, 1, tzinfo=UTC)).reports


def test_k25_2_the_reader_sees_nothing_local_and_nothing_else_nationally(now: datetime) -> None:
    case, _ = reported(at=now)
    with pytest.raises(Hidden):
        access.open_case(case.pk, by=who("Stine"), at=now)
    with pytest.raises(Hidden):
        national.reports(by=who("Stine"), at=now)
    with pytest.raises(Hidden):
        national.rejections(by=who("Stine"), at=now)


@pytest.mark.parametrize("name", ["Bo", "Carl", "Rikke", "Dorte", "Kirsten", "Adam", "Erik"])
def test_k25_2_nobody_else_has_the_readers_door(name: str, now: datetime) -> None:
    deliver(case_at(State.FORWARDED, at=now), at=now)
    for by in (who(name), NOBODY):
        with pytest.raises(Hidden):
            anonymised.reports(by=by, at=now)
        with pytest.raises(Hidden):
            anonymised.report(NationalReport.objects.get().pk, by=by, at=now)
