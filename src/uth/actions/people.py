"""People (brugere): who is invited, what they are where, and who is shut out. An administrator rules the own subtree."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from uth.actions.handling import Refused
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.procedure import NotAllowed
from uth.law.terms import AuthorityKind, Role
from uth.law.text import tidy
from uth.records import outbox
from uth.records.organisations import Organisation
from uth.records.people import (
    ApiToken,
    Invitation,
    Membership,
    User,
    current,
    governs,
    invitation_hash,
    invitation_token,
    memberships_of,
    waiting_invitation,
)
from uth.records.sealing import keyed_hash
from uth.records.succession import reaches

INVITATION_LASTS = timedelta(days=14)
AT_AUTHORITIES = (Role.INTAKE, Role.HANDLER, Role.RISK_MANAGER, Role.ADMIN)
AT_THE_NATIONAL_LEVEL = (Role.NATIONAL, Role.READER, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and its one-time link, told once."""

    id: int
    path: str


def roles_at(kind: str) -> tuple[Role, ...]:
    """The roles that can be given in an organisation of this kind."""
    return AT_THE_NATIONAL_LEVEL if kind == AuthorityKind.NATIONAL else AT_AUTHORITIES


@recorded
def put_user(log: Log, *, email: str, name: str, password: str | None, by: Actor, at: datetime) -> int:
    """Make an account, or find the one with this address; for the system's own use. Returns its number."""
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
    until: date | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Give a role in an organisation and all below it, from a day and until its last day."""
    held = _governed(organisation, by, at=at)
    if by.user_id is not None:
        _in_reach(user_id, by, at=at)
    _four_eyes(user_id, held, by, at=at)
    day = since or danish_day(at)
    _check_role(role, held)
    if until is not None and until < day:
        raise Refused(until="Den sidste dag skal ligge efter den første.")
    if not Membership.objects.filter(current(day), user_id=user_id, organisation=held, role=role).exists():
        Membership.objects.create(user_id=user_id, organisation=held, role=role, since=day, until=until)
    log("role.granted", chain=held.key, user=user_id, role=None, granted=str(role))


@recorded
def end_role(log: Log, membership_id: int, *, last_day: date | None = None, by: Actor, at: datetime) -> None:
    """Let a role end after its last day; without one it ends at once."""
    held = Membership.objects.select_related("organisation").filter(pk=membership_id).first()
    if held is None:
        raise Hidden
    _governed(held.organisation.key, by, at=at)
    if held.user_id == by.user_id and held.role == Role.ADMIN:
        raise NotAllowed("Du kan ikke fjerne din egen administratorrolle. Bed en anden administrator.")
    today = danish_day(at)
    if last_day is not None and last_day < today:
        raise Refused(last_day="Den sidste dag kan ikke ligge før i dag.")
    held.until = last_day or today - timedelta(days=1)
    held.save(update_fields=["until"])
    log(
        "role.ended",
        chain=held.organisation.key,
        user=held.user_id,
        ended=held.role,
        last_day=str(held.until),
    )


@recorded
def invite(log: Log, *, email: str, organisation: str, role: Role, by: Actor, at: datetime) -> Invited:
    """Invite a colleague by a one-time link; an earlier unused invitation to the same role stops working."""
    place = _governed(organisation, by, at=at)
    _check_role(role, place)
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(email="Skriv en e-mailadresse som navn@eksempel.dk.") from None
    own = User.objects.filter(email=address).values_list("pk", flat=True).first()
    if own is not None:
        _four_eyes(own, place, by, at=at)
    held = Q(user__email=address, organisation=place, role=role)
    if Membership.objects.filter(current(danish_day(at)), held).exists():
        raise Refused(email="Personen har allerede den rolle. Vælg en anden rolle eller en anden person.")
    open_ones = Invitation.objects.filter(email=address, organisation=place, role=role, used_at=None)
    open_ones.filter(expires_at__gt=at).update(expires_at=at)
    row = Invitation.objects.create(
        email=address,
        organisation=place,
        role=role,
        token_hash=secrets.token_hex(32),  # until the row has a number to derive the link from
        invited_by_id=by.user_id,
        created_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    token = invitation_token(row)
    row.token_hash = invitation_hash(token)
    row.save(update_fields=["token_hash"])
    outbox.put_mail(f"invitation:{row.pk}", "invitation", at=at, role=role.danish)
    log("user.invited", chain=place.key, invitation=row.pk, invited_as=str(role))
    return Invited(row.pk, f"/konto/invitation/{token}/")


@recorded
def withdraw_invitation(log: Log, invitation_id: int, *, by: Actor, at: datetime) -> None:
    """The link stops working."""
    row = Invitation.objects.select_related("organisation").filter(pk=invitation_id, used_at=None).first()
    if row is None:
        raise Hidden
    _governed(row.organisation.key, by, at=at)
    row.expires_at = min(at, row.expires_at)
    row.save(update_fields=["expires_at"])
    log("user.invitation_withdrawn", chain=row.organisation.key, invitation=row.pk)


@recorded
def accept_invitation(log: Log, token: str, *, name: str, password: str, by: Actor, at: datetime) -> int:
    """Use the link: make the account, or give the role to the account that has the address. Returns its number."""
    row = waiting_invitation(token, at=at).select_for_update().first()
    if row is None:
        raise Hidden
    user = User.objects.filter(email=row.email).first()
    if user is None:
        user = _new_user(row.email, name, password, at=at)
    elif user.pk != by.user_id:
        raise NotAllowed("Adressen har allerede en konto. Log ind, og åbn linket igen.")
    day = danish_day(at)
    held = {"user": user, "organisation_id": row.organisation_id, "role": row.role}
    if not Membership.objects.filter(current(day), **held).exists():
        Membership.objects.create(**held, since=day)
    row.used_at = at
    row.save(update_fields=["used_at"])
    log("user.joined", chain=row.organisation.key, user=user.pk, invitation=row.pk, granted=row.role)
    return user.pk


@recorded
def suspend(log: Log, user_id: int, *, by: Actor, at: datetime) -> None:
    """Shut the account; the person is out with the next click, and keys for programs stop too."""
    user = _wholly_governed(user_id, by, at=at)
    if user.pk == by.user_id:
        raise NotAllowed("Du kan ikke lukke din egen konto. Bed en anden administrator.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_sessions(user.pk)
    log("user.suspended", user=user.pk)


@recorded
def reopen(log: Log, user_id: int, *, by: Actor, at: datetime) -> None:
    """Open the account again, with the roles it had."""
    user = _wholly_governed(user_id, by, at=at)
    user.is_active = True
    user.save(update_fields=["is_active"])
    log("user.reopened", user=user.pk)


@recorded
def reset_two_steps(log: Log, user_id: int, *, by: Actor, at: datetime) -> None:
    """Forget the lost telephone: sessions end, and the next log-in begins with a new app. The owner is told."""
    user = _wholly_governed(user_id, by, at=at)
    if user.pk == by.user_id:
        raise NotAllowed(
            "Dit eget totrinslogin skifter du på »Min konto«. Har du mistet telefonen, så bed en anden."
        )
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(user.pk)
    outbox.put_mail(
        f"user:{user.pk}", "security", at=at, what="En administrator har nulstillet dit totrinslogin."
    )
    log("user.two_steps_reset", user=user.pk)


@recorded
def new_api_token(log: Log, *, user_id: int, label: str, by: Actor, at: datetime) -> str:
    """A key for a program acting as this user, who alone can make it; told once, kept as a hash."""
    if by.user_id is not None and by.user_id != user_id:
        raise NotAllowed("En nøgle handler på sin ejers vegne. Bed personen selv lave den på »Min konto«.")
    if by.user_id is not None and not memberships_of(user_id, on=danish_day(at)):
        raise NotAllowed(
            "Du har ingen rolle, så en nøgle kan intet. Bed jeres administrator om en rolle først."
        )
    name = tidy(label)[:100]
    if not name:
        raise Refused(label="Giv nøglen et navn, så du senere kan se, hvad den bruges til.")
    token = secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user_id=user_id, label=name, token_hash=keyed_hash("api-token", token), created_at=at
    )
    log("token.made", user=user_id, token=row.pk)
    return token


@recorded
def revoke_api_token(log: Log, token_id: int, *, by: Actor, at: datetime) -> None:
    """The key stops working; its owner or an administrator may do it."""
    row = ApiToken.objects.filter(pk=token_id).first()
    if row is None:
        raise Hidden
    if row.user_id != by.user_id:
        _in_reach(row.user_id, by, at=at)
    row.revoked_at = row.revoked_at or at
    row.save(update_fields=["revoked_at"])
    log("token.revoked", user=row.user_id, token=row.pk)


def user_of_token(token: str) -> int | None:
    """The active user behind a program's key, or None."""
    return (
        ApiToken.objects.filter(
            token_hash=keyed_hash("api-token", token), revoked_at=None, user__is_active=True
        )
        .values_list("user_id", flat=True)
        .first()
    )


