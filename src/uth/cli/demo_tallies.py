"""The demo's tally boards (opdigtede tavler): eight months of taps by real actions, told month by month but the last."""

import random
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction

from uth.actions import boards, collective, tallies
from uth.jobs import letters
from uth.law.actor import REPORTER, Actor, user
from uth.law.clock import danish_day, starts_at
from uth.law.tally import is_over, months_back
from uth.law.terms import TallyArea
from uth.queries import boards as seen
from uth.queries import collective as queries

MONTHS = 8
A = TallyArea
# Unit, who runs it, its place, and about how often a month.
UNITS = (
    (
        "Solgangen",
        "0151",
        "ph-spire",
        {A.FALL: 14, A.MEDICINE_ADMINISTRATION: 22, A.MEDICINE_DISPENSING: 6, A.INFECTION: 3},
    ),
    (
        "Medicinsk sengeafsnit",
        "DK-84",
        "birkelsoe-med",
        {A.FALL: 9, A.MEDICINE_ADMINISTRATION: 12, A.MEDICINE_DISPENSING: 4, A.INFECTION: 5},
    ),
)
LEARNED = "Vi har sat en ekstra vagt på efter aftensmaden, hvor de fleste fald sker."
WAITING = "Kirsten Opdigtet har samlet os om stue 4: sengehesten går nu op om aftenen, og nattevagten ser ind kl. 23."
NOTES = ("Stue 4, ved sengen", "Efter aftenkaffe", "På badeværelset", "Ny rollator", "Glemt ved vagtskifte")


def put(people: dict[str, int], *, at: datetime) -> int:
    """The boards that are not here yet; returns how many are new."""
    desk = {"0151": user(people["Kirsten"]), "DK-84": user(people["Carl"])}
    new = 0
    for name, organisation, place, often in UNITS:
        by = desk[organisation]
        if name in {line.name for line in seen.boards(by=by, at=at)}:
            continue
        with transaction.atomic():
            _fill(name, organisation, place, often, by=by, now=at)
        new += 1
    return new


def _fill(
    name: str, organisation: str, place: str, often: dict[TallyArea, int], *, by: Actor, now: datetime
) -> None:
    chance = random.Random(name)  # noqa: S311 - made-up numbers, the same each time
    months = months_back(danish_day(now), MONTHS)
    opened = _day(months[0], 1)
    board = boards.open_board(organisation=organisation, name=name, place=place, by=by, at=opened)
    _, code = boards.new_screen(board, label="Vagtstuen", by=by, at=opened)
    token = boards.let_in(code, by=REPORTER, at=opened)
    for number, month in enumerate(months):
        taps = _taps(month, often, chance, now=now)
        _send(token, taps, chance)
        turn = _day(month, 34)
        told = number < MONTHS - 2 and is_over(month, today=danish_day(turn))
        if told and turn < now:
            waits = number == MONTHS - 3 and organisation == "DK-84"  # one is left for a visitor to handle
            words = WAITING if waits else LEARNED if number == 1 else ""
            _tell(board, month, by=by, at=turn, learning=words, on=not waits)


def _day(month: str, day: int) -> datetime:
    """Ten o'clock on that day of the month; beyond its end, in the next."""
    year, number = map(int, month.split("-"))
    return datetime(year, number, 1, 9, 0, tzinfo=UTC) + timedelta(days=day - 1)


def _taps(
    month: str, often: dict[TallyArea, int], chance: random.Random, *, now: datetime
) -> list[tallies.TapEntry]:
    made = []
    for area, about in often.items():
        for _ in range(max(1, round(chance.gauss(about, about**0.5)))):
            hours = timedelta(days=chance.randrange(28), hours=chance.randrange(-2, 13))
            happened = _day(month, 1) + hours
            number = uuid.UUID(int=chance.getrandbits(128), version=4)
            made.append(tallies.TapEntry(number, area, max(happened, starts_at(danish_day(_day(month, 1))))))
    return [tap for tap in made if tap.happened_at < now]


def _send(token: str, taps: Sequence[tallies.TapEntry], chance: random.Random) -> None:
    if not taps:
        return
    noted = [tallies.NoteEntry(tap.number, chance.choice(NOTES)) for tap in taps[::6]]
    back = [tallies.WithdrawalEntry(tap.number) for tap in taps[5::17]]
    newest = max(tap.happened_at for tap in taps)
    tallies.send(token, tallies.Parcel(taps, back, noted), by=REPORTER, at=newest)


def _tell(board: int, month: str, *, by: Actor, at: datetime, learning: str, on: bool) -> None:
    """Confirmed, approved and forwarded, as a desk does when the month has turned."""
    left = dict(seen.month(board, month, by=by, at=at).left)
    words = {TallyArea.FALL: learning} if learning else {}
    made = collective.submit(board, month, seen=left, learning=words, by=by, at=at)
    if not on:
        return
    for number in made:
        if queries.report(number, by=by, at=at).learning:
            collective.approve(number, comment=learning, by=by, at=at)
            collective.forward(number, by=by, at=at)
    collective.forward_wordless(by=by, at=at)
    if settings.UTH_SITE == "both":  # else the worker carries it over
        letters.deliver_counts_here(at=at)
