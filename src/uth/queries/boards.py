"""Tally boards (tælletavler) to look at: on their own screens, and at the desk that runs them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Subquery

from uth.law.actor import Actor
from uth.law.clock import danish_day, starts_at
from uth.law.message import month as month_of
from uth.law.procedure import DESK
from uth.law.tally import areas, is_over, months_back
from uth.law.terms import Sector, TallyArea
from uth.records import audit
from uth.records.organisations import Organisation
from uth.records.reach import held_by
from uth.records.tallies import (
    Board,
    BoardKey,
    CollectiveReport,
    Tap,
    TapNote,
    TapWithdrawal,
    counted,
    held_board,
    left_of,
    screen_of,
    told,
    untold,
)

MONTHS = 13
UNDO = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area of a board: how many today and this month, and its months (`2026-03`, count), oldest first."""

    area: TallyArea
    today: int
    month: int
    run: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LastTap:
    """The newest tap of a screen, while it can be taken back there."""

    number: uuid.UUID
    area: TallyArea
    happened_at: datetime
    noted: bool


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """A board as one of its screens shows it: its own unit and nobody else's."""

    key: uuid.UUID
    name: str
    place: str
    place_key: str
    areas: tuple[AreaLine, ...]
    others: tuple[AreaLine, ...]
    last: LastTap | None


def on_screen(token: str, *, at: datetime) -> ScreenPage | None:
    """What the screen with this token shows; None once it or its board is closed."""
    screen = screen_of(token)
    if screen is None:
        return None
    board = screen.board
    lines = _lines(board, today=danish_day(at))
    open_now = areas(Sector(board.sector), on=danish_day(at))
    return ScreenPage(
        key=board.key,
        name=board.name,
        place=board.place.name if board.place else board.organisation.name,
        place_key=board.place.key if board.place else "",
        areas=tuple(line for line in lines if line.area in open_now),
        others=tuple(line for line in lines if line.area not in open_now),
        last=_last(screen, at=at),
    )


def _lines(board: Board, *, today: date) -> list[AreaLine]:
    """The areas that are open today or have been tapped in the months shown."""
    months = months_back(today, MONTHS)
    sums = counted(board=board, month__in=months)
    now = counted(board=board, happened_at__gte=starts_at(today))
    this, first = months[-1], min([month_of(board.opened_on), *(month for _, month, _ in sums)])
    shown = {*areas(Sector(board.sector), on=today), *(TallyArea(area) for _, _, area in sums)}
    return [
        AreaLine(
            area=area,
            today=now.get((board.pk, this, area.value), 0),
            month=sums.get((board.pk, this, area.value), 0),
            run=tuple(
                (month, sums.get((board.pk, month, area.value), 0)) for month in months if month >= first
            ),
        )
        for area in TallyArea
        if area in shown
    ]


def _last(screen: BoardKey, *, at: datetime) -> LastTap | None:
    tap = Tap.objects.filter(screen=screen.pk, board=screen.board_id).order_by("-pk").first()
    if tap is None or tap.received_at < at - UNDO:
        return None
    if TapWithdrawal.objects.filter(board=screen.board_id, number=tap.number).exists():
        return None
    noted = TapNote.objects.filter(board=screen.board_id, number=tap.number).exists()
    return LastTap(tap.number, TallyArea(tap.area), tap.happened_at, noted)


# ── at the desk ──


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A board in the desk's list. `waiting`: months that are over and have something left to tell."""

    id: int
    name: str
    place: str
    organisation: str
    closed_on: date | None
    screens: int
    this_month: int
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScreenLine:
    """A screen of a board."""

    id: int
    label: str
    created_at: datetime
    opened_at: datetime | None
    code_until: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of a board: what counts, what has been told, what is left to tell."""

    month: str
    counted: int
    told: int
    left: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A board at the desk."""

    id: int
    name: str
    place: str
    organisation: str
    sector: Sector
    opened_on: date
    closed_on: date | None
    areas: tuple[AreaLine, ...]
    screens: tuple[ScreenLine, ...]
    months: tuple[MonthLine, ...]


