"""What a visit leaves behind (spor): nothing in the browser's cache, its history, an address or a log."""

import re
from datetime import UTC, datetime

import pytest
from django import forms
from django.test import Client
from tests.cases import case_at, deliver, reported
from tests.web.desk import browser_of

from uth.law.terms import State
from uth.records.national.models import NationalReport
from uth.web.intake_steps import FORMS

pytestmark = pytest.mark.django_db(databases=["default", "national"])

NAME = "Ellen Lauridsen"


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


def test_no_page_behind_the_log_in_is_kept_by_the_browser(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    deliver(case_at(State.FORWARDED, at=now), at=now)
    number = NationalReport.objects.get().pk
    seen = {
        "Carl": ["/sager/", f"/sager/{case.pk}/", f"/sager/{case.pk}/anonymisering/", "/konto/", "/sager/0/"],
        "Dorte": ["/nationalt/", f"/nationalt/{number}/"],
        "Adam": ["/administration/", "/administration/enheder/"],
    }
    for name, pages in seen.items():
        browser = browser_of(name)
        for page in pages:
            assert "no-store" in browser.get(page).headers.get("Cache-Control", ""), page


def test_a_cases_words_stay_out_of_the_browsers_history(now: datetime) -> None:
    case, _ = reported(at=now, headline=f"{NAME} faldt")
    page = browser_of("Bo").get(f"/sager/{case.pk}/").text
    assert NAME in page
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert NAME not in title[1]


@pytest.mark.parametrize(("name", "home"), [("Bo", "/sager/"), ("Dorte", "/nationalt/")])
def test_what_is_searched_for_stands_in_no_address(
    name: str, home: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uth.queries.inbox.PAGE", 1)
    monkeypatch.setattr("uth.queries.national.PAGE", 1)
    for _ in range(2):
        reported(at=now, story=f"{NAME} faldt.")
        deliver(case_at(State.FORWARDED, at=now, story="Iltflasken var tom."), at=now)
    words = NAME if home == "/sager/" else "Iltflasken"
    browser = browser_of(name)
    answer = browser.post(home, {"q": words})
    assert words.split()[0] not in answer["Location"]
    page = browser.get(answer["Location"])
    assert len(page.context["rows"]) == 1
    assert words in page.text
    assert "efter=" in page.context["next_url"]
    assert words.split()[0] not in page.context["next_url"] + page.context["first_url"]
    assert len(browser.get(page.context["next_url"]).context["rows"]) == 1


def test_words_in_an_address_are_not_searched_for(now: datetime) -> None:
    reported(at=now)
    page = browser_of("Bo").get("/sager/", {"q": NAME})
    assert NAME not in page.text
    assert len(page.context["rows"]) == 1


def test_another_person_at_the_same_browser_finds_no_searches(now: datetime) -> None:
    browser = browser_of("Bo")
    found = browser.post("/sager/", {"q": NAME})["Location"]
    browser.post("/konto/log-ud/")
    browser.force_login(browser_of("Carl").get("/konto/").wsgi_request.user)
    assert NAME not in browser.get(found).text


def test_a_place_being_typed_stands_in_no_address() -> None:
    assert Client().get("/steder.json", {"q": "birkelsø"}).status_code == 405


def test_a_shared_browser_offers_nobody_what_another_reporter_typed() -> None:
    # WCAG 1.3.5 asks for a purpose at the first three; an hour tells nothing.
    left_alone = {"reporter_name", "reporter_email", "reporter_phone", "event_time"}
    boxes = {
        f"{table.slug}.{name}": str(field.widget.attrs.get("autocomplete", ""))
        for table in FORMS.values()
        for step in table.steps
        for name, field in {**step.question.base_fields, **step.question.declared_fields}.items()
        if type(field.widget) is forms.TextInput and name not in left_alone
    }
    assert boxes
    assert {name for name, word in boxes.items() if word != "off"} == set()
