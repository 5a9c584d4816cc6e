"""Retention (sletning): identities leave the vault on the day the rule says; what was forgotten stays forgotten.

Only two of its tasks ask the machine what to take out of a text. Where it cannot read, that case waits some nights while all
else is forgotten, and then its text goes whole: no duty to forget rests on a language model.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, Max, Model, OuterRef, Q, QuerySet

from uth.actions.recorded import Log, recorded, recorded_nationally
from uth.deid.engine import find
from uth.deid.replace import cast_of
from uth.deid.replace import replace as replace_spans
from uth.deid.tagger import TaggerMissing, TaggerTooSlow
from uth.law.actor import Actor
from uth.law.clock import danish_day
from uth.law.rulebook import rule
from uth.law.terms import Act, Role, Section, State
from uth.records import audit, shelf
from uth.records.cases import Case, DialogueMessage, Note
from uth.records.limits import RateMark
from uth.records.lookups import let_go
from uth.records.national.models import NationalAuditHead, NationalAuditLine
from uth.records.redactions import Correction, Redaction
from uth.records.reports import Attachment, Device, Draft, InvolvedPlace, Medicine, Report
from uth.records.sections import sections_of
from uth.records.vault import Forgotten, PatientIdentity, ReporterIdentity

PATIENT, REPORTER, FILES, STORY, NAMES = "patient", "reporter", "files", "story", "names"
UNREAD_DAYS = 7  # after the dialogue has closed a text waits so long for a machine that can read it
GONE = "Teksten er slettet, fordi maskinen ikke kunne læse den."
ENDED = (State.REJECTED, State.LINKED)  # ended without being passed on by itself; can be reopened
ENDED_AT = Max(
    "steps__at", filter=Q(steps__act__in=(Act.REJECT, Act.LINK))
)  # the newest: a reopened one starts anew


def forget_patient(log: Log, case: Case, *, at: datetime) -> None:
    """Delete the patient's name and CPR; part of the forwarding's own transaction."""
    gone, _ = PatientIdentity.objects.filter(report_id=case.report_id).delete()
    if gone:
        _forgotten(case.report_id, PATIENT, at=at)
        log("patient.forgotten", case)


@recorded
def forget(log: Log, *, by: Actor, at: datetime) -> dict[str, int]:
    """The nightly forgetting; returns how many of each were forgotten."""
    waiting: list[int] = []
    counts = {
        "dialogues": _close_old_dialogues(log, at=at),
        "reporters": _forget_reporters(log, at=at),
        "patients": _forget_rejected_patients(log, at=at),
        "texts": _forget_texts(log, waiting, at=at),
        "names": _forget_names_of_the_rejected(log, waiting, at=at),
        "waiting": len(waiting),
        "drafts": Draft.objects.filter(expires_on__lt=danish_day(at)).delete()[0],
        "sessions": Session.objects.filter(expire_date__lt=at).delete()[0],
        "lookups": let_go(before=_kept_since("record_lookup_years", at)),
        "log": audit.prune(before=_kept_since("access_log_years", at), at=at),
        "marks": RateMark.objects.filter(window__lt=at - timedelta(hours=2)).delete()[0],
    }
    log("retention.run", counts=counts)
    return counts


@recorded_nationally
def forget_nationally(log: Log, *, by: Actor, at: datetime) -> int:
    """The same for the national building's log; returns how many lines went."""
    gone = audit.prune(
        before=_kept_since("access_log_years", at), at=at, lines=NationalAuditLine, heads=NationalAuditHead
    )
    log("retention.run", counts={"log": gone})
    return gone


def _kept_since(name: str, at: datetime) -> datetime:
    years = rule(name, on=danish_day(at)).number
    return at - timedelta(days=round(365.25 * years))


@recorded
def forget_again(log: Log, *, by: Actor, at: datetime, what: list[tuple[int, str]]) -> int:
    """After a restore: forget what later runs had forgotten. `what`: (report id, kind) from the kept list."""
    for report_id, kind in what:
        _drop(kind, report_id, at)
        _forgotten(report_id, kind, at=at)
    log("retention.replayed", count=len(what))
    return len(what)


def _close_old_dialogues(log: Log, *, at: datetime) -> int:
    days = rule("dialogue_closes_after_days", on=danish_day(at)).number
    ended = Case.objects.annotate(ended_at=ENDED_AT).filter(
        Q(state=State.FORWARDED, forwarded_at__lt=at - timedelta(days=days))
        | Q(state__in=ENDED, ended_at__lt=at - timedelta(days=days)),
        dialogue_closed_at=None,
    )
    cases = _locked(ended)
    for case in cases:
        case.dialogue_closed_at = at
        case.enter(State(case.state), act=Act.CLOSE_DIALOGUE, at=at, by=None, role=Role.SYSTEM)
        log("dialogue.closed", case, role=Role.SYSTEM)
    return len(cases)


