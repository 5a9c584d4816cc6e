"""Odd characters (NUL, emoji, right-to-left) are read or left out on both databases; none of them is an error."""

from datetime import datetime

import pytest
from tests.cases import answers, new_submission, reported
from tests.people import ANNA, who

from uth.actions import intake
from uth.queries import inbox, national, places, receipt

pytestmark = pytest.mark.django_db(databases=["default", "national"])

ODD = ["\0", "a\0b", "\ud800", "🩺 dosis", "\u202edosis", "%_\\'\"", "ﷺ" * 40]


@pytest.mark.parametrize("text", ODD)
def test_a_story_with_odd_characters_is_kept_as_it_can_be_read(text: str, now: datetime) -> None:
    case, _ = reported(at=now, story=f"Fald {text} ved sengen", profession=text[:90])
    assert case.report.story.startswith("Fald")
    assert "\0" not in case.report.story + case.report.profession


@pytest.mark.parametrize("text", ODD)
def test_a_search_with_odd_characters_finds_nothing_and_breaks_nothing(text: str, now: datetime) -> None:
    assert isinstance(inbox.cases(inbox.View.OPEN, by=who("Bo"), at=now, search=text).lines, tuple)
    assert isinstance(national.reports(by=who("Dorte"), at=now, search=text).lines, tuple)
    assert isinstance(places.search(text, on=now.date()), tuple)
    assert receipt.by_code(text, at=now) is None


@pytest.mark.parametrize("name", ["place", "municipality", "region", "transported_by"])
def test_a_key_with_a_nul_is_no_error_of_the_database(name: str, now: datetime) -> None:
    given = answers(**{"place": "", name: "\0"})
    receipt_given = intake.submit(given, submission=new_submission(), by=ANNA, at=now)
    assert receipt_given.code
