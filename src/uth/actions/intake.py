"""Intake (rapportering): a report is given, finds its lawful recipient, and its giver gets a receipt."""

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError

from uth.actions import attachments
from uth.actions.answers import (
    Answers,
    AttachmentAnswer,
    DeviceAnswer,
    InvolvedAnswer,
    MedicineAnswer,
    Refused,
    check,
    is_cpr,
    tidied,
)
from uth.actions.headline import headline_of
from uth.actions.recorded import Log, recorded
from uth.law import clock, duty, routing
from uth.law.actor import Actor
from uth.law.terms import Sector, State
from uth.records import outbox, vault
from uth.records.cases import Case
from uth.records.organisations import Organisation
from uth.records.paper import PaperForm
from uth.records.people import User
from uth.records.reports import Device, InvolvedPlace, Medicine, Report
from uth.records.routing import Chart, Told, chart
from uth.records.rows import insert
from uth.records.sealing import SYLLABLES, keyed_hash, normal_code


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the reporter gets. `code` is shown once and kept nowhere; the same submission yields it again.

    It is empty where the reporter has it already, on the slip of a paper form.
    """

    code: str = field(repr=False)
    report_id: int
    case_id: int
    authority: str
    recipient: str
    rule: str
    paragraph: str
    explanation: str
    forward_by: date
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A report that came by letter: the day it came, and the row of the numbered form it stands on, if any."""

    received_on: date
    form_id: int | None = None


def submit(
    answers: Answers, *, submission: str, by: Actor, at: datetime, post: Post | None = None
) -> Receipt:
    """Take the report, once for each `submission` (a secret of ≥ 22 characters the sender keeps for retries).

    Raises Refused. A repeated submission returns the first one's receipt and changes nothing.
    """
    code = receipt_code(submission)
    clean, known = tidied(answers), chart()
    try:
        check(clean, on=clock.danish_day(at), known=known)
        recipient = recipient_of(clean, on=clock.danish_day(at), known=known)
        return _take(clean, submission, code, recipient=recipient, known=known, post=post, by=by, at=at)
    except (Refused, IntegrityError):  # rarely a repetition, so that is asked last; the first receipt holds
        if earlier := receipt_again(submission):
            return earlier
        raise


def receipt_again(submission: str) -> Receipt | None:
    """The receipt of a submission that was taken before, if it was."""
    return _receipt_of(submission, receipt_code(submission))


@recorded
def _take(
    log: Log,
    answers: Answers,
    submission: str,
    code: str,
    *,
    recipient: routing.Recipient,
    known: Chart,
    post: Post | None,
    by: Actor,
    at: datetime,
) -> Receipt:
    day = post.received_on if post else clock.danish_day(at)
    blank = _blank(post)
    mark = blank.code_hash if blank else keyed_hash("receipt", code)
    report = _keep(answers, submission, mark, known, by=by, at=_came(day, at=at))
    if blank:
        blank.report = report
        blank.save(update_fields=["report"])
    organisation_id, name = known.organisation(recipient.authority)
    part = known.part_of(answers.place, recipient.authority, on=clock.danish_day(at))
    case = Case(
        report=report,
        organisation_id=part.id if part else organisation_id,
        state=State.RECEIVED,
        received_on=day,
        forward_by=clock.forward_by(day),
        routed_rule=recipient.rule,
        routed_paragraph=recipient.paragraph,
        routed_explanation=recipient.explanation,
        actual_harm=answers.actual_harm,
        possible_harm=answers.possible_harm or "",
        criterion=report.criterion,
    )
    insert(case)
    log(
        "report.submitted",
        case,
        chain=part.key if part else recipient.authority,
        rule=recipient.rule,
        channel=answers.channel,
        reporter_kind=str(answers.reporter_kind),
        **_earlier(day, at=at),
    )
    if answers.reporter_email:
        outbox.put_mail(f"reporter:{report.pk}", "receipt", at=at, case=case.pk)
    return Receipt(
        code="" if blank else code,
        report_id=report.pk,
        case_id=case.pk,
        authority=recipient.authority,
        recipient=name,
        rule=case.routed_rule,
        paragraph=case.routed_paragraph,
        explanation=case.routed_explanation,
        forward_by=case.forward_by,
    )


def _came(day: date, *, at: datetime) -> datetime:
    """When it was received: now, or at noon of the day the letter came, since a letter has no hour."""
    return at if day == clock.danish_day(at) else clock.starts_at(day) + timedelta(hours=12)


def _earlier(day: date, *, at: datetime) -> dict[str, Any]:
    """What the log tells besides of a letter that came before the day it is typed in."""
    return {} if day == clock.danish_day(at) else {"received_on": day.isoformat()}


def _blank(post: Post | None) -> PaperForm | None:
    """The form a letter stands on, locked, so that of two who type it in at once only one can. Raises Refused."""
    if post is None or post.form_id is None:
        return None
    blank = PaperForm.objects.select_for_update().get(pk=post.form_id)
    if blank.report_id is not None:
        raise Refused({"number": "En anden har lige tastet det samme skema ind. Det er gemt én gang."})
    return blank


def recipient_of(answers: Answers, *, on: date, known: Chart | None = None) -> routing.Recipient:
    """Who will receive this report, and why; asked before sending too. `known`: the map, if it is at hand."""
    known = known or chart()
    told = Told(
        event=answers.event_kind,
        sector=answers.sector,
        place=answers.place,
        transported_by=answers.transported_by,
        region=answers.region,
        municipality=answers.municipality,
        kind=answers.place_kind,
        involved=tuple(row.place for row in answers.involved if row.place),
    )
    found = routing.route(known.occurrence(told, on=on), on=on, map=known.map(finder_of(known, on=on), on=on))
    if part := known.part_of(answers.place, found.authority, on=on):
        told_of = f"{found.explanation} Her er det {part.name}, der ser på den."
        return replace(found, explanation=told_of)
    return found


