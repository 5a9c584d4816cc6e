"""Guidance is one click from the field it is about, and an administrator rewrites it from a day (§ 11)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.cases import case_at
from tests.people import who
from tests.web.desk import browser_of

from uth.actions import guidance as verbs
from uth.actions.handling import Refused
from uth.law.actor import Hidden
from uth.law.clock import danish_day
from uth.law.guidance import field_topic, shipped, step_topic, topics
from uth.law.terms import Act, Role, State
from uth.queries.guidance import guidance
from uth.records.guidance import GuidanceText
from uth.records.models import AuditLine
from uth.records.organisations import Organisation
from uth.records.people import Membership
from uth.web import handling
from uth.web.intake_rows import Rows
from uth.web.intake_steps import PATIENT, PROFESSIONAL, FormTable, Step

pytestmark = pytest.mark.django_db(databases=["default", "national"])

NOW = datetime.now(UTC)
TODAY = danish_day(NOW)
PLACES_TO_CHOOSE = "place_which"  # a question that only comes where several places have the name
LIST = "/administration/vejledning/"
ASSIGN = f"{LIST}act.assign/"


def steps() -> Iterator[tuple[FormTable, Step]]:
    for form in (PROFESSIONAL, PATIENT):
        for step in form.steps:
            yield form, step


def fields_of(step: Step) -> list[str]:
    """The words by which a step's visible fields have their guidance."""
    question = step.question({}, so_far={}, on=TODAY, ask=False)
    if isinstance(question, Rows):
        return [f"{question.rows}.{name}" for name in question.row()]
    held = {**step.question.base_fields, **question.fields}
    return [name for name, field in held.items() if not field.widget.is_hidden]


@pytest.mark.parametrize(("form", "step"), list(steps()), ids=lambda v: getattr(v, "slug", ""))
def test_par11_every_field_and_step_of_both_forms_has_its_guidance(form: FormTable, step: Step) -> None:
    fields = fields_of(step)
    bare = [name for name in fields if field_topic(form.key, name) is None]
    assert not bare, f"write a text for {form.key}.{bare[0]} in law/guidance.toml"
    if len(fields) > 1:
        assert step_topic(form.key, step.slug), f"write a text for {form.key}.step.{step.slug}"


def test_no_guidance_lies_on_a_shelf_where_nobody_meets_it() -> None:
    met = {
        field_topic(form.key, name) for form, step in steps() for name in [*fields_of(step), PLACES_TO_CHOOSE]
    }
    met |= {step_topic(form.key, step.slug) for form, step in steps()}
    assert {topic for topic in topics() if not topic.startswith("act.")} - met == set()
    forms = {act.value: made.form.base_fields for made in handling.PAGES.values() for act in [made.act]}
    forms[Act.CLASSIFY.value] = {**forms[Act.CLASSIFY.value], "gruppe": None, "problem": None, "proces": None}  # type: ignore[dict-item]
    for topic in topics():
        parts = topic.split(".")
        if parts[0] == "act" and len(parts) == 3:
            assert parts[2] in forms[parts[1]], topic


def test_the_help_stands_at_the_field_behind_one_click(client: Client) -> None:
    page = client.get("/rapporter/fagperson/hvad-skete-der/").content.decode()
    assert "<details" in page
    assert 'Hjælp<span class="sr-only"> til »Fortæl med dine egne ord«</span>' in page
    assert "Hvad var meningen, at der skulle ske" in page
    assert "Hjælp til denne side" in page


@pytest.mark.parametrize(
    ("state", "slug", "words"),
    [
        (State.RECEIVED, "fordel", "Giv sagen til den, der bedst kan undersøge den"),
        (State.RECEIVED, "afvis", "Skriv det, som du selv ville ønske at få det at vide"),
        (State.IN_PROGRESS, "klassificer", "Typen gør det muligt at finde hændelser"),
        (State.IN_PROGRESS, "klassificer/type", "Vælg den gruppe, som den, der skal forebygge"),
        (State.CONCLUDED, "anonymisering", "Ingen skal kunne finde frem til patienten"),
        (State.APPROVED, "videregiv", "Alle rapporter skal videregives i anonymiseret form"),
    ],
)
def test_the_desk_has_help_at_each_step(state: State, slug: str, words: str) -> None:
    case = case_at(state, at=NOW)
    assert words in browser_of("Rikke").get(f"/sager/{case.pk}/{slug}/").content.decode()


