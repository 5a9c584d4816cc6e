"""Who sees what (hvem ser hvad): the law's own table in plain Danish, for whoever is about to report."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from uth.law.clock import danish_day
from uth.law.confidentiality import STAYS_BEHIND, visible
from uth.law.rulebook import rule
from uth.law.terms import Role, State, Visible
from uth.web import gate
from uth.web.gate import public

S = State
ALL = frozenset(State)
# When something may be seen, in words; a set of states that stands here nowhere is told state by state.
WHEN: dict[frozenset[State], str] = {
    frozenset(): "Nej",
    ALL: "Ja",
    ALL - {S.FORWARDED}: "indtil rapporten sendes videre",
    frozenset({S.FORWARDED}): "når rapporten er sendt videre",
    frozenset({S.REJECTED}): "hvis rapporten bliver afvist",
    frozenset({S.RECEIVED, S.IN_PROGRESS, S.WAITING}): "indtil sagen er behandlet",
    frozenset({S.RECEIVED, S.IN_PROGRESS, S.WAITING, S.REJECTED, S.LINKED}): "indtil sagen er behandlet",
}
WHO = (
    ("Dig, med din kvitteringskode", Role.REPORTER),
    ("Den, der modtager rapporten", Role.INTAKE),
    ("Sagsbehandleren", Role.HANDLER),
    ("Risikomanageren samme sted", Role.RISK_MANAGER),
    ("Administratoren af systemet samme sted", Role.ADMIN),
    ("Det nationale niveau", Role.NATIONAL),
    ("Den myndighed, der læser de anonymiserede rapporter", Role.READER),
)
# The kinds of content as a reporter knows them, with what they hold.
WHAT: dict[Visible, tuple[str, str]] = {
    Visible.REPORTER_IDENTITY: ("Hvem du er", "Navn, e-mail og telefon, hvis du skriver dem."),
    Visible.PATIENT_IDENTITY: ("Hvem patienten er", "Navn og CPR-nummer, hvis du skriver dem."),
    Visible.HEADLINE: ("Overskriften", "Den korte sætning, rapporten kendes på."),
    Visible.STORY: (
        "Det, du skriver",
        "Beretningen, stedet, din faggruppe, medicin og udstyr, og den konklusion, sagsbehandleren skriver.",
    ),
    Visible.ATTACHMENTS: ("Bilag", "Billeder og filer, du vedhæfter."),
    Visible.FACTS: (
        "Svarene på de faste spørgsmål",
        "For eksempel slags sted, dato og betydning for patienten. Nationalt uden sted og dag.",
    ),
    Visible.CLEAN_TEXT: ("Teksten uden navne", "Det, der er godkendt til at blive sendt videre."),
    Visible.DIALOGUE: ("Beskederne mellem dig og sagsbehandleren", "Dit navn står ikke ved dem."),
    Visible.LEARNING: ("Hvad der blev lært", "Det, der er ændret eller besluttet."),
    Visible.REASONS: ("Sagens gang", "Hvem der gjorde hvad ved sagen, og begrundelser."),
    Visible.NOTES: ("Sagsbehandlernes notater", "Skrevet af dem, der arbejder med sagen, til dem selv."),
    Visible.LOOKUPS: ("Opslag i journalen", "Hvem der har slået op i patientens journal til analysen."),
    Visible.PLANS: (
        "Analyser og planer",
        "Det, det nationale niveau har bedt om at se, og svarene. Uden navne.",
    ),
    Visible.ACCESS_LOG: ("Adgangsloggen", "Hvem der har åbnet sagen, og hvornår. Ikke hvad der står i den."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of content: its name, what it holds, whether it stays when another authority takes the case, and who sees it."""

    what: str
    holds: str
    stays: bool
    cells: tuple[tuple[str, str], ...]


def lines() -> Sequence[Line]:
    """The whole table, kind by kind."""
    return [
        Line(name, holds, what in STAYS_BEHIND, tuple((who, when(role, what)) for who, role in WHO))
        for what, (name, holds) in WHAT.items()
    ]


def when(role: Role, what: Visible) -> str:
    """When this role sees this kind of content, in words."""
    states = frozenset(state for state in State if what in visible(role, state))
    return WHEN.get(states) or "når sagens status er: " + ", ".join(
        state.danish.lower() for state in State if state in states
    )


@public
@require_safe
def who_sees(request: HttpRequest) -> HttpResponse:
    """The table, and what goes round it."""
    today = danish_day(gate.at(request))
    context = {
        "heading": "Hvem ser hvad?",
        "lines": lines(),
        "stays": [line.what for line in lines() if line.stays],
        "national": rule("national_receiver", on=today),
        "protection": rule("reporter_protection", on=today),
        "reader": rule("anonymised_reader", on=today),
    }
    return render(request, "pages/who_sees.html", context)


urls = [path("hvem-ser-hvad/", who_sees, name="who_sees")]
