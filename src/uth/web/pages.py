"""Plain pages (almindelige sider): the front page and what every site must tell."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from uth.web.gate import LOCAL_SITES, public


@public
def front(request: HttpRequest) -> HttpResponse:
    """Where everybody begins."""
    receives = settings.UTH_SITE in LOCAL_SITES
    heading = "Rapportér en utilsigtet hændelse" if receives else "Utilsigtede hændelser på nationalt niveau"
    context = {"heading": heading, "receives": receives, "section": "report"}
    return render(request, "pages/front.html", context)


urls = [path("", front, name="front")]