def _governed(key: str, by: Actor, *, at: datetime) -> Organisation:
    """The organisation, if the actor administers it. Raises Hidden."""
    place = Organisation.objects.filter(key=key).first()
    if place is None or not governs(by, place, on=danish_day(at)):
        raise Hidden
    return place


def _four_eyes(user_id: int, place: Organisation, by: Actor, *, at: datetime) -> None:
    """Nobody widens their own rights while another administrator can; one who is alone leaves a line in the audit."""
    if by.user_id is None or by.user_id != user_id:
        return
    admins = Membership.objects.filter(current(danish_day(at)), role=Role.ADMIN, user__is_active=True)
    others = admins.exclude(user_id=user_id).select_related("organisation__successor")
    if any(reaches(other.organisation, place.path, on=danish_day(at)) for other in others):
        raise NotAllowed("Du kan ikke give dig selv en rolle. Bed en anden administrator om det.")


def _check_role(role: Role, place: Organisation) -> None:
    if role not in roles_at(place.kind):
        raise Refused(role=f"Rollen »{role.danish}« kan ikke gives i {place.name}. Vælg en anden.")


def _in_reach(user_id: int, by: Actor, *, at: datetime) -> User:
    """A user who is or was something where the actor administers. Raises Hidden."""
    user = User.objects.filter(pk=user_id).first()
    places = [
        m.organisation for m in Membership.objects.filter(user_id=user_id).select_related("organisation")
    ]
    if user is None or not any(governs(by, place, on=danish_day(at)) for place in places):
        raise Hidden
    return user


def _wholly_governed(user_id: int, by: Actor, *, at: datetime) -> User:
    """A user all of whose present and coming roles lie where the actor administers; an account is shut or opened as a whole."""
    user, day = _in_reach(user_id, by, at=at), danish_day(at)
    lasting = Q(until=None) | Q(until__gte=day)
    held = Membership.objects.filter(lasting, user=user).select_related("organisation")
    if not all(governs(by, m.organisation, on=day) for m in held):
        raise NotAllowed(
            "Personen har også roller uden for dit område. Afslut rollerne hos dig selv, eller tal med den anden administrator."
        )
    return user


def _new_user(email: str, name: str, password: str, *, at: datetime) -> User:
    full_name = tidy(name)[:200]
    if not full_name:
        raise Refused(name="Skriv dit navn, som dine kolleger kender det.")
    try:
        validate_password(password, User(email=email, name=full_name))
    except ValidationError as weak:
        raise Refused(password=" ".join(weak.messages)) from weak
    return User.objects.create_user(email, password, name=full_name, at=at)


def _end_sessions(user_id: int) -> None:
    """Log the user out everywhere."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user_id):
            session.delete()
