"""The administration's frame (administrationens ramme): the tabs, a page among them, and a form's refusal."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from uth.actions.handling import Refused
from uth.law.procedure import NotAllowed
from uth.queries import administration as seen
from uth.web.gate import LOCAL_SITES, NATIONAL_SITES, actor, at

HOME = "/administration/"


def tried[T](form: forms.Form, act: Callable[[], T]) -> T | None:
    """The act's result; a refusal becomes the form's own sentences."""
    try:
        return act()
    except Refused as refused:
        for field, sentence in refused.problems.items():
            form.add_error(field if field in form.fields else None, sentence)
    except NotAllowed as why:
        form.add_error(None, str(why))
    return None


def page(request: HttpRequest, template: str, heading: str, *, tab: str = "", **more: Any) -> HttpResponse:
    """One of the administration's pages, with its tabs; 422 where a form was refused."""
    current = tab or heading
    context = {"heading": heading, "tabs": tabs(request, current), **more}
    status = 422 if getattr(more.get("form"), "errors", None) else 200
    return render(request, f"administration/{template}.html", context, status=status)


def tabs(request: HttpRequest, current: str) -> list[dict[str, object]]:
    """The rooms of the administration this person has."""
    reach = seen.reach(by=actor(request), at=at(request))
    shown = [
        ("Personer", HOME, reach.people),
        ("Enheder", HOME + "enheder/", reach.people),
        ("Fordeling", HOME + "fordeling/", reach.site and settings.UTH_SITE in LOCAL_SITES),
        ("Frister", "/frister/", reach.people and settings.UTH_SITE in LOCAL_SITES),
        ("Papirskemaer", HOME + "papir/", reach.people and settings.UTH_SITE in LOCAL_SITES),
        ("Adgangslog", HOME + "adgangslog/", True),
        ("Breve", HOME + "breve/", reach.people),
        ("Revisionsspor", HOME + "revisionsspor/", reach.people),
        ("Journalopslag", HOME + "journalopslag/", reach.people and settings.UTH_SITE in LOCAL_SITES),
        ("Anonymisering", HOME + "anonymisering/", settings.UTH_SITE in LOCAL_SITES),
        ("Vejledning", HOME + "vejledning/", reach.site),
        ("Afsendere", HOME + "afsendere/", reach.keys and settings.UTH_SITE in NATIONAL_SITES),
    ]
    return [
        {"label": label, "url": url, "current": label == current, "count": None}
        for label, url, may in shown
        if may
    ]
