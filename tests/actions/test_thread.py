"""The thread (den røde tråd): a report travels from the form to the national database, and the answer comes back."""

from datetime import datetime

import pytest
from tests.cases import case_at, deliver, reported
from tests.people import PEOPLE, who

from uth.actions import handling
from uth.law.procedure import NotAllowed
from uth.law.terms import State
from uth.queries import access, inbox, national, receipt
from uth.records.national.models import NationalReport
from uth.records.vault import PatientIdentity

pytestmark = pytest.mark.django_db(databases=["default", "national"])

IDENTITY = {
    "patient_name": "Ellen Test Lauridsen",
    "patient_cpr": "0201919996",
    "reporter_name": "Anna Opdigtet",
    "reporter_email": "anna@opdigtet.invalid",
    "story": "Ellen Lauridsen (020191-9996) fik for meget morfin. Ring til mig på 12 34 56 78, hilsen Anna.",
}


def test_a_report_reaches_the_authority_that_the_law_names(now: datetime) -> None:
    case, _ = reported(at=now)
    assert case.organisation.key == "DK-84"
    assert "§ 4" in case.routed_paragraph
    assert (case.forward_by - case.received_on).days == 90
    assert case.pk in {line.id for line in inbox.cases(inbox.View.INBOX, by=who("Bo"), at=now).lines}


def test_a_forwarded_case_stands_nationally_without_a_single_identity(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now, **IDENTITY)
    deliver(case, at=now)
    row = NationalReport.objects.get(message_id=case.message_id)
    everything = " ".join(str(value) for value in vars(row).values())
    for identity in ("Ellen", "Lauridsen", "020191", "9996", "12 34 56 78", "Anna", "anna@"):
        assert identity not in everything
    assert "morfin" in row.story


def test_the_patient_leaves_the_vault_when_the_case_is_forwarded(now: datetime) -> None:
    case = case_at(State.APPROVED, at=now, **IDENTITY)
    assert PatientIdentity.objects.filter(report=case.report).exists()
    case = case_at(State.FORWARDED, at=now, **IDENTITY)
    assert not PatientIdentity.objects.filter(report=case.report).exists()


def test_the_reporter_reads_the_answer_with_the_code(now: datetime) -> None:
    case, code = reported(at=now)
    handling.assign(case.pk, handler_id=PEOPLE["Carl"], by=who("Bo"), at=now)
    handling.ask(case.pk, text="Var det dag- eller nattevagt?", by=who("Carl"), at=now)
    page = receipt.by_code(code.upper().replace("-", " "), at=now)
    assert page is not None
    assert page.dialogue[0].text == "Var det dag- eller nattevagt?"
    assert receipt.by_code("babebi-bababa-bababa-bababa-bababa-bababa", at=now) is None


def test_an_initial_receiver_cannot_forward(now: datetime) -> None:
    from uth.actions import forwarding

    case = case_at(State.APPROVED, at=now)
    with pytest.raises(NotAllowed, match="sagsbehandler"):
        forwarding.forward(case.pk, by=who("Bo"), at=now)


def test_erik_sees_nothing(now: datetime) -> None:
    from uth.law.actor import Hidden

    case = case_at(State.IN_PROGRESS, at=now)
    with pytest.raises(Hidden):
        access.open_case(case.pk, by=who("Erik"), at=now)
    with pytest.raises(Hidden):
        national.reports(by=who("Erik"), at=now)
    assert inbox.cases(inbox.View.OPEN, by=who("Erik"), at=now).lines == ()


def test_dorte_finds_the_report_nationally_and_no_local_case(now: datetime) -> None:
    from uth.law.actor import Hidden

    case = case_at(State.FORWARDED, at=now)
    deliver(case, at=now)
    lines = national.reports(by=who("Dorte"), at=now).lines
    assert len(lines) == 1
    assert "Metoprolol" in national.report(lines[0].id, by=who("Dorte"), at=now).texts.popitem()[1] + "".join(
        national.report(lines[0].id, by=who("Dorte"), at=now).texts.values()
    )
    with pytest.raises(Hidden):
        access.open_case(case.pk, by=who("Dorte"), at=now)
