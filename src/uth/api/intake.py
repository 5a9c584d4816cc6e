"""Intake (rapportering): a program gives a report without log-in, and its reporter follows it with the code."""

import secrets
from datetime import time
from hashlib import sha256
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, Query, Router, Status

from uth.actions import handling, intake
from uth.api import limits
from uth.api.auth import ANYBODY, LOCAL, ReceiptCode, at, page
from uth.api.schemas import (
    PlacesOut,
    ReceiptOut,
    ReceiptPageOut,
    ReportIn,
    TextIn,
)
from uth.law.actor import REPORTER
from uth.law.clock import danish_day
from uth.law.text import tidy
from uth.queries import places, receipt

router = Router(tags=["rapportering"])
router.add_decorator(LOCAL, mode="view")

DIFFERENT_SIGNS = 8
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=22,
        max_length=200,
        pattern=r"^[!-~]+$",
        description="Mindst 22 tilfældige tegn, som er hemmelige for andre. Samme nøgle og samme indhold giver samme kvittering.",
    ),
]


@router.post(
    "/reports", auth=ANYBODY, response={201: ReceiptOut, 200: ReceiptOut}, summary="Indgiv en rapport"
)
def submit(
    request: HttpRequest, given: ReportIn, key: IdempotencyKey = None, ticket: limits.Ticket = ""
) -> Status[dict[str, Any]]:
    """Rapporten fordeles straks til den, loven udpeger. Svaret rummer kvitteringskoden: den vises kun her.

    Send nøjagtig det samme igen med samme `Idempotency-Key`, hvis svaret udeblev: så gives samme kvittering (200), og
    intet tælles dobbelt. Samme nøgle med et andet indhold er en ny rapport.
    """
    if key is not None and len(set(key)) < DIFFERENT_SIGNS:  # "aaaa…" would hand one's receipt to another
        raise intake.Refused(
            {"Idempotency-Key": "Nøglen er for let at gætte. Brug mindst 22 tilfældige tegn."}
        )
    secret = _submission(key, given)
    try:
        limits.admit(request, limits.REPORT)
    except limits.Slowed:
        if (
            intake.receipt_again(secret) is None
        ):  # a retry is never slowed; asked last, since it is rarely one
            raise
    given_receipt = intake.submit(answers_of(given), submission=secret, by=REPORTER, at=at(request))
    return Status(200 if given_receipt.repeated else 201, _receipt(given_receipt))


def _submission(key: str | None, given: ReportIn) -> str:
    """What a retry must know: the key and the whole report, so that a key alone never yields a receipt."""
    if key is None:
        return secrets.token_urlsafe(24)
    return f"{key} {sha256(given.model_dump_json().encode()).hexdigest()}"


def answers_of(given: ReportIn) -> intake.Answers:
    """The report as the action takes it."""
    told: dict[str, Any] = {name: getattr(given, name) for name in ReportIn.model_fields}
    told["event_time"] = time.fromisoformat(given.event_time) if given.event_time else None
    told["medicines"] = tuple(intake.MedicineAnswer(**m.model_dump()) for m in given.medicines)
    told["devices"] = tuple(intake.DeviceAnswer(**d.model_dump()) for d in given.devices)
    told["involved"] = tuple(intake.InvolvedAnswer(**i.model_dump()) for i in given.involved)
    return intake.Answers(**told, channel="api")


def _receipt(given: intake.Receipt) -> dict[str, Any]:
    """As `ReceiptOut` has it; checked against it once, on the way out."""
    recipient = {
        "key": given.authority,
        "name": given.recipient,
        "rule": given.rule,
        "paragraph": given.paragraph,
        "explanation": given.explanation,
    }
    return {"receipt_code": given.code, "recipient": recipient, "forward_by": given.forward_by}


@router.get("/places", auth=ANYBODY, response=PlacesOut, summary="Find et sted")
def find_places(
    request: HttpRequest, q: Annotated[str, Query(max_length=100, description="ord fra stedets navn")]
) -> dict[str, Any]:
    """Højst 12 steder, hvis navn eller kaldenavn rummer alle ordene."""
    return {"places": places.search(tidy(q), on=danish_day(at(request)))}


@router.get("/receipt", auth=ReceiptCode(), response=ReceiptPageOut, summary="Følg en rapport")
def follow(request: HttpRequest) -> receipt.ReceiptPage:
    """Status i almindelige ord, spørgsmål og svar, og hvad der blev lært."""
    return page(request)


@router.post("/receipt/replies", auth=ReceiptCode(), response={204: None}, summary="Svar sagsbehandleren")
def reply(request: HttpRequest, given: TextIn, ticket: limits.Ticket = "") -> Status[None]:
    """Rapportørens svar på et spørgsmål, eller noget, der skal føjes til."""
    limits.admit(request, limits.REPLY)
    handling.reply(page(request).case_id, text=given.text, by=REPORTER, at=at(request))
    return Status(204, None)
