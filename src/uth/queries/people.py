"""People (brugere): who am I here, and who works where."""

from dataclasses import dataclass
from datetime import datetime

from uth.law.actor import Actor
from uth.law.clock import danish_day
from uth.law.procedure import HANDLERS
from uth.law.terms import Role
from uth.records.organisations import Organisation
from uth.records.people import Membership, current, memberships_of


@dataclass(frozen=True, slots=True)
class Standing:
    """What a user is: every role held anywhere, and the organisations by name."""

    roles: frozenset[Role]
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody a case can be given to."""

    id: int
    name: str
    roles: tuple[str, ...]


def standing(*, by: Actor, at: datetime) -> Standing:
    """What the user is today; nothing for anybody else."""
    if by.user_id is None:
        return Standing(frozenset(), ())
    held = list(memberships_of(by.user_id, on=danish_day(at)))
    names = dict.fromkeys(m.organisation.name for m in held)
    return Standing(frozenset(Role(m.role) for m in held), tuple(names))


def handlers_of(organisation_key: str, *, at: datetime) -> tuple[Colleague, ...]:
    """Those who may handle cases held by this organisation."""
    organisation = Organisation.objects.get(key=organisation_key)
    held = (
        Membership.objects.filter(current(danish_day(at)), role__in=HANDLERS, user__is_active=True)
        .select_related("user", "organisation")
        .order_by("user__name")
    )
    found: dict[int, Colleague] = {}
    for m in held:
        if organisation.path.startswith(m.organisation.path):
            roles = (*(found[m.user_id].roles if m.user_id in found else ()), m.role)
            found[m.user_id] = Colleague(m.user_id, m.user.name, roles)
    return tuple(found.values())
