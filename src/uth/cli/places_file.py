"""The extract of the register (SOR-udtrækket) as a file, CSV or XML, with the columns that docs/places.md tells of."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from uth.actions.places_import import Unit
from uth.law.terms import PlaceKind, Sector

P, S = PlaceKind, Sector
# The register's words for what a unit is. A word that stands nowhere here is told, and its line is left out.
KINDS: dict[str, tuple[Sector, PlaceKind]] = {
    "hospital": (S.HOSPITAL, P.HOSPITAL),
    "afdeling": (S.HOSPITAL, P.WARD),
    "privathospital": (S.PRIVATE_HOSPITAL, P.PRIVATE_HOSPITAL),
    "privathospitalsafdeling": (S.PRIVATE_HOSPITAL, P.WARD),
    "hospice": (S.PRIVATE_HOSPITAL, P.HOSPICE),
    "lægepraksis": (S.PRACTICE, P.CLINIC),
    "tandlægepraksis": (S.PRACTICE, P.CLINIC),
    "fysioterapeutpraksis": (S.PRACTICE, P.CLINIC),
    "klinik": (S.PRACTICE, P.CLINIC),
    "speciallægepraksis": (S.PRACTICE, P.SPECIALIST_CLINIC),
    "apotek": (S.PHARMACY, P.PHARMACY),
    "plejehjem": (S.MUNICIPAL, P.CARE_HOME),
    "hjemmepleje": (S.MUNICIPAL, P.HOME_CARE),
    "bosted": (S.MUNICIPAL, P.RESIDENCE),
    "genoptræning": (S.MUNICIPAL, P.REHABILITATION),
    "midlertidig plads": (S.MUNICIPAL, P.TEMPORARY_STAY),
    "akutsygepleje": (S.MUNICIPAL, P.ACUTE_NURSING),
    "skole": (S.MUNICIPAL, P.SCHOOL),
    "privat leverandør": (S.MUNICIPAL, P.PRIVATE_SUPPLIER),
    "asylcenter": (S.UNKNOWN, P.ASYLUM_CENTRE),
    "fængsel": (S.UNKNOWN, P.PRISON),
    "ambulancetjeneste": (S.PREHOSPITAL, P.AMBULANCE_SERVICE),
    "vagtcentral": (S.PREHOSPITAL, P.DISPATCH_CENTRE),
}
COLUMNS = (
    "SorId", "OverordnetSorId", "Navn", "Enhedstype", "Driftsansvarlig", "Tilsyn", "Kommunekode", "Region", "Ydernummer",
    "GyldigFra", "GyldigTil",
)  # fmt: skip
NEEDED = ("SorId", "Navn", "Enhedstype")
PRIVATE = "privat"
DIGITS = range(11, 20)  # "at least 11 digits"; longer than any we can keep is no SOR id


class Unreadable(Exception):
    """The file is no extract; the sentence says what to do."""


def read(path: Path) -> tuple[tuple[Unit, ...], tuple[str, ...]]:
    """The units of the file, and a Danish sentence for each line that is left out. Raises Unreadable."""
    text = _text(path)
    rows = _xml(text) if text.lstrip().startswith("<") else _csv(text)
    units, problems = [], []
    for number, row in enumerate(rows, 1):
        try:
            units.append(_unit(row))
        except ValueError as wrong:
            problems.append(f"Linje {number}: {wrong}")
    if not units:
        raise Unreadable(
            f"Der er ingen steder i {path.name}. Se, hvilke kolonner der skal være, i docs/places.md."
        )
    return tuple(units), tuple(problems)


def lines(path: Path, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The rows of a small file of our own with these columns. Raises Unreadable."""
    rows = csv.DictReader(io.StringIO(_text(path)), delimiter=";")
    if missing := [name for name in columns if name not in (rows.fieldnames or ())]:
        raise Unreadable(
            f"Kolonnerne {', '.join(missing)} mangler. Kolonnerne skilles med semikolon; se docs/places.md."
        )
    return tuple(tuple((row[name] or "").strip() for name in columns) for row in rows)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Unreadable(f"{path.name} kan ikke læses. Gem den som UTF-8, og prøv igen.") from None


def _csv(text: str) -> Iterator[Mapping[str, str]]:
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    if missing := [name for name in NEEDED if name not in (rows.fieldnames or ())]:
        raise Unreadable(
            f"Kolonnerne {', '.join(missing)} mangler. Kolonnerne skilles med semikolon; se docs/places.md."
        )
    for row in rows:
        yield {name: (row.get(name) or "").strip() for name in COLUMNS}


def _xml(text: str) -> Iterator[Mapping[str, str]]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:  # no entities: they can be made to grow without end
        raise Unreadable("Filen har en DOCTYPE. Fjern den, og prøv igen.")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  # nosec B314
    except ElementTree.ParseError:
        raise Unreadable("Filen er ikke gyldig XML. Hent den igen.") from None
    for unit in root.iter("Enhed"):
        yield {name: (unit.findtext(name) or "").strip() for name in COLUMNS}


def _unit(row: Mapping[str, str]) -> Unit:
    kind = KINDS.get(row["Enhedstype"].lower())
    if kind is None:
        raise ValueError(f"enhedstypen »{row['Enhedstype']}« kendes ikke. Sprunget over.")
    if not row["SorId"].isdecimal() or len(row["SorId"]) not in DIGITS:
        raise ValueError(f"SOR-id »{row['SorId']}« er ikke 11-19 cifre. Sprunget over.")
    if not row["Navn"]:
        raise ValueError("stedet har intet navn. Sprunget over.")
    operator = row["Driftsansvarlig"]
    return Unit(
        sor_id=row["SorId"],
        name=row["Navn"][:200],
        sector=kind[0],
        kind=kind[1],
        parent=row["OverordnetSorId"],
        municipality=row["Kommunekode"],
        region=row["Region"],
        operator="" if operator.lower() == PRIVATE else operator,
        supervisor=row["Tilsyn"],
        private=operator.lower() == PRIVATE,
        ydernummer=row["Ydernummer"][:10],
        since=_day(row["GyldigFra"]),
        until=_day(row["GyldigTil"]),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"»{text}« er ingen dato. Skriv 2026-03-07. Sprunget over.") from None
