"""At the desk: open a board, look a month through and submit it, clear the words, forward the count, read the sums."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.tallies import board, forwarded, screen, submitted, taps
from tests.web.desk import at_most, browser_of

from uth.actions import tallies
from uth.jobs import letters
from uth.law.actor import REPORTER
from uth.law.message import month as month_of
from uth.records.models import AuditLine, Board, CollectiveReport, Tap
from uth.records.national.models import NationalCollective

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


@pytest.fixture
def then(now: datetime) -> datetime:
    """The middle of last month."""
    return (now.replace(day=1) - timedelta(days=14)).replace(hour=9)


@pytest.fixture
def unit(then: datetime) -> Board:
    made = board(at=then)
    taps(screen(made, at=then), 3, happened=then, at=then)
    return made


@pytest.fixture
def kirsten() -> Client:
    return browser_of("Kirsten")


def month_page(unit: Board, then: datetime) -> str:
    return f"/samlerapporter/tavler/{unit.pk}/{month_of(then)}/"


def test_a_board_is_opened_for_a_place_and_shown_on_a_screen_by_a_code(kirsten: Client) -> None:
    given = {"name": "Solgangen", "organisation": "0151", "place_text": "Spirekassen", "place": "ph-spire"}
    opened = kirsten.post("/samlerapporter/tavler/ny/", given)
    assert opened.status_code == 302
    assert "Solgangen" in kirsten.get("/samlerapporter/tavler/").text
    shown = kirsten.post(opened["Location"] + "skaerm/", {"label": "Vagtstuen"})
    code = shown.context["code"]
    assert code in shown.text
    assert "no-store" in shown["Cache-Control"]
    assert code not in kirsten.get(opened["Location"]).text
    assert "Solgangen" in Client().post("/tavle/", {"code": code}, follow=True).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Skriv, hvad enheden hedder."),
        ({"place_text": "findes slet ikke"}, "Vælg stedet på listen"),
        ({"place_text": ""}, "Vælg, hvilken sektor"),
        ({"organisation": "DK-84"}, "kender vi ikke"),
    ],
)
def test_a_board_that_cannot_be_opened_says_why(
    kirsten: Client, change: dict[str, str], sentence: str
) -> None:
    given = {"name": "Solgangen", "organisation": "0151", "place_text": "Spirekassen"} | change
    page = kirsten.post("/samlerapporter/tavler/ny/", given)
    assert page.status_code == 400
    assert sentence in page.text
    assert not Board.objects.exists()


def test_a_named_person_looks_the_month_through_and_submits_it(
    kirsten: Client, unit: Board, then: datetime
) -> None:
    with at_most(10):
        page = kirsten.get(month_page(unit, then))
    assert "Fald: 3" in page.text
    assert "Rapporten går til Ballerup Kommune" in page.text
    given = {"seen_fall": "3", "learning_fall": "Nye sko."}
    assert kirsten.post(month_page(unit, then), given).status_code == 302
    report = CollectiveReport.objects.get()
    assert (report.count, report.learning, report.confirmed_by.name) == (3, "Nye sko.", "Kirsten")  # type: ignore[union-attr]
    assert "bekræftet af Kirsten" in kirsten.get(month_page(unit, then)).text


def test_a_tap_that_came_meanwhile_is_told_and_what_was_typed_stays(
    kirsten: Client, unit: Board, then: datetime
) -> None:
    given = {"seen_fall": "2", "learning_fall": "Nye sko."}
    page = kirsten.post(month_page(unit, then), given)
    assert page.status_code == 400
    assert "flere tryk" in page.text
    assert "Nye sko." in page.text
    assert not CollectiveReport.objects.exists()


def test_a_tap_is_taken_back_while_looking_through(kirsten: Client, unit: Board, then: datetime) -> None:
    number = Tap.objects.first().number  # type: ignore[union-attr]
    kirsten.post(month_page(unit, then) + "fortryd/", {"number": str(number)})
    assert "Fald: 2" in kirsten.get(month_page(unit, then)).text
    assert kirsten.post(month_page(unit, then) + "fortryd/", {"number": "x"}).status_code == 404


def test_reading_the_units_notes_leaves_a_line(
    kirsten: Client, unit: Board, then: datetime, now: datetime
) -> None:
    note = tallies.NoteEntry(Tap.objects.first().number, "Stue 4")  # type: ignore[union-attr]
    tallies.send(screen(unit, at=now), tallies.Parcel(notes=[note]), by=REPORTER, at=now)
    assert "Stue 4" in kirsten.get(month_page(unit, then)).text
    assert AuditLine.objects.filter(word="tally.notes_read", chain="0151").exists()


@pytest.mark.parametrize("month", ["2026-13", "x", "0001-01"])
def test_a_month_that_is_none_is_not_there(kirsten: Client, unit: Board, month: str) -> None:
    assert kirsten.get(f"/samlerapporter/tavler/{unit.pk}/{month}/").status_code == 404


def test_the_words_are_cleared_by_a_person_and_the_count_forwarded(
    kirsten: Client, unit: Board, then: datetime, now: datetime
) -> None:
    report = submitted(unit, month_of(then), at=now, fall="Ellen Lauridsen faldt. Vi har købt nye sko.")[0]
    home = f"/samlerapporter/{report.pk}/"
    with at_most(10):
        page = kirsten.get(home)
    assert "Ellen Lauridsen faldt" in page.text  # the unit's own words, for the desk
    assert "Tallet er lille" in page.text
    refused = kirsten.post(home, {"act": "approve", "version": "1", "comment": "Ellen faldt."})
    assert refused.status_code == 400
    assert "Ellen faldt." in refused.text
    kirsten.post(home, {"act": "approve", "version": "1", "comment": "Vi har købt nye sko."})
    ready = kirsten.get(home)
    assert "Det sendes" in ready.text
    assert kirsten.post(home, {"act": "forward", "version": "2"}).status_code == 302
    letters.deliver_counts_here(at=now)
    assert (NationalCollective.objects.get().count, NationalCollective.objects.get().comment) == (
        3,
        "Vi har købt nye sko.",
    )


def test_an_old_page_does_not_overwrite_a_colleagues_work(
    kirsten: Client, unit: Board, then: datetime, now: datetime
) -> None:
    report = submitted(unit, month_of(then), at=now)[0]
    page = kirsten.post(f"/samlerapporter/{report.pk}/", {"act": "approve", "version": "7", "comment": "Hej"})
    assert page.status_code == 400
    assert "En kollega har ændret" in page.text
    assert "Hej" in page.text


def test_counts_without_words_leave_together(
    kirsten: Client, unit: Board, then: datetime, now: datetime
) -> None:
    submitted(unit, month_of(then), at=now)
    assert "Der er ikke noget at anonymisere" in kirsten.get("/samlerapporter/").text
    kirsten.post("/samlerapporter/videregiv/")
    assert CollectiveReport.objects.get().state == "forwarded"
    assert "SR – Fald" in kirsten.get("/samlerapporter/?liste=videregivet").text


def test_sr_2024_figures_sum_counts_and_keep_single_reports_apart(
    kirsten: Client, unit: Board, then: datetime, now: datetime
) -> None:
    forwarded(submitted(unit, month_of(then), at=now)[0], at=now)
    taps(screen(unit, at=now), 4, happened=then, at=now)
    forwarded(submitted(unit, month_of(then), at=now)[0], at=now)
    letters.deliver_counts_here(at=now)
    with at_most(10):
        page = kirsten.get("/samlerapporter/tal/")
    assert page.context["areas"].total == (7, 7)
    assert page.context["single"].total == (0,)
    dorte = browser_of("Dorte")
    with at_most(10):
        nationally = dorte.get("/nationalt/samlerapporter/")
    assert nationally.context["areas"].total == (7, 7)
    assert nationally.context["sectors"].names == ("Kommune (plejehjem, hjemmepleje, bosted m.m.)",)


@pytest.mark.parametrize("name", ["Bo", "Carl", "Rikke"])
def test_another_authority_sees_neither_board_nor_report(
    name: str, unit: Board, then: datetime, now: datetime
) -> None:
    report = submitted(unit, month_of(then), at=now)[0]
    browser = browser_of(name)
    for address in (
        f"/samlerapporter/{report.pk}/",
        f"/samlerapporter/tavler/{unit.pk}/",
        month_page(unit, then),
    ):
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"version": "1"}).status_code == 404
    assert "Solgangen" not in browser.get("/samlerapporter/tavler/").text
    assert "SR –" not in browser.get("/samlerapporter/").text


def test_closing_a_board_and_a_screen_is_told(kirsten: Client, unit: Board) -> None:
    home = f"/samlerapporter/tavler/{unit.pk}/"
    number = unit.keys.get().pk  # type: ignore[attr-defined]
    kirsten.post(f"{home}skaerm/{number}/luk/")
    kirsten.post(f"{home}luk/")
    page = kirsten.get(home).text
    assert "Få en kode" not in page
    assert "Lukket" in page
    assert kirsten.post(f"{home}skaerm/", {"label": "Ny"}).status_code == 400
