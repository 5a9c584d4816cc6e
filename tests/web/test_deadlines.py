"""The page about deadlines counts, explains who is told when, and shows what one was told; it blames nobody."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cases import case_at, reported
from tests.web.desk import at_most, browser_of

import uth
from uth.jobs import deadlines
from uth.law.terms import State

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


def test_open_cases_are_counted_by_days_left(now: datetime) -> None:
    for age in (95, 88, 80, 65, 10):
        reported(at=now - timedelta(days=age))
    case_at(State.FORWARDED, at=now - timedelta(days=88))
    for name in ("Bo", "Carl", "Adam"):
        page = browser_of(name).get("/frister/")
        counts = [sum(row["cells"][n][1] for row in page.context["rows"]) for n in range(6)]
        assert counts == [1, 1, 1, 1, 1, 5], name


def test_another_authority_counts_nothing_of_it(now: datetime) -> None:
    reported(at=now)
    assert "Ingen åbne sager" in browser_of("Kirsten").get("/frister/").text


def test_people_read_why_they_were_told(now: datetime) -> None:
    case_at(State.IN_PROGRESS, at=now - timedelta(days=80))
    reported(at=now - timedelta(days=95))
    deadlines.remind(at=now)
    assert "1 sag skal videregives inden for 14 dage" in (carl := browser_of("Carl").get("/frister/").text)
    assert "Du er sagsbehandler på den" in carl
    assert "Du er risikomanager eller administrator" in browser_of("Adam").get("/frister/").text
    assert "Du fordeler sager" in browser_of("Bo").get("/frister/").text


def test_what_no_text_confirms_is_marked(now: datetime) -> None:
    text = browser_of("Carl").get("/frister/").text
    assert "Ikke bekræftet efter 1. juli 2023" in text  # the seven days
    assert "vores eget valg" in text  # when we remind
    assert "også weekender og helligdage" in text


def test_the_page_asks_few_questions(now: datetime) -> None:
    for age in (95, 40, 3):
        reported(at=now - timedelta(days=age))
    browser = browser_of("Rikke")
    with at_most(10):
        browser.get("/frister/")


def test_the_administrator_sees_each_colleagues_nearest_deadline(now: datetime) -> None:
    case_at(State.IN_PROGRESS, at=now - timedelta(days=87))
    text = browser_of("Adam").get("/administration/").text
    assert "den nærmeste:" in text
    assert "3 dage tilbage" in text


BLAMING = ("for sent", "forsinket", "burde have", "ikke overholdt", "glemt at rapportere", "din skyld")


def test_par3_2_no_page_and_no_mail_blames_anybody_for_being_late() -> None:
    room = Path(uth.__file__).parent
    for path in [
        *room.glob("web/**/*.html"),
        *room.glob("web/*.py"),
        *room.glob("jobs/*.py"),
        *room.glob("actions/*.py"),
        *room.glob("law/*.py"),
        room / "law" / "guidance.toml",
        room / "law" / "rules.toml",
    ]:
        text = path.read_text().lower()
        assert [words for words in BLAMING if re.search(rf"\b{words}\b", text)] == [], path.name
