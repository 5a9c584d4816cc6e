"""Tally boards at the desk (tælletavler): open one, let screens in, look a month through and submit it."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from uth.actions import boards as verbs
from uth.actions import collective, tallies
from uth.actions.handling import Refused
from uth.law.clock import danish_day
from uth.law.shapes import MONTH
from uth.law.tally import areas
from uth.law.template import MOST_COMMENT
from uth.law.terms import Sector, TallyArea, Withdrawal
from uth.queries import boards, places
from uth.queries.boards import MonthPage
from uth.web.collective import HOME, tabs
from uth.web.fact_words import month as month_words
from uth.web.gate import actor, at, desk
from uth.web.intake_fields import one_of, prose, words
from uth.web.receipt_code import qr
from uth.web.run_chart import chart

BOARDS = HOME + "tavler/"


class BoardForm(forms.Form):
    """A new board."""

    name = words(
        "Enhedens navn",
        required="Skriv, hvad enheden hedder.",
        help_text="Som I selv kalder den, for eksempel »Solgangen« eller »Medicinsk sengeafsnit«.",
    )
    organisation = one_of("Hvem skal indsende?", [], required="Vælg, hvem der skal indsende.", select=True)
    place_text = words(
        "Sted",
        most=300,
        help_text="Skriv navnet, og vælg det på listen. Stedet bestemmer, hvem der modtager samlerapporten.",
        **{"data-typeahead-url": "/steder.json", "data-typeahead-value": "id_place"},
    )
    place = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    sector = one_of(
        "Sektor, hvis stedet ikke er på listen",
        [("", "Stedet er på listen"), *((s.value, s.danish) for s in Sector if s is not Sector.UNKNOWN)],
        select=True,
    )

    def __init__(self, units: tuple[tuple[str, str], ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.choices = list(units)  # type: ignore[attr-defined]

    def settle(self, request: HttpRequest) -> dict[str, Any]:
        """What the action takes; a name typed without choosing is looked up."""
        told = self.cleaned_data
        place, text = told["place"], told["place_text"]
        if text and not place:
            found = places.named(text, on=danish_day(at(request)))
            if len(found) != 1:
                raise Refused(place_text="Vælg stedet på listen, mens du skriver, eller lad feltet stå tomt.")
            place = found[0].key
        sector = Sector(told["sector"]) if told["sector"] else Sector.UNKNOWN
        return {
            "organisation": told["organisation"],
            "name": told["name"],
            "place": place if text else "",
            "sector": sector,
        }


class ScreenForm(forms.Form):
    """One more screen."""

    label = words(
        "Hvilken skærm?",
        required="Skriv, hvilken skærm det er.",
        most=100,
        help_text="For eksempel »Vagtstuen« eller »Telefon 2«.",
    )


@desk
def overview(request: HttpRequest) -> HttpResponse:
    """The boards."""
    lines = boards.boards(by=actor(request), at=at(request))
    context = {
        "heading": "Tælletavler",
        "tabs": tabs(request, "tavler"),
        "boards": [(line, [(m, month_words(m)) for m in line.waiting]) for line in lines],
    }
    return render(request, "tally/boards.html", context)


@desk
def new(request: HttpRequest) -> HttpResponse:
    """Open a board."""
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    form = BoardForm(boards.units(**who), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = verbs.open_board(**form.settle(request), **who)
        except Refused as refused:
            _refuse(form, refused)
        else:
            messages.success(request, "Tavlen er åbnet. Vis den nu på en skærm.")
            return redirect("board-desk", board_id=number)
    context = {
        "heading": "Åbn en tælletavle",
        "form": form,
        "crumbs": [("Tælletavler", BOARDS), ("Ny", "")],
    }
    return render(request, "tally/new.html", context, status=400 if form.errors else 200)


def _refuse(form: forms.Form, refused: Refused) -> None:
    for field, sentence in refused.problems.items():
        place = {"place": "place_text"}.get(field, field)
        form.add_error(place if place in form.fields else None, sentence)


@desk
def one(request: HttpRequest, board_id: int) -> HttpResponse:
    """A board: its months, its screens."""
    return _board(request, board_id, ScreenForm())


def _board(request: HttpRequest, board_id: int, form: ScreenForm) -> HttpResponse:
    page = boards.board(board_id, by=actor(request), at=at(request))
    open_now = areas(page.sector, on=danish_day(at(request)))
    context = {
        "heading": page.name,
        "page": page,
        "sector": page.sector.danish,
        "area_names": ", ".join(area.danish for area in open_now),
        "charts": [chart(line.area.danish, line.run) for line in page.areas if len(line.run) > 1],
        "months": [(line, month_words(line.month)) for line in page.months],
        "form": form,
        "now": at(request),
        "crumbs": [("Tælletavler", BOARDS), (page.name, "")],
    }
    return render(request, "tally/desk_board.html", context, status=400 if form.errors else 200)


@desk
@never_cache
def screen(request: HttpRequest, board_id: int) -> HttpResponse:
    """A code for one more screen: shown once, in answer to the form."""
    if request.method != "POST":
        return redirect("board-desk", board_id=board_id)
    form = ScreenForm(request.POST)
    if not form.is_valid():
        return _board(request, board_id, form)
    try:
        _, code = verbs.new_screen(
            board_id, label=form.cleaned_data["label"], by=actor(request), at=at(request)
        )
    except Refused as refused:
        _refuse(form, refused)
        return _board(request, board_id, form)
    page = boards.board(board_id, by=actor(request), at=at(request))
    address = settings.UTH_BASE_URL.rstrip("/") + "/tavle/"
    context = {
        "heading": "Vis tavlen på en skærm",
        "page": page,
        "code": code,
        "address": address,
        "qr": qr(f"{address}#{code}"),
        "crumbs": [("Tælletavler", BOARDS), (page.name, f"{BOARDS}{board_id}/"), ("Ny skærm", "")],
    }
    return render(request, "tally/screen.html", context)


@desk
@require_POST
def shut_out(request: HttpRequest, board_id: int, screen_id: int) -> HttpResponse:
    """Close the board on one screen."""
    verbs.shut_out(board_id, screen_id, by=actor(request), at=at(request))
    messages.success(request, "Tavlen er lukket på den skærm.")
    return redirect("board-desk", board_id=board_id)


@desk
@require_POST
def close(request: HttpRequest, board_id: int) -> HttpResponse:
    """Close the board."""
    verbs.close_board(board_id, by=actor(request), at=at(request))
    messages.success(request, "Tavlen er lukket. Det, der er talt, kan stadig indsendes.")
    return redirect("board-desk", board_id=board_id)


@desk
def month(request: HttpRequest, board_id: int, month_told: str) -> HttpResponse:
    """A month: what will be told, the taps behind it, and the button that submits it."""
    if not MONTH.fullmatch(month_told):
        raise Http404
    who: dict[str, Any] = {"by": actor(request), "at": at(request)}
    page = boards.month(board_id, month_told, **who)
    errors: list[tuple[str, str]] = []
    typed: dict[str, str] = {}
    if request.method == "POST":
        typed = {area.value: request.POST.get(f"learning_{area}", "") for area in TallyArea}
        try:
            collective.submit(
                board_id,
                month_told,
                seen=_seen(request),
                learning={TallyArea(area): text for area, text in typed.items()},
                **who,
            )
        except Refused as refused:
            errors = [(text, "") for text in refused.problems.values()]
        else:
            messages.success(request, "Samlerapporten er indsendt. Tak, fordi I tæller.")
            return redirect("board-desk", board_id=board_id)
    recipient = collective.who_receives(board_id, **who) if page.left and page.is_over else None
    context = _month_words(page, typed) | {"recipient": recipient, "errors": errors}
    return render(request, "tally/month.html", context, status=400 if errors else 200)


def _month_words(page: MonthPage, typed: dict[str, str]) -> dict[str, Any]:
    words_of_month = month_words(page.month)
    return {
        "heading": f"{page.board}, {words_of_month}",
        "page": page,
        "month": words_of_month,
        "left": [
            {"area": area, "count": count, "form": LearningForm(area, typed)} for area, count in page.left
        ],
        "is_addition": {line.area for line in page.told},
        "taps": [(tap, Withdrawal(tap.withdrawn).danish if tap.withdrawn else "") for tap in page.taps],
        "crumbs": [
            ("Tælletavler", BOARDS),
            (page.board, f"{BOARDS}{page.board_id}/"),
            (words_of_month.capitalize(), ""),
        ],
    }


class LearningForm(forms.Form):
    """What the unit has learned about one area."""

    def __init__(self, area: TallyArea, typed: dict[str, str]) -> None:
        super().__init__(initial={f"learning_{area}": typed.get(area.value, "")})
        self.fields[f"learning_{area}"] = prose(
            f"Læring om {area.danish.lower()}", most=MOST_COMMENT, rows=2, help_text=LEARNING
        )


LEARNING = "Hvad har I set eller lavet om? Skriv ikke navne eller CPR-numre. Sagsbehandleren læser det, før det går videre."


def _seen(request: HttpRequest) -> dict[TallyArea, int]:
    """The numbers that stood on the page the person confirms."""
    found = {}
    for area in TallyArea:
        told = request.POST.get(f"seen_{area}", "")
        if told.removeprefix("-").isascii() and told.removeprefix("-").isdecimal() and len(told) < 9:
            found[area] = int(told)
    return found


@desk
@require_POST
def withdraw(request: HttpRequest, board_id: int, month_told: str) -> HttpResponse:
    """Take a tap back while looking a month through."""

    try:
        number = uuid.UUID(request.POST.get("number", ""))
        tallies.withdraw(board_id, number, by=actor(request), at=at(request))
    except ValueError:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, " ".join(refused.problems.values()))
    else:
        messages.success(request, "Trykket tæller ikke længere med.")
    return redirect("board-month", board_id=board_id, month_told=month_told)


urls = [
    path("samlerapporter/tavler/", overview, name="boards"),
    path("samlerapporter/tavler/ny/", new, name="board-new"),
    path("samlerapporter/tavler/<int:board_id>/", one, name="board-desk"),
    path("samlerapporter/tavler/<int:board_id>/skaerm/", screen, name="board-screen"),
    path("samlerapporter/tavler/<int:board_id>/skaerm/<int:screen_id>/luk/", shut_out, name="board-shut-out"),
    path("samlerapporter/tavler/<int:board_id>/luk/", close, name="board-close"),
    path("samlerapporter/tavler/<int:board_id>/<str:month_told>/", month, name="board-month"),
    path("samlerapporter/tavler/<int:board_id>/<str:month_told>/fortryd/", withdraw, name="board-withdraw"),
]
