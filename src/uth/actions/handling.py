"""Handling (sagsbehandling): distribute, transfer, reject, classify, ask, answer and conclude a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from uth.actions import counted
from uth.actions.identities import pointed_at, vault_identities
from uth.actions.recorded import Log, recorded
from uth.law import procedure
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.severity import severity
from uth.law.taxonomy import UnknownCode, taxonomy
from uth.law.terms import (
    Act,
    ActualHarm,
    PossibleHarm,
    RejectionReason,
    Role,
    Severity,
    State,
)
from uth.law.text import day_in_words, tidy
from uth.records import outbox
from uth.records.cases import Case, Classification, DialogueMessage, Note
from uth.records.organisations import Organisation
from uth.records.people import User, holders, roles_in
from uth.records.reach import locked_case
from uth.records.succession import heirs

TEXT_LIMIT = 20_000


class Refused(Exception):
    """The act cannot be done as asked; `problems` is field name -> Danish sentence."""

    def __init__(self, **problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Stale(Refused):
    """Somebody has changed the case since the page with this version was shown; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            version="En kollega har ændret sagen, siden du åbnede siden. Det, du skrev, står her stadig. "
            "Se sagen igennem, og gem så igen."
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """A case taken in hand for one act: locked, allowed, and by which role."""

    case: Case
    step: procedure.Step
    role: Role
    user: User | None


def take(
    case_id: int, act: Act, *, by: Actor, at: datetime, reason: str = "", seen: int | None = None
) -> Taken:
    """Lock the case for this act. Raises Hidden, NotAllowed with the sentence to show, or Stale.

    `seen`: the version the person had before them, when they decide upon what they saw.
    """
    case, roles = locked_case(case_id, by, at=at)
    step = procedure.check(case_state(case), act, roles, reason=reason)
    if seen is not None and case.version != seen:
        raise Stale
    role = next(role for role in Role if role in step.by & roles)
    user = User.objects.get(pk=by.user_id) if by.user_id is not None else None
    return Taken(case, step, role, user)


def case_state(case: Case) -> State:
    """The case's state as the law's word."""
    return State(case.state)


