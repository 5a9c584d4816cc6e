"""The routing map (fordelingskortet): who exists, who runs which place, and what was agreed, each in its time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from uth.law.terms import AuthorityKind, EventKind, PlaceKind, Sector


@dataclass(frozen=True, slots=True)
class Authority:
    """One who may lawfully receive (modtager). `until` is its last day; `successor` takes over from the next."""

    key: str
    name: str
    kind: AuthorityKind
    since: date
    until: date | None = None
    successor: str | None = None

    def in_force(self, on: date) -> bool:
        """Whether it exists that day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What routing asks of a place (hændelsessted), as it stood that day; all references are authority keys."""

    key: str
    name: str
    sector: Sector
    kind: PlaceKind
    region: str | None = None
    municipality: str | None = None
    operator: str | None = None
    supervisor: str | None = None
    receives_itself: str | None = None  # a private hospital or hospice registered as such in SOR
    ydernummer: bool = False  # has a number with the regions' agreement, so it is practice
    unverified: bool = False  # nobody has confirmed who ran it that day


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who ran, supervised or received for a place in one period (driftsansvar); `until` is its last day."""

    since: date
    until: date | None = None
    operator: str | None = None
    supervisor: str | None = None
    receives_itself: str | None = None
    unverified: bool = False

    def holds(self, on: date) -> bool:
        """Whether it speaks of that day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What the reporter could say; `region`, `municipality` and `kind` are of the place, when it is on no list.

    `involved`: the other places of a transition, as far as they are known.
    """

    event: EventKind
    sector: Sector = Sector.UNKNOWN
    place: PlaceFacts | None = None
    transported_by: str | None = None
    region: str | None = None
    municipality: str | None = None
    kind: PlaceKind | None = None
    involved: tuple[PlaceFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """A health agreement (sundhedsaftale) that sends a transition event elsewhere; `until` is its last day."""

    from_authority: str
    to_authority: str
    since: date
    until: date | None = None
    event: EventKind = EventKind.TRANSITION
    name: str = "sundhedsaftalen"

    def holds(self, event: EventKind, on: date) -> bool:
        """Whether it speaks of this kind of event that day."""
        return event is self.event and self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class RoutingMap:
    """Who exists (landkortet): authorities through time, agreements, and who finds the place when nobody knows."""

    authorities: Mapping[str, Authority]
    fallback: str
    agreements: tuple[Agreement, ...] = ()
    region_of: Mapping[str, str] = field(default_factory=dict)  # a kommune's key → its region's key

    def __post_init__(self) -> None:
        named = {self.fallback} | {each.successor for each in self.authorities.values() if each.successor}
        if missing := named - set(self.authorities):
            raise ValueError(f"the map names authorities it does not hold: {sorted(missing)}")
        for key in self.authorities:
            self._line_of(key)

    def successor_on(self, key: str, day: date) -> Authority:
        """The authority itself, or the one that has taken its tasks over by that day."""
        for heir in self._line_of(key):
            if heir.until is None or day <= heir.until or heir.successor is None:
                return heir
        raise AssertionError("the last of a line has no successor")

    def named(self, key: str | None, day: date) -> Authority | None:
        """The authority of that key or its successor, if the map holds one that exists that day."""
        if key is None or key not in self.authorities:
            return None
        heir = self.successor_on(key, day)
        return heir if heir.in_force(day) else None

    def _line_of(self, key: str) -> list[Authority]:
        line = [self.authorities[key]]
        while (heir := line[-1].successor) is not None:
            if heir in {each.key for each in line}:
                raise ValueError(f"{heir} succeeds itself")
            line.append(self.authorities[heir])
        return line
