"""Slowing down (nedbremsning): a crowd waits half a minute or lets the browser do a sum; nothing typed is lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from uth.actions.limits import Asked

OURS = frozenset({"csrfmiddlewaretoken", "ticket"})


def slowed(request: HttpRequest, asked: Asked) -> HttpResponse:
    """A page that sends the same again, once there has been a pause or the sum is done."""
    again = [(name, text) for name, texts in request.POST.lists() if name not in OURS for text in texts]
    context = {"heading": "Vent et øjeblik", "section": "report", "asked": asked, "again": again}
    answer = render(request, "intake/slow.html", context, status=429)
    answer["Retry-After"] = str(asked.seconds)
    return answer
