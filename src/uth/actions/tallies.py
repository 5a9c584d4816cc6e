"""Taps (tryk på tavlen): taken in as they come, each once, in whatever order; and what the unit noted is forgotten."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from uth.actions.handling import Refused
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor, Hidden
from uth.law.clean_text import CPR
from uth.law.clock import danish_day
from uth.law.message import month
from uth.law.rulebook import rule
from uth.law.tally import may_tally
from uth.law.terms import Sector, TallyArea, Withdrawal
from uth.law.text import tidy
from uth.records.tallies import (
    BoardKey,
    CollectiveReport,
    Tap,
    TapNote,
    TapWithdrawal,
    held_board,
    screen_of,
    seal_note,
)

MOST_NOTE = 200
WRONG_CLOCK = timedelta(minutes=2)
NOT_NOW = "»{area}« kunne ikke samlerapporteres den {day:%d.%m.%Y}. Rapportér hændelsen enkeltvis."
CPR_IN_NOTE = (
    "Noten ligner et CPR-nummer og er ikke gemt. Trykket er talt. Skriv for eksempel et værelsesnummer."
)
LONG_NOTE = f"Noten er ikke gemt: den må højst fylde {MOST_NOTE} tegn. Trykket er talt. Forkort noten."


@dataclass(frozen=True, slots=True)
class TapEntry:
    """One event as the screen tells it; `number` is the screen's own and makes it count once."""

    number: uuid.UUID
    area: TallyArea
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class WithdrawalEntry:
    """A tap that does not count after all."""

    number: uuid.UUID
    why: Withdrawal = Withdrawal.UNDONE


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A few words about a tap, for the unit alone."""

    number: uuid.UUID
    text: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a screen sends together. `sent_at`: the screen's own clock as it sent, so that a wrong one is put right."""

    taps: Sequence[TapEntry] = ()
    withdrawals: Sequence[WithdrawalEntry] = ()
    notes: Sequence[NoteEntry] = ()
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a parcel. `refused`: numbers that never will be taken, each with its sentence."""

    new: int
    repeated: int
    refused: tuple[tuple[uuid.UUID, str], ...] = ()


def send(token: str, parcel: Parcel, *, by: Actor, at: datetime) -> Taken:
    """Take in what a screen sends; what was here already is not counted again. Raises Hidden for a closed screen."""
    screen = screen_of(token)
    if screen is None:
        raise Hidden
    taps, refused = _lawful(screen, parcel, at=at)
    notes, unfit = _fit(parcel.notes)
    new = _Fresh(screen, taps, parcel.withdrawals, notes)
    if new.any:
        _take(screen, new, by=by, at=at)
    return Taken(len(new.taps), len(taps) - len(new.taps), (*refused, *unfit))


def _lawful(
    screen: BoardKey, parcel: Parcel, *, at: datetime
) -> tuple[dict[uuid.UUID, TapEntry], list[tuple[uuid.UUID, str]]]:
    """The taps with their hour put right, and those that the law did not let anybody tally that day."""
    told = parcel.sent_at if parcel.sent_at and _possible(parcel.sent_at) else at
    slip = at - told if abs(at - told) > WRONG_CLOCK else timedelta()
    taps: dict[uuid.UUID, TapEntry] = {}
    refused = []
    for tap in parcel.taps:
        happened = min(tap.happened_at + slip, at) if _possible(tap.happened_at) else at
        day = danish_day(happened)
        if may_tally(tap.area, Sector(screen.board.sector), on=day):
            taps.setdefault(tap.number, TapEntry(tap.number, tap.area, happened))
        else:
            refused.append((tap.number, NOT_NOW.format(area=tap.area.danish, day=day)))
    return taps, refused


def _possible(moment: datetime) -> bool:
    """A year that a screen's clock can show, also when its battery has been flat."""
    return 1970 <= moment.year <= 2200


