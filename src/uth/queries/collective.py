"""Collective reports (samlerapporter) at the desk that receives them: lists, one of them, and figures that sum counts."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from uth.deid.engine import find
from uth.deid.leaks import leaks
from uth.deid.replace import replace
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day, days_left
from uth.law.message import month as month_of
from uth.law.procedure import DESK, HANDLERS
from uth.law.tally import SMALL, months_back
from uth.law.terms import CollectiveState, Sector, TallyArea
from uth.records import audit
from uth.records.cases import Case
from uth.records.organisations import Organisation
from uth.records.reach import held_by, roles_of
from uth.records.tallies import CollectiveReport, region_of

PAGE = 100
MONTHS = 13


@dataclass(frozen=True, slots=True)
class CollectiveLine:
    """A collective report in a list."""

    id: int
    name: str
    area: TallyArea
    month: str
    addition: int
    count: int
    board: str
    state: CollectiveState
    forward_by: date
    days_left: int
    has_words: bool


@dataclass(frozen=True, slots=True)
class CollectiveList:
    """The open ones by deadline, or the newest forwarded. `wordless`: how many of the open ones are counts alone."""

    lines: tuple[CollectiveLine, ...]
    open: int
    wordless: int
    may_handle: bool


@dataclass(frozen=True, slots=True)
class CollectivePage:
    """One report, with the comment the machine proposes and what a second look finds in it."""

    id: int
    name: str
    version: int
    state: CollectiveState
    area: TallyArea
    month: str
    addition: int
    count: int
    board: str
    organisation: str
    sector: Sector
    region: str
    submitted_at: datetime
    confirmed_by: str
    received_on: date
    forward_by: date
    routed_paragraph: str
    routed_explanation: str
    learning: str
    proposed: str
    comment: str
    is_small: bool
    may_handle: bool
    forwarded_at: datetime | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts by month: collective reports summed by area, and single reports apart from them."""

    months: tuple[str, ...]
    areas: tuple[tuple[TallyArea, tuple[int, ...]], ...]
    single: tuple[int, ...]


def reports(*, by: Actor, at: datetime, forwarded: bool = False) -> CollectiveList:
    """What the actor's organisations have received."""
    held = held_by(by, at=at)
    mine = CollectiveReport.objects.filter(organisation__in=Organisation.below(held.paths(DESK)))
    handled = CollectiveReport.objects.filter(organisation__in=Organisation.below(held.paths(HANDLERS)))
    is_open = mine.exclude(state=CollectiveState.FORWARDED)
    rows = (
        mine.filter(state=CollectiveState.FORWARDED).order_by("-forwarded_at", "-pk")
        if forwarded
        else is_open.order_by("forward_by", "pk")
    )
    today = danish_day(at)
    return CollectiveList(
        lines=tuple(_line(row, today) for row in rows.select_related("board")[:PAGE]),
        open=is_open.count(),
        wordless=handled.filter(state=CollectiveState.SUBMITTED, learning="", comment="").count(),
        may_handle=bool(held.paths(HANDLERS)),
    )


def _line(row: CollectiveReport, today: date) -> CollectiveLine:
    return CollectiveLine(
        id=row.pk,
        name=row.name,
        area=TallyArea(row.area),
        month=row.month,
        addition=row.addition,
        count=row.count,
        board=row.board.name,
        state=CollectiveState(row.state),
        forward_by=row.forward_by,
        days_left=days_left(row.forward_by, today),
        has_words=bool(row.learning or row.comment),
    )


def report(report_id: int, *, by: Actor, at: datetime) -> CollectivePage:
    """One of them. Raises Hidden. Leaves a line `collective.read`."""
    rows = CollectiveReport.objects.select_related(
        "organisation", "board__place", "board__organisation", "confirmed_by"
    )
    row = rows.filter(pk=report_id).first()
    roles = roles_of(by, row.organisation, at=at) if row else frozenset()
    if row is None or not roles & DESK:
        raise Hidden
    audit.append(row.organisation.key, "collective.read", at=at, actor=str(by), detail={"report": row.pk})
    return CollectivePage(
        id=row.pk,
        name=row.name,
        version=row.version,
        state=CollectiveState(row.state),
        area=TallyArea(row.area),
        month=row.month,
        addition=row.addition,
        count=row.count,
        board=row.board.name,
        organisation=row.organisation.name,
        sector=Sector(row.board.sector),
        region=_region(row),
        submitted_at=row.submitted_at,
        confirmed_by=row.confirmed_by.name if row.confirmed_by else "",
        received_on=row.received_on,
        forward_by=row.forward_by,
        routed_paragraph=row.routed_paragraph,
        routed_explanation=row.routed_explanation,
        learning=row.learning,
        proposed=row.comment or replace(row.learning, find(row.learning)),
        comment=row.comment,
        is_small=abs(row.count) < SMALL,
        may_handle=bool(roles & HANDLERS),
        forwarded_at=row.forwarded_at,
        delivered_at=row.delivered_at,
    )


def _region(row: CollectiveReport) -> str:
    return Organisation.objects.filter(key=region_of(row.board)).values_list("name", flat=True).first() or ""


def doubts(text: str) -> tuple[str, ...]:
    """What a second look at a comment finds; a person decides on each."""
    return tuple(dict.fromkeys(span.text for span in leaks(text)))


def figures(*, by: Actor, at: datetime) -> Figures:
    """The authority's own months: counts of collective reports, and single reports beside them, never added up."""
    below = Organisation.below(held_by(by, at=at).paths(DESK))
    months = months_back(danish_day(at), MONTHS)
    told = CollectiveReport.objects.filter(organisation__in=below, month__in=months).order_by()
    sums = {(m, a): n for m, a, n in told.values_list("month", "area").annotate(n=Sum("count"))}
    cases = Case.objects.filter(organisation__in=below).order_by()
    by_month = cases.annotate(m=TruncMonth("received_on")).values_list("m").annotate(n=Count("pk"))
    single = {month_of(day): n for day, n in by_month}
    return Figures(
        months=months,
        areas=tuple(
            (area, tuple(sums.get((m, area.value), 0) for m in months))
            for area in TallyArea
            if any(a == area.value for _, a in sums)
        ),
        single=tuple(single.get(m, 0) for m in months),
    )
