"""Keys (nøgler): who may call an operation. Each says so itself; one that says nothing is closed."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from ninja.security import HttpBearer
from ninja.security.base import AuthBase

from uth.actions.people import user_of_token
from uth.api import limits
from uth.law.actor import Actor, user
from uth.queries import boards, receipt

ANYBODY = None  # said aloud at every open operation


class Closed(AuthBase):
    """What holds where an operation forgot to say who may call it."""

    openapi_type = "http"
    openapi_scheme = "closed"

    def __call__(self, request: HttpRequest) -> None:
        return None


class Bearer(HttpBearer):
    """A user's own key for programs; what it reaches is what the user reaches."""

    openapi_description = "En brugers nøgle til programmer: `Authorization: Bearer <nøgle>`"

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The user as actor."""
        number = user_of_token(token) if token else None
        return None if number is None else user(number)


class ReceiptCode(HttpBearer):
    """The receipt code; it opens one report and nothing else."""

    openapi_scheme = "receipt"
    openapi_description = "Kvitteringskoden: `Authorization: Receipt <kode>`"

    def authenticate(self, request: HttpRequest, token: str) -> receipt.ReceiptPage | None:
        """The page behind the code; guessing is slowed down."""
        limits.check(request, limits.CODE)
        found = receipt.by_code(token, at=at(request)) if token else None
        if found is None:
            limits.count(request, limits.CODE)
        return found


class BoardToken(HttpBearer):
    """A screen's token; it taps for one board, sees that board's counts, and nothing else."""

    openapi_scheme = "board"
    openapi_description = "En skærms nøgle til én tælletavle: `Authorization: Board <nøgle>`"

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        """The token itself, while its board is open on that screen."""
        return token if token and boards.on_screen(token, at=at(request)) else None


def board_token(request: HttpRequest) -> str:
    """The screen's token; set by `BoardToken`."""
    return cast(str, request.auth)  # type: ignore[attr-defined]


def actor(request: HttpRequest) -> Actor:
    """Who calls; set by `Bearer`."""
    return cast(Actor, request.auth)  # type: ignore[attr-defined]


def page(request: HttpRequest) -> receipt.ReceiptPage:
    """What the code opened; set by `ReceiptCode`."""
    return cast(receipt.ReceiptPage, request.auth)  # type: ignore[attr-defined]


def at(request: HttpRequest) -> datetime:
    """When; read once a request, by the gate."""
    return cast(datetime, request.at)  # type: ignore[attr-defined]


type Run = Callable[..., HttpResponseBase]


def only_at(*sites: str) -> Callable[[Run], Run]:
    """An operation of the one building does not exist in the other."""

    def decorate(run: Run) -> Run:
        @wraps(run)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if settings.UTH_SITE not in sites:
                raise Http404
            return run(request, *args, **kwargs)

        return checked

    return decorate


LOCAL, NATIONAL = only_at("local", "both"), only_at("national", "both")
