"""The seeds (grunddata og opdigtede eksempler): reference data and made-up demo material, read from files."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


@dataclass(frozen=True, slots=True)
class Municipality:
    """A kommune and the region it belongs to, before and after 1 January 2027."""

    code: str
    name: str
    region_iso: str
    region_until_2026: str
    region_from_2027: str

    @property
    def official_name(self) -> str:
        """As the kommune writes it: most put »Kommune« after the town's name, a few bend the name too."""
        return OTHERWISE_NAMED.get(self.name, f"{self.name} Kommune")


OTHERWISE_NAMED = {
    "Bornholm": "Bornholms Regionskommune",
    "København": "Københavns Kommune",
    "Vesthimmerland": "Vesthimmerlands Kommune",
}


@dataclass(frozen=True, slots=True)
class Region:
    """A region in force from `valid_from` to `valid_to`, both days included."""

    key: str
    name: str
    iso: str | None
    dawa: str | None
    valid_from: date
    valid_to: date | None
    successor: str | None
    predecessors: tuple[str, ...]
    mail: str | None
    mail_source: str | None
    unverified: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A made-up place (opdigtet sted); `name` always says so."""

    key: str
    name: str
    aliases: tuple[str, ...]
    sector: str
    kind: str
    parent: str | None
    municipality: str
    region: str
    sor_id: str
    ydernummer: str | None
    operator: str | None
    supervisor: str | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A made-up cluster (klynge) of specialist practices."""

    key: str
    name: str
    specialty: str
    coordinator: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the demo's own classification, which is not the official one."""

    key: str
    danish: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Main groups, problems and processes (hovedgruppe, problem, proces); not official."""

    main_groups: tuple[Word, ...]
    problems: tuple[Word, ...]
    processes: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Classification:
    """One type of an incident, as keys of the vocabulary."""

    main_group: str
    problem: str
    process: str


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine that took part, by substance; no trade names in made-up events."""

    substance: str
    strength: str | None
    route: str | None


@dataclass(frozen=True, slots=True)
class Device:
    """A medical device that took part; the model is made up."""

    type: str
    model: str | None


@dataclass(frozen=True, slots=True)
class Narrative:
    """A made-up incident with its fate; `identities` stand literally in headline, narrative, question or reply."""

    key: str
    place: str
    sector: str
    days_ago: int
    reported_after: int
    reporter_kind: str
    profession: str | None
    role: str
    anonymous: bool
    headline: str
    narrative: str
    actual_harm: str
    possible_harm: str | None
    types: tuple[Classification, ...]
    medicines: tuple[Medicine, ...]
    devices: tuple[Device, ...]
    identities: tuple[str, ...]
    places_named: tuple[str, ...]
    state: str
    same_event_as: str | None
    reject_reason: str | None
    reject_comment: str | None
    question: str | None
    reply: str | None
    learned: str | None
    answer: str | None


@cache
def municipalities() -> tuple[Municipality, ...]:
    """The 98 kommuner (Christiansø is none)."""
    lines = (_folder() / "kommuner.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        Municipality(
            code=row["kommunekode"],
            name=row["navn"],
            region_iso=row["region_iso3166_2"],
            region_until_2026=row["region_til_2026_12_31"],
            region_from_2027=row["region_fra_2027_01_01"],
        )
        for row in csv.DictReader(lines)
    )


@cache
def regions() -> tuple[Region, ...]:
    """The regions before and after 1 January 2027."""
    return tuple(
        Region(
            key=row["key"],
            name=row["name"],
            iso=row.get("iso"),
            dawa=row.get("dawa"),
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            successor=row.get("successor"),
            predecessors=tuple(row.get("predecessors", ())),
            mail=row.get("mail"),
            mail_source=row.get("mail_source"),
            unverified=tuple(row["unverified"]),
        )
        for row in _toml("regions.toml")["region"]
    )


@cache
def places() -> tuple[Place, ...]:
    """The made-up places, every parent before its wards."""
    return tuple(
        Place(
            key=row["key"],
            name=row["name"],
            aliases=tuple(row["aliases"]),
            sector=row["sector"],
            kind=row["kind"],
            parent=row.get("parent"),
            municipality=row["municipality"],
            region=row["region"],
            sor_id=row["sor_id"],
            ydernummer=row.get("ydernummer"),
            operator=row.get("operator"),
            supervisor=row.get("supervisor"),
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
        )
        for row in _toml("places.toml")["place"]
    )


@cache
def clusters() -> tuple[Cluster, ...]:
    """The two made-up clusters."""
    return tuple(
        Cluster(**{**row, "members": tuple(row["members"])}) for row in _toml("places.toml")["cluster"]
    )


@cache
def vocabulary() -> Vocabulary:
    """The words the narratives are classified with."""
    table = _toml("vocabulary.toml")
    return Vocabulary(
        main_groups=_words(table["main_group"]),
        problems=_words(table["problem"]),
        processes=_words(table["process"]),
    )


@cache
def narratives() -> tuple[Narrative, ...]:
    """Every made-up incident, batch by batch."""
    batches = sorted(file.name for file in _folder().iterdir() if file.name.startswith("narratives_"))
    return tuple(narrative for batch in batches for narrative in _batch(batch))


def _batch(name: str) -> Iterator[Narrative]:
    sector_of = {place.key: place.sector for place in places()}
    for row in _toml(name)["incident"]:
        yield Narrative(
            key=row["key"],
            place=row["place"],
            sector=sector_of[row["place"]],
            days_ago=row["days_ago"],
            reported_after=row["reported_after"],
            reporter_kind=row["reporter_kind"],
            profession=row.get("profession"),
            role=row["role"],
            anonymous=row.get("anonymous", False),
            headline=row["headline"],
            narrative=row["narrative"].strip(),
            actual_harm=row["actual_harm"],
            possible_harm=row.get("possible_harm"),
            types=tuple(Classification(*keys) for keys in row["types"]),
            medicines=tuple(_medicine(medicine) for medicine in row.get("medicines", ())),
            devices=tuple(Device(device["type"], device.get("model")) for device in row.get("devices", ())),
            identities=tuple(row.get("identities", ())),
            places_named=tuple(row.get("places_named", ())),
            state=row["state"],
            same_event_as=row.get("same_event_as"),
            reject_reason=row.get("reject_reason"),
            reject_comment=row.get("reject_comment"),
            question=row.get("question"),
            reply=row.get("reply"),
            learned=row.get("learned"),
            answer=row.get("answer"),
        )


def _medicine(row: Mapping[str, str]) -> Medicine:
    return Medicine(substance=row["substance"], strength=row.get("strength"), route=row.get("route"))


def _words(table: Mapping[str, str]) -> tuple[Word, ...]:
    return tuple(Word(key=key, danish=danish) for key, danish in table.items())


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((_folder() / name).read_text(encoding="utf-8"))


def _folder() -> Traversable:
    return files(__name__)
