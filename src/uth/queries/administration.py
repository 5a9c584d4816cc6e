"""Administration (administration): the people, parts and keys of the subtree an administrator answers for."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.procedure import HANDLERS, OPEN
from uth.law.terms import AuthorityKind, Role
from uth.records import outbox
from uth.records.addressees import letters_below
from uth.records.cases import Case
from uth.records.national.models import Sender
from uth.records.organisations import Organisation
from uth.records.people import (
    Invitation,
    Membership,
    User,
    current,
    decide_for_site,
    invitation_token,
    memberships_of,
)
from uth.records.succession import paths_of, with_forerunners


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the organisation. `depth` 0 is the top of what one administers."""

    key: str
    name: str
    depth: int
    national: bool
    people: int
    ends: date | None


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role somebody holds, held or will hold. `open`: it can still be ended here."""

    id: int
    role: str
    organisation: str
    since: date
    until: date | None
    current: bool
    open: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in the list."""

    id: int
    name: str
    email: str
    roles: tuple[str, ...]
    active: bool
    two_steps: bool
    open_cases: int
    next_deadline: date | None


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation nobody has used yet."""

    id: int
    email: str
    role: str
    organisation: str
    expires_at: datetime
    expired: bool


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A person's key for a program."""

    id: int
    label: str
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Heir:
    """A colleague who may take cases over."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person as an administrator sees them: never what they read."""

    id: int
    name: str
    email: str
    active: bool
    two_steps: bool
    last_seen: datetime | None
    myself: bool
    roles: tuple[RoleLine, ...]
    tokens: tuple[TokenLine, ...]
    open_cases: int
    heirs: tuple[Heir, ...]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A sender's public key at the national level."""

    sender: str
    name: str
    key_id: str
    fingerprint: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Reach:
    """What the actor answers for: people and parts, the senders' keys, and what holds for the whole installation."""

    people: bool
    keys: bool
    site: bool


def reach(*, by: Actor, at: datetime) -> Reach:
    """Nothing for those who administer nothing."""
    held = [m for m in memberships_of(by.user_id, on=danish_day(at)) if m.role == Role.ADMIN]
    kinds = {m.organisation.kind for m in held}
    return Reach(
        people=bool(kinds),
        keys=AuthorityKind.NATIONAL in kinds,
        site=bool(kinds) and decide_for_site(held, on=danish_day(at)),
    )


def units(*, by: Actor, at: datetime) -> tuple[Unit, ...]:
    """The parts one administers, each below its parent. Raises Hidden."""
    tops = _tops(by, at=at)
    rows = list(_below(Organisation.objects.all(), tops, "path").order_by("path"))
    held = Membership.objects.filter(current(danish_day(at)), organisation__in=rows)
    people = dict(held.values_list("organisation").annotate(Count("user", distinct=True)).order_by())
    base = {o.pk: max(t.count("/") for t in tops if o.path.startswith(t)) for o in rows}
    return tuple(
        Unit(
            key=o.key,
            name=o.name,
            depth=o.path.count("/") - base[o.pk],
            national=o.kind == AuthorityKind.NATIONAL,
            people=people.get(o.pk, 0),
            ends=o.until,
        )
        for o in rows
    )


@dataclass(frozen=True, slots=True)
class Overview:
    """Everybody who is or was something in the subtree, and the invitations nobody has used yet, newest first.

    `stuck`: there are letters that do not arrive.
    """

    people: tuple[PersonLine, ...]
    invitations: tuple[InvitationLine, ...]
    stuck: bool


def overview(*, by: Actor, at: datetime) -> Overview:
    """The first page of the administration. Raises Hidden."""
    tops = _tops(by, at=at)
    stuck = letters_below(tops, outbox.in_trouble(at=at)).exists()
    return Overview(_people(tops, danish_day(at)), _invitations(tops, at), stuck)


def name_of(user_id: int, *, by: Actor, at: datetime) -> str:
    """What one of them is called. Raises Hidden."""
    user = _reached(_tops(by, at=at)).filter(pk=user_id).first()
    if user is None:
        raise Hidden
    return user.name


def person(user_id: int, *, by: Actor, at: datetime) -> PersonPage:
    """One of them. Raises Hidden."""
    tops, day = _tops(by, at=at), danish_day(at)
    totp = Authenticator.objects.filter(type="totp", user=OuterRef("pk"))
    user = _reached(tops).annotate(two_steps=Exists(totp)).filter(pk=user_id).first()
    if user is None:
        raise Hidden
    held = _below(Membership.objects.filter(user=user), tops, "organisation__path")
    open_cases, _ = _open_cases(tops).get(user_id, (0, None))
    return PersonPage(
        id=user.pk,
        name=user.name,
        email=user.email,
        active=user.is_active,
        two_steps=user.two_steps,
        last_seen=user.last_login,
        myself=user.pk == by.user_id,
        roles=tuple(_role_line(m, day) for m in held.select_related("organisation").order_by("-since", "pk")),
        tokens=tuple(
            TokenLine(t.pk, t.label, t.created_at, t.revoked_at)
            for t in user.api_tokens.order_by("-created_at")
        ),
        open_cases=open_cases,
        heirs=_heirs(tops, user_id, day) if open_cases else (),
    )


