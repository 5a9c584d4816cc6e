"""Plain pages (almindelige sider): the front page and what every site must tell."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from uth.law.clock import danish_day
from uth.law.rulebook import rule
from uth.web import gate, licences
from uth.web.gate import LOCAL_SITES, public
from uth.web.intake_summary import readers
from uth.web.privacy import kept

# A report that tells everything, so that every column of the table is shown.
EVERYTHING = {"reporter_name": "x", "patient_name": "x"}


def receives() -> bool:
    """Whether reports are given here."""
    return settings.UTH_SITE in LOCAL_SITES


@public
def front(request: HttpRequest) -> HttpResponse:
    """Where everybody begins."""
    heading = (
        "Rapportér en utilsigtet hændelse" if receives() else "Utilsigtede hændelser på nationalt niveau"
    )
    context = {
        "heading": heading,
        "receives": receives(),
        "section": "report",
        "protection": rule("reporter_protection", on=danish_day(gate.at(request))),
    }
    return render(request, "pages/front.html", context)


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, which version, and what it is made of."""
    first, *rows = licences.third_party()
    context = {
        "heading": "Om UTH",
        "version": licences.version(),
        "third_party_head": first,
        "third_party": [list(zip(first, row, strict=True)) for row in rows],
        "libraries": licences.libraries(),
    }
    return render(request, "pages/about.html", context)


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens to what is told, and the rights one has."""
    today = danish_day(gate.at(request))
    context = {
        "heading": "Sådan passer vi på oplysningerne",
        "kept": kept(on=today),
        "readers": readers(EVERYTHING),
        "national": rule("national_receiver", on=today),
        "anonymised_reader": rule("anonymised_reader", on=today),
        "privacy_contact": settings.UTH_PRIVACY_CONTACT,
    }
    return render(request, "pages/privacy.html", context)


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The authority's own statement where it has one, else what we know ourselves."""
    if settings.UTH_WAS_URL:
        return HttpResponseRedirect(settings.UTH_WAS_URL)
    context = {"heading": "Tilgængelighed", "contact": settings.UTH_CONTACT}
    return render(request, "pages/accessibility.html", context)


@public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Short answers for whoever reports."""
    context = {"heading": "Hjælp til at rapportere", "receives": receives(), "contact": settings.UTH_CONTACT}
    return render(request, "pages/help.html", context)


urls = [
    path("", front, name="front"),
    path("om/", about, name="about"),
    path("privatliv/", privacy, name="privacy"),
    path("was/", accessibility, name="accessibility"),
    path("hjaelp/", help_page, name="help"),
]
