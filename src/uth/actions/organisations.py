"""Organisations and places (organisationer og steder): put on the map, with the names people search for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import slugify

from uth.actions.handling import Refused
from uth.actions.places import TenureEntry, put_tenure
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.terms import Approvers, AuthorityKind, PlaceKind, Sector
from uth.law.text import fold, tidy
from uth.records.organisations import SINCE_EVER, Cluster, ClusterMember, Organisation, Place, PlaceAlias
from uth.records.people import governs

LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """An authority or a part of one. `until` is its last day."""

    key: str
    name: str
    kind: AuthorityKind
    since: date
    until: date | None = None
    parent: str | None = None
    successor: str | None = None
    lies_in: str | None = None
    contact_mail: str = ""
    contact_unverified: bool = False


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place; operator, supervisor and receives_itself are organisation keys, and hold from its first day."""

    key: str
    name: str
    sector: Sector
    kind: PlaceKind
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    municipality: str = ""
    region: str = ""
    operator: str | None = None
    supervisor: str | None = None
    receives_itself: str | None = None
    sor_id: str = ""
    ydernummer: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ClusterEntry:
    """A cluster and the keys of its practices."""

    key: str
    name: str
    specialty: str
    region: str
    members: tuple[str, ...]


@recorded
def put_organisations(log: Log, entries: Sequence[OrganisationEntry], *, by: Actor, at: datetime) -> None:
    """Add or renew organisations; parents, successors and regions may stand anywhere in the list."""
    for e in entries:
        Organisation.objects.update_or_create(
            key=e.key,
            defaults={
                "name": e.name,
                "kind": e.kind,
                "since": e.since,
                "until": e.until,
                "contact_mail": e.contact_mail,
                "contact_unverified": e.contact_unverified,
                "path": f"/{e.key}/",
            },
        )
    known = {o.key: o for o in Organisation.objects.all()}
    for e in entries:
        row = known[e.key]
        row.parent = known[e.parent] if e.parent else None
        row.successor = known[e.successor] if e.successor else None
        row.lies_in = known[e.lies_in] if e.lies_in else None
        row.path = Organisation.path_below(row.parent, row.key)
        row.save()
    log("organisations.put", count=len(entries))


@recorded
def add_part(log: Log, *, below: str, name: str, by: Actor, at: datetime) -> str:
    """A new part below one that the actor administers; returns its key."""
    parent = Organisation.objects.filter(key=below).first()
    if parent is None or not governs(by, parent, on=danish_day(at)):
        raise Hidden
    words = tidy(name)[:200]
    if not words:
        raise Refused(name="Skriv, hvad enheden hedder.")
    if fold(words) in {fold(part.name) for part in parent.parts.all()}:
        raise Refused(name="Der er allerede en enhed med det navn. Brug den, eller vælg et andet navn.")
    key = _free_key(f"{parent.key}-{slugify(words.lower().translate(LETTERS)) or 'enhed'}"[:70])
    path = Organisation.path_below(parent, key)
    if len(path) > 500:
        raise Refused(below="Enheden ligger for dybt. Læg den et niveau højere oppe.")
    Organisation.objects.create(
        key=key, name=words, kind=parent.kind, parent=parent, path=path, since=danish_day(at)
    )
    log("organisation.part_added", chain=parent.key, part=key)
    return key


@recorded
def set_approvers(
    log: Log, *, organisation: str, approvers: Approvers | None, by: Actor, at: datetime
) -> None:
    """How many read and approve a redaction here and in the parts below; None: as the one above has it."""
    row = Organisation.objects.select_for_update().filter(key=organisation).first()
    if row is None or not governs(by, row, on=danish_day(at)):
        raise Hidden
    row.approvers = str(approvers or "")
    row.save(update_fields=["approvers"])
    log("organisation.approvers_set", chain=row.key, approvers=row.approvers)


def _free_key(wanted: str) -> str:
    taken = set(Organisation.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    return next(key for key in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if key not in taken)


@recorded
def put_places(log: Log, entries: Sequence[PlaceEntry], *, by: Actor, at: datetime) -> None:
    """Add or renew places with their aliases; a parent stands before its parts."""
    places = {p.key: p for p in Place.objects.all()}
    for e in entries:
        places[e.key], _ = Place.objects.update_or_create(
            key=e.key,
            defaults={
                "name": e.name,
                "sector": e.sector,
                "kind": e.kind,
                "parent": places[e.parent] if e.parent else None,
                "municipality": e.municipality,
                "region": e.region,
                "sor_id": e.sor_id,
                "ydernummer": e.ydernummer,
                "since": e.since,
                "until": e.until,
                "search_text": fold(e.name),
            },
        )
        _first_tenure(places[e.key], e)
        places[e.key].aliases.all().delete()
        PlaceAlias.objects.bulk_create(
            PlaceAlias(place=places[e.key], name=alias, search_text=fold(alias)) for alias in e.aliases
        )
    log("places.put", count=len(entries))


def _first_tenure(place: Place, entry: PlaceEntry) -> None:
    """Who it belongs to from its first day; a later change of hands stays as it is."""
    if entry.operator or entry.supervisor or entry.receives_itself:
        first = TenureEntry(
            since=entry.since or SINCE_EVER,
            operator=entry.operator,
            supervisor=entry.supervisor,
            receives_itself=entry.receives_itself,
        )
        put_tenure(place, first)


@recorded
def put_clusters(log: Log, entries: Sequence[ClusterEntry], *, since: date, by: Actor, at: datetime) -> None:
    """Add clusters with their members."""
    for e in entries:
        region = Organisation.objects.get(key=e.region)
        cluster, _ = Cluster.objects.update_or_create(
            key=e.key, defaults={"name": e.name, "specialty": e.specialty, "region": region}
        )
        for key in e.members:
            place = Place.objects.get(key=key)
            ClusterMember.objects.get_or_create(cluster=cluster, place=place, defaults={"since": since})
    log("clusters.put", count=len(entries))
