"""Access (adgang): the only way to a case. What a person may see is cut to roles and state, and the look leaves a line."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day, days_left
from uth.law.confidentiality import check_opening, visible_to
from uth.law.procedure import acts
from uth.law.terms import Act, Purpose, Role, Section, State, Visible
from uth.records import audit
from uth.records.cases import Case
from uth.records.reach import ON_CASES, cases_for, roles_of
from uth.records.redactions import Redaction
from uth.records.sections import sections_of


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the timeline shows it."""

    at: datetime
    who: str
    role: str
    act: str
    came_from: str
    went_to: str
    reason: str
    reason_code: str
    from_organisation: str
    to_organisation: str


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the dialogue. `kind`: question, reply or answer."""

    at: datetime
    kind: str
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note of the desk."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """An attachment's line; its name is shown only with the attachments."""

    id: int
    name: str
    content_type: str
    size: int
    state: str


@dataclass(frozen=True, slots=True)
class RedactedSection:
    """A section side by side: as written and clean, with every finding and leak (offsets in code points)."""

    section: str
    original: str
    clean: str
    findings: tuple[dict[str, Any], ...]
    leaks: tuple[dict[str, Any], ...]
    approved_at: datetime | None


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
    has_reporter_identity: bool
    has_patient_identity: bool
    sector: str
    event_kind: str
    place: str
    place_text: str
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
    conclusion: str
    learning: str
    steps: tuple[StepLine, ...]
    notes: tuple[NoteLine, ...]
    dialogue: tuple[Said, ...]
    attachments: tuple[FileLine, ...]
    redactions: tuple[RedactedSection, ...]
    forwarded_at: datetime | None
    delivered_at: datetime | None
    dialogue_closed_at: datetime | None


def open_case(case_id: int, *, by: Actor, at: datetime) -> CasePage:
    """The case's page for this actor. Raises Hidden. Leaves a line `case.read`."""
    case = find_case(case_id, by=by, at=at)
    roles = roles_of(by, case.organisation, at=at) & ON_CASES
    sees = visible_to(roles, State(case.state))
    if not sees:
        raise Hidden
    audit.append(case.organisation.key, "case.read", at=at, actor=str(by), case=case.pk)
    return _page(case, roles, sees, today=danish_day(at))


def find_case(case_id: int, *, by: Actor, at: datetime) -> Case:
    """The row itself, for the other read doors; raises Hidden outside the actor's reach."""
    case = (
        cases_for(by, at=at)
        .select_related("report__place", "organisation", "handler", "report__reporter_identity")
        .select_related("report__patient_identity")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise Hidden
    return case


def open_identity(
    case_id: int, which: Visible, *, purpose: Purpose, by: Actor, at: datetime
) -> dict[str, str]:
    """Open the vault for a stated purpose (SUL § 200). Raises Hidden or MayNotOpen. Leaves a line `vault.opened`."""
    case = find_case(case_id, by=by, at=at)
    roles = roles_of(by, case.organisation, at=at)
    check_opening(roles, State(case.state), which, purpose)
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


def _page(case: Case, roles: frozenset[Role], sees: frozenset[Visible], *, today: date) -> CasePage:
    report = case.report
    story = Visible.STORY in sees
    return CasePage(
        id=case.pk,
        number=case.number,
        state=State(case.state),
        version=case.version,
        acts=acts(State(case.state), roles),
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
        reporter_kind=report.reporter_kind,
        reporter_category=report.reporter_category,
        role_towards_event=report.role_towards_event,
        profession=report.profession if story else "",
        anonymous=report.anonymous,
        has_reporter_identity=hasattr(report, "reporter_identity"),
        has_patient_identity=hasattr(report, "patient_identity"),
        sector=report.sector,
        event_kind=report.event_kind,
        place=report.place.name if report.place else "",
        place_text=report.place_text if story else "",
        event_date=report.event_date,
        event_date_quality=report.event_date_quality,
        event_time=report.event_time,
        aware_date=report.aware_date,
        headline=report.headline if story else "",
        story=report.story if story else "",
        immediate_action=report.immediate_action if story else "",
        prevention=report.prevention if story else "",
        reported_actual=report.actual_harm,
        reported_possible=report.possible_harm,
        actual_harm=case.actual_harm,
        possible_harm=case.possible_harm,
        severity=case.severity,
        criterion=case.criterion,
        codes=tuple(case.classifications.order_by("code").values_list("code", flat=True)),
        medicines=_medicines(case) if story else (),
        devices=_devices(case) if story else (),
        conclusion=case.conclusion if story else "",
        learning=case.learning if story else "",
        steps=_steps(case),
        notes=_notes(case) if Visible.NOTES in sees else (),
        dialogue=_dialogue(case) if Visible.DIALOGUE in sees else (),
        attachments=_attachments(case) if Visible.ATTACHMENTS in sees else (),
        redactions=_redactions(case) if Visible.CLEAN_TEXT in sees else (),
        forwarded_at=case.forwarded_at,
        delivered_at=case.delivered_at,
        dialogue_closed_at=case.dialogue_closed_at,
    )


def _medicines(case: Case) -> tuple[str, ...]:
    return tuple(
        " ".join(filter(None, (m.name, m.substance, m.strength, m.route, m.atc)))
        for m in case.report.medicines.all()
    )


def _devices(case: Case) -> tuple[str, ...]:
    return tuple(" ".join(filter(None, (d.kind, d.name, d.model))) for d in case.report.devices.all())


def _steps(case: Case) -> tuple[StepLine, ...]:
    rows = case.steps.select_related("by", "from_organisation", "to_organisation")
    return tuple(
        StepLine(
            at=s.at,
            who=s.by.name if s.by else "",
            role=s.role,
            act=s.act,
            came_from=s.came_from,
            went_to=s.went_to,
            reason=s.reason,
            reason_code=s.reason_code,
            from_organisation=s.from_organisation.name,
            to_organisation=s.to_organisation.name,
        )
        for s in rows
    )


def _notes(case: Case) -> tuple[NoteLine, ...]:
    return tuple(NoteLine(n.at, n.by.name if n.by else "", n.text) for n in case.notes.select_related("by"))


def _dialogue(case: Case) -> tuple[Said, ...]:
    return tuple(
        Said(m.at, m.kind, m.by.name if m.by else "", m.text) for m in case.dialogue.select_related("by")
    )


def _attachments(case: Case) -> tuple[FileLine, ...]:
    return tuple(
        FileLine(a.pk, a.name, a.content_type, a.size, a.state)
        for a in case.report.attachments.order_by("pk")
    )


def _redactions(case: Case) -> tuple[RedactedSection, ...]:
    texts = sections_of(case)
    rows = Redaction.objects.filter(case=case).order_by("pk")
    return tuple(
        RedactedSection(
            section=row.section,
            original=texts.get(Section(row.section), ""),
            clean=row.clean_text,
            findings=tuple(row.findings),
            leaks=tuple(row.leaks),
            approved_at=row.approved_at,
        )
        for row in rows
    )
