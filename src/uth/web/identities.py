"""Identities (identiteter): the vault opened for a stated purpose, shown once; and the log of who has looked."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache

from uth.law.confidentiality import HOLDERS, OPENS, MayNotOpen
from uth.law.terms import Purpose, Role, Visible
from uth.queries import access, audit
from uth.queries.access import CasePage
from uth.web.case_words import look
from uth.web.gate import LOCAL_SITES, actor, at, desk, roles
from uth.web.handling import frame

WHICH = {"rapportoer": Visible.REPORTER_IDENTITY, "patient": Visible.PATIENT_IDENTITY}
LABELS = {"name": "Navn", "email": "E-mail", "phone": "Telefon", "cpr": "CPR-nummer"}


class PurposeForm(forms.Form):
    """Why an identity is opened."""

    formaal = forms.ChoiceField(
        label="Hvad skal du bruge det til?",
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvad du skal bruge oplysningerne til."},
    )

    def __init__(self, *given: object, page: CasePage, which: Visible) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        fit = [p for p in Purpose if which in OPENS[p] and page.roles & HOLDERS[p]]
        self.fields["formaal"].choices = [(p.value, p.danish) for p in fit]  # type: ignore[attr-defined]


@desk
@never_cache
def identity(request: HttpRequest, case_id: int, slug: str) -> HttpResponse:
    """Ask for the purpose; then show the identity on this page alone."""
    if (which := WHICH.get(slug)) is None:
        raise Http404
    by, when = actor(request), at(request)
    page = access.open_case(case_id, by=by, at=when)
    held = {"rapportoer": page.has_reporter_identity, "patient": page.has_patient_identity}
    if which not in page.sees or not held[slug]:
        raise Http404
    form = PurposeForm(request.POST if request.method == "POST" else None, page=page, which=which)
    opened: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        purpose = Purpose(form.cleaned_data["formaal"])
        try:
            content = access.open_identity(case_id, which, purpose=purpose, by=by, at=when)
            opened = [(LABELS.get(name, name), value) for name, value in content.items()]
        except MayNotOpen as refusal:
            form.add_error("formaal", str(refusal))
    context = frame(request, page) | {"form": form, "heading": which.danish, "opened": opened}
    context["crumbs"] = [
        ("Sager", "/sager/"),
        (f"Sag {page.number}", f"/sager/{page.id}/"),
        (which.danish, ""),
    ]
    return render(request, "case/identity.html", context, status=400 if form.errors else 200)


@roles(Role.RISK_MANAGER, Role.ADMIN, sites=LOCAL_SITES)
def access_log(request: HttpRequest, case_id: int) -> HttpResponse:
    """Everything done to and seen of a case."""
    lines = audit.of_case(case_id, by=actor(request), at=at(request))
    is_desk = Role.RISK_MANAGER in request.standing.roles  # type: ignore[attr-defined] # set by the gate
    context = {
        "heading": "Adgangslog",
        "looks": [look(line) for line in reversed(lines)],
        "case_url": f"/sager/{case_id}/" if is_desk else "",
        "crumbs": [("Sager", "/sager/"), ("Sagen", f"/sager/{case_id}/"), ("Adgangslog", "")]
        if is_desk
        else [],
    }
    return render(request, "case/access_log.html", context)


urls = [
    path("sager/<int:case_id>/identitet/<slug:slug>/", identity, name="identity"),
    path("sager/<int:case_id>/adgangslog/", access_log, name="access-log"),
]
