"""Slowing down (nedbremsning): a crowd is asked to pause, nothing typed is lost, and there is always a way on."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from tests.web.forms import PROFESSIONAL_PATH, fill, new_browser, receipt_in

from uth.law.work import solve
from uth.records.reports import Draft, Report

pytestmark = pytest.mark.django_db(databases=["default", "national"])
STORY = "/rapporter/fagperson/hvad-skete-der/"
WRONG = {"code": "bababa-bababa-bababa-bababa-bababa-bababa"}


@pytest.fixture
def narrow() -> Iterator[None]:
    """Two a minute."""
    with override_settings(UTH_INTAKE_PER_MINUTE=2):
        yield


def solved(answer: Any) -> str:
    """What the browser's script puts in the ticket."""
    found = re.search(r'name="ticket" value="([^"]+)"', answer.text)
    assert found
    return f"{found[1]}:{solve(found[1])}"


def test_a_crowd_is_asked_to_wait_and_the_story_stands_in_the_page(narrow: None) -> None:
    for _ in range(2):
        new_browser().post(STORY, {"story": "En af mange."})
    answer = new_browser().post(STORY, {"story": "Den tredje <historie>."})
    assert answer.status_code == 429
    assert "Den tredje &lt;historie&gt;." in answer.text
    assert "ikke gået tabt" in answer.text
    assert answer["Retry-After"] == "30"
    assert Draft.objects.count() == 2


def test_the_sum_lets_the_same_words_in(narrow: None) -> None:
    for _ in range(2):
        new_browser().post(STORY, {"story": "En af mange."})
    browser = new_browser()
    answer = browser.post(STORY, {"story": "Den tredje."})
    assert browser.post(STORY, {"story": "Den tredje.", "ticket": solved(answer)}).status_code == 302
    assert "Den tredje." in browser.get(STORY).text


def test_going_on_with_a_draft_is_never_slowed(narrow: None) -> None:
    fill(new_browser(), PROFESSIONAL_PATH)


@pytest.mark.parametrize("page", ["/kvittering/", "/rapporter/fortsaet/"])
def test_guessing_codes_is_slowed(client: Client, page: str, narrow: None) -> None:
    assert [client.post(page, WRONG).status_code for _ in range(3)] == [400, 400, 429]
    assert client.get(page).status_code == 200


def test_sending_again_is_never_slowed(narrow: None) -> None:
    browser = new_browser()
    fill(browser, PROFESSIONAL_PATH)
    codes = {receipt_in(browser.post("/rapporter/fagperson/send/")) for _ in range(5)}
    assert len(codes) == 1
    assert Report.objects.count() == 1
