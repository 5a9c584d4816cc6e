"""A redacted text counts its days from the day of the event, where the reporter is sure of it (dag 0)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.cases import case_at
from tests.web.test_redaction import story_of

from uth.law.terms import DateQuality, State

pytestmark = pytest.mark.django_db(databases=["default", "national"])

STORY = "Patienten faldt, men det blev først opdaget d. 12. oktober 2026, da datteren kom på besøg."
EVENT = {"story": STORY, "event_date": date(2026, 10, 10), "aware_date": date(2026, 10, 12)}


def clean(**changes: Any) -> str:
    return story_of(
        case_at(State.CONCLUDED, at=datetime(2026, 11, 20, 9, tzinfo=UTC), **EVENT, **changes)
    ).clean_text


def test_a_day_is_told_by_its_distance_from_the_event() -> None:
    assert "opdaget [2 dage senere]" in clean(event_date_quality=DateQuality.KNOWN)


def test_where_the_day_is_an_estimate_the_first_date_of_the_text_is_day_zero() -> None:
    assert "opdaget [dag 0]" in clean(event_date_quality=DateQuality.ESTIMATED)
