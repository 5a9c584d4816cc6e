"""Should I report? asks at most five questions, keeps nothing, and always leads to the form."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from django.test import Client

from uth.law import problems
from uth.law.terms import ReporterCategory, ReporterKind, Sector
from uth.records.reports import Draft
from uth.web.should_i_report import MOST, TABLE, pages

pytestmark = pytest.mark.django_db(databases=["default", "national"])
ADDRESS = "/skal-jeg-rapportere/"
TODAY = date(2026, 5, 1)


def day(text: str) -> dict[str, str]:
    year, month, day_ = text.split("-")
    return {"day_day": day_, "day_month": month, "day_year": year}


def ask(at: str, **told: str) -> Any:
    return Client().post(ADDRESS, told | {"_at": at})


def test_a_professional_is_told_the_criterion_and_its_source() -> None:
    told = {"kind": "professional", **day("2024-5-1"), "serious": "no", "could_be_serious": "yes"}
    answer = ask("kunne", **told).text
    assert "Ja, du har pligt til at rapportere" in answer
    assert "kunne have medført alvorlige eller dødelige konsekvenser" in answer
    assert "STPS 26/6/2023" in answer
    assert 'href="/rapporter/fagperson/"' in answer


def test_par2_3_to_6_before_the_reform_the_list_is_not_known_and_the_form_is_open() -> None:
    answer = ask(
        "sektor", kind="professional", **day("2020-5-1"), category="authorised", sector="municipal"
    ).text
    assert "kendes ikke her; du må altid rapportere" in answer
    assert "Det har vi ikke kunnet efterprøve" in answer
    assert 'href="/rapporter/fagperson/"' in answer


def test_par5_a_patient_is_asked_two_questions_and_told_of_the_right() -> None:
    answer = ask("hvornaar", kind="patient", **day("2009-5-1")).text
    assert "Du har ret til at rapportere, men ikke pligt" in answer
    assert "kom først 1. september 2011" in answer
    assert 'href="/rapporter/patient/"' in answer
    assert "disciplinærsag" not in answer


def test_sul201_a_professional_is_told_of_the_protection_in_our_words_and_nothing_of_punishment() -> None:
    told = {"kind": "professional", **day("2024-5-1"), "serious": "yes"}
    answer = ask("alvorligt", **told).text
    assert "må ikke indlede en disciplinærsag" in answer
    assert "gengivet med vores ord" in answer
    assert "straf" not in answer.lower()


@pytest.mark.parametrize("place", ["laegemiddelstyrelsen.dk", "stpk.dk", "pebl.dk"])
def test_side_effects_complaints_and_compensation_have_their_own_places(place: str) -> None:
    assert place in ask("hvornaar", kind="relative", **day("2020-5-1")).text
    assert place in Client().get("/").text


def test_a_page_not_answered_is_asked_again_and_keeps_the_answers_before_it() -> None:
    answer = ask("alvorligt", kind="professional", **day("2024-5-1"))
    assert answer.status_code == 400
    assert "Vælg ja, nej eller" in answer.text
    assert '<input type="hidden" name="day_year" value="2024">' in answer.text


def test_one_may_go_back_and_find_what_was_answered() -> None:
    answer = ask("alvorligt", kind="professional", **day("2024-5-1"), _go="back").text
    assert "Hvornår blev du opmærksom" in answer
    assert 'value="2024"' in answer


def test_a_day_to_come_is_refused_with_a_sentence() -> None:
    assert "ligger ude i fremtiden" in ask("hvornaar", kind="patient", **day("2999-1-1")).text


@pytest.mark.parametrize("at", ["", "svar", "vrøvl", "liste"])
def test_an_answer_with_no_questions_before_it_begins_at_the_first(at: str) -> None:
    assert "Hvem er du?" in ask(at).text


def test_nothing_is_kept_and_nothing_stands_in_the_address() -> None:
    answer = ask("hvornaar", kind="patient", **day("2020-5-1"))
    assert answer.request["QUERY_STRING"] == ""
    assert not Draft.objects.exists()


LISTED = """
[[problem]]
sector = "municipal"
key = "proeve"
danish = "En prøve på en opdigtet hændelse"
from = 2010-09-01
to = 2023-06-30
source = "Opdigtet liste, side 1"
"""


def test_a_sectors_list_that_somebody_has_filled_is_asked_and_decides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(problems, "known", lambda: problems.read(LISTED))
    told = {"kind": "professional", **day("2020-5-1"), "category": "authorised", "sector": "municipal"}
    assert "En prøve på en opdigtet hændelse" in ask("sektor", **told).text
    answer = ask("liste", **told, problem="proeve").text
    assert "Ja, du har pligt til at rapportere" in answer
    assert "Opdigtet liste, side 1" in answer
    assert "Nej, du har ikke pligt" in ask("liste", **told, problem="none").text


def test_nobody_is_asked_more_than_five_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "known", lambda: problems.read(LISTED))
    days = ("1999-1-1", "2008-1-1", "2010-10-1", "2015-1-1", "2024-1-1")
    replies = ("yes", "no", "unsure")
    for kind, when, category, sector in product(ReporterKind, days, ReporterCategory, Sector):
        for first, second, third in product(replies, replies, replies):
            told = {"kind": [kind], "category": [category], "sector": [sector], "problem": ["none"]}
            told |= {"serious": [first], "could_be_serious": [second], "learning": [third]}
            told |= {name: [text] for name, text in day(when).items()}
            walked = pages(TABLE, told, on=TODAY)
            assert all(page.whole for page in walked)
            assert 2 <= len(walked) <= MOST
            if when != "2024-1-1":
                break
