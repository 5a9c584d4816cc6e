"""Forwarding (videregivelse): the approved text and the coded facts leave for the national level, once."""

import uuid
from datetime import datetime

from uth.actions.handling import enter, take
from uth.actions.recorded import Log, recorded
from uth.actions.redaction import clean_texts
from uth.actions.retention import forget_patient
from uth.law import message
from uth.law.actor import Actor
from uth.law.clock import danish_day
from uth.law.terms import Act
from uth.records import outbox
from uth.records.cases import Case
from uth.records.facts import facts_of, national_ref, sender_of
from uth.records.tallies import CollectiveReport


@recorded
def forward(log: Log, case_id: int, *, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Put the national message in the outbox and let go of the patient's name and CPR. § 6 and § 7."""
    taken = take(case_id, Act.FORWARD, seen=seen, by=by, at=at)
    case = taken.case
    letter_id = uuid.uuid4()
    case.national_ref = national_ref(case)
    letter = message.compose(
        message_id=str(letter_id),
        case_ref=str(case.national_ref),
        sender=sender_of(case),
        facts=facts_of(case, on=danish_day(at)),
        texts=clean_texts(case).values(),
    )
    outbox.put_national(letter_id, message.to_wire(letter), case=case.pk, at=at)
    case.message_id, case.forwarded_at = letter_id, at
    enter(taken, Act.FORWARD, at=at)
    log("case.forwarded", case, role=taken.role, message=str(letter_id))
    forget_patient(log, case, at=at)


@recorded
def delivered(log: Log, letter: outbox.Letter, *, by: Actor, at: datetime) -> None:
    """The national level has taken the message in; a case of its own knows when its report was."""
    outbox.sent(letter, at=at)
    case = Case.objects.select_related("organisation").filter(message_id=letter.pk).first()
    if case is None:
        CollectiveReport.objects.filter(message_id=letter.pk).update(delivered_at=at)
        kind = letter.body.get("kind", "report")
        log("letter.delivered", chain=letter.body["sender"], message=str(letter.pk), kind=kind)
        return
    Case.objects.filter(pk=case.pk).update(delivered_at=at)
    log("case.delivered", case, message=str(letter.pk))


@recorded
def send_again(log: Log, *, since: datetime, by: Actor, at: datetime) -> int:
    """Put national letters sent since then back in the outbox, when the national database has been restored."""
    again = outbox.send_again(since=since, at=at)
    log("letters.sent_again", count=again)
    return again
