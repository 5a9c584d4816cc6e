"""The tables of steps (trintabellerne): who is asked what, and that no answer gets lost on the way to the law."""

from datetime import date
from enum import Enum
from typing import Any

import pytest
from tests.web.forms import PATIENT_PATH, PROFESSIONAL_PATH, fill, new_browser

from uth.actions.intake import Answers
from uth.law.terms import EventKind, Sector, Term
from uth.web.intake_questions import RELEVANT
from uth.web.intake_steps import FORMS, PATIENT, PROFESSIONAL, answers_of, pages, said
from uth.web.intake_where import kommune_in

pytestmark = pytest.mark.django_db(databases=["default", "national"])
TODAY = date(2026, 11, 20)
PATHS = {"professional": PROFESSIONAL_PATH, "patient": PATIENT_PATH}


def told(path: dict[str, dict[str, Any]], **changes: str) -> dict[str, list[str]]:
    """A path as a draft keeps it."""
    texts = {name: text for page in path.values() for name, text in page.items()} | changes
    return {name: [text] for name, text in texts.items()}


def slugs(form: Any, answers: dict[str, list[str]]) -> list[str]:
    return [page.step.slug for page in pages(form, answers, on=TODAY)]


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.key)
def test_the_path_of_the_tests_is_the_path_of_the_table(form: Any) -> None:
    assert slugs(form, told(PATHS[form.key])) == list(PATHS[form.key])


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.key)
def test_slugs_are_unique_and_collide_with_no_other_page(form: Any) -> None:
    words = [step.slug for step in form.steps]
    assert len(words) == len(set(words))
    assert not {"opsummering", "send", "videre"} & set(words)


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.key)
def test_every_answer_reaches_the_action_in_the_words_of_the_law(form: Any) -> None:
    answers = answers_of(said(form, pages(form, told(PATHS[form.key]), on=TODAY)))
    for name, kind in Answers.__annotations__.items():
        value = getattr(answers, name)
        if isinstance(kind, type) and issubclass(kind, Term):
            assert isinstance(value, Enum), (name, value)


ASKED = [
    ({"actual_harm": "fatal"}, "vaerste-fald", False),
    ({"actual_harm": "mild"}, "vaerste-fald", True),
    ({"event_kind": "transport"}, "transport", True),
    ({"event_kind": "treatment"}, "transport", False),
    ({"event_kind": "transition"}, "andre-steder", True),
    ({"with_medicine": "on"}, "medicin", True),
    ({"with_device": "on"}, "udstyr", True),
    ({"with_device": ""}, "udstyr", False),
    ({"place": "", "place_text": "Et sted ved havet"}, "hvor-cirka", True),
    ({"place_unknown": "on"}, "hvor-cirka", True),
]


@pytest.mark.parametrize(("answers", "slug", "asked"), ASKED)
def test_a_question_is_asked_only_where_it_matters(answers: dict[str, str], slug: str, asked: bool) -> None:
    assert (slug in slugs(PROFESSIONAL, told(PROFESSIONAL_PATH, **answers))) is asked


def test_a_patient_is_asked_about_a_transport_only_in_an_ambulance() -> None:
    assert "situation" in slugs(PATIENT, told(PATIENT_PATH, sector="prehospital"))
    assert "situation" not in slugs(PATIENT, told(PATIENT_PATH))


def test_an_answer_to_a_question_no_longer_asked_is_not_sent() -> None:
    answers = told(PROFESSIONAL_PATH, with_medicine="", medicines_rows="1", medicines_0_name="Morfin")
    assert answers_of(said(PROFESSIONAL, pages(PROFESSIONAL, answers, on=TODAY))).medicines == ()
    fatal = told(PROFESSIONAL_PATH, actual_harm="fatal")
    assert answers_of(said(PROFESSIONAL, pages(PROFESSIONAL, fatal, on=TODAY))).possible_harm is None


