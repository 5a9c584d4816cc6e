"""Approvers (godkendere): whether a case's redaction must be read and approved by two people."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from uth.law.terms import Approvers
from uth.records.cases import Case
from uth.records.organisations import Organisation
from uth.records.redactions import Redaction

# Where a place has so few cases a year, those who work there may know the event, and the patient, by it alone.
FEW = 5
YEAR = timedelta(days=365)


def approvers_of(organisation: Organisation) -> Approvers:
    """What the organisation has decided, or the nearest one above it; one, where nobody has."""
    if organisation.approvers:
        return Approvers(organisation.approvers)
    above = organisation.path.strip("/").split("/")[:-1]
    return nearest(organisation.path, decided_in(above)) if above else Approvers.ONE


def decided_in(keys: Iterable[str]) -> dict[str, str]:
    """What these organisations have decided themselves, by key."""
    rows = Organisation.objects.filter(key__in=list(keys)).exclude(approvers="")
    return dict(rows.values_list("key", "approvers"))


def nearest(path: str, decided: Mapping[str, str]) -> Approvers:
    """What holds for the organisation with this path."""
    keys = path.strip("/").split("/")
    return next((Approvers(decided[key]) for key in reversed(keys) if key in decided), Approvers.ONE)


def two_approve(case: Case) -> bool:
    """Whether two must approve this case's redaction. A place that is only told of in words counts as a small one."""
    decided = approvers_of(case.organisation)
    if decided is not Approvers.TWO_WHEN_FEW:
        return decided is Approvers.TWO
    place = case.report.place_id
    since = case.received_on - YEAR
    same = Case.objects.filter(report__place=place, received_on__range=(since, case.received_on))
    return place is None or same[:FEW].count() < FEW


def first_approver(case: Case) -> int | None:
    """Who has approved the redaction as it stands, as the first of two."""
    rows = list(Redaction.objects.filter(case=case).values_list("first_by", flat=True))
    return rows[0] if rows and len(set(rows)) == 1 else None
