"""The inbox (indbakken): the lists of cases that a person works from, with the clock visible."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from uth.law.clock import danish_day
from uth.law.procedure import OPEN, RECEIVERS
from uth.law.terms import ActualHarm, Role, Severity, State
from uth.queries import inbox
from uth.queries.inbox import CaseLine, View
from uth.web import searching
from uth.web.gate import actor, at, desk

SLUGS = {
    "indbakke": View.INBOX,
    "mine": View.MINE,
    "frist": View.DUE,
    "afventer": View.WAITING,
    "klar": View.READY,
    "aabne": View.OPEN,
    "videregivet": View.FORWARDED,
    "afvist": View.REJECTED,
    "knyttet": View.LINKED,
    "alle": View.ALL,
}
SLUG_OF = {view: slug for slug, view in SLUGS.items()}
HANDLING = frozenset({Role.HANDLER, Role.RISK_MANAGER})
HANDLERS_ONLY = frozenset({View.MINE, View.READY, View.FORWARDED})  # an initial receiver has nothing there
TONES = {
    State.RECEIVED: "info",
    State.WAITING: "info",
    State.APPROVED: "info",
    State.FORWARDED: "success",
    State.REJECTED: "plain",
    State.LINKED: "plain",
}
# What to do when a list is empty: heading, next step, where.
EMPTY = {
    View.INBOX: ("Ingen nye rapporter", "Når nogen rapporterer til jer, dukker sagen op her.", View.OPEN),
    View.MINE: (
        "Du har ingen åbne sager",
        "Når en sag bliver fordelt til dig, står den her.",
        View.OPEN,
    ),
    View.DUE: ("Ingen sager har frist de næste 14 dage", "De øvrige åbne sager kan vente lidt.", View.OPEN),
    View.WAITING: (
        "Ingen sager venter på svar",
        "Når du spørger en rapportør om noget, står sagen her, til svaret kommer.",
        View.OPEN,
    ),
    View.READY: (
        "Ingen sager er klar til anonymisering",
        "Når en sag er afsluttet, kommer den her, så teksten kan anonymiseres og videregives.",
        View.MINE,
    ),
    View.OPEN: ("Ingen åbne sager", "Alt er behandlet. Nye rapporter kommer i indbakken.", View.INBOX),
    View.FORWARDED: (
        "Ingen sager er videregivet endnu",
        "Når en anonymiseret tekst er godkendt og sendt, står sagen her.",
        View.READY,
    ),
    View.REJECTED: (
        "Ingen sager er afvist",
        "Afviste sager bliver gemt her og kan genåbnes.",
        View.INBOX,
    ),
    View.LINKED: (
        "Ingen sager er knyttet til en anden",
        "Når to rapporter handler om den samme hændelse, kan den ene knyttes til den anden og står så her.",
        View.INBOX,
    ),
    View.ALL: ("Ingen sager endnu", "Når nogen rapporterer til jer, dukker sagen op her.", View.INBOX),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A list one can choose."""

    label: str
    url: str
    current: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A case as a line of the list, in words."""

    id: int
    number: str
    headline: str
    place: str
    organisation: str
    state: str
    tone: str
    severity: str
    level: int
    handler: str
    received_on: date
    forward_by: date
    is_open: bool


def row_of(line: CaseLine) -> Row:
    """The line in Danish."""
    severity, level = severity_words(line.severity, line.actual_harm)
    return Row(
        id=line.id,
        number=line.number,
        headline=line.headline or "Uden overskrift",
        place=line.place or "Sted ikke oplyst",
        organisation=line.organisation,
        state=line.state.danish,
        tone=TONES.get(line.state, ""),
        severity=severity,
        level=level,
        handler=line.handler,
        received_on=line.received_on,
        forward_by=line.forward_by,
        is_open=line.state in OPEN,
    )


def severity_words(severity: str, actual: str) -> tuple[str, int]:
    """The combined severity with its place on the bar; before there is one, what the reporter told."""
    if severity:
        settled = Severity(severity)
        return settled.danish, list(Severity).index(settled) + 1
    return f"Rapportøren: {ActualHarm(actual).danish.lower()}", 0


@desk
def cases(request: HttpRequest) -> HttpResponse:
    """A list of cases, oldest deadline first."""
    roles: frozenset[Role] = request.standing.roles  # type: ignore[attr-defined] # set by the gate
    if posted := searching.asked(request, "/sager/"):
        return posted
    number, search = searching.current(request)
    view = SLUGS.get(request.GET.get("liste", ""), View.ALL if search else _first_view(roles))
    by, when = actor(request), at(request)
    found = inbox.cases(view, by=by, at=when, after=request.GET.get("efter", ""), search=search)
    counts = inbox.counts(by=by, at=when)
    rows = [row_of(line) for line in found.lines]
    context = {
        "heading": "Sager",
        "view": view,
        "slug": SLUG_OF[view],
        "tabs": [
            Tab(each.danish, f"/sager/?liste={SLUG_OF[each]}", each is view, counts.get(each))
            for each in _shown(roles)
        ],
        "rows": rows,
        "search": search,
        "next_url": _url(view, number, found.after) if found.after else "",
        "first_url": _url(view, number, "") if request.GET.get("efter") else "",
        "today": danish_day(when),
        "empty": EMPTY[view],
        "empty_label": f"Vis »{EMPTY[view][2].danish}«",
        "empty_url": _url(EMPTY[view][2], "", ""),
        "several_places": len({row.organisation for row in rows}) > 1,
    }
    return render(request, "desk/cases.html", context)


def _first_view(roles: frozenset[Role]) -> View:
    """The list a person begins with: their own cases for handlers, new reports for those who give them out."""
    return View.INBOX if roles & RECEIVERS else View.MINE


def _shown(roles: frozenset[Role]) -> list[View]:
    return [view for view in View if roles & HANDLING or view not in HANDLERS_ONLY]


def _url(view: View, number: str, after: str) -> str:
    given = {"liste": SLUG_OF[view], searching.NUMBER: number, "efter": after}
    return "/sager/?" + urlencode({name: value for name, value in given.items() if value})


urls = [path("sager/", cases, name="cases")]
