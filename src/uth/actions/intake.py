"""Intake (rapportering): a report is given, finds its lawful recipient, and its giver gets a receipt."""

import hashlib
import hmac
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db import IntegrityError

from uth.actions import attachments
from uth.actions.headline import headline_of
from uth.actions.recorded import Log, recorded
from uth.law import clock, duty, routing
from uth.law.actor import Actor
from uth.law.terms import (
    ActualHarm,
    DateQuality,
    EventKind,
    PossibleHarm,
    ReporterCategory,
    ReporterKind,
    RoleTowardsEvent,
    Sector,
    State,
)
from uth.law.text import tidy
from uth.records import outbox, vault
from uth.records.cases import Case
from uth.records.organisations import Organisation
from uth.records.people import User
from uth.records.reports import Device, InvolvedPlace, Medicine, Report
from uth.records.routing import Chart, chart
from uth.records.sealing import SYLLABLES, keyed_hash, normal_code

STORY_LIMIT = 15_000  # characters: with what was done at once it still fits the national message
TEXT_LIMIT = 4_000
EARLIEST = date(1900, 1, 1)
CPR_LENGTH = 10


class Refused(Exception):
    """The answers cannot be taken as they are; `problems` is field name -> Danish sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class MedicineAnswer:
    """A medicine as told."""

    name: str
    substance: str = ""
    strength: str = ""
    route: str = ""
    atc: str = ""


@dataclass(frozen=True, slots=True)
class DeviceAnswer:
    """A device as told."""

    kind: str
    name: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class InvolvedAnswer:
    """Another place that had a part in it. `role`: before, after or discovered."""

    role: str
    place: str = ""
    place_text: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentAnswer:
    """A file, already cleaned by `attachments.accept`."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything a form or a program can tell; only the story, the harm and who tells are needed."""

    story: str
    reporter_kind: ReporterKind
    actual_harm: ActualHarm
    sector: Sector = Sector.UNKNOWN
    event_kind: EventKind = EventKind.TREATMENT
    place: str = ""
    place_text: str = ""
    municipality: str = ""
    region: str = ""
    transported_by: str = ""
    event_date: date | None = None
    event_date_quality: DateQuality = DateQuality.UNKNOWN
    event_time: time | None = None
    event_time_quality: DateQuality = DateQuality.UNKNOWN
    aware_date: date | None = None
    headline: str = ""
    immediate_action: str = ""
    prevention: str = ""
    possible_harm: PossibleHarm | None = None
    learning: bool | None = None
    reporter_category: ReporterCategory | None = None
    role_towards_event: RoleTowardsEvent | None = None
    profession: str = ""
    wants_feedback: bool = False
    reporter_name: str = ""
    reporter_email: str = ""
    reporter_phone: str = ""
    patient_name: str = ""
    patient_cpr: str = ""
    medicines: tuple[MedicineAnswer, ...] = ()
    devices: tuple[DeviceAnswer, ...] = ()
    involved: tuple[InvolvedAnswer, ...] = ()
    attachments: tuple[AttachmentAnswer, ...] = ()
    language: str = "da"
    channel: str = "web"

    @property
    def anonymous(self) -> bool:
        return not (self.reporter_name or self.reporter_email or self.reporter_phone)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the reporter gets. `code` is shown once and kept nowhere; the same submission yields it again."""

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


def submit(answers: Answers, *, submission: str, by: Actor, at: datetime) -> Receipt:
    """Take the report, once for each `submission` (a secret of ≥ 22 characters the sender keeps for retries).

    Raises Refused. A repeated submission returns the first one's receipt and changes nothing.
    """
    code = receipt_code(submission)
    clean, known = tidied(answers), chart()
    try:
        check(clean, on=clock.danish_day(at), known=known)
        recipient = recipient_of(clean, on=clock.danish_day(at), known=known)
        return _take(clean, submission, code, recipient=recipient, known=known, by=by, at=at)
    except (
        Refused,
        IntegrityError,
    ):  # rarely is it a repetition, so that is asked last; the first receipt holds
        if earlier := _receipt_of(code):
            return earlier
        raise


def receipt_again(submission: str) -> Receipt | None:
    """The receipt of a submission that was taken before, if it was."""
    return _receipt_of(receipt_code(submission))


@recorded
def _take(
    log: Log,
    answers: Answers,
    submission: str,
    code: str,
    *,
    recipient: routing.Recipient,
    known: Chart,
    by: Actor,
    at: datetime,
) -> Receipt:
    day = clock.danish_day(at)
    report = _keep(answers, submission, code, known, by=by, at=at)
    organisation_id, name = known.organisation(recipient.authority)
    case = Case.objects.create(
        report=report,
        organisation_id=organisation_id,
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
    log(
        "report.submitted",
        case,
        chain=recipient.authority,
        rule=recipient.rule,
        channel=answers.channel,
        reporter_kind=str(answers.reporter_kind),
    )
    if answers.reporter_email:
        outbox.put_mail(f"reporter:{report.pk}", "receipt", at=at, case=case.pk)
    return Receipt(
        code=code,
        report_id=report.pk,
        case_id=case.pk,
        authority=recipient.authority,
        recipient=name,
        rule=case.routed_rule,
        paragraph=case.routed_paragraph,
        explanation=case.routed_explanation,
        forward_by=case.forward_by,
    )


def recipient_of(answers: Answers, *, on: date, known: Chart | None = None) -> routing.Recipient:
    """Who will receive this report, and why; asked before sending too. `known`: the map, if it is at hand."""
    known = known or chart()
    place = known.place(answers.place)
    occurrence = routing.Occurrence(
        event=answers.event_kind,
        sector=answers.sector,
        place=place.facts if place else None,
        transported_by=answers.transported_by or None,
        region=answers.region or None,
        municipality=answers.municipality or None,
    )
    return routing.route(occurrence, on=on, map=known.map(fallback_authority(known), on=on))


def fallback_authority(known: Chart | None = None) -> str:
    """The authority whose site this is finds the place when nobody knows it."""
    if settings.UTH_ORGANISATION:
        return str(settings.UTH_ORGANISATION)
    first = (known or chart()).first_region
    if first is None:
        raise Refused({"place": "Dette system er ikke sat op endnu. Kontakt den, der driver det."})
    return first


def receipt_code(submission: str) -> str:
    """90 bits derived from the submission's own secret, so that a retry is told the same code."""
    if len(submission) < 22:
        raise Refused({"submission": "Nøglen til indsendelsen er for kort. Brug mindst 22 tilfældige tegn."})
    pepper = settings.UTH_PEPPER.encode()
    bits = int.from_bytes(hmac.new(pepper, b"receipt\0" + submission.encode(), hashlib.sha256).digest())
    syllables = [SYLLABLES[(bits >> (5 * i)) & 31] for i in range(18)]
    return normal_code("".join(syllables))


