"""Asking (anmodning): the national level asks an authority for an analysis or a plan (§ 9, stk. 1); it is fetched there."""

import uuid
from datetime import date, datetime

from uth.actions.handling import Refused
from uth.actions.receiving import Envelope, verify
from uth.actions.recorded import Log, recorded_nationally
from uth.law.actor import SYSTEM, Actor, Hidden
from uth.law.clean_text import why_not
from uth.law.clock import danish_day
from uth.law.terms import Role, Wanted
from uth.law.text import tidy
from uth.records.national.models import NationalReport, NationalRequest, Sender
from uth.records.people import holds

MOST_TEXT, MOST_THEME = 4_000, 200
MOST_FETCHED = 200  # the newest of an authority's requests, told again at every fetching


@recorded_nationally
def ask(
    log: Log,
    *,
    report_id: int | None,
    sender: str = "",
    theme: str = "",
    wanted: Wanted,
    text: str,
    due_on: date,
    by: Actor,
    at: datetime,
) -> int:
    """Ask for something about a report, or about a theme of an authority; returns the request's number."""
    _admit(by, at=at)
    words, subject = _words(text, "text", MOST_TEXT), _words(theme, "theme", MOST_THEME)
    if not words:
        raise Refused(text="Skriv, hvad I beder om.")
    if due_on <= danish_day(at):
        raise Refused(due_on="Vælg en frist efter i dag.")
    report = (
        NationalReport.objects.select_related("sender").filter(pk=report_id).first() if report_id else None
    )
    if report_id and report is None:
        raise Hidden
    if report is None and not subject:
        raise Refused(theme="Skriv, hvilket tema det handler om.")
    asked = report.sender if report else Sender.objects.filter(key=sender).first()
    if asked is None:
        raise Refused(sender="Vælg den myndighed, I beder.")
    row = NationalRequest.objects.create(
        ref=uuid.uuid4(),
        sender=asked,
        case_ref=report.case_ref if report else None,
        theme=subject,
        wanted=wanted,
        text=words,
        due_on=due_on,
        made_at=at,
    )
    log("request.made", chain=asked.key, request=row.pk, wanted=str(wanted))
    return row.pk


@recorded_nationally
def withdraw(log: Log, request_id: int, *, by: Actor, at: datetime) -> None:
    """Ask no more; the authority sees it at its next fetching."""
    _admit(by, at=at)
    row = NationalRequest.objects.select_related("sender").filter(pk=request_id, withdrawn_at=None).first()
    if row is None:
        raise Hidden
    if row.answered_at is not None:
        raise Refused(
            request="Der er allerede svaret på anmodningen, så den kan ikke trækkes tilbage. Læs svaret på dens side."
        )
    NationalRequest.objects.filter(pk=row.pk).update(withdrawn_at=at)
    log("request.withdrawn", chain=row.sender.key, request=row.pk)


def hand_out(envelope: Envelope, *, at: datetime) -> list[dict[str, object]]:
    """What is asked of the authority that signs; told again every time, so that nothing told is ever lost."""
    verify(envelope, at=at)
    rows = list(NationalRequest.objects.filter(sender__key=envelope.sender)[:MOST_FETCHED])
    if new := [row.pk for row in rows if row.fetched_at is None]:
        _fetched(envelope.sender, new, by=SYSTEM, at=at)
    return [
        {
            "ref": str(row.ref),
            "case_ref": str(row.case_ref) if row.case_ref else None,
            "theme": row.theme,
            "wanted": row.wanted,
            "text": row.text,
            "due_on": row.due_on.isoformat(),
            "withdrawn": row.withdrawn_at is not None,
        }
        for row in rows
    ]


@recorded_nationally
def _fetched(log: Log, sender: str, requests: list[int], *, by: Actor, at: datetime) -> None:
    NationalRequest.objects.filter(pk__in=requests, fetched_at=None).update(fetched_at=at)
    log("request.fetched", chain=sender, requests=requests)


def _words(text: str, field: str, most: int) -> str:
    clean = tidy(text)
    if len(clean) > most:
        raise Refused(**{field: f"Teksten må højst fylde {most} tegn. Forkort den."})
    if never := why_not(clean):
        raise Refused(**{field: f"Teksten {never}."})
    return clean


def _admit(by: Actor, *, at: datetime) -> None:
    if not holds(by.user_id, Role.NATIONAL, on=danish_day(at)):
        raise Hidden
