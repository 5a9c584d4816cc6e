"""Mergers (sammenlægninger): one authority takes over others' tasks with all open cases, and can be taken back.

People are not moved: a role follows to the heir by itself (`records/succession.py`), and so does what routing, health
agreements and clusters say. Moved are the open cases, the open collective reports and the tally boards; the parts
get heirs below the new authority. What is closed stays where it was, with those who had it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F

from uth.actions.handling import Refused
from uth.actions.merger_report import MergerReport, received, survey
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor
from uth.law.clock import danish_day
from uth.law.procedure import OPEN
from uth.law.terms import Act, AuthorityKind, Role
from uth.law.text import day_in_words, fold
from uth.records.cases import Case, CaseStep
from uth.records.mergers import Merger, MergerMove
from uth.records.organisations import Organisation
from uth.records.tallies import Board, CollectiveReport

MANY = 500  # rows a statement
KEY = 80


class _Rehearsed(Exception):
    """The rehearsal is over; everything is rolled back."""

    def __init__(self, report: MergerReport) -> None:
        super().__init__()
        self.report = report


def rehearse(
    *, sources: Sequence[str], to: str, first_day: date, name: str = "", by: Actor, at: datetime
) -> MergerReport:
    """Do the whole of it and take it back: what the real run would say."""
    try:
        merge(sources=sources, to=to, first_day=first_day, name=name, rehearsal=True, by=by, at=at)
    except _Rehearsed as over:
        return over.report
    raise AssertionError("a rehearsal never ends by itself")


@recorded
def merge(
    log: Log,
    *,
    sources: Sequence[str],
    to: str,
    first_day: date,
    name: str = "",
    rehearsal: bool = False,
    by: Actor,
    at: datetime,
) -> MergerReport:
    """Let `to` take over from the sources; `name` makes it where it is not here yet. One transaction."""
    if danish_day(at) < first_day and not rehearsal:
        raise Refused(
            on=f"Sammenlægningen gælder fra {day_in_words(first_day)} og kan først køres den dag. "
            "Prøv den af nu med --dry-run."
        )
    if Merger.objects.filter(committed_at=None, undone_at=None).exists():
        raise Refused(
            to="En tidligere sammenlægning er ikke bekræftet endnu. Bekræft eller fortryd den først."
        )
    tops = _sources(sources, to, first_day)
    target, created = _target(to, name, tops[0], first_day)
    run = Merger.objects.create(to=target, first_day=first_day, made_at=at)
    if created:
        _kept(run, MergerMove.CREATED, {target.pk: ({}, {})})
    heir_of = {top.pk: target for top in tops}
    for top in tops:
        heir_of |= _parts(run, top, target, first_day)
    report = survey(target, heir_of, on=first_day, number=run.pk, created=created, first=first_day)
    _end(run, heir_of, first_day)
    _move_cases(log, run, heir_of, reason=_reason(target, first_day))
    _move_others(run, heir_of)
    if received() != report.received:
        raise AssertionError("a merger must not change the figures of the old map")
    for top in tops:
        log("authority.merged", chain=top.key, merger=run.pk, to=target.key, first_day=str(first_day))
    log("authority.merged", merger=run.pk, to=target.key, cases=report.open_cases)
    log("authority.took_over", chain=target.key, merger=run.pk, cases=report.open_cases)
    if rehearsal:
        raise _Rehearsed(report)
    return report


@recorded
def commit(log: Log, number: int, *, by: Actor, at: datetime) -> None:
    """From now on it cannot be undone."""
    run = open_merger(number)
    run.committed_at = at
    run.save(update_fields=["committed_at"])
    log("merger.committed", merger=run.pk)


def open_merger(number: int) -> Merger:
    """The merger, locked, if it can still be undone. Raises Refused."""
    run = Merger.objects.select_for_update(of=("self",)).filter(pk=number).select_related("to").first()
    if run is None:
        raise Refused(
            merger="Der er ingen sammenlægning med det nummer. Se dem med »uth organisations list«."
        )
    if run.committed_at:
        raise Refused(merger="Sammenlægningen er bekræftet og kan ikke fortrydes.")
    if run.undone_at:
        raise Refused(merger="Sammenlægningen er allerede fortrudt.")
    return run


def shift_cases(
    log: Log, word: str, moves: Mapping[int, Sequence[Case]], *, run: Merger, reason: str
) -> None:
    """Put cases into organisations (number → cases), each with a step and a line; nothing else of them changes."""
    _log_moves(log, word, moves, run=run)
    for place, cases in moves.items():
        for start in range(0, len(cases), MANY):
            some = cases[start : start + MANY]
            CaseStep.objects.bulk_create(
                CaseStep(
                    case=case,
                    at=log.at,
                    role=Role.SYSTEM,
                    act=Act.TRANSFER,
                    came_from=case.state,
                    went_to=case.state,
                    reason=reason,
                    from_organisation_id=case.organisation_id,
                    to_organisation_id=place,
                )
                for case in some
            )
            rows = Case.objects.filter(pk__in=[case.pk for case in some])
            rows.update(organisation_id=place, version=F("version") + 1)


def _log_moves(log: Log, word: str, moves: Mapping[int, Sequence[Case]], *, run: Merger) -> None:
    """A line of each case's own, in the log of whoever lets it go, as when a person sends it on."""
    lines: dict[tuple[int, int], list[int]] = {}
    for place, cases in moves.items():
        for case in cases:
            lines.setdefault((case.organisation_id, place), []).append(case.pk)
    keys = dict(Organisation.objects.values_list("pk", "key"))
    for (origin, place), numbers in sorted(lines.items()):
        log.many(word, numbers, chain=keys[origin], role=Role.SYSTEM, merger=run.pk, to=keys[place])


