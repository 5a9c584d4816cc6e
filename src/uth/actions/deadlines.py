"""Deadlines (frister): who is told that a case is due, once for each mark of the clock; never what it is about."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache

from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor
from uth.law.clock import DENMARK, danish_day, days_left, mark_reached, marks
from uth.law.procedure import HANDLERS, OPEN, RECEIVERS
from uth.law.terms import Role
from uth.records import outbox
from uth.records.cases import Case
from uth.records.people import holders, roles_in
from uth.records.reminders import Reminder

LEADERS = frozenset({Role.RISK_MANAGER, Role.ADMIN})
MORNING = time(7, 0)
# template, user, mark -> how many cases
type Mails = Counter[tuple[str, int, int]]


@recorded
def remind(log: Log, case_ids: Sequence[int], *, by: Actor, at: datetime) -> int:
    """Tell of those cases that still stand at a mark nobody was told of; returns how many. Each is told of once."""
    today, mails, rows = danish_day(at), Counter[tuple[str, int, int]](), []
    people = _People(today)
    open_ones = Case.objects.select_for_update(of=("self",)).filter(pk__in=case_ids, state__in=OPEN)
    cases = list(open_ones.select_related("organisation__successor").order_by("forward_by", "pk"))
    told_of = set(
        Reminder.objects.filter(case__in=case_ids).values_list("case_id", "mark")
    )  # once they are ours
    for case in cases:
        mark = mark_reached(days_left(case.forward_by, today), today)
        if mark is None or (case.pk, mark) in told_of:
            continue
        receivers = _receivers(case, mark, people)
        mails.update((template, user, mark) for user, template in receivers.items())
        passed = [each for each in marks(today) if each > mark and (case.pk, each) not in told_of]
        rows += [Reminder(case=case, mark=each, told=0, at=at) for each in passed]
        rows.append(Reminder(case=case, mark=mark, told=len(receivers), at=at))
        log("deadline.reminded", case, mark=mark, told=len(receivers))
    Reminder.objects.bulk_create(rows)
    _write(mails, today, at=at)
    log("deadlines.looked", cases=len(case_ids))
    return len([row for row in rows if row.told])


class _People:
    """Who holds what, asked once for each organisation of a batch."""

    def __init__(self, on: date) -> None:
        self.holding = cache(lambda roles, place: holders(roles, place, on=on))
        self.handles = cache(lambda user, place: bool(roles_in(user, place, on=on) & HANDLERS))


def _receivers(case: Case, mark: int, people: _People) -> dict[int, str]:
    """Who is told, and by which notice: the handler, else those who distribute; past the deadline their leaders too."""
    place, late = case.organisation, mark < 0
    leaders = people.holding(LEADERS, place)
    found = dict.fromkeys(leaders, "deadline_leaders") if late else {}
    if case.handler_id and people.handles(case.handler_id, place):
        return found | {case.handler_id: "deadline_passed" if late else "deadline_near"}
    unassigned = "deadline_unassigned_passed" if late else "deadline_unassigned"
    return found | dict.fromkeys(people.holding(RECEIVERS, place) or leaders, unassigned)


def _write(mails: Mails, today: date, *, at: datetime) -> None:
    """One mail for each person, notice and mark, held back till the morning: a count and a link."""
    morning = datetime.combine(today, MORNING, DENMARK)
    for (template, user, mark), count in sorted(mails.items()):
        cases = "1 sag" if count == 1 else f"{count} sager"
        outbox.put_mail(
            f"user:{user}", template, at=at, wait=max(at, morning), cases=cases, count=count, days=abs(mark)
        )
