"""The set-up page (opsætning): open once, for who holds the link that `uth setup` printed."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache

from uth.actions import setup
from uth.actions.handling import Refused
from uth.law.actor import SYSTEM
from uth.queries import setup as seen
from uth.web.gate import at, public

LINK, INVITATION = (
    "setup",
    "setup_invitation",
)  # what the session keeps, so that no secret stands in an address
SITES = {
    "local": "Lokal: modtager rapporter",
    "national": "National: modtager videregivne sager",
    "both": "Både lokal og national",
}


class SetupForm(forms.Form):
    """What this site is, and who begins."""

    organisation = forms.ChoiceField(
        label="Jeres myndighed", help_text="Den, der modtager rapporterne og har ansvaret for dem."
    )
    name = forms.CharField(
        label="Navn, som det skal stå på siderne",
        max_length=200,
        error_messages={"required": "Skriv, hvad jeres sted hedder."},
    )
    email = forms.EmailField(
        label="Den første administrators e-mail",
        help_text="Administratoren får et link, der virker én gang, og vælger selv sin adgangskode.",
        error_messages={"required": "Skriv en e-mail.", "invalid": "Skriv en e-mail som navn@eksempel.dk."},
    )
    test_mail = forms.BooleanField(label="Send også en prøvemail til adressen", required=False, initial=True)

    def __init__(self, choices: tuple[tuple[str, str], ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", "Vælg"), *choices]
        field.error_messages["required"] = "Vælg jeres myndighed."


@public
@never_cache
def open_setup(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the console: its secret leaves the address line at once."""
    if seen.open_setup(token, at=at(request)) is None:
        raise Http404
    request.session[LINK] = token
    return redirect("setup")


@public
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """Ask, once."""
    token = str(request.session.get(LINK, ""))
    page = seen.open_setup(token, at=at(request))
    if page is None:
        raise Http404
    form = SetupForm(page.choices, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invited = setup.complete(token, setup.Answers(**form.cleaned_data), by=SYSTEM, at=at(request))
        except Refused as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field, sentence)
        else:
            request.session[INVITATION] = invited.id
            messages.success(request, "Opsætningen er gemt, og siden er nu lukket for andre.")
            return redirect("setup_done")
    context = {
        "heading": "Sæt systemet op",
        "page": page,
        "site": SITES[page.kind],
        "now": at(request),
        "form": form,
        "submit_label": "Gem opsætningen",
    }
    return render(request, "setup/setup.html", context, status=422 if form.errors else 200)


@public
@never_cache
def done(request: HttpRequest) -> HttpResponse:
    """The first administrator's link, for who has just set up, until it is used."""
    token, number = str(request.session.get(LINK, "")), int(request.session.get(INVITATION, 0))
    first = seen.first_link(token, number, at=at(request))
    if first is None:
        raise Http404
    context = {
        "heading": "Systemet er sat op",
        "first": first,
        "mail": bool(settings.UTH_SMTP_URL),
        "link": request.build_absolute_uri(first.path),
    }
    return render(request, "setup/done.html", context)


urls = [
    path("opsaetning/", answer, name="setup"),
    path("opsaetning/faerdig/", done, name="setup_done"),
    path("opsaetning/<str:token>/", open_setup, name="open_setup"),
]