def _sources(keys: Sequence[str], to: str, first_day: date) -> list[Organisation]:
    last = first_day - timedelta(days=1)
    found = {
        o.key: o for o in Organisation.objects.filter(key__in=keys, parent=None).select_related("successor")
    }
    for key in keys:
        here = found.get(key)
        if here is None or here.kind == AuthorityKind.NATIONAL:
            raise Refused(sources=f"»{key}« er ingen myndighed her. Skriv dens nøgle, fx DK-84 eller 0151.")
        if key == to:
            raise Refused(
                sources=f"{here.name} kan ikke overtage sine egne opgaver. Lad den stå uden for --from."
            )
        if here.successor is not None and here.successor.key != to:
            raise Refused(sources=f"{here.name} er allerede overtaget af {here.successor.name}.")
        if here.until not in {None, last}:
            raise Refused(
                sources=f"{here.name} har sin sidste dag {day_in_words(here.until or last)}. Ret dagen."
            )
    if not keys or len({here.kind for here in found.values()}) != 1:
        raise Refused(sources="Vælg en eller flere myndigheder af samme slags.")
    return [found[key] for key in dict.fromkeys(keys)]


def _target(key: str, name: str, like: Organisation, first_day: date) -> tuple[Organisation, bool]:
    here = Organisation.objects.filter(key=key).first()
    if here is None and not name:
        raise Refused(to=f"»{key}« findes ikke her. Skriv også --name, så bliver myndigheden oprettet.")
    if here is None:
        made = Organisation.objects.create(
            key=key, name=name, kind=like.kind, path=f"/{key}/", since=first_day, lies_in=like.lies_in
        )
        return made, True
    if here.parent_id is not None or here.kind != like.kind:
        raise Refused(to=f"{here.name} er ikke en myndighed af samme slags. Vælg en anden.")
    if never(here):
        here.since, here.until, here.name = first_day, None, name or here.name
        here.save(update_fields=["since", "until", "name"])
        return here, True
    if here.since > first_day or here.until is not None:
        raise Refused(
            to=f"{here.name} har ikke opgaver fra den dag. Vælg en anden dag eller en anden myndighed."
        )
    return here, False


def never(here: Organisation) -> bool:
    """Whether it was in force on no day at all: made by a merger that was undone."""
    return here.until is not None and here.until < here.since


