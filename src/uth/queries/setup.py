"""Set-up read (opsætningen læst): whether it is open, what can be chosen, and whether the first mail arrived."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from uth.law.clock import danish_day
from uth.records.organisations import KINDS_AT, NEW_HOSPITAL, Installation, Organisation, setup_hash
from uth.records.outbox import Letter
from uth.records.people import Invitation, invitation_token


@dataclass(frozen=True, slots=True)
class SetupPage:
    """What the one who sets up sees before answering."""

    kind: str
    choices: tuple[tuple[str, str], ...]
    smtp_host: str
    base_url: str
    signing_key_id: str


@dataclass(frozen=True, slots=True)
class FirstLink:
    """The first administrator's link, and how it goes with the mails: sent, waiting or a code of what went wrong."""

    path: str
    email: str
    mails: tuple[tuple[str, str], ...]


def open_setup(token: str, *, at: datetime) -> SetupPage | None:
    """The set-up behind the one-time link; None when the link is wrong or the set-up is done."""
    row = Installation.objects.filter(setup_hash=setup_hash(token), completed_at=None).first()
    if row is None:
        return None
    day = danish_day(at)
    rows = Organisation.objects.filter(kind__in=KINDS_AT[row.kind], parent=None, since__lte=day)
    standing = rows.exclude(Q(until__lt=day)).order_by("kind", "name")
    choices = [(o.key, o.name) for o in standing]
    if row.kind != "national":
        choices.append((NEW_HOSPITAL, "Et privathospital eller hospice, der ikke står her"))
    return SetupPage(
        kind=row.kind,
        choices=tuple(choices),
        smtp_host=urlsplit(settings.UTH_SMTP_URL).hostname or "",
        base_url=settings.UTH_BASE_URL,
        signing_key_id=settings.UTH_SIGNING_KEY_ID,
    )


_NAMES: dict[str, str] = {}  # told once, then known for the life of the process


def site_name() -> str:
    """What the site is called: in the environment, else as the set-up said. A demo has no name."""
    if settings.UTH_ORGANISATION or settings.UTH_DEMO:
        return settings.UTH_ORGANISATION
    if "name" not in _NAMES:
        done = Installation.objects.exclude(completed_at=None).values_list("name", flat=True).first()
        if done is None:
            return ""
        _NAMES["name"] = done
    return _NAMES["name"]


def first_link(token: str, invitation_id: int, *, at: datetime) -> FirstLink | None:
    """For the one who has just set up, until the link is used."""
    if not Installation.objects.filter(setup_hash=setup_hash(token)).exclude(completed_at=None).exists():
        return None
    row = Invitation.objects.filter(pk=invitation_id, used_at=None, expires_at__gt=at).first()
    if row is None:
        return None
    letters = Letter.objects.filter(to=f"invitation:{row.pk}").order_by("created_at", "template")
    return FirstLink(
        path=f"/konto/invitation/{invitation_token(row)}/",
        email=row.email,
        mails=tuple((letter.template, _state(letter)) for letter in letters),
    )


def _state(letter: Letter) -> str:
    if letter.sent_at is not None:
        return "sent"
    return letter.problem or "waiting"