def _fit(notes: Sequence[NoteEntry]) -> tuple[dict[uuid.UUID, str], list[tuple[uuid.UUID, str]]]:
    fit, unfit = {}, []
    for note in notes:
        text = tidy(note.text)
        if CPR.search(text):
            unfit.append((note.number, CPR_IN_NOTE))
        elif len(text) > MOST_NOTE:
            unfit.append((note.number, LONG_NOTE))
        elif text:
            fit[note.number] = text
    return fit, unfit


class _Fresh:
    """What of a parcel is not here yet."""

    def __init__(
        self,
        screen: BoardKey,
        taps: dict[uuid.UUID, TapEntry],
        withdrawals: Sequence[WithdrawalEntry],
        notes: dict[uuid.UUID, str],
    ) -> None:
        def here(model: type[Tap | TapWithdrawal | TapNote], numbers: Sequence[uuid.UUID]) -> set[uuid.UUID]:
            rows = model._default_manager.filter(board=screen.board_id, number__in=numbers)
            return set(rows.values_list("number", flat=True)) if numbers else set()

        known = here(Tap, list(taps))
        gone = here(TapWithdrawal, [each.number for each in withdrawals])
        noted = here(TapNote, list(notes))
        self.taps = {number: tap for number, tap in taps.items() if number not in known}
        self.withdrawals = {each.number: each for each in withdrawals if each.number not in gone}
        self.notes = {number: text for number, text in notes.items() if number not in noted}
        self.any = bool(self.taps or self.withdrawals or self.notes)


@recorded
def _take(log: Log, screen: BoardKey, new: _Fresh, *, by: Actor, at: datetime) -> None:
    board = screen.board
    _keep_taps(board.pk, screen.pk, new.taps.values(), at=at)
    _keep_withdrawals(board.pk, new.withdrawals.values(), at=at)
    TapNote.objects.bulk_create(
        [
            TapNote(board=board, number=number, received_at=at, sealed=seal_note(board.pk, number, text))
            for number, text in new.notes.items()
        ],
        ignore_conflicts=True,
    )
    log(
        "tally.taken",
        chain=board.organisation.key,
        board=board.pk,
        screen=screen.pk,
        taps=len(new.taps),
        withdrawn=len(new.withdrawals),
    )


def _keep_taps(board: int, screen: int, taps: Iterable[TapEntry], *, at: datetime) -> None:
    rows = [
        Tap(
            board_id=board,
            number=tap.number,
            area=tap.area,
            happened_at=tap.happened_at,
            month=month(danish_day(tap.happened_at)),
            received_at=at,
            screen=screen,
        )
        for tap in taps
    ]
    Tap.objects.bulk_create(rows, ignore_conflicts=True)  # the same tap may arrive twice at once


def _keep_withdrawals(board: int, withdrawals: Iterable[WithdrawalEntry], *, at: datetime) -> None:
    rows = [
        TapWithdrawal(board_id=board, number=each.number, why=each.why, received_at=at)
        for each in withdrawals
    ]
    TapWithdrawal.objects.bulk_create(rows, ignore_conflicts=True)


@recorded
def withdraw(log: Log, board_id: int, number: uuid.UUID, *, by: Actor, at: datetime) -> None:
    """Take a tap back at the desk, when the month is looked through."""
    board = held_board(board_id, by, at=at)
    if not Tap.objects.filter(board=board, number=number).exists():
        raise Hidden
    if TapWithdrawal.objects.filter(board=board, number=number).exists():
        raise Refused(number="Trykket er allerede taget tilbage.")
    _keep_withdrawals(board.pk, [WithdrawalEntry(number)], at=at)
    log("tally.withdrawn", chain=board.organisation.key, board=board.pk)


@recorded
def forget_words(log: Log, *, by: Actor, at: datetime) -> int:
    """Let go of notes that are old, and of a unit's own words once its report has arrived; returns how many notes."""
    old = at - timedelta(days=rule("tally_note_days", on=danish_day(at)).number)
    notes, _ = TapNote.objects.filter(received_at__lt=old).delete()
    told = CollectiveReport.objects.filter(delivered_at__isnull=False).exclude(learning="")
    words = told.update(learning="")
    log("tally.words_forgotten", notes=notes, learning=words)
    return notes
