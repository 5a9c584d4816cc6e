"""The case page tells the story and offers what the procedure allows; a refusal keeps what was typed."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.cases import case_at, deliver, reported
from tests.people import PEOPLE, who
from tests.web.desk import at_most, browser_of

from uth.actions import handling
from uth.law.procedure import STEPS
from uth.law.terms import Act, Role, State
from uth.records.cases import Case
from uth.records.models import AuditLine
from uth.records.people import Membership
from uth.web.case_words import LOOKS
from uth.web.handling import ELSEWHERE, SLUG_OF

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
        f"/sager/{case.pk}/{SLUG_OF[act]}/" for act in allowed - ELSEWHERE
    }
    assert ("/notat/" in page.text) == (Act.NOTE in allowed)  # what is elsewhere has its box on the page


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
    from uth.actions.intake import DeviceAnswer, InvolvedAnswer, MedicineAnswer

    case = case_at(
        State.APPROVED,
        at=now,
        medicines=(MedicineAnswer(name="Metoprolol", strength="50 mg"),),
        devices=(DeviceAnswer(kind="Infusionspumpe"),),
        involved=(InvolvedAnswer(role="before", place_text="Ambulancen"),),
        reporter_name="Anna Opdigtet",
        patient_name="Ellen Test Lauridsen",
    )
    handling.note(case.pk, text="Et notat.", by=who("Carl"), at=now)
    handling.answer(case.pk, text="Tak.", by=who("Carl"), at=now)
    browser = browser_of("Rikke")
    with at_most(12):
        page = browser.get(f"/sager/{case.pk}/")
    for words in ("Metoprolol 50 mg", "Infusionspumpe", "Ambulancen", "Et notat.", "Tak.", "Forkert dosis"):
        assert words in page.text
    assert "Ellen" not in page.text


def test_classification_goes_from_the_whole_to_the_part(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    browser = browser_of("Carl")
    url = f"/sager/{case.pk}/klassificer/"
    first = browser.post(
        url,
        {"actual": "none_or_unknown", "possible": "mild", "version": version_of(case), "tilfoej": "1"},
        follow=True,
    )
    assert "Hvad handlede hændelsen om?" in first.text
    assert "Ikke officiel" in first.text
    assert "Borgeren fik aftenmedicinen to gange." in first.text
    second = browser.get(f"{url}type/", {"gruppe": "medication"})
    assert second.text.index("Forkert dosis") < second.text.index("Glemt i patienten")
    given = {"problem": "wrong_dose", "proces": "ordering", "version": version_of(case)}
    done = browser.post(f"{url}type/?gruppe=medication", given, follow=True)
    assert "Forkert dosis › Ordination" in done.text
    case.refresh_from_db()
    assert case.severity == "no_consequence"


def test_a_process_without_a_problem_is_refused_and_kept(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    page = browser_of("Carl").post(
        f"/sager/{case.pk}/klassificer/type/?gruppe=medication",
        {"proces": "ordering", "version": version_of(case)},
    )
    assert "Vælg også, hvad der gik galt" in page.text
    assert (
        'value="ordering" checked' in page.text.replace('"  checked', '" checked') or "checked" in page.text
    )


def test_severity_is_decided_by_hand_where_the_table_is_silent(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    given = {"actual": "mild", "possible": "", "decided": "serious_risk", "version": version_of(case)}
    browser_of("Carl").post(f"/sager/{case.pk}/klassificer/", given)
    case.refresh_from_db()
    assert case.severity == "serious_risk"


def test_a_rejection_needs_a_reason_and_words_for_the_reporter(now: datetime) -> None:
    case, _ = reported(at=now)
    page = browser_of("Bo").post(f"/sager/{case.pk}/afvis/", {"reason": "test", "version": version_of(case)})
    assert "Skriv en begrundelse, som rapportøren kan læse." in page.text
    assert "checked" in page.text


def test_a_role_that_has_ended_is_gone_at_the_next_look(now: datetime) -> None:
    case, _ = reported(at=now)
    browser = browser_of("Bo")
    assert browser.get(f"/sager/{case.pk}/").status_code == 200
    Membership.objects.filter(user=PEOPLE["Bo"]).update(until=now.date() - timedelta(days=1))
    assert browser.get(f"/sager/{case.pk}/").status_code == 404


def test_a_transferred_case_leaves_sight_but_keeps_its_clock(now: datetime) -> None:
    case, _ = reported(at=now)
    browser = browser_of("Bo")
    browser.get(f"/sager/{case.pk}/overdrag/")  # the texts beside the fields are kept from the first look
    with at_most(12):
        assert "Fristen løber videre" in browser.get(f"/sager/{case.pk}/overdrag/").text
    given = {"to": "0151", "reason": "Skete på et plejehjem.", "version": version_of(case)}
    done = browser.post(f"/sager/{case.pk}/overdrag/", given, follow=True)
    assert done.redirect_chain[-1][0] == "/sager/"
    assert browser.get(f"/sager/{case.pk}/").status_code == 404
    assert "90 dage tilbage" in browser_of("Kirsten").get(f"/sager/{case.pk}/").text


def test_concluding_without_a_type_says_what_to_do(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    given = {"conclusion": "Vi ved hvorfor.", "decided": "mild", "version": version_of(case)}
    page = browser_of("Carl").post(f"/sager/{case.pk}/afslut/", given)
    assert "Vælg mindst én type" in page.text
    assert "Vi ved hvorfor." in page.text


def test_an_identity_is_shown_once_for_a_purpose_and_leaves_a_line(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now, patient_name="Ellen Test Lauridsen", patient_cpr="0201919996")
    carl = browser_of("Carl")
    url = f"/sager/{case.pk}/identitet/patient/"
    assert "Ellen" not in carl.get(url).text
    assert "Vælg, hvad du skal bruge" in carl.post(url, {}).text
    shown = carl.post(url, {"formaal": "find_record"})
    assert "Ellen Test Lauridsen" in shown.text
    assert "no-store" in shown["Cache-Control"]
    log = browser_of("Rikke").get(f"/sager/{case.pk}/adgangslog/").text
    assert "Åbnede patientens identitet: slå patientens journal op" in log
    assert "Carl" in log
    assert "Ellen" not in log


def test_an_initial_receiver_has_no_purpose_of_analysis(now: datetime) -> None:
    case, _ = reported(at=now, patient_name="Ellen Test Lauridsen")
    url = f"/sager/{case.pk}/identitet/patient/"
    page = browser_of("Bo").post(url, {"formaal": "find_record"})
    assert "Ellen" not in page.text
    assert browser_of("Bo").get(f"/sager/{case.pk}/identitet/rapportoer/").status_code == 404


def test_every_line_of_a_cases_log_is_said_in_danish(now: datetime) -> None:
    case = case_at(
        State.FORWARDED, at=now, patient_name="Ellen Test Lauridsen", reporter_name="Anna Opdigtet"
    )
    handling.answer(case.pk, text="Tak.", by=who("Carl"), at=now)
    handling.close_dialogue(case.pk, by=who("Carl"), at=now)
    deliver(case, at=now)
    browser_of("Carl").get(f"/sager/{case.pk}/")
    assert set(AuditLine.objects.filter(case=case.pk).values_list("word", flat=True)) <= set(LOOKS)


def test_a_closed_dialogue_is_told_and_offers_no_reply(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now)
    browser_of("Carl").post(f"/sager/{case.pk}/luk-dialog/", {"version": version_of(case)})
    page = browser_of("Carl").get(f"/sager/{case.pk}/")
    assert "Dialogen blev lukket" in page.text
    assert "luk-dialog" not in page.text
    assert "Skriv en besked til rapportøren" not in page.text
    late = browser_of("Carl").get(f"/sager/{case.pk}/svar/", follow=True)
    assert "ikke muligt længere: dialogen er lukket" in late.text
