"""The routing map (fordelingskortet) drawn from rows: authorities, agreements and what the law asks of a place."""

from dataclasses import dataclass, replace
from datetime import date

from uth.law.routing import Agreement as AgreementFact
from uth.law.routing import Authority, PlaceFacts, RoutingMap
from uth.law.routing import Tenure as TenureFact
from uth.law.terms import AuthorityKind, EventKind, PlaceKind, Sector
from uth.records import audit
from uth.records.organisations import Agreement, Organisation, Place, Tenure

MOST_PLACES = 5_000  # kept in memory


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place as intake needs it: its row's number, and what the law asks of it on any day."""

    id: int
    sector: Sector
    facts: PlaceFacts  # but for who runs it
    tenures: tuple[TenureFact, ...]

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


class Chart:
    """The map as it stood at one line of the site's audit."""

    def __init__(self, stamp: str) -> None:
        self.stamp = stamp
        authorities = Organisation.objects.filter(parent=None).exclude(kind=AuthorityKind.NATIONAL)
        rows = list(authorities.select_related("successor", "lies_in"))
        self.ids = {row.key: (row.pk, row.name) for row in rows}
        self.authorities = {row.key: _authority(row) for row in rows}
        self.region_of = {row.key: row.lies_in.key for row in rows if row.lies_in}
        regions = (row.key for row in rows if row.kind == AuthorityKind.REGION and row.until is None)
        self.first_region = min(regions, default=None)
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


_kept: list[Chart] = []


def chart() -> Chart:
    """Today's map. Drawn anew when the site's audit has grown: no authority or place changes without a line there."""
    stamp = audit.end_of(audit.SITE)
    if not _kept or _kept[0].stamp != stamp:
        _kept[:] = [Chart(stamp)]
    return _kept[0]


def forget_chart() -> None:
    """Draw it anew next time; for tests, whose transactions are rolled back."""
    _kept.clear()


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
    )
    rows = place.tenures.select_related("operator", "supervisor", "receives_itself").order_by("since")
    return KnownPlace(place.pk, Sector(place.sector), facts, tuple(_tenure(row) for row in rows))


def _tenure(row: Tenure) -> TenureFact:
    return TenureFact(
        since=row.since,
        until=row.until,
        operator=row.operator.key if row.operator else None,
        supervisor=row.supervisor.key if row.supervisor else None,
        receives_itself=row.receives_itself.key if row.receives_itself else None,
        unverified=row.unverified,
    )
