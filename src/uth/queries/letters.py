"""Letters (breve): those that do not arrive, counted by what is the matter; nobody's address, no case."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform

from uth.law.actor import Actor, Hidden
from uth.law.template import REPORT
from uth.law.terms import Role
from uth.records import outbox
from uth.records.addressees import letters_below
from uth.records.outbox import Letter
from uth.records.reach import held_by


@dataclass(frozen=True, slots=True)
class Trouble:
    """Letters with the same trouble. `road`: national or mail; `code`: what the other side or the line said.

    `kinds`: how many of each, a notice by its name and a national message as "national." and its kind.
    """

    road: str
    code: str
    stopped: bool
    count: int
    kinds: tuple[tuple[str, int], ...]
    since: datetime
    next_try: datetime | None


def troubles(*, by: Actor, at: datetime) -> tuple[Trouble, ...]:
    """What does not arrive from the parts one administers: what waits for a person first. Raises Hidden."""
    groups: dict[tuple[str, str, bool], list[Letter]] = {}
    told = KeyTextTransform("kind", "body")
    for letter in _mine(by, at=at).annotate(told=told).defer("body").order_by("created_at"):
        groups.setdefault((letter.kind, letter.problem, letter.stopped_at is not None), []).append(letter)
    found = [_trouble(*key, letters) for key, letters in groups.items()]
    return tuple(sorted(found, key=lambda t: (not t.stopped, t.since)))


def _mine(by: Actor, *, at: datetime) -> QuerySet[Letter]:
    paths = held_by(by, at=at).paths({Role.ADMIN})
    if not paths:
        raise Hidden
    return letters_below(paths, outbox.in_trouble(at=at))


def _kind(letter: Letter) -> str:
    told: str | None = letter.told  # type: ignore[attr-defined] # annotated
    return f"national.{told or REPORT.name}" if letter.kind == Letter.NATIONAL else letter.template


def _trouble(road: str, code: str, stopped: bool, letters: list[Letter]) -> Trouble:
    return Trouble(
        road=road,
        code=code,
        stopped=stopped,
        count=len(letters),
        kinds=tuple(Counter(map(_kind, letters)).most_common()),
        since=min(letter.created_at for letter in letters),
        next_try=None if stopped else min(letter.not_before for letter in letters),
    )
