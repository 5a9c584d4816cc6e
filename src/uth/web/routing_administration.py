"""Routing administered (fordelingen i administrationen): the finder, the health agreements, and whose each place is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from uth.actions import agreements, places
from uth.law.clock import danish_day
from uth.law.terms import AuthorityKind, Role
from uth.queries import routing as seen
from uth.web.administration_forms import EndForm
from uth.web.administration_frame import page, tried
from uth.web.fields import DayMonthYearField
from uth.web.gate import LOCAL_SITES, actor, at, roles
from uth.web.intake_fields import conditional, one_of, tick, words

TAB = "Fordeling"
administrators = roles(Role.ADMIN, sites=LOCAL_SITES)
PUBLIC = (AuthorityKind.REGION, AuthorityKind.MUNICIPALITY)
EVERYONE = (*PUBLIC, AuthorityKind.PRIVATE_HOSPITAL)
HOLDERS = ("operator", "supervisor", "receives_itself")
NOBODY = ("", "Ingen")
CHOOSE = ("", "Vælg")


class FinderForm(forms.Form):
    """Who finds the place when nobody knows it."""

    organisation = one_of("Hvem finder stedet?", [], required="Vælg en myndighed.", select=True)
    since = DayMonthYearField(label="Fra", required=False, help_text="Lad stå tom for i dag.")


class AgreementForm(forms.Form):
    """A health agreement."""

    name = conditional(
        words("Aftalens navn", most=300, help_text="For eksempel »Sundhedsaftalen 2024-2027«.")
    )
    happened_at = one_of("Hændelsen skete hos", [], required="Vælg en region eller en kommune.", select=True)
    goes_to = one_of("Rapporten går til", [], required="Vælg en region eller en kommune.", select=True)
    since = DayMonthYearField(
        label="Første dag", error_messages={"required": "Skriv den første dag, aftalen gælder."}
    )
    until = DayMonthYearField(
        label="Sidste dag", required=False, help_text="Lad stå tom, hvis aftalen gælder indtil videre."
    )


class TenureForm(forms.Form):
    """Whose the place is from a day on."""

    since = DayMonthYearField(label="Fra", error_messages={"required": "Skriv den første dag."})
    operator = one_of("Drives af", [], select=True)
    supervisor = one_of("Tilsyn", [], select=True)
    receives_itself = one_of(
        "Modtager selv rapporter",
        [],
        select=True,
        help_text="Kun privathospitaler og hospicer, der er registreret som det i SOR.",
    )
    source = words("Kilde", most=300, help_text="Hvor det står, for eksempel en aftale eller en beslutning.")
    unverified = tick("Det er ikke bekræftet endnu")


class AliasForm(forms.Form):
    """A name people use."""

    alias = conditional(words("Nyt navn", most=200, help_text="Et kaldenavn eller en forkortelse."))


class SearchForm(forms.Form):
    """What the place is called."""

    q = words(
        "Find et sted", most=100, help_text="Navn, kaldenavn eller SOR-id. Også skjulte og lukkede steder."
    )


@administrators
def routing(request: HttpRequest) -> HttpResponse:
    """The finder, the agreements, and a search. The words are posted, so that they stand in no address."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    form = SearchForm(request.POST or None)
    found = seen.find(form.cleaned_data["q"], **who) if request.method == "POST" and form.is_valid() else None
    return page(
        request,
        "routing",
        TAB,
        found=seen.overview(**who),
        search=form,
        results=found,
        today=danish_day(who["at"]),
    )


@administrators
def finder(request: HttpRequest) -> HttpResponse:
    """Choose who finds the place."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    form = FinderForm(request.POST or None)
    _choices(form, "organisation", [CHOOSE, *seen.authorities(*EVERYONE, **who)])
    if request.method == "POST" and form.is_valid():
        since = form.cleaned_data["since"] or danish_day(who["at"])
        chosen = form.cleaned_data["organisation"]
        if tried(form, lambda: places.choose_finder(organisation=chosen, since=since, **who) or True):
            messages.success(request, "Valget er gemt. Det, der allerede er fordelt, bliver, hvor det er.")
            return redirect("administration_routing")
    return _form(request, "Vælg, hvem der finder stedet", form, "Gem valget", "finder")


@administrators
def add_agreement(request: HttpRequest) -> HttpResponse:
    """Tell of an agreement."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    form = AgreementForm(request.POST or None)
    for name in ("happened_at", "goes_to"):
        _choices(form, name, [CHOOSE, *seen.authorities(*PUBLIC, **who)])
    valid = request.method == "POST" and form.is_valid()
    if valid and tried(form, lambda: agreements.add_agreement(**form.cleaned_data, **who) > 0):
        messages.success(request, "Aftalen er lagt ind og bliver brugt fra sin første dag.")
        return redirect("administration_routing")
    return _form(request, "Læg en sundhedsaftale ind", form, "Læg aftalen ind", "agreement")


