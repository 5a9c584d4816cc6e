"""Transfer (overdragelse): the lawful recipient as one button, where it can be told; else a place to look, and a list."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from uth.actions.handling import Refused
from uth.law.clock import danish_day
from uth.law.procedure import NotAllowed
from uth.law.terms import Sector
from uth.queries import access, places, suggestions
from uth.queries.access import CasePage
from uth.queries.suggestions import Suggestion
from uth.web.gate import actor, at, desk
from uth.web.guidance import beside_act
from uth.web.handling import PAGES, frame, seen, why_not
from uth.web.handling_forms import TransferForm

SLUG = "overdrag"


class WhereForm(forms.Form):
    """Where it really happened, as far as the desk knows."""

    place = forms.CharField(
        label="Stedets navn", help_text="Nogle bogstaver er nok.", required=False, max_length=200
    )
    municipality = forms.ChoiceField(label="Eller kommunen", required=False)
    sector = forms.ChoiceField(
        label="Hvad slags sted i kommunen",
        required=False,
        choices=[("", "Som rapporteret"), *((each.value, each.danish) for each in Sector)],
    )


@desk
def transfer(request: HttpRequest, case_id: int) -> HttpResponse:
    """Look for the recipient, or send the case there; a refusal keeps what was typed."""
    by, when, made = actor(request), at(request), PAGES[SLUG]
    page = access.open_case(case_id, by=by, at=when)
    refused = why_not(page, made.act)
    if refused and request.method != "POST":
        messages.info(request, refused)
        return redirect(f"/sager/{case_id}/")
    looking, sending = "find" in request.POST, request.method == "POST" and "find" not in request.POST
    where = WhereForm(request.POST if looking else None)
    where.fields["municipality"].choices = [  # type: ignore[attr-defined]
        ("", "Vælg"), *places.municipalities(on=danish_day(when)),
    ]  # fmt: skip
    form = TransferForm(request.POST if sending else None, page=page, at=when)
    if sending and form.is_valid():
        try:
            form.do(seen=seen(request), by=by, at=when)
        except Refused as refusal:
            form.refuse(refusal.problems)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, made.done)
            return redirect(made.then)
    found = suggestions.offered(case_id, by=by, at=when)
    if looking and where.is_valid():
        found = suggestions.found(case_id, **where.cleaned_data, by=by, at=when)
    context = frame(request, page) | {
        "form": form,
        "made": made,
        "heading": made.heading,
        "slug": SLUG,
        "where": where,
        "looked": looking and where.is_valid(),
        "offers": [{"it": each, "reason": reason(each)} for each in found],
        "guidance": beside_act(made.act, on=danish_day(when), form=form),
        "crumbs": _crumbs(page),
    }
    return render(request, "case/overdrag.html", context, status=400 if form.errors else 200)


def reason(offer: Suggestion) -> str:
    """What stands in the case's history when the button is pressed."""
    where = f"Hændelsesstedet er {offer.because}. " if offer.because else ""
    return f"{where}{offer.why} ({offer.paragraph})"


def _crumbs(page: CasePage) -> list[tuple[str, str]]:
    return [("Sager", "/sager/"), (f"Sag {page.number}", f"/sager/{page.id}/"), ("Overdrag sagen", "")]


urls = [path("sager/<int:case_id>/overdrag/", transfer, name="transfer")]
