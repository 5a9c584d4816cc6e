"""When the machine cannot read a text, nothing is concluded, kept or approved, and the person gets a plain sentence."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.cases import case_at
from tests.people import who
from tests.web.desk import browser_of
from tests.web.test_redaction import as_shown, story_of, url_of

from uth.actions import handling, looking, redaction
from uth.deid import tagger
from uth.law.terms import ActualHarm, PossibleHarm, Section, State
from uth.records.cases import Case

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


def ready(now: datetime) -> Case:
    case = case_at(State.IN_PROGRESS, at=now)
    handling.classify(
        case.pk,
        codes=["medication.wrong_dose.ordering"],
        actual=ActualHarm.MILD,
        possible=PossibleHarm.SERIOUS_OR_FATAL,
        by=who("Carl"),
        at=now,
    )
    case.refresh_from_db()
    return case


CONCLUSION = {"conclusion": "Ordinationen stod to gange.", "learning": "To ser nu efter."}


def test_a_case_is_not_concluded_by_a_machine_that_cannot_read(now: datetime, request: Any) -> None:
    case = ready(now)
    request.getfixturevalue("model_is_gone")
    given = CONCLUSION | {"version": str(case.version)}
    page = browser_of("Carl").post(f"/sager/{case.pk}/afslut/", given)
    assert page.status_code == 503
    assert "Anonymiseringen kan ikke læse teksten lige nu" in page.text
    assert all(typed in page.text for typed in CONCLUSION.values())
    case.refresh_from_db()
    assert case.state == State.IN_PROGRESS
    assert not case.conclusion


def test_what_was_decided_on_the_page_stands_there_still(now: datetime, request: Any) -> None:
    case = case_at(State.CONCLUDED, at=now)
    before = story_of(case).clean_text
    given = as_shown(case, **{"story-skjul-0": "Patienten", "gem": "1"})
    request.getfixturevalue("model_is_gone")
    page = browser_of("Carl").post(url_of(case), given)
    assert page.status_code == 503
    assert "Anonymiseringen kan ikke læse teksten lige nu" in page.text
    assert 'value="Patienten"' in page.text
    assert story_of(case).clean_text == before


def test_a_reading_that_takes_too_long_clears_nothing(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> None:
        raise tagger.TaggerTooSlow

    case = case_at(State.CONCLUDED, at=now)
    monkeypatch.setattr(looking.second, "leaks", slow)
    kept = redaction.Decision(kept=frozenset(), clean="Ny tekst.")
    with pytest.raises(looking.Unread, match="redaction") as refused:
        redaction.revise(case.pk, decisions={Section.STORY: kept}, by=who("Carl"), at=now)
    assert "nåede ikke" in refused.value.problems["redaction"]
