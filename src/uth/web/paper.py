"""Paper forms (papirskemaer): one to print oneself, and numbered batches with receipt codes for those who hand them out."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from uth.actions import intake
from uth.actions import paper as verbs
from uth.law.clock import danish_day
from uth.law.terms import Role
from uth.queries import paper as seen
from uth.web import gate
from uth.web.administration_frame import tabs
from uth.web.gate import DESK, LOCAL_SITES, public_locally, roles
from uth.web.intake_fields import Words, one_of
from uth.web.intake_steps import FORM_OF_DRAFT, FORMS, FormTable, form_named
from uth.web.paper_drawing import Copy, Sender, pdf

printers = roles(Role.ADMIN, *DESK, sites=LOCAL_SITES)
KINDS = {
    "professional": "Sundhedspersoner og medarbejdere",
    "patient": "Patienter og pårørende",
}


@public_locally
@require_safe
def by_post(request: HttpRequest) -> HttpResponse:
    """How to report on paper, and a form for whoever has a printer."""
    context = {
        "heading": "Rapportér på papir",
        "section": "report",
        "forms": [(form.slug, KINDS[form.key]) for form in FORMS.values()],
        "sender": _sender(request, seen.site(on=danish_day(gate.at(request)))),
    }
    return render(request, "paper/by_post.html", context)


@public_locally
@require_safe
def blank(request: HttpRequest, slug: str) -> HttpResponse:
    """The form without number and code."""
    form = form_named(slug)
    name = seen.site(on=danish_day(gate.at(request)))
    return _drawn(request, form, [Copy()], name, f"papirskema-{form.slug}.pdf")


class BatchForm(forms.Form):
    """Which form, for whom, and how many."""

    form = one_of("Hvem er skemaerne til?", KINDS.items(), required="Vælg, hvem skemaerne er til.")
    organisation = forms.ChoiceField(
        label="Hvem udskriver du for?", error_messages={"required": "Vælg, hvem du udskriver for."}
    )
    count = Words(
        label="Hvor mange?",
        help_text=f"Højst {verbs.MOST_FORMS} ad gangen.",
        widget=forms.TextInput({"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Skriv, hvor mange skemaer du vil udskrive."},
    )

    def __init__(self, page: seen.PaperPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = page.places  # type: ignore[attr-defined]
        if len(page.places) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = page.places[0][0]

    def clean_count(self) -> int:
        """A number in figures."""
        typed = self.cleaned_data["count"]
        if not typed.isdecimal() or len(typed) > 4:
            raise forms.ValidationError("Skriv antallet med tal, for eksempel 20.")
        return int(typed)


@printers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """What was printed, and a new batch: the answer is the PDF itself, which is kept nowhere."""
    who: dict[str, Any] = {"by": gate.actor(request), "at": gate.at(request)}
    page = seen.batches(**who)
    form = BatchForm(page, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = verbs.print_batch(**form.cleaned_data, **who)
        except intake.Refused as refused:
            for name, sentence in refused.problems.items():
                form.add_error(name, sentence)
        else:
            table = FORM_OF_DRAFT[form.cleaned_data["form"]]
            copies = [Copy(each.number, each.code) for each in made.forms]
            return _drawn(request, table, copies, made.authority, f"papirskemaer-serie-{made.id}.pdf")
    context = {
        "heading": "Papirskemaer",
        "tabs": tabs(request, "Papirskemaer") if Role.ADMIN in request.standing.roles else (),  # type: ignore[attr-defined]
        "form": form,
        "batches": [(line, KINDS[line.form]) for line in page.batches],
        "address": settings.UTH_POSTAL_ADDRESS,
        "types": bool(gate.DESK & request.standing.roles),  # type: ignore[attr-defined]
    }
    return render(request, "paper/batches.html", context, status=400 if form.errors else 200)


def _sender(request: HttpRequest, name: str) -> Sender:
    return Sender(
        name=name,
        address=settings.UTH_POSTAL_ADDRESS,
        receipt_url=settings.UTH_BASE_URL + reverse("receipt"),
        privacy_url=settings.UTH_BASE_URL + reverse("privacy"),
    )


def _drawn(request: HttpRequest, form: FormTable, copies: list[Copy], name: str, file: str) -> HttpResponse:
    at = gate.at(request)
    drawn = pdf(form, copies, _sender(request, name), at=at, on=danish_day(at))
    answer = HttpResponse(drawn, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{file}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


urls = [
    path("rapporter/paa-papir/", by_post, name="paper"),
    path("rapporter/paa-papir/<slug:slug>.pdf", blank, name="paper-blank"),
    path("administration/papir/", batches, name="paper-batches"),
]
