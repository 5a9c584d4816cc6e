"""The gate (porten): every page is closed unless it says who may enter; and who and when are read here, once."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from uth.deid.tagger import TaggerMissing, TaggerTooSlow
from uth.law.actor import NOBODY, Actor, Hidden, user
from uth.law.confidentiality import MayNotOpen
from uth.law.procedure import NotAllowed
from uth.law.terms import Role
from uth.queries.people import standing
from uth.queries.reading import reading
from uth.web import errors, idleness

type View = Callable[..., HttpResponseBase]

DESK = frozenset({Role.INTAKE, Role.HANDLER, Role.RISK_MANAGER})
LOCAL_SITES, NATIONAL_SITES = frozenset({"local", "both"}), frozenset({"national", "both"})
# What changes no rights: such a request asks for them once.
READING = frozenset({"GET", "HEAD"})
# Each operation of the API says itself who may call it (uth.api.auth); silent ones are closed there.
API_MODULE = "ninja.operation"


class Entry:
    """Who may enter a page. `roles` None: anybody, without log-in; empty: any log-in. `enrolling`: open before TOTP."""

    def __init__(
        self, roles: frozenset[Role] | None, sites: frozenset[str], *, enrolling: bool = False
    ) -> None:
        self.roles, self.sites, self.enrolling = roles, sites, enrolling


def public(view: View) -> View:
    """Anybody may enter, without log-in."""
    return _mark(view, Entry(None, LOCAL_SITES | NATIONAL_SITES))


def public_locally(view: View) -> View:
    """Anybody may enter, where reports are received."""
    return _mark(view, Entry(None, LOCAL_SITES))


def signed_in(view: View) -> View:
    """Anybody with an account."""
    return _mark(view, Entry(frozenset(), LOCAL_SITES | NATIONAL_SITES))


def enrolling(view: View) -> View:
    """Anybody with an account, also before the two steps are set up: the pages where that is done."""
    return _mark(view, Entry(frozenset(), LOCAL_SITES | NATIONAL_SITES, enrolling=True))


def desk(view: View) -> View:
    """Those who receive and handle."""
    return _mark(view, Entry(DESK, LOCAL_SITES))


def roles(*wanted: Role, sites: frozenset[str] = LOCAL_SITES | NATIONAL_SITES) -> Callable[[View], View]:
    """Those who hold one of these roles anywhere; what they see is cut further by the queries."""
    return lambda view: _mark(view, Entry(frozenset(wanted), sites))


def _mark(view: View, entry: Entry) -> View:
    view.entry = entry  # type: ignore[attr-defined]
    return view


def entry_of(view: Any) -> Entry | None:
    """The mark a view wears; None is closed to all."""
    marked: Entry | None = getattr(view, "entry", None)
    if marked is None and getattr(view, "__module__", "") == API_MODULE:
        return Entry(None, LOCAL_SITES | NATIONAL_SITES)
    return marked


def actor(request: HttpRequest) -> Actor:
    """Who asks."""
    return user(request.user.pk) if request.user.is_authenticated else NOBODY


def at(request: HttpRequest) -> datetime:
    """When; read once a request."""
    moment: datetime = request.at  # type: ignore[attr-defined]
    return moment


class Gate:
    """Middleware: sets the time, closes what is not marked, and turns what must not be known of into 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = datetime.now(UTC)  # type: ignore[attr-defined]
        with reading() if request.method in READING else nullcontext():
            response = self.get_response(request)
        if getattr(request, "closed", False):
            if not response.has_header("Cache-Control"):
                add_never_cache_headers(response)  # after log-out, nothing is left behind the back button
            if request.user.is_authenticated and not getattr(request, "watching", False):
                idleness.remember(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """None lets the request in."""
        entry = entry_of(view)
        if entry is None or settings.UTH_SITE not in entry.sites:
            raise Http404
        if entry.roles is None:
            return None
        request.closed = True  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if idleness.is_late(request):
            return idleness.put_out(request)
        if entry.enrolling:
            return None
        who = standing(by=actor(request), at=at(request))
        request.standing = who  # type: ignore[attr-defined] # shown again by the menu
        if entry.roles and not entry.roles & who.roles:
            raise Http404
        if who.roles and not who.two_steps and not settings.UTH_DEMO:
            return redirect("mfa_activate_totp")
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What does not exist for this person answers as what does not exist; a refusal keeps its sentence."""
        if isinstance(exception, Hidden):
            raise Http404 from exception
        if isinstance(exception, NotAllowed | MayNotOpen):
            return errors.page(request, 403, exception, text=str(exception))
        if isinstance(exception, errors.TooLarge):
            return errors.page(request, 413, exception)
        if isinstance(exception, errors.TooMany):
            return errors.throttled(request, exception)
        if isinstance(exception, TaggerMissing | TaggerTooSlow):
            return errors.unread(request, exception)
        return None