def _forget_reporters(log: Log, *, at: datetime) -> int:
    closed = _locked(
        Case.objects.filter(dialogue_closed_at__isnull=False, report__reporter_identity__isnull=False)
    )
    for case in closed:
        _drop_reporter(case.report_id, at)
        _forgotten(case.report_id, REPORTER, at=at)
        log("reporter.forgotten", case)
    return len(closed)


def _forget_rejected_patients(log: Log, *, at: datetime) -> int:
    """Name, CPR number and files, which may show both."""
    days = rule("rejected_identity_days", on=danish_day(at)).number
    old = Case.objects.annotate(ended_at=ENDED_AT).filter(
        state__in=ENDED, ended_at__lt=at - timedelta(days=days)
    )
    held = {"patient_identity": _locked(old.filter(report__patient_identity__isnull=False))}
    for case in held["patient_identity"]:
        forget_patient(log, case, at=at)
    for case in _locked(old.filter(report__attachments__isnull=False)):
        _drop_files(case.report_id, at)
        _forgotten(case.report_id, FILES, at=at)
        log("files.forgotten", case)
    return len(held["patient_identity"])


def _drop(kind: str, report_id: int, at: datetime, *, may_wait: bool = False) -> bool:
    """Forget, what the machine cannot read whole; False where that waits for a machine that can."""
    try:
        with transaction.atomic():
            DROP[kind](report_id, at)
    except (TaggerMissing, TaggerTooSlow):
        if may_wait:
            return False
        WHOLE[kind](report_id, at)
    return True


def _read_or_old(log: Log, cases: list[Case], kind: str, waiting: list[int], *, at: datetime) -> list[Case]:
    """Forget the cases that can be read, and those that have waited long enough; the others are waiting."""
    done = []
    for case in cases:
        closed = case.dialogue_closed_at or at
        if _drop(kind, case.report_id, at, may_wait=closed > at - timedelta(days=UNREAD_DAYS)):
            _forgotten(case.report_id, kind, at=at)
            log(f"{kind}.forgotten", case)
            done.append(case)
        else:
            waiting.append(case.pk)
    return done


def _forget_texts(log: Log, waiting: list[int], *, at: datetime) -> int:
    """Once delivered and the dialogue over, what was told and said gives way to the clean text."""
    over = _locked(
        Case.objects.filter(
            state=State.FORWARDED,
            delivered_at__isnull=False,
            dialogue_closed_at__isnull=False,
            report__forgotten_at=None,
        )
    )
    return len(_read_or_old(log, over, STORY, waiting, at=at))


def _forget_names_of_the_rejected(log: Log, waiting: list[int], *, at: datetime) -> int:
    """A rejected report stays, to be searched and reopened; once nobody can be asked any more, without names."""
    if rule("rejected_names_until", on=danish_day(at)).text != "dialogue_closed":
        return 0
    before = Forgotten.objects.filter(
        report=OuterRef("report_id"), what=NAMES, at__gte=OuterRef("dialogue_closed_at")
    )
    over = _locked(
        Case.objects.filter(
            ~Exists(before), state__in=ENDED, dialogue_closed_at__isnull=False, report__forgotten_at=None
        )
    )
    done = _read_or_old(log, over, NAMES, waiting, at=at)
    for case in done:
        Forgotten.objects.filter(report=case.report_id, what=NAMES).update(at=at)  # it may be the second time
    return len(done)


def _locked(wanted: QuerySet[Case]) -> list[Case]:
    """The cases, each locked and asked again: a colleague may have reopened one just now."""
    numbers = sorted(set(wanted.values_list("pk", flat=True)))
    locked = [Case.objects.lock(number) for number in numbers]
    still = set(wanted.filter(pk__in=numbers).values_list("pk", flat=True))
    return [case for case in locked if case.pk in still]


def _drop_patient(report_id: int, at: datetime) -> None:
    PatientIdentity.objects.filter(report_id=report_id).delete()


def _drop_reporter(report_id: int, at: datetime) -> None:
    ReporterIdentity.objects.filter(report_id=report_id).delete()


def _drop_files(report_id: int, at: datetime) -> None:
    for row in Attachment.objects.filter(report_id=report_id):
        transaction.on_commit(partial(shelf.drop, row.stored_as))
        row.delete()


def _drop_texts(report_id: int, at: datetime, *, whole: bool = False) -> None:
    """Every word a person typed about it; what is left has been read and approved."""
    case = Case.objects.select_related("report").get(report_id=report_id)
    clean = {Section(r.section): r.clean_text for r in Redaction.objects.filter(case=case)}
    if sections_of(case).get(Section.PRODUCTS) != clean.get(Section.PRODUCTS):
        Medicine.objects.filter(report_id=report_id).update(name="", substance="", strength="", route="")
        Device.objects.filter(report_id=report_id).update(kind="", name="", model="")
    InvolvedPlace.objects.filter(report_id=report_id).update(place_text="")
    Report.objects.filter(pk=report_id).update(
        headline=clean.get(Section.HEADLINE, "")[:200],
        story=clean.get(Section.STORY, ""),
        immediate_action="",
        prevention=clean.get(Section.PREVENTION, ""),
        place_text="",
        profession="",
        forgotten_at=at,
    )
    Case.objects.filter(pk=case.pk).update(
        conclusion=clean.get(Section.CONCLUSION, ""), learning=clean.get(Section.LEARNING, "")
    )
    _drop_words(case, whole=whole)
    _drop_files(report_id, at)


