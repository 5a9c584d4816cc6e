"""The order's definitions (§ 2 and § 3, stk. 1) as a reporter meets them, a program sends them and a handler reads them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import takewhile
from typing import Any

import pytest
from django.test import Client
from tests.api.calls import post
from tests.cases import case_at, deliver, reported
from tests.web.desk import browser_of
from tests.web.forms import PATIENT_PATH, PROFESSIONAL_PATH, fill, new_browser

from uth.law.duty import explained
from uth.law.terms import (
    ActualHarm,
    DateQuality,
    DutyCriterion,
    EventKind,
    PossibleHarm,
    ReporterCategory,
    ReporterKind,
    RoleTowardsEvent,
    Sector,
    State,
    Term,
    TreatmentPhase,
)
from uth.records.national.models import NationalReport
from uth.records.reports import Report

pytestmark = pytest.mark.django_db(databases=["default", "national"])
AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
REPORT: dict[str, Any] = {
    "story": "Patienten fik dobbelt dosis.",
    "reporter_kind": "professional",
    "actual_harm": "mild",
    "place_text": "Et sted ved havet",
}
FAR_AWAY = {"place_text": "Et sted ved havet", "place": ""}


def question(form: str, step: str, **instead: dict[str, Any]) -> str:
    """The page of a step, with everything before it answered."""
    path: Mapping[str, dict[str, Any]] = PATIENT_PATH if form == "patient" else PROFESSIONAL_PATH
    browser = new_browser()
    before = dict(takewhile(lambda each: each[0] != step, path.items()))
    fill(browser, before | {name: told for name, told in instead.items() if name in before}, form)
    return browser.get(f"/rapporter/{form}/{step}/").text


def page_of(case_id: int) -> str:
    return browser_of("Bo").get(f"/sager/{case_id}/").text


# ── § 2, stk. 1 (R2) ──


@pytest.mark.parametrize(
    "address", ["/", "/hjaelp/", "/rapporter/fagperson/hvad-skete-der/", "/rapporter/patient/hvem-er-du/"]
)
def test_par2_1_the_definition_is_shown_to_every_reporter(address: str) -> None:
    page = Client().get(address).text
    for words in (
        "ikke skyldes patientens sygdom",
        "skadelig eller kunne have været det",
        "kendte og ukendte",
    ):
        assert words in page
    assert 'href="/skal-jeg-rapportere/"' in page


def test_par2_1_what_happened_and_what_could_have_happened_are_two_answers() -> None:
    case, _ = reported(
        at=AT, actual_harm=ActualHarm.NONE_OR_UNKNOWN, possible_harm=PossibleHarm.SERIOUS_OR_FATAL
    )
    page = page_of(case.pk)
    assert "Faktisk konsekvens" in page
    assert "Mulig konsekvens" in page
    assert ActualHarm.NONE_OR_UNKNOWN.danish.lower() in page
    assert PossibleHarm.SERIOUS_OR_FATAL.danish.lower() in page


@pytest.mark.parametrize(
    ("form", "step"), [("fagperson", "vaerste-fald"), ("patient", "kunne-det-vaere-vaerre")]
)
def test_k23_3_what_could_have_happened_is_asked_where_little_did(form: str, step: str) -> None:
    page = question(form, step)
    assert all(f'value="{each}"' in page for each in PossibleHarm)


# ── what each word of § 2 and § 3 is asked as, in which form ──

ASKED: list[tuple[str, str, type[Term], set[Term]]] = [
    ("fagperson", "behandling", TreatmentPhase, set()),
    ("patient", "behandling", TreatmentPhase, set()),
    ("fagperson", "om-dig", ReporterCategory, set()),
    ("fagperson", "om-dig", RoleTowardsEvent, set()),
    ("patient", "hvem-er-du", ReporterKind, {ReporterKind.PROFESSIONAL}),
    ("fagperson", "betydning", ActualHarm, set()),
    ("fagperson", "hvornaar", DateQuality, set()),
    ("patient", "hvornaar", DateQuality, set()),
]


@pytest.mark.parametrize(
    ("form", "step", "term", "but"), ASKED, ids=lambda each: getattr(each, "__name__", None)
)
def test_par2_every_word_of_the_closed_lists_is_offered(
    form: str, step: str, term: type[Term], but: set[Term]
) -> None:
    page = question(form, step)
    assert all(f'value="{each}"' in page for each in set(term) - but)


SENT: list[tuple[str, type[Term]]] = [
    ("treatment_phase", TreatmentPhase),
    ("reporter_category", ReporterCategory),
    ("reporter_kind", ReporterKind),
    ("role_towards_event", RoleTowardsEvent),
    ("event_kind", EventKind),
    ("sector", Sector),
    ("actual_harm", ActualHarm),
    ("possible_harm", PossibleHarm),
    ("event_date_quality", DateQuality),
]


@pytest.mark.parametrize(("name", "term"), SENT, ids=lambda each: each if isinstance(each, str) else "")
def test_par2_every_word_of_the_closed_lists_is_taken_from_a_program_and_no_other(
    name: str, term: type[Term]
) -> None:
    for each in term:
        assert post("reports", REPORT | {name: each.value}).status_code == 201, each
        assert getattr(Report.objects.latest("pk"), name) == each
    assert post("reports", REPORT | {name: "noget andet"}).status_code == 422


SHOWN: list[tuple[str, type[Term]]] = [
    ("treatment_phase", TreatmentPhase),
    ("reporter_category", ReporterCategory),
    ("role_towards_event", RoleTowardsEvent),
    ("event_kind", EventKind),
]


@pytest.mark.parametrize(("name", "term"), SHOWN, ids=lambda each: each if isinstance(each, str) else "")
def test_par2_what_was_answered_stands_on_the_case_in_danish(name: str, term: type[Term]) -> None:
    for each in term:
        case, _ = reported(at=AT, transported_by="DK-84", **{name: each})
        assert each.danish.lower() in page_of(case.pk).lower()


# ── § 2, stk. 2 (R3) ──


def test_par2_2_the_part_of_the_treatment_is_passed_on_as_a_code() -> None:
    case = case_at(State.FORWARDED, at=AT, treatment_phase=TreatmentPhase.REHABILITATION)
    deliver(case, at=AT)
    assert NationalReport.objects.get().treatment_phase == TreatmentPhase.REHABILITATION


def test_par2_2_one_who_does_not_know_the_part_of_the_treatment_goes_on() -> None:
    browser = new_browser()
    fill(browser, PROFESSIONAL_PATH | {"behandling": {"treatment_phase": ""}})
    browser.post("/rapporter/fagperson/send/")
    assert Report.objects.get().treatment_phase == ""


# ── § 2, stk. 3-7 (R4, R5) ──


def test_par2_7_whether_the_reporter_was_obliged_is_kept_and_stands_on_the_case() -> None:
    for on, category, expected in (
        (date(2020, 5, 1), ReporterCategory.AMBULANCE, DutyCriterion.OLD_RULES),
        (date(2020, 5, 1), ReporterCategory.OTHER_STAFF, DutyCriterion.NOT_OBLIGED),
        (date(2026, 3, 1), ReporterCategory.OTHER_STAFF, DutyCriterion.COULD_BE_SERIOUS),
    ):
        case, _ = reported(at=AT, aware_date=on, reporter_category=category)
        assert case.report.criterion == expected
        assert explained(expected, on) in page_of(case.pk)


# ── § 2, stk. 8 and 9 (R6, R7) ──


def test_par2_8_each_kind_of_prehospital_event_is_asked_where_it_may_have_been() -> None:
    page = question("fagperson", "situation", hvor=FAR_AWAY | {"place_unknown": "on"})
    assert all(f'value="{each}"' in page for each in EventKind)


def test_par2_9_supply_of_and_information_about_medicine_is_what_a_pharmacy_is_asked_of_first() -> None:
    at_a_pharmacy = PROFESSIONAL_PATH | {"hvor": FAR_AWAY}
    browser = new_browser()
    fill(browser, {name: at_a_pharmacy[name] for name in ("hvad-skete-der", "hvor")})
    fill(browser, {"hvor-cirka": {"sector": "pharmacy", "municipality": "0151"}})
    page = browser.get("/rapporter/fagperson/situation/").text
    assert "Ved udlevering af eller information om medicin" in page
    first = page.index('type="radio"')
    assert f'value="{EventKind.PHARMACY_SUPPLY}"' in page[first : first + 200]


# ── § 2, stk. 10 and 11 (R8, R9) ──


def test_par2_10_one_who_was_a_patient_once_is_asked_for_too() -> None:
    assert "Jeg er eller har været patient" in question("patient", "hvem-er-du")
    case, _ = reported(at=AT, reporter_kind=ReporterKind.PATIENT, event_date=date(1998, 3, 1))
    assert case.state == State.RECEIVED


def test_par2_11_a_relative_need_not_be_family() -> None:
    assert "En pårørende kan også være en ven eller nabo." in question("patient", "hvem-er-du")


# ── § 3, stk. 1 (R10) ──


def test_par3_1_the_day_it_happened_and_the_day_it_was_known_are_two() -> None:
    browser = new_browser()
    known = {"aware_date_day": "9", "aware_date_month": "3", "aware_date_year": "2026"}
    fill(browser, PROFESSIONAL_PATH | {"hvornaar": PROFESSIONAL_PATH["hvornaar"] | known})
    browser.post("/rapporter/fagperson/send/")
    report = Report.objects.select_related("case").get()
    assert (report.event_date, report.aware_date) == (date(2026, 3, 7), date(2026, 3, 9))
    assert report.role_towards_event == RoleTowardsEvent.DISCOVERED
    page = page_of(report.case.pk)
    assert "7. marts 2026" in page
    assert "9. marts 2026" in page
    assert "Først opdaget" in page


@pytest.mark.parametrize(
    ("quality", "words"), [(DateQuality.ESTIMATED, "(skønnet)"), (DateQuality.UNKNOWN, "Ikke oplyst")]
)
def test_par3_1_how_sure_the_day_is_stands_on_the_case(quality: DateQuality, words: str) -> None:
    day = date(2026, 3, 7) if quality is DateQuality.ESTIMATED else None
    case, _ = reported(at=AT, event_date=day, event_date_quality=quality)
    assert words in page_of(case.pk)


# ── sundhedsloven § 201 ──


@pytest.mark.parametrize("address", ["/", "/rapporter/fagperson/kontakt/"])
def test_sul201_the_protection_is_told_where_fear_arises_in_our_words(address: str) -> None:
    page = Client().get("/").text if address == "/" else question("fagperson", "kontakt")
    assert "må ikke indlede en disciplinærsag" in page
    assert "gengivet med vores ord" in page
    assert "straf" not in page.lower()
