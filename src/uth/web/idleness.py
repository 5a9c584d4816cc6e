"""Idleness (uvirksomhed): who is logged in and does nothing is logged out, and finds what was typed when they come back.

The time of the last deed lies in a signed cookie bound to the session, so that it costs no write. See docs/adr/0014.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from uth.actions import accounts
from uth.actions.accounts import Event
from uth.law.actor import user

COOKIE, BEGAN, TYPED, OUT = "sidst", "began", "typed", "idled_out"
HERE, PAUSE, BACK = "/konto/her/", "/konto/pause/", "/konto/fortsaet/"
NO_WORK = ("/konto/", "/opsaetning/", "/api/")  # a password must never be kept
OURS = ("csrfmiddlewaretoken", "_til")


def seconds_left(request: HttpRequest) -> int | None:
    """Until the log-in ends for want of deeds; None where there is no such limit."""
    if not settings.UTH_IDLE_SECONDS:
        return None
    last = _last_deed(request)
    return settings.UTH_IDLE_SECONDS - int(_at(request).timestamp() - last) if last else None


def _last_deed(request: HttpRequest) -> float:
    """From the cookie; where it is missing, the log-in itself."""
    said = request.COOKIES.get(COOKIE, "")
    try:
        return float(signing.loads(said, salt=_salt(request)))
    except (signing.BadSignature, ValueError, TypeError):
        return float(request.session.get(BEGAN, 0))


def is_late(request: HttpRequest) -> bool:
    """Whether the log-in has ended. Asking how long is left ends nothing, so that what is typed can still be kept."""
    left = seconds_left(request)
    return left is not None and left <= 0 and request.path != HERE


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Something was done just now."""
    if not settings.UTH_IDLE_SECONDS or not request.session.session_key:
        return
    response.set_cookie(
        COOKIE,
        signing.dumps(_at(request).timestamp(), salt=_salt(request)),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _at(request: HttpRequest) -> datetime:
    moment: datetime = request.at  # type: ignore[attr-defined] # set by the gate, which stands above us
    return moment


def _salt(request: HttpRequest) -> str:
    return f"idle {request.session.session_key}"


def put_out(request: HttpRequest) -> HttpResponse:
    """Log out, keep what was typed, and lead back to it after the log-in. A script is only told: its page is still open."""
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        request.watching = True  # type: ignore[attr-defined] # or the gate would count it as a deed
        return HttpResponse(status=401)
    user_id = request.user.pk
    assert user_id is not None  # noqa: S101 - the gate asked
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/konto/videre/"
    sealed = sealed_work(request, user_id)
    accounts.happened(Event.IDLED_OUT, user_id=user_id, by=user(user_id), at=_at(request))
    logout(request)
    request.session[OUT] = True
    if sealed:
        request.session[TYPED] = sealed
    return redirect_to_login(BACK if sealed else back)


def sealed_work(request: HttpRequest, user_id: int) -> str:
    """What this request carries of work, or nothing."""
    if request.method != "POST":
        return ""
    address = request.POST.get("_til", "") if request.path == PAUSE else request.path
    fields = {name: [str(t) for t in texts] for name, texts in request.POST.lists() if name not in OURS}
    mine = (
        address.startswith("/")
        and not address.startswith(NO_WORK)
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )
    if not mine or not any(text.strip() for texts in fields.values() for text in texts):
        return ""
    return accounts.keep_typed(user_id, address, fields, at=_at(request))
