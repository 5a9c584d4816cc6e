"""Redaction (anonymisering): the machine proposes, a person decides on every finding, a second look checks the result."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from uth.actions.deciding import Decision, Standing, by_machine, casting, decided
from uth.actions.handling import Refused, Taken, case_state, enter, take
from uth.actions.identities import known_identities, vault_identities
from uth.actions.looking import find, leaks
from uth.actions.recorded import Log, recorded
from uth.deid.engine import chosen
from uth.deid.reasons import BY_HAND
from uth.deid.replace import cast_of
from uth.deid.replace import replace as replace_spans
from uth.deid.span import Kind, KnownIdentity
from uth.law import procedure
from uth.law.actor import Actor
from uth.law.clean_text import CleanText, fault
from uth.law.clock import danish_day
from uth.law.severity import severity
from uth.law.terms import Act, ActualHarm, Corrected, PossibleHarm, Section, Severity
from uth.law.text import tidy
from uth.records import outbox
from uth.records.approvers import first_approver, two_approve
from uth.records.cases import Case
from uth.records.people import holders
from uth.records.redactions import Correction, Redaction, finding_of
from uth.records.sections import sections_of, told


@recorded
def conclude(
    log: Log,
    case_id: int,
    *,
    conclusion: str,
    learning: str,
    decided: Severity | None = None,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """End the handling: severity settled, conclusion and learning written, and a redaction proposed."""
    taken = take(case_id, Act.CONCLUDE, seen=seen, by=by, at=at)
    case = taken.case
    case.conclusion, case.learning = tidy(conclusion), tidy(learning)
    case.severity = _severity(case, decided)
    if not case.conclusion:
        raise Refused(conclusion="Skriv en kort konklusion, før sagen afsluttes.")
    if not case.classifications.exists():
        raise Refused(codes="Vælg mindst én type, før sagen afsluttes.")
    _propose(log, taken)
    enter(taken, Act.CONCLUDE, at=at)
    log("case.concluded", case, role=taken.role, severity=case.severity)


def _severity(case: Case, decided: Severity | None) -> str:
    possible = PossibleHarm(case.possible_harm) if case.possible_harm else None
    settled = severity(ActualHarm(case.actual_harm), possible) or decided or case.severity
    if not settled:
        raise Refused(severity="Tag stilling til den mulige konsekvens, før sagen afsluttes.")
    return str(settled)


def _propose(log: Log, taken: Taken) -> None:
    known = known_identities(taken.case)
    if vault_identities(taken.case):
        log("vault.matched", taken.case, role=taken.role)  # the engine looked; nobody read
    Redaction.objects.filter(case=taken.case).delete()
    texts = sections_of(taken.case)
    found = {section: find(text, known=known) for section, text in texts.items()}
    day = taken.case.report.day_zero
    cast = cast_of(((text, found[section]) for section, text in texts.items()), day=day)
    for section, text in texts.items():
        clean = replace_spans(text, found[section], cast=cast)
        _write(
            taken.case,
            section,
            Standing(text, [finding_of(span) for span in found[section]], clean),
            known=known,
        )


@recorded
def revise(
    log: Log,
    case_id: int,
    *,
    decisions: Mapping[Section, Decision],
    described: Mapping[int, str] | None = None,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Keep a person's decisions on the findings and write the text anew; approves nothing.

    `described`: words for attachments, by number; they stand last in the story, and are looked at as it is.
    """
    taken = take(case_id, Act.APPROVE, seen=seen, by=by, at=at)
    known = known_identities(taken.case)
    texts = sections_of(taken.case)
    rows = {Section(row.section): row for row in Redaction.objects.filter(case=taken.case)}
    was = {s: Standing(texts[s], rows[s].findings, rows[s].clean_text) for s in Section if s in rows}
    after = decided(was, decisions, day=taken.case.report.day_zero)
    if _describe(taken.case, described or {}):
        after = _with_descriptions(taken.case, after, known)
    for section, now in after.items():
        if section in decisions:
            _write(taken.case, section, now, known=known, harmless=decisions[section].harmless)
        elif now != was[section]:
            _write(taken.case, section, now, known=known, harmless=let_stand(rows[section]))
    Redaction.objects.filter(case=taken.case).update(first_by=None, first_at=None)
    taken.case.version += 1  # who approves must have read this text
    taken.case.save(update_fields=["version"])
    log("redaction.revised", taken.case, role=taken.role, sections=sorted(map(str, decisions)))


MOST_DESCRIPTION = 4_000
TYPED_OVER = (
    "Teksten i »Hvad skete der« er rettet i hånden. Skriv om bilaget direkte i den, og lad feltet ved bilaget være, "
    "som det var."
)


