"""A merger's report (sammenlægningens rapport): what moves, what follows by itself, what stays, and what is left to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from uth.law.procedure import OPEN
from uth.law.terms import State
from uth.records.cases import Case, CaseStep
from uth.records.models import CollectiveReport
from uth.records.national.models import Sender
from uth.records.organisations import Agreement, Cluster, Organisation
from uth.records.people import Invitation, Membership, current


@dataclass(frozen=True, slots=True)
class Moved:
    """An organisation whose tasks go over, and what lies there."""

    was: str
    becomes: str
    open_cases: Mapping[State, int]
    collective: int
    boards: int
    closed_cases: int


@dataclass(frozen=True, slots=True)
class MergerReport:
    """The whole of it, as the command line prints it. `number`: of the run; None where it was only rehearsed."""

    number: int | None
    to: str
    to_key: str
    first_day: date
    created: bool
    moved: tuple[Moved, ...]
    people: int
    invitations: int
    agreements: int
    clusters: int
    kommuner: int
    earliest_deadline: date | None
    latest_deadline: date | None
    received: Mapping[tuple[int, str], int]
    contact_missing: bool
    sender_missing: bool | None  # None: the senders are kept by another installation

    @property
    def open_cases(self) -> int:
        """How many cases move in all."""
        return sum(sum(each.open_cases.values()) for each in self.moved)


def survey(
    to: Organisation,
    heir_of: Mapping[int, Organisation],
    *,
    on: date,
    number: int | None,
    created: bool,
    first: date,
) -> MergerReport:
    """Count it, before anything has moved. `heir_of`: each organisation's number → who takes its tasks over."""
    rows = {row.pk: row for row in Organisation.objects.filter(pk__in=heir_of).order_by("path")}
    tops = [row for row in rows.values() if row.parent_id is None]
    open_ones = Case.objects.filter(organisation__in=rows, state__in=OPEN)
    ends = open_ones.aggregate(Min("forward_by"), Max("forward_by"))
    sides = Q(from_authority__in=tops) | Q(to_authority__in=tops)
    people = Membership.objects.filter(current(on), organisation__in=rows, user__is_active=True)
    return MergerReport(
        number=number,
        to=to.name,
        to_key=to.key,
        first_day=first,
        created=created,
        moved=tuple(_moved(row, heir_of[row.pk]) for row in rows.values()),
        people=people.values("user").distinct().count(),
        invitations=Invitation.objects.filter(organisation__in=rows, used_at=None).count(),
        agreements=Agreement.objects.filter(sides & (Q(until=None) | Q(until__gte=first))).count(),
        clusters=Cluster.objects.filter(region__in=tops).count(),
        kommuner=Organisation.objects.filter(lies_in__in=tops, parent=None).count(),
        earliest_deadline=ends["forward_by__min"],
        latest_deadline=ends["forward_by__max"],
        received=received(),
        contact_missing=not to.contact_mail,
        sender_missing=None if settings.UTH_SITE == "local" else not _is_sender(to.key),
    )


def received() -> dict[tuple[int, str], int]:
    """The figures of the old map: how many cases each authority received in each year, whoever holds them now."""
    steps = CaseStep.objects.filter(case=OuterRef("pk")).order_by("pk")
    holder = Coalesce(Subquery(steps.values("from_organisation__path")[:1]), F("organisation__path"))
    rows = Case.objects.order_by().annotate(holder=holder).values_list("received_on__year", "holder")
    names = dict(Organisation.objects.filter(parent=None).values_list("key", "name"))
    found: dict[tuple[int, str], int] = {}
    for year, path, count in rows.annotate(Count("pk")):
        key = (year, names[path.split("/")[1]])
        found[key] = found.get(key, 0) + count
    return dict(sorted(found.items()))


def _moved(row: Organisation, heir: Organisation) -> Moved:
    held = Case.objects.filter(organisation=row).order_by()
    counts = dict(held.values_list("state").annotate(Count("pk")))
    return Moved(
        was=row.name,
        becomes=heir.name,
        open_cases={state: counts[state] for state in State if state in OPEN and state in counts},
        collective=CollectiveReport.objects.filter(organisation=row, forwarded_at=None).count(),
        boards=row.boards.filter(closed_on=None).count(),
        closed_cases=sum(n for state, n in counts.items() if state not in OPEN),
    )


def _is_sender(key: str) -> bool:
    return Sender.objects.filter(key=key, keys__until=None, keys__isnull=False).exists()
