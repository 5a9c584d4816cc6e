"""Origin (hvor rapporten blev givet): the authority a case first came to, and what of it belongs to the one that holds it now."""

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Subquery

from uth.law.terms import Act, Role
from uth.records.cases import Case, CaseStep
from uth.records.succession import seats

# Annotate a case with it: where it lay before somebody first passed it on; None where nobody did. What a merger or
# its undoing moved was passed on by nobody: the tasks changed hands, and the case was the new one's own all along.
FIRST_HELD = Subquery(
    CaseStep.objects.filter(case=OuterRef("pk"), act=Act.TRANSFER)
    .exclude(role=Role.SYSTEM)
    .order_by("pk")
    .values("from_organisation__path")[:1]
)


def top(path: str) -> str:
    """The path of the authority that this is a part of."""
    return f"/{path.split('/')[1]}/"


def own(path: str, holder: str, *, on: date) -> bool:
    """Whether this path is the holder's own authority, or one whose tasks it has taken over by that day."""
    return top(path) == top(holder) or path.startswith(seats(top(holder), on=on))


def given_here(case: Case, *, on: date) -> bool:
    """Whether the reporter gave the report to the authority that holds the case now. `first_held` is annotated."""
    first: str | None = case.first_held  # type: ignore[attr-defined]
    return first is None or own(first, case.organisation.path, on=on)


def tops_of_ours(case: Case) -> set[str]:
    """The authority that holds the case, and those it has lain with by a merger or its undoing since it came."""
    ours = {top(case.organisation.path)}
    moves = CaseStep.objects.filter(case=case, act=Act.TRANSFER).order_by("-pk")
    for role, was, to in moves.values_list("role", "from_organisation__path", "to_organisation__path"):
        if role == Role.SYSTEM:
            ours |= {top(was), top(to)}
        elif top(was) != top(to):
            break
    return ours


def holder_at(moves: Iterable[tuple[object, str, str]], moment: object, now: str) -> str:
    """Who held the case at a moment. `moves`: when, from and to, oldest first; `now`: who holds it today."""
    held = ""
    for at, origin, to in moves:
        if not held:
            held = origin
        if at > moment:  # type: ignore[operator] # two times
            break
        held = to
    return held or now
