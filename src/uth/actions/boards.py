"""Tally boards (tælletavler): a unit's board is opened and closed, and screens are let in with a code typed once."""

import secrets
from datetime import date, datetime, timedelta

from uth.actions import collective
from uth.actions.handling import Refused
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.procedure import DESK
from uth.law.tally import areas
from uth.law.terms import AuthorityKind, Sector
from uth.law.text import tidy
from uth.records.organisations import Organisation, Place
from uth.records.reach import roles_of
from uth.records.sealing import new_code
from uth.records.tallies import Board, BoardKey, code_hash, held_board, token_hash

CODE_LASTS = timedelta(minutes=30)
CODE_WORDS = 3  # 45 bits, guessed at no faster than the limits let, and gone in half an hour
UNKNOWN_CODE = (
    "Koden passer ikke til en tavle. Se efter, om alle bogstaver er med. En kode virker én gang og i 30 minutter; "
    "bed om en ny, hvis den er udløbet."
)


@recorded
def open_board(
    log: Log,
    *,
    organisation: str,
    name: str,
    place: str = "",
    sector: Sector = Sector.UNKNOWN,
    by: Actor,
    at: datetime,
) -> int:
    """A board for a unit of an organisation where the actor works at the desk; returns its number."""
    runs = Organisation.objects.filter(key=organisation).first()
    if runs is None or not roles_of(by, runs, at=at) & DESK:
        raise Hidden
    where = Place.objects.filter(key=place).first() if place else None
    if place and where is None:
        raise Refused(place="Vi kender ikke det sted. Vælg et fra listen, eller lad feltet stå tomt.")
    words = tidy(name)[:200]
    if not words:
        raise Refused(name="Skriv, hvad enheden hedder.")
    if where is None and runs.kind == AuthorityKind.PRIVATE_HOSPITAL:
        raise Refused(place="Vælg hospitalet eller hospicet på listen over steder.")
    kind = Sector(where.sector) if where else sector
    if not areas(kind, on=danish_day(at)):
        raise Refused(sector="Vælg, hvilken sektor enheden hører til.")
    board = Board(name=words, organisation=runs, place=where, sector=kind, opened_on=danish_day(at))
    _must_be_own(board, on=danish_day(at))
    board.save()
    log("board.opened", chain=runs.key, board=board.pk)
    return board.pk


def _must_be_own(board: Board, *, on: date) -> None:
    """An authority counts what it receives itself (§ 4), and puts no numbers in another's inbox. Raises Refused."""
    recipient = collective.recipient_of(board, on=on)
    if collective.is_own(board, recipient, on=on):
        return
    theirs = Organisation.objects.get(key=recipient.authority).name
    where, other = ("på stedet", "et andet sted") if board.place else ("i den sektor", "en anden sektor")
    raise Refused(
        **{
            "place"
            if board.place
            else "sector": f"Det, der sker {where}, går til {theirs}, så tavlen skal åbnes "
            f"dér. Vælg {other}, eller bed {theirs} om at åbne en tavle til enheden."
        }
    )


@recorded
def close_board(log: Log, board_id: int, *, by: Actor, at: datetime) -> None:
    """No more taps; what is counted can still be told."""
    board = held_board(board_id, by, at=at)
    Board.objects.filter(pk=board.pk, closed_on=None).update(closed_on=danish_day(at))
    log("board.closed", chain=board.organisation.key, board=board.pk)


@recorded
def new_screen(log: Log, board_id: int, *, label: str, by: Actor, at: datetime) -> tuple[int, str]:
    """A code for one more screen; returns the screen's number and the code, which we do not keep."""
    board = held_board(board_id, by, at=at)
    if board.closed_on:
        raise Refused(label="Tavlen er lukket. Åbn en ny tavle til enheden.")
    words = tidy(label)[:100]
    if not words:
        raise Refused(label="Skriv, hvilken skærm det er, for eksempel »Vagtstuen«.")
    code = "-".join(new_code().split("-")[:CODE_WORDS])
    key = BoardKey.objects.create(
        board=board, label=words, code_hash=code_hash(code), created_at=at, code_until=at + CODE_LASTS
    )
    log("board.screen_made", chain=board.organisation.key, board=board.pk, screen=key.pk)
    return key.pk, code


@recorded
def let_in(log: Log, code: str, *, by: Actor, at: datetime) -> str:
    """Open a board on the screen where the code was typed; returns the screen's token, which we do not keep."""
    waiting = BoardKey.objects.filter(
        code_hash=code_hash(code), token_hash=None, revoked_at=None, code_until__gt=at, board__closed_on=None
    )
    key = waiting.select_related("board__organisation").first()
    token = secrets.token_urlsafe(32)
    if key is None or not waiting.update(token_hash=token_hash(token), opened_at=at):
        raise Refused(code=UNKNOWN_CODE)
    log("board.screen_opened", chain=key.board.organisation.key, board=key.board_id, screen=key.pk)
    return token


@recorded
def shut_out(log: Log, board_id: int, screen_id: int, *, by: Actor, at: datetime) -> None:
    """Close the board on one screen, from now."""
    board = held_board(board_id, by, at=at)
    if not BoardKey.objects.filter(pk=screen_id, board=board, revoked_at=None).update(revoked_at=at):
        raise Hidden
    log("board.screen_closed", chain=board.organisation.key, board=board.pk, screen=screen_id)
