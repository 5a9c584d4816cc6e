"""The inbox (indbakken): lists of cases with the clock visible, oldest deadline first, keyset-paged."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from uth.law.actor import Actor
from uth.law.clock import danish_day, days_left
from uth.law.confidentiality import visible
from uth.law.procedure import OPEN
from uth.law.terms import Role, State, Term
from uth.law.text import tidy
from uth.records.cases import Case, CaseQuerySet
from uth.records.organisations import Organisation
from uth.records.reach import held_by

PAGE = 50


class View(Term):
    """A list a person really uses."""

    INBOX = "inbox", "Indbakke"
    MINE = "mine", "Mine sager"
    DUE = "due", "Frist inden 14 dage"
    WAITING = "waiting", "Afventer svar"
    READY = "ready", "Til anonymisering og videregivelse"
    OPEN = "open", "Alle åbne"
    FORWARDED = "forwarded", "Videregivet"
    REJECTED = "rejected", "Afvist"
    LINKED = "linked", "Knyttet til en anden sag"
    ALL = "all", "Alle sager"


CLOSED = frozenset({View.FORWARDED, View.REJECTED, View.LINKED})  # newest first; the clock is over
COUNTED = tuple(view for view in View if view not in CLOSED | {View.ALL})
SEEN_BY_INTAKE = tuple(state for state in State if visible(Role.INTAKE, state))


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list."""

    id: int
    number: str
    headline: str
    place: str
    organisation: str
    state: State
    severity: str
    actual_harm: str
    handler: str
    received_on: date
    forward_by: date
    days_left: int
    reporter_kind: str


@dataclass(frozen=True, slots=True)
class CaseList:
    """One page of a list. `after`: the key of the next page, or empty."""

    view: View
    lines: tuple[CaseLine, ...]
    after: str


def _filters(actor: Actor, today: date) -> dict[View, Q]:
    return {
        View.INBOX: Q(state=State.RECEIVED),
        View.MINE: Q(handler_id=actor.user_id, state__in=OPEN),
        View.DUE: Q(state__in=OPEN, forward_by__lte=today + timedelta(days=14)),
        View.WAITING: Q(state=State.WAITING),
        View.READY: Q(state__in=(State.CONCLUDED, State.APPROVED)),
        View.OPEN: Q(state__in=OPEN),
        View.FORWARDED: Q(state=State.FORWARDED),
        View.REJECTED: Q(state=State.REJECTED),
        View.LINKED: Q(state=State.LINKED),
        View.ALL: Q(),
    }


def cases(view: View, *, by: Actor, at: datetime, after: str = "", search: str = "") -> CaseList:
    """A page of a list. `after` is a key from an earlier page; `search` a case number or words."""
    today = danish_day(at)
    found = readable(by, at=at).filter(_filters(by, today)[view])
    if words := tidy(search):
        found = found.filter(_matches(words))
    if after:
        found = found.filter(_beyond(after, view))
    order = ("-forward_by", "-pk") if view in CLOSED else ("forward_by", "pk")
    # First which, from the index alone; then only those rows with all their joins.
    page = Case.objects.filter(pk__in=found.order_by(*order).values("pk")[: PAGE + 1])
    rows = list(page.select_related("report__place", "organisation", "handler").order_by(*order))
    lines = tuple(
        CaseLine(
            id=case.pk,
            number=case.number,
            headline=case.report.headline,
            place=case.report.place.name if case.report.place else case.report.place_text,
            organisation=case.organisation.name,
            state=State(case.state),
            severity=case.severity,
            actual_harm=case.actual_harm,
            handler=case.handler.name if case.handler else "",
            received_on=case.received_on,
            forward_by=case.forward_by,
            days_left=days_left(case.forward_by, today),
            reporter_kind=case.report.reporter_kind,
        )
        for case in rows[:PAGE]
    )
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return CaseList(view, lines, f"{last.forward_by:%Y-%m-%d}_{last.pk}" if last else "")


def counts(*, by: Actor, at: datetime) -> dict[View, int]:
    """How many cases stand in each open list, true to what the person may see."""
    filters = _filters(by, danish_day(at))
    found = (
        readable(by, at=at)
        .filter(state__in=OPEN)
        .aggregate(**{str(view): Count("pk", filter=filters[view]) for view in COUNTED})
    )
    return {view: found[str(view)] for view in COUNTED}


def readable(by: Actor, *, at: datetime) -> CaseQuerySet:
    """The cases in reach, without those that the actor's roles hide in their state: intake sees no closed ones."""
    held = held_by(by, at=at)
    handling = held.paths({Role.HANDLER, Role.RISK_MANAGER})
    receiving = [p for p in held.paths({Role.INTAKE}) if not any(p.startswith(h) for h in handling)]
    wanted = Q(organisation__in=Organisation.below(handling))
    if receiving:
        wanted |= Q(organisation__in=Organisation.below(receiving), state__in=SEEN_BY_INTAKE)
    return Case.objects.filter(wanted)


def _matches(search: str) -> Q:
    number = search.rpartition("-")[2]
    by_number = (
        Q(pk=int(number)) if number.isascii() and number.isdecimal() and len(number) < 12 else Q(pk__in=[])
    )
    words = Q()
    for word in search.split()[:8]:
        words &= (
            Q(report__headline__icontains=word)
            | Q(report__story__icontains=word)
            | Q(report__place__name__icontains=word)
        )
    return by_number | words


def _beyond(after: str, view: View) -> Q:
    day, _, number = after.partition("_")
    try:
        last, pk = date.fromisoformat(day), int(number[:15])
    except ValueError:
        return Q()
    if view in CLOSED:
        return Q(forward_by__lt=last) | Q(forward_by=last, pk__lt=pk)
    return Q(forward_by__gt=last) | Q(forward_by=last, pk__gt=pk)
