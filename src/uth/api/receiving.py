"""Receiving (national modtagelse): signed messages come in once; those who sit nationally read them."""

from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, Query, Router, Status

from uth.actions import asking, receiving
from uth.api.auth import ANYBODY, NATIONAL, Bearer, actor, at
from uth.api.schemas import NationalListOut, NationalPageOut, RequestsOut, SearchIn, TakenInOut
from uth.law import signature
from uth.law.actor import SYSTEM
from uth.queries import national

router = Router(tags=["nationalt niveau"])
router.add_decorator(NATIONAL, mode="view")

_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"type": "object", "description": "den nationale meddelelse: se docs/message.md"}
            }
        },
    }
}


@router.post(
    "/national/reports",
    auth=ANYBODY,  # the signature is the key
    response={201: TakenInOut, 200: TakenInOut},
    openapi_extra=_BODY,
    summary="Modtag en national meddelelse",
)
def take_in(
    request: HttpRequest,
    *,
    sender: Annotated[str, Header(alias=signature.SENDER)] = "",
    key_id: Annotated[str, Header(alias=signature.KEY_ID)] = "",
    message_id: Annotated[str, Header(alias=signature.MESSAGE_ID)] = "",
    time: Annotated[str, Header(alias=signature.TIME)] = "",
    signed: Annotated[str, Header(alias=signature.SIGNATURE)] = "",
) -> Status[dict[str, Any]]:
    """Underskrevet med afsenderens Ed25519-nøgle. 201: modtaget; 200: var her allerede, intet er skrevet."""
    envelope = receiving.Envelope(
        # read, not `body`: a PDF may be larger than a form; uth.api.problems has set the limit
        sender=sender,
        key_id=key_id,
        message_id=message_id,
        time=time,
        signature=signed,
        body=request.read(),
    )
    taken = receiving.receive(envelope, by=SYSTEM, at=at(request))
    return Status(200 if taken.repeated else 201, asdict(taken))


@router.get(
    "/national/requests",
    auth=ANYBODY,  # the signature is the key
    response=RequestsOut,
    summary="Hent anmodninger om analyser og planer",
)
def requests(
    request: HttpRequest,
    *,
    sender: Annotated[str, Header(alias=signature.SENDER)] = "",
    key_id: Annotated[str, Header(alias=signature.KEY_ID)] = "",
    message_id: Annotated[str, Header(alias=signature.MESSAGE_ID)] = "",
    time: Annotated[str, Header(alias=signature.TIME)] = "",
    signed: Annotated[str, Header(alias=signature.SIGNATURE)] = "",
) -> dict[str, Any]:
    """Underskrevet som en meddelelse uden indhold. Hver afsender får sine egne, hver gang dem alle (§ 9, stk. 1)."""
    envelope = receiving.Envelope(
        sender=sender, key_id=key_id, message_id=message_id, time=time, signature=signed, body=b""
    )
    return {"requests": asking.hand_out(envelope, at=at(request))}


@router.get("/national/reports", auth=Bearer(), response=NationalListOut, summary="Find nationale rapporter")
def reports(
    request: HttpRequest,
    after: Annotated[str, Query(max_length=20)] = "",
) -> dict[str, Any]:
    """Nyeste først; `after` er nøglen fra forrige side."""
    found = national.reports(by=actor(request), at=at(request), after=after)
    return {"reports": found.lines, "after": found.after}


@router.post(
    "/national/reports/search", auth=Bearer(), response=NationalListOut, summary="Søg i nationale rapporter"
)
def search(request: HttpRequest, given: SearchIn) -> dict[str, Any]:
    """Ord fra teksterne. De sendes i indholdet, fordi en adresse kan ende i en log."""
    found = national.reports(by=actor(request), at=at(request), after=given.after, search=given.words)
    return {"reports": found.lines, "after": found.after}


@router.get(
    "/national/reports/{int:report_id}",
    auth=Bearer(),
    response=NationalPageOut,
    summary="Læs en national rapport",
)
def report(request: HttpRequest, report_id: int) -> national.NationalPage:
    """Fakta, koder og den anonymiserede tekst."""
    return national.report(report_id, by=actor(request), at=at(request))
