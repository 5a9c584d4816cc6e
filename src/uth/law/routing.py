"""Routing (hvem modtager rapporten): place, event and day in; the recipient and the paragraph that says so out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from uth.law.rulebook import find, periods
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
    """What the reporter could say; `region` and `municipality` are where it happened, when the place is unknown."""

    event: EventKind
    sector: Sector = Sector.UNKNOWN
    place: PlaceFacts | None = None
    transported_by: str | None = None
    region: str | None = None
    municipality: str | None = None


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


@dataclass(frozen=True, slots=True)
class Recipient:
    """The answer: who receives, the rule's label, the paragraph, and a sentence the reporter can read."""

    authority: str
    rule: str
    paragraph: str
    explanation: str
    unverified: bool = False  # no text on hand confirms that the paragraph held that day


@dataclass(frozen=True, slots=True)
class _Where:
    """An occurrence with its blanks filled in from the map, so that the table below reads as the law does."""

    what: Occurrence
    sector: Sector
    region: Authority | None
    municipality: Authority | None
    itself: Authority | None
    operator: Authority | None
    supervisor: Authority | None
    transporter: Authority | None

    @property
    def at_dispatch_centre(self) -> bool:
        place = self.what.place
        at_centre = place is not None and place.kind is PlaceKind.DISPATCH_CENTRE
        return self.what.event is EventKind.DISPATCH or (
            at_centre and self.what.event is not EventKind.TRANSPORT
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """One sentence of § 4: when it applies, whom it names, and how that is said to the reporter."""

    rule: str
    paragraph: str
    applies: Callable[[_Where], bool]
    to: Callable[[_Where], Authority | None]
    says: str


PUBLIC = frozenset({AuthorityKind.REGION, AuthorityKind.MUNICIPALITY})
IN_REGION = frozenset({Sector.PRACTICE, Sector.PHARMACY, Sector.PREHOSPITAL})

# The first row that applies and names somebody decides; the particular stands before the general.
TABLE: tuple[_Row, ...] = (
    _Row(
        "R13",
        "§ 4, stk. 2, 1. pkt.",
        lambda at: at.sector is Sector.PREHOSPITAL and not at.at_dispatch_centre,
        lambda at: at.transporter,
        "Hændelsen skete i den præhospitale indsats. Rapporten går til {name}, som stod for transporten.",
    ),
    _Row(
        "R13",
        "§ 4, stk. 2, 2. pkt.",
        lambda at: at.at_dispatch_centre,
        lambda at: at.region,
        "Hændelsen skete på en vagtcentral. Rapporten går til {name}, hvor vagtcentralen ligger.",
    ),
    _Row(
        "R14",
        "§ 4, stk. 3",
        lambda at: at.sector is not Sector.PREHOSPITAL,
        lambda at: at.itself,
        "Private hospitaler og hospicer modtager selv rapporter om hændelser hos dem. Rapporten går til {name}.",
    ),
    _Row(
        "R16",
        "§ 4, stk. 5",
        lambda at: at.sector is not Sector.PREHOSPITAL,
        lambda at: at.operator,
        "Rapporten går til {name}, som driver stedet.",
    ),
    _Row(
        "R12",
        "§ 4, stk. 1",
        lambda at: at.what.event is EventKind.TRANSPORT,
        lambda at: at.region,
        "Vi ved ikke, hvem der stod for transporten. Rapporten går til {name}, hvor hændelsen skete.",
    ),
    _Row(
        "R12",
        "§ 4, stk. 1",
        lambda at: at.sector in IN_REGION,
        lambda at: at.region,
        "Hændelser i praksis, på apotek og i ambulancer går til regionen, hvor de skete. Her er det {name}.",
    ),
    _Row(
        "R16",
        "§ 4, stk. 5",
        lambda at: at.sector is not Sector.PREHOSPITAL,
        lambda at: at.supervisor,
        "Rapporten går til {name}, som fører tilsyn med stedet.",
    ),
    _Row(
        "R15",
        "§ 4, stk. 4",
        lambda at: at.sector is Sector.MUNICIPAL,
        lambda at: at.municipality,
        "Hændelser i kommunens sundhedstilbud går til kommunen, hvor de skete. Her er det {name}.",
    ),
    _Row(
        "R16",
        "§ 4, stk. 5",
        lambda at: at.sector is Sector.HOSPITAL,
        lambda at: at.region,
        "Hændelser på offentlige hospitaler går til regionen, som driver dem. Her er det {name}.",
    ),
)

UNDECIDED = "SUL § 198, stk. 1; § 4 peger ikke på en modtager"


def route(what: Occurrence, *, on: date, map: RoutingMap) -> Recipient:
    """Who receives a report of this occurrence on that day. Always answers; never with an unknown authority."""
    order, unverified = _order(on)
    unverified = unverified or (what.place is not None and what.place.unverified)
    at = _where(what, on, map)
    row, authority = _first(at)
    if row is None or authority is None:
        return _finder(at, on, map)
    if what.event is EventKind.TRANSITION:
        return _transition(what, authority, on=on, map=map, order=order, unverified=unverified)
    return Recipient(
        authority=authority.key,
        rule=row.rule,
        paragraph=f"{order}, {row.paragraph}",
        explanation=row.says.format(name=authority.name),
        unverified=unverified,
    )


def _first(at: _Where) -> tuple[_Row | None, Authority | None]:
    for row in TABLE:
        if row.applies(at) and (authority := row.to(at)) is not None:
            return row, authority
    return None, None


def _transition(
    what: Occurrence, usual: Authority, *, on: date, map: RoutingMap, order: str, unverified: bool
) -> Recipient:
    """R17: where it happened receives, unless a health agreement says otherwise."""
    mentioned = _mentioned(what, map) | {usual.key}
    for each in map.agreements:
        agreed = map.named(each.to_authority, on)
        # an heir keeps what its predecessor agreed, but only for the places that were the predecessor's
        binds = each.from_authority in mentioned and map.named(each.from_authority, on) == usual
        if each.holds(what.event, on) and binds and agreed is not None:
            return Recipient(
                authority=agreed.key,
                rule="R17",
                paragraph=f"{order}, § 4, stk. 6, 2. pkt.",
                explanation=f"Hændelsen skete i overgangen mellem to steder. Efter {each.name} går den til {agreed.name}.",
                unverified=unverified,
            )
    return Recipient(
        authority=usual.key,
        rule="R17",
        paragraph=f"{order}, § 4, stk. 6, 1. pkt.",
        explanation=f"Hændelsen skete i overgangen mellem to steder. Rapporten går til {usual.name}, hvor den skete.",
        unverified=unverified,
    )


def _mentioned(what: Occurrence, map: RoutingMap) -> set[str]:
    """Every authority the occurrence names, itself or through the region its kommune lies in."""
    place = what.place
    of_place = [place.region, place.municipality, place.operator, place.supervisor] if place else []
    near = {key for key in [*of_place, what.region, what.municipality, what.transported_by] if key}
    return near | {map.region_of[key] for key in near if key in map.region_of}


def _finder(at: _Where, on: date, map: RoutingMap) -> Recipient:
    """No sentence of § 4 names anybody: the nearest authority we know of finds the right one, and we say so."""
    what = at.what
    authority = at.region or at.municipality or map.successor_on(map.fallback, on)
    somewhere = what.place or what.region or what.municipality
    why = "Vi ved ikke nok om stedet" if somewhere else "Vi ved ikke, hvor hændelsen skete"
    return Recipient(
        authority=authority.key,
        rule="FIND",
        paragraph=UNDECIDED,
        explanation=f"{why}. Derfor går rapporten til {authority.name}, som finder den rette modtager.",
        unverified=True,
    )


def _where(what: Occurrence, on: date, map: RoutingMap) -> _Where:
    place = what.place
    municipality = (place.municipality if place else None) or what.municipality
    region = (place.region if place else None) or map.region_of.get(municipality or "") or what.region
    return _Where(
        what=what,
        sector=_sector(what),
        region=_only(map.named(region, on), AuthorityKind.REGION),
        municipality=_only(map.named(municipality, on), AuthorityKind.MUNICIPALITY),
        itself=_only(map.named(place.receives_itself, on), AuthorityKind.PRIVATE_HOSPITAL) if place else None,
        operator=_only(map.named(place.operator, on), *PUBLIC) if place else None,
        supervisor=_only(map.named(place.supervisor, on), *PUBLIC) if place else None,
        transporter=_only(map.named(_transporter(what), on), AuthorityKind.REGION),
    )


def _transporter(what: Occurrence) -> str | None:
    """The region the reporter named, or the one that runs the ambulance service."""
    place = what.place
    serves = place is not None and place.kind is PlaceKind.AMBULANCE_SERVICE
    return what.transported_by or (place.operator if place and serves else None)


def _only(authority: Authority | None, *kinds: AuthorityKind) -> Authority | None:
    """§ 4 names regions, kommuner and private hospitals, each in its own sentence and never the wrong one."""
    return authority if authority is not None and authority.kind in kinds else None


IMPLIED = {
    EventKind.TRANSPORT: Sector.PREHOSPITAL,
    EventKind.DISPATCH: Sector.PREHOSPITAL,
    EventKind.PHARMACY_SUPPLY: Sector.PHARMACY,
}


def _sector(what: Occurrence) -> Sector:
    """A transport is præhospital wherever it started; else the place says it best, then the reporter."""
    if what.event in {EventKind.TRANSPORT, EventKind.DISPATCH}:
        return Sector.PREHOSPITAL
    if what.place is not None and what.place.sector is not Sector.UNKNOWN:
        return what.place.sector
    return IMPLIED.get(what.event, what.sector) if what.sector is Sector.UNKNOWN else what.sector


def _order(on: date) -> tuple[str, bool]:
    """The order to cite that day, and whether we can vouch for it; before 2011 we cite the one of 2011."""
    found = find("routing_order", on=on)
    cited = found or periods("routing_order")[0]
    return cited.text, found is None or found.unverified
