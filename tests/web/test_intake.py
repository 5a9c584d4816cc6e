"""Reporting (rapportering) without log-in: nothing typed is lost, nothing is sent twice, nothing leaks."""

import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.web.forms import PATIENT_PATH, PROFESSIONAL_PATH, fill, new_browser, receipt_in

from uth.records.cases import Case
from uth.records.reports import Draft, Report
from uth.records.vault import PatientIdentity, ReporterIdentity

pytestmark = pytest.mark.django_db(databases=["default", "national"])
SEND = "/rapporter/fagperson/send/"
HEIR = ("oestdanmark", "Region Østdanmark")  # the pages read the clock themselves, also after 1 January 2027


@pytest.fixture
def browser() -> Client:
    return new_browser()


def test_a_professional_reports_and_gets_a_receipt(browser: Client) -> None:
    fill(browser, PROFESSIONAL_PATH)
    answer = browser.post(SEND)
    assert answer.status_code == 200
    assert answer["Cache-Control"].count("no-store")
    case = Case.objects.select_related("report", "organisation").get()
    receiver = ("DK-84", "Region Hovedstaden") if case.received_on.year < 2027 else HEIR
    assert (case.organisation.key, case.organisation.name) == receiver
    assert case.report.story == PROFESSIONAL_PATH["hvad-skete-der"]["story"]
    assert case.report.place is not None
    assert case.report.place.key == "birkelsoe-med"
    assert receiver[1] in answer.text
    assert len(receipt_in(answer)) == 41


def test_a_patient_reports_and_gets_a_receipt(browser: Client) -> None:
    fill(browser, PATIENT_PATH, form="patient")
    answer = browser.post("/rapporter/patient/send/")
    assert answer.status_code == 200
    report = Report.objects.get()
    assert report.reporter_kind == "patient"
    assert Case.objects.get().organisation.key == "0151"  # the kommune that was chosen
    assert PatientIdentity.objects.get(report=report).open()["name"] == "Test Opdigtet"
    assert not ReporterIdentity.objects.exists()


def test_pressing_send_twice_makes_one_report_and_the_same_receipt(browser: Client) -> None:
    fill(browser, PROFESSIONAL_PATH)
    first, second = browser.post(SEND), browser.post(SEND)
    assert receipt_in(first) == receipt_in(second)
    assert Report.objects.count() == 1


def test_the_code_is_in_no_address_and_no_log_line(browser: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fill(browser, PROFESSIONAL_PATH)
    answer = browser.post(SEND)
    code = receipt_in(answer)
    browser.post("/kvittering/", {"code": code})
    assert code not in caplog.text
    assert all(code not in address for address in re.findall(r'(?:href|action|src)="([^"]*)"', answer.text))


def test_another_browser_goes_on_with_the_code(browser: Client) -> None:
    first = dict(list(PROFESSIONAL_PATH.items())[:1])
    fill(browser, first)
    code = browser.cookies["kladde"].value
    assert code in browser.get("/rapporter/kladde/").text
    other = new_browser()
    answer = other.post("/rapporter/fortsaet/", {"code": code.upper().replace("-", " ")}, follow=True)
    assert answer.redirect_chain[-1][0] == "/rapporter/fagperson/hvor/"
    assert first["hvad-skete-der"]["story"] in other.get("/rapporter/fagperson/hvad-skete-der/").text


def test_without_the_code_neither_text_nor_place_can_be_read(browser: Client) -> None:
    fill(browser, dict(list(PROFESSIONAL_PATH.items())[:2]))
    row = Draft.objects.get()
    kept = bytes(row.sealed) + str(vars(row)).encode()
    for secret in ("dobbelt", "Birkels", "birkelsoe", browser.cookies["kladde"].value):
        assert secret.encode() not in kept
    stranger = new_browser().get("/rapporter/fagperson/hvad-skete-der/")
    assert "dobbelt" not in stranger.text
    assert new_browser().post("/rapporter/fortsaet/", {"code": "bababa-bababa"}).status_code == 400


def test_what_cannot_be_taken_is_kept_and_said(browser: Client) -> None:
    answer = browser.post(
        "/rapporter/fagperson/hvad-skete-der/", {"story": "", "headline": "Kun en overskrift"}
    )
    assert answer.status_code == 400
    assert "Fortæl med dine egne ord, hvad der skete." in answer.text
    assert 'href="#id_story"' in answer.text
    assert "Kun en overskrift" in browser.get("/rapporter/fagperson/hvad-skete-der/").text


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("hvad-skete-der", {"story": "æ" * 20_000}, "højst fylde 15.000 tegn"),
    ("hvad-skete-der", {"story": "x" * 1_000_000}, "for lang til at blive gemt"),
    ("hvad-skete-der", {"story": "\0\0"}, "Fortæl med dine egne ord"),
    ("hvor", {}, "Skriv, hvor det skete"),
    ("hvor", {"place_text": "B2"}, "Vælg det rigtige sted"),
    ("situation", {"event_kind": "moonlight"}, "Vælg et af dem"),
    ("hvornaar", {"event_date_quality": "known"}, "Skriv datoen"),
    ("hvornaar", {"event_date_quality": "known", "event_date_day": "31", "event_date_month": "2", "event_date_year": "2026"}, "findes ikke"),
    ("hvornaar", {"event_date_quality": "known", "event_date_day": "1", "event_date_month": "1", "event_date_year": "2999"}, "fremtiden"),
    ("hvornaar", {"event_date_quality": "known", "event_date_day": "1", "event_date_month": "1", "event_date_year": "1066"}, "for langt tilbage"),
    ("hvornaar", {"event_date_quality": "known", "event_date_day": "", "event_date_month": "1", "event_date_year": "2026"}, "både dag, måned og år"),
    ("hvornaar", {"event_date_quality": "unknown", "event_time": "25.99"}, "14.30"),
    ("betydning", {}, "Vælg, hvilken betydning"),
    ("om-dig", {}, "Vælg, hvordan du kender"),
    ("patienten", {"patient_cpr": "123"}, "skal have 10 tegn"),
    ("kontakt", {"contact": "contact"}, "Skriv navn, e-mail eller telefon"),
    ("kontakt", {"contact": "contact", "reporter_email": "ikke en adresse"}, "ser ikke rigtig ud"),
    ("kontakt", {}, "anonym"),
]  # fmt: skip


