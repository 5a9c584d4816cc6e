"""Senders (afsendere): the national level's administrators decide which keys it trusts."""

import base64
import binascii
import re
from datetime import datetime

from uth.actions.handling import Refused
from uth.actions.receiving import SenderEntry, register_senders
from uth.actions.receiving import retire_key as retire
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.terms import AuthorityKind
from uth.law.text import tidy
from uth.records.national.models import SenderKey
from uth.records.organisations import Organisation
from uth.records.people import governs

KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
KEY_BYTES = 32


@recorded
def add_key(
    log: Log, *, sender: str, name: str, key_id: str, public_key: str, by: Actor, at: datetime
) -> None:
    """Trust one more key of an authority; keys it has already go on until they are retired."""
    _national_administrator(by, at=at)
    entry = SenderEntry(sender.strip(), tidy(name), key_id.strip(), "".join(public_key.split()))
    problems = _problems(entry)
    if problems:
        raise Refused(**problems)
    register_senders([entry], by=by, at=at)
    log("sender.key_added", sender=entry.key, key_id=entry.key_id)


@recorded
def retire_key(log: Log, *, sender: str, key_id: str, by: Actor, at: datetime) -> None:
    """Stop trusting a key, from now."""
    _national_administrator(by, at=at)
    if not SenderKey.objects.filter(sender__key=sender, key_id=key_id, until=None).exists():
        raise Hidden
    retire(sender=sender, key_id=key_id, by=by, at=at)
    log("sender.key_retired", sender=sender, key_id=key_id)


def _national_administrator(by: Actor, *, at: datetime) -> None:
    national = Organisation.objects.filter(kind=AuthorityKind.NATIONAL)
    if not any(governs(by, place, on=danish_day(at)) for place in national):
        raise Hidden


def _problems(entry: SenderEntry) -> dict[str, str]:
    found = {}
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,80}", entry.key):
        found["sender"] = (
            "Skriv myndighedens kode med bogstaver, tal og bindestreg, for eksempel 0461 eller DK-84."
        )
    if not entry.name:
        found["name"] = "Skriv myndighedens navn."
    if not KEY_ID.fullmatch(entry.key_id):
        found["key_id"] = "Skriv nøglens nummer, som afsenderen har oplyst det, for eksempel k2."
    elif SenderKey.objects.filter(sender__key=entry.key, key_id=entry.key_id).exists():
        found["key_id"] = "Afsenderen har allerede en nøgle med det nummer. Bed om en med et nyt nummer."
    if not _is_key(entry.public_key):
        found["public_key"] = "Det er ikke en offentlig nøgle. Den er 44 tegn lang og slutter med =."
    return found


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