def units(*, by: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """Key and name of the organisations where the actor works at the desk."""
    rows = Organisation.below(held_by(by, at=at).paths(DESK)).order_by("path")
    return tuple(rows.values_list("key", "name"))


def boards(*, by: Actor, at: datetime) -> tuple[BoardLine, ...]:
    """The boards run by the organisations where the actor works at the desk, those in use first."""
    below = Organisation.below(held_by(by, at=at).paths(DESK))
    rows = list(Board.objects.filter(organisation__in=below).select_related("organisation", "place"))
    today = danish_day(at)
    this = months_back(today, 1)[0]
    taps, left = _by_board(counted(board__in=rows, month=this)), untold(board__in=rows)
    waiting: dict[int, set[str]] = {}
    for board, month, _ in left:
        if is_over(month, today=today):
            waiting.setdefault(board, set()).add(month)
    screens = BoardKey.objects.filter(board__in=rows, revoked_at=None, token_hash__isnull=False)
    open_screens = list(screens.values_list("board", flat=True))
    lines = [
        BoardLine(
            id=row.pk,
            name=row.name,
            place=row.place.name if row.place else "",
            organisation=row.organisation.name,
            closed_on=row.closed_on,
            screens=open_screens.count(row.pk),
            this_month=taps.get(row.pk, 0),
            waiting=tuple(sorted(waiting.get(row.pk, ()))),
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: (line.closed_on is not None, not line.waiting, line.name)))


def _by_board(sums: Mapping[tuple[int, str, str], int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for (board, _, _), count in sums.items():
        found[board] = found.get(board, 0) + count
    return found


def board(board_id: int, *, by: Actor, at: datetime) -> BoardPage:
    """A board with its screens and months. Raises Hidden."""
    row = held_board(board_id, by, at=at)
    today = danish_day(at)
    return BoardPage(
        id=row.pk,
        name=row.name,
        place=row.place.name if row.place else "",
        organisation=row.organisation.name,
        sector=Sector(row.sector),
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        areas=tuple(_lines(row, today=today)),
        screens=tuple(
            ScreenLine(k.pk, k.label, k.created_at, k.opened_at, k.code_until, k.revoked_at)
            for k in row.keys.order_by("-pk")
        ),
        months=_months(row, today=today),
    )


def _months(row: Board, *, today: date) -> tuple[MonthLine, ...]:
    sums, sent = counted(board=row), told(board=row)
    taps, reports = _by_month(sums), _by_month(sent)
    moved = {
        month for _, month, _ in left_of(sums, sent)
    }  # an area up and another down leave a sum of nothing
    return tuple(
        MonthLine(
            month=month,
            counted=taps.get(month, 0),
            told=reports.get(month, 0),
            left=int(month in moved),
            is_over=is_over(month, today=today),
        )
        for month in sorted(taps.keys() | reports.keys(), reverse=True)
    )


def _by_month(sums: Mapping[tuple[int, str, str], int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for (_, month, _), count in sums.items():
        found[month] = found.get(month, 0) + count
    return found


@dataclass(frozen=True, slots=True)
class TapLine:
    """A tap as the desk looks it through; `note` is the unit's own."""

    number: uuid.UUID
    area: TallyArea
    happened_at: datetime
    note: str
    withdrawn: str


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A report that has told something of the month."""

    id: int
    name: str
    area: TallyArea
    count: int
    addition: int
    submitted_at: datetime
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A unit's month: what is left to tell area by area, the taps behind it, and what has been told."""

    board_id: int
    board: str
    month: str
    is_over: bool
    left: tuple[tuple[TallyArea, int], ...]
    taps: tuple[TapLine, ...]
    told: tuple[ToldLine, ...]


def month(board_id: int, month_told: str, *, by: Actor, at: datetime) -> MonthPage:
    """A month of a board. Raises Hidden. The notes are opened, and that leaves a line."""
    row = held_board(board_id, by, at=at)
    gone = TapWithdrawal.objects.filter(board=OuterRef("board"), number=OuterRef("number"))
    taps = row.taps.filter(month=month_told).annotate(why=Subquery(gone.values("why")[:1]))
    told_of = taps.order_by("-happened_at", "-pk").values_list("number", "area", "happened_at", "why")
    lines = _taps(row, list(told_of))
    if any(line.note for line in lines):
        audit.append(row.organisation.key, "tally.notes_read", at=at, actor=str(by), detail={"board": row.pk})
    reports = CollectiveReport.objects.filter(board=row, month=month_told).select_related("confirmed_by")
    left = untold(board=row, month=month_told)
    return MonthPage(
        board_id=row.pk,
        board=row.name,
        month=month_told,
        is_over=is_over(month_told, today=danish_day(at)),
        left=tuple(
            (area, left[row.pk, month_told, area.value])
            for area in TallyArea
            if (row.pk, month_told, area.value) in left
        ),
        taps=lines,
        told=tuple(
            ToldLine(
                id=r.pk,
                name=r.name,
                area=TallyArea(r.area),
                count=r.count,
                addition=r.addition,
                submitted_at=r.submitted_at,
                confirmed_by=r.confirmed_by.name if r.confirmed_by else "",
            )
            for r in reports.order_by("submitted_at", "pk")
        ),
    )


def _taps(row: Board, taps: Sequence[tuple[uuid.UUID, str, datetime, str | None]]) -> tuple[TapLine, ...]:
    numbers = [number for number, _, _, _ in taps]
    notes = {note.number: note.open() for note in row.notes.filter(number__in=numbers)}
    return tuple(
        TapLine(number, TallyArea(area), happened_at, notes.get(number, ""), why or "")
        for number, area, happened_at, why in taps
    )
