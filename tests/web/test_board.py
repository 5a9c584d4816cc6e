"""The tally board without its script: one tap one event, undone, noted, told as serious; and what the script sends."""

import json
import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.people import who
from tests.tallies import board, screen, submitted, taps
from tests.web.desk import at_most

from uth.actions import boards
from uth.records.models import BoardKey, CollectiveReport, Draft, Tap, TapNote, TapWithdrawal
from uth.records.tallies import Board, counted

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


@pytest.fixture
def unit(now: datetime) -> Board:
    return board(at=now)


@pytest.fixture
def wall(unit: Board, now: datetime) -> Client:
    """A screen with the board on it."""
    _, code = boards.new_screen(unit.pk, label="Væggen", by=who("Kirsten"), at=now)
    browser = Client()
    assert browser.post("/tavle/", {"code": code})["Location"] == "/tavle/"
    return browser


def numbers(page: str) -> list[str]:
    return re.findall(r'name="number" value="([0-9a-f-]{36})"', page)


def total(of: Board) -> int:
    return sum(counted(board=of).values())


def test_a_screen_without_a_board_asks_for_a_code_and_a_wrong_one_is_explained() -> None:
    page = Client().get("/tavle/")
    assert "Tavlens kode" in page.text
    wrong = Client().post("/tavle/", {"code": "balemi-kosano-didofa"})
    assert wrong.status_code == 400
    assert "bed om en ny" in wrong.text
    assert "balemi-kosano-didofa" in wrong.text


def test_the_code_stands_in_no_address_and_the_token_is_out_of_reach_of_scripts(wall: Client) -> None:
    cookie = wall.cookies["tavle"]
    assert (cookie["httponly"], cookie["path"], cookie["samesite"]) == (True, "/tavle/", "Lax")
    assert not BoardKey.objects.filter(token_hash=cookie.value).exists()


def test_sr_2024_a_tap_counts_once_though_the_form_is_sent_twice(wall: Client, unit: Board) -> None:
    with at_most(10):
        page = wall.get("/tavle/").text
    for name in ("Fald", "Infektion", "Medicinadministration", "Medicindispensering"):
        assert name in page
    form = {"area": "fall", "number": numbers(page)[0]}
    for _ in range(2):
        assert wall.post("/tavle/tryk/", form)["Location"] == "/tavle/"
    assert total(unit) == 1
    assert "Talt: <strong>Fald</strong>" in wall.get("/tavle/").text


def test_the_last_tap_is_undone(wall: Client, unit: Board) -> None:
    number = str(uuid.uuid4())
    wall.post("/tavle/tryk/", {"area": "fall", "number": number})
    wall.post("/tavle/fortryd/", {"number": number})
    assert total(unit) == 0
    assert "Talt:" not in wall.get("/tavle/").text


def test_a_note_is_kept_and_a_cpr_number_is_not(wall: Client, unit: Board) -> None:
    number = str(uuid.uuid4())
    wall.post("/tavle/tryk/", {"area": "fall", "number": number})
    refused = wall.post("/tavle/note/", {"number": number, "text": "020191-9996 faldt"})
    assert refused.status_code == 400
    assert "020191-9996 faldt" in refused.text  # what was typed is not lost
    assert not TapNote.objects.exists()
    wall.post("/tavle/note/", {"number": number, "text": "Stue 4"})
    assert TapNote.objects.get().open() == "Stue 4"
    assert "Stue 4" not in wall.get("/tavle/").text


def test_sr_2024_a_serious_event_leaves_the_count_and_becomes_a_report_with_place_and_area(
    wall: Client, unit: Board
) -> None:
    number = str(uuid.uuid4())
    wall.post("/tavle/tryk/", {"area": "fall", "number": number})
    gone = wall.post("/tavle/alvorlig/", {"number": number, "area": "fall"})
    assert gone["Location"] == "/rapporter/fagperson/hvad-skete-der/"
    assert total(unit) == 0
    assert TapWithdrawal.objects.get().why == "serious"
    assert "Fald – Solgangen" in wall.get(gone["Location"]).text
    assert "Spirekassen" in wall.get("/rapporter/fagperson/hvor/").text


def test_somebodys_own_draft_on_the_screen_is_not_lost(wall: Client) -> None:
    wall.post("/rapporter/fagperson/hvad-skete-der/gem/", {"story": "Halvt skrevet"})
    again = wall.post("/tavle/alvorlig/", {"area": "fall"})
    assert again["Location"] == "/rapporter/fagperson/"
    wall.get("/tavle/")
    assert wall.cookies["kladde"].value
    assert Draft.objects.count() == 1


def test_a_draft_begun_from_the_board_opens_for_nobody_once_the_board_is_back(wall: Client) -> None:
    wall.post("/tavle/alvorlig/", {"area": "fall"})
    wall.post("/rapporter/fagperson/hvad-skete-der/gem/", {"story": "Skrevet af den forrige"})
    wall.get("/tavle/")
    assert not wall.cookies["kladde"].value
    assert "forrige" not in wall.get("/rapporter/fagperson/hvad-skete-der/").text


