"""Guidance stands beside every field and step (§ 11), each text from its day, with next to no markup."""

from datetime import date

import pytest

from uth.law import guidance
from uth.law.guidance import SHELVES, Block, UnknownTopic, act_topic, blocks, shipped, topics
from uth.law.terms import Act

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("act", Act)
def test_par11_every_act_has_its_guidance(act: Act) -> None:
    assert act_topic(act) is not None, f"write a text for act.{act} in law/guidance.toml"


@pytest.mark.parametrize("topic", topics())
def test_every_text_can_be_read_and_says_where_it_stands(topic: str) -> None:
    text = shipped(topic, on=TODAY)
    assert text.stands
    assert text.shelf in SHELVES.values()
    assert 40 < len(text.text) < 1_000, "long enough to help, short enough to be read"
    assert all(len(block.paragraph) < 500 for block in blocks(text.text)), "make it two paragraphs"


def test_no_text_is_shipped_twice() -> None:
    words = [shipped(topic, on=TODAY).text for topic in topics()]
    assert len(set(words)) == len(words)


def test_no_topic_has_two_texts_from_the_same_day() -> None:
    for topic, wordings in guidance._book().items():
        days = [each.since for each in wordings]
        assert len(set(days)) == len(days), f"{topic}: give the newer text a later day, or take one away"


def test_a_text_is_shown_from_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    old = guidance.Shipped("act.assign", "Fordel", date(2026, 1, 1), "Den gamle.")
    new = guidance.Shipped("act.assign", "Fordel", date(2027, 1, 1), "Den nye.")
    monkeypatch.setattr(guidance, "_book", lambda: {"act.assign": (old, new)})
    assert shipped("act.assign", on=date(2026, 12, 31)) == old
    assert shipped("act.assign", on=date(2027, 1, 1)) == new
    assert shipped("act.assign", on=date(2020, 1, 1)) == old


def test_a_form_may_have_a_text_of_its_own_beside_a_shared_field() -> None:
    assert guidance.field_topic("patient", "story") == "patient.story"
    assert guidance.field_topic("patient", "place_text") == "report.place_text"
    assert guidance.field_topic("patient", "no_such_field") is None
    with pytest.raises(UnknownTopic):
        shipped("report.no_such_field", on=TODAY)


def test_blank_lines_make_paragraphs_and_dashes_make_points() -> None:
    assert blocks("Først dette.\nOg det.\n\nHusk:\n- brød\n- smør - og ost\r\n\r\nSlut.") == (
        Block(paragraph="Først dette. Og det."),
        Block(paragraph="Husk:"),
        Block(points=("brød", "smør - og ost")),
        Block(paragraph="Slut."),
    )
    assert blocks("  \n\n ") == ()
