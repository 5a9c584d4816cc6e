"""Asking (anmodning): the national level asks for analyses and plans, follows them, and reads what was published (§ 9)."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from uth.actions import asking
from uth.actions.handling import Refused
from uth.law.terms import Role, Wanted
from uth.queries import asked, national
from uth.web.attachments import size_text
from uth.web.fields import DayMonthYearField
from uth.web.gate import NATIONAL_SITES, actor, at, roles
from uth.web.plans import shown

national_only = roles(Role.NATIONAL, sites=NATIONAL_SITES)


class AskForm(forms.Form):
    """What is asked for, of whom, and by when."""

    sender = forms.ChoiceField(label="Hvem beder I?", error_messages={"required": "Vælg en myndighed."})
    theme = forms.CharField(
        label="Tema",
        max_length=asking.MOST_THEME,
        help_text="For eksempel fald på toilettet om natten.",
        error_messages={"required": "Skriv, hvilket tema det handler om."},
    )
    wanted = forms.ChoiceField(
        label="Hvad beder I om?",
        choices=[(each.value, each.danish) for each in Wanted],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvad I beder om."},
    )
    text = forms.CharField(
        label="Hvad skal der stå i det?",
        help_text="Skriv, hvad I vil vide, og hvorfor.",
        max_length=asking.MOST_TEXT,
        widget=forms.Textarea({"rows": 5, "class": "full"}),
        error_messages={"required": "Skriv, hvad I beder om."},
    )
    due_on = DayMonthYearField(label="Frist")


@national_only
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything asked for."""
    rows = [
        {"ask": each, "status": _status(each)} for each in asked.requests(by=actor(request), at=at(request))
    ]
    context = {"heading": "Anmodninger", "rows": rows, "crumbs": _crumbs("Anmodninger")}
    return render(request, "national/requests.html", context)


@national_only
def ask(request: HttpRequest) -> HttpResponse:
    """The form: about a theme, or with `rapport` about one report."""
    by, when = actor(request), at(request)
    number = request.GET.get("rapport", "")
    about = national.report(int(number), by=by, at=when) if number.isascii() and number.isdecimal() else None
    form = AskForm(request.POST or None)
    form.fields["sender"].choices = [("", "Vælg"), *asked.senders(by=by, at=when)]  # type: ignore[attr-defined]
    if about:
        del form.fields["sender"], form.fields["theme"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = asking.ask(
                report_id=about.id if about else None,
                sender=given.get("sender", ""),
                theme=given.get("theme", ""),
                wanted=Wanted(given["wanted"]),
                text=given["text"],
                due_on=given["due_on"],
                by=by,
                at=when,
            )
        except Refused as refused:
            for name, sentence in refused.problems.items():
                form.add_error(name if name in form.fields else None, sentence)
        else:
            messages.success(
                request, "Anmodningen er klar. Myndigheden får den, så snart dens system henter den."
            )
            return redirect(f"/nationalt/anmodninger/{made}/")
    heading = "Bed om en analyse eller plan"
    context = {
        "heading": heading,
        "form": form,
        "about": about,
        "about_headline": next((t for s, t in about.texts.items() if s == "headline"), "") if about else "",
        "crumbs": _crumbs("Anmodninger", "/nationalt/anmodninger/", heading),
    }
    return render(request, "national/ask.html", context, status=400 if form.errors else 200)


@national_only
@require_safe
def one(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request and what was answered."""
    found = asked.request(request_id, by=actor(request), at=at(request))
    context = {
        "heading": found.wanted.danish,
        "ask": found,
        "status": _status(found),
        "answers": [(each, size_text(each.size)) for each in found.answers],
        "crumbs": _crumbs("Anmodninger", "/nationalt/anmodninger/", found.wanted.danish),
    }
    return render(request, "national/request.html", context)


@national_only
@require_POST
def withdraw(request: HttpRequest, request_id: int) -> HttpResponse:
    """Ask no more."""
    try:
        asking.withdraw(request_id, by=actor(request), at=at(request))
    except Refused as refused:
        messages.warning(request, " ".join(refused.problems.values()))
    else:
        messages.success(request, "Anmodningen er trukket tilbage.")
    return redirect(f"/nationalt/anmodninger/{request_id}/")


@national_only
@require_safe
def answer_pdf(request: HttpRequest, request_id: int, number: int) -> HttpResponse:
    """The PDF of an answer."""
    return shown(asked.answer_pdf(request_id, number, by=actor(request), at=at(request)))


@national_only
@require_safe
def publications(request: HttpRequest) -> HttpResponse:
    """Theme reports and annual reports."""
    rows = asked.publications(by=actor(request), at=at(request))
    context = {"heading": "Temarapporter og årsrapporter", "rows": rows, "crumbs": _crumbs("Udgivelser")}
    return render(request, "national/publications.html", context)


@national_only
@require_safe
def publication(request: HttpRequest, publication_id: int) -> HttpResponse:
    """One report."""
    found = asked.publication(publication_id, by=actor(request), at=at(request))
    context = {
        "heading": found.title,
        "publication": found,
        "pdf_url": f"/nationalt/udgivelser/{found.id}/pdf/",
        "size_text": size_text(found.size),
        "crumbs": _crumbs("Udgivelser", "/nationalt/udgivelser/", found.title),
    }
    return render(request, "national/publication.html", context)


@national_only
@require_safe
def publication_pdf(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Its PDF."""
    return shown(asked.publication_pdf(publication_id, by=actor(request), at=at(request)))


def _status(ask: asked.Ask) -> tuple[str, str]:
    if ask.withdrawn_at:
        return "Trukket tilbage", "plain"
    if ask.answered_at:
        return "Besvaret", "success"
    if ask.days_left < 0:
        return "Fristen er passeret", "warning"
    return ("Modtaget", "info") if ask.fetched_at else ("Ikke hentet endnu", "plain")


def _crumbs(label: str, url: str = "", here: str = "") -> list[tuple[str, str]]:
    return [("Det nationale overblik", "/nationalt/"), (label, url), *([(here, "")] if here else [])]


urls = [
    path("nationalt/anmodninger/", overview, name="national-requests"),
    path("nationalt/anmodninger/ny/", ask, name="national-ask"),
    path("nationalt/anmodninger/<int:request_id>/", one, name="national-request"),
    path("nationalt/anmodninger/<int:request_id>/traek-tilbage/", withdraw, name="national-withdraw"),
    path("nationalt/anmodninger/<int:request_id>/svar/<int:number>/", answer_pdf, name="national-answer-pdf"),
    path("nationalt/udgivelser/", publications, name="national-publications"),
    path("nationalt/udgivelser/<int:publication_id>/", publication, name="national-publication"),
    path("nationalt/udgivelser/<int:publication_id>/pdf/", publication_pdf, name="national-publication-pdf"),
]
