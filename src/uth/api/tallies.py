"""Taps (tryk) from other programs: a screen is let in with a code once, and sends what happened, as often as it likes."""

import uuid
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from uth.actions import boards as board_verbs
from uth.actions import handling
from uth.actions import tallies as verbs
from uth.api import limits
from uth.api.auth import ANYBODY, LOCAL, BoardToken, at, board_token
from uth.api.schemas import In, Line, Text
from uth.law.actor import REPORTER, Hidden
from uth.law.terms import TallyArea, Withdrawal
from uth.queries import boards

router = Router(tags=["samlerapportering"])
router.add_decorator(LOCAL, mode="view")
MOST = 500


class ScreenIn(In):
    """The code a person at the desk was shown (tavlens kode)."""

    code: Line


class ScreenOut(Schema):
    """A screen's token. It is told here and kept nowhere (skærmens nøgle)."""

    token: str


class TapIn(In):
    """One event that was not serious and could not have been (tryk)."""

    number: uuid.UUID = Field(description="lavet af skærmen; samme nummer tæller én gang")
    area: TallyArea
    happened_at: AwareDatetime


class WithdrawalIn(In):
    """A tap that does not count after all (fortrudt tryk); it may come before the tap."""

    number: uuid.UUID
    why: Withdrawal = Withdrawal.UNDONE


class NoteIn(In):
    """A few words for the unit itself (note): never passed on."""

    number: uuid.UUID
    text: Text = Field(description="højst 200 tegn, uden navn og CPR-nummer")


class ParcelIn(In):
    """What a screen sends together (pakke)."""

    taps: Annotated[list[TapIn], Field(max_length=MOST)] = []
    withdrawals: Annotated[list[WithdrawalIn], Field(max_length=MOST)] = []
    notes: Annotated[list[NoteIn], Field(max_length=MOST)] = []
    sent_at: AwareDatetime | None = Field(
        None, description="skærmens eget ur lige nu; går det forkert, rettes tidspunkterne"
    )


class RefusedOut(Schema):
    """Something that will never be taken, and why (afvist)."""

    number: uuid.UUID
    sentence: str


class ParcelOut(Schema):
    """What became of it: what is not refused is kept, now or before (kvittering)."""

    new: int
    repeated: int
    refused: list[RefusedOut]


class AreaOut(Schema):
    """An area's counts (område)."""

    area: TallyArea
    today: int
    month: int


class BoardOut(Schema):
    """A board as its screen shows it (tavle)."""

    name: str
    areas: list[AreaOut]


@router.post("/tally/screens", auth=ANYBODY, response={201: ScreenOut}, summary="Åbn en tavle på en skærm")
def let_in(request: HttpRequest, given: ScreenIn, ticket: limits.Ticket = "") -> Status[dict[str, str]]:
    """Koden virker én gang og i 30 minutter. Nøglen i svaret vises kun her."""
    limits.check(request, limits.CODE)
    try:
        token = board_verbs.let_in(given.code, by=REPORTER, at=at(request))
    except handling.Refused:
        limits.count(request, limits.CODE)
        raise
    return Status(201, {"token": token})


@router.post("/tally/taps", auth=BoardToken(), response=ParcelOut, summary="Send tryk fra en tavle")
def send(request: HttpRequest, given: ParcelIn) -> dict[str, Any]:
    """Send det samme igen, til svaret kommer: hvert nummer tælles én gang, i hvilken rækkefølge det end kommer."""
    parcel = verbs.Parcel(
        taps=[verbs.TapEntry(each.number, each.area, each.happened_at) for each in given.taps],
        withdrawals=[verbs.WithdrawalEntry(each.number, each.why) for each in given.withdrawals],
        notes=[verbs.NoteEntry(each.number, each.text) for each in given.notes],
        sent_at=given.sent_at,
    )
    taken = verbs.send(board_token(request), parcel, by=REPORTER, at=at(request))
    refused = [{"number": number, "sentence": sentence} for number, sentence in taken.refused]
    return {"new": taken.new, "repeated": taken.repeated, "refused": refused}


@router.get("/tally/board", auth=BoardToken(), response=BoardOut, summary="Se tavlens tal")
def board(request: HttpRequest) -> dict[str, Any]:
    """Enhedens egne tal i dag og i denne måned, og ingen andres."""
    page = boards.on_screen(board_token(request), at=at(request))
    if page is None:
        raise Hidden
    areas = [{"area": each.area, "today": each.today, "month": each.month} for each in page.areas]
    return {"name": page.name, "areas": areas}
