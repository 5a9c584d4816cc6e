"""What outlives a report (det, der bliver tilbage): forwarded, delivered and closed, no word of a person is left locally."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from tests.cases import answers, approve_all, case_at, deliver, new_submission, reported
from tests.people import ANNA, PEOPLE, who

from uth.actions import attachments, forwarding, handling, intake, redaction, retention
from uth.actions.handling import Refused
from uth.law.actor import SYSTEM
from uth.law.procedure import NotAllowed
from uth.law.terms import Act, ActualHarm, PossibleHarm, RejectionReason, State
from uth.queries import access
from uth.records import shelf
from uth.records.cases import Case, DialogueMessage, Note
from uth.records.models import AuditLine
from uth.records.reports import Attachment, Medicine, Report

pytestmark = pytest.mark.django_db(databases=["default", "national"])

NAME = "Ellen Lauridsen"
CPR = "0201919996"
WHO: dict[str, Any] = {"patient_name": NAME, "patient_cpr": CPR, "reporter_name": "Anna Opdigtet"}


def told_everywhere(now: datetime) -> Case:
    """A case with the name in every place where a person can type, walked to forwarding and delivered."""
    file = attachments.accept("Ellen Lauridsen.txt", b"Ellen Lauridsen, stue 4")
    given = answers(
        **WHO,
        headline=f"{NAME} fik dobbelt dosis",
        story=f"{NAME} fik dobbelt dosis Metoprolol.",
        immediate_action=f"Vi ringede til {NAME}s datter.",
        prevention=f"Spørg {NAME} om dosis.",
        place_text=f"Hjemme hos {NAME}",
        profession=f"kontaktperson for {NAME}",
        medicines=(intake.MedicineAnswer(name=f"Metoprolol til {NAME}"),),
        devices=(intake.DeviceAnswer(kind=f"Pumpe hos {NAME}"),),
        involved=(intake.InvolvedAnswer(role="before", place_text=f"{NAME}s bolig"),),
        attachments=(intake.AttachmentAnswer(file.name, file.content_type, file.content),),
    )
    receipt = intake.submit(given, submission=new_submission(), by=ANNA, at=now)
    number, carl = receipt.case_id, who("Carl")
    handling.assign(number, handler_id=PEOPLE["Carl"], by=who("Bo"), at=now)
    handling.note(number, text=f"Talte med {NAME}.", by=carl, at=now)
    handling.ask(number, text=f"Hvad sagde {NAME}?", by=carl, at=now)
    handling.reply(number, text=f"{NAME} sagde nej.", by=ANNA, at=now)
    handling.answer(number, text=f"Vi har talt med {NAME} og ændret vejledningen.", by=carl, at=now)
    handling.classify(
        number,
        codes=["medication.wrong_dose.ordering"],
        actual=ActualHarm.MILD,
        possible=PossibleHarm.SERIOUS_OR_FATAL,
        by=carl,
        at=now,
    )
    redaction.conclude(
        number, conclusion=f"{NAME} fik to.", learning=f"{NAME} lærte os det.", by=carl, at=now
    )
    approve_all(number, now, seen=(NAME,))
    forwarding.forward(number, by=carl, at=now)
    case = Case.objects.get(pk=number)
    deliver(case, at=now)
    return case


def rows_that_hold(*words: str) -> list[str]:
    """Every field of every row of the local database in which one of these words stands."""
    return [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("records").get_models()
        if model.__name__ not in {"User", "Place", "PlaceAlias", "Organisation"}
        for row in model._default_manager.all()
        for field in model._meta.concrete_fields
        if any(word in str(getattr(row, field.attname)) for word in words)
    ]


def test_when_all_is_over_the_name_stands_nowhere(
    now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    case = told_everywhere(now)
    stored = Attachment.objects.get(report=case.report).stored_as
    assert len(rows_that_hold("Lauridsen")) > 9
    handling.close_dialogue(case.pk, by=who("Carl"), at=now)
    with django_capture_on_commit_callbacks(execute=True):
        retention.forget(by=SYSTEM, at=now)
    assert rows_that_hold("Lauridsen", CPR, "Opdigtet") == []
    with pytest.raises(FileNotFoundError):
        shelf.get(stored)


def test_what_was_answered_can_still_be_read_without_names(now: datetime) -> None:
    case = told_everywhere(now)
    handling.close_dialogue(case.pk, by=who("Carl"), at=now)
    retention.forget(by=SYSTEM, at=now)
    left = DialogueMessage.objects.get(case=case)
    assert "ændret vejledningen" in left.text
    assert access.open_case(case.pk, by=who("Carl"), at=now).story


def test_products_that_were_approved_as_they_stood_stay(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now, medicines=(intake.MedicineAnswer(name="metoprolol"),))
    deliver(case, at=now)
    handling.close_dialogue(case.pk, by=who("Carl"), at=now)
    retention.forget(by=SYSTEM, at=now)
    assert Medicine.objects.get(report=case.report).name == "metoprolol"


def test_no_words_can_be_added_after_the_forgetting(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now)
    deliver(case, at=now)
    handling.close_dialogue(case.pk, by=who("Carl"), at=now)
    with pytest.raises(NotAllowed, match="lukket"):
        handling.answer(case.pk, text="Endnu et ord.", by=who("Carl"), at=now)
    retention.forget(by=SYSTEM, at=now)
    with pytest.raises(NotAllowed, match="slettet"):
        handling.note(case.pk, text="Endnu et ord.", by=who("Carl"), at=now)
    acts = set(access.open_case(case.pk, by=who("Carl"), at=now).acts)
    assert not acts & {Act.ANSWER, Act.NOTE, Act.CLOSE_DIALOGUE}
    assert not Note.objects.filter(case=case).exists()


def test_a_rejected_reports_files_go_with_the_patient(now: datetime) -> None:
    file = intake.AttachmentAnswer("foto.txt", "text/plain", b"Ellen Lauridsen")
    case = case_at(State.REJECTED, at=now, attachments=(file,))
    retention.forget(by=SYSTEM, at=now + timedelta(days=89))
    assert Attachment.objects.filter(report=case.report).exists()
    retention.forget(by=SYSTEM, at=now + timedelta(days=91))
    assert not Attachment.objects.filter(report=case.report).exists()
    assert AuditLine.objects.filter(word="files.forgotten", case=case.pk).count() == 1


@pytest.mark.parametrize(
    "reason",
    [f"Kære Anna Opdigtet, {NAME} hører til et andet sted.", "Det gælder 020191-9996.", "Skriv til a@b.dk."],
)
def test_a_reason_that_stays_for_ever_holds_no_identity(reason: str, now: datetime) -> None:
    case, _ = reported(at=now, **WHO)
    acts = {
        "reason": lambda: handling.transfer(case.pk, to="0461", reason=reason, by=who("Bo"), at=now),
        "comment": lambda: handling.reject(
            case.pk, reason=RejectionReason.OTHER, comment=reason, by=who("Bo"), at=now
        ),
    }
    for field, act in acts.items():
        with pytest.raises(Refused) as refused:
            act()
        assert "forløb" in refused.value.problems[field]
    assert Report.objects.get(pk=case.report_id).case.state == State.RECEIVED
    handling.transfer(case.pk, to="0461", reason="Det skete i kommunen.", by=who("Bo"), at=now)
