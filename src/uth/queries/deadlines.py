"""Deadlines (frister): how many open cases stand how near their deadline, and what one was told of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from uth.law import rulebook
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day, marks
from uth.law.procedure import OPEN
from uth.queries.administration import administered
from uth.queries.inbox import readable
from uth.records.cases import Case
from uth.records.outbox import Letter

TOLD = 20  # letters shown
PREFIX = "deadline_"


@dataclass(frozen=True, slots=True)
class Rules:
    """The dated values the page explains. `unverified`: no text on hand says how often to remind."""

    forward_within: int
    forward_source: str
    report_within: int
    report_unverified: bool
    patients_free: bool
    patients_unverified: bool
    remind: tuple[int, ...]
    escalate: tuple[int, ...]
    unverified: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """An organisation's open cases: how many stand within each mark, narrowest first, then beyond them, and the sum."""

    organisation: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Told:
    """A letter about deadlines that one was sent."""

    at: datetime
    template: str
    count: int
    days: int


@dataclass(frozen=True, slots=True)
class DeadlinePage:
    """What the page about deadlines shows this person. `bounds`: the columns' marks, narrowest first."""

    rules: Rules
    bounds: tuple[int, ...]
    standings: tuple[Standing, ...]
    told: tuple[Told, ...]


def page(*, by: Actor, at: datetime) -> DeadlinePage:
    """The counts of what the person handles or answers for; numbers alone, so an administrator may see them too."""
    if by.user_id is None:
        raise Hidden
    today = danish_day(at)
    bounds = (-1, *(mark for mark in marks(today) if mark >= 0))
    mine = readable(by, at=at).filter(state__in=OPEN)
    ours = Case.objects.below(list(administered(by=by, at=at))).filter(state__in=OPEN)
    rows = Case.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=ours.values("pk")))
    letters = Letter.objects.filter(to=f"user:{by.user_id}", template__startswith=PREFIX)
    return DeadlinePage(
        rules=_rules(today),
        bounds=bounds,
        standings=_standings(rows, bounds, today),
        told=tuple(
            Told(row.created_at, row.template, row.body["count"], row.body["days"])
            for row in letters.order_by("-created_at")[:TOLD]
        ),
    )


def _rules(on: date) -> Rules:
    remind, escalate = (rulebook.rule(name, on=on) for name in ("remind_days_left", "escalate_days_after"))
    forward, report = (rulebook.rule(name, on=on) for name in ("forward_within_days", "report_within_days"))
    patients = rulebook.rule("patients_have_deadline", on=on)
    return Rules(
        forward_within=forward.number,
        forward_source=forward.source,
        report_within=report.number,
        report_unverified=report.unverified,
        patients_free=not patients.yes,
        patients_unverified=patients.unverified,
        remind=tuple(sorted(remind.numbers, reverse=True)),
        escalate=tuple(sorted(escalate.numbers)),
        unverified=remind.unverified or escalate.unverified,
    )


def _standings(rows: QuerySet[Case], bounds: tuple[int, ...], today: date) -> tuple[Standing, ...]:
    within: dict[str, Count] = {}
    after = date.min
    for place, bound in enumerate(bounds):
        last = today + timedelta(days=bound)
        within[f"n{place}"] = Count("pk", filter=Q(forward_by__gt=after, forward_by__lte=last))
        after = last
    found = rows.order_by("organisation__name").values_list("organisation__name")
    return tuple(
        Standing(name, (*within_marks, total - sum(within_marks)), total)
        for name, *within_marks, total in found.annotate(**within, total=Count("pk"))
    )
