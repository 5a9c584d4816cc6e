"""Look-ups in the record (journalopslag): a case's page, and the files for the record system's own audit."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from uth.law.terms import Act, Role
from uth.queries import lookups as seen
from uth.queries.lookups import LookupLine, PermissionLine
from uth.web.administration_frame import page as administration_page
from uth.web.csv_files import csv_file
from uth.web.fields import DayMonthYearField
from uth.web.gate import LOCAL_SITES, actor, at, desk, roles
from uth.web.handling import frame

HEAD = (
    "Sag", "Må slå op", "Tilladelse givet af", "Tilladelse givet den", "Nødvendigt fordi", "Slået op", "Journalsystem",
    "Sådan kan det ses", "Skrevet ind", "Skrevet ind af", "Hjemmel",
)  # fmt: skip
REASON = HEAD.index("Nødvendigt fordi")
PARAGRAPH = "Sundhedsloven § 198, stk. 3"


@desk
def lookups(request: HttpRequest, case_id: int) -> HttpResponse:
    """The case's permissions, and what was done under each."""
    page, lines = seen.of_case(case_id, by=actor(request), at=at(request))
    context = frame(request, page) | {
        "heading": "Opslag i patientens journal",
        "lines": lines,
        "may_permit": Act.PERMIT_LOOKUP in page.acts,
        "may_log": Act.LOG_LOOKUP in page.acts and bool(lines),
    }
    context["crumbs"] = [
        ("Sager", "/sager/"),
        (f"Sag {page.number}", f"/sager/{page.id}/"),
        ("Journalopslag", ""),
    ]
    return render(request, "case/lookups.html", context)


@desk
@never_cache
@require_safe
def case_file(request: HttpRequest, case_id: int) -> HttpResponse:
    """The same as a file."""
    lines = seen.export_of_case(case_id, by=actor(request), at=at(request))
    return csv_file("journalopslag", HEAD, rows(lines))


class PeriodForm(forms.Form):
    """First and last day."""

    since = DayMonthYearField(label="Fra og med")
    until = DayMonthYearField(label="Til og med")

    def clean(self) -> dict[str, Any]:
        """The days in order."""
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", "Den sidste dag ligger før den første. Byt dem om.")
        return cleaned


@roles(Role.ADMIN, sites=LOCAL_SITES)
@never_cache
def period(request: HttpRequest) -> HttpResponse:
    """An administrator's file for a period."""
    form = PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lines = seen.export_of_period(**form.cleaned_data, by=actor(request), at=at(request))
        return csv_file(
            "journalopslag",
            [*HEAD[:REASON], *HEAD[REASON + 1 :]],
            ([*row[:REASON], *row[REASON + 1 :]] for row in rows(lines)),
        )
    return administration_page(request, "lookups", "Journalopslag", form=form)


def rows(lines: Iterable[PermissionLine]) -> Iterator[list[str]]:
    """A row a look-up; a permission nobody used has a row with the right half empty."""
    for line in lines:
        left = [line.case, line.person, line.permitted_by, f"{line.permitted_on:%d-%m-%Y}", line.necessity]
        for look in line.lookups or (None,):
            yield [*left, *_right(look), PARAGRAPH]


def _right(look: LookupLine | None) -> list[str]:
    if look is None:
        return [""] * 5
    done, written = (f"{timezone.localtime(m):%d-%m-%Y %H:%M}" for m in (look.looked_up_at, look.written_at))
    return [done, look.system, look.trace, written, look.who_wrote]


urls = [
    path("sager/<int:case_id>/journalopslag/", lookups, name="lookups"),
    path("sager/<int:case_id>/journalopslag/hent/", case_file, name="lookups_file"),
    path("administration/journalopslag/", period, name="administration_lookups"),
]
