"""People (brugere): accounts, roles, keys for programs."""

import secrets
from datetime import date, datetime

from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor
from uth.law.clock import danish_day
from uth.law.terms import Role
from uth.records.organisations import Organisation
from uth.records.people import ApiToken, Membership, User, current
from uth.records.sealing import keyed_hash


@recorded
def put_user(log: Log, *, email: str, name: str, password: str | None, by: Actor, at: datetime) -> int:
    """Make an account, or find the one with this address; returns its number."""
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name, at=at)
    log("user.put", user=user.pk)
    return user.pk


@recorded
def grant(
    log: Log,
    *,
    user_id: int,
    organisation: str,
    role: Role,
    since: date | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Give a role in an organisation and all below it."""
    held = Organisation.objects.get(key=organisation)
    day = since or danish_day(at)
    if not Membership.objects.filter(current(day), user_id=user_id, organisation=held, role=role).exists():
        Membership.objects.create(user_id=user_id, organisation=held, role=role, since=day)
    log("role.granted", chain=held.key, user=user_id, role=None, granted=str(role))


@recorded
def new_api_token(log: Log, *, user_id: int, label: str, by: Actor, at: datetime) -> str:
    """A key for a program acting as this user; told once, kept as a hash."""
    token = secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user_id=user_id, label=label, token_hash=keyed_hash("api-token", token), created_at=at
    )
    log("token.made", user=user_id, token=row.pk)
    return token


def user_of_token(token: str) -> int | None:
    """The active user behind a program's key, or None."""
    return (
        ApiToken.objects.filter(
            token_hash=keyed_hash("api-token", token), revoked_at=None, user__is_active=True
        )
        .values_list("user_id", flat=True)
        .first()
    )
