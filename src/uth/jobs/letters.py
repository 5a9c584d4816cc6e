"""The letter carrier (postbuddet): takes letters from the outbox, signs or addresses them, and delivers."""

import base64
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import DatabaseError

from uth.actions import receiving
from uth.actions.forwarding import delivered
from uth.gateways import mail, national
from uth.jobs import one_time
from uth.jobs.notices import NOTICES
from uth.law import signature
from uth.law.actor import SYSTEM
from uth.law.shapes import canonical
from uth.records import outbox
from uth.records.outbox import Letter
from uth.records.people import Invitation, User
from uth.records.plans import Document
from uth.records.vault import ReporterIdentity

logger = logging.getLogger("uth.letters")


ALREADY_THERE = frozenset({"case_already_received", "collective_already_received"})


def carry(worker: str, *, now: Callable[[], datetime], most: int = 20) -> int:
    """Deliver what waits; returns how many letters were tried."""
    letters = outbox.claim(worker, at=now(), most=most)
    for letter in letters:
        if not outbox.hold(letter, worker, at=now()):
            continue  # the letters before it took so long that another worker has it
        try:
            DELIVER[letter.kind](letter, now)
        except DatabaseError:
            raise
        except Exception as failure:  # one letter that cannot be delivered must not hold back the others
            logger.error("letter %s: %s", letter.pk, type(failure).__name__)
            outbox.failed(letter, type(failure).__name__, at=now())
    return len(letters)


def _to_national(letter: Letter, now: Callable[[], datetime]) -> None:
    at = now()
    wire = whole(letter)
    body = canonical(wire)
    answer = national.post(
        settings.UTH_NATIONAL_URL, body, sign(wire, body, at=at), message_id=str(letter.pk)
    )
    # Already there in another letter: this installation was restored and the case forwarded anew.
    if answer.taken_in or answer.problem in ALREADY_THERE:
        delivered(letter, by=SYSTEM, at=now())
    else:
        outbox.failed(letter, answer.problem, at=now())


def whole(letter: Letter) -> dict[str, Any]:
    """The message as it leaves: with the PDF that lies beside it."""
    wire: dict[str, Any] = letter.body
    if letter.document is None:
        return wire
    content = Document.objects.values_list("content", flat=True).get(pk=letter.document)
    return wire | {"document": base64.b64encode(bytes(content)).decode()}


def deliver_here(case_id: int, *, at: datetime) -> None:
    """Carry a case's letter to the national building of this very installation, for made-up incidents of the past."""
    for letter in Letter.objects.filter(kind=Letter.NATIONAL, case=case_id, sent_at=None).order_by(
        "created_at"
    ):
        _take_in_here(letter, at=at)


def deliver_counts_here(*, at: datetime) -> None:
    """The same for the letters that are about no single case: what is only counted."""
    for letter in Letter.objects.filter(kind=Letter.NATIONAL, case=None, sent_at=None):
        _take_in_here(letter, at=at)


def _take_in_here(letter: Letter, *, at: datetime) -> None:
    wire = whole(letter)
    body = canonical(wire)
    head = sign(wire, body, at=at)
    receiving.receive(
        receiving.Envelope(
            sender=head[signature.SENDER],
            key_id=head[signature.KEY_ID],
            message_id=head[signature.MESSAGE_ID],
            time=head[signature.TIME],
            signature=head[signature.SIGNATURE],
            body=body,
        ),
        by=SYSTEM,
        at=at,
    )
    delivered(letter, by=SYSTEM, at=at)


def sign(wire: Mapping[str, Any], body: bytes, *, at: datetime) -> dict[str, str]:
    """The headers of a letter signed now with this installation's key."""
    time = at.isoformat()
    head = {"sender": wire["sender"], "key_id": settings.UTH_SIGNING_KEY_ID, "message_id": wire["message_id"]}
    signed = signing_key().sign(signature.signed_bytes(**head, time=time, body=body))
    return {
        signature.SENDER: head["sender"],
        signature.KEY_ID: head["key_id"],
        signature.MESSAGE_ID: head["message_id"],
        signature.TIME: time,
        signature.SIGNATURE: base64.b64encode(signed).decode(),
    }


def signing_key() -> Ed25519PrivateKey:
    """This installation's private key, from the environment."""
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.UTH_SIGNING_KEY))


def public_key() -> str:
    """Its public half in base64, to be registered at the national level."""
    raw = signing_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def _by_mail(letter: Letter, now: Callable[[], datetime]) -> None:
    address = address_of(letter.to)
    if not address:  # forgotten, or the account is gone: there is nobody to tell
        outbox.sent(letter, at=now())
        return
    message = write(letter, address)
    try:
        if settings.UTH_DEMO:
            mail.keep(message, folder=settings.UTH_VAR / "mail")
        elif settings.UTH_SMTP_URL:
            mail.send(message, smtp_url=settings.UTH_SMTP_URL)
        else:
            raise mail.NotSent("no_mail_server")  # it waits until somebody sets one up
    except mail.NotSent as failure:
        put_back = outbox.refused if failure.for_good else outbox.failed
        put_back(letter, str(failure), at=now())
    else:
        outbox.sent(letter, at=now())


def write(letter: Letter, address: str) -> EmailMessage:
    """The notice as a mail: a sentence and a link to a page that tells nothing by itself."""
    notice = NOTICES[letter.template]
    values = letter.body | one_time.values_for(letter.template, letter.to)
    message = EmailMessage()
    message["From"] = settings.UTH_MAIL_FROM
    message["To"] = address
    message["Subject"] = notice.subject
    message["Message-ID"] = f"<{letter.pk}@uth>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(notice.text(base=settings.UTH_BASE_URL, case=letter.case, **values))
    return message


def address_of(reference: str) -> str:
    """The address a reference stands for right now; empty when there is none (any more)."""
    kind, _, number = reference.partition(":")
    if kind == "user":
        return User.objects.filter(pk=number, is_active=True).values_list("email", flat=True).first() or ""
    if kind == "reporter":
        identity = ReporterIdentity.objects.filter(report_id=number).first()
        return identity.open()["email"] if identity else ""
    if kind == "invitation":
        waiting = Invitation.objects.filter(pk=number, used_at=None)
        return waiting.values_list("email", flat=True).first() or ""
    return ""


DELIVER: dict[str, Callable[[Letter, Callable[[], datetime]], None]] = {
    Letter.NATIONAL: _to_national,
    Letter.MAIL: _by_mail,
}
