"""The texts of a case share their cast (de medvirkende): one person is called the same in all of them."""

from datetime import datetime

import pytest
from tests.cases import case_at
from tests.people import who

from uth.actions import redaction
from uth.actions.redaction import Decision
from uth.law.terms import Section, State
from uth.records.cases import Case
from uth.records.redactions import Redaction

pytestmark = pytest.mark.django_db(databases=["default", "national"])
STORY = "Lauridsen gav dobbelt dosis. Jens Krogh så det dagen efter, og Lauridsen skrev det i journalen."
PREVENTION = "Sygeplejerske Mette Lauridsen foreslår, at Krogh læser ordinationen højt."


def clean(case: Case) -> dict[str, str]:
    return {row.section: row.clean_text for row in Redaction.objects.filter(case=case)}


def test_a_title_in_one_text_names_the_person_in_the_others(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, story=STORY, prevention=PREVENTION)
    told = clean(case)
    assert told[Section.PREVENTION].startswith("[sygeplejerske A] foreslår, at [person B]")
    assert told[Section.STORY].startswith("[sygeplejerske A] gav dobbelt dosis. [person B] så det")


def test_a_person_let_stand_in_one_text_lets_the_machine_write_the_others_anew(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, story=STORY, prevention=PREVENTION)
    row = Redaction.objects.get(case=case, section=Section.PREVENTION)
    text = PREVENTION
    kept = frozenset(i for i, f in enumerate(row.findings) if "Mette" not in text[f["start"] : f["end"]])
    redaction.revise(case.pk, decisions={Section.PREVENTION: Decision(kept)}, by=who("Carl"), at=now)
    told = clean(case)
    assert told[Section.PREVENTION].startswith("Sygeplejerske Mette Lauridsen foreslår")
    assert told[Section.STORY].startswith("[person A] gav dobbelt dosis. [person B] så det")


def test_a_text_written_by_hand_stays_when_another_is_decided(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now, story=STORY, prevention=PREVENTION)
    story = Redaction.objects.get(case=case, section=Section.STORY)
    by_hand = Decision(frozenset(range(len(story.findings))), clean="En kollega gav dobbelt dosis.")
    redaction.revise(case.pk, decisions={Section.STORY: by_hand}, by=who("Carl"), at=now)
    redaction.revise(case.pk, decisions={Section.PREVENTION: Decision(frozenset())}, by=who("Carl"), at=now)
    told = clean(case)
    assert told[Section.STORY] == "En kollega gav dobbelt dosis."
    assert told[Section.PREVENTION] == PREVENTION