@pytest.mark.parametrize(("step", "typed", "sentence"), BAD)
def test_bad_input_gets_a_sentence(browser: Client, step: str, typed: dict[str, Any], sentence: str) -> None:
    fill(browser, PROFESSIONAL_PATH)
    answer = browser.post(f"/rapporter/fagperson/{step}/", typed)
    assert answer.status_code == 400
    assert sentence in answer.text


@pytest.mark.parametrize(
    "story", ["🤕 slemt", "قلم \u202e baglæns", "a\0b", "<script>alert(1)</script>", "\r\n\r\nlinjer"]
)
def test_unusual_writing_is_taken_as_it_is(browser: Client, story: str) -> None:
    fill(browser, PROFESSIONAL_PATH | {"hvad-skete-der": {"story": story}})
    assert browser.post(SEND).status_code == 200
    assert "\0" not in Report.objects.get().story
    assert "<script>alert" not in browser.get("/rapporter/fagperson/opsummering/").text


def test_a_refused_submission_leaves_nothing(browser: Client) -> None:
    fill(browser, dict(list(PROFESSIONAL_PATH.items())[:2]))
    answer = browser.post(SEND)
    assert answer.status_code == 400
    assert "Vælg, hvilken betydning det fik for patienten." in answer.text
    assert not Report.objects.exists()
    assert Draft.objects.exists()


def test_the_draft_is_gone_at_the_next_visit_and_not_before(browser: Client) -> None:
    fill(browser, PROFESSIONAL_PATH)
    code = receipt_in(browser.post(SEND))
    again = browser.get("/rapporter/fagperson/opsummering/")
    assert "Rapporten er sendt" in again.text
    assert code not in again.text
    assert receipt_in(browser.post(SEND)) == code
    browser.get("/rapporter/fagperson/")
    assert not Draft.objects.exists()


def test_the_next_at_a_shared_computer_is_not_shown_the_receipt(browser: Client) -> None:
    fill(browser, PROFESSIONAL_PATH)
    code = receipt_in(browser.post(SEND))
    Draft.objects.update(saved_at=datetime.now(UTC) - timedelta(minutes=16))
    for answer in (
        browser.post(SEND, follow=True),
        browser.get("/rapporter/fagperson/opsummering/", follow=True),
    ):
        assert code not in answer.text
        assert "Vis kvitteringen igen" not in answer.text


def autofill_of(browser: Client, address: str) -> list[str]:
    """What the browser may fill in on the page about contact."""
    page = browser.get(address, follow=True).text
    assert 'name="reporter_email"' in page
    tags = re.findall(r'<input[^>]*name="reporter_(?:name|email|phone)"[^>]*>', page)
    return [found[1] for tag in tags if (found := re.search(r'autocomplete="([^"]*)"', tag))]


