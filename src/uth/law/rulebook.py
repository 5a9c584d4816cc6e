"""The rulebook (reglerne): what the law's value was on a given day, and where that stands."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

type Value = int | str | bool | tuple[str, ...] | tuple[int, ...]


class RuleNotFound(LookupError):
    """No rule of that name held on that day."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One value of the law in one period; `until` is its last day, None while it still holds."""

    name: str
    value: Value
    since: date
    until: date | None
    source: str
    danish: str
    unverified: bool = False

    def holds(self, on: date) -> bool:
        """Whether this value was the law on that day."""
        return self.since <= on and (self.until is None or on <= self.until)

    @property
    def number(self) -> int:
        """The value of a rule that is a number of days or years."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        raise TypeError(f"{self.name} is no number")

    @property
    def text(self) -> str:
        """The value of a rule that is a name or a word."""
        if isinstance(self.value, str):
            return self.value
        raise TypeError(f"{self.name} is no text")

    @property
    def yes(self) -> bool:
        """The value of a rule that is a yes or a no."""
        if isinstance(self.value, bool):
            return self.value
        raise TypeError(f"{self.name} is no yes or no")

    @property
    def words(self) -> tuple[str, ...]:
        """The value of a rule that is a list of words."""
        if isinstance(self.value, tuple):
            return tuple(each for each in self.value if isinstance(each, str))
        raise TypeError(f"{self.name} is no list of words")

    @property
    def numbers(self) -> tuple[int, ...]:
        """The value of a rule that is a list of days."""
        if isinstance(self.value, tuple):
            return tuple(each for each in self.value if isinstance(each, int))
        raise TypeError(f"{self.name} is no list of numbers")


@dataclass(frozen=True, slots=True)
class Silence:
    """A period in which a rule was not in force, said out loud so that nobody takes it for a forgotten row."""

    name: str
    since: date
    until: date
    source: str
    unverified: bool = False

    def holds(self, on: date) -> bool:
        """Whether the rule was silent on that day."""
        return self.since <= on <= self.until


def rule(name: str, *, on: date) -> Rule:
    """The rule of this name as it stood that day; raises RuleNotFound."""
    found = find(name, on=on)
    if found is None:
        raise RuleNotFound(f"Ingen regel »{name}« gjaldt den {on:%d.%m.%Y}.")
    return found


def find(name: str, *, on: date) -> Rule | None:
    """The rule of this name as it stood that day, or None where the law said nothing we know of."""
    return next((each for each in periods(name) if each.holds(on)), None)


def periods(name: str) -> tuple[Rule, ...]:
    """Every value a rule has had, oldest first; an unknown name is a mistake in the code."""
    try:
        return _book()[name]
    except KeyError:
        raise RuleNotFound(f"Der findes ingen regel »{name}« i rules.toml.") from None


def silences(name: str) -> tuple[Silence, ...]:
    """The periods since 2011 in which a rule was not in force."""
    return _silences()[name]


def names() -> frozenset[str]:
    """The name of every rule."""
    return frozenset(_book())


def rules() -> tuple[Rule, ...]:
    """Every value of every rule, in the order of rules.toml."""
    return tuple(each for values in _book().values() for each in values)


@cache
def _book() -> Mapping[str, tuple[Rule, ...]]:
    return {name: _read(name, table) for name, table in _tables().items()}


@cache
def _silences() -> Mapping[str, tuple[Silence, ...]]:
    return {
        name: tuple(
            Silence(name, row["from"], row["to"], row["source"], row.get("unverified", False))
            for row in table["values"]
            if not row.get("in_force", True)
        )
        for name, table in _tables().items()
    }


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("uth.law").joinpath("rules.toml").read_text(encoding="utf-8"))


def _read(name: str, table: dict[str, Any]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            name=name,
            value=tuple(row["value"]) if isinstance(row["value"], list) else row["value"],
            since=row["from"],
            until=row.get("to"),
            source=row["source"],
            danish=table["danish"],
            unverified=row.get("unverified", False),
        )
        for row in table["values"]
        if row.get("in_force", True)
    )