def _drop_names(report_id: int, at: datetime) -> None:
    """What the machine finds goes from every text of the case; the rest stays as it was told.

    The texts of one event share their cast, so that who is one person in this report is one in the others too.
    """
    case = Case.objects.get(report_id=report_id)
    for rows, row, clean in _without_names(case):
        rows.filter(pk=row.pk).update(**clean)
    _drop_marks(case)


def _without_names(case: Case) -> list[tuple[QuerySet[Any], Model, dict[str, str]]]:
    told = _told(case)
    event = [(text, find(text)) for _, _, texts in _told(case.same_event_as) for text in texts.values()]
    found = [{name: find(text) for name, text in texts.items()} for _, _, texts in told]
    own = (
        (texts[name], spans[name]) for (_, _, texts), spans in zip(told, found, strict=True) for name in texts
    )
    cast = cast_of([*event, *own], day=(case.same_event_as or case).report.day_zero)
    return [
        (
            rows,
            row,
            {
                name: replace_spans(text, spans[name], cast=cast)[: _most(row, name)]
                for name, text in texts.items()
            },
        )
        for (rows, row, texts), spans in zip(told, found, strict=True)
    ]


def _drop_all(report_id: int, at: datetime) -> None:
    """What `_drop_names` would have read: every text of the case goes."""
    case = Case.objects.get(report_id=report_id)
    for rows, row, texts in _told(case):
        rows.filter(pk=row.pk).update(
            **{name: GONE[: _most(row, name)] if text else "" for name, text in texts.items()}
        )
    _drop_marks(case)


def _drop_marks(case: Case) -> None:
    """Where names stood."""
    Redaction.objects.filter(case=case).update(findings=[], leaks=[])
    Correction.objects.filter(case=case).update(start=None, end=None)


def _told(case: Case | None) -> list[tuple[QuerySet[Any], Model, dict[str, str]]]:
    """Every text of a case, row by row."""
    if case is None:
        return []
    report = ("headline", "story", "immediate_action", "prevention", "place_text")
    kept: tuple[tuple[QuerySet[Any], tuple[str, ...]], ...] = (
        (Report.objects.filter(pk=case.report_id), report),
        (InvolvedPlace.objects.filter(report_id=case.report_id).order_by("pk"), ("place_text",)),
        (Case.objects.filter(pk=case.pk), ("conclusion", "learning")),
        (Attachment.objects.filter(report=case.report_id).order_by("pk"), ("description",)),
        (Note.objects.filter(case=case).order_by("pk"), ("text",)),
        (DialogueMessage.objects.filter(case=case).order_by("pk"), ("text",)),
    )
    return [(rows, row, {name: getattr(row, name) for name in names}) for rows, names in kept for row in rows]


def _most(row: Model, name: str) -> int | None:
    """How long the column is; a replacement may be longer than what it replaces."""
    most: int | None = getattr(row._meta.get_field(name), "max_length", None)
    return most


def _drop_words(case: Case, *, whole: bool) -> None:
    """Notes and dialogue; what was answered stays for the reporter to read, as the machine leaves it."""
    Note.objects.filter(case=case).delete()
    DialogueMessage.objects.filter(case=case).exclude(kind=DialogueMessage.ANSWER).delete()
    for answer in DialogueMessage.objects.filter(case=case):
        answer.text = GONE if whole else replace_spans(answer.text, find(answer.text))
        answer.save(update_fields=["text"])
    for row in Redaction.objects.filter(
        case=case
    ):  # where names stood, and the print of the text they stood in
        row.findings, row.leaks = [], []
        row.original_digest = hashlib.sha256(row.clean_text.encode()).hexdigest()
        row.save(update_fields=["findings", "leaks", "original_digest"])
    Correction.objects.filter(case=case).update(start=None, end=None)


def _forgotten(report_id: int, what: str, *, at: datetime) -> None:
    Forgotten.objects.get_or_create(report=report_id, what=what, defaults={"at": at})


DROP: dict[str, Callable[[int, datetime], None]] = {
    PATIENT: _drop_patient,
    REPORTER: _drop_reporter,
    FILES: _drop_files,
    STORY: _drop_texts,
    NAMES: _drop_names,
}
# Where the machine cannot read.
WHOLE: dict[str, Callable[[int, datetime], None]] = {
    STORY: partial(_drop_texts, whole=True),
    NAMES: _drop_all,
}
