"""The facts (oplysningerne) of a case as the national level may know them: months, codes and closed lists."""

import uuid
from collections.abc import Sequence
from datetime import date

from uth.law import message
from uth.law.taxonomy import taxonomy
from uth.law.terms import (
    ActualHarm,
    AuthorityKind,
    DateQuality,
    DutyCriterion,
    EventKind,
    PlaceKind,
    PossibleHarm,
    ReporterCategory,
    ReporterKind,
    RoleTowardsEvent,
    Sector,
    Severity,
    Term,
    TreatmentPhase,
)
from uth.records.cases import Case
from uth.records.routing import chart
from uth.records.sealing import keyed_hash


def facts_of(case: Case, *, on: date, codes: Sequence[str] | None = None) -> message.Facts:
    """The coded facts of a case, as they would leave that day. `codes`: its types, where they are read already."""
    report, place = case.report, case.report.place
    types = case.classifications.values_list("code", flat=True) if codes is None else codes
    medicines = report.medicines.exclude(atc="").values_list("atc", flat=True)
    return message.Facts(
        sector=Sector(report.sector),
        event=EventKind(report.event_kind),
        received_month=message.month(case.received_on),
        date_quality=DateQuality(report.event_date_quality),
        reporter_kind=ReporterKind(report.reporter_kind),
        actual_harm=ActualHarm(case.actual_harm),
        severity=Severity(case.severity),
        taxonomy_version=taxonomy(on).version,
        event_month=message.month(report.event_date) if report.event_date else None,
        region=(place.region or None) if place else _region(report.region),
        place_kind=PlaceKind(place.kind) if place else _maybe(PlaceKind, report.place_kind),
        reporter_category=_maybe(ReporterCategory, report.reporter_category),
        treatment_phase=_maybe(TreatmentPhase, report.treatment_phase),
        role_towards_event=_maybe(RoleTowardsEvent, report.role_towards_event),
        possible_harm=_maybe(PossibleHarm, case.possible_harm),
        criterion=_maybe(DutyCriterion, case.criterion),
        forwarded_in_time=on <= case.forward_by,
        classification=tuple(sorted(types)),
        atc_codes=tuple(sorted({code for each in medicines if (code := message.atc(each))})),
    )


def _region(key: str) -> str | None:
    """The code of a region; anything else that was sent to us as one could be a name, and stays here."""
    known = chart().authorities.get(key)
    return key if known and known.kind is AuthorityKind.REGION else None


def _maybe[T: Term](term: type[T], value: str) -> T | None:
    return term(value) if value else None


def national_ref(case: Case) -> uuid.UUID:
    """The case's name at the national level: the same if a restored case is forwarded anew, and it tells nothing."""
    return uuid.UUID(keyed_hash("national-ref", case.report.receipt_hash)[:32], version=4)


def sender_of(case: Case) -> str:
    """The key of the authority at the top of the subtree that holds the case: it is who sends."""
    return case.organisation.path.split("/")[1]
