"""Look-ups in the record (journalopslag): a case's list, and an authority's for a period, for the record system's audit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.confidentiality import visible
from uth.law.terms import Role, State, Visible
from uth.queries.access import CasePage, opened
from uth.queries.administration import administered
from uth.records import audit
from uth.records.lookups import LookupPermission, RecordLookup
from uth.records.organisations import Organisation
from uth.records.origin import own


@dataclass(frozen=True, slots=True)
class LookupLine:
    """One look-up under a permission."""

    looked_up_at: datetime
    system: str
    trace: str
    written_at: datetime
    who_wrote: str


@dataclass(frozen=True, slots=True)
class PermissionLine:
    """A permission and what was done under it; `necessity` is empty for those who see no words of the case."""

    id: int
    case: str
    person: str
    permitted_by: str
    permitted_on: date
    necessity: str
    lookups: tuple[LookupLine, ...]


def of_case(case_id: int, *, by: Actor, at: datetime) -> tuple[CasePage, tuple[PermissionLine, ...]]:
    """The case and its permissions, as the authority that holds it made them. Raises Hidden. The look is logged."""
    case, page = opened(case_id, by=by, at=at)
    if Visible.LOOKUPS not in page.sees:
        raise Hidden
    rows = _own(case.pk, case.organisation.path, on=danish_day(at))
    return page, _lines(rows, words=Visible.STORY in page.sees)


def permissions_for(page: CasePage, *, at: datetime) -> tuple[PermissionLine, ...]:
    """The permissions one may choose among, for whoever has opened this page; nothing for others."""
    if Visible.LOOKUPS not in page.sees:
        return ()
    holder = Organisation.objects.get(key=page.organisation_key)
    rows = _own(page.id, holder.path, on=danish_day(at))
    return _lines(rows, words=False)


def export_of_case(case_id: int, *, by: Actor, at: datetime) -> tuple[PermissionLine, ...]:
    """The same for a file, which leaves a line of its own. Raises Hidden."""
    page, lines = of_case(case_id, by=by, at=at)
    audit.append(page.organisation_key, "lookups.exported", at=at, actor=str(by), case=page.id)
    return lines


def export_of_period(since: date, until: date, *, by: Actor, at: datetime) -> tuple[PermissionLine, ...]:
    """Every permission given, or used, in these days in what the actor administers; without the words. Raises Hidden."""
    tops = _administered(by, at=at)
    within = Q()
    for top in tops:
        within |= Q(organisation__path__startswith=top)
    days = Q(permitted_on__range=(since, until))
    rows = [
        row
        for row in _rows().filter(within).filter(days | Q(lookups__isnull=False)).distinct()
        if since <= row.permitted_on <= until
        or any(since <= danish_day(look.looked_up_at) <= until for look in row.lookups.all())
    ]
    for chain in tops:
        audit.append(
            chain.strip("/").split("/")[-1],
            "lookups.exported",
            at=at,
            actor=str(by),
            detail={"since": since.isoformat(), "until": until.isoformat(), "count": len(rows)},
        )
    return _lines(rows, words=False)


def may_export(*, by: Actor, at: datetime) -> bool:
    """Whether the actor administers anything."""
    try:
        return bool(_administered(by, at=at))
    except Hidden:
        return False


def _administered(by: Actor, *, at: datetime) -> tuple[str, ...]:
    if not any(Visible.LOOKUPS in visible(Role.ADMIN, state) for state in State):
        raise Hidden
    if not (tops := administered(by=by, at=at)):
        raise Hidden
    return tops


def _own(case: int, holder: str, *, on: date) -> list[LookupPermission]:
    """What the authority that holds the case, or one it has taken over, permitted."""
    rows = _rows().filter(case=case).select_related("case", "organisation")
    return [row for row in rows if own(row.organisation.path, holder, on=on)]


def _rows() -> QuerySet[LookupPermission]:
    looks = Prefetch("lookups", RecordLookup.objects.select_related("by").order_by("looked_up_at", "pk"))
    return LookupPermission.objects.select_related("case").prefetch_related(looks).order_by("pk")


def _lines(rows: Iterable[LookupPermission], *, words: bool) -> tuple[PermissionLine, ...]:
    return tuple(
        PermissionLine(
            id=row.pk,
            case=row.case.number,
            person=row.person,
            permitted_by=row.permitted_by,
            permitted_on=row.permitted_on,
            necessity=row.necessity if words else "",
            lookups=tuple(
                LookupLine(x.looked_up_at, x.system, x.trace, x.at, x.by.name if x.by else "Systemet")
                for x in row.lookups.all()
            ),
        )
        for row in rows
    )
