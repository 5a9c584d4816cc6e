"""The receipt page (kvitteringssiden): status, dialogue and learning for whoever has the code."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from uth.actions import handling
from uth.actions.limits import Asked
from uth.law.actor import REPORTER
from uth.law.clock import danish_day
from uth.law.procedure import NotAllowed
from uth.law.terms import Act
from uth.law.text import tidy
from uth.queries import paper
from uth.queries import receipt as query
from uth.queries.receipt import ReceiptPage
from uth.web import gate, limits
from uth.web.gate import public_locally
from uth.web.guidance import beside_act
from uth.web.intake_fields import prose, words
from uth.web.receiver import receiver_words
from uth.web.slow import slowed

UNKNOWN_CODE = (
    "Vi kan ikke finde en rapport med den kode. Se efter, om alle bogstaver er med, og prøv igen. "
    "Er koden væk, kan vi ikke finde den frem, for vi gemmer den ikke."
)
STILL_IN_THE_POST = (
    "Koden er rigtig, men dit papirskema er ikke tastet ind endnu. Der kan gå nogle dage, fra du sender det. "
    "Gem kuponen, og prøv igen senere."
)
REPLY_LIMIT = 20_000


class CodeForm(forms.Form):
    """The receipt code."""

    code = words(
        "Din kvitteringskode",
        required="Skriv din kvitteringskode.",
        help_text="Koden består af seks ord. Store og små bogstaver, bindestreger og mellemrum er lige meget.",
        width="full",
        autocomplete="off",
        autocapitalize="off",
        spellcheck="false",
    )


class ReplyForm(forms.Form):
    """The reporter's words to the desk. `seen`: how many words of the dialogue stood on the page."""

    text = prose("Dit svar eller din besked", required="Skriv dit svar først.", most=REPLY_LIMIT)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


@public_locally
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """An empty page with a field for the code; with the code, what became of the report."""
    form = CodeForm(request.POST or None)
    if waiting := _slow_down(request):
        return slowed(request, waiting)
    page = _found(request, form)
    if page is None:
        context = {
            "form": form,
            "heading": "Se din kvittering",
            "section": "receipt",
            "submit_label": "Vis min rapport",
        }
        return render(request, "receipt/code.html", context, status=400 if form.errors else 200)
    context = {"code": form.cleaned_data["code"], "sent": False, "not_allowed": ""}
    reply = ReplyForm(request.POST) if "text" in request.POST else None
    if reply is not None and reply.is_valid():
        context |= _reply(request, page, reply)
        page = query.by_code(form.cleaned_data["code"], at=gate.at(request)) or page
        reply = None if context["sent"] else reply
    return _shown(request, page, reply, context)


def _slow_down(request: HttpRequest) -> Asked | None:
    """Replies are counted, and so are wrong codes; looking again with the right one is not."""
    if request.method != "POST":
        return None
    if "text" in request.POST:
        return limits.admitted(request, limits.REPLY)
    return limits.asked(request, limits.CODE)


def _found(request: HttpRequest, form: CodeForm) -> ReceiptPage | None:
    """The report behind the typed code."""
    if not form.is_valid():
        return None
    page = query.by_code(form.cleaned_data["code"], at=gate.at(request))
    if page is None and paper.waits(form.cleaned_data["code"]):
        form.add_error("code", STILL_IN_THE_POST)
    elif page is None:
        limits.count(request, limits.CODE)
        form.add_error("code", UNKNOWN_CODE)
    return page


def _reply(request: HttpRequest, page: ReceiptPage, reply: ReplyForm) -> dict[str, Any]:
    """Hand the words over, once; the same words posted again are the same reply."""
    text, seen = reply.cleaned_data["text"], reply.cleaned_data["seen"]
    newer = page.dialogue[seen:] if seen is not None else ()
    if any(word.kind == "reply" and word.text == tidy(text) for word in newer):
        return {"sent": True}
    try:
        handling.reply(page.case_id, text=text, by=REPORTER, at=gate.at(request))
    except handling.Refused as refused:
        for sentence in refused.problems.values():
            reply.add_error("text", sentence)
        return {}
    except NotAllowed as sentence:
        return {"not_allowed": str(sentence)}
    return {"sent": True}


def _shown(
    request: HttpRequest, page: ReceiptPage, reply: ReplyForm | None, context: dict[str, Any]
) -> HttpResponse:
    if reply is None:
        reply = ReplyForm(initial={"seen": len(page.dialogue)})
    wrong = reply.is_bound and not reply.is_valid()
    context |= {"national": receiver_words(page.forwarded_on or danish_day(gate.at(request)))}
    context |= {"page": page, "form": reply, "heading": "Din rapport", "section": "receipt"}
    context["guidance"] = beside_act(Act.REPLY, on=danish_day(gate.at(request)))
    return render(request, "receipt/report.html", context, status=400 if wrong else 200)


urls = [path("kvittering/", receipt, name="receipt")]
