"""The routing map administered (fordelingen): who finds the place, what is agreed, and whose each place is and was."""

from dataclasses import dataclass
from datetime import date, datetime

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.terms import AuthorityKind, PlaceKind, Role, Sector
from uth.law.text import fold, tidy
from uth.queries.organisations import receivers
from uth.records.organisations import SINCE_EVER, Agreement, Organisation, Place, Tenure
from uth.records.people import governs_site, holders
from uth.records.routing import chart, tenure_fact

MOST_FOUND = 30
RECEIVING = (Role.INTAKE, Role.RISK_MANAGER)


@dataclass(frozen=True, slots=True)
class FinderLine:
    """Who was, is or will be the finder."""

    name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement; `open`: it can still be ended."""

    id: int
    name: str
    happened_at: str
    goes_to: str
    since: date
    until: date | None
    open: bool


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place in the list."""

    id: int
    name: str
    kind: str
    hidden: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class RoutingPage:
    """The first page. `finder` is empty where nobody was chosen and the site is nobody's.

    `manned`: somebody with an account there receives reports.
    """

    finder: str
    manned: bool
    finders: tuple[FinderLine, ...]
    agreements: tuple[AgreementLine, ...]
    places: int


@dataclass(frozen=True, slots=True)
class TenureLine:
    """Whose the place was in one period; `since` is None where it has always been so."""

    operator: str
    supervisor: str
    itself: str
    since: date | None
    until: date | None
    source: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class PlacePage:
    """One place. `holders`: the keys of who runs, supervises and receives for it today."""

    id: int
    key: str
    name: str
    kind: str
    sector: str
    municipality: str
    sor_id: str
    ydernummer: str
    lies_on: str
    hidden: bool
    until: date | None
    aliases: tuple[str, ...]
    holders: tuple[str, str, str]
    tenures: tuple[TenureLine, ...]
    delegations: tuple[tuple[str, date, date | None], ...]


def overview(*, by: Actor, at: datetime) -> RoutingPage:
    """Finder and agreements. Raises Hidden for all but those who answer for the whole site."""
    day = _day(by, at)
    known, key = chart(), chart().finder(day)
    heir = known.map(key, on=day).successor_on(key, day).key if key else ""
    rows = Agreement.objects.select_related("from_authority", "to_authority").order_by("-since", "name")
    return RoutingPage(
        finder=known.organisation(heir)[1] if heir else "",
        manned=_manned(heir, day),
        finders=tuple(
            FinderLine(known.organisation(key)[1], since, until)
            for key, since, until in reversed(known.finders)
        ),
        agreements=tuple(_agreement(row, day) for row in rows),
        places=Place.objects.count(),
    )


def agreement(agreement_id: int, *, by: Actor, at: datetime) -> AgreementLine:
    """One of them. Raises Hidden."""
    day = _day(by, at)
    row = Agreement.objects.select_related("from_authority", "to_authority").filter(pk=agreement_id).first()
    if row is None:
        raise Hidden
    return _agreement(row, day)


def find(words: str, *, by: Actor, at: datetime) -> tuple[PlaceFound, ...]:
    """Places by name, alias or SOR id; the hidden and the closed ones too. Raises Hidden."""
    day = _day(by, at)
    found = Place.objects.all()
    typed = tidy(words)
    if not typed:
        return ()
    if typed.isdecimal():
        found = found.filter(sor_id=typed)
    else:
        for term in fold(typed).split()[:6]:
            found = found.filter(search_text__contains=term) | found.filter(
                aliases__search_text__contains=term
            )
    return tuple(
        PlaceFound(p.pk, p.name, PlaceKind(p.kind).danish, p.hidden, p.until is not None and p.until < day)
        for p in found.distinct().order_by("name")[:MOST_FOUND]
    )


def place(place_id: int, *, by: Actor, at: datetime) -> PlacePage:
    """Whose it is and was, and our own names for it. Raises Hidden."""
    day = _day(by, at)
    p = Place.objects.select_related("lies_on").filter(pk=place_id).first()
    if p is None:
        raise Hidden
    kommune = Organisation.objects.filter(key=p.municipality).values_list("name", flat=True).first()
    rows = p.tenures.select_related("operator", "supervisor", "receives_itself")
    tenures = list(rows.order_by("-since"))
    now = next((each for each in map(tenure_fact, reversed(tenures)) if each.holds(day)), None)
    parts = p.delegations.select_related("organisation").order_by("-since")
    return PlacePage(
        id=p.pk,
        key=p.key,
        name=p.name,
        kind=PlaceKind(p.kind).danish,
        sector=Sector(p.sector).danish,
        municipality=kommune or "",
        sor_id=p.sor_id,
        ydernummer=p.ydernummer,
        lies_on=p.lies_on.name if p.lies_on else "",
        hidden=p.hidden,
        until=p.until,
        aliases=tuple(p.aliases.order_by("name").values_list("name", flat=True)),
        holders=(now.operator or "", now.supervisor or "", now.receives_itself or "")
        if now
        else ("", "", ""),
        tenures=tuple(_tenure(row) for row in tenures),
        delegations=tuple((row.organisation.name, row.since, row.until) for row in parts),
    )


def authorities(*kinds: AuthorityKind, by: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """Keys and names of those that are there today or will be, kind by kind. Raises Hidden."""
    day = _day(by, at)
    known = [each for each in chart().authorities.values() if each.until is None or each.until >= day]
    return tuple((each.key, each.name) for kind in kinds for each in known if each.kind is kind)


def parts(*, by: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """Keys and names of the parts that a place can be given to. Raises Hidden."""
    _day(by, at)
    return tuple((line.key, line.name) for line in receivers(at=at) if line.depth > 0)


def _day(by: Actor, at: datetime) -> date:
    day = danish_day(at)
    if not governs_site(by, on=day):
        raise Hidden
    return day


def _manned(key: str, day: date) -> bool:
    """Whether anybody there would see a new report."""
    return bool(key and holders(RECEIVING, Organisation.objects.get(key=key), on=day))


def _agreement(row: Agreement, day: date) -> AgreementLine:
    return AgreementLine(
        id=row.pk,
        name=row.name,
        happened_at=row.from_authority.name,
        goes_to=row.to_authority.name,
        since=row.since,
        until=row.until,
        open=row.until is None or row.until >= day,
    )


def _tenure(row: Tenure) -> TenureLine:
    return TenureLine(
        operator=row.operator.name if row.operator else "",
        supervisor=row.supervisor.name if row.supervisor else "",
        itself=row.receives_itself.name if row.receives_itself else "",
        since=None if row.since == SINCE_EVER else row.since,
        until=row.until,
        source=row.source,
        unverified=row.unverified,
    )
