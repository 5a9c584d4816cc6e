"""Reruns (genkørsler): how far one has come, and which approved texts a newer engine finds something in."""

from collections.abc import Mapping
from dataclasses import dataclass

from uth.deid.span import Kind
from uth.law.terms import State
from uth.records.reruns import Reread, left_of


@dataclass(frozen=True, slots=True)
class StillThere:
    """A case somebody should look at: how many of each kind stand in its approved text, and never what."""

    number: str
    state: State
    found: Mapping[Kind, int]


def left(rerun: int) -> list[int]:
    """The cases the rerun has yet to read."""
    return list(left_of(rerun).values_list("pk", flat=True))


def done(rerun: int) -> int:
    """How many it has read."""
    return Reread.objects.filter(rerun=rerun).count()


def still_there(rerun: int) -> tuple[StillThere, ...]:
    """The approved texts it found something in, oldest case first."""
    rows = Reread.objects.filter(rerun=rerun).exclude(found={}).select_related("case").order_by("case")
    return tuple(
        StillThere(
            row.case.number, State(row.case.state), {Kind(kind): many for kind, many in row.found.items()}
        )
        for row in rows
    )
