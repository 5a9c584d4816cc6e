"""People with accounts (brugere), what they are to which part of which organisation, and how they get in."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from uth.law.actor import Actor, user
from uth.law.clock import danish_day
from uth.law.terms import Role
from uth.records.once import once
from uth.records.organisations import Installation, Organisation, choices
from uth.records.sealing import keyed_hash
from uth.records.succession import heirs, reaches, seats


class UserManager(BaseUserManager["User"]):
    """Makes users; there is no superuser: rights are memberships."""

    def create_user(self, email: str, password: str | None = None, *, name: str, at: datetime) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name, joined_at=at)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """Somebody with an account. Reporters have none."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, default="da")
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return f"bruger {self.pk}"  # never a name: this string ends in logs

    def get_full_name(self) -> str:
        return self.name


def current(on: date) -> Q:
    """Rows whose `since`..`until` (inclusive) covers the day."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gte=on))


class Membership(models.Model):
    """A role in an organisation and everything below it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=choices(Role))
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(until=None),
                name="one_open_membership_a_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.organisation_id}"


def memberships_of(user_id: int | None, *, on: date) -> tuple[Membership, ...]:
    """What an active user is that day, with whether log-in takes `two_steps`; what it reaches, `succession` says."""
    if user_id is None:
        return ()
    totp = User.objects.filter(pk=OuterRef("user"), authenticator__type="totp")
    rows = (
        Membership.objects.filter(current(on), user_id=user_id, user__is_active=True)
        .select_related("organisation__successor")
        .annotate(two_steps=Exists(totp))
        .order_by("pk")
    )
    return once(lambda: tuple(rows), "memberships", user_id, on)


def holds(user_id: int | None, role: Role, *, on: date) -> bool:
    """Whether an active user has the role anywhere that day."""
    return any(m.role == role for m in memberships_of(user_id, on=on))


def roles_in(user_id: int | None, organisation: Organisation, *, on: date) -> frozenset[Role]:
    """The user's roles towards this organisation: those held here, on any ancestor or in one it has taken over."""
    return frozenset(
        Role(m.role)
        for m in memberships_of(user_id, on=on)
        if reaches(m.organisation, organisation.path, on=on)
    )


def holders(roles: Iterable[Role], organisation: Organisation, *, on: date) -> list[int]:
    """The active users who hold one of these roles towards the organisation that day."""
    held = Membership.objects.filter(current(on), role__in=list(roles), user__is_active=True)
    rows = held.filter(organisation__path__in=seats(organisation.path, on=on))
    return list(rows.order_by("user").values_list("user", flat=True).distinct())


def governs(actor: Actor, organisation: Organisation, *, on: date) -> bool:
    """Whether the actor administers this organisation: the system, or an administrator here, above or of its heir."""
    return actor.standing is Role.SYSTEM or any(
        Role.ADMIN in roles_in(actor.user_id, here, on=on)
        for here in (organisation, *heirs(organisation, on=on))
    )


def governs_site(actor: Actor, *, on: date) -> bool:
    """Whether the actor decides for the whole installation: an administrator of the authority whose site it is.

    Where no set-up has said whose it is, of any authority, but never of a part of one. An authority that is only one
    of several here must not choose where the others' reports go.
    """
    if actor.user_id is None:
        return actor.standing is Role.SYSTEM
    held = memberships_of(actor.user_id, on=on)
    return decide_for_site([m for m in held if m.role == Role.ADMIN], on=on)


def decide_for_site(held: Iterable[Membership], *, on: date) -> bool:
    """The same for an administrator's roles, when they are at hand."""
    roles = list(held)
    set_up = Installation.objects.exclude(completed_at=None).select_related("organisation__successor")
    done = once(set_up.first, "installation")
    home = done.organisation if done else None
    if home is None:
        return any(m.organisation.parent_id is None for m in roles)
    ours = [here.path for here in (home, *heirs(home, on=on))]
    return any(reaches(m.organisation, path, on=on) for m in roles for path in ours)


class Invitation(models.Model):
    """A one-time link for a new colleague; the link's token is kept only as a hash."""

    email = models.EmailField()
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    role = models.CharField(max_length=20, choices=choices(Role))
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"


def waiting_invitation(token: str, *, at: datetime) -> QuerySet[Invitation]:
    """The unused invitation behind a link. Who has no say there any longer has invited nobody."""
    rows = Invitation.objects.filter(token_hash=invitation_hash(token), used_at=None, expires_at__gt=at)
    row = rows.select_related("organisation").first()
    by = None if row is None else row.invited_by_id
    if row is not None and by is not None and not governs(user(by), row.organisation, on=danish_day(at)):
        return rows.none()
    return rows


def invitation_token(invitation: Invitation) -> str:
    """The secret of the link, derived anew when the mail is written, so that it lies nowhere."""
    return keyed_hash("invitation", f"{invitation.pk} {invitation.created_at.timestamp()}")


def invitation_hash(token: str) -> str:
    """What the row keeps of the link."""
    return keyed_hash("invitation link", token)


class ApiToken(models.Model):
    """A handler's key for programs; kept only as a hash."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    label = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"token {self.pk}"