def _receipt_of(code: str) -> Receipt | None:
    """What an earlier submission was told."""
    mark = keyed_hash("receipt", code)
    if not Report.objects.filter(
        receipt_hash=mark
    ).exists():  # as good as always: so ask for no more than that
        return None
    case = Case.objects.select_related("organisation").get(report__receipt_hash=mark)
    return Receipt(
        code=code,
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


# Every text a person typed, with its longest length and what the form calls it.
TEXTS: dict[str, tuple[int, str]] = {
    "story": (STORY_LIMIT, "Beretningen"),
    "headline": (200, "Overskriften"),
    "immediate_action": (TEXT_LIMIT, "Det, der blev gjort med det samme,"),
    "prevention": (TEXT_LIMIT, "Forslaget"),
    "place_text": (300, "Stedet"),
    "profession": (100, "Faggruppen"),
    "reporter_name": (200, "Navnet"),
    "reporter_email": (254, "E-mailadressen"),
    "reporter_phone": (50, "Telefonnummeret"),
    "patient_name": (200, "Patientens navn"),
    "patient_cpr": (20, "CPR-nummeret"),
}


KEYS = ("place", "municipality", "region", "transported_by")


def tidied(answers: Answers) -> Answers:
    """The answers with every text as we keep it."""
    texts: dict[str, Any] = {name: tidy(getattr(answers, name)) for name in (*TEXTS, *KEYS)}
    parts: dict[str, Any] = {
        name: tuple(
            replace(row, **{f.name: tidy(getattr(row, f.name)) for f in fields(row)})
            for row in getattr(answers, name)
        )
        for name in ("medicines", "devices", "involved")
    }
    texts["patient_cpr"] = "".join(c for c in texts["patient_cpr"] if c.isalnum()).upper()
    return replace(answers, **texts, **parts)


def check(answers: Answers, *, on: date, known: Chart | None = None) -> None:
    """Raise Refused with a sentence a field, if anything cannot be taken."""
    problems = {
        name: f"{title} må højst fylde {limit:,} tegn. Forkort teksten, eller læg resten i et bilag.".replace(
            ",", ".", 1
        )
        for name, (limit, title) in TEXTS.items()
        if len(getattr(answers, name)) > limit
    }
    if not answers.story:
        problems["story"] = "Fortæl med dine egne ord, hvad der skete."
    problems |= _date_problems(answers, on=on)
    if answers.patient_cpr and not is_cpr(answers.patient_cpr):
        problems["patient_cpr"] = (
            "CPR-nummeret skal have 10 tegn: fødselsdato og fire tegn. Ret det, eller lad feltet stå tomt."
        )
    if answers.reporter_email and not _looks_like_mail(answers.reporter_email):
        problems["reporter_email"] = "E-mailadressen ser ikke rigtig ud. Ret den, eller lad feltet stå tomt."
    if answers.place and (known or chart()).place(answers.place) is None:
        problems["place"] = "Vi kender ikke det sted. Vælg et fra listen, eller vælg »Ved ikke«."
    if problems:
        raise Refused(problems)


def _date_problems(answers: Answers, *, on: date) -> dict[str, str]:
    problems = {}
    for name in ("event_date", "aware_date"):
        day: date | None = getattr(answers, name)
        if day and day > on:
            problems[name] = "Datoen ligger ude i fremtiden. Ret den, eller vælg, at du ikke kender den."
        elif day and day < EARLIEST:
            problems[name] = "Datoen ligger for langt tilbage. Skriv året med fire cifre."
    if answers.event_date and answers.aware_date and answers.aware_date < answers.event_date:
        problems["aware_date"] = (
            "Du kan ikke være blevet opmærksom på hændelsen, før den skete. Ret en af datoerne."
        )
    return problems


def is_cpr(cpr: str) -> bool:
    """Ten characters that begin with a day and month (day + 60 for replacement numbers); mod 11 is not asked."""
    if len(cpr) != CPR_LENGTH or not cpr[:6].isdecimal() or not cpr.isascii():
        return False
    day, month = int(cpr[:2]), int(cpr[2:4])
    return 1 <= (day - 60 if day > 60 else day) <= 31 and 1 <= month <= 12


def _looks_like_mail(text: str) -> bool:
    name, at_sign, host = text.rpartition("@")
    return bool(
        name and at_sign and "." in host.strip(".") and not any(c.isspace() or c in "<>,;" for c in text)
    )


def _place_id(key: str, known: Chart) -> int | None:
    place = known.place(key)
    return place.id if place else None


def _keep(answers: Answers, submission: str, code: str, known: Chart, *, by: Actor, at: datetime) -> Report:
    day = clock.danish_day(at)
    transporter = (
        Organisation.objects.filter(key=answers.transported_by).first() if answers.transported_by else None
    )
    report = Report.objects.create(
        received_at=at,
        channel=answers.channel,
        entered_by=User.objects.filter(pk=by.user_id).first() if by.user_id else None,
        language=answers.language,
        submission_key=keyed_hash("submission", submission),
        receipt_hash=keyed_hash("receipt", code),
        reporter_kind=answers.reporter_kind,
        reporter_category=answers.reporter_category or "",
        profession=answers.profession,
        role_towards_event=answers.role_towards_event or "",
        anonymous=answers.anonymous,
        wants_feedback=answers.wants_feedback,
        sector=_sector(answers, known),
        event_kind=answers.event_kind,
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
        criterion=_criterion(answers, on=day),
    )
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


def _criterion(answers: Answers, *, on: date) -> str:
    return duty.criterion(
        answers.reporter_kind,
        answers.reporter_category,
        answers.actual_harm,
        answers.possible_harm,
        answers.learning,
        on=answers.aware_date or answers.event_date or on,
    )
