"""What the desk's programs send and read (sagens dataformater)."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import BeforeValidator, Field

from uth.api.schemas import In, Key, SearchIn, tidied
from uth.deid.span import Kind
from uth.law.terms import (
    Act,
    ActualHarm,
    PossibleHarm,
    RejectionReason,
    Role,
    Section,
    Severity,
    State,
)
from uth.queries.inbox import View

Long = Annotated[str, BeforeValidator(tidied), Field(max_length=20_000)]
Reason = Annotated[str, BeforeValidator(tidied), Field(max_length=4_000)]
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
Index = Annotated[int, Field(ge=0, le=100_000)]


class CaseSearchIn(SearchIn):
    """What is searched for, and in which list (søgning)."""

    view: View = View.ALL


class AssignIn(In):
    """To whom (fordel). `handler_id` is from /cases/{case_id}/handlers."""

    handler_id: Number


class TransferIn(In):
    """Where and why (overdrag). `to` is an organisation's key."""

    to: Key
    reason: Reason


class RejectIn(In):
    """One of the five reasons, and a comment (afvis)."""

    reason: RejectionReason
    comment: Reason


class LinkIn(In):
    """The number of the case of the same event, such as 2026-000123 (knyt)."""

    event: Annotated[str, BeforeValidator(tidied), Field(max_length=30)]


class ReasonIn(In):
    """Why (begrundelse)."""

    reason: Reason


class ClassifyIn(In):
    """Types and both harms (klassificér); `severity` only where the table leaves it to the handler."""

    codes: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=20)]
    actual_harm: ActualHarm
    possible_harm: PossibleHarm | None = None
    severity: Severity | None = None


class ConcludeIn(In):
    """How it ended and what was learned (afslut)."""

    conclusion: Long
    learning: Long = ""
    severity: Severity | None = None


class AddedIn(In):
    """A text to hide besides what was found (tilføjet fund)."""

    text: Annotated[str, Field(min_length=1, max_length=500)]
    kind: Kind


class DecisionIn(In):
    """A person's word on one section: findings kept by index, texts added, or the clean text written by hand."""

    kept: Annotated[list[Index], Field(max_length=2000)]
    added: Annotated[list[AddedIn], Field(max_length=200)] = []
    clean: Long | None = None


class RedactionIn(In):
    """The decisions by section (anonymisering)."""

    sections: dict[Section, DecisionIn]


class ApproveIn(In):
    """Leaks that a person has looked at and let stand, by section and index (godkend)."""

    overruled: dict[Section, Annotated[list[Index], Field(max_length=2000)]] = {}


class MeOut(Schema):
    """The key's user (bruger)."""

    user_id: int
    roles: list[Role]
    organisations: list[str]


class HandlerOut(Schema):
    """Somebody a case can be given to (sagsbehandler)."""

    id: int
    name: str
    roles: list[str]


class HandlersOut(Schema):
    """Those a case can be given to (sagsbehandlere)."""

    handlers: list[HandlerOut]


class CaseLineOut(Schema):
    """A case in a list (sag)."""

    id: int
    number: str
    headline: str
    place: str
    organisation: str
    state: State
    severity: str
    actual_harm: str
    handler: str
    received_on: date
    forward_by: date
    days_left: int
    reporter_kind: str


class CaseListOut(Schema):
    """One page of a list. `after`: the key of the next page, or empty."""

    view: str
    cases: list[CaseLineOut]
    after: str


class StepOut(Schema):
    """A step of the case (skridt)."""

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


class SaidOut(Schema):
    """A word of the dialogue, as the desk sees it (dialog)."""

    at: datetime
    kind: str
    who: str
    text: str


class NoteOut(Schema):
    """A note of the desk (notat)."""

    at: datetime
    who: str
    text: str


class FindingOut(Schema):
    """A finding or a leak: offsets are code points (fund)."""

    start: int
    end: int
    kind: Kind
    kept: bool | None = None
    overruled: bool | None = None


class RedactedOut(Schema):
    """A section side by side: as written and clean (anonymisering)."""

    section: Section
    original: str
    clean: str
    findings: list[FindingOut]
    leaks: list[FindingOut]
    approved_at: datetime | None


class CaseOut(Schema):
    """A case as the key's user may see it; what the law hides is empty (sag)."""

    id: int
    number: str
    state: State
    version: int
    acts: list[Act]
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
    treatment_phase: str
    place: str
    place_text: str
    event_date: date | None
    event_date_quality: str
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
    codes: list[str]
    medicines: list[str]
    devices: list[str]
    conclusion: str
    learning: str
    steps: list[StepOut]
    notes: list[NoteOut]
    dialogue: list[SaidOut]
    redactions: list[RedactedOut]
    forwarded_at: datetime | None
    delivered_at: datetime | None
    dialogue_closed_at: datetime | None
