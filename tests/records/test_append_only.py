"""The audit and the steps can only be added to; the database itself refuses anything else."""

from datetime import datetime

import pytest
from django.db import DatabaseError, connections, transaction
from tests.cases import case_at
from tests.people import who
from tests.tallies import board, screen, taps
from tests.transactions import append_only_tables

from uth.actions import guidance, lookups, tallies
from uth.law.clock import danish_day
from uth.law.terms import State
from uth.queries.audit import broken_places
from uth.records.models import AuditHead, AuditLine, CaseStep

TABLES = [
    ("default", "records_auditline"),
    ("default", "records_casestep"),
    ("default", "records_tap"),
    ("default", "records_tapwithdrawal"),
    ("default", "records_guidancetext"),
    ("default", "records_lookuppermission"),
    ("default", "records_recordlookup"),
    ("national", "national_nationalauditline"),
]
both = pytest.mark.django_db(databases=["default", "national"])
committing = pytest.mark.django_db(databases=["default", "national"], transaction=True)


@both
@pytest.mark.parametrize(("alias", "table"), TABLES)
@pytest.mark.parametrize("sentence", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_remove_a_line(
    alias: str, table: str, sentence: str, now: datetime
) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    leave = lookups.permit(
        case.pk,
        person="Carl",
        permitted_by="Lis",
        permitted_on=danish_day(now),
        necessity="Dosis.",
        by=who("Carl"),
        at=now,
    )
    lookups.look_up(
        case.pk,
        permission=leave,
        looked_up_at=now,
        system="Journalen",
        trace="Mærket.",
        by=who("Carl"),
        at=now,
    )
    unit = board(at=now)
    made = taps(screen(unit, at=now), 1, happened=now, at=now)[0]
    tallies.withdraw(unit.pk, made.number, by=who("Kirsten"), at=now)
    guidance.write("act.assign", text="Ny.", since=danish_day(now), by=who("Adam"), at=now)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(using=alias),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute(sentence.format(table))


@both
@pytest.mark.parametrize(("alias", "table"), TABLES)
def test_postgresql_refuses_to_empty_the_table_too(alias: str, table: str) -> None:
    if connections[alias].vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(using=alias),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


@both
def test_a_chain_whose_end_is_removed_is_no_whole_chain(now: datetime) -> None:
    case_at(State.IN_PROGRESS, at=now)
    assert broken_places() == []
    AuditHead.objects.filter(chain="DK-84").delete()
    assert [(place.chain, place.why) for place in broken_places()] == [("DK-84", "kædens ende er fjernet")]


@committing
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_finds_and_leaves_a_settled_house(turn: int, now: datetime) -> None:
    assert not CaseStep.objects.exists()
    case = case_at(State.IN_PROGRESS, at=now)
    assert AuditLine.objects.filter(case=case.pk).exists()
    assert broken_places() == []
    assert {table for alias, table in TABLES if alias == "default"} == append_only_tables("default")
