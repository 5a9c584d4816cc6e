"""The collective message: counts by month and area, no unit, no day, and words only where a person has cleared them."""

import uuid
from typing import Any

import pytest
from tests.conftest import NOW

from uth.law.clean_text import CleanText
from uth.law.collective import CollectiveFacts, compose
from uth.law.shapes import MessageRefused
from uth.law.template import COLLECTIVE, read
from uth.law.terms import Section, Sector, TallyArea


def facts(**changes: Any) -> CollectiveFacts:
    given: dict[str, Any] = {
        "sector": Sector.MUNICIPAL,
        "area": TallyArea.FALL,
        "month": "2026-10",
        "received_month": "2026-11",
        "is_addition": False,
        "count": 7,
    }
    return CollectiveFacts(**given | changes)


def composed(comment: CleanText | None = None, **changes: Any) -> dict[str, Any]:
    return compose(
        message_id=str(uuid.uuid4()),
        report_ref=str(uuid.uuid4()),
        sender="0151",
        facts=facts(**changes),
        comment=comment,
    )


def test_a_count_is_read_as_it_was_written() -> None:
    words = CleanText.approved(Section.LEARNING, "Nye sko.", 0, NOW)
    message = read(composed(words, region="DK-84", forwarded_in_time=True))
    assert message.kind is COLLECTIVE
    assert (message.values["count"], message.values["area"]) == (7, TallyArea.FALL)
    assert message.values["comment"] == "Nye sko."


@pytest.mark.parametrize("count", [0, -1, 100_001])
def test_a_report_tells_something_and_takes_nothing_back(count: int) -> None:
    with pytest.raises(MessageRefused):
        composed(count=count)


def test_an_addition_may_take_back() -> None:
    assert composed(count=-2, is_addition=True)["count"] == -2
    with pytest.raises(MessageRefused):
        composed(count=0, is_addition=True)


@pytest.mark.parametrize(
    "change",
    [
        {"unit": "Solgangen"},
        {"month": "2026-10-05"},
        {"count": "7"},
        {"count": True},
        {"area": "kniv"},
        {"comment": "Ring til anna@opdigtet.invalid"},
        {"comment": "020191-9996 faldt"},
        {"comment": ""},
        {"region": "0201919996"},
    ],
)
def test_what_the_template_does_not_hold_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(MessageRefused):
        read(composed() | change)


def test_every_key_is_always_there() -> None:
    wire = composed()
    assert set(wire) == set(COLLECTIVE.keys)
    for key in wire:
        with pytest.raises(MessageRefused):
            read({name: value for name, value in wire.items() if name != key})
