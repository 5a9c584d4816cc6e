"""Sending (indsendelse): the summary, the one report a draft becomes, and its receipt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uth.actions import drafts as verbs
from uth.actions import intake
from uth.law.actor import REPORTER
from uth.law.clock import danish_day
from uth.queries.drafts import OpenDraft
from uth.web import drafts, gate, limits
from uth.web.gate import public_locally
from uth.web.intake_steps import (
    FORM_OF_DRAFT,
    SUMMARY,
    FormTable,
    answers_of,
    form_named,
    pages,
    problems,
    said,
    url_of,
)
from uth.web.intake_summary import doubts, missing, readers, summary_lists
from uth.web.receipt_code import qr
from uth.web.slow import slowed


@public_locally
@never_cache
@require_safe
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything told, who receives it, and who will be able to read what."""
    form, draft = form_named(slug), drafts.open_draft(request)
    if draft and draft.sent:
        return already_sent(request, form)
    if draft is None or draft.form != form.key:
        return redirect("intake-start", slug)
    if SUMMARY not in draft.done:
        verbs.keep(drafts.code_of(request), {}, steps=(SUMMARY,), at=gate.at(request))
    return _summed_up(request, form, draft)


def _summed_up(
    request: HttpRequest, form: FormTable, draft: OpenDraft, *, refused: dict[str, str] | None = None
) -> HttpResponse:
    today = danish_day(gate.at(request))
    walked = pages(form, draft.told, on=today)
    everything = said(form, walked)
    lacking = missing(form, walked, refused or problems(form, walked, on=today))
    context = {
        "heading": "Se rapporten igennem",
        "section": "report",
        "form_table": form,
        "errors": lacking if refused is not None else [],
        "lacking": lacking,
        "lists": summary_lists(form, walked, [file.name for file in draft.files]),
        "recipient": intake.recipient_of(answers_of(everything), on=today),
        "readers": readers(everything),
        "doubts": doubts(everything),
        "story_url": url_of(form, "hvad-skete-der"),
        "step": len(walked) + 1,
        "steps": len(walked) + 1,
        "back_url": url_of(form, walked[-1].step.slug),
        "form_action": reverse("intake-send", args=[form.slug]),
    }
    return render(request, "intake/summary.html", context, status=400 if refused is not None else 200)


@public_locally
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """Send, once for each draft however often the button is pressed, and show the receipt in the same answer."""
    form, draft = form_named(slug), drafts.open_draft(request)
    if request.method != "POST":
        return redirect("intake-summary", slug)
    if draft is None:
        return redirect("draft-resume")
    if draft.sent:
        again = intake.receipt_again(draft.submission)
        return _receipt(request, again) if again else redirect("intake-start", slug)
    return _sent(request, form, draft)


def _sent(request: HttpRequest, form: FormTable, draft: OpenDraft) -> HttpResponse:
    walked = pages(form, draft.told, on=danish_day(gate.at(request)))
    if draft.form != form.key or missing(form, walked, {}):
        return _summed_up(request, FORM_OF_DRAFT[draft.form], draft, refused={})
    if waiting := limits.admitted(request, limits.REPORT):
        return slowed(request, waiting)
    try:
        answers = answers_of(said(form, walked), attachments=verbs.attached(drafts.code_of(request)))
        receipt = intake.submit(answers, submission=draft.submission, by=REPORTER, at=gate.at(request))
    except intake.Refused as refused:
        return _summed_up(request, form, draft, refused=refused.problems)
    verbs.mark_sent(drafts.code_of(request), at=gate.at(request))
    return _receipt(request, receipt)


def _receipt(request: HttpRequest, receipt: intake.Receipt) -> HttpResponse:
    context = {
        "heading": "Tak. Din rapport er sendt",
        "section": "report",
        "receipt": receipt,
        "code": receipt.code,
        "qr": qr(receipt.code),
        "received_on": danish_day(gate.at(request)),
    }
    return render(request, "receipt/given.html", context)


def already_sent(request: HttpRequest, form: FormTable) -> HttpResponse:
    context = {"heading": "Rapporten er sendt", "section": "report", "form_table": form}
    return render(request, "intake/already_sent.html", context)


@public_locally
@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """The receipt is safe: nothing of the report is left in this browser."""
    if drafts.code_of(request):
        drafts.throw_away(drafts.code_of(request), request)
    return drafts.put_down(redirect("receipt"))


urls = [
    path("rapporter/ryd/", clear, name="intake-clear"),
    path("rapporter/<slug:slug>/opsummering/", summary, name="intake-summary"),
    path("rapporter/<slug:slug>/send/", send, name="intake-send"),
]
