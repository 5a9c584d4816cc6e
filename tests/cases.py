"""Cases for tests: `case_at(State.X)` walks there by the real actions, never by writing a row."""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tests.people import ANNA, PEOPLE, who
from uth.actions import forwarding, handling, intake, linking, receiving, redaction
from uth.deid.span import Kind
from uth.jobs import letters
from uth.law.actor import SYSTEM, Actor
from uth.law.message import canonical
from uth.law.terms import ActualHarm, PossibleHarm, RejectionReason, ReporterKind, Section, Sector, State
from uth.records.cases import Case
from uth.records.outbox import Letter
from uth.records.redactions import Redaction

STORY = (
    "Patienten fik dobbelt dosis Metoprolol, fordi ordinationen stod to gange. Det blev opdaget ved stuegang."
)
PLACE = "birkelsoe-med"


def answers(**changes: Any) -> intake.Answers:
    """A report as Anna gives it, with changes."""
    given: dict[str, Any] = {
        "story": STORY,
        "reporter_kind": ReporterKind.PROFESSIONAL,
        "actual_harm": ActualHarm.MILD,
        "possible_harm": PossibleHarm.SERIOUS_OR_FATAL,
        "sector": Sector.HOSPITAL,
        "place": PLACE,
    }
    return intake.Answers(**given | changes)


def new_submission() -> str:
    """A submission secret as a form makes it."""
    return secrets.token_urlsafe(24)


def reported(*, at: datetime, **changes: Any) -> tuple[Case, str]:
    """A fresh case and its receipt code."""
    receipt = intake.submit(answers(**changes), submission=new_submission(), by=ANNA, at=at)
    return Case.objects.get(report_id=receipt.report_id), receipt.code


def case_at(state: State, *, at: datetime, **changes: Any) -> Case:
    """A case that has been walked to this state."""
    case, _ = reported(at=at, **changes)
    for stride in WALK[state]:
        stride(case.pk, at)
    case.refresh_from_db()
    assert case.state == state
    return case


def _assign(case_id: int, at: datetime) -> None:
    handling.assign(case_id, handler_id=PEOPLE["Carl"], by=who("Bo"), at=at)


def _ask(case_id: int, at: datetime) -> None:
    handling.ask(case_id, text="Hvornår blev fejlen opdaget?", by=who("Carl"), at=at)


def _reject(case_id: int, at: datetime) -> None:
    handling.reject(case_id, reason=RejectionReason.TEST, comment="En prøve.", by=who("Bo"), at=at)


def _link(case_id: int, at: datetime) -> None:
    event, _ = reported(at=at)
    linking.link(case_id, event=event.number, by=who("Bo"), at=at)


def _conclude(case_id: int, at: datetime) -> None:
    case = Case.objects.get(pk=case_id)
    handling.classify(
        case_id,
        codes=["medication.wrong_dose.ordering"],
        actual=ActualHarm(case.actual_harm),
        possible=PossibleHarm(case.possible_harm) if case.possible_harm else None,
        by=who("Carl"),
        at=at,
    )
    redaction.conclude(
        case_id,
        conclusion="Ordinationen blev gentaget ved overflytning.",
        learning="Afdelingen gennemgår nu ordinationer ved overflytning.",
        by=who("Carl"),
        at=at,
    )


def approve_all(case_id: int, at: datetime, by: Actor | None = None, seen: Sequence[str] = ()) -> None:
    """Carl (or another) reads the clean texts, hides what the second look points at and what he sees, and approves."""
    decisions = {}
    for row in Redaction.objects.filter(case_id=case_id):
        doubts = [(row.clean_text[leak["start"] : leak["end"]], Kind(leak["kind"])) for leak in row.leaks]
        hidden = [*doubts, *((text, Kind.PERSON) for text in seen if text in row.clean_text)]
        if hidden:
            kept = frozenset(range(len(row.findings)))
            decisions[Section(row.section)] = redaction.Decision(kept=kept, added=tuple(hidden))
    if decisions:
        redaction.revise(case_id, decisions=decisions, by=by or who("Carl"), at=at)
    redaction.approve(case_id, by=by or who("Carl"), at=at)


def _forward(case_id: int, at: datetime) -> None:
    forwarding.forward(case_id, by=who("Carl"), at=at)


WALK = {
    State.RECEIVED: (),
    State.IN_PROGRESS: (_assign,),
    State.WAITING: (_assign, _ask),
    State.CONCLUDED: (_assign, _conclude),
    State.APPROVED: (_assign, _conclude, approve_all),
    State.FORWARDED: (_assign, _conclude, approve_all, _forward),
    State.REJECTED: (_reject,),
    State.LINKED: (_link,),
}


def envelope_of(letter: Letter, *, at: datetime) -> receiving.Envelope:
    """The letter as it would arrive at the national level, signed now."""
    body = canonical(letter.body)
    head = letters.sign(letter.body, body, at=at)
    return receiving.Envelope(
        sender=head["Uth-Sender"],
        key_id=head["Uth-Key-Id"],
        message_id=head["Uth-Message-Id"],
        time=head["Uth-Time"],
        signature=head["Uth-Signature"],
        body=body,
    )


def deliver(case: Case, *, at: datetime) -> receiving.TakenIn:
    """Carry a forwarded case's letter to the national building."""
    letter = Letter.objects.get(pk=case.message_id)
    taken = receiving.receive(envelope_of(letter, at=at), by=SYSTEM, at=at)
    forwarding.delivered(letter, by=SYSTEM, at=at)
    return taken


def forge(envelope: receiving.Envelope, **changes: Any) -> receiving.Envelope:
    """The envelope with something changed after it was signed."""
    from dataclasses import replace

    return replace(envelope, **changes)


def random_signature() -> str:
    """64 bytes that nobody signed."""
    return base64.b64encode(secrets.token_bytes(64)).decode()
