"""Guidance administered (vejledning i administrationen): every text, written anew from a day, seen first, restored."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from uth.actions import guidance as verbs
from uth.law.clock import danish_day
from uth.law.guidance import TEXT_LIMIT, blocks
from uth.law.terms import Role
from uth.queries import guidance as seen
from uth.web.administration_frame import page, tried
from uth.web.fields import DayMonthYearField
from uth.web.gate import actor, at, roles
from uth.web.intake_fields import prose

TAB = "Vejledning"
administrators = roles(Role.ADMIN)


class TextForm(forms.Form):
    """A wording and its first day."""

    text = prose(
        "Tekst",
        required="Skriv en tekst. Vil du have den medfølgende tekst tilbage, så gendan den nederst på siden.",
        most=TEXT_LIMIT,
        rows=12,
        help_text="Almindelig tekst. En tom linje giver et nyt afsnit, og en linje, der begynder med »- «, "
        "bliver et punkt på en liste.",
    )
    since = DayMonthYearField(
        label="Vises fra", required=False, help_text="Lad stå tom for i dag. Den gamle tekst vises til da."
    )


@administrators
def texts(request: HttpRequest) -> HttpResponse:
    """Every topic, shelf by shelf."""
    return page(request, "guidance", TAB, shelves=seen.overview(by=actor(request), at=at(request)))


@administrators
def text(request: HttpRequest, topic: str) -> HttpResponse:
    """One topic: its text, a new one, and everything that ever stood there."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    found = seen.topic(topic, **who)
    form = TextForm(request.POST or None, initial={"text": found.text})
    preview = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        since = given["since"] or danish_day(at(request))
        if "vis" in request.POST:
            preview = blocks(given["text"])
        elif tried(form, lambda: verbs.write(topic, text=given["text"], since=since, **who) or True):
            messages.success(request, "Teksten er gemt. Den gamle tekst står stadig i historikken.")
            return redirect("administration_guidance_text", topic=topic)
    return page(
        request,
        "guidance_text",
        found.stands,
        form=form,
        found=found,
        preview=preview,
        versions=[(version, blocks(version.text)) for version in found.versions],
        tab=TAB,
    )


@administrators
@require_POST
def restore(request: HttpRequest, topic: str) -> HttpResponse:
    """Show an earlier wording again; without a number, the one we ship."""
    given = request.POST.get("version", "")
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None
    verbs.restore(topic, version=number, by=actor(request), at=at(request))
    messages.success(request, "Teksten er gendannet og vises fra i dag.")
    return redirect("administration_guidance_text", topic=topic)


urls = [
    path("administration/vejledning/", texts, name="administration_guidance"),
    path("administration/vejledning/<str:topic>/", text, name="administration_guidance_text"),
    path("administration/vejledning/<str:topic>/gendan/", restore, name="administration_guidance_restore"),
]