@administrators
def end_agreement(request: HttpRequest, agreement_id: int) -> HttpResponse:
    """Let an agreement end."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    line = seen.agreement(agreement_id, **who)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        if tried(form, lambda: agreements.end_agreement(agreement_id, last_day=last_day, **who) or True):
            messages.success(request, "Aftalens sidste dag er gemt.")
            return redirect("administration_routing")
    return _form(request, f"Afslut {line.name}", form, "Gem", "end_agreement")


@administrators
def place(request: HttpRequest, place_id: int) -> HttpResponse:
    """One place: whose it is and was, its names, and whether it is offered."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    found = seen.place(place_id, **who)
    form = AliasForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        alias = form.cleaned_data["alias"]
        if tried(form, lambda: places.name_place(found.key, alias=alias, **who) or True):
            messages.success(request, f"Stedet kan nu findes som »{alias}«.")
            return redirect("administration_place", place_id=place_id)
    return page(request, "place", found.name, found=found, form=form, tab=TAB)


@administrators
def change_hands(request: HttpRequest, place_id: int) -> HttpResponse:
    """Tell whose the place is from a day on."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    found = seen.place(place_id, **who)
    form = TenureForm(request.POST or None, initial=dict(zip(HOLDERS, found.holders, strict=True)))
    for name in ("operator", "supervisor"):
        _choices(form, name, [NOBODY, *seen.authorities(*PUBLIC, **who)])
    _choices(form, "receives_itself", [NOBODY, *seen.authorities(AuthorityKind.PRIVATE_HOSPITAL, **who)])
    if request.method == "POST" and form.is_valid():
        told = {name: value or None for name, value in form.cleaned_data.items()}
        entry = places.TenureEntry(
            **told | {"source": told["source"] or "", "unverified": bool(told["unverified"])}
        )
        if tried(form, lambda: places.change_hands(found.key, entry, **who) or True):
            messages.success(request, "Det er gemt. Det, der gjaldt før, står stadig i historikken.")
            return redirect("administration_place", place_id=place_id)
    return _form(request, f"Driftsansvar: {found.name}", form, "Gem", "tenure", place=found)


@administrators
@require_POST
def show(request: HttpRequest, place_id: int) -> HttpResponse:
    """Offer the place, or stop offering it."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    found = seen.place(place_id, **who)
    places.show_place(found.key, hidden=not found.hidden, **who)
    told = (
        "Stedet kan vælges igen."
        if found.hidden
        else "Stedet er skjult. Rapporter, der har det, beholder det."
    )
    messages.success(request, told)
    return redirect("administration_place", place_id=place_id)


@administrators
@require_POST
def forget_name(request: HttpRequest, place_id: int) -> HttpResponse:
    """Take a name away."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    found = seen.place(place_id, **who)
    places.forget_name(found.key, alias=request.POST.get("alias", ""), **who)
    messages.success(request, "Navnet er fjernet.")
    return redirect("administration_place", place_id=place_id)


def _form(
    request: HttpRequest, heading: str, form: forms.Form, submit: str, help: str, **more: Any
) -> HttpResponse:
    return page(request, "routing_form", heading, form=form, submit=submit, help=help, tab=TAB, **more)


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = choices


PLACE = "administration/fordeling/steder/<int:place_id>/"
AGREEMENTS = "administration/fordeling/aftaler/"
urls = [
    path("administration/fordeling/", routing, name="administration_routing"),
    path("administration/fordeling/stedfinder/", finder, name="administration_finder"),
    path(AGREEMENTS + "ny/", add_agreement, name="administration_add_agreement"),
    path(AGREEMENTS + "<int:agreement_id>/afslut/", end_agreement, name="administration_end_agreement"),
    path(PLACE, place, name="administration_place"),
    path(PLACE + "driftsansvar/", change_hands, name="administration_change_hands"),
    path(PLACE + "vis/", show, name="administration_show_place"),
    path(PLACE + "navn/fjern/", forget_name, name="administration_forget_name"),
]
