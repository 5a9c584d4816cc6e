"""Organisations and places (organisationer og steder): put on the map, with the names people search for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor
from uth.law.terms import AuthorityKind, PlaceKind, Sector
from uth.law.text import fold
from uth.records.organisations import Cluster, ClusterMember, Organisation, Place, PlaceAlias


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
    """A place; operator, supervisor and receives_itself are organisation keys."""

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
def put_places(log: Log, entries: Sequence[PlaceEntry], *, by: Actor, at: datetime) -> None:
    """Add or renew places with their aliases; a parent stands before its parts."""
    organisations = {o.key: o for o in Organisation.objects.all()}
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
                "operator": organisations[e.operator] if e.operator else None,
                "supervisor": organisations[e.supervisor] if e.supervisor else None,
                "receives_itself": organisations[e.receives_itself] if e.receives_itself else None,
                "sor_id": e.sor_id,
                "ydernummer": e.ydernummer,
                "since": e.since,
                "until": e.until,
                "search_text": fold(e.name),
            },
        )
        places[e.key].aliases.all().delete()
        PlaceAlias.objects.bulk_create(
            PlaceAlias(place=places[e.key], name=alias, search_text=fold(alias)) for alias in e.aliases
        )
    log("places.put", count=len(entries))


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
