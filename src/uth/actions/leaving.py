"""Leaving (fratrædelse): a leaver's open cases get a new handler, given by an administrator who does not read them.

This is staffing and no act on the case, so it stands outside the procedure: see docs/adr/0006.
"""

from datetime import datetime

from uth.actions.handling import Refused
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.procedure import HANDLERS, OPEN
from uth.law.terms import Act, Role, State
from uth.records import outbox
from uth.records.cases import Case
from uth.records.people import User, governs, roles_in

REASON = "Overdraget til en kollega af administratoren."


@recorded
def hand_over(log: Log, *, from_user: int, to_user: int, by: Actor, at: datetime) -> int:
    """Give the leaver's open cases, where the actor administers, to one colleague; all of them or none. How many."""
    day = danish_day(at)
    mine = [
        number for number, case in _open_cases(from_user).items() if governs(by, case.organisation, on=day)
    ]
    if not mine:
        raise Hidden
    heir = User.objects.filter(pk=to_user, is_active=True).exclude(pk=from_user).first()
    actor = User.objects.filter(pk=by.user_id or 0).first()
    for number in mine:
        case = Case.objects.lock(number)
        moved = not governs(by, case.organisation, on=day)
        if moved or case.handler_id != from_user or State(case.state) not in OPEN:
            continue  # a colleague was faster
        if heir is None or not roles_in(heir.pk, case.organisation, on=day) & HANDLERS:
            raise Refused(
                to_user="Vælg en kollega, der er sagsbehandler dér, hvor alle sagerne ligger, eller giv kollegaen rollen først."
            )
        case.handler = heir
        case.enter(State(case.state), act=Act.ASSIGN, at=at, by=actor, role=Role.ADMIN, reason=REASON)
        log("case.handed_over", case, role=Role.ADMIN, leaver=from_user, heir=heir.pk)
    outbox.put_mail(f"user:{to_user}", "handed_over", at=at, count=len(mine))
    log("user.handed_over", leaver=from_user, heir=to_user, cases=len(mine))
    return len(mine)


def _open_cases(user_id: int) -> dict[int, Case]:
    rows = (
        Case.objects.filter(handler_id=user_id, state__in=OPEN).select_related("organisation").order_by("pk")
    )
    return {case.pk: case for case in rows}
