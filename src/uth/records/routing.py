"""The routing map (fordelingskortet) drawn from rows: authorities, agreements and what the law asks of a place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from uth.law.clock import danish_day
from uth.law.routing import Agreement as AgreementFact
from uth.law.routing import Authority, Occurrence, PlaceFacts, Recipient, RoutingMap, map_day, route
from uth.law.routing import Tenure as TenureFact
from uth.law.terms import AuthorityKind, EventKind, PlaceKind, Sector
from uth.records.once import once
from uth.records.organisations import Agreement, Delegation, Finder, Installation, Organisation, Place, Tenure
from uth.records.reports import Report
from uth.records.stamped import stamped

MOST_PLACES = 5_000  # kept in memory


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an authority that looks at what happens in a place (delegeret enhedsansvar)."""

    id: int
    key: str
    name: str
    path: str
    since: date
    until: date | None

    def holds(self, on: date, authority: str) -> bool:
        """Whether it does so that day, and belongs to the lawful receiver."""
        in_time = self.since <= on and (self.until is None or on <= self.until)
        return in_time and self.key != authority and self.path.startswith(f"/{authority}/")


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place as intake needs it: its row's number, and what the law asks of it on any day."""

    id: int
    sector: Sector
    facts: PlaceFacts  # but for who runs it
    tenures: tuple[TenureFact, ...]
    delegations: tuple[Part, ...] = ()

    def on(self, day: date) -> PlaceFacts:
        """The place as it stood that day; without operator, supervisor and own reception where no tenure holds."""
        held = next((each for each in self.tenures if each.holds(day)), None)
        if held is None:
            return self.facts
        return replace(
            self.facts,
            operator=held.operator,
            supervisor=held.supervisor,
            receives_itself=held.receives_itself,
            unverified=held.unverified,
        )


@dataclass(frozen=True, slots=True)
class Told:
    """Where and how, as the reporter told it: places and authorities by their keys."""

    event: EventKind
    sector: Sector
    place: str = ""
    transported_by: str = ""
    region: str = ""
    municipality: str = ""
    kind: PlaceKind | None = None
    involved: tuple[str, ...] = ()


class Chart:
    """The map as it stood at one line of the site's audit."""

    def __init__(self) -> None:
        authorities = Organisation.objects.filter(parent=None).exclude(kind=AuthorityKind.NATIONAL)
        rows = list(authorities.select_related("successor", "lies_in"))
        self.ids = {row.key: (row.pk, row.name) for row in rows}
        self.authorities = {row.key: _authority(row) for row in rows}
        self.region_of = {row.key: row.lies_in.key for row in rows if row.lies_in}
        self.finders = [
            (row.organisation.key, row.since, row.until)
            for row in Finder.objects.select_related("organisation").order_by("since")
        ]
        done = Installation.objects.exclude(completed_at=None).select_related("organisation").first()
        self.home = done.organisation.path.split("/")[1] if done and done.organisation else ""
        agreements = Agreement.objects.select_related("from_authority", "to_authority")
        self.agreements = [_agreement(row) for row in agreements]
        self.places: dict[str, KnownPlace] = {}
        self.maps: dict[tuple[str, date], RoutingMap] = {}

    def map(self, fallback: str, *, on: date) -> RoutingMap:
        """The authorities through time and the agreements of that day; `fallback` receives what nobody can place."""
        if (fallback, on) not in self.maps:
            self.maps = {(fallback, on): self._map(fallback, on)}
        return self.maps[fallback, on]

    def _map(self, fallback: str, on: date) -> RoutingMap:
        standing = (a for a in self.agreements if a.since <= on and (a.until is None or a.until >= on))
        return RoutingMap(
            authorities=self.authorities,
            fallback=fallback,
            agreements=tuple(standing),
            region_of=self.region_of,
        )

    def finder(self, on: date) -> str:
        """Who was chosen to find the place when nobody knows it; else whose site this is; empty if neither is told."""
        chosen = [key for key, since, until in self.finders if since <= on and (until is None or on <= until)]
        site = settings.UTH_ORGANISATION if settings.UTH_ORGANISATION in self.authorities else self.home
        return chosen[-1] if chosen else site if site in self.authorities else ""

    def occurrence(self, told: Told, *, on: date) -> Occurrence:
        """What was told, as the law asks of it; the places as they stood on the map of that day."""
        place = self.place(told.place)
        others = [known for key in told.involved if (known := self.place(key))]
        return Occurrence(
            event=told.event,
            sector=told.sector,
            place=place.on(map_day(on)) if place else None,
            transported_by=told.transported_by or None,
            region=told.region or None,
            municipality=told.municipality or None,
            kind=told.kind,
            involved=tuple(known.on(map_day(on)) for known in others),
        )

    def part_of(self, place: str, authority: str, *, on: date) -> Part | None:
        """The part of the receiver that looks at what happens there that day."""
        known = self.place(place)
        parts = known.delegations if known else ()
        return next((part for part in parts if part.holds(on, authority)), None)

    def organisation(self, key: str) -> tuple[int, str]:
        """The number and name of a receiver; a site's own fallback may be a part and not an authority."""
        if key not in self.ids:
            row = Organisation.objects.get(key=key)
            return row.pk, row.name
        return self.ids[key]

    def place(self, key: str) -> KnownPlace | None:
        """The place with this key; those asked for are kept, up to a number."""
        if not key:
            return None
        if key not in self.places:
            row = Place.objects.filter(key=key).first()
            if row is None:
                return None
            if len(self.places) >= MOST_PLACES:
                self.places = {}
            self.places[key] = known_place(row)
        return self.places[key]


