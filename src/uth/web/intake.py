"""Intake (rapportering): the two forms, one question a page, a draft on every step, and the receipt at the end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uth.actions import drafts as verbs
from uth.law.clock import danish_day
from uth.law.terms import ReporterKind
from uth.queries.drafts import OpenDraft
from uth.web import attachments, drafts, gate, limits
from uth.web.gate import public_locally
from uth.web.guidance import beside_fields
from uth.web.intake_fields import Question
from uth.web.intake_files import Files
from uth.web.intake_questions import Contact
from uth.web.intake_rows import Rows
from uth.web.intake_sending import already_sent
from uth.web.intake_steps import FORM_OF_DRAFT, SUMMARY, FormTable, Page, form_named, pages, problems, url_of
from uth.web.slow import slowed


@public_locally
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Before the first question: what this is; or the draft that lies in this browser already."""
    form = form_named(slug)
    first = redirect("intake-step", slug, form.steps[0].slug)
    draft = drafts.open_draft(request)
    if request.method == "POST":  # begin a new one; the other draft stays, for whoever has its code
        return drafts.put_down(first)
    if draft and draft.sent:  # its receipt was shown: the next visit clears up
        drafts.throw_away(drafts.code_of(request), request)
        return drafts.put_down(first)
    if draft is None:
        return first
    context = {
        "heading": "Du har allerede en kladde her",
        "section": "report",
        "draft": draft,
        "code": drafts.code_of(request),
        "form_table": form,
        "draft_form": FORM_OF_DRAFT[draft.form],
    }
    return render(request, "intake/draft_here.html", context)


@public_locally
@never_cache
@require_safe
def go_on(request: HttpRequest, slug: str) -> HttpResponse:
    """The first question that is not answered yet, or the summary."""
    form, draft = form_named(slug), drafts.open_draft(request)
    if draft is None or draft.form != form.key:
        return redirect("draft-resume")
    walked = pages(form, draft.told, on=danish_day(gate.at(request)))
    return redirect(_next(form, walked, draft.done))


@dataclass(frozen=True, slots=True)
class Visit:
    """One person at one page of a form."""

    request: HttpRequest
    form: FormTable
    draft: OpenDraft | None
    walked: list[Page]
    at: int

    @property
    def here(self) -> Page:
        return self.walked[self.at]

    @property
    def done(self) -> tuple[str, ...]:
        return self.draft.done if self.draft else ()

    @property
    def told(self) -> dict[str, list[str]]:
        return self.draft.told if self.draft else {}

    def question(self, told: Mapping[str, list[str]], *, ask: bool) -> Question:
        """This page's question, filled with this."""
        here = self.here.question
        return type(here)(told, so_far=here.so_far, on=here.on, ask=ask)

    def posted(self) -> dict[str, list[str]]:
        """What the browser sent."""
        return {name: [str(text) for text in texts] for name, texts in self.request.POST.lists()}


@public_locally
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    """A question."""
    form, draft = form_named(slug), drafts.open_draft(request)
    if draft and draft.sent:
        return already_sent(request, form)
    if draft and draft.form != form.key:
        return redirect("intake-start", slug)
    walked = pages(form, draft.told if draft else {}, on=danish_day(gate.at(request)))
    at = _position(walked, step_slug)
    if at is None or (draft is None and at > 0 and request.method != "POST"):
        _known_step(form, step_slug)
        return redirect(_next(form, walked, draft.done if draft else ()))
    visit = Visit(request, form, draft, walked, at)
    if request.method == "POST":
        waiting = limits.admitted(request, limits.DRAFT) if draft is None else None
        return slowed(request, waiting) if waiting else _posted(visit)
    return _asked(visit, visit.question(visit.told, ask=False))


def _posted(visit: Visit) -> HttpResponse:
    """Save first, judge afterwards, and only then go on."""
    form, go = visit.form, visit.request.POST.get("_go", "")
    typed = visit.posted()
    question = visit.question(typed, ask=True)
    if isinstance(question, Files):
        if visit.draft is None:
            return redirect("draft-resume")
        attachments.take(visit.request, question)
        visit = replace(visit, draft=drafts.open_draft(visit.request))
        if question.errors:
            return _asked(visit, question, status=400)
        go = "files" if visit.request.POST.get("remove") else go
    change = {name: typed.get(name, []) for name in question.names()}
    if go == "row" and isinstance(question, Rows):
        change |= question.one_more()
    after = pages(form, visit.told | change, on=question.on)
    judged = go not in ELSEWHERE
    whole = judged and _sound(question, form, after)
    try:
        code = _keep(visit, change, steps=_finished(visit, after) if whole else ())
    except verbs.TooLarge as too_large:
        return _asked(visit, question, errors=[(str(too_large), "")], status=400)
    if judged and not whole:
        return drafts.carry(_asked(visit, question, status=400), code)
    target = _after(form, after, visit) if judged else ELSEWHERE[go](visit)
    return drafts.carry(redirect(target), code)


def _sound(question: Question, form: FormTable, walked: list[Page]) -> bool:
    """Whether the page can stand as it is; if not, its fields say why."""
    if not question.is_valid():
        return False
    names = set(question.fields)
    refused = {n: text for n, text in problems(form, walked, on=question.on).items() if n in names}
    for name, sentence in refused.items():
        question.add_error(name, sentence)
    return not refused


