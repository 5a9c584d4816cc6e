"""Mergers (sammenlægninger): those that have been made here, for the command line."""

from dataclasses import dataclass
from datetime import date, datetime

from uth.records.mergers import Merger, MergerMove


@dataclass(frozen=True, slots=True)
class MergerLine:
    """One run. Neither committed nor undone, it is still open."""

    number: int
    to: str
    first_day: date
    made_at: datetime
    committed_at: datetime | None
    undone_at: datetime | None
    cases: int


def mergers() -> tuple[MergerLine, ...]:
    """All of them, oldest first."""
    return tuple(
        MergerLine(
            number=run.pk,
            to=run.to.name,
            first_day=run.first_day,
            made_at=run.made_at,
            committed_at=run.committed_at,
            undone_at=run.undone_at,
            cases=run.moves.filter(what=MergerMove.CASE).count(),
        )
        for run in Merger.objects.select_related("to")
    )