def chart() -> Chart:
    """Today's map: no authority or place changes without a line in the site's audit."""
    return stamped(Chart)


def _authority(row: Organisation) -> Authority:
    return Authority(
        key=row.key,
        name=row.name,
        kind=AuthorityKind(row.kind),
        since=row.since,
        until=row.until,
        successor=row.successor.key if row.successor else None,
    )


def _agreement(row: Agreement) -> AgreementFact:
    return AgreementFact(
        from_authority=row.from_authority.key,
        to_authority=row.to_authority.key,
        since=row.since,
        until=row.until,
        event=EventKind(row.event),
        name=row.name,
    )


def known_place(place: Place) -> KnownPlace:
    """What routing needs to know of a place, on any day."""
    facts = PlaceFacts(
        key=place.key,
        name=place.name,
        sector=Sector(place.sector),
        kind=PlaceKind(place.kind),
        region=place.region or None,
        municipality=place.municipality or None,
        ydernummer=bool(place.ydernummer),
    )
    rows = place.tenures.select_related("operator", "supervisor", "receives_itself").order_by("since")
    parts = place.delegations.select_related("organisation__successor").order_by("-since")
    return KnownPlace(
        place.pk,
        Sector(place.sector),
        facts,
        tuple(tenure_fact(row) for row in rows),
        tuple(part for row in parts for part in _parts(row)),
    )


def _parts(row: Delegation) -> Iterator[Part]:
    """The part, and whoever has taken its tasks over, each in its time."""
    part, since = row.organisation, row.since
    while True:
        until = min(row.until or date.max, part.until or date.max)
        yield Part(part.pk, part.key, part.name, part.path, since, None if until == date.max else until)
        last, heir = part.until, part.successor
        if last is None or heir is None:
            return
        part, since = heir, max(row.since, last + timedelta(days=1))


def counted_under(report: Report, known: Chart | None = None) -> Recipient | None:
    """Whose figures the report belongs to: the receiver of the day it happened, by the map of that day.

    None where nobody was chosen to find the place; who handles the report is asked with today (docs/adr/0008).
    """
    return receiver_on(report, report.event_date or danish_day(report.received_at), known)


def receiver_on(report: Report, on: date, known: Chart | None = None, **corrected: Any) -> Recipient | None:
    """Who receives what was told, by the rules and the map of that day. `known`: the map, if it is at hand.

    `corrected`: fields of Told that somebody knows better than the reporter.
    """
    known = known or chart()
    finder = known.finder(on) or known.finder(danish_day(report.received_at))
    if not finder:
        return None
    told = replace(_told(report), **corrected)
    return route(known.occurrence(told, on=on), on=on, map=known.map(finder, on=map_day(on)))


def involved_in(report: Report) -> tuple[str, ...]:
    """The other places that took part, by their keys."""
    rows = report.involved_places.exclude(place=None).values_list("place__key", flat=True)
    return once(lambda: tuple(rows), "involved", report.pk)


def _told(report: Report) -> Told:
    return Told(
        event=EventKind(report.event_kind),
        sector=Sector(report.sector),
        place=report.place.key if report.place else "",
        transported_by=report.transported_by.key if report.transported_by else "",
        region=report.region,
        municipality=report.municipality,
        kind=PlaceKind(report.place_kind) if report.place_kind else None,
        involved=involved_in(report) if report.event_kind == EventKind.TRANSITION else (),
    )


def tenure_fact(row: Tenure) -> TenureFact:
    """Whose a place is in one period, as the law asks of it."""
    return TenureFact(
        since=row.since,
        until=row.until,
        operator=row.operator.key if row.operator else None,
        supervisor=row.supervisor.key if row.supervisor else None,
        receives_itself=row.receives_itself.key if row.receives_itself else None,
        unverified=row.unverified,
    )
