"""The anonymised reports (de anonymiserede rapporter): read, and nothing else, by the authority that may."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from uth.law.clock import danish_day
from uth.law.terms import Role, Sector
from uth.queries import anonymised
from uth.web.fact_words import month
from uth.web.gate import NATIONAL_SITES, actor, at, roles
from uth.web.national import report_context


@roles(Role.READER, sites=NATIONAL_SITES)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    found = anonymised.reports(
        by=actor(request), at=at(request), after=request.GET.get("efter", ""), newest=True
    )
    rows = [
        {
            "id": page.id,
            "headline": texts.get("headline") or "Uden overskrift",
            "event_month": month(page.facts["event_month"]) if "event_month" in page.facts else "Ikke oplyst",
            "sector": Sector(page.facts["sector"]).danish,
            "sender": page.sender,
            "received_at": page.received_at,
        }
        for page in found.reports
        for texts in [{section.value: text for section, text in page.texts.items()}]
    ]
    rule = anonymised.reader(on=danish_day(at(request)))
    context = {
        "heading": "Anonymiserede rapporter",
        "rows": rows,
        "rule": rule,
        "next_url": f"/anonymiseret/?efter={found.after}" if found.after else "",
        "first_url": "/anonymiseret/" if request.GET.get("efter") else "",
    }
    return render(request, "national/anonymised.html", context)


@roles(Role.READER, sites=NATIONAL_SITES)
@require_safe
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """One report."""
    page = anonymised.report(report_id, by=actor(request), at=at(request))
    context = report_context(page) | {
        "crumbs": [("Anonymiserede rapporter", "/anonymiseret/"), ("Rapport", "")]
    }
    return render(request, "national/report.html", context)


urls = [
    path("anonymiseret/", reports, name="anonymised"),
    path("anonymiseret/<int:report_id>/", report, name="anonymised-report"),
]