def _parts(run: Merger, top: Organisation, target: Organisation, first_day: date) -> dict[int, Organisation]:
    """An heir for each part below the source, under the heir of its whole; returns number of the part → its heir."""
    heirs: dict[int, Organisation] = {top.pk: target}
    below = Organisation.objects.filter(path__startswith=top.path).exclude(pk=top.pk).order_by("path")
    for part in below:
        if part.parent_id not in heirs or (part.until is not None and part.until < first_day):
            continue  # it ended before, and so did what lay below it
        above = heirs[part.parent_id]
        heirs[part.pk] = _heir(part, top, above, _key(target, part), first_day)
    made: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {
        heir.pk: ({}, {"part": number}) for number, heir in heirs.items() if number != top.pk
    }
    _kept(run, MergerMove.PART, made)
    return {number: heir for number, heir in heirs.items() if number != top.pk}


def _key(target: Organisation, part: Organisation) -> str:
    """A free key, or the one that an undone merger made for the same part."""
    wanted = f"{target.key}-{part.key}"[: KEY - 4]
    known = {each.key: each for each in Organisation.objects.filter(key__startswith=wanted)}
    tries = (wanted, *(f"{wanted}-{n}" for n in range(2, 100)))
    return next(key for key in tries if key not in known or never(known[key]))


def _heir(
    part: Organisation, top: Organisation, above: Organisation, key: str, first_day: date
) -> Organisation:
    """The part goes on under the same name; told apart by its old authority where the name is taken."""
    again = Organisation.objects.filter(key=key, parent=above).first()
    if again is not None:
        again.since, again.until = first_day, None
        again.save(update_fields=["since", "until"])
        return again
    taken = {fold(each.name) for each in above.parts.all() if not never(each)}
    name = part.name if fold(part.name) not in taken else f"{part.name} ({top.name})"[:200]
    return Organisation.objects.create(
        key=key,
        name=name,
        kind=above.kind,
        parent=above,
        path=Organisation.path_below(above, key),
        since=first_day,
    )


def _end(run: Merger, heir_of: Mapping[int, Organisation], first_day: date) -> None:
    """Give each its last day and its successor; from the next day its people go on there."""
    changes = {}
    for row in Organisation.objects.filter(pk__in=heir_of):
        before = _ends(row)
        row.until = min(row.until or date.max, first_day - timedelta(days=1))
        row.successor = heir_of[row.pk]
        row.save(update_fields=["until", "successor"])
        changes[row.pk] = (before, _ends(row))
    _kept(run, MergerMove.ENDED, changes)


def _ends(row: Organisation) -> dict[str, Any]:
    return {"until": row.until.isoformat() if row.until else None, "successor": row.successor_id}


def _move_cases(log: Log, run: Merger, heir_of: Mapping[int, Organisation], *, reason: str) -> None:
    open_ones = Case.objects.select_for_update(of=("self",)).filter(
        organisation__in=list(heir_of), state__in=OPEN
    )
    moves: dict[int, list[Case]] = {}
    for case in open_ones.only("pk", "state", "organisation_id").order_by("pk"):
        moves.setdefault(heir_of[case.organisation_id].pk, []).append(case)
    for place, cases in moves.items():
        _kept(run, MergerMove.CASE, {c.pk: ({"at": c.organisation_id}, {"at": place}) for c in cases})
    shift_cases(log, "case.merged", moves, run=run, reason=reason)


def _move_others(run: Merger, heir_of: Mapping[int, Organisation]) -> None:
    """The tally boards in use, and the collective reports that have not been passed on."""
    for what, rows in (
        (MergerMove.BOARD, Board.objects.filter(organisation__in=list(heir_of), closed_on=None)),
        (
            MergerMove.COLLECTIVE,
            CollectiveReport.objects.filter(organisation__in=list(heir_of), forwarded_at=None),
        ),
    ):
        held = {row.pk: row.organisation_id for row in rows}
        _kept(run, what, {pk: ({"at": place}, {"at": heir_of[place].pk}) for pk, place in held.items()})
        for place, heir in heir_of.items():
            rows.filter(organisation=place).update(organisation=heir)


def _kept(run: Merger, what: str, rows: Mapping[int, tuple[dict[str, Any], dict[str, Any]]]) -> None:
    MergerMove.objects.bulk_create(
        [
            MergerMove(merger=run, what=what, row=row, before=before, after=after)
            for row, (before, after) in rows.items()
        ],
        batch_size=MANY,
    )


def _reason(target: Organisation, first_day: date) -> str:
    return f"{target.name} har overtaget opgaverne fra {day_in_words(first_day)}. Fristen er den samme."
