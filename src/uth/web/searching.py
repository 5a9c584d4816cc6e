"""Searching (søgning): words searched for may be a name, so they lie in the session and stand in no address or log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

SESSION, NUMBER = "searches", "soeg"
KEPT, LONGEST = 5, 200


def asked(request: HttpRequest, home: str) -> HttpResponse | None:
    """For a posted search: keep the words, and go to the page that shows what they find."""
    if request.method != "POST":
        return None
    words = request.POST.get("q", "").strip()[:LONGEST]
    if not words:
        return redirect(home)
    kept: dict[str, str] = request.session.get(SESSION, {})
    number = str(max(map(int, kept), default=0) + 1)
    request.session[SESSION] = dict([*kept.items(), (number, words)][-KEPT:])
    return redirect(f"{home}?{NUMBER}={number}")


def current(request: HttpRequest) -> tuple[str, str]:
    """The number of the search that the address names, and its words; nothing for one that is forgotten."""
    number = request.GET.get(NUMBER, "")
    kept: dict[str, str] = request.session.get(SESSION, {})
    return (number, kept[number]) if number in kept else ("", "")
