"""An action leaves its audit line or nothing happened (journalføring)."""

from datetime import datetime

import pytest
from tests.cases import case_at
from tests.people import PEOPLE, who

from uth.actions import handling
from uth.actions.recorded import Log, Unrecorded, recorded
from uth.law.actor import SYSTEM, Actor
from uth.law.terms import State
from uth.records import audit
from uth.records.cases import Case, CaseStep
from uth.records.models import AuditHead, AuditLine
from uth.records.outbox import Letter

pytestmark = pytest.mark.django_db


def test_an_action_without_an_audit_line_rolls_back(now: datetime) -> None:
    case = case_at(State.RECEIVED, at=now)

    @recorded
    def forgetful(log: Log, *, by: Actor, at: datetime) -> None:
        Case.objects.filter(pk=case.pk).update(conclusion="skrevet i smug")

    with pytest.raises(Unrecorded):
        forgetful(by=SYSTEM, at=now)
    case.refresh_from_db()
    assert case.conclusion == ""


def test_when_the_audit_breaks_nothing_has_changed(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_at(State.RECEIVED, at=now)
    before = (CaseStep.objects.count(), Letter.objects.count(), AuditLine.objects.count())

    def broken(*args: object, **kwargs: object) -> None:
        raise OSError("the audit's disk is full")

    monkeypatch.setattr(audit, "append", broken)
    with pytest.raises(OSError, match="full"):
        handling.assign(case.pk, handler_id=PEOPLE["Carl"], by=who("Bo"), at=now)
    case.refresh_from_db()
    assert case.state == State.RECEIVED
    assert case.handler is None
    assert (CaseStep.objects.count(), Letter.objects.count(), AuditLine.objects.count()) == before


def test_the_chain_holds_until_somebody_changes_a_line(now: datetime) -> None:
    case_at(State.IN_PROGRESS, at=now)
    assert list(audit.verify()) == []
    line = AuditLine.objects.filter(chain="DK-84").latest("seq")
    AuditHead.objects.filter(chain="DK-84").update(digest="0" * 64)
    assert [b.why for b in audit.verify()] == ["kædens ende passer ikke"]
    AuditHead.objects.filter(chain="DK-84").update(digest=line.digest, seq=line.seq + 1)
    assert [b.why for b in audit.verify()] == ["kædens ende passer ikke"]


def test_a_line_with_another_word_does_not_fit_its_digest(now: datetime) -> None:
    case_at(State.IN_PROGRESS, at=now)
    line = AuditLine.objects.latest("pk")
    assert line.computed_digest() == line.digest
    line.word = "case.nothing_happened"
    assert line.computed_digest() != line.digest
