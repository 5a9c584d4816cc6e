"""Accounts (konti): what happens at the door is written down, and the secrets of the door are kept sealed."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.contrib.sessions.models import Session

from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor
from uth.records import outbox
from uth.records.people import Invitation, User
from uth.records.sealing import SealBroken, keyed_hash, seal, unseal

INVITATION_KEPT = timedelta(days=30)  # after it ran out, so that the administrator sees that it was not used
STOPPED_KEPT = timedelta(days=30)  # a notice its receiver's server will not have; after that it tells nothing
TYPED_KEPT = timedelta(hours=12)  # long enough to come back for it in the same shift
_TYPED = "typed before a log-out"
_SECRET = "account secret"  # noqa: S105 - what the sealed bytes are bound to


@dataclass(frozen=True, slots=True)
class Typed:
    """What stood in a form, and where it was on its way to."""

    address: str
    fields: dict[str, list[str]] = field(repr=False)


class Event(StrEnum):
    """What can happen to an account; the value is the word in the audit."""

    SIGNED_IN = "user.signed_in"
    SIGNED_OUT = "user.signed_out"
    IDLED_OUT = "user.idled_out"
    SIGN_IN_FAILED = "user.sign_in_failed"
    SIGN_IN_CLOSED = "user.sign_in_closed"
    CODE_FAILED = "user.code_failed"
    RECOVERY_CODE_USED = "user.recovery_code_used"
    PASSWORD_CHANGED = "user.password_changed"  # noqa: S105
    PASSWORD_RESET = "user.password_reset"  # noqa: S105
    RESET_ASKED = "user.reset_asked"
    TWO_STEPS_ON = "user.two_steps_on"
    TWO_STEPS_OFF = "user.two_steps_off"
    RECOVERY_CODES_MADE = "user.recovery_codes_made"


# What the owner is told by mail, so that somebody else's hand shows.
TOLD: dict[Event, str] = {
    Event.RECOVERY_CODE_USED: "En af dine gendannelseskoder er brugt til at logge ind.",
    Event.PASSWORD_CHANGED: "Din adgangskode er ændret.",
    Event.PASSWORD_RESET: "Din adgangskode er ændret.",
    Event.TWO_STEPS_ON: "Totrinslogin er slået til.",
    Event.TWO_STEPS_OFF: "Totrinslogin er slået fra.",
    Event.RECOVERY_CODES_MADE: "Der er lavet nye gendannelseskoder.",
}


@recorded
def happened(log: Log, event: Event, *, user_id: int | None, by: Actor, at: datetime) -> None:
    """Leave a line about an account, and tell its owner where that matters."""
    log(event, user=user_id)
    if user_id is not None and event in TOLD:
        outbox.put_mail(f"user:{user_id}", "security", at=at, what=TOLD[event])


@recorded
def sign_in_failed(log: Log, *, email: str, by: Actor, at: datetime) -> None:
    """Somebody tried: the account's number if there is one, never the address that was typed."""
    known = User.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()
    log(Event.SIGN_IN_FAILED, user=known)


@recorded
def ask_reset(log: Log, *, user_id: int, by: Actor, at: datetime) -> None:
    """Mail a link for a new password; the link itself is made when the mail is written."""
    log(Event.RESET_ASKED, user=user_id)
    outbox.put_mail(f"user:{user_id}", "password_reset", at=at)


@recorded
def clear_the_door(log: Log, *, by: Actor, at: datetime) -> None:
    """Nightly: sessions that have run out, addresses of invitations that nobody used, notices nobody could be given."""
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    unused = Invitation.objects.filter(used_at=None, expires_at__lt=at - INVITATION_KEPT)
    invitations, _ = unused.delete()
    notices = outbox.drop_stopped(before=at - STOPPED_KEPT)
    log("accounts.cleared", sessions=sessions, invitations=invitations, notices=notices)


def seal_secret(secret: str) -> str:
    """A secret of the two steps as it lies in the database."""
    return base64.b64encode(seal({"secret": secret}, context=_SECRET)).decode()


def open_secret(sealed: str) -> str:
    """The secret again."""
    secret: str = unseal(base64.b64decode(sealed), context=_SECRET)["secret"]
    return secret


def keep_typed(user_id: int, address: str, fields: Mapping[str, list[str]], *, at: datetime) -> str:
    """What somebody typed as they were logged out, sealed for them alone."""
    typed = {"user": user_id, "address": address, "fields": dict(fields), "at": at.isoformat()}
    return base64.b64encode(seal(typed, context=_TYPED)).decode()


def open_typed(sealed: str, *, user_id: int, at: datetime) -> Typed | None:
    """It again, for the one who typed it and while it is fresh."""
    try:
        typed = unseal(base64.b64decode(sealed), context=_TYPED)
    except (SealBroken, ValueError):
        return None
    fresh = at - datetime.fromisoformat(typed["at"]) < TYPED_KEPT
    return Typed(typed["address"], typed["fields"]) if typed["user"] == user_id and fresh else None


def address_mark(address: str, *, on: date) -> str:
    """What stands for a network address in the limits on log-in: a keyed hash that changes every day."""
    return keyed_hash("sign-in address", f"{on} {address}")[:32]
