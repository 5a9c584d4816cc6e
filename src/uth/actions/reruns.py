"""Reading again (genkørsel): what an older engine proposed is proposed anew, and what was approved is looked through.

Reading takes long and locks nothing. Then the case is locked: if it has moved meanwhile it is read again, else all of
it is kept with its audit, or nothing. No approved text is changed, and nothing is sent.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Any

from uth.actions.identities import known_identities, vault_identities
from uth.actions.recorded import Log, recorded
from uth.actions.redaction import digest, let_stand, second_look
from uth.deid.engine import KnownIdentity, find
from uth.deid.reasons import BY_HAND
from uth.deid.replace import Cast, cast_of, replace
from uth.deid.span import Span
from uth.law.actor import Actor
from uth.law.terms import Section, State
from uth.records.cases import Case
from uth.records.redactions import Redaction, finding_of, hidden
from uth.records.reruns import APPROVED, Reread, Rerun
from uth.records.sections import sections_of

TRIES = 3
READ = APPROVED | {State.CONCLUDED}


class Outcome(Enum):
    """What became of one case."""

    ANEW = auto()  # there is a new proposal to read
    SAME = auto()  # nothing new
    FOUND = auto()  # an approved text holds something
    ELSEWHERE = auto()  # the case has gone on and needs no reading now
    BUSY = auto()  # somebody worked on it all the time; it has not been read


@dataclass(frozen=True, slots=True)
class _Look:
    """What was read of a case, and what came of it. `rows`: the new values of a redaction by its number."""

    case_id: int
    version: int
    state: str
    rows: Mapping[int, Mapping[str, Any]]
    found: Mapping[str, int]
    matched: bool


class _Moved(Exception):
    """The case is not as it was read."""


@recorded
def begin(log: Log, *, anew: bool, by: Actor, at: datetime) -> int:
    """The rerun to go on with, or a new one; `anew` leaves an unfinished one behind."""
    unfinished = Rerun.objects.filter(finished_at__isnull=True).order_by("pk")
    if anew:
        unfinished.update(finished_at=at)
    run = unfinished.last() or Rerun.objects.create(started_at=at)
    log("rerun.begun", rerun=run.pk)
    return run.pk


@recorded
def end(log: Log, rerun: int, *, by: Actor, at: datetime) -> None:
    """All of it has been read."""
    Rerun.objects.filter(pk=rerun).update(finished_at=at)
    log("rerun.ended", rerun=rerun, cases=Reread.objects.filter(rerun=rerun).count())


def read_again(rerun: int, case_id: int, *, by: Actor, at: datetime) -> Outcome:
    """One case. Raises TaggerMissing and TaggerTooSlow, and then nothing was kept."""
    for _ in range(TRIES):
        look = _look(case_id)
        if look.state not in READ:
            return Outcome.ELSEWHERE
        try:
            return _keep(rerun, look, by=by, at=at)
        except _Moved:
            continue
    return Outcome.BUSY


def _look(case_id: int) -> _Look:
    case = Case.objects.select_related("report__reporter_identity", "report__patient_identity").get(
        pk=case_id
    )
    known = known_identities(case)
    order = list(Section)
    rows = sorted(Redaction.objects.filter(case=case), key=lambda row: order.index(Section(row.section)))
    anew: dict[int, dict[str, Any]] = {}
    found: Counter[str] = Counter()
    if case.state == State.CONCLUDED:
        anew = _anew(rows, sections_of(case), known, day=case.report.day_zero)
    if case.state in APPROVED:
        for row in rows:
            found += Counter(str(span.kind) for span in _still_there(row, known))
    return _Look(case.pk, case.version, case.state, anew, dict(found), matched=bool(vault_identities(case)))


@recorded
def _keep(log: Log, rerun: int, look: _Look, *, by: Actor, at: datetime) -> Outcome:
    case = Case.objects.lock(look.case_id)
    if (case.version, case.state) != (look.version, look.state):
        raise _Moved
    Reread.objects.get_or_create(rerun_id=rerun, case=case, defaults={"found": dict(look.found)})
    if look.matched:
        log("vault.matched", case)  # the machine looked; nobody read
    if look.state != State.CONCLUDED:
        log("redaction.reread", case, found=dict(look.found))
        return (
            (Outcome.FOUND if look.found else Outcome.SAME) if look.state in APPROVED else Outcome.ELSEWHERE
        )
    for row, values in look.rows.items():
        Redaction.objects.filter(pk=row, case=case).update(**values)
    if look.rows:
        Redaction.objects.filter(case=case).update(first_at=None, first_by=None)
        case.version += 1  # who approves must have read this text
        case.save(update_fields=["version"])
    log("redaction.proposed_anew", case, sections=len(look.rows))
    return Outcome.ANEW if look.rows else Outcome.SAME


# ── what waits for a person ──


def _anew(
    rows: Sequence[Redaction],
    texts: Mapping[Section, str],
    known: Sequence[KnownIdentity],
    *,
    day: date | None,
) -> dict[int, dict[str, Any]]:
    """What the rows become, by number; those are left out that stay as they are, or whose text has changed since."""
    own = {row.pk: texts.get(Section(row.section), "") for row in rows}
    rows = [row for row in rows if row.original_digest == digest(own[row.pk])]
    before = cast_of(((own[row.pk], hidden(own[row.pk], row.findings)) for row in rows), day=day)
    findings = {row.pk: combined(row.findings, find(own[row.pk], known=known)) for row in rows}
    after = cast_of(((own[row.pk], hidden(own[row.pk], findings[row.pk])) for row in rows), day=day)
    anew = {}
    for row in rows:
        text, clean = own[row.pk], row.clean_text
        if not edited(text, row.findings, clean, before):
            clean = replace(text, hidden(text, findings[row.pk]), cast=after)
        leaks = second_look(clean, known=known, harmless=let_stand(row))
        values = {"findings": findings[row.pk], "clean_text": clean, "leaks": leaks}
        if values != {name: getattr(row, name) for name in values}:
            anew[row.pk] = values
    return anew


def combined(old: Sequence[dict[str, Any]], spans: Sequence[Span]) -> list[dict[str, Any]]:
    """The new findings; once a person has decided on any, their word stands, and nothing hidden is shown again."""
    new = [finding_of(span) for span in spans]
    if not any(map(_decided, old)):
        return new
    words = {(one["start"], one["end"]): one for one in old if _decided(one)}
    new = [words.get((one["start"], one["end"]), one) for one in new]
    new += [one for one in old if one["kept"] and not any(_covers(other, one) for other in new)]
    return sorted(new, key=lambda one: (one["start"], one["end"]))


def _decided(finding: Mapping[str, Any]) -> bool:
    return not finding["kept"] or finding["source"] == BY_HAND or "proposed" in finding


def _covers(other: Mapping[str, Any], one: Mapping[str, Any]) -> bool:
    return bool(other["kept"] and other["start"] <= one["start"] and one["end"] <= other["end"])


def edited(text: str, findings: Sequence[Mapping[str, Any]], clean: str, cast: Cast) -> bool:
    """Has a person written in the clean text? An older engine's other words for what is hidden are no such thing."""
    if clean == replace(text, hidden(text, findings), cast=cast):
        return False
    parts, done = [], 0
    for one in findings:
        if one["kept"] and one["start"] >= done:
            parts.append(re.escape(text[done : one["start"]]))
            done = one["end"]
    return not re.fullmatch(r"\[[^\[\]\n]{1,60}\]".join([*parts, re.escape(text[done:])]), clean)


# ── what was approved ──


def _still_there(row: Redaction, known: Sequence[KnownIdentity]) -> list[Span]:
    """What the engine finds in an approved text, save what a person looked at and let stand."""
    stands = [(one["start"], one["end"]) for one in row.leaks if one["overruled"]]
    return [
        span
        for span in find(row.clean_text, known=known)
        if not any(start <= span.start and span.end <= end for start, end in stands)
    ]
