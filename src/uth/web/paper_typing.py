"""Typing paper in (indtastning): a letter's form on one long page, saved as it is typed, and a report when it is whole."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uth.actions import drafts as drafts_verbs
from uth.actions import intake
from uth.actions import paper as verbs
from uth.law.clock import danish_day
from uth.law.terms import ActualHarm, DateQuality, EventKind, Sector
from uth.queries import paper as seen
from uth.queries.drafts import OpenDraft
from uth.web import attachments, drafts, gate
from uth.web.fields import DayMonthYearField
from uth.web.gate import desk
from uth.web.intake_fields import Question, words
from uth.web.intake_files import Files
from uth.web.intake_questions import ANONYMOUS, CONTACT
from uth.web.intake_rows import Rows
from uth.web.intake_steps import FORMS, FormTable, Step, answers_of, form_named
from uth.web.paper import KINDS
from uth.web.receipt_code import qr
from uth.web.templatetags.uth import error_target, summary_words

ROOM = "/papir/"
CONTACTS = ("reporter_name", "reporter_email", "reporter_phone")


class Letter(Question):
    """What only the envelope and the form's head tell."""

    heading = "Brevet"
    number = words(
        "Skemanummer",
        help_text="Det står nederst på hver side, for eksempel 14-003-balemi. Kan det ikke læses, eller er der "
        "intet nummer, så lad feltet stå tomt.",
        most=40,
        width="medium",
        autocapitalize="off",
        spellcheck="false",
    )
    received = DayMonthYearField(
        label="Hvornår kom brevet?",
        help_text="Den dag, myndigheden fik det, også hvis det først bliver tastet ind nu. Fristen regnes derfra.",
        error_messages={"required": "Skriv den dag, brevet kom."},
    )
    # Each page has one, so that pressing twice is one report.
    key = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Part:
    """A question of the form; `counts`: it is asked, with what stands on the form."""

    step: Step
    question: Question
    counts: bool

    @property
    def takes_files(self) -> bool:
        return isinstance(self.question, Files)

    @property
    def whole(self) -> bool:
        return not self.counts or self.question.is_valid()


def parts(form: FormTable, told: Mapping[str, Sequence[str]], *, on: date, ask: bool) -> list[Part]:
    """Every question, those the web would not ask too: they were on the paper."""
    return list(_parts(form, told, on=on, ask=ask))


def _parts(form: FormTable, told: Mapping[str, Sequence[str]], *, on: date, ask: bool) -> Iterator[Part]:
    so_far: dict[str, Any] = {**form.given, "on_paper": True}
    for step in form.steps:
        question = step.question(told, so_far=dict(so_far), on=on, ask=ask)
        counts = ask and (step.asked(so_far) or _rows_filled(question))
        if ask and not counts:  # shown as it was typed, and not judged
            question = step.question(told, so_far=dict(so_far), on=on, ask=False)
        elif counts and question.is_valid():
            so_far |= question.said()
        for field in question.fields.values():  # the browser knows the one who types, not the one who wrote
            field.widget.attrs |= {"autocomplete": "off"} if "autocomplete" in field.widget.attrs else {}
        yield Part(step, question, counts)


def _rows_filled(question: Question) -> bool:
    """A row somebody wrote is there, cross or no cross."""
    if not isinstance(question, Rows):
        return False
    texts = [name for name, field in question.row().items() if not isinstance(field, forms.ChoiceField)]
    return any(question.first(question.name_of(t, n)) for n in range(question.count) for t in texts)


