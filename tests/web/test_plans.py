"""Requests and publications on the pages: asked for, answered, published and read, and what is refused keeps its words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cases import case_at, deliver
from tests.people import PEOPLE, who
from tests.plans import WORDS, answered, asked, pdf, published
from tests.web.desk import browser_of

from uth.actions import organisations, people
from uth.law.actor import SYSTEM
from uth.law.clock import danish_day
from uth.law.terms import Role, State
from uth.records.national.models import NationalReport, NationalRequest
from uth.records.outbox import Letter
from uth.records.plans import PlanAnswer, Publication

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


def due(now: datetime) -> dict[str, str]:
    day = danish_day(now) + timedelta(days=30)
    return {"due_on_day": str(day.day), "due_on_month": str(day.month), "due_on_year": str(day.year)}


def test_par9_1_dorte_asks_from_a_report_and_follows_what_becomes_of_it(now: datetime) -> None:
    deliver(case_at(State.FORWARDED, at=now), at=now)
    number = NationalReport.objects.get().pk
    dorte = browser_of("Dorte")
    assert f"/nationalt/anmodninger/ny/?rapport={number}" in dorte.get(f"/nationalt/{number}/").text
    asked_page = dorte.post(
        f"/nationalt/anmodninger/ny/?rapport={number}",
        {"wanted": "action_plan", "text": "Hvad gør I ved det?", **due(now)},
        follow=True,
    )
    assert "Handleplan" in asked_page.text
    assert "Ikke hentet endnu" in asked_page.text
    assert NationalRequest.objects.get().case_ref == NationalReport.objects.get().case_ref
    assert "Handleplan" in dorte.get("/nationalt/anmodninger/").text


def test_a_theme_without_authority_or_words_is_refused_at_its_field(now: datetime) -> None:
    page = browser_of("Dorte").post("/nationalt/anmodninger/ny/", {"theme": "Fald om natten", **due(now)})
    assert page.status_code == 400
    for sentence in ("Vælg en myndighed.", "Vælg, hvad I beder om.", "Skriv, hvad I beder om."):
        assert sentence in page.text
    assert "Fald om natten" in page.text


def test_a_request_can_be_withdrawn_until_it_is_answered(now: datetime) -> None:
    request = asked(at=now)
    number = NationalRequest.objects.get(ref=request.ref).pk
    dorte = browser_of("Dorte")
    answered(request, at=now)
    refused = dorte.post(f"/nationalt/anmodninger/{number}/traek-tilbage/", follow=True)
    assert "allerede svaret" in refused.text
    assert NationalRequest.objects.get().withdrawn_at is None


def test_par9_1_rikke_answers_in_words_and_with_a_pdf(now: datetime) -> None:
    request = asked(at=now)
    rikke = browser_of("Rikke")
    assert "Hvorfor sker det" in rikke.get(f"/anmodninger/{request.pk}/").text
    given = {"text": WORDS, "confirmed": "on", "document": SimpleUploadedFile("plan.pdf", pdf())}
    page = rikke.post(f"/anmodninger/{request.pk}/", given, follow=True)
    assert "Svaret er sendt" in page.text
    answer = PlanAnswer.objects.get()
    shown = rikke.get(f"/anmodninger/{request.pk}/svar/{answer.pk}/")
    assert shown.content.startswith(b"%PDF-")
    assert "sandbox" in shown["Content-Security-Policy"]
    assert Letter.objects.get(body__kind="answer").document == answer.document_id


def test_a_name_in_an_answer_is_pointed_at_and_asks_for_a_second_look(now: datetime) -> None:
    request = asked(at=now)
    rikke = browser_of("Rikke")
    given = {"text": "Mette Sørensen gav dosis to gange.", "confirmed": "on"}
    page = rikke.post(f"/anmodninger/{request.pk}/", given)
    assert page.status_code == 400
    assert "personoplysninger?" in page.text
    assert "Mette Sørensen gav dosis to gange." in page.text
    assert 'type="checkbox" name="overruled"' in page.text
    assert not PlanAnswer.objects.exists()
    assert rikke.post(f"/anmodninger/{request.pk}/", given | {"overruled": "on"}).status_code == 302


def test_par9_2_a_report_is_published_and_read_by_anybody(now: datetime, client: Client) -> None:
    given = {"kind": "theme", "title": "Fald om natten", "year": "2025", "text": WORDS, "confirmed": "on"}
    assert (
        "I udgiver for <strong>Region Hovedstaden</strong>" in browser_of("Rikke").get("/udgivelser/ny/").text
    )
    page = browser_of("Rikke").post("/udgivelser/ny/", given, follow=True)
    assert "er udgivet og på vej" in page.text
    number = Publication.objects.get().pk
    assert "Fald om natten" in client.get("/udgivelser/").text
    assert WORDS in client.get(f"/udgivelser/{number}/").text
    assert client.get(f"/udgivelser/{number}/pdf/").status_code == 404
    assert Letter.objects.filter(body__kind="publication").exists()


def test_par9_2_the_national_level_reads_what_was_published(now: datetime) -> None:
    published(at=now)
    dorte = browser_of("Dorte")
    page = dorte.get("/nationalt/udgivelser/")
    assert "Årsrapport om utilsigtede hændelser" in page.text
    number = page.context["rows"][0].id
    assert WORDS in dorte.get(f"/nationalt/udgivelser/{number}/").text
    assert dorte.get(f"/nationalt/udgivelser/{number}/pdf/").content.startswith(b"%PDF-")


def test_a_refused_publication_keeps_what_was_typed(now: datetime) -> None:
    given = {"kind": "annual", "title": "Årsrapport", "year": "2025", "text": WORDS}
    page = browser_of("Rikke").post("/udgivelser/ny/", given)
    assert page.status_code == 400
    assert "Læs det hele igennem" in page.text
    assert WORDS in page.text


def test_par9_2_one_who_works_for_two_authorities_says_which_publishes(now: datetime) -> None:
    people.grant(user_id=PEOPLE["Rikke"], organisation="0151", role=Role.RISK_MANAGER, by=SYSTEM, at=now)
    rikke = browser_of("Rikke")
    given = {"kind": "theme", "title": "Fald om natten", "year": "2025", "text": WORDS, "confirmed": "on"}
    page = rikke.post("/udgivelser/ny/", given)
    assert page.status_code == 400
    assert "Vælg, hvem der udgiver." in page.text
    assert rikke.post("/udgivelser/ny/", given | {"organisation": "0151"}).status_code == 302
    assert Publication.objects.get().organisation.key == "0151"


def test_par9_2_a_risk_manager_of_a_part_reads_whom_to_ask(now: datetime) -> None:
    part = organisations.add_part(below="DK-84", name="Nordhospitalet", by=who("Adam"), at=now)
    people.grant(user_id=PEOPLE["Erik"], organisation=part, role=Role.RISK_MANAGER, by=SYSTEM, at=now)
    page = browser_of("Erik").get("/udgivelser/ny/")
    assert page.status_code == 403
    assert "Bed en risikomanager" in page.text
