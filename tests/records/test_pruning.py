"""The log is kept as long as the rule says: what is older goes, the rest still hangs together, and nothing goes unseen."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connections, transaction
from tests.cases import case_at, deliver

from uth.actions import retention
from uth.law.actor import SYSTEM
from uth.law.clock import danish_day
from uth.law.rulebook import rule
from uth.law.terms import State
from uth.queries.audit import broken_places
from uth.records.models import AuditHead, AuditLine
from uth.records.national.models import NationalAuditHead, NationalAuditLine

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def years_later(now: datetime) -> datetime:
    years = rule("access_log_years", on=danish_day(now)).number
    return now + timedelta(days=366 * years)


def delivered(now: datetime) -> None:
    deliver(case_at(State.FORWARDED, at=now), at=now)


def test_what_is_older_than_the_rule_goes_and_the_rest_hangs_together(now: datetime) -> None:
    delivered(now)
    later = years_later(now)
    case_at(State.RECEIVED, at=later - timedelta(days=30))
    young = AuditLine.objects.filter(at__gt=now + timedelta(days=1)).count()
    counts = retention.forget(by=SYSTEM, at=later)
    assert counts["log"] > 5
    assert not AuditLine.objects.filter(at__lt=later - timedelta(days=31)).exists()
    assert AuditLine.objects.exclude(at__gte=later).count() == young
    assert broken_places() == []
    assert retention.forget(by=SYSTEM, at=later)["log"] == 0


def test_nothing_younger_goes(now: datetime) -> None:
    delivered(now)
    before = AuditLine.objects.count()
    assert retention.forget(by=SYSTEM, at=now + timedelta(days=4 * 365))["log"] == 0
    assert AuditLine.objects.count() >= before


def test_the_national_log_too(now: datetime) -> None:
    delivered(now)
    assert retention.forget_nationally(by=SYSTEM, at=years_later(now)) > 0
    assert set(NationalAuditLine.objects.values_list("word", flat=True)) == {"audit.pruned", "retention.run"}
    assert broken_places() == []


def test_the_chain_says_itself_what_went(now: datetime) -> None:
    delivered(now)
    retention.forget(by=SYSTEM, at=years_later(now))
    told = AuditLine.objects.filter(word="audit.pruned", chain="DK-84").get()
    head = AuditHead.objects.get(chain="DK-84")
    assert (told.detail["seq"], told.detail["digest"]) == (head.pruned_seq, head.pruned_digest)
    assert told.detail["count"] == head.pruned_seq


@pytest.mark.parametrize(("alias", "lines", "heads"), [
    ("default", AuditLine, AuditHead),
    ("national", NationalAuditLine, NationalAuditHead),
])  # fmt: skip
def test_who_moves_the_mark_and_deletes_is_seen(
    alias: str, lines: type[AuditLine], heads: type[AuditHead], now: datetime
) -> None:
    delivered(now)
    chain = lines.objects.using(alias).order_by("pk").values_list("chain", flat=True).last()
    second = lines.objects.using(alias).filter(chain=chain).order_by("seq").last()
    assert second is not None
    heads.objects.using(alias).filter(chain=chain).update(pruned_seq=second.seq, pruned_digest=second.digest)
    lines.objects.using(alias).filter(chain=chain, seq__lte=second.seq).delete()
    assert "slettet uden spor" in str([place.why for place in broken_places()])


@pytest.mark.parametrize(("alias", "table"), [
    ("default", "records_auditline"), ("national", "national_nationalauditline"),
])  # fmt: skip
def test_after_a_pruning_the_database_still_refuses_to_delete_what_is_left(
    alias: str, table: str, now: datetime
) -> None:
    delivered(now)
    later = years_later(now)
    retention.forget(by=SYSTEM, at=later)
    retention.forget_nationally(by=SYSTEM, at=later)
    for sentence in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(sentence)
