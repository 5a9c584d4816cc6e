"""Redaction (anonymisering): original and clean text side by side, every finding decided by a person, then approval."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from uth.actions import file_reading, redaction
from uth.actions.handling import Refused
from uth.law.clock import danish_day
from uth.law.procedure import NotAllowed
from uth.law.terms import Act, State
from uth.queries import access
from uth.queries.access import CasePage
from uth.queries.corrections import needs_two
from uth.queries.rarity import rarity_of
from uth.web.gate import actor, at, desk
from uth.web.guidance import beside_act
from uth.web.handling import frame, seen, status_of, why_not
from uth.web.redaction_files import FileText, descriptions, file_asked_for, lines, read
from uth.web.redaction_form import absent, decisions, overruled, text_changes, undecided
from uth.web.redaction_view import KINDS, keys, views

READ_FIRST = "Sæt kryds ved, at du har læst teksten, før du godkender den."

FIRST = "Du har godkendt som den første. Hos jer skal to læse teksten: bed en kollega om at læse og godkende den også."


@desk
def work(request: HttpRequest, case_id: int) -> HttpResponse:
    """Where a person reads, decides and approves; once approved, the clean text to look at."""
    page = access.open_case(case_id, by=actor(request), at=at(request))
    if not page.redactions:
        messages.info(request, why_not(page, Act.APPROVE) or "Der er ingen tekst at anonymisere endnu.")
        return redirect(f"/sager/{case_id}/")
    if page.state is not State.CONCLUDED or Act.APPROVE not in page.acts:
        return _show(request, page, "redaction/read.html", [])
    if request.method != "POST":
        return _show(request, page, "redaction/work.html", [])
    try:
        return _take(request, page)
    except Refused as refusal:
        problems = [(text, "") for text in refusal.problems.values()]
        return _show(request, page, "redaction/work.html", problems, status=status_of(refusal))
    except NotAllowed as refusal:
        return _show(request, page, "redaction/work.html", [(str(refusal), "")])


def _take(request: HttpRequest, page: CasePage) -> HttpResponse:
    by, when = actor(request), at(request)
    if shown := _shown(request, page):
        return shown
    news = decisions(page.redactions, request.POST)
    approving = "godkend" in request.POST
    described = descriptions(page.attachments, request.POST)
    if described or (news and (not approving or text_changes(page.redactions, news))):
        redaction.revise(page.id, decisions=news, described=described, seen=seen(request), by=by, at=when)
        messages.success(
            request,
            "Dine ændringer er gemt. Læs den nye tekst igennem, før du godkender den."
            if approving
            else "Gemt. Teksten er set efter igen.",
        )
        return redirect(f"/sager/{page.id}/anonymisering/")
    if not approving:
        messages.info(request, "Der var ingen ændringer at gemme.")
        return redirect(f"/sager/{page.id}/anonymisering/")
    problems = undecided(page.redactions, request.POST)
    if "laest" not in request.POST:
        problems.append((READ_FIRST, "laest"))
    if problems:
        return _show(request, page, "redaction/work.html", problems)
    stand = overruled(page.redactions, request.POST)
    if not redaction.approve(page.id, overruled=stand, seen=seen(request), by=by, at=when):
        messages.success(request, FIRST)
        return redirect(f"/sager/{page.id}/")
    messages.success(request, "Anonymiseringen er godkendt. Se nu, hvad der bliver sendt.")
    return redirect(f"/sager/{page.id}/videregiv/")


def _shown(request: HttpRequest, page: CasePage) -> HttpResponse | None:
    """The page as it would become, with an attachment's text, or with words to hide that are not there; nothing is kept.

    None where the form is to be taken.
    """
    if number := file_asked_for(request.POST):
        file = file_reading.read_file(page.id, number, by=actor(request), at=at(request))
        return _show(request, page, "redaction/work.html", [], files={number: read(file)})
    if "vis" in request.POST:
        part = "sections" if "del" in request.POST else "work"
        return _show(request, page, f"redaction/{part}.html", [])
    wrong = absent(page.redactions, request.POST)
    return _show(request, page, "redaction/work.html", wrong) if wrong else None


def _show(
    request: HttpRequest,
    page: CasePage,
    template: str,
    problems: list[tuple[str, str]],
    *,
    status: int = 400,
    files: Mapping[int, FileText] | None = None,
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    sections = views(page.redactions, posted, day=page.day_zero)
    context = frame(request, page) | {
        "heading": "Anonymisering",
        "sections": sections,
        "files": lines(page.attachments, posted, files or {}),
        "found": sum(len(section.findings) for section in sections),
        "left": sum(1 for section in sections for leak in section.leaks if leak.choice != "iorden"),
        "kinds": KINDS,
        "keys": keys(),
        "unsaved": any(section.unsaved for section in sections),
        "rarity": rarity_of(page, [section.clean_text for section in sections], at=at(request)),
        "errors": problems,
        "guidance": beside_act(Act.APPROVE, on=danish_day(at(request))),
        "approval": _approval(request, page),
        "read": bool(posted and "laest" in posted),
        "may_forward": Act.FORWARD in page.acts,
        "may_revise": Act.REVISE in page.acts,
    }
    context["crumbs"] = [
        ("Sager", "/sager/"),
        (f"Sag {page.number}", f"/sager/{page.id}/"),
        ("Anonymisering", ""),
    ]
    return render(request, template, context, status=status if problems else 200)


@dataclass(frozen=True, slots=True)
class Approval:
    """Who must approve. `first`: the one who has, where two must; `mine`: it was the one who looks."""

    two: bool
    first: str
    first_at: datetime | None
    mine: bool


def _approval(request: HttpRequest, page: CasePage) -> Approval:
    by = actor(request)
    two = page.state is State.CONCLUDED and needs_two(page.id, by=by, at=at(request))
    section = page.redactions[0]
    mine = section.first_by is not None and section.first_by == by.user_id
    return Approval(two, section.first_by_name if two else "", section.first_at, two and mine)


urls = [path("sager/<int:case_id>/anonymisering/", work, name="redaction")]
