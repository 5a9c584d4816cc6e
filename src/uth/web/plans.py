"""Requests from the national level (anmodninger): what is asked for, and the page where it is answered (§ 9, stk. 1)."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from uth.actions import plans as verbs
from uth.actions.handling import Refused
from uth.law.procedure import NotAllowed
from uth.law.terms import Role
from uth.queries import plans
from uth.queries.plans import Pdf
from uth.web.attachments import SHOWN_ALONE, size_text
from uth.web.gate import LOCAL_SITES, actor, at, roles
from uth.web.vouched import VouchedForm

HANDLING = (Role.HANDLER, Role.RISK_MANAGER)


class AnswerForm(VouchedForm):
    """The analysis or plan."""

    text = forms.CharField(
        label="Svaret, eller et sammendrag af det",
        required=False,
        help_text="Beskriv hændelsen, årsagerne og det, I gør. Skriv ikke navne, CPR-numre, datoer eller andet, "
        "der peger på en person.",
        widget=forms.Textarea({"rows": 10, "class": "full"}),
    )


@roles(*HANDLING, sites=LOCAL_SITES)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that was asked of us."""
    rows = [
        {"request": each, "status": _status(each)}
        for each in plans.requests(by=actor(request), at=at(request))
    ]
    context = {"heading": "Anmodninger fra det nationale niveau", "rows": rows}
    return render(request, "plans/requests.html", context)


@roles(*HANDLING, sites=LOCAL_SITES)
def one(request: HttpRequest, request_id: int) -> HttpResponse:
    """One of them, what was sent, and the form. A refusal keeps what was typed; a file must be chosen again."""
    by, when = actor(request), at(request)
    asked = plans.request(request_id, by=by, at=when)
    form = AnswerForm(request.POST, request.FILES) if request.method == "POST" else AnswerForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            verbs.answer(
                request_id,
                text=given["text"],
                document=form.content(),
                confirmed=given["confirmed"],
                overruled=given["overruled"],
                by=by,
                at=when,
            )
        except Refused as refused:
            form.refuse(refused)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Svaret er sendt til det nationale niveau.")
            return redirect(f"/anmodninger/{request_id}/")
    heading = f"{asked.wanted.danish}: {asked.theme}" if asked.theme else asked.wanted.danish
    context = {
        "heading": heading,
        "asked": asked,
        "status": _status(asked),
        "form": form,
        "answers": [(each, size_text(each.size)) for each in asked.answers],
        "crumbs": [("Anmodninger", "/anmodninger/"), (heading, "")],
    }
    return render(request, "plans/request.html", context, status=400 if form.errors else 200)


@roles(*HANDLING, sites=LOCAL_SITES)
@require_safe
def answer_pdf(request: HttpRequest, request_id: int, number: int) -> HttpResponse:
    """The PDF of an answer."""
    return shown(plans.answer_pdf(request_id, number, by=actor(request), at=at(request)))


def shown(pdf: Pdf) -> HttpResponse:
    """A PDF alone on a page where nothing in it can run."""
    answer = HttpResponse(pdf.content, content_type="application/pdf", headers=SHOWN_ALONE)
    answer["Content-Disposition"] = content_disposition_header(False, pdf.name) or "inline"
    return answer


def _status(asked: plans.Request) -> tuple[str, str]:
    if asked.withdrawn:
        return "Trukket tilbage", "plain"
    if asked.answered_at:
        return "Besvaret", "success"
    return ("Fristen er passeret", "warning") if asked.days_left < 0 else ("Venter på svar", "info")


urls = [
    path("anmodninger/", overview, name="plan-requests"),
    path("anmodninger/<int:request_id>/", one, name="plan-request"),
    path("anmodninger/<int:request_id>/svar/<int:number>/", answer_pdf, name="plan-answer-pdf"),
]
