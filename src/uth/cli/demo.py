"""The demo (demonstrationen): reference data, the five people, and made-up incidents walked there by real actions."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.conf import settings

from uth.actions import people, receiving
from uth.actions.agreements import add_agreement
from uth.actions.handling import Refused
from uth.actions.organisations import (
    ClusterEntry,
    OrganisationEntry,
    PlaceEntry,
    put_clusters,
    put_organisations,
    put_places,
)
from uth.actions.places import choose_finder
from uth.cli import demo_cases, demo_plans, demo_tallies, seeds
from uth.jobs.letters import public_key
from uth.law.actor import SYSTEM
from uth.law.terms import AuthorityKind, PlaceKind, Role, Sector

KOMMUNER_SINCE = date(2007, 1, 1)
NATIONAL = "national"
FINDER = "DK-84"  # where the demo's people sit
PASSWORD: str = settings.UTH_DEMO_PASSWORD
PEOPLE = (
    # name, organisation, roles
    ("Bo", "DK-84", (Role.INTAKE,)),
    ("Carl", "DK-84", (Role.HANDLER,)),
    ("Rikke", "DK-84", (Role.RISK_MANAGER,)),
    ("Dorte", NATIONAL, (Role.NATIONAL,)),
    ("Stine", NATIONAL, (Role.READER,)),
    ("Kirsten", "0151", (Role.INTAKE, Role.HANDLER)),
    ("Adam", "DK-84", (Role.ADMIN,)),
    ("Nora", NATIONAL, (Role.ADMIN,)),
    ("Erik", "", ()),
)


def reference_data(*, at: datetime) -> None:
    """Regions, kommuner, private hospitals and the fictional places; running it again changes nothing."""
    put_organisations(_organisations(), by=SYSTEM, at=at)
    put_places([_place(p) for p in seeds.places()], by=SYSTEM, at=at)
    choose_finder(organisation=FINDER, since=KOMMUNER_SINCE, by=SYSTEM, at=at)
    with suppress(Refused):  # it stands there already
        add_agreement(
            name="Sundhedsaftalen om udskrivning (opdigtet)",
            happened_at="DK-81",
            goes_to="0851",
            since=date(2024, 1, 1),
            until=None,
            by=SYSTEM,
            at=at,
        )
    put_clusters([_cluster(c) for c in seeds.clusters()], since=date(2022, 7, 1), by=SYSTEM, at=at)


def authorities() -> list[OrganisationEntry]:
    """The real ones: regions, kommuner and the national level."""
    regions = [
        OrganisationEntry(
            key=r.key,
            name=r.name,
            kind=AuthorityKind.REGION,
            since=r.valid_from,
            until=r.valid_to,
            successor=r.successor,
            contact_mail=r.mail or "",
            contact_unverified="mail" in r.unverified,
        )
        for r in seeds.regions()
    ]
    kommuner = [
        OrganisationEntry(
            key=k.code,
            name=k.official_name,
            kind=AuthorityKind.MUNICIPALITY,
            since=KOMMUNER_SINCE,
            lies_in=k.region_iso,
        )
        for k in seeds.municipalities()
    ]
    national = OrganisationEntry(
        key=NATIONAL, name="Det nationale niveau", kind=AuthorityKind.NATIONAL, since=KOMMUNER_SINCE
    )
    return [*regions, *kommuner, national]


def _organisations() -> list[OrganisationEntry]:
    private = [
        OrganisationEntry(
            key=p.key,
            name=p.name,
            kind=AuthorityKind.PRIVATE_HOSPITAL,
            since=p.valid_from,
            until=p.valid_to,
            lies_in=p.region,
        )
        for p in seeds.places()
        if _receives_itself(p)
    ]
    return [*authorities(), *private]


def _receives_itself(place: seeds.Place) -> bool:
    return place.kind in {PlaceKind.PRIVATE_HOSPITAL, PlaceKind.HOSPICE} and place.operator == "private"


def _place(place: seeds.Place) -> PlaceEntry:
    return PlaceEntry(
        key=place.key,
        name=place.name,
        sector=Sector(place.sector),
        kind=PlaceKind(place.kind),
        aliases=place.aliases,
        parent=place.parent,
        municipality=place.municipality,
        region=place.region,
        operator=_authority(place.operator),
        supervisor=_authority(place.supervisor),
        receives_itself=place.key if _receives_itself(place) else None,
        sor_id=place.sor_id,
        ydernummer=place.ydernummer or "",
        since=place.valid_from,
        until=place.valid_to,
    )


def _authority(reference: str | None) -> str | None:
    """The key in "region:DK-84" or "kommune:0101"; "private" names no authority."""
    return reference.partition(":")[2] or None if reference else None


def _cluster(cluster: seeds.Cluster) -> ClusterEntry:
    region_of = {p.key: p.region for p in seeds.places()}
    return ClusterEntry(
        key=cluster.key,
        name=cluster.name,
        specialty=cluster.specialty,
        region=region_of[cluster.members[0]],
        members=cluster.members,
    )


def demo_people(*, at: datetime) -> dict[str, int]:
    """The demo's log-ins: name -> user number. Their password is known to all, so they exist nowhere else."""
    if not settings.UTH_DEMO:
        raise SystemExit("uth: Opdigtede brugere laves kun i en demonstration (UTH_DEMO=1).")
    found = {}
    for name, organisation, roles in PEOPLE:
        found[name] = people.put_user(
            email=f"{name.lower()}@demo.invalid", name=name, password=PASSWORD, by=SYSTEM, at=at
        )
        for role in roles:
            people.grant(
                user_id=found[name],
                organisation=organisation,
                role=role,
                since=KOMMUNER_SINCE,
                by=SYSTEM,
                at=at,
            )
    return found


def register_senders(public_key: str, key_id: str, *, at: datetime) -> None:
    """In a demo one installation holds all authorities, so its key is registered for each."""
    entries = [
        receiving.SenderEntry(o.key, o.name, key_id, public_key)
        for o in _organisations()
        if o.kind is not AuthorityKind.NATIONAL
    ]
    with suppress(receiving.NotRegistered):  # somebody has changed keys by hand
        receiving.register_senders(entries, by=SYSTEM, at=at)


def settle(*, at: datetime) -> dict[str, int]:
    """What must be there before anybody can report: places, people, and the senders the national level knows."""
    reference_data(at=at)
    found = demo_people(at=at)
    if settings.UTH_SITE == "both":  # two installations register one another's keys by `uth keys`
        register_senders(public_key(), settings.UTH_SIGNING_KEY_ID, at=at - timedelta(days=3 * 365))
    return found


def seed(
    *, now: Callable[[], datetime], cases: int | None = None, told: Callable[[int], None] = lambda _: None
) -> None:
    """Everything a demo shows; running it again adds nothing."""
    at = now()
    found = settle(at=at)
    desk = demo_cases.Desk(bo=found["Bo"], carl=found["Carl"], at=at)
    demo_cases.put(desk, now=at, most=cases, told=told)
    if cases != 0:
        demo_tallies.put(found, at=at)
        if settings.UTH_SITE == "both":
            demo_plans.put(found, at=at)
