"""The routing map (fordelingskortet) drawn from rows: authorities, agreements and what the law asks of a place."""

from datetime import date

from uth.law.routing import Agreement as AgreementFact
from uth.law.routing import Authority, PlaceFacts, RoutingMap
from uth.law.terms import AuthorityKind, EventKind, PlaceKind, Sector
from uth.records.organisations import Agreement, Organisation, Place
from uth.records.people import current


def routing_map(fallback: str, *, on: date) -> RoutingMap:
    """The authorities through time and the agreements of that day; `fallback` receives what nobody can place."""
    authorities = Organisation.objects.filter(parent=None).exclude(kind=AuthorityKind.NATIONAL)
    rows = list(authorities.select_related("successor", "lies_in"))
    return RoutingMap(
        authorities={row.key: _authority(row) for row in rows},
        fallback=fallback,
        agreements=tuple(
            AgreementFact(
                from_authority=a.from_authority.key,
                to_authority=a.to_authority.key,
                since=a.since,
                until=a.until,
                event=EventKind(a.event),
                name=a.name,
            )
            for a in Agreement.objects.filter(current(on)).select_related("from_authority", "to_authority")
        ),
        region_of={row.key: row.lies_in.key for row in rows if row.lies_in},
    )


def _authority(row: Organisation) -> Authority:
    return Authority(
        key=row.key,
        name=row.name,
        kind=AuthorityKind(row.kind),
        since=row.since,
        until=row.until,
        successor=row.successor.key if row.successor else None,
    )


def place_facts(place: Place) -> PlaceFacts:
    """What routing needs to know of a place."""
    return PlaceFacts(
        key=place.key,
        name=place.name,
        sector=Sector(place.sector),
        kind=PlaceKind(place.kind),
        region=place.region or None,
        municipality=place.municipality or None,
        operator=place.operator.key if place.operator else None,
        supervisor=place.supervisor.key if place.supervisor else None,
        receives_itself=place.receives_itself.key if place.receives_itself else None,
    )