def _describe(case: Case, described: Mapping[int, str]) -> bool:
    """Keep the words for the case's attachments; whether any are new."""
    changed = False
    for row in case.report.attachments.filter(pk__in=described):
        words = tidy(described[row.pk])
        if len(words) > MOST_DESCRIPTION:
            raise Refused(
                redaction=f"Beskrivelsen af »{row.name}« må højst fylde {MOST_DESCRIPTION} tegn. Forkort den."
            )
        if words != row.description:
            row.description, changed = words, True
            row.save(update_fields=["description"])
    return changed


def _with_descriptions(
    case: Case, sections: Mapping[Section, "Standing"], known: Sequence[KnownIdentity]
) -> dict[Section, "Standing"]:
    """The sections with the story's new end; what was decided before the end stays decided. Raises Refused."""
    day = case.report.day_zero
    cast, story = casting(sections.values(), day=day), sections[Section.STORY]
    untouched = {
        s for s, each in sections.items() if each.clean == by_machine(each.text, each.findings, cast)
    }
    if Section.STORY not in untouched:
        raise Refused(redaction=TYPED_OVER)
    text, end = sections_of(case)[Section.STORY], len(told(case.report))
    found = [finding_of(span) for span in find(text, known=known) if span.start >= end]
    longer = Standing(text, [*(f for f in story.findings if f["start"] < end), *found], "")
    anew = {**sections, Section.STORY: longer}
    after = casting(anew.values(), day=day)
    return {
        s: Standing(each.text, each.findings, by_machine(each.text, each.findings, after))
        if s in untouched
        else each
        for s, each in anew.items()
    }


def let_stand(row: Redaction) -> frozenset[str]:
    """The words of its clean text that a person has let stand."""
    return frozenset(row.clean_text[leak["start"] : leak["end"]] for leak in row.leaks if leak["overruled"])


def _write(
    case: Case,
    section: Section,
    now: Standing,
    *,
    known: Sequence[KnownIdentity],
    harmless: frozenset[str] = frozenset(),
) -> None:
    Redaction.objects.update_or_create(
        case=case,
        section=section,
        defaults={
            "original_digest": digest(now.text),
            "findings": list(now.findings),
            "clean_text": now.clean,
            "leaks": second_look(now.clean, known=known, harmless=harmless),
            "first_at": None,
            "first_by": None,
            "approved_at": None,
            "approved_by": None,
        },
    )


def second_look(
    clean: str, *, known: Sequence[KnownIdentity], harmless: frozenset[str]
) -> list[dict[str, Any]]:
    """What may still point at somebody, as a row keeps it."""
    return [
        {"start": s.start, "end": s.end, "kind": str(s.kind), "overruled": s.text in harmless}
        for s in leaks(clean, known=known)
    ]


