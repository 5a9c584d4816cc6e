"""Intake limits (grænser for indberetning): a script is slowed, a person never stopped, an address never kept.

An origin is hashed with a salt that turns with the hour, and its marks are deleted within two. Above the limit
the sender either does a small sum (a browser does it unseen) or waits half a minute and sends again. What was
earned so is spent by one sending: a script gains one for each sum it does, a person loses half a minute at most.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db.models import F

from uth.law.work import BITS, solves
from uth.records.limits import RateMark, in_passing, read, waiting
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
    bits: int = BITS


def admit(origin: str, *, size: int, ticket: str = "", at: datetime) -> Asked | None:
    """None lets it in and counts it; else what to do first. `ticket`: a challenge, or `challenge:answer`."""
    asked = ask(origin, ticket=ticket, at=at)
    if asked is None:
        count(origin, size=size, at=at)
    return asked


def ask(origin: str, *, ticket: str = "", at: datetime) -> Asked | None:
    """The same, without counting it."""
    if _fair(_bucket(origin, at), at) or (_earned(ticket, origin, at) and _spend(ticket)):
        return None
    return Asked(_challenge(origin, at), int(WAIT.total_seconds()))


def count(origin: str, *, size: int = 0, at: datetime) -> None:
    """Count one from this origin."""
    for bucket in (_bucket(origin, at), EVERYBODY):
        waiting.add(bucket, _minute(at), size)
    if taken := waiting.take(at=at):
        with in_passing():
            for (bucket, window), (number, total) in sorted(taken.items()):
                _mark(bucket, window, number, total)


def origin_of(remote: str, forwarded: str) -> str:
    """Where a request comes from: the address of the line, or what our own proxy says (the last hop).

    Of an IPv6 address the network counts, for a single person has a network of them.
    """
    said = forwarded.rpartition(",")[2].strip() if settings.UTH_TRUSTED_PROXY else ""
    try:
        address = ip_address(said or remote)
    except ValueError:
        return remote or "unknown"
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ip_network((address, 64), strict=False))
    return str(address)


def _fair(bucket: str, at: datetime) -> bool:
    minute, limit = _minute(at), settings.UTH_INTAKE_PER_MINUTE
    mine = everybody = sent = 0
    for owner, window, number, size in read(bucket, EVERYBODY, minute):
        if owner == EVERYBODY:
            everybody = number
            continue
        sent += size
        mine = number if window == minute else mine
    mine, sent = mine + waiting.of(bucket, minute)[0], sent + waiting.of(bucket, minute)[1]
    everybody += waiting.of(EVERYBODY, minute)[0]
    return bool(mine < limit and everybody < CROWD * limit and sent < BYTES_AN_HOUR)


def _spend(ticket: str) -> bool:
    """Whether this is the ticket's first use; the mark of it goes with the other marks."""
    issued, seal = ticket.split(":")[:2]
    _, first = RateMark.objects.get_or_create(
        bucket=f"spent {seal}", window=datetime.fromtimestamp(int(issued), UTC)
    )
    return first


def _earned(ticket: str, origin: str, at: datetime) -> bool:
    challenge, _, answer = ticket.rpartition(":") if ticket.count(":") == 2 else (ticket, "", "")
    issued, _, seal = challenge.partition(":")
    if not issued.isdecimal() or not issued.isascii() or len(issued) > 12:
        return False
    if not hmac.compare_digest(seal.encode(), _seal(issued, origin).encode()):
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
    return hmac.new(_salt(f"{at:%Y-%m-%dT%H}", settings.UTH_PEPPER), origin.encode(), sha256).hexdigest()[:32]


@lru_cache(maxsize=2)
def _salt(hour: str, pepper: str) -> bytes:
    return keyed_hash("origin salt", hour).encode()


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _mark(bucket: str, window: datetime, number: int, size: int) -> None:
    more = {"count": F("count") + number, "bytes": F("bytes") + size}
    mark = RateMark.objects.filter(bucket=bucket, window=window)
    if not mark.update(**more):
        RateMark.objects.get_or_create(bucket=bucket, window=window)
        mark.update(**more)
