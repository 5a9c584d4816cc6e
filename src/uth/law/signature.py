"""What a sender signs (underskrift): key, message, time and body of a letter to the national level."""

import hashlib
from datetime import datetime, timedelta

VERSION = "uth-national-v1"
SENDER, KEY_ID, MESSAGE_ID, TIME, SIGNATURE = (
    "Uth-Sender",
    "Uth-Key-Id",
    "Uth-Message-Id",
    "Uth-Time",
    "Uth-Signature",
)
WINDOW = timedelta(minutes=10)


def signed_bytes(*, sender: str, key_id: str, message_id: str, time: str, body: bytes) -> bytes:
    """The bytes an Ed25519 signature is made over; `time` is ISO 8601 with offset."""
    digest = hashlib.sha256(body).hexdigest()
    return "\n".join([VERSION, sender, key_id, message_id, time, digest]).encode()


def is_fresh(time: datetime, *, now: datetime) -> bool:
    """Whether a signature of that time may still be taken; older ones could be replays."""
    return abs(now - time) <= WINDOW
