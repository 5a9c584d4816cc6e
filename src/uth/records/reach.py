"""Reach (rækkevidde): which cases an actor may touch, and with which roles. Default deny."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.terms import Role
from uth.records.cases import Case
from uth.records.organisations import Organisation
from uth.records.people import current, memberships_of, roles_in
from uth.records.succession import heirs, paths_of

ON_CASES = frozenset({Role.INTAKE, Role.HANDLER, Role.RISK_MANAGER})


@dataclass(frozen=True, slots=True)
class Held:
    """The roles a user holds and the paths they are held at; asked of the database once."""

    roles: tuple[tuple[Role, str], ...]

    def at(self, path: str) -> frozenset[Role]:
        """The roles towards the organisation with this path: those held here or on any ancestor."""
        return frozenset(role for role, held in self.roles if path.startswith(held))

    def paths(self, wanted: Iterable[Role] = ON_CASES) -> list[str]:
        """Where one of these roles is held."""
        chosen = frozenset(wanted)
        return sorted({path for role, path in self.roles if role in chosen})


def held_by(actor: Actor, *, at: datetime) -> Held:
    """What the actor holds at that time; nothing for anybody without an account."""
    day = danish_day(at)
    rows = memberships_of(actor.user_id, on=day)
    return Held(tuple((Role(m.role), path) for m in rows for path in paths_of(m.organisation, on=day)))


def roles_of(actor: Actor, organisation: Organisation, *, at: datetime) -> frozenset[Role]:
    """The actor's roles towards this organisation at that time."""
    if actor.standing is not None:
        return frozenset({actor.standing})
    return roles_in(actor.user_id, organisation, on=danish_day(at))


def roles_of_heirs(actor: Actor, organisation: Organisation, *, at: datetime) -> frozenset[Role]:
    """The actor's roles towards this organisation, or towards one that has taken its tasks over by then."""
    line = (organisation, *heirs(organisation, on=danish_day(at)))
    return frozenset[Role]().union(*(roles_of(actor, each, at=at) for each in line))


def whole_authorities(actor: Actor, role: Role, *, at: datetime) -> tuple[Organisation, ...]:
    """The authorities, in force that day, in the whole of which the actor holds the role; not those of mere parts."""
    held = Organisation.objects.filter(path__in=held_by(actor, at=at).paths({role}), parent=None)
    return tuple(held.filter(current(danish_day(at))).order_by("name"))


def locked_case(case_id: int, actor: Actor, *, at: datetime) -> tuple[Case, frozenset[Role]]:
    """The case, locked, with the actor's roles on it. Raises Hidden if there are none."""
    try:
        case = Case.objects.lock(case_id)
    except Case.DoesNotExist as missing:
        raise Hidden from missing
    roles = roles_of(actor, case.organisation, at=at)
    if not roles & (ON_CASES | {Role.REPORTER, Role.SYSTEM}):
        raise Hidden
    return case, roles
