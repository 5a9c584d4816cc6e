"""People (brugere): who am I here, and who works where."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.procedure import HANDLERS
from uth.law.terms import Role
from uth.records.organisations import Organisation
from uth.records.people import Membership, User, current, memberships_of, waiting_invitation
from uth.records.succession import seats

DEMO_HOST = "@demo.invalid"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a user is: every role held anywhere, the organisations by name, and whether log-in takes two steps."""

    roles: frozenset[Role]
    organisations: tuple[str, ...]
    two_steps: bool = False


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody a case can be given to."""

    id: int
    name: str
    roles: tuple[str, ...]


def standing(*, by: Actor, at: datetime) -> Standing:
    """What the user is today; nothing for anybody else."""
    held = memberships_of(by.user_id, on=danish_day(at))
    names = dict.fromkeys(m.organisation.name for m in held)
    two_steps = any(m.two_steps for m in held)  # type: ignore[attr-defined] # annotated
    return Standing(frozenset(Role(m.role) for m in held), tuple(names), two_steps)


def may_redact(*, by: Actor, at: datetime) -> bool:
    """Does the user de-identify cases anywhere today?"""
    return bool(standing(by=by, at=at).roles & HANDLERS)


def demo_log_ins(*, at: datetime) -> tuple[Colleague, ...]:
    """Who one can be in a demo: address and roles; nobody outside one."""
    if not settings.UTH_DEMO:
        return ()
    able = User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    rows = able.filter(email__endswith=DEMO_HOST, is_active=True).order_by("pk")
    held = Membership.objects.filter(current(danish_day(at)), user__in=rows).select_related("organisation")
    what: dict[int, list[str]] = {}
    for m in held.order_by("pk"):
        what.setdefault(m.user_id, []).append(f"{Role(m.role).danish}, {m.organisation.name}")
    return tuple(Colleague(u.pk, u.email, tuple(what.get(u.pk, ()))) for u in rows)


def number_of(email: str) -> int | None:
    """The active user with this address, or None; for the command line."""
    found = User.objects.filter(email=email.strip().lower(), is_active=True)
    return found.values_list("pk", flat=True).first()


def handlers_of(organisation_key: str, *, at: datetime) -> tuple[Colleague, ...]:
    """Those who may handle cases held by this organisation: with the role here, on any ancestor or in one it took over."""
    day = danish_day(at)
    path = Organisation.objects.values_list("path", flat=True).get(key=organisation_key)
    held = (
        Membership.objects.filter(current(day), role__in=HANDLERS, user__is_active=True)
        .filter(organisation__path__in=seats(path, on=day))
        .select_related("user")
        .order_by("user__name", "user")
    )
    found: dict[int, Colleague] = {}
    for m in held:
        roles = (*(found[m.user_id].roles if m.user_id in found else ()), m.role)
        found[m.user_id] = Colleague(m.user_id, m.user.name, roles)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Held:
    """A role as its holder reads it."""

    role: str
    organisation: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key for a program; the key itself is not known to us."""

    id: int
    label: str
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountPage:
    """My own account."""

    name: str
    email: str
    roles: tuple[Held, ...]
    two_steps: bool
    recovery_codes: bool
    keys: tuple[KeyLine, ...]


def account(*, by: Actor, at: datetime) -> AccountPage:
    """What the user may know of their own account. Raises Hidden for anybody else."""
    me = User.objects.filter(pk=by.user_id).first() if by.user_id is not None else None
    if me is None:
        raise Hidden
    kinds = set(Authenticator.objects.filter(user=me).values_list("type", flat=True))
    held = memberships_of(me.pk, on=danish_day(at))
    return AccountPage(
        name=me.name,
        email=me.email,
        roles=tuple(Held(Role(m.role).danish, m.organisation.name, m.since, m.until) for m in held),
        two_steps=Authenticator.Type.TOTP in kinds,
        recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
        keys=tuple(
            KeyLine(t.pk, t.label, t.created_at, t.revoked_at) for t in me.api_tokens.order_by("-created_at")
        ),
    )


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What an invitation offers. `known`: the address has an account; `mine`: it is the account that asks."""

    email: str
    role: str
    organisation: str
    known: bool
    mine: bool


def invitation(token: str, *, by: Actor, at: datetime) -> InvitationPage | None:
    """The unused, unexpired invitation behind a link; looking does not use it."""
    row = waiting_invitation(token, at=at).select_related("organisation").first()
    if row is None:
        return None
    owner = User.objects.filter(email=row.email).values_list("pk", flat=True).first()
    return InvitationPage(
        email=row.email,
        role=Role(row.role).danish,
        organisation=row.organisation.name,
        known=owner is not None,
        mine=owner is not None and owner == by.user_id,
    )
