"""Plain pages (almindelige sider): the front page and what every site must tell."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from uth.web.gate import public


@public
def front(request: HttpRequest) -> HttpResponse:
    """Where everybody begins."""
    return render(request, "pages/front.html", {"heading": "Rapportér en utilsigtet hændelse"})


urls = [path("", front, name="front")]