def test_a_shared_computer_suggests_no_colleague_and_ones_own_may(browser: Client) -> None:
    fill(browser, PROFESSIONAL_PATH)
    page = "/rapporter/fagperson/kontakt/"
    assert autofill_of(browser, page) == ["off", "off", "off"]
    assert "?egen=1" in browser.get(page).text
    assert autofill_of(browser, page + "?egen=1") == ["name", "email", "tel"]
    patient = new_browser()
    fill(patient, PATIENT_PATH, form="patient")
    assert autofill_of(patient, "/rapporter/patient/kontakt/") == ["name", "email", "tel"]


def test_a_sent_draft_holds_nothing_of_the_story(browser: Client) -> None:
    from uth.queries.drafts import by_code

    fill(browser, PROFESSIONAL_PATH)
    browser.post(SEND)
    kept = by_code(browser.cookies["kladde"].value, at=Draft.objects.get().saved_at)
    assert kept is not None
    assert kept.told == {}


def test_autosave_keeps_half_a_word(browser: Client) -> None:
    answer = browser.post("/rapporter/fagperson/hvad-skete-der/gem/", {"story": "Patienten fal"})
    assert answer.status_code == 204
    assert "Patienten fal" in browser.get("/rapporter/fagperson/hvad-skete-der/").text


def test_two_tabs_do_not_overwrite_each_other(browser: Client) -> None:
    fill(browser, PROFESSIONAL_PATH)
    browser.post("/rapporter/fagperson/laering/gem/", {"prevention": "Et rødt skilt"})
    browser.post("/rapporter/fagperson/medicin-og-udstyr/gem/", {"with_device": "on"})
    assert "Et rødt skilt" in browser.get("/rapporter/fagperson/opsummering/").text


def test_leaving_the_draft_hides_it_from_the_next_at_the_computer(browser: Client) -> None:
    fill(browser, PROFESSIONAL_PATH)
    browser.post("/rapporter/kladde/laeg/")
    assert "dobbelt" not in browser.get("/rapporter/fagperson/hvad-skete-der/").text
    assert Draft.objects.count() == 1


def test_several_medicines_can_be_told_without_javascript(browser: Client) -> None:
    fill(browser, PROFESSIONAL_PATH | {"medicin-og-udstyr": {"with_medicine": "on"}})
    page = "/rapporter/fagperson/medicin/"
    row = {"medicines_rows": "1", "medicines_0_name": "Metoprolol", "medicines_0_strength": "50 mg"}
    assert browser.post(page, row | {"_go": "row"}).status_code == 302
    assert "medicines_1_name" in browser.get(page).text
    browser.post(page, row | {"medicines_rows": "2", "medicines_1_name": "Morfin"})
    browser.post(SEND)
    assert [m.name for m in Report.objects.get().medicines.order_by("pk")] == ["Metoprolol", "Morfin"]


def test_a_typed_place_is_chosen_from_a_list_without_javascript(browser: Client) -> None:
    page = "/rapporter/fagperson/hvor/"
    fill(browser, dict(list(PROFESSIONAL_PATH.items())[:1]))
    answer = browser.post(page, {"place_text": "B2"})
    assert "Er det et af disse steder?" in answer.text
    browser.post(page, {"place_text": "B2", "place_which": "birkelsoe-med"})
    assert "Medicinsk afdeling B2" in browser.get("/rapporter/fagperson/opsummering/").text


@pytest.mark.parametrize("slug", ["fagperson", "patient"])
def test_no_page_of_the_form_asks_the_database_too_much(
    slug: str, django_assert_max_num_queries: Any
) -> None:
    path = {"fagperson": PROFESSIONAL_PATH, "patient": PATIENT_PATH}[slug]
    browser = new_browser()
    fill(browser, path, form=slug)
    for step in [*path, "opsummering"]:
        with django_assert_max_num_queries(10):
            assert browser.get(f"/rapporter/{slug}/{step}/").status_code == 200


def test_the_summary_asks_about_a_cpr_number_in_the_story_and_stops_nobody(browser: Client) -> None:
    story = {"story": "Patienten 010290-0000 faldt. Ring på 23 45 67 89."}
    fill(browser, PROFESSIONAL_PATH | {"hvad-skete-der": story})
    page = browser.get("/rapporter/fagperson/opsummering/")
    assert "et CPR-nummer og et telefonnummer" in page.text
    assert browser.post(SEND).status_code == 200
