"""Coming back (tilbage efter en pause): how long a log-in has left, and what was typed when it ended."""

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from uth.actions import accounts
from uth.actions.accounts import Typed
from uth.web import gate
from uth.web.gate import enrolling
from uth.web.idleness import TYPED, sealed_work, seconds_left

SHOWN = 15  # a text of so many characters is worth reading again; shorter ones are choices and numbers


@enrolling
@never_cache
def here(request: HttpRequest) -> HttpResponse:
    """How long is left. A look changes nothing; a POST says that somebody is here, unless it comes too late."""
    left = seconds_left(request)
    if request.method == "POST" and (left is None or left > 0):
        return HttpResponse(status=204)
    request.watching = True  # type: ignore[attr-defined] # the gate counts this as no deed
    return JsonResponse({"left": left}, status=200 if request.method == "GET" else 409)


@enrolling
def pause(request: HttpRequest) -> HttpResponse:
    """Keep what stands in a form that is not sent; the gate does it for who comes too late."""
    if request.method != "POST":  # a log-in leads back here
        return redirect("resume_typed")
    user_id = gate.actor(request).user_id
    assert user_id is not None  # noqa: S101
    if sealed := sealed_work(request, user_id):
        request.session[TYPED] = sealed
    return redirect("resume_typed")


@enrolling
@never_cache
@require_safe
def resume(request: HttpRequest) -> HttpResponse:
    """What was typed when the log-in ended, to be sent now or read again."""
    typed = _typed(request)
    if typed is None:
        request.session.pop(TYPED, None)
        return redirect("onwards")
    context = {
        "heading": "Det her nåede du at skrive",
        "address": typed.address,
        "texts": [text for texts in typed.fields.values() for text in texts if len(text.strip()) > SHOWN],
        "hidden": [
            forms.HiddenInput().render(n, text) for n, texts in typed.fields.items() for text in texts
        ],
    }
    return render(request, "account/resume.html", context)


def _typed(request: HttpRequest) -> Typed | None:
    user_id, sealed = gate.actor(request).user_id, request.session.get(TYPED, "")
    return accounts.open_typed(sealed, user_id=user_id or 0, at=gate.at(request)) if sealed else None


@enrolling
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """It is not needed any more."""
    request.session.pop(TYPED, None)
    return redirect("onwards")


urls = [
    path("konto/her/", here, name="here"),
    path("konto/pause/", pause, name="pause"),
    path("konto/fortsaet/", resume, name="resume_typed"),
    path("konto/fortsaet/kasser/", discard, name="discard_typed"),
]
