"""The national level reads facts and clean texts, finds them by words, and sees nothing local."""

from datetime import UTC, datetime

import pytest
from tests.cases import case_at, deliver
from tests.web.desk import at_most, browser_of

from uth.law.terms import State
from uth.queries import national
from uth.records.national.models import NationalReport

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


def test_an_empty_overview_says_what_will_come() -> None:
    assert "Ingen rapporter endnu" in browser_of("Dorte").get("/nationalt/").text


def test_dorte_finds_a_report_by_a_word_and_reads_it(now: datetime) -> None:
    deliver(case_at(State.FORWARDED, at=now), at=now)
    deliver(case_at(State.FORWARDED, at=now, story="Iltflasken var tom under en overflytning."), at=now)
    browser = browser_of("Dorte")
    asked = browser.post("/nationalt/", {"q": "iltflasken"})
    with at_most(10):
        found = browser.get(asked["Location"])
    assert len(found.context["rows"]) == 1
    number = found.context["rows"][0]["id"]
    with at_most(10):
        page = browser.get(f"/nationalt/{number}/")
    for words in ("Iltflasken", "Region Hovedstaden", "Forkert dosis", "Alvorlig patientsikkerhedsrisiko"):
        assert words in page.text


def test_a_search_without_hits_says_what_to_try(now: datetime) -> None:
    assert (
        "Prøv færre eller andre ord"
        in browser_of("Dorte").post("/nationalt/", {"q": "\x00🙃 zebra"}, follow=True).text
    )


def test_national_pages_follow_each_other(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(national, "PAGE", 1)
    for _ in range(3):
        deliver(case_at(State.FORWARDED, at=now), at=now)
    browser, url, seen = browser_of("Dorte"), "/nationalt/", []
    while url:
        page = browser.get(url)
        seen += [row["id"] for row in page.context["rows"]]
        url = page.context["next_url"]
    assert sorted(seen) == sorted(NationalReport.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("name", ["Bo", "Carl", "Rikke", "Kirsten", "Adam", "Erik"])
def test_nobody_else_knows_of_the_national_pages(name: str, now: datetime) -> None:
    deliver(case_at(State.FORWARDED, at=now), at=now)
    number = NationalReport.objects.get().pk
    assert browser_of(name).get("/nationalt/").status_code == 404
    assert browser_of(name).get(f"/nationalt/{number}/").status_code == 404
