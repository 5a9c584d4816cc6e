"""Reach (rækkevidde): which cases an actor may touch, and with which roles. Default deny."""

from datetime import datetime

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.terms import Role
from uth.records.cases import Case, CaseQuerySet
from uth.records.organisations import Organisation
from uth.records.people import memberships_of, roles_in

ON_CASES = frozenset({Role.INTAKE, Role.HANDLER, Role.RISK_MANAGER})


def roles_of(actor: Actor, organisation: Organisation, *, at: datetime) -> frozenset[Role]:
    """The actor's roles towards this organisation at that time."""
    if actor.standing is not None:
        return frozenset({actor.standing})
    return roles_in(actor.user_id, organisation, on=danish_day(at))


def cases_for(actor: Actor, *, at: datetime) -> CaseQuerySet:
    """The cases this user may at all know of: those held in the subtrees where they have a desk role."""
    if actor.user_id is None:
        return Case.objects.none()
    held = memberships_of(actor.user_id, on=danish_day(at)).filter(role__in=ON_CASES)
    return Case.objects.below([m.organisation.path for m in held])


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
