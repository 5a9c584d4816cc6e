"""The national list and report (det nationale overblik): facts and clean text, for those who sit nationally."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.terms import RejectionReason, Role, Section
from uth.law.text import tidy
from uth.records import audit
from uth.records.national.models import (
    NationalAuditHead,
    NationalAuditLine,
    NationalDuplicate,
    NationalRejection,
    NationalReport,
    Sender,
)
from uth.records.people import holds

PAGE = 50


@dataclass(frozen=True, slots=True)
class NationalLine:
    """A report in the national list. `reports`: how many tell of the event; it is one event all the same."""

    id: int
    headline: str
    received_at: datetime
    event_month: str
    sector: str
    severity: str
    sender: str
    reports: int


@dataclass(frozen=True, slots=True)
class NationalList:
    """One page of the national list. `after`: key of the next page, or empty."""

    lines: tuple[NationalLine, ...]
    after: str


@dataclass(frozen=True, slots=True)
class NationalPage:
    """A national report: its facts by name, its texts by section, its codes."""

    id: int
    received_at: datetime
    sender: str
    facts: dict[str, str]
    codes: tuple[str, ...]
    atc_codes: tuple[str, ...]
    reports: int
    texts: dict[Section, str]


FACTS = [
    "sector",
    "place_kind",
    "region",
    "event",
    "treatment_phase",
    "event_month",
    "date_quality",
    "received_month",
    "reporter_kind",
    "reporter_category",
    "role_towards_event",
    "actual_harm",
    "possible_harm",
    "severity",
    "criterion",
]


def reports(*, by: Actor, at: datetime, after: str = "", search: str = "") -> NationalList:
    """Newest first. Raises Hidden for anyone without the national role."""
    admit(by, at=at)
    found = NationalReport.objects.select_related("sender").order_by("-received_at", "-pk")
    for word in tidy(search).split()[:8]:
        found = found.filter(
            Q(headline__icontains=word)
            | Q(story__icontains=word)
            | Q(learning__icontains=word)
            | Q(conclusion__icontains=word)
        )
    if after.isascii() and after.isdecimal() and len(after) < 16:
        last = NationalReport.objects.filter(pk=after).first()
        if last is not None:
            found = found.filter(
                Q(received_at__lt=last.received_at) | Q(received_at=last.received_at, pk__lt=last.pk)
            )
    rows = list(found[: PAGE + 1])
    more = further_reports([r.case_ref for r in rows[:PAGE]])
    lines = tuple(
        NationalLine(
            id=r.pk,
            headline=r.headline,
            received_at=r.received_at,
            event_month=r.event_month,
            sector=r.sector,
            severity=r.severity,
            sender=r.sender.name,
            reports=1 + more.get(r.case_ref, 0),
        )
        for r in rows[:PAGE]
    )
    log("national.listed", by, at)
    return NationalList(lines, str(rows[PAGE - 1].pk) if len(rows) > PAGE else "")


def report(report_id: int, *, by: Actor, at: datetime) -> NationalPage:
    """One report. Raises Hidden."""
    admit(by, at=at)
    row = readable().filter(pk=report_id).first()
    if row is None:
        raise Hidden
    log("national.read", by, at, report=report_id)
    return page_of(row, further_reports([row.case_ref]))


def readable() -> QuerySet[NationalReport]:
    """Every report with what a page of it shows."""
    region = Sender.objects.filter(key=OuterRef("region")).values("name")
    found = NationalReport.objects.select_related("sender").prefetch_related("codes")
    return found.annotate(region_name=Subquery(region))


def page_of(row: NationalReport, further: Mapping[UUID, int]) -> NationalPage:
    """The row as it is read; `region_name` was asked for with it."""
    region = getattr(row, "region_name", "")
    return NationalPage(
        id=row.pk,
        received_at=row.received_at,
        sender=row.sender.name,
        facts={name: getattr(row, name) for name in FACTS if getattr(row, name)}
        | ({"region": region} if region else {}),
        codes=tuple(sorted(each.code for each in row.codes.all())),
        atc_codes=tuple(row.atc_codes),
        reports=1 + further.get(row.case_ref, 0),
        texts={s: getattr(row, s.value) for s in Section if getattr(row, s.value)},
    )


def further_reports(events: Sequence[UUID]) -> dict[UUID, int]:
    """How many reports were joined to each of these events and still are."""
    joined = NationalDuplicate.objects.filter(event_ref__in=events, stands=True)
    return dict(joined.order_by().values_list("event_ref").annotate(Count("pk")))


@dataclass(frozen=True, slots=True)
class Rejections:
    """Rejected reports of one year of reception, counted by reason; there is no text to read."""

    year: str
    counts: dict[RejectionReason, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def rejections(*, by: Actor, at: datetime) -> tuple[Rejections, ...]:
    """Newest year first. Raises Hidden for anyone without the national role."""
    admit(by, at=at)
    found: dict[str, dict[RejectionReason, int]] = {}
    standing = NationalRejection.objects.filter(stands=True).order_by()
    for year, reason, count in (
        standing.annotate(year=Substr("received_month", 1, 4))
        .values_list("year", "reason")
        .annotate(Count("pk"))
    ):
        found.setdefault(year, dict.fromkeys(RejectionReason, 0))[RejectionReason(reason)] = count
    log("national.rejections", by, at)
    return tuple(Rejections(year, counts) for year, counts in sorted(found.items(), reverse=True))


def admit(by: Actor, *, at: datetime) -> None:
    """Raises Hidden for anyone without the national role."""
    if not holds(by.user_id, Role.NATIONAL, on=danish_day(at)):
        raise Hidden


def log(word: str, by: Actor, at: datetime, **detail: int | str) -> None:
    """A line in the national building's audit: who looked at what."""
    audit.append(
        "national",
        word,
        at=at,
        actor=str(by),
        detail=dict(detail),
        lines=NationalAuditLine,
        heads=NationalAuditHead,
    )
