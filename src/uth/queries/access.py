"""Access (adgang): the only way to a case. What a person may see is cut to roles and state, and the look leaves a line."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import OuterRef, Subquery

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day, days_left
from uth.law.confidentiality import check_opening, visible_to
from uth.law.procedure import acts
from uth.law.terms import Act, Purpose, Role, State, Visible
from uth.queries.case_rows import (
    FileLine,
    NoteLine,
    RedactedSection,
    Said,
    SameEvent,
    StepLine,
    Words,
    redactions_of,
    things_of,
    words_of,
)
from uth.records import audit
from uth.records.approvers import first_approver, two_approve
from uth.records.cases import Case
from uth.records.once import once
from uth.records.organisations import Organisation
from uth.records.origin import FIRST_HELD, given_here, holder_at, own
from uth.records.paper import PAPER
from uth.records.reach import ON_CASES, held_by
from uth.records.reports import Report, day_zero
from uth.records.routing import chart, counted_under, receiver_on


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case as this actor may see it; what the law hides from them is empty, and `sees` says what is not."""

    id: int
    number: str
    state: State
    version: int
    acts: tuple[Act, ...]
    roles: frozenset[Role]
    sees: frozenset[Visible]
    organisation_key: str
    organisation: str
    handler_id: int | None
    handler: str
    received_on: date
    forward_by: date
    days_left: int
    routed_rule: str
    routed_paragraph: str
    routed_explanation: str
    reporter_kind: str
    reporter_category: str
    role_towards_event: str
    profession: str
    anonymous: bool
    wants_feedback: bool
    has_reporter_identity: bool
    has_patient_identity: bool
    passed_on: bool  # another authority received it first
    sector: str
    event_kind: str
    treatment_phase: str
    place: str
    place_text: str
    place_kind: str
    counted_under: str  # the authority whose figures it belongs to, where the map has changed since
    event_date: date | None
    event_date_quality: str
    event_time: time | None
    aware_date: date | None
    headline: str
    story: str
    immediate_action: str
    prevention: str
    reported_actual: str
    reported_possible: str
    actual_harm: str
    possible_harm: str
    severity: str
    criterion: str
    codes: tuple[str, ...]
    medicines: tuple[str, ...]
    devices: tuple[str, ...]
    involved: tuple[tuple[str, str], ...]
    same_event: tuple[SameEvent, ...]
    conclusion: str
    learning: str
    steps: tuple[StepLine, ...]
    notes: tuple[NoteLine, ...]
    dialogue: tuple[Said, ...]
    attachments: tuple[FileLine, ...]
    scan_stayed_with: str  # who has the letter, where its scan did not follow the case here
    redactions: tuple[RedactedSection, ...]
    forwarded_at: datetime | None
    delivered_at: datetime | None
    dialogue_closed_at: datetime | None

    @property
    def day_zero(self) -> date | None:
        """The day that its redacted texts count from."""
        return day_zero(self.event_date, self.event_date_quality)


# What the reporter wrote in their own words.
WORDS = ("profession", "place_text", "headline", "story", "immediate_action", "prevention")


def open_case(case_id: int, *, by: Actor, at: datetime) -> CasePage:
    """The case's page for this actor. Raises Hidden. Leaves a line `case.read`."""
    return opened(case_id, by=by, at=at)[1]


def opened(case_id: int, *, by: Actor, at: datetime) -> tuple[Case, CasePage]:
    """The same with the row, for the other read doors."""
    case, roles = _found(case_id, by=by, at=at)
    here = given_here(case, on=danish_day(at))
    sees = shown(case, roles & ON_CASES, here=here)
    if not sees:
        raise Hidden
    audit.append(case.organisation.key, "case.read", at=at, actor=str(by), case=case.pk)
    return case, _page(case, roles & ON_CASES, sees, here=here, today=danish_day(at))


def shown(case: Case, roles: frozenset[Role], *, here: bool) -> frozenset[Visible]:
    """What these roles see of this case."""
    paper = case.report.channel == PAPER
    return visible_to(roles, State(case.state), given_here=here, on_paper=paper)


def find_case(case_id: int, *, by: Actor, at: datetime) -> Case:
    """The row itself, for the other read doors; raises Hidden outside the actor's reach."""
    return _found(case_id, by=by, at=at)[0]


def _found(case_id: int, *, by: Actor, at: datetime) -> tuple[Case, frozenset[Role]]:
    return once(lambda: _asked(case_id, by=by, at=at), "case", case_id, by, at)


