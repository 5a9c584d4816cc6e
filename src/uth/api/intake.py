"""Intake (rapportering): a program gives a report without log-in, and its reporter follows it with the code."""

import secrets
from dataclasses import replace
from datetime import time
from hashlib import sha256
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Form, Header, Query, Router, Status
from ninja.errors import ValidationError
from ninja.files import UploadedFile
from pydantic import ValidationError as PydanticError

from uth.actions import handling, intake
from uth.actions.attachments import MOST_BYTES, MOST_FILES, TOO_LARGE, NotAccepted, accept
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
    secret = _submission(key, given)
    _admit(request, secret)
    return _given(intake.submit(answers_of(given), submission=secret, by=REPORTER, at=at(request)))


@router.post(
    "/reports/with-attachments",
    auth=ANYBODY,
    response={201: ReceiptOut, 200: ReceiptOut},
    summary="Indgiv en rapport med bilag",
)
def submit_with_attachments(
    request: HttpRequest,
    report: Annotated[str, Form(description="rapporten som JSON, i samme form som til `POST /reports`")],
    attachments: Annotated[list[UploadedFile], File(description="højst fem filer på hver højst 10 MB")],
    key: IdempotencyKey = None,
    ticket: limits.Ticket = "",
) -> Status[dict[str, Any]]:
    """Som `POST /reports`, men som `multipart/form-data`: billeder (JPG, PNG, WebP), PDF, Word (kun teksten gemmes) og tekst.

    Filerne kendes på deres indhold, og det, de fortæller om sted, kamera og forfatter, fjernes. Kan en fil ikke tages imod,
    er intet gemt, og svaret siger, hvilken fil det er.
    """
    given, files = _parsed(report), [(str(file.name), file.read(), file.size or 0) for file in attachments]
    digests = [sha256(content).hexdigest() for _, content, _ in files]
    secret = _submission(key, given, *digests)
    _admit(request, secret)
    answers = replace(answers_of(given), attachments=_cleaned(files))
    return _given(intake.submit(answers, submission=secret, by=REPORTER, at=at(request)))


def _parsed(report: str) -> ReportIn:
    try:
        return ReportIn.model_validate_json(report)
    except PydanticError as wrong:
        faults = [{**each, "loc": ("body", "report", *each["loc"])} for each in wrong.errors()]
        raise ValidationError(faults) from None


def _cleaned(files: list[tuple[str, bytes, int]]) -> tuple[intake.AttachmentAnswer, ...]:
    """Each file as it may be kept; what cannot be taken is said of the file it is."""
    if len(files) > MOST_FILES:
        raise intake.Refused({"attachments": f"Der kan højst være {MOST_FILES} filer. Send færre."})
    taken = []
    for number, (name, content, size) in enumerate(files):
        try:
            if size > MOST_BYTES:
                raise NotAccepted(TOO_LARGE)
            file = accept(name, content, already=number)
        except NotAccepted as why:
            raise intake.Refused({f"attachments.{number}": str(why)}) from why
        taken.append(intake.AttachmentAnswer(file.name, file.content_type, file.content))
    return tuple(taken)


def _admit(request: HttpRequest, secret: str) -> None:
    """Let it in and count it; a retry is never slowed, and is asked for last, since it is rarely one."""
    try:
        limits.admit(request, limits.REPORT)
    except limits.Slowed:
        if intake.receipt_again(secret) is None:
            raise


def _given(receipt: intake.Receipt) -> Status[dict[str, Any]]:
    return Status(200 if receipt.repeated else 201, _receipt(receipt))


def _submission(key: str | None, given: ReportIn, *files: str) -> str:
    """What a retry must know: the key and the whole report, so that a key alone never yields a receipt."""
    if key is None:
        return secrets.token_urlsafe(24)
    if len(set(key)) < DIFFERENT_SIGNS:  # "aaaa…" would hand one's receipt to another
        raise intake.Refused(
            {"Idempotency-Key": "Nøglen er for let at gætte. Brug mindst 22 tilfældige tegn."}
        )
    whole = "".join([given.model_dump_json(), *files])
    return f"{key} {sha256(whole.encode()).hexdigest()}"


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
