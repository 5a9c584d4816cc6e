"""Retention (sletning): identities leave the vault on the day the rule says; what was forgotten stays forgotten."""

from datetime import datetime, timedelta

from django.db.models import Max, Q

from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor
from uth.law.clock import danish_day
from uth.law.rulebook import rule
from uth.law.terms import Act, Role, State
from uth.records.cases import Case
from uth.records.limits import RateMark
from uth.records.redactions import Redaction
from uth.records.reports import Draft, Report
from uth.records.vault import Forgotten, PatientIdentity, ReporterIdentity

PATIENT, REPORTER, STORY = "patient", "reporter", "story"
REJECTED_AT = Max("steps__at", filter=Q(steps__act=Act.REJECT))  # the newest: a reopened case starts anew


def forget_patient(log: Log, case: Case, *, at: datetime) -> None:
    """Delete the patient's name and CPR; part of the forwarding's own transaction."""
    gone, _ = PatientIdentity.objects.filter(report_id=case.report_id).delete()
    if gone:
        _forgotten(case.report_id, PATIENT, at=at)
        log("patient.forgotten", case)


@recorded
def forget(log: Log, *, by: Actor, at: datetime) -> dict[str, int]:
    """The nightly forgetting; returns how many of each were forgotten."""
    counts = {
        "dialogues": _close_old_dialogues(log, at=at),
        "reporters": _forget_reporters(log, at=at),
        "patients": _forget_rejected_patients(log, at=at),
        "texts": _forget_texts(log, at=at),
        "drafts": Draft.objects.filter(expires_on__lt=danish_day(at)).delete()[0],
        "marks": RateMark.objects.filter(window__lt=at - timedelta(hours=2)).delete()[0],
    }
    log("retention.run", counts=counts)
    return counts


@recorded
def forget_again(log: Log, *, by: Actor, at: datetime, what: list[tuple[int, str]]) -> int:
    """After a restore: forget what later runs had forgotten. `what`: (report id, kind) from the kept list."""
    for report_id, kind in what:
        {PATIENT: _drop_patient, REPORTER: _drop_reporter, STORY: _drop_texts}[kind](report_id, at)
        _forgotten(report_id, kind, at=at)
    log("retention.replayed", count=len(what))
    return len(what)


def _close_old_dialogues(log: Log, *, at: datetime) -> int:
    days = rule("dialogue_closes_after_days", on=danish_day(at)).number
    ended = Case.objects.annotate(rejected_at=REJECTED_AT).filter(dialogue_closed_at=None)
    ended = ended.filter(
        Q(state=State.FORWARDED, forwarded_at__lt=at - timedelta(days=days))
        | Q(state=State.REJECTED, rejected_at__lt=at - timedelta(days=days))
    )
    cases = list(ended.select_related("organisation"))
    for case in cases:
        case.dialogue_closed_at = at
        case.enter(State(case.state), act=Act.CLOSE_DIALOGUE, at=at, by=None, role=Role.SYSTEM)
        log("dialogue.closed", case, role=Role.SYSTEM)
    return len(cases)


def _forget_reporters(log: Log, *, at: datetime) -> int:
    closed = Case.objects.filter(
        dialogue_closed_at__isnull=False, report__reporter_identity__isnull=False
    ).select_related("organisation")
    for case in closed:
        _drop_reporter(case.report_id, at)
        _forgotten(case.report_id, REPORTER, at=at)
        log("reporter.forgotten", case)
    return len(closed)


def _forget_rejected_patients(log: Log, *, at: datetime) -> int:
    days = rule("rejected_identity_days", on=danish_day(at)).number
    old = Case.objects.annotate(rejected_at=REJECTED_AT).filter(
        state=State.REJECTED,
        report__patient_identity__isnull=False,
        rejected_at__lt=at - timedelta(days=days),
    )
    cases = list(old.select_related("organisation"))
    for case in cases:
        forget_patient(log, case, at=at)
    return len(cases)


def _forget_texts(log: Log, *, at: datetime) -> int:
    """Once delivered and the dialogue over, the story as told gives way to its clean text."""
    over = Case.objects.filter(
        state=State.FORWARDED,
        delivered_at__isnull=False,
        dialogue_closed_at__isnull=False,
        report__forgotten_at=None,
    ).select_related("organisation")
    for case in over:
        _drop_texts(case.report_id, at)
        _forgotten(case.report_id, STORY, at=at)
        log("story.forgotten", case)
    return len(over)


def _drop_patient(report_id: int, at: datetime) -> None:
    PatientIdentity.objects.filter(report_id=report_id).delete()


def _drop_reporter(report_id: int, at: datetime) -> None:
    ReporterIdentity.objects.filter(report_id=report_id).delete()


def _drop_texts(report_id: int, at: datetime) -> None:
    clean = dict(Redaction.objects.filter(case__report_id=report_id).values_list("section", "clean_text"))
    Report.objects.filter(pk=report_id).update(
        headline=clean.get("headline", "")[:200],
        story=clean.get("story", ""),
        immediate_action="",
        prevention=clean.get("prevention", ""),
        place_text="",
        profession="",
        forgotten_at=at,
    )


def _forgotten(report_id: int, what: str, *, at: datetime) -> None:
    Forgotten.objects.get_or_create(report=report_id, what=what, defaults={"at": at})
