"""Linking (sammenknytning): a second report of an event joins the case of that event, and they count as one."""

from datetime import datetime

from uth.actions import counted
from uth.actions.handling import Refused, enter, take, tell_reporter
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor, Hidden
from uth.law.terms import Act, State
from uth.records.cases import Case
from uth.records.reach import locked_case


@recorded
def link(log: Log, case_id: int, *, event: str, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Join this report to the case of the same event, found by its number; its reporter is told."""
    event_id = _number(event)
    for each in sorted(
        {case_id, event_id}
    ):  # two colleagues who link two cases to one another wait in one line
        Case.objects.select_for_update(of=("self",)).filter(pk=each).first()
    taken = take(case_id, Act.LINK, seen=seen, by=by, at=at)
    case, found = taken.case, _event(event_id, taken.case, by=by, at=at)
    case.same_event_as = found
    enter(taken, Act.LINK, at=at)
    counted.linked(case, found, at=at)
    log("case.linked", case, role=taken.role, to=found.pk)
    log("case.joined", found, role=taken.role, by=case.pk)
    tell_reporter(case, "linked", at=at)


def _number(written: str) -> int:
    """The running number in 2026-000123, or in a bare 123."""
    last = written.strip().rpartition("-")[2]
    if not (last.isascii() and last.isdecimal() and len(last) < 12):
        raise Refused(event="Skriv sagens nummer, for eksempel 2026-000123.")
    return int(last)


def _event(event_id: int, case: Case, *, by: Actor, at: datetime) -> Case:
    if event_id == case.pk:
        raise Refused(event="Det er sagens eget nummer. Skriv nummeret på den anden sag.")
    try:
        event, _ = locked_case(event_id, by, at=at)
    except Hidden:
        raise Refused(
            event="Vi kan ikke finde en sag med det nummer hos jer. Se efter, om det er rigtigt."
        ) from None
    if event.state == State.LINKED and event.same_event_as is not None:
        raise Refused(event=f"Den sag er selv knyttet til en anden. Brug {event.same_event_as.number}.")
    if event.state == State.REJECTED:
        raise Refused(event="Den sag er afvist. Genåbn den først, hvis den alligevel skal behandles.")
    if case.duplicates.exists():
        raise Refused(event="Andre sager er knyttet til denne. Knyt i stedet den anden sag til denne.")
    return event
