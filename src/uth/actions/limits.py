"""Intake limits (grænser for indberetning): a script is slowed, a person never stopped, an address never kept.

An origin is hashed with a salt that turns with the hour, and its marks are deleted within two. Above the limit
the sender either does a small sum (a browser does it unseen) or waits half a minute and sends again.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum

from uth.law.work import solves
from uth.records.limits import RateMark
from uth.records.sealing import keyed_hash

WAIT = timedelta(seconds=30)
VALID = timedelta(minutes=30)
BYTES_AN_HOUR = 200 * 1024 * 1024
EVERYBODY = "everybody"
CROWD = 20  # times the limit of one origin: then everybody is asked


@dataclass(frozen=True, slots=True)
class Asked:
    """What the sender must do first: the sum to do, or how many seconds to wait before sending `challenge` again."""

    challenge: str
    seconds: int


def admit(origin: str, *, size: int, ticket: str = "", at: datetime) -> Asked | None:
    """None lets it in and counts it; else what to do first. `ticket`: a challenge, or `challenge:answer`."""
    bucket = _bucket(origin, at)
    if _fair(bucket, at) or _earned(ticket, origin, at):
        _count(bucket, size, at)
        _count(EVERYBODY, size, at)
        return None
    return Asked(_challenge(origin, at), int(WAIT.total_seconds()))


def _fair(bucket: str, at: datetime) -> bool:
    return (
        _count_of(bucket, at) < settings.UTH_INTAKE_PER_MINUTE
        and _count_of(EVERYBODY, at) < CROWD * settings.UTH_INTAKE_PER_MINUTE
        and _bytes_of(bucket, at) < BYTES_AN_HOUR
    )


def _earned(ticket: str, origin: str, at: datetime) -> bool:
    challenge, _, answer = ticket.rpartition(":") if ticket.count(":") == 2 else (ticket, "", "")
    issued, _, seal = challenge.partition(":")
    if not issued.isdecimal() or not issued.isascii() or len(issued) > 12:
        return False
    if not hmac.compare_digest(seal, _seal(issued, origin)):
        return False
    age = at.timestamp() - int(issued)
    if not 0 <= age <= VALID.total_seconds():
        return False
    return age >= WAIT.total_seconds() or (bool(answer) and solves(challenge, answer))


def _challenge(origin: str, at: datetime) -> str:
    issued = str(int(at.timestamp()))
    return f"{issued}:{_seal(issued, origin)}"


def _seal(issued: str, origin: str) -> str:
    return keyed_hash("challenge", f"{issued} {origin}")[:32]


def _bucket(origin: str, at: datetime) -> str:
    salt = keyed_hash("origin salt", f"{at:%Y-%m-%dT%H}")
    return hmac.new(salt.encode(), origin.encode(), sha256).hexdigest()[:32]


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _count_of(bucket: str, at: datetime) -> int:
    mark = RateMark.objects.filter(bucket=bucket, window=_minute(at)).first()
    return mark.count if mark else 0


def _bytes_of(bucket: str, at: datetime) -> int:
    total = RateMark.objects.filter(bucket=bucket).aggregate(total=Sum("bytes"))["total"]
    return int(total or 0)


def _count(bucket: str, size: int, at: datetime) -> None:
    with transaction.atomic():
        RateMark.objects.get_or_create(bucket=bucket, window=_minute(at))
        RateMark.objects.filter(bucket=bucket, window=_minute(at)).update(
            count=F("count") + 1, bytes=F("bytes") + size
        )