def as_written(told: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What was left open on the paper, said as the form says that nobody knows."""
    given = {name: list(texts) for name, texts in told.items()}

    def blank(name: str) -> bool:
        return not any(text.strip() for text in given.get(name, ()))

    def fill(name: str, value: str) -> None:
        if blank(name):
            given[name] = [value]

    if blank("place_text"):
        given["place_unknown"] = ["on"]
    dated = not all(blank(f"event_date_{part}") for part in ("day", "month", "year"))
    fill("event_date_quality", DateQuality.KNOWN if dated else DateQuality.UNKNOWN)
    fill("contact", ANONYMOUS if all(map(blank, CONTACTS)) else CONTACT)
    fill("sector", Sector.UNKNOWN)
    fill("event_kind", EventKind.TREATMENT)
    fill("actual_harm", ActualHarm.NONE_OR_UNKNOWN)
    return given


@dataclass(slots=True)
class Visit:
    """One person at one long page."""

    request: HttpRequest
    form: FormTable
    draft: OpenDraft | None
    told: Mapping[str, Sequence[str]]
    letter: Letter
    parts: list[Part]

    @property
    def cookie(self) -> str:
        """A colleague at the same computer has papers of their own."""
        return cookie_of(self.request, self.form)

    @property
    def files(self) -> Files:
        return next(part.question for part in self.parts if isinstance(part.question, Files))


def cookie_of(request: HttpRequest, form: FormTable) -> str:
    return f"papir-{form.slug}-{request.user.pk}"


def _visit(request: HttpRequest, form: FormTable, told: Mapping[str, Sequence[str]], *, ask: bool) -> Visit:
    on = danish_day(gate.at(request))
    draft = drafts.open_draft(request, cookie_of(request, form))
    letter = Letter(_with_key(told), so_far={}, on=on, ask=ask)
    return Visit(request, form, draft, told, letter, parts(form, told, on=on, ask=ask))


def _with_key(told: Mapping[str, Sequence[str]], *, fresh: bool = False) -> dict[str, Sequence[str]]:
    known = any(told.get("key", ())) and not fresh
    return dict(told) if known else {**told, "key": [secrets.token_urlsafe(24)]}


@desk
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which of the two forms it is."""
    context = {"heading": "Tast et papirskema ind", "forms": [(f.slug, KINDS[f.key]) for f in FORMS.values()]}
    return render(request, "paper/choose.html", context)


@desk
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def typing(request: HttpRequest, slug: str) -> HttpResponse:
    """The page: saved first, judged afterwards."""
    form = form_named(slug)
    draft = drafts.open_draft(request, cookie_of(request, form))
    if request.method == "POST":
        return _posted(request, form)
    told = draft.told if draft and not draft.sent else {}
    return _shown(_visit(request, form, told, ask=False), again=bool(told))


# Buttons that save and judge nothing.
ROWS, FILES = "row-", "files"


def _posted(request: HttpRequest, form: FormTable) -> HttpResponse:
    typed, go = _typed(request), request.POST.get("_go", "")
    if request.POST.get("remove"):
        go = FILES
    judged = go != FILES and not go.startswith(ROWS)
    if go.startswith(ROWS):
        typed |= _one_more(form, typed, go.removeprefix(ROWS), on=danish_day(gate.at(request)))
    visit = _visit(request, form, as_written(typed) if judged else typed, ask=judged)
    try:
        code = _keep(visit, typed)
    except drafts_verbs.TooLarge as too_large:
        return _shown(visit, errors=[(str(too_large), "")], status=400)
    attachments.take(request, visit.files, code=code)
    visit.draft = drafts.by_code(code, request)
    if judged and not visit.files.errors and _whole(visit):
        answer = _taken(visit, typed, code)
    else:
        _as_typed(visit, typed)
        answer = _shown(visit, status=400 if judged or visit.files.errors else 200)
    return drafts.carry(answer, code, cookie=visit.cookie, path=ROOM)


def _typed(request: HttpRequest) -> dict[str, list[str]]:
    posted = request.POST.lists()
    return {name: [str(text) for text in texts] for name, texts in posted if name != "csrfmiddlewaretoken"}


def _one_more(
    form: FormTable, typed: Mapping[str, Sequence[str]], rows: str, *, on: date
) -> dict[str, list[str]]:
    questions = (part.question for part in parts(form, typed, on=on, ask=False))
    found = (question for question in questions if isinstance(question, Rows) and question.rows == rows)
    return next((question.one_more() for question in found), {})


def _keep(visit: Visit, typed: Mapping[str, Sequence[str]]) -> str:
    """Into this person's own draft, so that neither a refusal nor a power cut costs a word."""
    who: dict[str, Any] = {"at": gate.at(visit.request)}
    if visit.draft is None or visit.draft.sent:
        return drafts_verbs.begin(visit.form.key, typed, by=gate.actor(visit.request), **who)
    code = drafts.code_of(visit.request, visit.cookie)
    drafts_verbs.keep(code, typed, **who)
    return code


def _whole(visit: Visit) -> bool:
    return all([visit.letter.is_valid(), *(part.whole for part in visit.parts)])


def _as_typed(visit: Visit, typed: Mapping[str, Sequence[str]]) -> None:
    """Show what was typed and no more: what nobody answered stays open, with the judgement beside it."""
    for part in visit.parts:
        names = part.question.names()
        part.question.data = MultiValueDict({name: list(typed[name]) for name in names if name in typed})


def _taken(visit: Visit, typed: Mapping[str, Sequence[str]], code: str) -> HttpResponse:
    """The letter becomes a report; what cannot be taken is said where it stands."""
    everything: dict[str, Any] = dict(visit.form.given)
    for part in visit.parts:
        if part.counts:
            everything |= part.question.said()
    letter = visit.letter.cleaned_data
    who: dict[str, Any] = {"by": gate.actor(visit.request), "at": gate.at(visit.request)}
    try:
        receipt = verbs.transcribe(
            answers_of(everything, attachments=drafts_verbs.attached(code)),
            number=letter["number"],
            form=visit.form.key,
            received_on=letter["received"],
            submission=letter["key"],
            **who,
        )
    except intake.Refused as refused:
        return _refused(visit, typed, refused.problems)
    drafts_verbs.mark_sent(code, at=gate.at(visit.request))
    context = {
        "heading": "Skemaet er tastet ind",
        "receipt": receipt,
        "received_on": letter["received"],
        "contact": any(everything.get(name) for name in CONTACTS),
        "qr": qr(receipt.code) if receipt.code else "",
        "opens": seen.reaches(receipt.case_id, **who),
        "again": reverse("paper-type", args=[visit.form.slug]),
    }
    return render(visit.request, "paper/typed.html", context)


def _refused(visit: Visit, typed: Mapping[str, Sequence[str]], problems: Mapping[str, str]) -> HttpResponse:
    questions = [visit.letter, *(part.question for part in visit.parts if part.counts)]
    loose = []
    for name, sentence in problems.items():
        place = next((question for question in questions if name in question.fields), None)
        if place is None or place.fields[name].widget.is_hidden:
            loose.append((sentence, ""))
        else:
            place.add_error(name, sentence)
    if {"key", "submission"} & problems.keys():
        told = _with_key(visit.told, fresh=True)
        visit.letter = Letter(told, so_far={}, on=visit.letter.on, ask=True)
    _as_typed(visit, typed)
    return _shown(visit, errors=loose, status=400)


def _shown(
    visit: Visit,
    *,
    errors: Sequence[tuple[str, str]] = (),
    again: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "heading": "Tast et papirskema ind",
        "whom": KINDS[visit.form.key],
        "letter": visit.letter,
        "parts": visit.parts,
        "errors": [*_mistakes(visit), *errors],
        "files": attachments.lines(visit.draft),
        "again": again,
        "autosave_url": reverse("paper-autosave", args=[visit.form.slug]),
    }
    return render(visit.request, "paper/typing.html", context, status=status)


def _mistakes(visit: Visit) -> Iterator[tuple[str, str]]:
    """All there is to mend, in the order of the page."""
    for question in (visit.letter, *(part.question for part in visit.parts)):
        for name, sentences in question.errors.items():
            for sentence in sentences:
                known = name in question.fields
                words_ = summary_words(question[name], str(sentence)) if known else str(sentence)
                yield words_, error_target(question[name]) if known else ""


@desk
@never_cache
@require_POST
def autosave(request: HttpRequest, slug: str) -> HttpResponse:
    """What is being typed, kept while it is typed; judged by nobody."""
    form, typed = form_named(slug), _typed(request)
    visit = _visit(request, form, typed, ask=False)
    if visit.draft and visit.draft.sent:
        return HttpResponse(status=409)
    try:
        code = _keep(visit, typed)
    except drafts_verbs.TooLarge:
        return HttpResponse(status=413)
    return drafts.carry(HttpResponse(status=204), code, cookie=visit.cookie, path=ROOM)


@desk
@require_POST
def put_away(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw away what was typed and begin anew."""
    form = form_named(slug)
    if code := drafts.code_of(request, cookie_of(request, form)):
        drafts.throw_away(code, request)
    answer = redirect("paper-type", form.slug)
    answer.delete_cookie(cookie_of(request, form), path=ROOM, samesite="Lax")
    return answer


urls = [
    path("papir/indtast/", choose, name="paper-choose"),
    path("papir/indtast/<slug:slug>/", typing, name="paper-type"),
    path("papir/indtast/<slug:slug>/gem/", autosave, name="paper-autosave"),
    path("papir/indtast/<slug:slug>/forfra/", put_away, name="paper-put-away"),
]