def _asked(case_id: int, *, by: Actor, at: datetime) -> tuple[Case, frozenset[Role]]:
    held = held_by(by, at=at)
    region = Organisation.objects.filter(key=OuterRef("report__place__region")).values("name")
    case = (
        Case.objects.below(held.paths())
        .select_related("report__place", "organisation", "handler", "report__reporter_identity")
        .select_related("report__patient_identity")
        .annotate(region_name=Subquery(region), first_held=FIRST_HELD)
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise Hidden
    return case, held.at(case.organisation.path)


def open_identity(
    case_id: int, which: Visible, *, purpose: Purpose, by: Actor, at: datetime
) -> dict[str, str]:
    """Open the vault for a stated purpose (SUL § 200). Raises Hidden or MayNotOpen. Leaves a line `vault.opened`."""
    case, roles = _found(case_id, by=by, at=at)
    here = given_here(case, on=danish_day(at))
    check_opening(roles, State(case.state), which, purpose, given_here=here)
    report = case.report
    name = {Visible.REPORTER_IDENTITY: "reporter_identity", Visible.PATIENT_IDENTITY: "patient_identity"}[
        which
    ]
    if not hasattr(report, name):
        raise Hidden
    identity = getattr(report, name)
    audit.append(
        case.organisation.key,
        "vault.opened",
        at=at,
        actor=str(by),
        case=case.pk,
        subject=identity.subject if which is Visible.PATIENT_IDENTITY else "",
        detail={"what": str(which), "purpose": str(purpose)},
    )
    content: dict[str, str] = identity.open()
    return content


def _acts(case: Case, roles: frozenset[Role]) -> tuple[Act, ...]:
    """What the procedure allows, less what a closed dialogue, forgotten texts or the approvals so far put an end to."""
    over = {Act.ANSWER, Act.CLOSE_DIALOGUE} if case.dialogue_closed_at else set()
    over |= {Act.NOTE} if case.report.forgotten_at else set()
    if case.state == State.CONCLUDED and not (two_approve(case) and first_approver(case) is None):
        over |= {Act.APPROVE_FIRST}
    return tuple(act for act in acts(State(case.state), roles) if act not in over)


def _own_notes(case: Case, words: Words, *, on: date) -> tuple[NoteLine, ...]:
    """The notes of the authority that holds the case; another's stayed behind when it passed the case on."""
    passed_on = (s for s in words.steps if s.act == Act.TRANSFER and s.role != Role.SYSTEM)
    moves = [(s.at, s.from_path, s.to_path) for s in passed_on]
    holder = case.organisation.path
    return tuple(n for n in words.notes if own(holder_at(moves, n.at, holder), holder, on=on))


def _page(
    case: Case, roles: frozenset[Role], sees: frozenset[Visible], *, here: bool, today: date
) -> CasePage:
    story = Visible.STORY in sees
    words, things = words_of(case), things_of(case)
    return CasePage(
        id=case.pk,
        number=case.number,
        state=State(case.state),
        version=case.version,
        acts=_acts(case, roles),
        roles=roles,
        sees=sees,
        organisation_key=case.organisation.key,
        organisation=case.organisation.name,
        handler_id=case.handler_id,
        handler=case.handler.name if case.handler else "",
        received_on=case.received_on,
        forward_by=case.forward_by,
        days_left=days_left(case.forward_by, today),
        routed_rule=case.routed_rule,
        routed_paragraph=case.routed_paragraph,
        routed_explanation=case.routed_explanation,
        actual_harm=case.actual_harm,
        possible_harm=case.possible_harm,
        severity=case.severity,
        criterion=case.criterion,
        counted_under=_counted(case),
        codes=tuple(things.codes),
        involved=tuple(things.involved) if story else (),
        same_event=tuple(things.same_event),
        medicines=tuple(things.medicines) if story else (),
        devices=tuple(things.devices) if story else (),
        conclusion=case.conclusion if story else "",
        learning=case.learning if Visible.LEARNING in sees else "",
        steps=tuple(words.steps) if Visible.REASONS in sees else (),
        notes=_own_notes(case, words, on=today) if Visible.NOTES in sees else (),
        dialogue=tuple(words.dialogue) if Visible.DIALOGUE in sees else (),
        attachments=tuple(things.files) if Visible.ATTACHMENTS in sees else (),
        scan_stayed_with=_first_holder(case)
        if things.files and not here and case.report.channel == PAPER
        else "",
        redactions=redactions_of(case, things) if Visible.CLEAN_TEXT in sees else (),
        forwarded_at=case.forwarded_at,
        delivered_at=case.delivered_at,
        dialogue_closed_at=case.dialogue_closed_at,
        passed_on=not here,
        **_reported(case.report, story=story),
    )


def _first_holder(case: Case) -> str:
    """The name of the authority that the report was given to."""
    key = case.first_held.split("/")[1]  # type: ignore[attr-defined] # annotated
    return Organisation.objects.get(key=key).name


def _counted(case: Case) -> str:
    """The authority the event counts under by the map of its day, where the map has changed since."""
    known = chart()
    then, now = counted_under(case.report, known), receiver_on(case.report, case.received_on, known)
    if then is None or now is None or then.authority == now.authority:
        return ""
    return known.organisation(then.authority)[1]


def _reported(report: Report, *, story: bool) -> dict[str, Any]:
    """What the reporter told; words only for those who may read the story."""
    words = {name: getattr(report, name) if story else "" for name in WORDS}
    return words | {
        "reporter_kind": report.reporter_kind,
        "reporter_category": report.reporter_category,
        "role_towards_event": report.role_towards_event,
        "anonymous": report.anonymous,
        "sector": report.sector,
        "event_kind": report.event_kind,
        "treatment_phase": report.treatment_phase,
        "place_kind": report.place_kind,
        "place": report.place.name if report.place else "",
        "event_date": report.event_date,
        "event_date_quality": report.event_date_quality,
        "event_time": report.event_time,
        "aware_date": report.aware_date,
        "reported_actual": report.actual_harm,
        "reported_possible": report.possible_harm,
        "has_reporter_identity": hasattr(report, "reporter_identity"),
        "has_patient_identity": hasattr(report, "patient_identity"),
        "wants_feedback": report.wants_feedback,
    }
