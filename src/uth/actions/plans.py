"""Plans asked for (anmodninger): what the national level asks an authority for, and what is sent back (§ 9, stk. 1)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q

from uth.actions import vouched
from uth.actions.handling import Refused
from uth.actions.identities import known_identities
from uth.actions.recorded import Log, recorded
from uth.law import template
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.procedure import HANDLERS, NotAllowed
from uth.law.terms import Role, Wanted
from uth.law.text import tidy
from uth.records import outbox
from uth.records.cases import Case
from uth.records.organisations import Organisation
from uth.records.people import Membership, current
from uth.records.plans import PlanAnswer, PlanRequest
from uth.records.reach import roles_of_heirs
from uth.records.succession import paths_of, with_forerunners

REMIND_BEFORE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the national level tells it."""

    ref: str
    case_ref: str | None
    theme: str
    wanted: Wanted
    text: str
    due_on: date
    withdrawn: bool


def is_news(asked: Iterable[Asked]) -> bool:
    """Whether any of these is unknown here, or was withdrawn since."""
    told = {each.ref: each.withdrawn for each in asked}
    rows = PlanRequest.objects.filter(ref__in=told).values_list("ref", "withdrawn_at")
    known = {str(ref): gone is not None for ref, gone in rows}
    return any(ref not in known or (gone and not known[ref]) for ref, gone in told.items())


@recorded
def take_in(log: Log, authority: str, asked: Iterable[Asked], *, by: Actor, at: datetime) -> None:
    """Keep what was asked of this authority, each once, and tell those who answer for it."""
    organisation = Organisation.objects.get(key=authority)
    for each in asked:
        row, new = PlanRequest.objects.get_or_create(
            ref=each.ref, defaults=_columns(each, organisation) | {"received_at": at}
        )
        if new and not each.withdrawn:
            _tell(organisation, "plan_requested", at=at)
            log("plan.requested", row.case, chain=organisation.key, request=row.pk)
        elif each.withdrawn and row.withdrawn_at is None:
            PlanRequest.objects.filter(pk=row.pk).update(withdrawn_at=at)
            log("plan.withdrawn", row.case, chain=organisation.key, request=row.pk)
    log("plans.fetched", chain=organisation.key)


def _columns(asked: Asked, organisation: Organisation) -> dict[str, object]:
    ours = Case.objects.filter(
        organisation__path__startswith=organisation.path
    )  # a neighbour's case is not told of
    case = ours.filter(national_ref=asked.case_ref).first() if asked.case_ref else None
    return {
        "organisation": organisation,
        "case": case,
        "theme": tidy(asked.theme)[:200],
        "wanted": asked.wanted,
        "text": tidy(asked.text),
        "due_on": asked.due_on,
    }


@recorded
def answer(
    log: Log,
    request_id: int,
    *,
    text: str,
    document: bytes | None,
    confirmed: bool,
    overruled: bool = False,
    by: Actor,
    at: datetime,
) -> None:
    """Send an analysis or plan, in words or as a PDF, when a person has confirmed that it names nobody."""
    row = PlanRequest.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
    if row is None or not roles_of_heirs(by, row.organisation, at=at) & HANDLERS:
        raise Hidden
    if row.withdrawn_at is not None:
        raise NotAllowed("Det nationale niveau har trukket anmodningen tilbage. Der skal ikke sendes noget.")
    known = known_identities(row.case) if row.case else ()
    words = vouched.words(text, field="text", most=template.MOST_WORDS, overruled=overruled, known=known)
    kept = vouched.keep_pdf(document, at=at)
    if not words and kept is None:
        raise Refused(text="Skriv svaret, eller vælg en PDF.")
    vouched.check(confirmed=confirmed)
    letter_id = uuid.uuid4()
    wire = template.write(
        template.ANSWER,
        message_id=str(letter_id),
        sender=row.organisation.path.split("/")[1],  # the one that was asked, also where its heir answers
        request_ref=str(row.ref),
        text=words,
        document=None,
    )
    PlanAnswer.objects.create(
        request=row, at=at, by_id=by.user_id, text=words, document=kept, message_id=letter_id
    )
    outbox.put_national(letter_id, wire, document=kept.pk if kept else None, at=at)
    row.answered_at = row.answered_at or at
    row.save(update_fields=["answered_at"])
    log("plan.answered", row.case, chain=row.organisation.key, request=row.pk, message=str(letter_id))


@recorded
def remind(log: Log, *, by: Actor, at: datetime) -> int:
    """Write a week before a request is due, and once more when it is late; returns how many requests."""
    today = danish_day(at)
    waiting = PlanRequest.objects.filter(answered_at=None, withdrawn_at=None)
    soon = waiting.filter(due_on__gte=today, due_on__lte=today + REMIND_BEFORE, reminded_on=None)
    late = waiting.filter(due_on__lt=today).filter(Q(reminded_on=None) | Q(reminded_on__lte=F("due_on")))
    rows = [*soon.select_related("organisation", "case"), *late.select_related("organisation", "case")]
    for row in rows:
        _tell(row.organisation, "plan_due", at=at)
        PlanRequest.objects.filter(pk=row.pk).update(reminded_on=today)
        log("plan.reminded", row.case, chain=row.organisation.key, request=row.pk)
    log("plans.reminded", count=len(rows))
    return len(rows)


def _tell(organisation: Organisation, template_name: str, *, at: datetime) -> None:
    """A mail without content to the risk managers, or where there are none to the case handlers; of the heir, too."""
    day = danish_day(at)
    places = Organisation.below([*with_forerunners(paths_of(organisation, on=day), on=day)])
    held = Membership.objects.filter(current(day), organisation__in=places, user__is_active=True)
    for role in (Role.RISK_MANAGER, Role.HANDLER):
        if people := sorted(set(held.filter(role=role).values_list("user_id", flat=True))):
            for user_id in people:
                outbox.put_mail(f"user:{user_id}", template_name, at=at)
            return
