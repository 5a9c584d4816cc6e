"""The sectors' own lists (sektorernes lister) of what had to be reported before 1 July 2023; none has been found yet."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from uth.law.terms import Sector


@dataclass(frozen=True, slots=True)
class Problem:
    """An event on a sector's list; `until` is the last day it stood there."""

    sector: Sector
    key: str
    danish: str
    since: date
    until: date | None
    source: str
    unverified: bool = False

    def holds(self, on: date) -> bool:
        """Whether it stood on the list that day."""
        return self.since <= on and (self.until is None or on <= self.until)


type Lists = tuple[Problem, ...]


def read(text: str) -> Lists:
    """The lists in this TOML; a table without rows is an empty answer, not a fault."""
    return tuple(
        Problem(
            sector=Sector(row["sector"]),
            key=row["key"],
            danish=row["danish"],
            since=row["from"],
            until=row.get("to"),
            source=row["source"],
            unverified=row.get("unverified", False),
        )
        for row in tomllib.loads(text).get("problem", [])
    )


@cache
def known() -> Lists:
    """The lists we have."""
    return read(files("uth.law").joinpath("problems.toml").read_text(encoding="utf-8"))


def listed(sector: Sector, on: date, lists: Lists | None = None) -> Lists:
    """What a sector's list held that day; empty means that we do not know the list."""
    return tuple(
        each for each in (known() if lists is None else lists) if each.sector is sector and each.holds(on)
    )
