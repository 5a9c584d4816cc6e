"""Deadlines (frister): how near the open cases stand, who is told when, and what one was told oneself."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from uth.law.terms import Role
from uth.queries import deadlines
from uth.queries.deadlines import DeadlinePage, Told
from uth.web.gate import DESK, LOCAL_SITES, actor, at, roles

WORKERS = (Role.INTAKE, Role.HANDLER, Role.RISK_MANAGER, Role.ADMIN)
# What a letter said, and why one got it.
TOLD = {
    "deadline_near": ("{cases} skal videregives inden for {days} dage", "Du er sagsbehandler på {them}"),
    "deadline_unassigned": (
        "{cases} uden sagsbehandler skal videregives inden for {days} dage",
        "Du fordeler sager",
    ),
    "deadline_passed": ("{cases} er over fristen", "Du er sagsbehandler på {them}"),
    "deadline_unassigned_passed": ("{cases} uden sagsbehandler er over fristen", "Du fordeler sager"),
    "deadline_leaders": ("{cases} hos jer er over fristen", "Du er risikomanager eller administrator"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A letter in words: when, what it said, why one got it."""

    at: datetime
    said: str
    why: str


@roles(*WORKERS, sites=LOCAL_SITES)
def page(request: HttpRequest) -> HttpResponse:
    """The page behind the link in every letter about deadlines."""
    found = deadlines.page(by=actor(request), at=at(request))
    names = columns(found)
    context = {
        "heading": "Frister",
        "crumbs": [_home(request.standing.roles), ("Frister", "")],  # type: ignore[attr-defined] # set by the gate
        "page": found,
        "columns": names,
        "rows": [
            {
                "organisation": each.organisation,
                "cells": list(zip(names, (*each.counts, each.total), strict=True)),
            }
            for each in found.standings
        ],
        "remind": in_words([str(days) for days in found.rules.remind]),
        "escalate": in_words([days_in_words(days) for days in found.rules.escalate]),
        "lines": [line(each) for each in found.told],
    }
    return render(request, "desk/deadlines.html", context)


def _home(held: frozenset[Role]) -> tuple[str, str]:
    """Where the person came from: the cases, or for one who has none the administration."""
    return ("Sager", "/sager/") if held & DESK else ("Administration", "/administration/")


def columns(found: DeadlinePage) -> list[str]:
    """What the counts stand for: over the deadline, then from the last mark to the next."""
    made, first = [], 0
    for bound in found.bounds:
        made.append("Over fristen" if bound < 0 else f"{first}–{bound} dage")
        first = max(bound + 1, 0)
    return [*made, f"Over {first - 1} dage", "Åbne i alt"]


def line(told: Told) -> Line:
    """A letter in words."""
    said, why = TOLD[told.template]
    values = {
        "cases": "1 sag" if told.count == 1 else f"{told.count} sager",
        "days": told.days,
        "them": "den" if told.count == 1 else "dem",
    }
    return Line(told.at, said.format(**values), why.format(**values))


def in_words(each: list[str]) -> str:
    """30, 14 og 3."""
    return " og ".join(filter(None, [", ".join(each[:-1]), each[-1]])) if each else ""


def days_in_words(days: int) -> str:
    """Dagen efter, else a number of days."""
    return "dagen efter fristen" if days == 1 else f"{days} dage efter fristen"


urls = [path("frister/", page, name="deadlines")]
