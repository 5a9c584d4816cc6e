"""Routing (hvem modtager rapporten): place, event and day in; the recipient and the paragraph that says so out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from uth.law.routing_map import Agreement, Authority, Occurrence, PlaceFacts, RoutingMap, Tenure
from uth.law.rulebook import Rule, find, names, periods
from uth.law.terms import AuthorityKind, EventKind, PlaceKind, Sector

__all__ = [
    "OTHER_PLACES", "TABLE", "Agreement", "Authority", "Occurrence", "PlaceFacts", "Recipient", "RoutingMap", "Tenure",
    "map_day", "route", "usual_for",
]  # fmt: skip


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
    usual: Rule | None  # what the rulebook says of this kind of place

    @property
    def at_dispatch_centre(self) -> bool:
        at_centre = _kind(self.what) is PlaceKind.DISPATCH_CENTRE
        return self.what.event is EventKind.DISPATCH or (at_centre and not self.what.event.on_the_way)

    @property
    def with_ydernummer(self) -> bool:
        place = self.what.place
        return place is not None and place.ydernummer and place.kind is PlaceKind.SPECIALIST_CLINIC

    @property
    def exempt(self) -> bool:
        return self.usual is not None and self.usual.value == EXEMPT and self.sector is not Sector.PREHOSPITAL

    @property
    def moved_to_region(self) -> bool:
        return self.usual is not None and self.usual.value == AuthorityKind.REGION


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
        "R12",
        "§ 4, stk. 1",
        lambda at: at.with_ydernummer and at.sector is not Sector.PREHOSPITAL,
        lambda at: at.region,
        "Speciallægen har ydernummer og hører til praksissektoren. Rapporten går til {name}, hvor klinikken ligger.",
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
        lambda at: at.what.event.on_the_way,
        lambda at: at.region,
        "Vi ved ikke, hvem der stod for transporten. Rapporten går til {name}, hvor hændelsen skete.",
    ),
    _Row(
        "R12",
        "§ 4, stk. 1",
        lambda at: at.sector in IN_REGION,
        lambda at: at.region,
        "Hændelser i praksis, på apotek og i den præhospitale indsats går til regionen, hvor de skete. Her er det {name}.",
    ),
    _Row(
        "R16",
        "§ 4, stk. 5",
        lambda at: at.sector is not Sector.PREHOSPITAL,
        lambda at: at.supervisor,
        "Rapporten går til {name}, som fører tilsyn med stedet.",
    ),
    _Row(
        "R16",
        "§ 4, stk. 5",
        lambda at: at.sector is Sector.MUNICIPAL and at.moved_to_region,
        lambda at: at.region,
        "Opgaven skulle efter planen være flyttet fra kommunen til regionen. Rapporten går til {name}, som giver den videre, "
        "hvis kommunen stadig har opgaven.",
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
EXEMPT = "exempt"
BEFORE_2011 = (
    "Dagen ligger før 5. januar 2011. De ældre regler er ikke lagt ind, så her bruges fordelingen fra 2011."
)


FIRST_DAY = periods("routing_order")[0].since


def map_day(on: date) -> date:
    """The day whose map is asked: no older map than that of 2011 is kept."""
    return max(on, FIRST_DAY)


def route(what: Occurrence, *, on: date, map: RoutingMap) -> Recipient:
    """Who receives a report of this occurrence on that day. Always answers; never with an unknown authority.

    Who handles a report is asked with the day it is received, where it is counted with the day it happened
    (docs/adr/0008). `what.place` is the place as it stood on `map_day(on)`.
    """
    if on < FIRST_DAY:
        found = route(what, on=FIRST_DAY, map=map)
        return replace(found, explanation=f"{found.explanation} {BEFORE_2011}", unverified=True)
    at = _where(what, on, map)
    if at.exempt:
        return _exempt(at, on, map)
    row, authority = _first(at)
    if row is None or authority is None:
        return _finder(at, on, map)
    order = (find("routing_order", on=on) or periods("routing_order")[0]).text
    doubtful = order_unread(on) or _doubtful(at)
    if what.event is EventKind.TRANSITION:
        return _transition(what, authority, on=on, map=map, order=order, unverified=doubtful)
    return Recipient(
        authority=authority.key,
        rule=row.rule,
        paragraph=f"{order}, {row.paragraph}",
        explanation=row.says.format(name=authority.name),
        unverified=doubtful,
    )


def order_unread(on: date) -> bool:
    """Whether nobody has read the order that said, that day, who receives."""
    held = find("routing_order", on=on)
    return held is None or held.unverified


def _doubtful(at: _Where) -> bool:
    """Nobody has confirmed whose the place was, or whose such places are."""
    place = at.what.place
    told = at.what.sector is not Sector.UNKNOWN or (place is not None and place.sector is not Sector.UNKNOWN)
    return (place is not None and place.unverified) or (
        at.usual is not None and at.usual.unverified and (at.moved_to_region or not told)
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
    mentioned, others = _mentioned(what, map) | {usual.key}, _others(what, on, map)
    also = " De andre steder, der var med, står i sagen, så {name} kan tage dem med." if what.involved else ""
    for each in map.agreements:
        agreed = map.named(each.to_authority, on)
        # an heir keeps what its predecessor agreed, but only for the places that were the predecessor's
        binds = each.from_authority in mentioned and map.named(each.from_authority, on) == usual
        if (
            each.holds(what.event, on)
            and binds
            and agreed is not None
            and (not others or agreed.key in others)
        ):
            return Recipient(
                authority=agreed.key,
                rule="R17",
                paragraph=f"{order}, § 4, stk. 6, 2. pkt.",
                explanation=f"Hændelsen skete i overgangen mellem to steder. Efter {each.name} går den til "
                f"{agreed.name}.{also.format(name=agreed.name)}",
                unverified=unverified,
            )
    return Recipient(
        authority=usual.key,
        rule="R17",
        paragraph=f"{order}, § 4, stk. 6, 1. pkt.",
        explanation=f"Hændelsen skete i overgangen mellem to steder. Rapporten går til {usual.name}, hvor den skete."
        f"{also.format(name=usual.name)}",
        unverified=unverified,
    )


def _others(what: Occurrence, on: date, map: RoutingMap) -> set[str]:
    """Whose the other places of the transition are that day; an agreement between two binds only those two."""
    keys = {
        key
        for place in what.involved
        for key in (place.region, place.municipality, place.operator, place.supervisor, place.receives_itself)
        if key
    }
    keys |= {map.region_of[key] for key in keys if key in map.region_of}
    return {found.key for key in keys if (found := map.named(key, on)) is not None}


def _mentioned(what: Occurrence, map: RoutingMap) -> set[str]:
    """Every authority the occurrence names, itself or through the region its kommune lies in."""
    place = what.place
    of_place = [place.region, place.municipality, place.operator, place.supervisor] if place else []
    near = {key for key in [*of_place, what.region, what.municipality, what.transported_by] if key}
    return near | {map.region_of[key] for key in near if key in map.region_of}


def _finder(at: _Where, on: date, map: RoutingMap) -> Recipient:
    """No sentence of § 4 names anybody: the nearest authority we know of finds the right one, and we say so."""
    what = at.what
    near = at.region or at.municipality
    authority = near or map.successor_on(map.fallback, on)
    somewhere = what.place or what.region or what.municipality
    why = "Vi ved ikke nok om stedet" if somewhere else "Vi ved ikke, hvor hændelsen skete"
    return Recipient(
        authority=authority.key,
        rule="FIND",
        paragraph=UNDECIDED,
        explanation=f"{why}. Derfor går rapporten til {authority.name}, "
        f"som {'' if near else 'er valgt til det og '}finder den rette modtager.",
        unverified=True,
    )


OUTSIDE = {
    PlaceKind.ASYLUM_CENTRE: "Asylcentre",
    PlaceKind.PRISON: "Fængsler og arresthuse",
}


def _exempt(at: _Where, on: date, map: RoutingMap) -> Recipient:
    """A place said to be outside the scheme: we say so, and somebody reads the report all the same."""
    found = _finder(at, on, map)
    name = map.authorities[found.authority].name
    kind = _kind(at.what)
    since = at.usual.since if at.usual else on
    which = OUTSIDE.get(kind, "Den slags steder") if kind else "Den slags steder"
    return replace(
        found,
        rule="EXEMPT",
        paragraph=f"SUL § 198, stk. 1; stedet er oplyst som undtaget fra {since:%d.%m.%Y}",
        explanation=f"{which} er oplyst som undtaget fra ordningen, men vi har ikke bekræftet, at det gælder i dag. "
        f"Rapporten bliver læst alligevel: den går til {name}, som finder ud af, hvem der skal have den.",
    )


def _where(what: Occurrence, on: date, map: RoutingMap) -> _Where:
    place, usual = what.place, usual_for(_kind(what), on=on)
    municipality = (place.municipality if place else None) or what.municipality
    region = (place.region if place else None) or map.region_of.get(municipality or "") or what.region
    return _Where(
        what=what,
        sector=_sector(what, usual),
        region=_only(map.named(region, on), AuthorityKind.REGION),
        municipality=_only(map.named(municipality, on), AuthorityKind.MUNICIPALITY),
        itself=_only(map.named(place.receives_itself, on), AuthorityKind.PRIVATE_HOSPITAL) if place else None,
        operator=_only(map.named(place.operator, on), *PUBLIC) if place else None,
        supervisor=_only(map.named(place.supervisor, on), *PUBLIC) if place else None,
        transporter=_only(map.named(_transporter(what), on), AuthorityKind.REGION),
        usual=usual,
    )


def _transporter(what: Occurrence) -> str | None:
    """The region the reporter named, or the one that runs the ambulance service."""
    place = what.place
    serves = place is not None and place.kind is PlaceKind.AMBULANCE_SERVICE
    return what.transported_by or (place.operator if place and serves else None)


def _only(authority: Authority | None, *kinds: AuthorityKind) -> Authority | None:
    """§ 4 names regions, kommuner and private hospitals, each in its own sentence and never the wrong one."""
    return authority if authority is not None and authority.kind in kinds else None


IMPLIED = {EventKind.DISPATCH: Sector.PREHOSPITAL, EventKind.PHARMACY_SUPPLY: Sector.PHARMACY}
OTHER_PLACES = tuple(kind for kind in PlaceKind if f"place_{kind}" in names())  # § 1: other places


def usual_for(kind: PlaceKind | None, *, on: date) -> Rule | None:
    """What the rulebook says of places of this kind that day, if it is one of the other places (§ 1)."""
    return find(f"place_{kind}", on=on) if kind in OTHER_PLACES else None


def _kind(what: Occurrence) -> PlaceKind | None:
    """The kind of the place we know, or the one that was told."""
    known = what.place.kind if what.place is not None and what.place.kind is not PlaceKind.OTHER else None
    return known or what.kind


def _sector(what: Occurrence, usual: Rule | None) -> Sector:
    """A transport is præhospital wherever it started; else the place says it best, then the reporter, then the kind."""
    if what.event.on_the_way or what.event is EventKind.DISPATCH:
        return Sector.PREHOSPITAL
    if what.place is not None and what.place.sector is not Sector.UNKNOWN:
        return what.place.sector
    if what.sector is not Sector.UNKNOWN:
        return what.sector
    if usual is not None and usual.value != EXEMPT:
        return Sector.MUNICIPAL
    return IMPLIED.get(what.event, Sector.UNKNOWN)
