"""Boards and taps for tests, made by the real actions."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from tests.people import ANNA, who
from uth.actions import boards, collective, tallies
from uth.law.actor import Actor
from uth.law.terms import CollectiveState, TallyArea
from uth.records.tallies import Board, CollectiveReport

PLACE = "ph-spire"


def board(
    *, at: datetime, name: str = "Solgangen", organisation: str = "0151", by: Actor | None = None, **more: Any
) -> Board:
    """An open board; the care home in Ballerup unless told otherwise."""
    made = boards.open_board(
        organisation=organisation, name=name, **({"place": PLACE} | more), by=by or who("Kirsten"), at=at
    )
    return Board.objects.get(pk=made)


def screen(of: Board, *, at: datetime, by: Actor | None = None) -> str:
    """The token of a screen that shows the board."""
    _, code = boards.new_screen(of.pk, label="Vagtstuen", by=by or who("Kirsten"), at=at)
    return boards.let_in(code, by=ANNA, at=at)


def tap(happened: datetime, area: TallyArea = TallyArea.FALL) -> tallies.TapEntry:
    """One event."""
    return tallies.TapEntry(uuid.uuid4(), area, happened)


def taps(
    token: str, how_many: int, *, happened: datetime, at: datetime, area: TallyArea = TallyArea.FALL
) -> list[tallies.TapEntry]:
    """Several events a minute apart, sent together."""
    made = [tap(happened + timedelta(minutes=n), area) for n in range(how_many)]
    tallies.send(token, tallies.Parcel(taps=made), by=ANNA, at=at)
    return made


def submitted(
    of: Board, month: str, *, at: datetime, by: Actor | None = None, **learning: str
) -> list[CollectiveReport]:
    """The month confirmed as it stands."""
    from uth.records.tallies import untold

    left = {TallyArea(area): n for (_, _, area), n in untold(board=of, month=month).items()}
    told = {TallyArea(area): text for area, text in learning.items()}
    made = collective.submit(of.pk, month, seen=left, learning=told, by=by or who("Kirsten"), at=at)
    return list(CollectiveReport.objects.filter(pk__in=made).order_by("area"))


def forwarded(report: CollectiveReport, *, at: datetime, by: Actor | None = None) -> CollectiveReport:
    """Approved without words, and forwarded."""
    collective.approve(report.pk, comment="", by=by or who("Kirsten"), at=at)
    collective.forward(report.pk, by=by or who("Kirsten"), at=at)
    report.refresh_from_db()
    assert report.state == CollectiveState.FORWARDED
    return report
