"""The tally board (tælletavlen) on a phone, a tablet or a wall: one tap is one event, and every tap is a plain form.

With the script a tap waits on the screen until there is a connection; without it the same forms are posted.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from uth.actions import boards as verbs
from uth.actions import drafts as draft_verbs
from uth.actions import tallies
from uth.actions.handling import Refused
from uth.actions.tallies import MOST_NOTE, NoteEntry, Parcel, TapEntry, WithdrawalEntry
from uth.law.actor import REPORTER, Hidden
from uth.law.terms import TallyArea, Withdrawal
from uth.queries import boards
from uth.queries.boards import ScreenPage
from uth.web import board_parcel, drafts, limits
from uth.web.gate import at, public_locally
from uth.web.intake_fields import words
from uth.web.run_chart import chart
from uth.web.slow import slowed

COOKIE, BEGUN, PLACE = (
    "tavle",
    "tavle-kladde",
    "/tavle/",
)  # BEGUN: the draft in this browser was begun from a board
A_YEAR = 400 * 24 * 3600  # a wall is not paired anew every month; the desk can close it any time
HINTS = {
    TallyArea.MEDICINE_ADMINISTRATION: "også medicin ikke givet",
}


class CodeForm(forms.Form):
    """The code from the desk."""

    code = words(
        "Tavlens kode",
        required="Skriv koden til tavlen.",
        most=100,
        help_text="Tre ord, for eksempel balemi-kosano-… Store og små bogstaver og mellemrum er lige meget.",
        width="full",
        autocomplete="off",
        autocapitalize="off",
        spellcheck="false",
    )


@public_locally
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """The board of this screen; on a screen that has none, a field for a code."""
    page = boards.on_screen(_token(request), at=at(request))
    if page is not None and request.method != "POST":
        return _let_go(request, _shown(request, page))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if waiting := limits.asked(request, limits.CODE):
            return slowed(request, waiting)
        try:
            token = verbs.let_in(form.cleaned_data["code"], by=REPORTER, at=at(request))
        except Refused as refused:
            limits.count(request, limits.CODE)
            form.add_error("code", refused.problems["code"])
        else:
            return _carry(redirect("board"), token)
    context = {
        "form": form,
        "heading": "Åbn en tælletavle",
        "submit_label": "Åbn tavlen",
        "closed": bool(_token(request)) and page is None,
    }
    return render(request, "tally/code.html", context, status=400 if form.errors else 200)


def _shown(
    request: HttpRequest, page: ScreenPage, *, errors: Sequence[tuple[str, str]] = (), note: str = ""
) -> HttpResponse:
    lines = [*page.areas, *page.others]
    context = {
        "heading": page.name,
        "page": page,
        "buttons": [
            {"line": line, "hint": HINTS.get(line.area, ""), "number": uuid.uuid4()} for line in page.areas
        ],
        "charts": [chart(line.area.danish, line.run) for line in lines if len(line.run) > 1],
        "errors": errors,
        "note": note,
        "most_note": MOST_NOTE,
        "now": at(request),
    }
    return render(request, "tally/board.html", context, status=400 if errors else 200)


@public_locally
@require_POST
def tap(request: HttpRequest) -> HttpResponseBase:
    """One event, from a screen without the script. The form's own number makes a form sent twice count once."""
    number, area = _number(request), request.POST.get("area", "")
    if number is not None and area in {each.value for each in TallyArea}:
        entry = TapEntry(number, TallyArea(area), at(request))
        taken = tallies.send(_token(request), Parcel(taps=[entry]), by=REPORTER, at=at(request))
        if taken.refused:
            return _again(request, taken.refused[0][1])
    return redirect("board")


@public_locally
@require_POST
def undo(request: HttpRequest) -> HttpResponseBase:
    """The tap does not count after all."""
    if number := _number(request):
        _send(request, Parcel(withdrawals=[WithdrawalEntry(number)]))
    return redirect("board")


