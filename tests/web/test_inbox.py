"""The inbox shows what a person may see, oldest deadline first, and says what to do when there is nothing."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.cases import case_at, reported
from tests.web.desk import at_most, browser_of

from uth.law.terms import State
from uth.queries import inbox

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


def test_a_new_report_stands_in_the_receivers_inbox(now: datetime) -> None:
    case, _ = reported(at=now)
    page = browser_of("Bo").get("/sager/")
    assert case.number in page.text
    assert "Indbakke (1)" in page.text
    assert "90 dage tilbage" in page.text


def test_the_oldest_deadline_stands_first(now: datetime) -> None:
    young, _ = reported(at=now)
    old, _ = reported(at=now - timedelta(days=60))
    text = browser_of("Bo").get("/sager/").text
    assert text.index(old.number) < text.index(young.number)


def test_a_passed_deadline_is_said_without_blame(now: datetime) -> None:
    today = now.astimezone(ZoneInfo("Europe/Copenhagen"))
    reported(at=(today - timedelta(days=100)).replace(hour=12))
    page = browser_of("Bo").get("/sager/")
    assert "frist overskredet 10 dage" in page.text
    assert "badge-error" not in page.text


def test_another_authority_sees_nothing_of_it(now: datetime) -> None:
    case, _ = reported(at=now)
    page = browser_of("Kirsten").get("/sager/?liste=alle")
    assert case.number not in page.text
    assert "Ingen sager endnu" in page.text


def test_an_initial_receiver_has_no_list_of_cases_that_are_done(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    page = browser_of("Bo").get("/sager/?liste=alle")
    assert case.number not in page.text
    assert "Til anonymisering og videregivelse" not in page.text


def test_a_case_is_found_by_its_number_whatever_its_state(now: datetime) -> None:
    case = case_at(State.REJECTED, at=now)
    reported(at=now)
    page = browser_of("Bo").post("/sager/", {"q": case.number}, follow=True)
    assert f"/sager/{case.pk}/" in page.text
    assert page.text.count('data-title="Hændelse"') == 1


def test_a_search_that_finds_nothing_says_what_to_try(now: datetime) -> None:
    page = browser_of("Bo").post("/sager/", {"q": "zebra\x00"}, follow=True)
    assert page.status_code == 200
    assert "Prøv færre eller andre ord" in page.text


@pytest.mark.parametrize(
    "slug", ["indbakke", "mine", "frist", "afventer", "klar", "aabne", "videregivet", "afvist", "alle"]
)
def test_every_empty_list_says_the_next_step(slug: str) -> None:
    page = browser_of("Rikke").get("/sager/", {"liste": slug})
    assert page.status_code == 200
    assert "empty-state" in page.text


def test_pages_follow_each_other_without_gap_or_repeat(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "PAGE", 2)
    numbers = {reported(at=now - timedelta(days=day))[0].number for day in (1, 1, 1, 2, 3)}
    browser, url, seen = browser_of("Bo"), "/sager/", []
    while url:
        page = browser.get(url)
        seen += [row.number for row in page.context["rows"]]
        url = page.context["next_url"]
    assert len(seen) == 5
    assert set(seen) == numbers


def test_a_spoiled_link_shows_the_first_page(now: datetime) -> None:
    reported(at=now)
    for after in ("x", "2026-01-01_", "2026-01-01_" + "9" * 40, "99999-01-01_1"):
        assert browser_of("Bo").get("/sager/", {"efter": after}).status_code == 200


def test_the_inbox_asks_at_most_ten_questions(now: datetime) -> None:
    for day in range(3):
        reported(at=now - timedelta(days=day))
    browser = browser_of("Rikke")
    with at_most(10):
        browser.get("/sager/?liste=aabne")


@pytest.mark.parametrize(
    ("name", "begins"), [("Bo", "Indbakke"), ("Rikke", "Indbakke"), ("Carl", "Mine sager")]
)
def test_everybody_begins_with_their_own_work(name: str, begins: str) -> None:
    assert f"<h1>{begins}</h1>" in browser_of(name).get("/sager/").text
