"""The API (programmernes indgang): its address book, its document, and how what goes wrong is told."""

from functools import cache
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from uth.actions import handling, intake
from uth.actions.looking import Unread
from uth.actions.receiving import NotTrusted
from uth.api import anonymised as anonymised_room
from uth.api import deid as deid_room
from uth.api import handling as handling_room
from uth.api import intake as intake_room
from uth.api import limits
from uth.api import receiving as receiving_room
from uth.api import tallies as tallies_room
from uth.api.auth import ANYBODY, Closed, at
from uth.api.problems import CODES, MEDIA_TYPE, problem, refused_message, unexpected
from uth.api.schemas import ProblemOut, ReadyOut, StatusOut
from uth.deid.tagger import TaggerMissing, TaggerTooSlow
from uth.law.actor import Hidden
from uth.law.clean_text import NotClean
from uth.law.message import MessageRefused
from uth.law.procedure import NotAllowed
from uth.queries.readiness import letters_stand
from uth.queries.readiness import ready as is_ready

ADDRESS = "/api/v1/"
api = NinjaAPI(
    title="UTH",
    version="1",
    description="Rapportér, behandl og lær af utilsigtede hændelser. Fejl kommer som application/problem+json.",
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    auth=Closed(),
)


@api.get("/health", auth=ANYBODY, response=StatusOut, tags=["drift"], summary="Lever tjenesten?")
def health(request: HttpRequest) -> dict[str, str]:
    """Svarer, så længe processen kan svare."""
    return {"status": "ok"}


@api.get("/ready", auth=ANYBODY, response=ReadyOut, tags=["drift"], summary="Er tjenesten klar?")
def ready(request: HttpRequest) -> dict[str, str] | HttpResponse:
    """Klar, når databaserne svarer og er opdaterede; ellers 503. `letters` siger, om breve når frem."""
    if not is_ready():
        return problem("unavailable")
    return {"status": "ok", "letters": letters_stand(at=at(request))}


@api.get("/openapi.json", auth=ANYBODY, include_in_schema=False)
def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(openapi(), json_dumps_params={"ensure_ascii": False})


api.add_router("", intake_room.router)
api.add_router("", handling_room.router)
api.add_router("", deid_room.router)
api.add_router("", receiving_room.router)
api.add_router("", tallies_room.router)
api.add_router("", anonymised_room.router)


@cache
def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document, with every error an operation can answer."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=ADDRESS))
    found.pop("servers")
    schema = ProblemOut.model_json_schema()
    found["components"]["schemas"]["Problem"] = schema
    answers = {str(status): _problem_answer(status) for status in sorted({s for s, _, _ in CODES.values()})}
    found["components"]["responses"] = {f"Problem{status}": answer for status, answer in answers.items()}
    for path in found["paths"].values():
        for operation in path.values():
            told = {str(status): answer for status, answer in operation["responses"].items()}
            told |= {status: {"$ref": f"#/components/responses/Problem{status}"} for status in answers}
            operation["responses"] = told
    return found


def _problem_answer(status: int) -> dict[str, Any]:
    codes = ", ".join(f"`{code}`" for code, (s, _, _) in CODES.items() if s == status)
    return {
        "description": codes,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


# ── what goes wrong, and how it is told ──


@api.exception_handler(Hidden)
@api.exception_handler(Http404)
def _not_found(request: HttpRequest, failure: Exception) -> HttpResponse:
    return problem("not_found")


@api.exception_handler(NotAllowed)
def _not_allowed(request: HttpRequest, failure: NotAllowed) -> HttpResponse:
    return problem("not_allowed", str(failure))


@api.exception_handler(intake.Refused)
@api.exception_handler(handling.Refused)
def _refused(request: HttpRequest, failure: intake.Refused | handling.Refused) -> HttpResponse:
    return problem("refused", " ".join(failure.problems.values()), fields=failure.problems)


@api.exception_handler(Unread)
@api.exception_handler(TaggerMissing)
@api.exception_handler(TaggerTooSlow)
def _unread(request: HttpRequest, failure: Exception) -> HttpResponse:
    return problem("unread")


@api.exception_handler(NotClean)
def _not_clean(request: HttpRequest, failure: NotClean) -> HttpResponse:
    return problem("refused", str(failure))


@api.exception_handler(MessageRefused)
def _message_refused(request: HttpRequest, failure: MessageRefused) -> HttpResponse:
    return refused_message(failure.problem, failure.sentence)


@api.exception_handler(NotTrusted)
def _not_trusted(request: HttpRequest, failure: NotTrusted) -> HttpResponse:
    return problem(failure.problem, failure.sentence)


@api.exception_handler(limits.Slowed)
def _slowed(request: HttpRequest, failure: limits.Slowed) -> HttpResponse:
    return limits.answer(failure)


@api.exception_handler(AuthenticationError)
def _no_key(request: HttpRequest, failure: AuthenticationError) -> HttpResponse:
    return problem("no_key")


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, failure: HttpError) -> HttpResponse:
    return problem("bad_json")


@api.exception_handler(UnreadablePostError)
def _broken_off(request: HttpRequest, failure: UnreadablePostError) -> HttpResponse:
    return problem("bad_request")


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, failure: RequestDataTooBig) -> HttpResponse:
    return problem("too_large")


@api.exception_handler(TaggerMissing)
def _no_tagger(request: HttpRequest, failure: Exception) -> HttpResponse:
    return problem(
        "unavailable", "Sprogmodellen mangler, så intet kan anonymiseres. Kontakt den, der driver systemet."
    )


@api.exception_handler(TaggerTooSlow)
def _tagger_too_slow(request: HttpRequest, failure: Exception) -> HttpResponse:
    return problem(
        "unavailable", "Tiden løb ud, før teksten var læst. Vent et øjeblik, og send den igen i mindre dele."
    )


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def _unavailable(request: HttpRequest, failure: Exception) -> HttpResponse:
    return problem("unavailable")


@api.exception_handler(Exception)
def _unexpected(request: HttpRequest, failure: Exception) -> HttpResponse:
    return unexpected(failure)


# What pydantic calls a fault -> our sentence; the value itself is never repeated.
SENTENCES = {
    "missing": "Feltet mangler. Udfyld det.",
    "extra_forbidden": "Feltet kendes ikke. Fjern det, eller ret stavningen.",
    "enum": "Værdien er ikke på listen. Se /api/v1/openapi.json.",
    "literal_error": "Værdien er ikke på listen. Se /api/v1/openapi.json.",
    "string_too_long": "Teksten er for lang. Forkort den.",
    "string_too_short": "Teksten er for kort.",
    "too_long": "Der er for mange. Send færre.",
    "date_from_datetime_parsing": "Skriv datoen som ÅÅÅÅ-MM-DD.",
    "date_parsing": "Skriv datoen som ÅÅÅÅ-MM-DD.",
    "string_type": "Feltet skal være tekst.",
}
OTHERWISE = "Værdien har ikke den rette form. Se /api/v1/openapi.json."


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, failure: ValidationError) -> HttpResponse:
    fields = {_field(each["loc"]): SENTENCES.get(each["type"], OTHERWISE) for each in failure.errors}
    return problem("invalid", fields=fields)


def _field(place: tuple[Any, ...]) -> str:
    """`("body", "given", "medicines", 0, "name")` as `medicines.0.name`."""
    named = [str(part) for part in place]
    inside = named[2:] if named[0] == "body" else named[1:]
    return ".".join(inside or named[:1])[:200]