def _finished(visit: Visit, walked: list[Page]) -> tuple[str, ...]:
    """The steps that are done with this page; after the last one the summary is the next to be seen."""
    here = visit.here.step.slug
    return (here, SUMMARY) if walked[-1].step.slug == here else (here,)


def _keep(visit: Visit, change: Mapping[str, list[str]], *, steps: tuple[str, ...] = ()) -> str:
    """Into the draft, or a new one if there is none; returns its code."""
    at = gate.at(visit.request)
    if visit.draft is None:
        return verbs.begin(visit.form.key, change, steps=steps, by=gate.actor(visit.request), at=at)
    code = drafts.code_of(visit.request)
    verbs.keep(code, change, steps=steps, at=at)
    return code


def _back(visit: Visit) -> str:
    return url_of(visit.form, visit.walked[visit.at - 1].step.slug) if visit.at else "/"


def _later(visit: Visit) -> str:
    return reverse("draft-later")


def _same(visit: Visit) -> str:
    return url_of(visit.form, visit.here.step.slug) + "#nyeste"


def _files(visit: Visit) -> str:
    return url_of(visit.form, visit.here.step.slug)


def _to_summary(visit: Visit) -> str:
    return reverse("intake-summary", args=[visit.form.slug])


# Buttons that lead away without asking whether the page is filled in.
ELSEWHERE = {"back": _back, "later": _later, "row": _same, "files": _files, "summary": _to_summary}


def _after(form: FormTable, walked: list[Page], visit: Visit) -> str:
    """The next page; once the summary was reached, only what is still missing before it."""
    here = visit.here.step.slug
    if SUMMARY in visit.done:
        return _next(form, walked, (*visit.done, here))
    slugs = [page.step.slug for page in walked]
    following = slugs[slugs.index(here) + 1 :]
    return url_of(form, following[0]) if following else _to_summary(visit)


def _next(form: FormTable, walked: list[Page], done: tuple[str, ...]) -> str:
    for page in walked:
        if page.step.slug not in done or not page.whole:
            return url_of(form, page.step.slug)
    return reverse("intake-summary", args=[form.slug])


def _position(walked: list[Page], slug: str) -> int | None:
    return next((at for at, page in enumerate(walked) if page.step.slug == slug), None)


def _known_step(form: FormTable, slug: str) -> None:
    if slug not in {each.slug for each in form.steps}:
        raise Http404


def _asked(
    visit: Visit, question: Question, *, errors: list[tuple[str, str]] | None = None, status: int = 200
) -> HttpResponse:
    own_device = visit.form.key != "professional" or "egen" in visit.request.GET
    if own_device and isinstance(question, Contact):
        question.let_browser_fill()
    context = {
        "form": question,
        "own_device": own_device,
        "heading": question.heading,
        "intro": question.intro,
        "errors": errors or [],
        "section": "report",
        "form_table": visit.form,
        "step": visit.at + 1,
        "steps": len(visit.walked) + 1,
        "step_name": visit.here.step.name,
        "guidance": beside_fields(
            question, form_key=visit.form.key, step=visit.here.step.slug, on=question.on
        ),
        "own": question.so_far.get("reporter_kind") is ReporterKind.PATIENT,
        "at_summary": SUMMARY in visit.done,
        "files": attachments.lines(visit.draft),
        "asked": limits.asked(visit.request, limits.FILE) if isinstance(question, Files) else None,
        "autosave_url": reverse("intake-autosave", args=[visit.form.slug, visit.here.step.slug]),
    }
    return render(visit.request, question.template, context, status=status)


@public_locally
@never_cache
@require_POST
def autosave(request: HttpRequest, slug: str, step_slug: str) -> HttpResponse:
    """What is being typed, kept while it is typed; judged by nobody."""
    form, draft = form_named(slug), drafts.open_draft(request)
    mine = draft is None or (draft.form == form.key and not draft.sent)
    walked = pages(form, draft.told if draft and mine else {}, on=danish_day(gate.at(request)))
    at = _position(walked, step_slug)
    if at is None or not mine:
        return HttpResponse(status=409)
    if draft is None and limits.admitted(request, limits.DRAFT):
        return HttpResponse(status=429)
    visit = Visit(request, form, draft, walked, at)
    typed = visit.posted()
    change = {name: typed.get(name, []) for name in visit.question(typed, ask=False).names()}
    try:
        code = _keep(visit, change)
    except verbs.TooLarge:
        return HttpResponse(status=413)
    return drafts.carry(HttpResponse(status=204), code)


@public_locally
@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    """The doors stand on the front page."""
    return redirect("front")


urls = [
    path("rapporter/", doors, name="intake"),
    path("rapporter/<slug:slug>/", start, name="intake-start"),
    path("rapporter/<slug:slug>/videre/", go_on, name="intake-go-on"),
    path("rapporter/<slug:slug>/<slug:step_slug>/", step, name="intake-step"),
    path("rapporter/<slug:slug>/<slug:step_slug>/gem/", autosave, name="intake-autosave"),
]
