"""Redaction in the administration (anonymisering): how many approve, and what people put right in what the machine found."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from uth.actions import organisations
from uth.deid.span import Kind
from uth.law.terms import Approvers, Role
from uth.queries import corrections as seen
from uth.queries.administration import reach
from uth.queries.corrections import FEW, MonthOfCorrections, UnitApprovers
from uth.web.administration_frame import page, tried
from uth.web.fact_words import month as month_words
from uth.web.gate import LOCAL_SITES, actor, at, roles
from uth.web.intake_fields import conditional

AS_ABOVE = "Som enheden ovenover har valgt"


class ApproversForm(forms.Form):
    """How many approve, and where."""

    organisation = forms.ChoiceField(label="Enhed", help_text="Valget gælder enheden og alt under den.")
    approvers = forms.ChoiceField(
        label="Hvor mange skal godkende anonymiseringen?",
        choices=[*((each.value, each.danish) for each in Approvers), ("", AS_ABOVE)],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, units: tuple[UnitApprovers, ...], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["organisation"]
        conditional(self.fields["approvers"])  # its empty answer is an answer
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(unit.key, "– " * unit.depth + unit.name) for unit in units]


@roles(Role.ADMIN, Role.RISK_MANAGER, sites=LOCAL_SITES)
def corrections(request: HttpRequest) -> HttpResponse:
    """The setting, for an administrator; and the figures, also for a risk manager."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    months = [_month(each) for each in seen.by_month(**who)]
    if not reach(**who).people:
        return page(request, "corrections", "Anonymisering", months=months)
    units = seen.approvers(**who)
    first = {"organisation": units[0].key, "approvers": units[0].approvers} if units else {}
    form = ApproversForm(units, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = Approvers(given["approvers"]) if given["approvers"] else None
        act = organisations.set_approvers
        if tried(form, lambda: act(organisation=given["organisation"], approvers=chosen, **who) or True):
            messages.success(request, "Valget er gemt. Det gælder fra næste godkendelse.")
            return redirect("administration_corrections")
    return page(request, "corrections", "Anonymisering", months=months, form=form, units=units, few=FEW)


def _month(month: MonthOfCorrections) -> dict[str, Any]:
    lines = [
        {"kind": Kind(line.kind).danish, "counts": (line.overlooked, line.too_much, line.other_kind)}
        for line in month.lines
    ]
    return {"name": month_words(f"{month.month:%Y-%m}"), "approved": month.approved, "lines": lines}


urls = [path("administration/anonymisering/", corrections, name="administration_corrections")]
