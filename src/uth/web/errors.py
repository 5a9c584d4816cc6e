"""Errors (fejlsider): a Danish sentence, a way on and a reference number; no database and no stack trace."""

import logging
import secrets
import sys
from dataclasses import dataclass
from http import HTTPStatus
from traceback import extract_tb
from types import TracebackType

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape

logger = logging.getLogger("uth.web.errors")
TRY_AGAIN_AFTER = 60  # seconds


class TooLarge(Exception):
    """What was sent is larger than we take."""


class TooMany(Exception):
    """The same sender has asked too often; `wait` in seconds."""

    def __init__(self, wait: int = TRY_AGAIN_AFTER) -> None:
        super().__init__()
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Words:
    """What an error page says: what happened, and what to do next."""

    heading: str
    text: str
    then: str


WORDS: dict[int, Words] = {
    400: Words(
        "Vi kunne ikke læse det, du sendte",
        "Siden fik noget, den ikke forstår.",
        "Gå tilbage, og prøv igen. Sker det igen, så begynd forfra på forsiden.",
    ),
    403: Words(
        "Det har du ikke adgang til",
        "Din bruger må ikke gøre det, du bad om.",
        "Spørg en kollega med den rette rolle eller jeres administrator.",
    ),
    404: Words(
        "Siden findes ikke",
        "Adressen er forkert, siden er flyttet, eller den er ikke for din bruger.",
        "Kontrollér adressen, eller gå til forsiden og find vej derfra.",
    ),
    413: Words(
        "Det, du sendte, fylder for meget",
        "Vi tager ikke imod så store filer eller tekster. Intet af det er gemt.",
        "Gå tilbage, og send en mindre fil eller en kortere tekst. Teksten i felterne står der endnu.",
    ),
    429: Words(
        "Du har prøvet for mange gange på kort tid",
        "For at beskytte systemet tager vi en pause fra dine forsøg.",
        "Vent et minut, og prøv igen. Du er ikke spærret ude.",
    ),
    500: Words(
        "Noget gik galt hos os",
        "Fejlen er ikke din. Den er skrevet ned med nummeret herunder.",
        "Gå tilbage, og prøv igen om lidt. Sker det igen, så giv nummeret til jeres administrator.",
    ),
    503: Words(
        "Systemet svarer ikke lige nu",
        "Vi kan ikke nå vores database. Det, du sendte, er ikke gemt.",
        "Vent et par minutter, gå tilbage, og send igen. Teksten i felterne står der endnu.",
    ),
}
UNREAD = Words(
    "Anonymiseringen kan ikke læse teksten lige nu",
    "Uden den kan vi ikke se, om teksten peger på en person. Det, du sendte, er ikke gemt.",
    "Vent et par minutter, gå tilbage, og send igen. Teksten i felterne står der endnu. Bliver det ved, så sig til "
    "jeres administrator, at sprogmodellen mangler.",
)
CSRF = Words(
    "Siden har stået åben for længe",
    "Vi kan ikke se, at det var dig, der sendte. Intet er gemt.",
    "Gå tilbage, genindlæs siden, og send igen. Tag en kopi af en lang tekst først. Husk at tillade cookies.",
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when there was too much of it."""
    too_large = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return page(request, 413 if too_large else 400, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return page(request, 403, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return page(request, 404, exception)


def too_many(request: HttpRequest) -> HttpResponse:
    """429."""
    return throttled(request, TooMany())


def throttled(request: HttpRequest, exception: TooMany) -> HttpResponse:
    """429, with how long to wait."""
    response = page(request, 429, exception)
    response["Retry-After"] = str(exception.wait)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when it is the database that does not answer."""
    exception = sys.exc_info()[1]
    if isinstance(exception, OperationalError | InterfaceError):
        response = page(request, 503, exception)
        response["Retry-After"] = str(TRY_AGAIN_AFTER)
        return response
    return page(request, 500, exception)


def unread(request: HttpRequest, exception: Exception) -> HttpResponse:
    """503: the machine that looks for identities cannot read."""
    response = page(request, 503, exception, words=UNREAD)
    response["Retry-After"] = str(TRY_AGAIN_AFTER)
    return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with a way on: the page was open too long, or cookies are off."""
    logger.info("csrf %s", reason.split(" ", maxsplit=1)[0])
    return page(request, 403, words=CSRF)


def page(
    request: HttpRequest,
    status: int,
    exception: BaseException | None = None,
    *,
    text: str = "",
    words: Words | None = None,
) -> HttpResponse:
    """An error page; the log gets the same reference number. (Under /api/ `uth.api.problems` answers instead.)"""
    reference = new_reference()
    _log(status, reference, exception)
    said = words or WORDS[status]
    context = {
        "demo": settings.UTH_DEMO,
        "site_name": settings.UTH_ORGANISATION,
        "heading": said.heading,
        "text": text or said.text,
        "then": said.then,
        "reference": reference,
        "status": status,
    }
    try:
        body: str = render_to_string("errors/error.html", context)
    except Exception:  # whatever broke, this page does not break with it
        body = _bare(said, reference)
    return HttpResponse(body, status=status)


def new_reference() -> str:
    """A number to read aloud on the telephone; it says nothing by itself."""
    digits = secrets.token_hex(4).upper()
    return f"{digits[:4]}-{digits[4:]}"


def _log(status: int, reference: str, exception: BaseException | None) -> None:
    """One line; never the address, the message or a value, which may hold an identity or a secret."""
    kind = type(exception).__name__ if exception else "-"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        where = _where(exception.__traceback__ if exception else None)
        logger.error("%s reference=%s %s %s", status, reference, kind, where)
    else:
        logger.info("%s reference=%s %s", status, reference, kind)


def _where(traceback: TracebackType | None) -> str:
    frames = extract_tb(traceback)[-6:] if traceback else []
    return " < ".join(f"{f.filename.rpartition('/')[2]}:{f.lineno} {f.name}" for f in reversed(frames))


def _bare(said: Words, reference: str) -> str:
    return (
        f'<!doctype html><html lang="da"><meta charset="utf-8"><title>{escape(said.heading)}</title>'
        f"<h1>{escape(said.heading)}</h1><p>{escape(said.text)}</p><p>{escape(said.then)}</p>"
        f'<p>Nummer: {reference}</p><p><a href="/">Til forsiden</a></p></html>'
    )