@recorded
def assign(
    log: Log, case_id: int, *, handler_id: int, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """Give the case to a handler of the organisation that holds it."""
    taken = take(case_id, Act.ASSIGN, seen=seen, by=by, at=at)
    handler = User.objects.filter(pk=handler_id, is_active=True).first()
    if (
        handler is None
        or not roles_in(handler_id, taken.case.organisation, on=danish_day(at)) & procedure.HANDLERS
    ):
        raise Refused(handler="Vælg en sagsbehandler, der hører til her.")
    taken.case.handler = handler
    _enter(taken, Act.ASSIGN, at=at)
    log("case.assigned", taken.case, role=taken.role, handler=handler_id)
    if handler_id != by.user_id:
        outbox.put_mail(f"user:{handler_id}", "assigned", at=at, case=case_id, number=taken.case.number)


@recorded
def transfer(
    log: Log, case_id: int, *, to: str, reason: str, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """Send the case to another authority or part; the clock goes on from the first reception."""
    taken = take(case_id, Act.TRANSFER, seen=seen, by=by, at=at, reason=reason)
    _check_lasting(log, taken, reason=reason)
    case, origin = taken.case, taken.case.organisation
    receiver = _standing_organisation(to, at=at)
    if receiver == origin:
        raise Refused(to="Sagen er allerede her. Vælg et andet sted.")
    log("case.transferred", case, role=taken.role, to=receiver.key)
    case.organisation = receiver
    case.handler = None
    _enter(taken, Act.TRANSFER, at=at, reason=reason, from_organisation=origin)
    if receiver.path.split("/")[1] != origin.path.split("/")[1]:
        log("case.received", case, origin=origin.key)  # the new authority's own chain tells it too
    _tell_receivers(case, by=by, at=at)


@recorded
def reject(
    log: Log,
    case_id: int,
    *,
    reason: RejectionReason,
    comment: str,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Reject with one of the five reasons and a comment; the case is kept and can be reopened.

    The national level is told the reason and counts it, without a word of the text (docs/adr/0012).
    """
    taken = take(case_id, Act.REJECT, seen=seen, by=by, at=at, reason=comment)
    _check_lasting(log, taken, comment=comment)
    if taken.case.duplicates.exists():
        raise procedure.NotAllowed(
            "Andre rapporter er knyttet til sagen. Genåbn dem først, så de ikke går tabt."
        )
    _enter(taken, Act.REJECT, at=at, reason=comment, reason_code=reason)
    counted.rejected(taken.case, reason, at=at)
    log("case.rejected", taken.case, role=taken.role, reason=str(reason))
    tell_reporter(taken.case, "rejected", at=at)


@recorded
def reopen(log: Log, case_id: int, *, reason: str, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Take a rejected or linked case up again; its clock never stopped, and what was counted of it is taken back."""
    taken = take(case_id, Act.REOPEN, seen=seen, by=by, at=at, reason=reason)
    _check_lasting(log, taken, reason=reason)
    taken.case.dialogue_closed_at = None  # the reporter can be asked again, and is not forgotten meanwhile
    event, taken.case.same_event_as = taken.case.same_event_as, None
    origin = taken.case.organisation
    taken.case.organisation = (origin, *heirs(origin, on=danish_day(at)))[
        -1
    ]  # an authority that is no more opens none
    _enter(taken, Act.REOPEN, at=at, reason=reason, from_organisation=origin)
    counted.taken_back(taken.case, event, at=at)
    log("case.reopened", taken.case, role=taken.role)


@recorded
def classify(
    log: Log,
    case_id: int,
    *,
    codes: Sequence[str],
    actual: ActualHarm,
    possible: PossibleHarm | None,
    decided: Severity | None = None,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Set the case's types and both harms; the combined severity follows from them, or is decided by hand."""
    taken = take(case_id, Act.CLASSIFY, seen=seen, by=by, at=at)
    case = taken.case
    combined = severity(actual, possible) or decided
    known = taxonomy(danish_day(at))
    try:
        types = {known.type(code).code for code in codes}
    except UnknownCode as wrong:
        raise Refused(codes=str(wrong)) from wrong
    case.actual_harm, case.possible_harm = actual, possible or ""
    case.severity = combined or ""
    Classification.objects.filter(case=case).exclude(code__in=types).delete()
    for code in sorted(types):
        Classification.objects.update_or_create(case=case, code=code, defaults={"taxonomy": known.version})
    _enter(taken, Act.CLASSIFY, at=at)
    log("case.classified", case, role=taken.role, codes=sorted(types), severity=case.severity)


@recorded
def note(log: Log, case_id: int, *, text: str, by: Actor, at: datetime) -> None:
    """Write a note that only the desk reads."""
    taken = take(case_id, Act.NOTE, by=by, at=at)
    if taken.case.report.forgotten_at:
        raise procedure.NotAllowed("Sagens tekster er slettet, og der kan ikke skrives flere notater i den.")
    written = Note.objects.create(case=taken.case, at=at, by=taken.user, text=_text(text))
    log("case.noted", taken.case, role=taken.role, note=written.pk)


@recorded
def ask(log: Log, case_id: int, *, text: str, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Ask the reporter; the case waits for the reply, the clock does not."""
    taken = take(case_id, Act.ASK, seen=seen, by=by, at=at)
    _say(taken, DialogueMessage.QUESTION, text, at=at)
    _enter(taken, Act.ASK, at=at)
    log("dialogue.asked", taken.case, role=taken.role)
    tell_reporter(taken.case, "question", at=at)


@recorded
def answer(log: Log, case_id: int, *, text: str, by: Actor, at: datetime) -> None:
    """Tell the reporter something, such as what was learned or changed."""
    taken = take(case_id, Act.ANSWER, by=by, at=at)
    if taken.case.dialogue_closed_at:
        raise procedure.NotAllowed("Dialogen er lukket, og rapportøren kan ikke få flere beskeder.")
    _say(taken, DialogueMessage.ANSWER, text, at=at)
    log("dialogue.answered", taken.case, role=taken.role)
    tell_reporter(taken.case, "answer", at=at)


@recorded
def reply(log: Log, case_id: int, *, text: str, by: Actor, at: datetime) -> None:
    """The reporter's words, given at the receipt page."""
    taken = take(case_id, Act.REPLY, by=by, at=at)
    if taken.case.dialogue_closed_at:
        raise procedure.NotAllowed("Dialogen er lukket. Ring til modtageren, hvis der er mere at sige.")
    _say(taken, DialogueMessage.REPLY, text, at=at)
    _enter(taken, Act.REPLY, at=at)
    log("dialogue.replied", taken.case, role=taken.role)
    if taken.case.handler_id:
        outbox.put_mail(
            f"user:{taken.case.handler_id}", "replied", at=at, case=case_id, number=taken.case.number
        )


@recorded
def revise(log: Log, case_id: int, *, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Open the handling again before forwarding; an approved redaction no longer counts."""
    taken = take(case_id, Act.REVISE, seen=seen, by=by, at=at)
    taken.case.redactions.update(approved_at=None, approved_by=None)
    _enter(taken, Act.REVISE, at=at)
    log("case.revised", taken.case, role=taken.role)


@recorded
def close_dialogue(log: Log, case_id: int, *, seen: int | None = None, by: Actor, at: datetime) -> None:
    """End the dialogue; the reporter's contact leaves the vault the same night."""
    taken = take(case_id, Act.CLOSE_DIALOGUE, seen=seen, by=by, at=at)
    if taken.case.dialogue_closed_at:
        raise procedure.NotAllowed("Dialogen er allerede lukket.")
    taken.case.dialogue_closed_at = at
    _enter(taken, Act.CLOSE_DIALOGUE, at=at)
    log("dialogue.closed", taken.case, role=taken.role)


def _tell_receivers(case: Case, *, by: Actor, at: datetime) -> None:
    """Those who distribute there; the clock they hear of is the old one."""
    for user in holders(procedure.RECEIVERS, case.organisation, on=danish_day(at)):
        if user != by.user_id:
            day = day_in_words(case.forward_by)
            outbox.put_mail(f"user:{user}", "transferred", at=at, case=case.pk, number=case.number, day=day)


def tell_reporter(case: Case, template: str, *, at: datetime) -> None:
    """A notice without content to a reporter who left an address."""
    if hasattr(case.report, "reporter_identity"):
        outbox.put_mail(f"reporter:{case.report_id}", template, at=at, case=case.pk)


def _enter(
    taken: Taken,
    act: Act,
    *,
    at: datetime,
    reason: str = "",
    reason_code: str = "",
    from_organisation: Organisation | None = None,
) -> None:
    taken.case.enter(
        taken.step.to,
        act=act,
        at=at,
        by=taken.user,
        role=taken.role,
        reason=tidy(reason),
        reason_code=reason_code,
        from_organisation=from_organisation,
    )


def enter(taken: Taken, act: Act, *, at: datetime) -> None:
    """Append the step an act took; for the other verbs of the case's life."""
    _enter(taken, act, at=at)


def _check_lasting(log: Log, taken: Taken, **written: str) -> None:
    """A step is never changed, so what the night forgets must not stand in its reason."""
    known = vault_identities(taken.case)
    if known:
        log("vault.matched", taken.case, role=taken.role)  # the machine looked; nobody read
    for field, text in written.items():
        if found := pointed_at(text, known):
            raise Refused(
                **{
                    field: f"Fjern »{found}«. Begrundelsen bliver stående i sagens forløb, også når navne og "
                    "CPR-numre er slettet."
                }
            )


def _say(taken: Taken, kind: str, text: str, *, at: datetime) -> None:
    DialogueMessage.objects.create(case=taken.case, at=at, kind=kind, by=taken.user, text=_text(text))


def _text(text: str) -> str:
    clean = tidy(text)
    if not clean:
        raise Refused(text="Skriv en tekst først.")
    if len(clean) > TEXT_LIMIT:
        raise Refused(text="Teksten må højst fylde 20.000 tegn. Del den i to.")
    return clean


def _standing_organisation(key: str, *, at: datetime) -> Organisation:
    day = danish_day(at)
    found = Organisation.objects.filter(key=key, since__lte=day).exclude(until__lt=day).first()
    if found is None or found.kind == "national":
        raise Refused(to="Vi kender ikke den modtager. Vælg en fra listen.")
    return found


__all__ = [
    "Hidden", "Refused", "Stale", "Taken", "answer", "ask", "assign", "classify", "close_dialogue", "enter",
    "note", "reject", "reopen", "reply", "revise", "take", "tell_reporter", "transfer",
]  # fmt: skip
