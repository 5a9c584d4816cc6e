"""Receiving (national modtagelse): a signed message is checked against its sender's key and taken in exactly once."""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError
from django.db.models import Q

from uth.actions.recorded import Log, recorded_nationally
from uth.actions.taken_in import TAKE
from uth.law.actor import Actor
from uth.law.shapes import MessageRefused, canonical
from uth.law.signature import is_fresh, signed_bytes
from uth.law.template import Read, read
from uth.records.national.models import ReceivedMessage, Sender, SenderKey


class NotTrusted(Exception):
    """The letter is not taken: unknown sender or key, old, altered or signed by another. `problem` is a code."""

    def __init__(self, problem: str, sentence: str) -> None:
        super().__init__(problem)
        self.problem, self.sentence = problem, sentence


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter as it arrived: header values and the body's bytes."""

    sender: str
    key_id: str
    message_id: str
    time: str
    signature: str
    body: bytes


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The national receipt. `repeated`: it was here already and nothing was written."""

    message_id: str
    received_at: datetime
    repeated: bool


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message of any kind, read and trusted. `digest`: SHA-256 of its one spelling."""

    read: Read
    digest: str


def receive(envelope: Envelope, *, by: Actor, at: datetime) -> TakenIn:
    """Take a letter in. Raises NotTrusted or MessageRefused; a refused letter leaves nothing behind."""
    verify(envelope, at=at)
    arrived = _read(envelope)
    if earlier := _taken_in_earlier(arrived):
        return earlier
    try:
        return take_in(arrived, by=by, at=at)
    except IntegrityError:  # the same letter arrived twice at once; the other one won
        if twin := _taken_in_earlier(arrived):
            return twin
        raise


def _taken_in_earlier(arrived: Arrived) -> TakenIn | None:
    message_id = arrived.read.message_id
    earlier = ReceivedMessage.objects.filter(message_id=message_id).first()
    if earlier is None:
        return None
    if earlier.digest != arrived.digest:
        raise MessageRefused("message_id_reused", "Meddelelsens nummer er allerede brugt til en anden tekst.")
    return TakenIn(message_id, earlier.received_at, repeated=True)


def verify(envelope: Envelope, *, at: datetime) -> None:
    """Raise NotTrusted unless a key that the sender holds today signed exactly this, just now."""
    try:
        sent_at = datetime.fromisoformat(envelope.time)
    except ValueError:
        raise NotTrusted("bad_time", "Tidspunktet i meddelelsen kan ikke læses.") from None
    if sent_at.tzinfo is None or not is_fresh(sent_at, now=at):
        raise NotTrusted(
            "too_old", "Meddelelsen er for gammel eller ligger i fremtiden. Send den igen, og tjek uret."
        )
    if not (envelope.sender + envelope.key_id).isprintable():  # PostgreSQL will not even look for a NUL
        raise NotTrusted("unknown_key", "Afsenderen eller nøglen er ikke registreret her.")
    key = (
        SenderKey.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)
        .filter(sender__key=envelope.sender, key_id=envelope.key_id)
        .first()
    )
    if key is None:
        raise NotTrusted("unknown_key", "Afsenderen eller nøglen er ikke registreret her.")
    signed = signed_bytes(
        sender=envelope.sender,
        key_id=envelope.key_id,
        message_id=envelope.message_id,
        time=envelope.time,
        body=envelope.body,
    )
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.public_key))
        public.verify(base64.b64decode(envelope.signature, validate=True), signed)
    except (InvalidSignature, ValueError, binascii.Error):
        raise NotTrusted("bad_signature", "Underskriften passer ikke til meddelelsen.") from None


def _read(envelope: Envelope) -> Arrived:
    try:
        wire = json.loads(envelope.body)
    except (ValueError, RecursionError):
        raise MessageRefused("not_json", "Meddelelsen er ikke gyldig JSON.") from None
    message = read(wire)
    if message.sender != envelope.sender:
        raise NotTrusted("wrong_sender", "Meddelelsens afsender er ikke den, der har underskrevet den.")
    if message.message_id != envelope.message_id:
        raise NotTrusted("wrong_message_id", "Meddelelsens nummer er ikke det, der er underskrevet.")
    return Arrived(message, hashlib.sha256(canonical(wire)).hexdigest())


@recorded_nationally
def take_in(log: Log, arrived: Arrived, *, by: Actor, at: datetime) -> TakenIn:
    """Keep what the message tells; the unique message id makes a second one impossible."""
    message = arrived.read
    sender = Sender.objects.get(key=message.sender)
    ReceivedMessage.objects.create(
        message_id=message.message_id,
        kind=message.kind.name,
        sender=sender,
        received_at=at,
        digest=arrived.digest,
    )
    TAKE[message.kind.name](message, sender, at)
    log("national.taken_in", chain=message.sender, message=message.message_id, kind=message.kind.name)
    return TakenIn(message.message_id, at, repeated=False)


@dataclass(frozen=True, slots=True)
class SenderEntry:
    """An authority that may send, and its Ed25519 public key (32 bytes in base64)."""

    key: str
    name: str
    key_id: str
    public_key: str


class NotRegistered(Exception):
    """A key cannot be registered or retired as asked; the message is the Danish sentence to show."""


@recorded_nationally
def register_senders(log: Log, entries: Sequence[SenderEntry], *, by: Actor, at: datetime) -> None:
    """Let authorities send; a second key for a known one overlaps the first until that is retired."""
    for entry in entries:
        _check_public(entry.public_key)
        sender, _ = Sender.objects.update_or_create(key=entry.key, defaults={"name": entry.name})
        kept, _ = SenderKey.objects.get_or_create(
            sender=sender, key_id=entry.key_id, defaults={"public_key": entry.public_key, "since": at}
        )
        if kept.public_key != entry.public_key or kept.until is not None:
            raise NotRegistered(
                f"Nøgle-id {entry.key_id} er brugt før hos {entry.key}. Giv den nye nøgle et nyt id."
            )
    log("senders.registered", chain="national", keys=sorted({f"{e.key}:{e.key_id}" for e in entries}))


@recorded_nationally
def retire_key(log: Log, *, sender: str, key_id: str, by: Actor, at: datetime) -> None:
    """From that time the key opens nothing more."""
    if not SenderKey.objects.filter(sender__key=sender, key_id=key_id, until=None).update(until=at):
        raise NotRegistered(f"{sender} har ingen gyldig nøgle med id {key_id}.")
    log("sender.key_retired", chain=sender, key_id=key_id)


def _check_public(key: str) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
    except ValueError:
        raise NotRegistered(
            "Den offentlige nøgle skal være 32 byte i base64, som »uth keys show« skriver den."
        ) from None
