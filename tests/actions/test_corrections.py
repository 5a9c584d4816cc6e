"""What people put right in the machine's findings is kept as a signal here, without words and names, and nowhere else."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cases import approve_all, case_at, deliver
from tests.people import who
from tests.web.desk import browser_of

from uth.actions import forwarding, handling, redaction, retention
from uth.deid.span import Kind
from uth.law.actor import SYSTEM
from uth.law.terms import Corrected, RejectionReason, Section, State
from uth.records.cases import Case
from uth.records.outbox import Letter
from uth.records.redactions import Correction, Redaction

pytestmark = pytest.mark.django_db(databases=["default", "national"])

STORY = "Ring til 20 30 40 50 i morgen. Skriv til ina@opdigtet.invalid. Trunte så det."
SOURCE = Path(redaction.__file__).parents[1]


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


def put_right(now: datetime) -> Case:
    """The phone was none, the address was something else, and a name was overlooked."""
    case = case_at(State.CONCLUDED, at=now, story=STORY)
    row = Redaction.objects.get(case=case, section=Section.STORY)
    kinds = {each["kind"]: i for i, each in enumerate(row.findings)}
    decision = redaction.Decision(
        kept=frozenset(range(len(row.findings))) - {kinds["phone"]},
        kinds={kinds["email"]: Kind.URL},
        added=(("Trunte", Kind.PERSON),),
    )
    redaction.revise(case.pk, decisions={Section.STORY: decision}, by=who("Carl"), at=now)
    return case


def approve(case: Case, now: datetime) -> None:
    rows = Redaction.objects.filter(case=case)
    overruled = {Section(row.section): frozenset(range(len(row.leaks))) for row in rows}
    redaction.approve(case.pk, overruled=overruled, by=who("Carl"), at=now)


def test_nothing_is_learned_before_a_person_has_approved(now: datetime) -> None:
    put_right(now)
    assert not Correction.objects.exists()


def test_each_decision_is_kept_with_who_found_it_and_how_surely(now: datetime) -> None:
    case = put_right(now)
    approve(case, now)
    kept = {row.what: row for row in Correction.objects.filter(case=case, section=Section.STORY)}
    assert set(kept) == set(Corrected)
    assert kept[Corrected.TOO_MUCH].kind == Kind.PHONE
    assert "phone" in kept[Corrected.TOO_MUCH].finder
    assert (kept[Corrected.OTHER_KIND].kind, kept[Corrected.OTHER_KIND].proposed) == (Kind.URL, Kind.EMAIL)
    missed = kept[Corrected.OVERLOOKED]
    assert (missed.kind, missed.finder, missed.profile) == (Kind.PERSON, "hand", "full")
    assert STORY[missed.start : missed.end] == "Trunte"


def test_a_redaction_approved_as_it_was_found_teaches_nothing(now: datetime) -> None:
    approve_all(case_at(State.CONCLUDED, at=now, story="Ring til 20 30 40 50 i morgen.").pk, now)
    assert not Correction.objects.filter(what=Corrected.TOO_MUCH).exists()


def test_a_case_approved_again_is_counted_once(now: datetime) -> None:
    case = put_right(now)
    approve(case, now)
    before = Correction.objects.filter(case=case).count()
    handling.revise(case.pk, by=who("Carl"), at=now)
    conclusion = {"conclusion": "Det samme.", "learning": "Det samme."}
    redaction.conclude(case.pk, **conclusion, by=who("Carl"), at=now)
    approve(case, now)
    assert Correction.objects.filter(case=case).count() < before


def test_when_the_text_is_forgotten_nothing_points_into_it(now: datetime) -> None:
    case = put_right(now)
    row = Redaction.objects.get(case=case, section=Section.STORY)
    hidden = redaction.Decision(kept=frozenset(range(len(row.findings))))
    redaction.revise(case.pk, decisions={Section.STORY: hidden}, by=who("Carl"), at=now)
    approve(case, now)
    assert Correction.objects.filter(case=case, start__isnull=False).exists()
    forwarding.forward(case.pk, by=who("Carl"), at=now)
    case.refresh_from_db()
    deliver(case, at=now)
    retention.forget(by=SYSTEM, at=now + timedelta(days=400))
    kept = Correction.objects.filter(case=case)
    assert kept.exists()
    assert not kept.filter(start__isnull=False).exists()


def test_the_signal_leaves_by_no_door(now: datetime) -> None:
    """Neither the interface, the message, the jobs nor the letters know of it."""
    for room in ("api", "jobs", "gateways", "law"):
        for path in (SOURCE / room).glob("*.py"):
            assert "Correction" not in path.read_text(), path.name
    case = case_at(State.FORWARDED, at=now, story="Hanne Holm gav forkert dosis. Trunte så det.")
    for letter in Letter.objects.filter(case=case.pk):
        told = json.dumps(letter.body)
        for word in ("corrections", "finder", "overlooked", "too_much", "proposed"):
            assert word not in told


def test_the_page_counts_by_month_and_kind_without_a_word_of_the_text(now: datetime) -> None:
    approve(put_right(now), now)
    for name in ("Rikke", "Adam"):
        page = browser_of(name).get("/administration/anonymisering/")
        for words in ("Overset", "Skjult for meget", "Forkert slags", "Telefonnummer", "Navn"):
            assert words in page.text
        assert "Trunte" not in page.text
        assert "1 godkendt sag" in page.text
    assert "Hvem godkender" not in browser_of("Rikke").get("/administration/anonymisering/").text


def test_another_authority_sees_nothing_of_it(now: datetime) -> None:
    approve(put_right(now), now)
    assert browser_of("Erik").get("/administration/anonymisering/").status_code == 404


def test_a_rejected_case_without_names_has_nothing_pointing_into_it(now: datetime) -> None:
    case = put_right(now)
    approve(case, now)
    handling.revise(case.pk, by=who("Carl"), at=now)
    handling.reject(case.pk, reason=RejectionReason.TEST, comment="En prøve.", by=who("Carl"), at=now)
    retention.forget(by=SYSTEM, at=now + timedelta(days=400))
    retention.forget(by=SYSTEM, at=now + timedelta(days=401))
    assert not Correction.objects.filter(case=case, start__isnull=False).exists()