def link_by_hand(invitation_id: int, *, by: Actor, at: datetime) -> str:
    """The invitation's path, where no mail can carry it; empty where it can. Raises Hidden."""
    rows = _below(Invitation.objects.filter(used_at=None), _tops(by, at=at), "organisation__path")
    row = rows.filter(pk=invitation_id, invited_by_id=by.user_id, expires_at__gt=at).first()
    if row is None:
        raise Hidden
    if settings.UTH_SMTP_URL and not settings.UTH_DEMO:
        return ""
    return f"/konto/invitation/{invitation_token(row)}/"


def sender_keys(*, by: Actor, at: datetime) -> tuple[KeyLine, ...]:
    """Every key an authority may sign with, those in use first. Raises Hidden for all but national administrators."""
    if not any(unit.national for unit in units(by=by, at=at)):
        raise Hidden
    senders = Sender.objects.prefetch_related("keys").order_by("name")
    lines = [
        KeyLine(s.key, s.name, k.key_id, k.public_key, k.since, k.until)
        for s in senders
        for k in s.keys.all()
    ]
    return tuple(sorted(lines, key=lambda k: (k.until is not None and k.until <= at, k.name, k.since)))


def administered(*, by: Actor, at: datetime) -> tuple[str, ...]:
    """The paths the actor answers for; nothing for those who administer nothing."""
    return _tops(by, at=at) if reach(by=by, at=at).people else ()


def _tops(by: Actor, *, at: datetime) -> tuple[str, ...]:
    """Where the actor is an administrator, with those whose tasks have come there. Raises Hidden where there are none."""
    if by.user_id is None:
        raise Hidden
    day = danish_day(at)
    held = [m for m in memberships_of(by.user_id, on=day) if m.role == Role.ADMIN]
    tops = [path for m in held for path in paths_of(m.organisation, on=day)]
    if not tops:
        raise Hidden
    return with_forerunners(tops, on=day)


def _below[Q_: QuerySet](rows: Q_, tops: tuple[str, ...], field: str) -> Q_:  # type: ignore[type-arg]
    within = Q()
    for top in tops:
        within |= Q(**{f"{field}__startswith": top})
    return rows.filter(within)


def _people(tops: tuple[str, ...], day: date) -> tuple[PersonLine, ...]:
    totp = Authenticator.objects.filter(type="totp", user=OuterRef("pk"))
    users = _reached(tops).annotate(two_steps=Exists(totp)).order_by("-is_active", "name")
    held = _below(
        Membership.objects.filter(current(day), user__in=_reached(tops)), tops, "organisation__path"
    )
    roles: dict[int, list[str]] = {}
    for m in held.select_related("organisation").order_by("pk"):
        roles.setdefault(m.user_id, []).append(f"{Role(m.role).danish}, {m.organisation.name}")
    cases = _open_cases(tops)
    return tuple(
        PersonLine(
            id=u.pk,
            name=u.name,
            email=u.email,
            roles=tuple(roles.get(u.pk, ())),
            active=u.is_active,
            two_steps=u.two_steps,
            open_cases=cases.get(u.pk, (0, None))[0],
            next_deadline=cases.get(u.pk, (0, None))[1],
        )
        for u in users
    )


def _invitations(tops: tuple[str, ...], at: datetime) -> tuple[InvitationLine, ...]:
    rows = _below(Invitation.objects.filter(used_at=None), tops, "organisation__path")
    return tuple(
        InvitationLine(
            i.pk, i.email, Role(i.role).danish, i.organisation.name, i.expires_at, i.expires_at <= at
        )
        for i in rows.select_related("organisation").order_by("-created_at")[:50]
    )


def _reached(tops: tuple[str, ...]) -> QuerySet[User]:
    inside = _below(Membership.objects.all(), tops, "organisation__path")
    return User.objects.filter(pk__in=inside.values("user_id"))


def _open_cases(tops: tuple[str, ...]) -> dict[int, tuple[int, date | None]]:
    """Each handler's open cases: how many, and the nearest deadline."""
    held = _below(Case.objects.filter(state__in=OPEN, handler__isnull=False), tops, "organisation__path")
    rows = held.order_by().values_list("handler").annotate(Count("pk"), Min("forward_by"))
    return {handler: (count, nearest) for handler, count, nearest in rows}


def _heirs(tops: tuple[str, ...], leaver: int, day: date) -> tuple[Heir, ...]:
    held = Membership.objects.filter(current(day), role__in=HANDLERS, user__is_active=True)
    rows = _below(held, tops, "organisation__path").exclude(user_id=leaver).select_related("user")
    found = {m.user_id: m.user.name for m in rows}
    return tuple(Heir(pk, name) for pk, name in sorted(found.items(), key=lambda item: item[1]))


def _role_line(m: Membership, day: date) -> RoleLine:
    return RoleLine(
        id=m.pk,
        role=Role(m.role).danish,
        organisation=m.organisation.name,
        since=m.since,
        until=m.until,
        current=m.since <= day and (m.until is None or m.until >= day),
        open=m.until is None or m.until >= day,
    )
