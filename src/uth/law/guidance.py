"""The guidance we ship (vejledningen): a plain text beside every field and step, each from its day (§ 11)."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

TEXT_LIMIT = 4_000
BOTH_FORMS = "report"
# The shelves of the guidance, in the order people meet them; the first word of a topic's key says which is its own.
SHELVES: Mapping[str, str] = {
    BOTH_FORMS: "Begge skemaer",
    "professional": "Skemaet for medarbejdere",
    "patient": "Skemaet for patienter og pårørende",
    "act": "Sagens skridt",
}


class UnknownTopic(LookupError):
    """There is no guidance of that key."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """One wording of a topic, shown from its day until the next one's."""

    key: str
    stands: str
    since: date
    text: str
    source: str = ""

    @property
    def shelf(self) -> str:
        """Where it belongs, in Danish."""
        return SHELVES[self.key.split(".")[0]]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or the points of a list."""

    paragraph: str = ""
    points: tuple[str, ...] = ()


def topics() -> tuple[str, ...]:
    """Every topic's key, in the order of the file."""
    return tuple(_book())


def shipped(key: str, *, on: date) -> Shipped:
    """The wording we ship that holds that day; before the first one, the first. Raises UnknownTopic."""
    try:
        wordings = _book()[key]
    except KeyError:
        raise UnknownTopic(key) from None
    return next((w for w in reversed(wordings) if w.since <= on), wordings[0])


def field_topic(form: str, field: str) -> str | None:
    """The topic of a form's field: the form's own, else the one that both forms share."""
    return _first_known([f"{form}.{field}", f"{BOTH_FORMS}.{field}"])


def step_topic(form: str, step: str) -> str | None:
    """The topic of a form's step."""
    return field_topic(form, f"step.{step}")


def act_topic(act: str, field: str = "") -> str | None:
    """The topic of an act, or of one of its fields."""
    return _first_known([".".join(filter(None, ("act", act, field)))])


def blocks(text: str) -> tuple[Block, ...]:
    """The text as paragraphs and lists. This is all the markup there is; whoever shows it escapes the words."""
    found: list[Block] = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        words = [line for line in lines if not line.startswith("- ")]
        points = tuple(line[2:].strip() for line in lines if line.startswith("- "))
        if words:
            found.append(Block(paragraph=" ".join(words)))
        if points:
            found.append(Block(points=points))
    return tuple(found)


def _first_known(keys: Iterable[str]) -> str | None:
    return next((key for key in keys if key in _book()), None)


@cache
def _book() -> Mapping[str, tuple[Shipped, ...]]:
    raw = tomllib.loads(files("uth.law").joinpath("guidance.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[Shipped, ...]] = {}
    for row in raw["guidance"]:
        each = Shipped(row["key"], row["stands"], row["from"], row["text"].strip(), row.get("source", ""))
        found[each.key] = tuple(sorted((*found.get(each.key, ()), each), key=lambda w: w.since))
    return found
