"""The case page tells the story and offers what the procedure allows; a refusal keeps what was typed."""

from datetime import UTC, datetime

import pytest
from tests.cases import case_at, reported
from tests.people import PEOPLE, who
from tests.web.desk import at_most, browser_of

from uth.actions import handling
from uth.law.procedure import STEPS
from uth.law.terms import Act, Role, State
from uth.records.cases import Case
from uth.web.handling import SLUG_OF

pytestmark = pytest.mark.django_db(databases=["default", "national"])

WHO = {"Bo": Role.INTAKE, "Carl": Role.HANDLER, "Rikke": Role.RISK_MANAGER}


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


def version_of(case: Case) -> int:
    case.refresh_from_db()
    return case.version


def test_the_case_page_tells_the_story_and_why_it_is_here(now: datetime) -> None:
    case, _ = reported(at=now, prevention="Lav et stop ved overflytning.")
    text = browser_of("Bo").get(f"/sager/{case.pk}/").text
    for words in (
        "Metoprolol",
        "Lav et stop ved overflytning.",
        "§ 4",
        "90 dage tilbage",
        case.routed_explanation,
    ):
        assert words in text


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", WHO)
def test_the_buttons_are_those_of_the_procedure(state: State, name: str, now: datetime) -> None:
    case = case_at(state, at=now)
    page = browser_of(name).get(f"/sager/{case.pk}/")
    if name == "Bo" and state in {State.CONCLUDED, State.APPROVED, State.FORWARDED}:
        assert page.status_code == 404
        return
    allowed = {act for (at, act), step in STEPS.items() if at is state and WHO[name] in step.by}
    assert {button.url for button in page.context["buttons"]} == {
        f"/sager/{case.pk}/{SLUG_OF[act]}/" for act in allowed
    }


def test_every_act_of_the_desk_has_a_page() -> None:
    reporters = {Act.REPLY}
    assert {act for _, act in STEPS} - reporters == set(SLUG_OF)


def test_bo_gives_the_case_to_carl(now: datetime) -> None:
    case, _ = reported(at=now)
    browser = browser_of("Bo")
    page = browser.get(f"/sager/{case.pk}/fordel/")
    assert "Carl" in page.text
    done = browser.post(
        f"/sager/{case.pk}/fordel/", {"handler": PEOPLE["Carl"], "version": version_of(case)}, follow=True
    )
    assert "Sagen er fordelt." in done.text
    assert "Sagsbehandler: Carl" in done.text


def test_a_case_cannot_be_given_to_a_stranger(now: datetime) -> None:
    case, _ = reported(at=now)
    page = browser_of("Bo").post(
        f"/sager/{case.pk}/fordel/", {"handler": PEOPLE["Kirsten"], "version": version_of(case)}
    )
    assert "Vælg en sagsbehandler fra listen." in page.text
    case.refresh_from_db()
    assert case.state == State.RECEIVED


def test_somebody_elses_change_is_told_and_the_text_is_kept(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    old = version_of(case)
    handling.ask(case.pk, text="Hvornår?", by=who("Rikke"), at=now)
    given = {"text": "Var det om natten?", "version": old}
    browser = browser_of("Carl")
    page = browser.post(f"/sager/{case.pk}/spoerg/", given)
    assert "En kollega har ændret sagen" in page.text
    assert "Var det om natten?" in page.text
    again = browser.post(f"/sager/{case.pk}/spoerg/", given | {"version": page.context["case"].version})
    assert again.status_code == 302


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_form_without_its_version_changes_nothing(version: str, now: datetime) -> None:
    case, _ = reported(at=now)
    page = browser_of("Bo").post(f"/sager/{case.pk}/fordel/", {"handler": PEOPLE["Carl"], "version": version})
    assert "En kollega har ændret sagen" in page.text


def test_an_act_that_is_over_is_explained_and_the_text_is_kept(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    browser = browser_of("Carl")
    moved = browser.get(f"/sager/{case.pk}/spoerg/", follow=True)
    assert "ikke muligt" in moved.text
    page = browser.post(
        f"/sager/{case.pk}/spoerg/", {"text": "Et spørgsmål til", "version": version_of(case)}
    )
    assert "ikke muligt" in page.text
    assert "Et spørgsmål til" in page.text


def test_a_full_case_page_asks_at_most_twelve_questions(now: datetime) -> None:
    from uth.actions.intake import DeviceAnswer, MedicineAnswer

    case = case_at(
        State.APPROVED,
        at=now,
        medicines=(MedicineAnswer(name="Metoprolol", strength="50 mg"),),
        devices=(DeviceAnswer(kind="Infusionspumpe"),),
        reporter_name="Anna Opdigtet",
        patient_name="Ellen Test Lauridsen",
    )
    handling.note(case.pk, text="Et notat.", by=who("Carl"), at=now)
    handling.answer(case.pk, text="Tak.", by=who("Carl"), at=now)
    browser = browser_of("Rikke")
    with at_most(12):
        page = browser.get(f"/sager/{case.pk}/")
    for words in ("Metoprolol 50 mg", "Infusionspumpe", "Et notat.", "Tak.", "Forkert dosis"):
        assert words in page.text
    assert "Ellen" not in page.text
