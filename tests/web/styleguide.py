"""A page with every component on it (stilprøven), served only to the tests of the look."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib import messages  # noqa: F401 - the tag names of messages are used in the template
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from uth.web.fields import DayMonthYearField
from uth.web.rendering import Option

TODAY = date(2026, 6, 3)


class EveryField(forms.Form):
    """One of each kind of field."""

    place = forms.CharField(
        label="Hvor skete det?",
        help_text="Skriv for eksempel navnet på afsnittet eller plejehjemmet.",
        widget=forms.TextInput({"data-typeahead-url": "/steder.json", "data-typeahead-value": "id_place_id"}),
        error_messages={"required": "Skriv, hvor det skete."},
    )
    place_id = forms.CharField(required=False, widget=forms.HiddenInput)
    day = DayMonthYearField(label="Hvornår skete det?", help_text="For eksempel 7 3 2026.")
    story = forms.CharField(
        label="Hvad skete der?",
        help_text="Skriv med dine egne ord. Undgå navne og CPR-numre.",
        max_length=400,
        widget=forms.Textarea({"rows": 5}),
    )
    harm = forms.ChoiceField(
        label="Hvad betød det for patienten?",
        choices=[
            ("none", Option("Ingen skade", hint="Patienten mærkede ikke noget til det.")),
            ("mild", Option("Mild skade", hint="Let forbigående skade uden øget behandling.")),
            ("severe", "Alvorlig skade"),
            ("unknown", "Det ved jeg ikke"),
        ],
        widget=forms.RadioSelect,
    )
    kinds = forms.MultipleChoiceField(
        label="Hvad handlede det om?",
        choices=[("medicine", "Medicin"), ("fall", "Fald"), ("device", "Medicinsk udstyr")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sector = forms.ChoiceField(
        label="Sektor", choices=[("", "Vælg"), ("h", "Sygehus"), ("k", "Kommune"), ("p", "Praksis")]
    )
    email = forms.EmailField(label="E-mail", required=False)
    attachment = forms.FileField(
        label="Vedhæft et billede", required=False, help_text="Højst 10 MB. PDF, PNG eller JPEG."
    )
    agree = forms.BooleanField(
        label="Jeg må gerne kontaktes", required=False, help_text="Kun om denne hændelse."
    )


@dataclass(frozen=True)
class Item:
    """A thing with names, for lists on the page."""

    label: str = ""
    url: str = ""
    current: bool = False
    count: int | None = None
    icon: str = ""
    state: str = ""


def _context(request: HttpRequest) -> dict[str, Any]:
    at = datetime(2026, 6, 3, 12, 5, tzinfo=UTC)
    return {
        "demo": True,
        "today": TODAY,
        "crumbs": [("Forside", "/"), ("Indbakke", "/desk/"), ("Sag 2026-0042", "")],
        "form": EveryField(request.POST if request.method == "POST" else None),
        "deadlines": [date(2026, 8, 1), date(2026, 6, 15), date(2026, 6, 3), date(2026, 5, 31)],
        "severities": [("Ingen skade", 1), ("Mild", 2), ("Moderat", 3), ("Alvorlig", 4), ("Død", 5)],
        "states": [
            ("Modtaget", "info"),
            ("Under behandling", ""),
            ("Videregivet", "success"),
            ("Afvist", "plain"),
        ],
        "facts": [
            ("Sted", "Afsnit B2, Fjordby Sygehus", "#ret"),
            ("Dato", "3. juni 2026", "#ret"),
            ("Skade", ""),
        ],
        "timeline": [
            {"title": "Modtaget", "at": at, "by": "Bo Receveur", "state": ""},
            {
                "title": "Under behandling",
                "at": at,
                "text": "Overdraget med begrundelse.",
                "state": "current",
            },
            {"title": "Videregives", "state": "coming"},
        ],
        "form_steps": [
            {"label": "Sted", "url": "#1", "state": "done"},
            {"label": "Hvad skete der", "url": "#2", "state": "current"},
            {"label": "Skade", "url": "#3", "state": "error"},
            {"label": "Se efter og send", "state": "coming"},
        ],
        "tabs": [
            Item("Åbne", "#a", current=True, count=12),
            Item("Videregivne", "#b", count=40),
            Item("Alle", "#c"),
        ],
        "page": Paginator(range(100), 10).page(3),
        "attachments": [
            {"name": "fald-ved-seng.jpg", "size_text": "1,2 MB", "url": "#fil", "remove_url": "/fjern"},
            {"name": "notat.pdf", "size_text": "80 KB", "note": "venter på kontrol"},
        ],
        "language_links": [
            {"code": "da", "label": "Dansk", "url": "#da", "current": True},
            {"code": "en", "label": "English", "url": "#en"},
        ],
        "cases": [
            (f"2026-{n:04}", "Medicin givet to gange", ("Mild", 2), date(2026, 6, 1 + n)) for n in range(1, 6)
        ],
    }


def components(request: HttpRequest) -> HttpResponse:
    """Everything, in the open layout."""
    return render(request, "styleguide.html", _context(request))


def one_question(request: HttpRequest) -> HttpResponse:
    """One question a page."""

    class Harm(forms.Form):
        harm = EveryField.base_fields["harm"]

    form = Harm(request.POST if request.method == "POST" else None)
    return render(
        request, "base_form.html", {"form": form, "back_url": "/", "step": 3, "steps": 7, "demo": True}
    )


def draft(request: HttpRequest) -> HttpResponse:
    """A page whose answers are saved while they are written."""

    class Story(forms.Form):
        story = EveryField.base_fields["story"]

    return render(request, "base_form.html", {"form": Story(), "autosave_url": "/gem"})


def save(request: HttpRequest) -> HttpResponse:
    """204 for a saved text, as the real page answers; 400 without one."""
    return HttpResponse(status=204 if request.POST["story"] else 400)


def desk(request: HttpRequest) -> HttpResponse:
    """The handlers' layout."""
    menu = [
        Item("Indbakke", "#i", current=True, count=12, icon="email"),
        Item("Mine sager", "#m", icon="person"),
        Item("Læring", "#l", icon="analytics"),
        Item("Kolleger", "#k", icon="persons"),
    ]
    context = _context(request) | {
        "desk_menu": menu,
        "desk_organisation": "Fjordby Sygehus",
        "desk_user": "Carl Kvist",
        "desk_role": "sagsbehandler",
    }
    return render(request, "styleguide_desk.html", context)


def places(request: HttpRequest) -> JsonResponse:
    """Answer the typeahead."""
    every = ["Afsnit B2, Fjordby Sygehus", "Afsnit B3, Fjordby Sygehus", "Plejehjemmet Birkelund"]
    found = [name for name in every if request.POST.get("q", "").lower() in name.lower()]
    return JsonResponse(
        {"results": [{"id": str(n), "label": name, "note": "opdigtet"} for n, name in enumerate(found)]}
    )


urlpatterns = [
    path("", components),
    path("sporgsmaal", one_question),
    path("desk", desk),
    path("kladde", draft),
    path("gem", save),
    path("steder.json", places),
]