def test_an_anonymous_reporter_leaves_no_contact_even_if_it_was_typed() -> None:
    answers = told(PROFESSIONAL_PATH, contact="anonymous", reporter_name="Anna", reporter_email="a@b.dk")
    sent = answers_of(said(PROFESSIONAL, pages(PROFESSIONAL, answers, on=TODAY)))
    assert sent.anonymous
    assert not sent.wants_feedback


def test_a_place_that_was_changed_by_hand_is_not_the_one_chosen_before() -> None:
    answers = told(PROFESSIONAL_PATH, place_text="Et helt andet sted ved fjorden")
    assert answers_of(said(PROFESSIONAL, pages(PROFESSIONAL, answers, on=TODAY))).place == ""


def test_every_sector_has_its_kinds_of_event() -> None:
    assert set(RELEVANT) == set(Sector)
    assert set().union(*RELEVANT.values()) == set(EventKind)


@pytest.mark.parametrize("rows", ["", "-1", "0", "²", "99999999", "x"])
def test_a_forged_number_of_rows_is_harmless(rows: str) -> None:
    answers = told(PROFESSIONAL_PATH, with_medicine="on", medicines_rows=rows, medicines_0_name="Morfin")
    assert len(answers_of(said(PROFESSIONAL, pages(PROFESSIONAL, answers, on=TODAY))).medicines) == 1


KOMMUNER = (("0101", "Københavns Kommune"), ("0151", "Ballerup Kommune"), ("0575", "Vejen Kommune"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Øjenlægerne i Ballerup", "0151"),
        ("Hudklinikken, København", "0101"),
        ("Ballerups speciallæger", "0151"),
        ("klinikken på vejen", ""),
        ("Østervejens Apotek", ""),
    ],
)
def test_a_kommune_named_in_the_place_is_chosen_beforehand(text: str, key: str) -> None:
    assert kommune_in(text, KOMMUNER) == key


# ── other places (§ 1), and the others of a transition (§ 4, stk. 6) ──


def summary(path: dict[str, dict[str, Any]], form: str = "fagperson") -> str:
    browser = new_browser()
    fill(browser, path, form)
    return str(browser.get(f"/rapporter/{form}/opsummering/").text)


def at_another_place(kind: str, sector: str = "unknown") -> dict[str, dict[str, Any]]:
    path = {k: v for k, v in PATIENT_PATH.items() if k not in {"hvor", "hvor-cirka"}}
    where = {"hvor": {"place_text": "Et sted ved havet"}}
    about = {"hvor-cirka": {"sector": sector, "place_kind": kind, "municipality": "0151"}}
    first = {k: path.pop(k) for k in ("hvem-er-du", "hvad-skete-der")}
    return first | where | about | path


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("citizens_home", "Her er det Ballerup Kommune."),
        ("prison", "er oplyst som undtaget fra ordningen"),
        ("asylum_centre", "Rapporten bliver læst alligevel"),
    ],
)
def test_par1_another_place_is_asked_for_and_the_summary_says_who_reads_it(kind: str, says: str) -> None:
    assert says in summary(at_another_place(kind), "patient")


def test_par4_6_a_place_whose_name_we_know_is_recognised_among_the_others() -> None:
    path = {}
    for step, typed in PROFESSIONAL_PATH.items():
        path[step] = typed
        if step == "situation":
            path[step] = {"event_kind": "transition"}
            path["andre-steder"] = {
                "involved_rows": "1",
                "involved_0_place_text": "medicinsk afdeling b2, birkelsø hospital (opdigtet)",
                "involved_0_role": "after",
            }
    assert "De andre steder, der var med, står i sagen" in summary(path)


def test_par2_8_a_transport_between_hospitals_asks_who_drove() -> None:
    browser = new_browser()
    fill(browser, {k: PROFESSIONAL_PATH[k] for k in ("hvad-skete-der", "hvor")})
    answer = browser.post("/rapporter/fagperson/situation/", {"event_kind": "hospital_transfer"})
    assert answer["Location"].endswith("/transport/")
