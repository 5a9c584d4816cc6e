"""Corrections (rettelser): how often people put the machine right, by month and kind; never the words, never who."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from uth.law.actor import Actor, Hidden
from uth.law.clock import DENMARK, danish_day
from uth.law.terms import Act, Approvers, Corrected, Role
from uth.queries.access import find_case
from uth.queries.administration import units
from uth.records.approvers import FEW, decided_in, nearest, two_approve
from uth.records.cases import CaseStep
from uth.records.organisations import Organisation
from uth.records.reach import held_by
from uth.records.redactions import Correction

MONTHS = 12
READERS = frozenset({Role.ADMIN, Role.RISK_MANAGER})


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind of identity in a month."""

    kind: str
    overlooked: int
    too_much: int
    other_kind: int


@dataclass(frozen=True, slots=True)
class MonthOfCorrections:
    """A month: the redactions approved in it, and what was put right in them."""

    month: date
    approved: int
    lines: tuple[KindLine, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class UnitApprovers:
    """How many approve in a part of the organisation. `decided`: it has been decided there, and not above it."""

    key: str
    name: str
    depth: int
    approvers: Approvers
    decided: bool


def by_month(*, by: Actor, at: datetime) -> tuple[MonthOfCorrections, ...]:
    """The last twelve months in what the actor answers for, the newest first. Raises Hidden."""
    paths = held_by(by, at=at).paths(READERS)
    if not paths:
        raise Hidden
    first = _months_back(danish_day(at), MONTHS - 1)
    approved = dict(
        CaseStep.objects.filter(_below("case__organisation__path", paths), act=Act.APPROVE, at__gte=first)
        .annotate(month=TruncMonth("at", tzinfo=DENMARK))
        .values_list("month")
        .annotate(Count("case", distinct=True))
        .order_by()
    )
    counted = (
        Correction.objects.filter(_below("case__organisation__path", paths), at__gte=first)
        .annotate(month=TruncMonth("at", tzinfo=DENMARK))
        .values_list("month", "kind", "what")
        .annotate(Count("pk"))
        .order_by()
    )
    months: dict[datetime, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for month, kind, what, count in counted:
        months[month][kind][what] = count
    return tuple(
        MonthOfCorrections(
            month.date(),
            approved.get(month, 0),
            tuple(
                KindLine(kind, *(each.get(what, 0) for what in Corrected))
                for kind, each in sorted(months.get(month, {}).items())
            ),
        )
        for month in sorted({*approved, *months}, reverse=True)
    )


def _months_back(day: date, months: int) -> datetime:
    number = day.year * 12 + day.month - 1 - months
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=DENMARK)


def _below(field_name: str, paths: list[str]) -> Q:
    wanted = Q(pk__in=[])
    for path in paths:
        wanted |= Q(**{f"{field_name}__startswith": path})
    return wanted


def approvers(*, by: Actor, at: datetime) -> tuple[UnitApprovers, ...]:
    """How many approve in each part that the actor administers. Raises Hidden."""
    parts = [unit for unit in units(by=by, at=at) if not unit.national]
    rows = Organisation.objects.filter(key__in=[unit.key for unit in parts])
    own = {key: (path, said) for key, path, said in rows.values_list("key", "path", "approvers")}
    paths = {key: path for key, (path, _said) in own.items()}
    decided = {key: said for key, (_path, said) in own.items() if said}
    above = {key for path in paths.values() for key in path.strip("/").split("/")} - own.keys()
    if above:
        decided |= decided_in(above)
    return tuple(
        UnitApprovers(unit.key, unit.name, unit.depth, nearest(paths[unit.key], decided), unit.key in decided)
        for unit in parts
    )


def needs_two(case_id: int, *, by: Actor, at: datetime) -> bool:
    """Whether two must approve this case's redaction. Raises Hidden."""
    return two_approve(find_case(case_id, by=by, at=at))


__all__ = ["FEW", "KindLine", "MonthOfCorrections", "UnitApprovers", "approvers", "by_month", "needs_two"]
