"""The taxonomy (klassifikationen): versioned codes for main group, problem and process; none is ever removed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from uth.law.terms import Term

NOT_OFFICIAL = (
    "Ikke officiel: vi har ikke kunnet finde de officielle lister fra DPSD, så disse typer er vores egne."
)


class Level(Term):
    """The three levels of a type (klassifikationens niveauer)."""

    MAIN_GROUP = "main_group", "Hovedgruppe"
    PROBLEM = "problem", "Problem"
    PROCESS = "process", "Proces"


class UnknownCode(LookupError):
    """The code does not exist or may not be used; the message is the Danish sentence to show."""


@dataclass(frozen=True, slots=True)
class Code:
    """One word of the classification; `until` is its last day, None while it is in use."""

    level: Level
    key: str
    name: str
    definition: str
    example: str
    since: date
    until: date | None = None
    problems: tuple[str, ...] = ()  # a main group's usual ones, to show first
    processes: tuple[str, ...] = ()

    def in_use(self, on: date) -> bool:
        """Whether it may be chosen that day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Type:
    """What an incident was (hændelsestype): a main group, and what went wrong in which piece of work."""

    main_group: Code
    problem: Code | None = None
    process: Code | None = None

    @property
    def code(self) -> str:
        """Its spelling in records and messages: `medication.wrong_dose.ordering`."""
        return ".".join(each.key for each in (self.main_group, self.problem, self.process) if each)

    @property
    def danish(self) -> str:
        """Its name for people, from the whole to the part."""
        return " › ".join(each.name for each in (self.main_group, self.problem, self.process) if each)


@dataclass(frozen=True)
class Taxonomy:
    """The codes that may be chosen on one day, and the version they belong to."""

    version: str
    official: bool
    main_groups: Mapping[str, Code]
    problems: Mapping[str, Code]
    processes: Mapping[str, Code]

    def type(self, code: str) -> Type:
        """The type of this spelling, if it may be chosen now; raises UnknownCode with the sentence to show."""
        found = lookup(code)
        parts = (
            (found.main_group, self.main_groups),
            (found.problem, self.problems),
            (found.process, self.processes),
        )
        for part, usable in parts:
            if part and part.key not in usable:
                raise UnknownCode(f"»{part.name}« bruges ikke længere. Vælg en anden.")
        return found

    def usual_problems(self, group: str) -> tuple[Code, ...]:
        """Every problem, with those the group usually meets first."""
        return _first(self.main_groups[group].problems, self.problems)

    def usual_processes(self, group: str) -> tuple[Code, ...]:
        """Every process, with those the group usually meets first."""
        return _first(self.main_groups[group].processes, self.processes)


def taxonomy(on: date) -> Taxonomy:
    """The taxonomy as it stood that day; before the first version, the first one."""
    versions = _versions()
    key, since, official = max((v for v in versions if v[1] <= on), key=lambda v: v[1], default=versions[0])
    day = max(on, since)
    return Taxonomy(key, official, *(_usable(level, day) for level in Level))


def lookup(code: str) -> Type:
    """The type of this spelling, retired or not: old cases keep their names. Raises UnknownCode."""
    keys = code.split(".")
    if len(keys) > len(Level):
        raise UnknownCode("Klassifikationen har højst tre led: hovedgruppe, problem og proces.")
    parts = []
    for level, key in zip(Level, keys, strict=False):
        found = codes().get((level, key))
        if found is None:
            raise UnknownCode(
                f"Koden findes ikke blandt klassifikationens {level.danish.lower()}koder. Vælg fra listen."
            )
        parts.append(found)
    return Type(*parts)


def versions() -> tuple[str, ...]:
    """Every version there has been, oldest first."""
    return tuple(key for key, _, _ in _versions())


@cache
def codes() -> Mapping[tuple[Level, str], Code]:
    """Every code there has ever been."""
    first = _versions()[0][1]
    return MappingProxyType(
        {
            (level, key): _code(level, key, row, first)
            for level in Level
            for key, row in _book()[level].items()
        }
    )


def _code(level: Level, key: str, row: dict[str, Any], first: date) -> Code:
    return Code(
        level=level,
        key=key,
        name=row["name"],
        definition=row["definition"],
        example=row["example"],
        since=row.get("since", first),
        until=row.get("until"),
        problems=tuple(row.get("problems", ())),
        processes=tuple(row.get("processes", ())),
    )


def _usable(level: Level, on: date) -> Mapping[str, Code]:
    return MappingProxyType(
        {key: code for (at, key), code in codes().items() if at is level and code.in_use(on)}
    )


def _first(keys: tuple[str, ...], of: Mapping[str, Code]) -> tuple[Code, ...]:
    usual = tuple(of[key] for key in keys if key in of)
    return usual + tuple(code for code in of.values() if code not in usual)


@cache
def _versions() -> tuple[tuple[str, date, bool], ...]:
    return tuple((row["key"], row["from"], row["official"]) for row in _book()["version"])


@cache
def _book() -> dict[str, Any]:
    return tomllib.loads(files("uth.law").joinpath("taxonomy.toml").read_text(encoding="utf-8"))
