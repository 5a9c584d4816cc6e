"""The made-up map and places that the routing tests stand on (kortet)."""

from datetime import date
from typing import Any

from uth.law.routing import (
    Authority,
    Occurrence,
    PlaceFacts,
    Recipient,
    RoutingMap,
    route,
)
from uth.law.terms import AuthorityKind, EventKind, PlaceKind, Sector

REGION, KOMMUNE, PRIVATE = AuthorityKind.REGION, AuthorityKind.MUNICIPALITY, AuthorityKind.PRIVATE_HOSPITAL
START, LAST = date(2007, 1, 1), date(2026, 12, 31)
BEFORE, AFTER = date(2026, 11, 20), date(2027, 1, 1)

AUTHORITIES = {
    each.key: each
    for each in (
        Authority("hovedstaden", "Region Hovedstaden", REGION, START, LAST, "oestdanmark"),
        Authority("sjaelland", "Region Sjælland", REGION, START, LAST, "oestdanmark"),
        Authority("oestdanmark", "Region Østdanmark", REGION, AFTER),
        Authority("midtjylland", "Region Midtjylland", REGION, START),
        Authority("gentofte", "Gentofte Kommune", KOMMUNE, START),
        Authority("aarhus", "Aarhus Kommune", KOMMUNE, START),
        Authority("egelund", "Egelund Privathospital (opdigtet)", PRIVATE, date(2015, 3, 1)),
    )
}
MAP = RoutingMap(AUTHORITIES, "midtjylland", region_of={"gentofte": "hovedstaden", "aarhus": "midtjylland"})


def place(sector: Sector, kind: PlaceKind = PlaceKind.OTHER, **known: Any) -> PlaceFacts:
    return PlaceFacts("p", "Et sted (opdigtet)", sector, kind, **known)


def sent(
    event: EventKind = EventKind.TREATMENT, on: date = BEFORE, map: RoutingMap = MAP, **known: Any
) -> Recipient:
    return route(Occurrence(event, **known), on=on, map=map)


def at(
    where: PlaceFacts, event: EventKind = EventKind.TREATMENT, on: date = BEFORE, **known: Any
) -> Recipient:
    return sent(event, on=on, place=where, **known)


CLINIC = place(Sector.PRACTICE, PlaceKind.SPECIALIST_CLINIC, region="hovedstaden", municipality="gentofte")
CARE_HOME = place(Sector.MUNICIPAL, PlaceKind.CARE_HOME, region="hovedstaden", municipality="gentofte")
HOSPITAL = place(Sector.HOSPITAL, PlaceKind.WARD, region="sjaelland", operator="hovedstaden")
PRIVATE_HOSPITAL = place(
    Sector.PRIVATE_HOSPITAL, PlaceKind.PRIVATE_HOSPITAL, region="midtjylland", receives_itself="egelund"
)