@recorded
def approve(
    log: Log,
    case_id: int,
    *,
    overruled: Mapping[Section, frozenset[int]] | None = None,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> bool:
    """A person has read the clean texts. Leaks that are not overruled by index, or a changed text, refuse it.

    False where two must approve, and this was the first of them.
    """
    taken = take(case_id, Act.APPROVE, seen=seen, by=by, at=at)
    last = _is_last(taken.case, by=by)
    if not last:
        step = procedure.check(case_state(taken.case), Act.APPROVE_FIRST, {taken.role})
        taken = replace(taken, step=step)
    _approved(log, taken, overruled or {}, last=last, at=at)
    return last


@recorded
def approve_first(
    log: Log,
    case_id: int,
    *,
    overruled: Mapping[Section, frozenset[int]] | None = None,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Approve as the first of two, and never as the last: where one is enough, or one has, it is refused."""
    taken = take(case_id, Act.APPROVE_FIRST, seen=seen, by=by, at=at)
    if _is_last(taken.case, by=by):
        raise Refused(redaction=NOT_FIRST)
    _approved(log, taken, overruled or {}, last=False, at=at)


def _approved(
    log: Log, taken: Taken, overruled: Mapping[Section, frozenset[int]], *, last: bool, at: datetime
) -> None:
    """Write the approval, if the texts are those of the case and every leak is answered. Raises Refused."""
    texts = sections_of(taken.case)
    rows = {Section(row.section): row for row in Redaction.objects.filter(case=taken.case)}
    if set(rows) != set(texts) or any(rows[s].original_digest != digest(t) for s, t in texts.items()):
        raise Refused(
            redaction="Teksten er ændret siden anonymiseringen. Åbn sagsbehandlingen igen, og afslut på ny."
        )
    for section, row in rows.items():
        _read_section(row, overruled.get(section, frozenset()))
        if last:
            row.approved_at, row.approved_by = at, taken.user
        else:
            row.first_at, row.first_by = at, taken.user
        row.save()
    enter(taken, Act.APPROVE if last else Act.APPROVE_FIRST, at=at)
    if last:
        _learn(taken.case, rows, at=at)
    else:
        _tell_the_others(taken, at=at)
    log(
        "redaction.approved" if last else "redaction.approved_first",
        taken.case,
        role=taken.role,
        digests={str(s): digest(row.clean_text) for s, row in rows.items()},
        overruled={str(s): stood for s, row in rows.items() if (stood := _overruled(row))},
    )


def _tell_the_others(taken: Taken, *, at: datetime) -> None:
    """Those who may approve as the second hear that a case waits for them; not who was the first."""
    case = taken.case
    for user in holders(procedure.HANDLERS, case.organisation, on=danish_day(at)):
        if taken.user is None or user != taken.user.pk:
            outbox.put_mail(f"user:{user}", "second_approver", at=at, case=case.pk, number=case.number)


ONCE = (
    "Du har selv godkendt anonymiseringen som den første. Hos jer skal to læse den. "
    "Bed en anden sagsbehandler eller risikomanager om at læse og godkende den."
)
NOT_FIRST = (
    "Anonymiseringen mangler kun én godkendelse, så den kan ikke godkendes som den første af to. "
    "Brug »Godkend anonymisering«, når du har læst den."
)


def _is_last(case: Case, *, by: Actor) -> bool:
    """Whether this approval is the one that counts; of two, the second must be another person. Raises Refused."""
    if not two_approve(case):
        return True
    first = first_approver(case)
    if first is not None and first == by.user_id:
        raise Refused(redaction=ONCE)
    return first is not None


def _learn(case: Case, rows: Mapping[Section, Redaction], *, at: datetime) -> None:
    """Keep what people put right in the findings, for measuring and teaching the machine, here and nowhere else."""
    Correction.objects.filter(case=case).delete()  # a case approved again: the newest word holds
    Correction.objects.bulk_create(
        Correction(
            case=case,
            section=section,
            start=finding["start"],
            end=finding["end"],
            what=what,
            kind=finding["kind"],
            proposed=finding.get("proposed", ""),
            finder=finding["source"],
            score=finding.get("score", 1.0),
            profile=chosen(),
            at=at,
        )
        for section, row in rows.items()
        for finding in row.findings
        if (what := _put_right(finding))
    )


def _put_right(finding: Mapping[str, Any]) -> Corrected | None:
    if finding["source"] == BY_HAND:
        return Corrected.OVERLOOKED if finding["kept"] else None
    if not finding["kept"]:
        return Corrected.TOO_MUCH
    return Corrected.OTHER_KIND if "proposed" in finding else None


def _overruled(row: Redaction) -> list[int]:
    return [i for i, leak in enumerate(row.leaks) if leak["overruled"]]


def _read_section(row: Redaction, overruled: frozenset[int]) -> None:
    """Raises Refused unless what the second look points at in this section has been answered."""
    row.leaks = [
        dict(leak, overruled=leak["overruled"] or i in overruled) for i, leak in enumerate(row.leaks)
    ]
    if left := [leak for leak in row.leaks if not leak["overruled"]]:
        kinds = ", ".join(sorted({Kind(leak["kind"]).danish for leak in left}))
        raise Refused(
            redaction=f"Der står måske stadig {kinds} i »{Section(row.section).danish}«. Fjern det, eller markér, at det er i orden."
        )
    # what the law never lets out is said here, where it can be mended, and not first when it is sent
    if never := fault(Section(row.section), tidy(row.clean_text)):
        raise Refused(redaction=never)


def clean_texts(case: Case) -> dict[Section, CleanText]:
    """The approved texts of a case, ready for the message. Raises Refused if any section lacks approval."""
    texts = {}
    for row in Redaction.objects.filter(case=case).order_by("section"):
        if row.approved_at is None:
            raise Refused(redaction="Anonymiseringen er ikke godkendt endnu. Godkend den først.")
        left = sum(not leak["overruled"] for leak in row.leaks)
        section = Section(row.section)
        texts[section] = CleanText.approved(section, row.clean_text, left, row.approved_at)
    return texts


def digest(text: str) -> str:
    """What a row keeps of the text its findings point into."""
    return hashlib.sha256(text.encode()).hexdigest()


__all__ = [
    "Decision",
    "approve",
    "approve_first",
    "clean_texts",
    "conclude",
    "known_identities",
    "revise",
    "sections_of",
]
