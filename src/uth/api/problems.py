"""Problem documents (problembeskeder): every error under /api/ as one JSON shape with a Danish sentence (RFC 9457)."""

import json
import logging
import traceback
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from uth.actions.attachments import MOST_BYTES, MOST_FILES

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"
BODY_LIMIT = 512 * 1024
WITH_FILES = "/api/v1/reports/with-attachments"
LIMITS = {  # all else is a form's worth
    "/api/v1/national/reports": 8 * 1024 * 1024,  # a PDF of 5 MB in base64
    WITH_FILES: MOST_FILES * MOST_BYTES + 1024 * 1024,
}
logger = logging.getLogger("uth.api")

# code -> status, title, the sentence where nothing better is known
CODES: dict[str, tuple[int, str, str]] = {
    "bad_request": (400, "Forespørgslen kan ikke forstås", "Ret forespørgslen, og send den igen."),
    "bad_json": (400, "Indholdet er ikke JSON", "Indholdet er ikke gyldig JSON i UTF-8. Ret det, og send igen."),
    "no_key": (
        401,
        "Der mangler en gyldig nøgle",
        "Send en gyldig nøgle eller kvitteringskode i feltet Authorization.",
    ),
    "bad_time": (401, "Meddelelsen er ikke til at stole på", "Tidspunktet i meddelelsen kan ikke læses."),
    "too_old": (401, "Meddelelsen er ikke til at stole på", "Meddelelsen er for gammel eller ligger i fremtiden."),
    "unknown_key": (401, "Meddelelsen er ikke til at stole på", "Afsenderen eller nøglen er ikke registreret her."),
    "bad_signature": (401, "Meddelelsen er ikke til at stole på", "Underskriften passer ikke til meddelelsen."),
    "wrong_sender": (401, "Meddelelsen er ikke til at stole på", "Afsenderen er ikke den, der har underskrevet."),
    "wrong_message_id": (401, "Meddelelsen er ikke til at stole på", "Nummeret er ikke det, der er underskrevet."),
    "forbidden": (403, "Det er ikke tilladt", "Du har ikke adgang til dette. Kontakt din administrator."),
    "not_found": (404, "Findes ikke", "Her er ikke noget, eller du har ikke adgang til det."),
    "method_not_allowed": (405, "Metoden kan ikke bruges her", "Se i /api/v1/openapi.json, hvad der kan bruges her."),
    "not_allowed": (409, "Det kan ikke gøres nu", "Sagen står et sted, hvor det ikke er muligt."),
    "message_id_reused": (409, "Meddelelsen blev afvist", "Meddelelsens nummer er allerede brugt til en anden tekst."),
    "case_already_received": (409, "Meddelelsen blev afvist", "Sagen er allerede modtaget i en anden meddelelse."),
    "collective_already_received": (409, "Meddelelsen blev afvist", "Samlerapporten er allerede modtaget med samme tal."),
    "too_large": (413, "Indholdet er for stort", "Indholdet fylder for meget. Forkort det, og send det igen."),
    "wrong_content_type": (
        415,
        "Indholdet har ikke den rette type",
        "Send indholdet som Content-Type: application/json; en rapport med bilag som multipart/form-data.",
    ),
    "invalid": (422, "Felter mangler eller er forkerte", "Ret de felter, der er nævnt i »fields«, og send igen."),
    "refused": (422, "Det kan ikke tages imod, som det er", "Ret det, sætningen nævner, og send igen."),
    "message_refused": (422, "Meddelelsen blev afvist", "Meddelelsen følger ikke docs/message.md."),
    "too_many": (429, "For mange forsøg", "Vent lidt, og prøv igen."),
    "slow_down": (429, "For meget på kort tid", "Vent 30 sekunder, og send igen som beskrevet i docs/api.md."),
    "unexpected": (500, "Noget gik galt hos os", "Prøv igen. Bliver det ved, så oplys nummeret i »instance«."),
    "unread": (
        503,
        "Anonymiseringen kan ikke læse teksten lige nu",
        "Intet er gemt. Vent et øjeblik, og send det samme igen. Bliver det ved, så mangler sprogmodellen.",
    ),
    "unavailable": (503, "Systemet er optaget", "Vent et øjeblik, og send det samme igen."),
}  # fmt: skip
BY_STATUS = {
    400: "bad_request",
    401: "no_key",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "wrong_content_type",
    429: "too_many",
    503: "unavailable",
}


def problem(
    code: str,
    detail: str = "",
    *,
    fields: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The answer for a code of the table; `detail` replaces its sentence, `more` stands beside it."""
    status, title, sentence = CODES[code]
    document: dict[str, Any] = {
        "type": f"urn:uth:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail or sentence,
        "code": code,
        "instance": uuid.uuid4().urn,
    }
    if fields is not None:
        document["fields"] = dict(fields)
    document |= more or {}
    response = HttpResponse(
        json.dumps(document, ensure_ascii=False), status=status, content_type=MEDIA_TYPE, headers=headers
    )
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="uth", Receipt realm="uth"'
    if status in {429, 503} and "Retry-After" not in response:
        response["Retry-After"] = "10"
    return response


def refused_message(code: str, sentence: str) -> HttpResponse:
    """What the national side answers to a message it does not take; the law's code travels with it."""
    if code in {"message_id_reused", "case_already_received", "collective_already_received"}:
        return problem(code, sentence)
    return problem("message_refused", sentence, fields={"message": code})


def unexpected(failure: Exception) -> HttpResponse:
    """Our own mistake: the log gets the number and where it happened, never what the failure says."""
    answer = problem("unexpected")
    where = "".join(traceback.format_tb(failure.__traceback__))
    logger.error("%s %s\n%s", json.loads(answer.content)["instance"], type(failure).__name__, where)
    return answer


class Problems:
    """Outermost middleware: limits what comes in under /api/, and lets no page of HTML out of there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response = _limit(request) or self.get_response(request)
        if response.status_code >= 400 and not _is_problem(response):
            response = _instead_of(response)
        response["Cache-Control"] = "no-store"
        return response


def _limit(request: HttpRequest) -> HttpResponse | None:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    size = int(length) if length.isascii() and length.isdecimal() else 0
    if size > LIMITS.get(request.path_info, BODY_LIMIT):
        return problem("too_large")
    wanted = "multipart/form-data" if request.path_info == WITH_FILES else "application/json"
    if size and request.method in {"POST", "PUT", "PATCH"} and request.content_type != wanted:
        return problem("wrong_content_type")
    return None


def _is_problem(response: HttpResponse) -> bool:
    return bool(response.get("Content-Type", "").startswith(MEDIA_TYPE))


def _instead_of(response: HttpResponse) -> HttpResponse:
    code = BY_STATUS.get(response.status_code, "unexpected" if response.status_code >= 500 else "bad_request")
    kept = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
    return problem(code, headers=kept)