def finder_of(known: Chart, *, on: date) -> str:
    """The authority that finds the place when nobody knows it: chosen under Administration, or whose site this is."""
    if key := known.finder(on):
        return key
    raise Refused({"place": "Dette system er ikke sat op endnu. Kontakt den, der driver det."})


def receipt_code(submission: str) -> str:
    """90 bits derived from the submission's own secret, so that a retry is told the same code."""
    if len(submission) < 22:
        raise Refused({"submission": "Nøglen til indsendelsen er for kort. Brug mindst 22 tilfældige tegn."})
    pepper = settings.UTH_PEPPER.encode()
    bits = int.from_bytes(hmac.new(pepper, b"receipt\0" + submission.encode(), hashlib.sha256).digest())
    syllables = [SYLLABLES[(bits >> (5 * i)) & 31] for i in range(18)]
    return normal_code("".join(syllables))


def _receipt_of(submission: str, code: str) -> Receipt | None:
    """What an earlier submission was told. A form with a slip has its code there, and `code` is empty."""
    key = keyed_hash("submission", submission)
    if not Report.objects.filter(submission_key=key).exists():  # as good as always: ask for no more
        return None
    case = Case.objects.select_related("organisation", "report").get(report__submission_key=key)
    return Receipt(
        code=code if case.report.receipt_hash == keyed_hash("receipt", code) else "",
        report_id=case.report_id,
        case_id=case.pk,
        authority=case.organisation.key,
        recipient=case.organisation.name,
        rule=case.routed_rule,
        paragraph=case.routed_paragraph,
        explanation=case.routed_explanation,
        forward_by=case.forward_by,
        repeated=True,
    )


def _place_id(key: str, known: Chart) -> int | None:
    place = known.place(key)
    return place.id if place else None


def _keep(answers: Answers, submission: str, mark: str, known: Chart, *, by: Actor, at: datetime) -> Report:
    day = clock.danish_day(at)
    transporter = (
        Organisation.objects.filter(key=answers.transported_by).first() if answers.transported_by else None
    )
    report = Report(
        received_at=at,
        channel=answers.channel,
        entered_by=User.objects.filter(pk=by.user_id).first() if by.user_id else None,
        language=answers.language,
        submission_key=keyed_hash("submission", submission),
        receipt_hash=mark,
        reporter_kind=answers.reporter_kind,
        reporter_category=answers.reporter_category or "",
        profession=answers.profession,
        role_towards_event=answers.role_towards_event or "",
        anonymous=answers.anonymous,
        wants_feedback=answers.wants_feedback,
        sector=_sector(answers, known),
        place_kind=answers.place_kind or "",
        event_kind=answers.event_kind,
        treatment_phase=answers.treatment_phase or "",
        place_id=_place_id(answers.place, known),
        place_text=answers.place_text,
        municipality=answers.municipality,
        region=answers.region,
        transported_by=transporter,
        event_date=answers.event_date,
        event_date_quality=answers.event_date_quality,
        event_time=answers.event_time,
        event_time_quality=answers.event_time_quality,
        aware_date=answers.aware_date,
        headline=answers.headline or headline_of(answers.story),
        story=answers.story,
        immediate_action=answers.immediate_action,
        prevention=answers.prevention,
        actual_harm=answers.actual_harm,
        possible_harm=answers.possible_harm or "",
        criterion=_criterion(answers, _sector(answers, known), on=day),
    )
    insert(report)
    _keep_parts(report, answers, known, at=at)
    return report


def _keep_parts(report: Report, answers: Answers, known: Chart, *, at: datetime) -> None:
    for file in answers.attachments:
        attachments.keep(report, name=file.name, content_type=file.content_type, content=file.content, at=at)
    for m in answers.medicines:
        Medicine.objects.create(
            report=report,
            name=m.name,
            substance=m.substance,
            strength=m.strength,
            route=m.route,
            atc=m.atc[:7],
        )
    for d in answers.devices:
        Device.objects.create(report=report, kind=d.kind, name=d.name, model=d.model)
    for i in answers.involved:
        InvolvedPlace.objects.create(
            report=report, role=i.role, place_id=_place_id(i.place, known), place_text=i.place_text
        )
    if not answers.anonymous:
        vault.keep_reporter(
            report, name=answers.reporter_name, email=answers.reporter_email, phone=answers.reporter_phone
        )
    if answers.patient_name or answers.patient_cpr:
        vault.keep_patient(report, name=answers.patient_name, cpr=answers.patient_cpr)


def _sector(answers: Answers, known: Chart) -> Sector:
    place = known.place(answers.place) if answers.sector is Sector.UNKNOWN else None
    return place.sector if place else answers.sector


def _criterion(answers: Answers, sector: Sector, *, on: date) -> str:
    return duty.criterion(
        answers.reporter_kind,
        answers.reporter_category,
        answers.actual_harm,
        answers.possible_harm,
        answers.learning,
        on=answers.aware_date or answers.event_date or on,
        sector=sector,
    )


__all__ = [
    "Answers", "AttachmentAnswer", "DeviceAnswer", "InvolvedAnswer", "MedicineAnswer", "Post", "Receipt", "Refused",
    "check",
    "finder_of", "headline_of", "is_cpr", "receipt_again", "receipt_code", "recipient_of", "submit", "tidied",
]  # fmt: skip