def test_the_next_serious_event_opens_no_draft_of_the_one_before(wall: Client) -> None:
    wall.post("/tavle/alvorlig/", {"area": "fall"})
    wall.post("/rapporter/fagperson/hvad-skete-der/gem/", {"story": "Skrevet af den forrige"})
    again = wall.post("/tavle/alvorlig/", {"area": "fall"})
    assert again["Location"] == "/rapporter/fagperson/hvad-skete-der/"
    assert "forrige" not in wall.get(again["Location"]).text


def parcel(unit: Board, now: datetime, **more: Any) -> dict[str, Any]:
    tap = {"number": str(uuid.uuid4()), "area": "fall", "happened_at": now.isoformat()}
    return {"board": str(unit.key), "sent_at": now.isoformat(), "taps": [tap]} | more


def send(browser: Client, told: Any) -> Any:
    body = told if isinstance(told, bytes) else json.dumps(told)
    return browser.post("/tavle/send/", body, content_type="application/json")


def test_what_waited_on_the_screen_arrives_with_its_hour_and_once(
    wall: Client, unit: Board, now: datetime
) -> None:
    happened = now - timedelta(hours=3)
    told = parcel(unit, now)
    told["taps"][0]["happened_at"] = happened.isoformat()
    for _ in range(2):
        answer = send(wall, told)
    assert answer.status_code == 200
    assert answer.json()["counts"]["fall"]["month"] in {0, 1}  # three hours ago may be last month
    assert Tap.objects.get().happened_at == happened


def test_the_script_may_send_undos_and_notes(wall: Client, unit: Board, now: datetime) -> None:
    told = parcel(unit, now)
    number = told["taps"][0]["number"]
    told |= {"withdrawals": [{"number": number}], "notes": [{"number": number, "text": "Stue 4"}]}
    assert send(wall, told).json()["refused"] == []
    assert total(unit) == 0


def test_taps_made_on_another_board_do_not_come_along(wall: Client, unit: Board, now: datetime) -> None:
    other = board(at=now, name="Månegangen")
    assert send(wall, parcel(other, now)).status_code == 409
    assert not Tap.objects.exists()


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b'{"board": 1}',
        {"board": "x", "sent_at": "i dag"},
        {"board": "x", "sent_at": "2026-11-20T10:00:00"},
        {"board": "x", "sent_at": "2026-11-20T10:00:00Z", "taps": [{"number": "1"}]},
        {"board": "x", "sent_at": "2026-11-20T10:00:00Z", "taps": [{}] * 501},
        {"board": "x", "sent_at": "2026-11-20T10:00:00Z", "taps": "mange"},
    ],
)
def test_what_is_no_parcel_is_refused(wall: Client, told: Any) -> None:
    assert send(wall, told).status_code in {400, 415}


def test_a_form_of_another_site_cannot_send_a_parcel(wall: Client, unit: Board, now: datetime) -> None:
    answer = wall.post("/tavle/send/", json.dumps(parcel(unit, now)), content_type="text/plain")
    assert answer.status_code == 415
    assert not Tap.objects.exists()


def test_a_closed_screen_says_so_and_tells_nothing(wall: Client, unit: Board, now: datetime) -> None:
    key = BoardKey.objects.get()
    boards.shut_out(unit.pk, key.pk, by=who("Kirsten"), at=now)
    assert send(wall, parcel(unit, now)).status_code == 403
    for address in ("tryk", "fortryd", "note", "alvorlig"):
        form = {"number": str(uuid.uuid4()), "area": "fall", "text": "x"}
        assert wall.post(f"/tavle/{address}/", form).status_code == 404, address
    page = wall.get("/tavle/")
    assert "ikke længere åben" in page.text
    assert "Solgangen" not in page.text
    assert not Tap.objects.exists()


def test_a_board_shows_its_own_unit_and_no_other(wall: Client, unit: Board, now: datetime) -> None:
    other = board(at=now, name="Månegangen")
    taps(screen(other, at=now), 9, happened=now, at=now)
    page = wall.get("/tavle/").text
    assert "Månegangen" not in page
    assert ">9<" not in page


def test_the_screen_can_let_go_of_the_board(wall: Client) -> None:
    wall.post("/tavle/glem/")
    assert "Tavlens kode" in wall.get("/tavle/").text


def test_the_months_are_drawn_and_told_in_a_table(wall: Client, unit: Board, now: datetime) -> None:
    token = screen(unit, at=now)
    taps(token, 4, happened=now - timedelta(days=35), at=now)
    page = wall.get("/tavle/").text
    assert page.count("<svg viewBox") == 4
    assert 'aria-label="Fald, antal om måneden fra' in page
    assert '<td class="num">4</td>' in page
    assert "style=" not in page


def test_a_submitted_month_is_no_secret_of_the_screen(wall: Client, unit: Board, now: datetime) -> None:
    taps(screen(unit, at=now), 4, happened=now - timedelta(days=35), at=now)
    month = Tap.objects.values_list("month", flat=True).distinct().get()
    submitted(unit, month, at=now, fall="Vi har købt nye sko.")
    assert CollectiveReport.objects.exists()
    assert "nye sko" not in wall.get("/tavle/").text
