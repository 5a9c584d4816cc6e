"""The demo's incidents (opdigtede hændelser): each walked to its state by the real actions, on the days it says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from uth.actions import forwarding, handling, intake, people, redaction
from uth.cli.seeds import Narrative, narratives, regions
from uth.deid.span import Kind
from uth.jobs import letters
from uth.law.actor import REPORTER, SYSTEM, Actor, user
from uth.law.terms import (
    ActualHarm,
    DateQuality,
    PossibleHarm,
    RejectionReason,
    ReporterKind,
    Role,
    RoleTowardsEvent,
    Section,
    Sector,
    Severity,
    State,
    TreatmentPhase,
)
from uth.queries import access

HOME = "DK-84"  # Bo and Carl work here and for its heir; every other authority gets a handler of its own
HOMES = frozenset({HOME} | {r.successor for r in regions() if r.key == HOME})
NAMES = [
    "Asta",
    "Bjarke",
    "Cecilie",
    "David",
    "Ellen",
    "Frank",
    "Gerda",
    "Hans",
    "Ida",
    "Jonas",
    "Karen",
    "Lars",
    "Mette",
    "Niels",
    "Olga",
    "Per",
]


@dataclass
class Desk:
    """Who receives and handles at each authority, made when first needed."""

    bo: int
    carl: int
    at: datetime
    found: dict[str, int] = field(default_factory=dict)

    def at_authority(self, key: str) -> tuple[Actor, int]:
        """The one who distributes there, and the number of the one who handles."""
        if key in HOMES:
            return user(self.bo), self.carl
        if key not in self.found:
            self.found[key] = self._hire(key)
        return user(self.found[key]), self.found[key]

    def _hire(self, key: str) -> int:
        name = NAMES[len(self.found) % len(NAMES)]
        number = people.put_user(
            email=f"{name}-{key}@demo.invalid".lower(), name=name, password=None, by=SYSTEM, at=self.at
        )
        for role in (Role.INTAKE, Role.HANDLER):
            people.grant(
                user_id=number, organisation=key, role=role, since=date(2007, 1, 1), by=SYSTEM, at=self.at
            )
        return number


def put(desk: Desk, *, now: datetime, most: int | None, told: Callable[[int], None]) -> int:
    """All incidents (or the newest `most`), oldest first; returns how many are new. `told` hears each one's number.

    One transaction an incident: somebody may be reporting meanwhile, and SQLite has one writer at a time.
    """
    chosen = sorted(narratives(), key=lambda n: n.days_ago)[:most]
    new = 0
    for number, story in enumerate(reversed(chosen), 1):
        with transaction.atomic():
            new += _walk(story, desk, now=now)
        told(number)
    return new


def _walk(story: Narrative, desk: Desk, *, now: datetime) -> bool:
    """Report it and take it as far as it says; False if it is here already."""
    event = now.date() - timedelta(days=story.days_ago)
    reported = min(_moment(event + timedelta(days=story.reported_after), story.key), now)
    receipt = intake.submit(
        _answers(story, event), submission=f"demo-incident-{story.key}-{'0' * 12}", by=REPORTER, at=reported
    )
    if receipt.repeated:
        return False
    receiver, handler = desk.at_authority(receipt.authority)
    for stride, days in _strides(State(story.state), story):
        when = min(reported + timedelta(days=days), now)
        stride(Walk(story, receipt.case_id, receiver, user(handler), handler, when))
    return True


@dataclass(frozen=True, slots=True)
class Walk:
    """One stride of an incident: which case, who, when."""

    story: Narrative
    case: int
    receiver: Actor
    handler: Actor
    handler_id: int
    at: datetime


type Stride = Callable[[Walk], None]


def _strides(state: State, story: Narrative) -> list[tuple[Stride, float]]:
    """What happens to it, and how many days after the report."""
    if state is State.RECEIVED:
        return []
    if state is State.REJECTED:
        return [(_reject, 2)]
    pace = 0.4 + (sum(map(ord, story.key)) % 9) / 10  # some are quick, some slow
    first: list[tuple[Stride, float]] = [(_assign, 2 * pace)]
    if story.question:
        first.append((_ask, 6 * pace))
    if story.question and story.reply:
        first.append((_reply, 9 * pace))
    if state in {State.IN_PROGRESS, State.WAITING}:
        return first
    first += [(_classify, 20 * pace), (_conclude, 40 * pace)]
    last: list[tuple[Stride, float]] = [
        (_approve, 42 * pace),
        (_forward, 43 * pace),
        (_deliver, 43 * pace + 0.01),
        (_answer, 44 * pace),
    ]
    return first + last[: {State.CONCLUDED: 0, State.APPROVED: 1}.get(state, 4)]


PHASES = {
    "medication": TreatmentPhase.TREATMENT,
    "care": TreatmentPhase.NURSING,
    "diagnostics": TreatmentPhase.EXAMINATION,
    "surgery": TreatmentPhase.TREATMENT,
    "patient_accident": TreatmentPhase.NURSING,
}


def _answers(story: Narrative, event: date) -> intake.Answers:
    number = sum(map(ord, story.key))
    return intake.Answers(
        story=story.narrative,
        headline=story.headline,
        reporter_kind=ReporterKind(story.reporter_kind),
        role_towards_event=RoleTowardsEvent(story.role),
        profession=story.profession or "",
        actual_harm=ActualHarm(story.actual_harm),
        possible_harm=PossibleHarm(story.possible_harm) if story.possible_harm else None,
        sector=Sector(story.sector),
        place=story.place,
        treatment_phase=PHASES.get(story.types[0].main_group) if story.types else None,
        event_date=event,
        event_date_quality=DateQuality.KNOWN if number % 4 else DateQuality.ESTIMATED,
        aware_date=event,
        wants_feedback=not story.anonymous,
        medicines=tuple(
            intake.MedicineAnswer(m.substance, strength=m.strength or "", route=m.route or "")
            for m in story.medicines
        ),
        devices=tuple(intake.DeviceAnswer(d.type, model=d.model or "") for d in story.devices),
        reporter_name="" if story.anonymous else "Opdigtet Rapportør",
        reporter_phone="" if story.anonymous else "00 00 00 00",
    )


def _moment(day: date, key: str) -> datetime:
    from zoneinfo import ZoneInfo

    minutes = 7 * 60 + sum(map(ord, key)) * 37 % (15 * 60)
    return datetime.combine(day, time(minutes // 60, minutes % 60), ZoneInfo("Europe/Copenhagen"))


def _assign(w: Walk) -> None:
    handling.assign(w.case, handler_id=w.handler_id, by=w.receiver, at=w.at)


def _reject(w: Walk) -> None:
    handling.reject(
        w.case,
        reason=RejectionReason(w.story.reject_reason or "other"),
        comment=w.story.reject_comment or "Se begrundelsen i dialogen.",
        by=w.receiver,
        at=w.at,
    )


def _ask(w: Walk) -> None:
    handling.ask(w.case, text=w.story.question or "", by=w.handler, at=w.at)


def _reply(w: Walk) -> None:
    handling.reply(w.case, text=w.story.reply or "", by=REPORTER, at=w.at)


def _classify(w: Walk) -> None:
    possible = PossibleHarm(w.story.possible_harm) if w.story.possible_harm else None
    handling.classify(
        w.case,
        codes=[f"{t.main_group}.{t.problem}.{t.process}" for t in w.story.types],
        actual=ActualHarm(w.story.actual_harm),
        possible=possible,
        decided=None if possible else Severity.MILD,
        by=w.handler,
        at=w.at,
    )


def _conclude(w: Walk) -> None:
    redaction.conclude(
        w.case,
        conclusion="Hændelsen er gennemgået med personalet på stedet.",
        learning=w.story.learned or "",
        by=w.handler,
        at=w.at,
    )


def _approve(w: Walk) -> None:
    """The handler reads the clean text and hides what the machine missed or doubts."""
    decisions = {}
    for row in access.open_case(w.case, by=w.handler, at=w.at).redactions:
        doubts = [(row.clean[d["start"] : d["end"]], Kind(d["kind"])) for d in row.leaks]
        missed = [*doubts, *((text, Kind.PERSON) for text in w.story.identities if text in row.clean)]
        if missed:
            kept = frozenset(range(len(row.findings)))
            decisions[Section(row.section)] = redaction.Decision(kept=kept, added=tuple(missed))
    if decisions:
        redaction.revise(w.case, decisions=decisions, by=w.handler, at=w.at)
    left = {
        Section(row.section): frozenset(range(len(row.leaks)))
        for row in access.open_case(w.case, by=w.handler, at=w.at).redactions
        if row.leaks
    }
    redaction.approve(w.case, overruled=left, by=w.handler, at=w.at)


def _forward(w: Walk) -> None:
    forwarding.forward(w.case, by=w.handler, at=w.at)


def _deliver(w: Walk) -> None:
    if settings.UTH_SITE == "both":  # else the worker carries it over
        letters.deliver_here(w.case, at=w.at)


def _answer(w: Walk) -> None:
    if w.story.answer:
        handling.answer(w.case, text=w.story.answer, by=w.handler, at=w.at)
