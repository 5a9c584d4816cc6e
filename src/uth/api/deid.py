"""De-identification (anonymisering) for programs of the desk: a text in, what was found and the clean text out."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from uth.api.auth import LOCAL, Bearer, actor, at
from uth.api.schemas import In
from uth.deid.engine import Kind, KnownIdentity, Profile, deidentify
from uth.deid.replace import Style
from uth.deid.span import Who
from uth.law.actor import Hidden
from uth.queries import people

router = Router(tags=["anonymisering"])
router.add_decorator(LOCAL, mode="view")
MOST = 50_000


class KnownIn(In):
    """Something that is known beforehand and must not leave (kendt identitet)."""

    kind: Kind
    text: Annotated[str, Field(min_length=1, max_length=500)]
    who: Who | None = None


class DeidIn(In):
    """A text (tekst), at most 50.000 characters, and what is known of it."""

    text: Annotated[str, Field(max_length=MOST)]
    known: Annotated[list[KnownIn], Field(max_length=100)] = []
    profile: Profile | None = None
    style: Style = Field(
        Style.LESSON, description="lesson: rolle, afstand i tid og slags sted; mask: kun slagsen"
    )


class FindingOut(Schema):
    """Characters start..end of the text as it was sent, in code points (fund); `score` is 0 to 1."""

    start: int
    end: int
    kind: Kind
    score: float
    reason: str


class DeidOut(Schema):
    """The clean text, and what was found (forslag): a person reads it before it goes anywhere."""

    text: str
    profile: Profile
    findings: list[FindingOut]


@router.post("/deid", auth=Bearer(), response=DeidOut, summary="Foreslå en anonymisering")
def propose(request: HttpRequest, given: DeidIn) -> dict[str, Any]:
    """Teksten gemmes ikke og skrives ikke i nogen log. Kræver en rolle, der anonymiserer sager (sagsbehandler eller risikomanager)."""
    if not people.may_redact(by=actor(request), at=at(request)):
        raise Hidden
    known = [KnownIdentity(one.kind, one.text, one.who) for one in given.known]
    clean = deidentify(given.text, known=known, profile=given.profile, style=given.style)
    return {"text": clean.text, "profile": clean.profile, "findings": clean.spans}
