"""Drafts (kladder) in the browser: the resume code lies in a cookie that scripts cannot read, or is typed again."""

from datetime import datetime

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from uth.actions import drafts as verbs
from uth.queries import drafts
from uth.queries.drafts import OpenDraft
from uth.web import gate, limits
from uth.web.gate import public_locally
from uth.web.intake_fields import words
from uth.web.intake_steps import FORM_OF_DRAFT
from uth.web.slow import slowed

COOKIE = "kladde"
UNKNOWN_CODE = (
    "Vi kan ikke finde en kladde med den kode. Se efter, om alle bogstaver er med. "
    "En kladde slettes, når rapporten er sendt, eller når der ikke er skrevet i den i 30 dage."
)


def code_of(request: HttpRequest, cookie: str = COOKIE) -> str:
    """The resume code this browser carries, or nothing."""
    return request.COOKIES.get(cookie, "")[:100]


def open_draft(request: HttpRequest, cookie: str = COOKIE) -> OpenDraft | None:
    """The draft of this browser."""
    return by_code(code_of(request, cookie), request)


def by_code(code: str, request: HttpRequest) -> OpenDraft | None:
    """The draft behind a code, today."""
    return drafts.by_code(code, at=gate.at(request)) if code else None


def carry(
    response: HttpResponse, code: str, *, cookie: str = COOKIE, path: str = "/rapporter/"
) -> HttpResponse:
    """Let this browser carry the code until it closes: many reporters share a computer."""
    response.set_cookie(
        cookie,
        code,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        path=path,
    )
    return response


def put_down(response: HttpResponse) -> HttpResponse:
    """Let this browser forget the code."""
    response.delete_cookie(COOKIE, path="/rapporter/", samesite="Lax")
    return response


class ResumeForm(forms.Form):
    """The code of a draft."""

    code = words(
        "Din kode til kladden",
        required="Skriv koden til din kladde.",
        most=100,
        help_text="Seks ord, for eksempel balemi-kosano-… Store og små bogstaver og mellemrum er lige meget.",
        width="full",
        autocomplete="off",
        autocapitalize="off",
        spellcheck="false",
    )


@public_locally
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Type the code of a draft and go on where it stopped."""
    form = ResumeForm(request.POST or None)
    if form.is_valid():
        if waiting := limits.asked(request, limits.CODE):
            return slowed(request, waiting)
        code = form.cleaned_data["code"]
        found = drafts.by_code(code, at=gate.at(request))
        if found:
            return carry(redirect("intake-go-on", FORM_OF_DRAFT[found.form].slug), code)
        limits.count(request, limits.CODE)
        form.add_error("code", UNKNOWN_CODE)
    context = {
        "form": form,
        "heading": "Fortsæt en kladde",
        "section": "report",
        "submit_label": "Find kladden",
        "here": open_draft(request),
    }
    return render(request, "intake/resume.html", context, status=400 if form.errors else 200)


@public_locally
@never_cache
def later(request: HttpRequest) -> HttpResponse:
    """Show the code, so that the draft can be found from anywhere."""
    draft = open_draft(request)
    if draft is None or draft.sent:
        return redirect("draft-resume")
    context = {
        "heading": "Din kladde er gemt",
        "section": "report",
        "code": code_of(request),
        "draft": draft,
        "form_table": FORM_OF_DRAFT[draft.form],
    }
    return render(request, "intake/later.html", context)


@public_locally
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Let the draft lie, and take its code off this computer."""
    return put_down(HttpResponseRedirect("/"))


@public_locally
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Delete the draft."""
    throw_away(code_of(request), request)
    return put_down(HttpResponseRedirect("/"))


def throw_away(code: str, request: HttpRequest) -> None:
    """Delete the draft with this code, as the person who asks, now."""
    at: datetime = gate.at(request)
    verbs.discard(code, by=gate.actor(request), at=at)


urls = [
    path("rapporter/fortsaet/", resume, name="draft-resume"),
    path("rapporter/kladde/", later, name="draft-later"),
    path("rapporter/kladde/laeg/", leave, name="draft-leave"),
    path("rapporter/kladde/slet/", discard, name="draft-discard"),
]
