"""The national list and report (det nationale overblik): facts and clean text, for those who sit nationally."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.terms import Role, Section
from uth.law.text import tidy
from uth.records import audit
from uth.records.national.models import NationalAuditHead, NationalAuditLine, NationalReport, Sender
from uth.records.people import memberships_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class NationalLine:
    """A report in the national list."""

    id: int
    headline: str
    received_at: datetime
    event_month: str
    sector: str
    severity: str
    sender: str


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
    texts: dict[Section, str]


FACTS = [
    "sector",
    "place_kind",
    "region",
    "event",
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
    _admit(by, at=at)
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
    lines = tuple(
        NationalLine(r.pk, r.headline, r.received_at, r.event_month, r.sector, r.severity, r.sender.name)
        for r in rows[:PAGE]
    )
    _log("national.listed", by, at)
    return NationalList(lines, str(rows[PAGE - 1].pk) if len(rows) > PAGE else "")


def report(report_id: int, *, by: Actor, at: datetime) -> NationalPage:
    """One report. Raises Hidden."""
    _admit(by, at=at)
    region = Sender.objects.filter(key=OuterRef("region")).values("name")
    found = NationalReport.objects.select_related("sender").annotate(region_name=Subquery(region))
    row = found.filter(pk=report_id).first()
    if row is None:
        raise Hidden
    _log("national.read", by, at, report=report_id)
    return NationalPage(
        id=row.pk,
        received_at=row.received_at,
        sender=row.sender.name,
        facts={name: getattr(row, name) for name in FACTS if getattr(row, name)}
        | ({"region": row.region_name} if row.region_name else {}),
        codes=tuple(row.codes.order_by("code").values_list("code", flat=True)),
        atc_codes=tuple(row.atc_codes),
        texts={s: getattr(row, s.value) for s in Section if getattr(row, s.value)},
    )


def _admit(by: Actor, *, at: datetime) -> None:
    if (
        by.user_id is None
        or not memberships_of(by.user_id, on=danish_day(at)).filter(role=Role.NATIONAL).exists()
    ):
        raise Hidden


def _log(word: str, by: Actor, at: datetime, **detail: int) -> None:
    audit.append(
        "national",
        word,
        at=at,
        actor=str(by),
        detail=dict(detail),
        lines=NationalAuditLine,
        heads=NationalAuditHead,
    )
