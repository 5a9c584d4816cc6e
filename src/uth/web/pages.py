"""Plain pages (almindelige sider): the front page and what every site must tell."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from uth.law.clock import danish_day
from uth.law.rulebook import rule
from uth.web import gate
from uth.web.gate import LOCAL_SITES, public

DAYS = ("dialogue_closes_after_days", "rejected_identity_days", "draft_days", "access_log_years")


@public
def front(request: HttpRequest) -> HttpResponse:
    """Where everybody begins."""
    receives = settings.UTH_SITE in LOCAL_SITES
    heading = "Rapportér en utilsigtet hændelse" if receives else "Utilsigtede hændelser på nationalt niveau"
    context = {"heading": heading, "receives": receives, "section": "report"}
    return render(request, "pages/front.html", context)


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What the data protection regulation, art. 13, asks us to tell; the numbers are the rulebook's."""
    today = danish_day(gate.at(request))
    context: dict[str, object] = {name: rule(name, on=today).number for name in DAYS}
    context["also_read_by"] = rule("anonymised_reader", on=today).text
    return render(request, "pages/privacy.html", context | {"heading": "Sådan passer vi på oplysningerne"})


@public
def about(request: HttpRequest) -> HttpResponse:
    """What this is made of, and on which terms."""
    return render(request, "pages/about.html", {"heading": "Om UTH"})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible this is, said honestly."""
    return render(request, "pages/accessibility.html", {"heading": "Tilgængelighed"})


urls = [
    path("", front, name="front"),
    path("privatliv/", privacy, name="privacy"),
    path("om/", about, name="about"),
    path("was/", accessibility, name="accessibility"),
]
