"""What the vault and the form know reaches the engine, each as what it is, and is gone from the proposal."""

from datetime import datetime

import pytest
from tests.cases import case_at, reported

from uth.actions import intake
from uth.actions.identities import known_identities, vault_identities
from uth.deid.span import Kind, KnownIdentity, Who
from uth.law.terms import Section, State
from uth.records.audit import AuditLine
from uth.records.organisations import Place, PlaceAlias
from uth.records.redactions import Redaction

pytestmark = pytest.mark.django_db(databases=["default", "national"])

WHO = {
    "patient_name": "Xenia Kværnholt",
    "patient_cpr": "0201919996",
    "reporter_name": "Torgrim Æbelund",
    "reporter_email": "taebelund@eksempel.dk",
    "reporter_phone": "71 42 53 64",
}


def test_every_field_of_the_vault_arrives_as_what_it_is(now: datetime) -> None:
    case, _ = reported(at=now, **WHO)
    assert set(vault_identities(case)) == {
        KnownIdentity(Kind.PERSON, "Xenia Kværnholt", Who.PATIENT),
        KnownIdentity(Kind.CPR, "0201919996"),
        KnownIdentity(Kind.PERSON, "Torgrim Æbelund", Who.REPORTER),
        KnownIdentity(Kind.EMAIL, "taebelund@eksempel.dk"),
        KnownIdentity(Kind.PHONE, "71 42 53 64"),
    }


def test_the_place_its_other_names_and_what_it_is_a_part_of_are_known(now: datetime) -> None:
    case, _ = reported(
        at=now, **WHO, involved=(intake.InvolvedAnswer(role="before", place_text="Tværvænget 7, Ulbølle"),)
    )
    place = case.report.place
    assert place is not None
    PlaceAlias.objects.create(place=place, name="Kvæget", search_text="kvæget")
    Place.objects.filter(pk=place.pk).update(ydernummer="094117")
    case.refresh_from_db()
    known = set(known_identities(case)) - set(vault_identities(case))
    assert KnownIdentity(Kind.ORG_UNIT, "Medicinsk afdeling B2, Birkelsø Hospital") in known
    assert KnownIdentity(Kind.ORG_UNIT, "Birkelsø Hospital") in known
    assert KnownIdentity(Kind.ORG_UNIT, "Kvæget") in known
    assert KnownIdentity(Kind.PROFESSION_ID, "094117") in known
    assert KnownIdentity(Kind.ADDRESS, "Tværvænget 7, Ulbølle") in known


def test_a_kind_of_place_is_no_identity(now: datetime) -> None:
    case, _ = reported(at=now, place="", place_text="Patientens hjem")
    assert known_identities(case) == ()


@pytest.mark.parametrize(
    "typed",
    [
        "xenia", "Xennia Kvaernholt", "X. Kværnholt", "Kværnholts", "020191 9996", "født 2. januar 1991", "Torgrim", "taebelund(at)eksempel.dk",
        "enoghalvfjerds toogfyrre treoghalvtreds fireogtres", "på B2", "birkelsø", "Ulbølle", "tværvænget",
    ],
)  # fmt: skip
def test_the_proposal_holds_no_form_of_what_is_known(typed: str, now: datetime) -> None:
    case = case_at(
        State.CONCLUDED,
        at=now,
        **WHO,
        involved=(intake.InvolvedAnswer(role="before", place_text="Tværvænget 7, Ulbølle"),),
        story=f"Der stod {typed} på sedlen, og dosis blev givet to gange.",
    )
    row = Redaction.objects.get(case=case, section=Section.STORY)
    told = typed.removeprefix("på ").removeprefix("født ")
    assert told not in row.clean_text
    assert row.clean_text.endswith("på sedlen, og dosis blev givet to gange.")


def test_the_log_says_that_the_vault_was_matched_only_if_there_is_one(now: datetime) -> None:
    without = case_at(State.CONCLUDED, at=now)
    within = case_at(State.CONCLUDED, at=now, **WHO)
    matched = set(AuditLine.objects.filter(word="vault.matched").values_list("case", flat=True))
    assert within.pk in matched
    assert without.pk not in matched
