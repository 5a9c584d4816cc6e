"""Access (adgang): the vault opens only for a stated purpose, and every look leaves a line."""

from datetime import datetime

import pytest
from tests.cases import case_at, reported
from tests.people import who

from uth.law.actor import Hidden
from uth.law.confidentiality import MayNotOpen
from uth.law.terms import Purpose, State, Visible
from uth.queries import access, audit
from uth.records.models import AuditLine, PatientIdentity, ReporterIdentity

pytestmark = pytest.mark.django_db

WHO = {"patient_name": "Åge Test Berggren", "patient_cpr": "0211223989", "reporter_name": "Anna Opdigtet"}


def test_the_vault_opens_for_a_purpose_and_leaves_a_line(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now, **WHO)
    opened = access.open_identity(
        case.pk, Visible.PATIENT_IDENTITY, purpose=Purpose.FIND_RECORD, by=who("Carl"), at=now
    )
    assert opened["name"] == "Åge Test Berggren"
    line = AuditLine.objects.get(word="vault.opened", case=case.pk)
    assert line.detail == {"what": "patient_identity", "purpose": "find_record"}
    assert "Berggren" not in str(vars(line))


def test_a_purpose_that_does_not_fit_opens_nothing(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now, **WHO)
    with pytest.raises(MayNotOpen):
        access.open_identity(
            case.pk, Visible.REPORTER_IDENTITY, purpose=Purpose.FIND_RECORD, by=who("Carl"), at=now
        )
    assert not AuditLine.objects.filter(word="vault.opened").exists()


def test_a_colleague_of_another_authority_cannot_know_of_the_case(now: datetime) -> None:
    case, _ = reported(at=now, **WHO)
    for name in ("Kirsten", "Dorte", "Erik", "Adam"):
        with pytest.raises(Hidden):
            access.open_case(case.pk, by=who(name), at=now)


def test_every_reading_of_a_case_leaves_a_line(now: datetime) -> None:
    case, _ = reported(at=now)
    access.open_case(case.pk, by=who("Bo"), at=now)
    assert AuditLine.objects.filter(word="case.read", case=case.pk, actor=str(who("Bo"))).count() == 1


def test_initial_receivers_cannot_read_closed_cases(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now)
    with pytest.raises(Hidden):
        access.open_case(case.pk, by=who("Bo"), at=now)


def test_a_patient_can_be_told_who_looked_without_being_told_who_reported(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now, **WHO)
    access.open_identity(
        case.pk, Visible.PATIENT_IDENTITY, purpose=Purpose.FIND_RECORD, by=who("Carl"), at=now
    )
    lines = audit.of_subject("021122-3989", by=who("Rikke"), at=now)
    assert [line.word for line in lines] == ["vault.opened"]
    assert "Anna" not in str(lines)


def test_nothing_in_the_vault_can_be_read_without_its_key(now: datetime) -> None:
    case, _ = reported(at=now, **WHO)
    for row in (
        PatientIdentity.objects.get(report=case.report),
        ReporterIdentity.objects.get(report=case.report),
    ):
        assert b"Berggren" not in bytes(row.sealed)
        assert b"Anna" not in bytes(row.sealed)
