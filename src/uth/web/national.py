"""The national view (det nationale overblik): facts and clean texts from every authority, searched and read."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from uth.law.terms import RejectionReason, Role, Sector, Severity
from uth.queries import national
from uth.web import searching
from uth.web.fact_words import fact_words, month
from uth.web.gate import NATIONAL_SITES, actor, at, roles


@roles(Role.NATIONAL, sites=NATIONAL_SITES)
def reports(request: HttpRequest) -> HttpResponse:
    """Every report, newest first."""
    if posted := searching.asked(request, "/nationalt/"):
        return posted
    number, search = searching.current(request)
    found = national.reports(
        by=actor(request), at=at(request), after=request.GET.get("efter", ""), search=search
    )
    rows = [
        {
            "id": line.id,
            "headline": line.headline or "Uden overskrift",
            "received_at": line.received_at,
            "event_month": month(line.event_month) if line.event_month else "Ikke oplyst",
            "sector": Sector(line.sector).danish,
            "severity": Severity(line.severity).danish,
            "level": list(Severity).index(Severity(line.severity)) + 1,
            "sender": line.sender,
            "reports": line.reports,
        }
        for line in found.lines
    ]
    context = {
        "heading": "Det nationale overblik",
        "rows": rows,
        "search": search,
        "next_url": _url(number, found.after) if found.after else "",
        "first_url": _url(number, "") if request.GET.get("efter") else "",
    }
    return render(request, "national/reports.html", context)


@roles(Role.NATIONAL, sites=NATIONAL_SITES)
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """One report."""
    page = national.report(report_id, by=actor(request), at=at(request))
    context = report_context(page) | {
        "may_ask": True,
        "crumbs": [("Det nationale overblik", "/nationalt/"), ("Rapport", "")],
    }
    return render(request, "national/report.html", context)


def report_context(page: national.NationalPage) -> dict[str, object]:
    """A report in words, for whoever may read it."""
    texts = {section.value: text for section, text in page.texts.items()}
    severity = Severity(page.facts["severity"])
    return {
        "heading": texts.get("headline", "Uden overskrift"),
        "report": page,
        "texts": [
            (section.danish, text) for section, text in page.texts.items() if section.value != "headline"
        ],
        "facts": fact_words({**page.facts, "classification": page.codes, "atc_codes": page.atc_codes}),
        "severity": severity.danish,
        "level": list(Severity).index(severity) + 1,
    }


@roles(Role.NATIONAL, sites=NATIONAL_SITES)
@require_safe
def rejections(request: HttpRequest) -> HttpResponse:
    """Rejected reports, counted."""
    years = national.rejections(by=actor(request), at=at(request))
    context = {
        "heading": "Afviste rapporter",
        "years": [(each.year, list(each.counts.values()), each.total) for each in years],
        "reasons": [reason.danish for reason in RejectionReason],
        "crumbs": [("Det nationale overblik", "/nationalt/"), ("Afviste rapporter", "")],
    }
    return render(request, "national/rejections.html", context)


def _url(number: str, after: str) -> str:
    given = {searching.NUMBER: number, "efter": after}
    return "/nationalt/?" + urlencode({name: value for name, value in given.items() if value})


urls = [
    path("nationalt/", reports, name="national"),
    path("nationalt/afvisninger/", rejections, name="national-rejections"),
    path("nationalt/<int:report_id>/", report, name="national-report"),
]