@public_locally
@require_POST
def note(request: HttpRequest) -> HttpResponseBase:
    """A few words for the unit itself."""
    number, text = _number(request), request.POST.get("text", "")
    if number is not None and text.strip():
        taken = _send(request, Parcel(notes=[NoteEntry(number, text)]))
        if taken.refused:
            return _again(request, taken.refused[0][1], note=text)
    return redirect("board")


@public_locally
@require_POST
def serious(request: HttpRequest) -> HttpResponseBase:
    """It was serious or could have been: it is not tallied but reported by itself, with what is known filled in."""
    page = boards.on_screen(_token(request), at=at(request))
    if page is None:
        raise Hidden
    if number := _number(request):
        _send(request, Parcel(withdrawals=[WithdrawalEntry(number, Withdrawal.SERIOUS)]))
    draft = drafts.open_draft(request)
    if draft is not None and not draft.sent and BEGUN not in request.COOKIES:
        return redirect("intake-start", "fagperson")  # somebody's draft lies on this screen: it says so
    told: dict[str, list[str]] = {"place_text": [page.place], "place": [page.place_key]}
    area = request.POST.get("area", "")
    if area in {each.value for each in TallyArea}:
        told["headline"] = [f"{TallyArea(area).danish} – {page.name}"]
    code = draft_verbs.begin("professional", told, by=REPORTER, at=at(request))
    answer = drafts.carry(redirect("intake-step", "fagperson", "hvad-skete-der"), code)
    answer.set_cookie(
        BEGUN, "1", httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, path=PLACE
    )
    return answer


def _let_go(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A wall never closes its browser: back at the board, nobody opens what the last one began; its code still does."""
    if BEGUN not in request.COOKIES:
        return response
    response.delete_cookie(BEGUN, path=PLACE, samesite="Lax")
    return drafts.put_down(response)


@public_locally
@csrf_exempt  # JSON from our own script alone: a form of another site cannot send it, and the cookie is Lax
@never_cache
@require_POST
def send(request: HttpRequest) -> JsonResponse:
    """What the script has gathered; answers what became of it, and how the counts stand."""
    token, when = _token(request), at(request)
    page = boards.on_screen(token, at=when)
    if page is None:
        return JsonResponse({"closed": True}, status=403)
    if request.content_type != "application/json":
        return JsonResponse({}, status=415)
    try:
        sent = board_parcel.read(request.body)
    except board_parcel.Unreadable:
        return JsonResponse({}, status=400)
    if sent.board != str(page.key):
        return JsonResponse({"other_board": True}, status=409)
    taken = tallies.send(token, sent.parcel, by=REPORTER, at=when)
    return JsonResponse(
        {
            "refused": [{"number": str(number), "sentence": sentence} for number, sentence in taken.refused],
            "counts": _counts(token, when),
        }
    )


def _counts(token: str, when: datetime) -> dict[str, dict[str, int]]:
    page = boards.on_screen(token, at=when)
    return (
        {line.area.value: {"today": line.today, "month": line.month} for line in page.areas} if page else {}
    )


@public_locally
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Take the board off this screen; it can be opened again with a new code."""
    response = redirect("board")
    response.delete_cookie(COOKIE, path=PLACE, samesite="Lax")
    return response


def _send(request: HttpRequest, parcel: Parcel) -> tallies.Taken:
    return tallies.send(_token(request), parcel, by=REPORTER, at=at(request))


def _again(request: HttpRequest, sentence: str, **more: Any) -> HttpResponseBase:
    page = boards.on_screen(_token(request), at=at(request))
    return _shown(request, page, errors=[(sentence, "")], **more) if page else redirect("board")


def _token(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")[:100]


def _number(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("number", ""))
    except ValueError:
        return None


def _carry(response: HttpResponse, token: str) -> HttpResponse:
    response.set_cookie(
        COOKIE,
        token,
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        path=PLACE,
    )
    return response


urls = [
    path("tavle/", board, name="board"),
    path("tavle/tryk/", tap, name="board-tap"),
    path("tavle/fortryd/", undo, name="board-undo"),
    path("tavle/note/", note, name="board-note"),
    path("tavle/alvorlig/", serious, name="board-serious"),
    path("tavle/send/", send, name="board-send"),
    path("tavle/glem/", forget, name="board-forget"),
]
