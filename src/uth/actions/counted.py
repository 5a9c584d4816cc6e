"""Counted (talt): what a case that passes on no text of its own tells the national level: codes and a count (§ 6)."""

import uuid
from datetime import datetime
from typing import Any

from uth.law import template
from uth.law.message import month
from uth.law.terms import Act, RejectionReason
from uth.records import outbox
from uth.records.cases import Case
from uth.records.facts import national_ref, sender_of


def rejected(case: Case, reason: RejectionReason, *, at: datetime) -> None:
    """A report was rejected, and why."""
    _tell(template.REJECTION, case, stands=True, at=at, **_rejection(case, reason))


def linked(case: Case, event: Case, *, at: datetime) -> None:
    """The case tells of the same event as another."""
    _tell(template.DUPLICATE, case, stands=True, at=at, event_ref=str(national_ref(event)))


def taken_back(case: Case, event: Case | None, *, at: datetime) -> None:
    """The case is open again: it is rejected, or one more report of `event`, no longer."""
    if event is not None:
        _tell(template.DUPLICATE, case, stands=False, at=at, event_ref=str(national_ref(event)))
        return
    reason = RejectionReason(case.steps.filter(act=Act.REJECT).latest("pk").reason_code)
    _tell(template.REJECTION, case, stands=False, at=at, **_rejection(case, reason))


def _rejection(case: Case, reason: RejectionReason) -> dict[str, str]:
    return {
        "sector": case.report.sector,
        "received_month": month(case.received_on),
        "reason": reason.value,
    }


def _tell(kind: template.Kind, case: Case, *, stands: bool, at: datetime, **told: Any) -> None:
    """Put the message in the outbox; the case's version is its turn, so an older one never overrules a newer."""
    letter_id = uuid.uuid4()
    wire = template.write(
        kind,
        message_id=str(letter_id),
        sender=sender_of(case),
        case_ref=str(national_ref(case)),
        turn=case.version,
        stands=stands,
        **told,
    )
    outbox.put_national(letter_id, wire, case=case.pk, at=at)
