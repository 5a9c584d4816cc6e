"""National figures (nationale tal): collective reports summed by their counts, single reports beside them, never added up."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Sum

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.tally import months_back
from uth.law.terms import Role, Sector, TallyArea
from uth.records import audit
from uth.records.national.models import (
    NationalAuditHead,
    NationalAuditLine,
    NationalCollective,
    NationalReport,
)
from uth.records.people import holds

MONTHS = 13
COMMENTS = 50


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that came with a count, approved for leaving."""

    area: TallyArea
    month: str
    sector: Sector
    text: str


@dataclass(frozen=True, slots=True)
class NationalCounts:
    """By month: counts by area and by sector; and the single reports, by the month they were received in."""

    months: tuple[str, ...]
    areas: tuple[tuple[TallyArea, tuple[int, ...]], ...]
    sectors: tuple[tuple[Sector, tuple[int, ...]], ...]
    single: tuple[int, ...]
    comments: tuple[Comment, ...]


def counts(*, by: Actor, at: datetime) -> NationalCounts:
    """The last thirteen months. Raises Hidden for anyone without the national role."""
    day = danish_day(at)
    if not holds(by.user_id, Role.NATIONAL, on=day):
        raise Hidden
    months = months_back(day, MONTHS)
    rows = NationalCollective.objects.filter(month__in=months).order_by()
    singles = NationalReport.objects.filter(received_month__in=months).order_by()
    single = dict(singles.values_list("received_month").annotate(n=Count("pk")))
    audit.append(
        "national",
        "national.counts_read",
        at=at,
        actor=str(by),
        lines=NationalAuditLine,
        heads=NationalAuditHead,
    )
    worded = NationalCollective.objects.exclude(comment="")[:COMMENTS]
    return NationalCounts(
        months=months,
        areas=_summed(rows, "area", TallyArea, months),
        sectors=_summed(rows, "sector", Sector, months),
        single=tuple(single.get(month, 0) for month in months),
        comments=tuple(Comment(TallyArea(r.area), r.month, Sector(r.sector), r.comment) for r in worded),
    )


def _summed[T: (TallyArea, Sector)](
    rows: QuerySet[NationalCollective], field: str, terms: type[T], months: tuple[str, ...]
) -> tuple[tuple[T, tuple[int, ...]], ...]:
    sums = {(m, f): n for m, f, n in rows.values_list("month", field).annotate(n=Sum("count"))}
    known = {f for _, f in sums}
    return tuple(
        (term, tuple(sums.get((m, term.value), 0) for m in months)) for term in terms if term.value in known
    )