def write(text: str, *, topic: str = "act.assign", name: str = "Adam", days: int = 0) -> None:
    verbs.write(topic, text=text, since=TODAY + timedelta(days=days), by=who(name), at=NOW)


def shown(topic: str = "act.assign", *, days: int = 0) -> str:
    found = guidance([topic], on=TODAY + timedelta(days=days))[topic]
    return "\n".join(block.paragraph for block in found.blocks)


def test_par11_a_text_written_here_is_shown_from_its_day_and_leaves_a_line() -> None:
    write("Fra i dag.")
    write("Fra i morgen.", days=1)
    assert (shown(days=-1), shown(), shown(days=1)) == (
        shipped("act.assign", on=TODAY).text,
        "Fra i dag.",
        "Fra i morgen.",
    )
    lines = AuditLine.objects.filter(word="guidance.written").order_by("pk")
    assert [line.detail["topic"] for line in lines] == ["act.assign", "act.assign"]
    assert "Fra i" not in str([line.detail for line in lines]), "the audit says that, not what"


def test_what_was_shown_before_cannot_be_written_today() -> None:
    with pytest.raises(Refused) as refused:
        write("I går.", days=-1)
    assert "kan ikke ændres bagefter" in refused.value.problems["since"]
    with pytest.raises(Refused):
        write("   ")
    assert not GuidanceText.objects.exists()


def test_an_earlier_text_can_be_shown_again_and_so_can_the_one_we_ship() -> None:
    write("Første.")
    first = GuidanceText.objects.get().pk
    write("Anden.")
    verbs.restore("act.assign", version=first, by=who("Adam"), at=NOW)
    assert shown() == "Første."
    verbs.restore("act.assign", version=None, by=who("Adam"), at=NOW)
    assert shown() == shipped("act.assign", on=TODAY).text
    assert GuidanceText.objects.count() == 4, "nothing is taken away"
    with pytest.raises(Hidden):
        verbs.restore("act.reject", version=first, by=who("Adam"), at=NOW)


def test_only_an_administrator_of_a_whole_authority_writes_for_everybody() -> None:
    for name in ("Bo", "Carl", "Rikke", "Dorte", "Kirsten", "Erik"):
        with pytest.raises(Hidden):
            write("Nej.", name=name)
    region = Organisation.objects.get(key="DK-84")
    part = Organisation.objects.create(
        key="ward", name="Afdelingen", kind=region.kind, parent=region, path="/DK-84/ward/", since=TODAY
    )
    Membership.objects.create(user_id=who("Erik").user_id, organisation=part, role=Role.ADMIN, since=TODAY)
    with pytest.raises(Hidden):
        write("Nej.", name="Erik")
    assert browser_of("Erik").get(LIST).status_code == 404


def post(browser: Client, **given: Any) -> Any:
    return browser.post(ASSIGN, {"since_day": "", "since_month": "", "since_year": ""} | given)


def test_an_administrator_sees_the_text_before_it_is_kept() -> None:
    adam = browser_of("Adam")
    assert "Fordel" in adam.get(LIST).content.decode()
    seen = post(adam, text="Spørg altid Gurli først.", vis="1")
    assert "Teksten er ikke gemt endnu" in seen.content.decode()
    assert not GuidanceText.objects.exists()
    assert post(adam, text="Spørg altid Gurli først.").status_code == 302
    assert "Egen tekst" in adam.get(LIST).content.decode()
    history = adam.get(ASSIGN).content.decode()
    assert "Vises nu" in history
    assert "Medfølgende tekst" in history
    assert adam.post(f"{ASSIGN}gendan/", {"version": ""}).status_code == 302
    assert shown() == shipped("act.assign", on=TODAY).text


def test_a_refusal_keeps_what_was_typed() -> None:
    page = post(browser_of("Adam"), text="Behold mig.", since_day="1", since_month="1", since_year="2020")
    assert page.status_code == 422
    assert "Behold mig." in page.content.decode()
    assert "kan ikke ændres bagefter" in page.content.decode()


def test_no_markup_of_an_administrator_reaches_the_reader(client: Client) -> None:
    write("<script>alert(1)</script> & [link](https://eksempel.invalid)", topic="professional.story")
    page = client.get("/rapporter/fagperson/hvad-skete-der/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; [link](https://eksempel.invalid)" in page
    assert "<script>alert" not in page
