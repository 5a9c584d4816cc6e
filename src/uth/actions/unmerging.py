"""Unmerging (fortrydelse af en sammenlægning): every row goes back, and what came meanwhile finds its lawful place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from uth.actions.collective import recipient_of
from uth.actions.mergers import MANY, open_merger, shift_cases
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor
from uth.law.clock import danish_day
from uth.law.procedure import HANDLERS, OPEN
from uth.law.terms import Role
from uth.law.text import day_in_words
from uth.records.cases import Case, CaseStep
from uth.records.mergers import Merger, MergerMove
from uth.records.organisations import Organisation
from uth.records.people import Invitation, Membership, roles_in
from uth.records.routing import receiver_on
from uth.records.tallies import Board, CollectiveReport


@dataclass(frozen=True, slots=True)
class Unmerged:
    """What went back; what had moved on or was closed meanwhile, and stays; what came meanwhile, and where it went."""

    back: int
    stayed: int
    came_meanwhile: int
    sent_on: int
    without_handler: int
    roles_moved: int


@recorded
def unmerge(log: Log, number: int, *, by: Actor, at: datetime) -> Unmerged:
    """Take an uncommitted merger back. Deadlines, states and handlers stay; all of it or nothing."""
    run = open_merger(number)
    back, stayed = _cases_back(log, run)
    _others_back(run)
    roles = _people_back(run)
    _organisations_back(run)
    run.undone_at = at
    run.save(update_fields=["undone_at"])
    log("merger.undone", merger=run.pk, cases=back)  # the map is drawn anew from here
    came, sent = _send_on(log, run)
    _send_counts_on(run, on=danish_day(at))
    loose = _let_go_of_strangers(log, run)
    for key in {run.to.key, *_sources_of(run)}:
        log("merger.undone", chain=key, merger=run.pk, cases=back)
    return Unmerged(back, stayed, came, sent, loose, roles)


def _moves(run: Merger, what: str) -> dict[int, MergerMove]:
    return {move.row: move for move in run.moves.filter(what=what)}


def _sources_of(run: Merger) -> list[str]:
    rows = Organisation.objects.filter(pk__in=_moves(run, MergerMove.ENDED), parent=None)
    return list(rows.values_list("key", flat=True))


def _cases_back(log: Log, run: Merger) -> tuple[int, int]:
    """Those that are open and still in the new authority; how many, and how many are closed or have moved on."""
    moved, places = _moves(run, MergerMove.CASE), _places_of(run)
    moves: dict[int, list[Case]] = {}
    for case in _locked(list(moved)):
        if case.state in OPEN and case.organisation_id in places:
            moves.setdefault(moved[case.pk].before["at"], []).append(case)
    shift_cases(log, "case.unmerged", moves, run=run, reason=_reason(run))
    back = sum(map(len, moves.values()))
    return back, len(moved) - back


def _is_new(run: Merger) -> bool:
    """Whether the new authority had nothing before the merger: whatever lies there came by it, or after it."""
    return run.to.since >= run.first_day


def _places_of(run: Merger) -> set[int]:
    """The new authority, the parts that the merger made, and, where it is all new, every part it has got since."""
    places = {run.to_id, *_old_part_of(run)}
    if _is_new(run):
        below = Organisation.objects.filter(path__startswith=run.to.path)
        places |= set(below.values_list("pk", flat=True))
    return places


def _locked(numbers: list[int]) -> list[Case]:
    found: list[Case] = []
    for start in range(0, len(numbers), MANY):
        rows = Case.objects.select_for_update(of=("self",)).filter(pk__in=numbers[start : start + MANY])
        found += rows.only("pk", "state", "organisation_id").order_by("pk")
    return found


def _others_back(run: Merger) -> None:
    for what, rows in (
        (MergerMove.BOARD, Board.objects.all()),
        (MergerMove.COLLECTIVE, CollectiveReport.objects.filter(forwarded_at=None)),
    ):
        for row, move in _moves(run, what).items():
            rows.filter(pk=row, organisation=move.after["at"]).update(organisation=move.before["at"])
    for heir, part in _old_part_of(run).items():  # opened there meanwhile
        Board.objects.filter(organisation=heir).update(organisation=part)


def _old_part_of(run: Merger) -> dict[int, int]:
    """The number of each new part → the part whose heir it was."""
    return {row: move.after["part"] for row, move in _moves(run, MergerMove.PART).items()}


def _people_back(run: Merger) -> int:
    """Roles and invitations given in the new parts meanwhile go on in the old ones."""
    count = 0
    for heir, part in _old_part_of(run).items():
        Invitation.objects.filter(organisation=heir).update(organisation=part)
        for given in Membership.objects.filter(organisation=heir):
            twin = Membership.objects.filter(
                user=given.user_id, organisation=part, role=given.role, until=None
            )
            if given.until is None and twin.exists():
                given.delete()
                continue
            given.organisation_id = part
            given.save(update_fields=["organisation"])
            count += 1
    return count


def _organisations_back(run: Merger) -> None:
    """The old ones get back their last day and successor; the new parts were in force on no day."""
    for row, move in _moves(run, MergerMove.ENDED).items():
        until = move.before["until"]
        Organisation.objects.filter(pk=row).update(
            until=date.fromisoformat(until) if until else None, successor_id=move.before["successor"]
        )
    made = [*_moves(run, MergerMove.PART), *_moves(run, MergerMove.CREATED)]
    Organisation.objects.filter(pk__in=made).update(until=run.first_day - timedelta(days=1))


def _send_on(log: Log, run: Merger) -> tuple[int, int]:
    """Open cases that came to the new authority meanwhile: each to whom the law names now; how many came and moved."""
    old_part = _old_part_of(run)
    here = Case.objects.filter(organisation__in=_places_of(run), state__in=OPEN)
    came = here.exclude(pk__in=_moves(run, MergerMove.CASE))
    if not _is_new(run):  # it had cases of its own, and keeps them
        reopened = CaseStep.objects.filter(
            at__gte=run.made_at, from_organisation__in=_moves(run, MergerMove.ENDED)
        )
        ours = Q(received_on__gte=run.first_day) | Q(organisation__in=old_part)
        came = came.filter(ours | Q(pk__in=reopened.values("case")))
    numbers = {o.key: o.pk for o in Organisation.objects.filter(parent=None)}
    moves: dict[int, list[Case]] = {}
    cases = list(came.select_related("report__place", "report__transported_by"))
    for case in cases:
        lawful = receiver_on(case.report, danish_day(log.at))
        place = old_part.get(case.organisation_id) or numbers.get(lawful.authority if lawful else "")
        if place is not None and place != case.organisation_id:
            moves.setdefault(place, []).append(case)
    shift_cases(log, "case.unmerged", moves, run=run, reason=_reason(run))
    return len(cases), sum(map(len, moves.values()))


def _send_counts_on(run: Merger, *, on: date) -> None:
    """Collective reports that a unit submitted meanwhile and nobody has passed on: each to whom the law names now."""
    if not _is_new(run):  # it is still there, and its people can pass them on
        return
    waiting = CollectiveReport.objects.filter(organisation__in=_places_of(run), forwarded_at=None)
    for report in waiting.select_related("board__organisation", "board__place"):
        report.organisation = Organisation.objects.get(key=recipient_of(report.board, on=on).authority)
        report.save(update_fields=["organisation"])


def _let_go_of_strangers(log: Log, run: Merger) -> int:
    """A case whose handler has no say where it lies now waits for another; whoever distributes sees it."""
    places = [*_moves(run, MergerMove.ENDED)]
    held = Case.objects.filter(organisation__in=places, state__in=OPEN, handler__isnull=False)
    known: Mapping[tuple[int, int], bool] = {}
    loose: dict[str, list[int]] = {}
    for case in held.select_related("organisation__successor"):
        key = (case.handler_id or 0, case.organisation_id)
        if key not in known:
            known = {
                **known,
                key: bool(roles_in(key[0], case.organisation, on=danish_day(log.at)) & HANDLERS),
            }
        if (
            not known[key]
            and MergerMove.objects.filter(merger=run, what=MergerMove.CASE, row=case.pk).exists()
        ):
            loose.setdefault(case.organisation.key, []).append(case.pk)
    for place, cases in sorted(loose.items()):
        log.many("case.let_go", cases, chain=place, role=Role.SYSTEM, merger=run.pk)
        for start in range(0, len(cases), MANY):
            Case.objects.filter(pk__in=cases[start : start + MANY]).update(handler=None)
    return sum(map(len, loose.values()))


def _reason(run: Merger) -> str:
    return f"Sammenlægningen med {run.to.name} fra {day_in_words(run.first_day)} er fortrudt. Fristen er den samme."
