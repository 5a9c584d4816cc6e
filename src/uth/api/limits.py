"""Limits (grænser): what a program is asked to do first when too much comes from where it is."""

from datetime import datetime
from typing import Annotated, cast

from django.http import HttpRequest, HttpResponse
from ninja import Header

from uth.actions import limits
from uth.actions.limits import Asked
from uth.api.problems import problem
from uth.law.work import BITS

REPORT, REPLY, CODE = "report", "reply", "code"
HEADER = "Uth-Ticket"
Ticket = Annotated[
    str,
    Header(
        alias=HEADER,
        max_length=200,
        description="Efter 429: svarets `challenge`, sendt igen efter 30 sekunder. Eller straks som"
        f" `challenge:tal`, hvor SHA-256 af teksten begynder med {BITS} nulbit. Kan bruges én gang.",
    ),
]


class Slowed(Exception):
    """There is something to do first."""

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked


def admit(request: HttpRequest, kind: str) -> None:
    """Let it in and count it. Raises Slowed."""
    length = str(request.META.get("CONTENT_LENGTH") or "")
    size = int(length) if length.isascii() and length.isdecimal() else 0
    asked = limits.admit(_origin(request, kind), size=size, ticket=_ticket(request), at=_at(request))
    if asked:
        raise Slowed(asked)


def check(request: HttpRequest, kind: str) -> None:
    """Let it in without counting it. Raises Slowed."""
    if asked := limits.ask(_origin(request, kind), ticket=_ticket(request), at=_at(request)):
        raise Slowed(asked)


def count(request: HttpRequest, kind: str) -> None:
    """Count one more of this kind from here."""
    limits.count(_origin(request, kind), at=_at(request))


def answer(slowed: Slowed) -> HttpResponse:
    """What to do first, for people and for programs."""
    asked = slowed.asked
    return problem(
        "slow_down",
        headers={"Retry-After": str(asked.seconds), "Uth-Challenge": asked.challenge},
        more={"challenge": asked.challenge, "bits": asked.bits},
    )


def _origin(request: HttpRequest, kind: str) -> str:
    meta = request.META
    return f"{kind} {limits.origin_of(meta.get('REMOTE_ADDR', ''), meta.get('HTTP_X_FORWARDED_FOR', ''))}"


def _ticket(request: HttpRequest) -> str:
    return str(request.headers.get(HEADER, ""))[:200]


def _at(request: HttpRequest) -> datetime:
    return cast(datetime, request.at)  # type: ignore[attr-defined]
