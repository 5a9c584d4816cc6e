"""What the law never lets out is refused when it is approved, in a sentence, and not first when it is sent."""

from datetime import datetime, timedelta

import pytest
from tests.cases import case_at, reported
from tests.people import who

from uth.actions import handling, intake, redaction, retention
from uth.law.actor import SYSTEM
from uth.law.terms import RejectionReason, Section, State
from uth.records.cases import Case
from uth.records.facts import facts_of
from uth.records.outbox import Letter
from uth.records.redactions import Redaction
from uth.records.vault import PatientIdentity, ReporterIdentity

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def test_a_cpr_number_stays_even_when_every_finding_is_overruled(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, story="Patienten 020191-9996 fik dobbelt dosis.")
    row = Redaction.objects.get(case=case, section=Section.STORY)
    redaction.revise(
        case.pk,
        decisions={Section.STORY: redaction.Decision(kept=frozenset())},
        by=who("Carl"),
        at=now,
    )
    rows = Redaction.objects.filter(case=case)
    overruled = {Section(each.section): frozenset(range(len(each.leaks))) for each in rows}
    with pytest.raises(handling.Refused) as refused:
        redaction.approve(case.pk, overruled=overruled, by=who("Carl"), at=now)
    assert "CPR-nummer" in refused.value.problems["redaction"]
    row.refresh_from_db()
    assert row.approved_at is None
    assert Case.objects.get(pk=case.pk).state == State.CONCLUDED


def test_a_medicine_code_that_is_none_does_not_stop_the_case(now: datetime) -> None:
    medicines = (
        intake.MedicineAnswer(name="Panodil", atc="panodil"),
        intake.MedicineAnswer(name="Pinex", atc="n02be01"),
    )
    case = case_at(State.FORWARDED, at=now, medicines=medicines)
    letter = next(each for each in Letter.objects.filter(case=case.pk) if "facts" in each.body)
    assert letter.body["facts"]["atc_codes"] == ["N02BE01"]


def test_a_case_rejected_again_keeps_its_patient_for_the_whole_time(now: datetime) -> None:
    """Only the newest rejection counts: the first one ended when the case was opened again."""
    case = case_at(State.REJECTED, at=now, patient_name="Ellen Test Lauridsen")
    later = now + timedelta(days=80)
    handling.reopen(case.pk, reason="Der kom nyt frem.", by=who("Bo"), at=later)
    handling.reject(case.pk, reason=RejectionReason.OTHER, comment="Ikke alligevel.", by=who("Bo"), at=later)
    retention.forget(by=SYSTEM, at=now + timedelta(days=100))
    assert PatientIdentity.objects.filter(report_id=case.report_id).exists()
    retention.forget(by=SYSTEM, at=later + timedelta(days=100))
    assert not PatientIdentity.objects.filter(report_id=case.report_id).exists()


def test_a_case_opened_again_can_ask_its_reporter(now: datetime) -> None:
    case = case_at(State.REJECTED, at=now, reporter_name="Anna Opdigtet")
    handling.close_dialogue(case.pk, by=who("Bo"), at=now)
    handling.reopen(case.pk, reason="Der kom nyt frem.", by=who("Bo"), at=now)
    retention.forget(by=SYSTEM, at=now)
    assert ReporterIdentity.objects.filter(report_id=case.report_id).exists()


def test_a_region_that_is_none_is_taken_in_but_never_forwarded(now: datetime) -> None:
    taken, _ = reported(at=now, place="", region="Ellen-Lauridsen")
    assert taken.report.region == "Ellen-Lauridsen"
    case = case_at(State.APPROVED, at=now)
    for told, leaves in (("Ellen-Lauridsen", None), ("", None), ("DK-84", "DK-84")):
        case.report.place, case.report.region = None, told
        assert facts_of(case, on=now.date()).region == leaves
