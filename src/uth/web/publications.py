"""Publications (udgivelser): theme reports and annual reports, for anybody to read; to publish is to send (§ 9, stk. 2)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from uth.actions import publications as verbs
from uth.actions.handling import Refused
from uth.law.clock import danish_day
from uth.law.procedure import NotAllowed
from uth.law.terms import PublicationKind, Role
from uth.queries import plans
from uth.web.attachments import size_text
from uth.web.gate import LOCAL_SITES, actor, at, public_locally, roles
from uth.web.intake_fields import one_of
from uth.web.plans import shown
from uth.web.vouched import VouchedForm


class PublishForm(VouchedForm):
    """A report to publish. Who publishes is asked of those alone who may speak for more than one authority."""

    organisation = one_of("Hvem udgiver?", [], required="Vælg, hvem der udgiver.")

    kind = forms.ChoiceField(
        label="Hvad udgiver I?",
        choices=[(kind.value, kind.danish) for kind in PublicationKind],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, om det er en temarapport eller en årsrapport."},
    )
    title = forms.CharField(label="Titel", max_length=200, error_messages={"required": "Skriv en titel."})
    year = forms.IntegerField(
        label="År",
        help_text="Det år, rapporten handler om.",
        error_messages={"required": "Skriv et år.", "invalid": "Skriv et år med fire cifre."},
    )
    text = forms.CharField(
        label="Rapporten, eller et sammendrag af den",
        required=False,
        widget=forms.Textarea({"rows": 10, "class": "full"}),
    )

    def __init__(self, publishers: tuple[tuple[str, str], ...], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["organisation"].choices = list(publishers)  # type: ignore[attr-defined]
        if len(publishers) < 2:
            del self.fields["organisation"]


@public_locally
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything published."""
    context = {"heading": "Udgivelser", "rows": plans.publications(), "section": "publications"}
    return render(request, "plans/publications.html", context)


@public_locally
@require_safe
def one(request: HttpRequest, publication_id: int) -> HttpResponse:
    """One report."""
    found = plans.publication(publication_id)
    context = {
        "heading": found.title,
        "publication": found,
        "pdf_url": f"/udgivelser/{found.id}/pdf/",
        "size_text": size_text(found.size),
        "crumbs": [("Udgivelser", "/udgivelser/"), (found.title, "")],
    }
    return render(request, "plans/publication.html", context)


@public_locally
@require_safe
def pdf(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Its PDF."""
    return shown(plans.publication_pdf(publication_id))


@roles(Role.RISK_MANAGER, sites=LOCAL_SITES)
def publish(request: HttpRequest) -> HttpResponse:
    """The form. A refusal keeps what was typed; a file must be chosen again."""
    when = at(request)
    publishers = plans.publishers(by=actor(request), at=when)
    if not publishers:
        raise NotAllowed(verbs.ONLY_WHOLE)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PublishForm(publishers, *given, initial={"year": danish_day(when).year})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            number = verbs.publish(
                kind=PublicationKind(told["kind"]),
                title=told["title"],
                year=told["year"],
                text=told["text"],
                document=form.content(),
                confirmed=told["confirmed"],
                overruled=told["overruled"],
                organisation=told.get("organisation", ""),
                by=actor(request),
                at=when,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Rapporten er udgivet og på vej til det nationale niveau.")
            return redirect(f"/udgivelser/{number}/")
    context = {
        "heading": "Udgiv en rapport",
        "form": form,
        "publisher": publishers[0][1] if len(publishers) == 1 else "",
        "crumbs": [("Udgivelser", "/udgivelser/"), ("Udgiv", "")],
    }
    return render(request, "plans/publish.html", context, status=400 if form.errors else 200)


urls = [
    path("udgivelser/", overview, name="publications"),
    path("udgivelser/ny/", publish, name="publish"),
    path("udgivelser/<int:publication_id>/", one, name="publication"),
    path("udgivelser/<int:publication_id>/pdf/", pdf, name="publication-pdf"),
]
