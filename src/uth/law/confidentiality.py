"""Confidentiality (fortrolighed): which role may see which kind of content, in which state of the case."""

from collections.abc import Iterable
from types import MappingProxyType

from uth.law.terms import Purpose, Role, State, Visible

NOTHING: frozenset[Visible] = frozenset()
IDENTITIES = frozenset({Visible.REPORTER_IDENTITY, Visible.PATIENT_IDENTITY})
LOCAL = frozenset(
    {
        Visible.FACTS, Visible.HEADLINE, Visible.STORY, Visible.LEARNING, Visible.REASONS, Visible.DIALOGUE,
        Visible.NOTES, Visible.ATTACHMENTS,
    }
)  # fmt: skip
HANDLING = LOCAL | {Visible.CLEAN_TEXT, Visible.LOOKUPS} | IDENTITIES
# the patient's name and CPR are forgotten at forwarding (§ 7); only then can somebody ask for a plan (§ 9)
FORWARDED = (HANDLING - {Visible.PATIENT_IDENTITY}) | {Visible.PLANS}
ANONYMISED = frozenset({Visible.FACTS, Visible.CLEAN_TEXT})
NATIONAL = ANONYMISED | {Visible.PLANS}
OWN = frozenset({Visible.HEADLINE, Visible.DIALOGUE})  # by the receipt code alone
# who looked, in the case and in the patient's record; never what stood there
LOG = frozenset({Visible.ACCESS_LOG, Visible.LOOKUPS})

S = State
# A role and state not in the table sees nothing. That the person belongs to the receiving authority is asked
# before this table (SUL § 200); a receipt code is what makes someone the reporter.
TABLE: MappingProxyType[tuple[Role, State], frozenset[Visible]] = MappingProxyType(
    {(Role.REPORTER, state): OWN for state in State}
    # what came of it, once it is passed on; and why it was not handled
    | {(Role.REPORTER, S.FORWARDED): OWN | {Visible.LEARNING}}
    | {(Role.REPORTER, S.REJECTED): OWN | {Visible.REASONS}}
    # an initial receiver has no business in a case whose handling is done
    | {(Role.INTAKE, state): LOCAL | IDENTITIES for state in (S.RECEIVED, S.IN_PROGRESS, S.WAITING)}
    | {(Role.INTAKE, state): LOCAL for state in (S.REJECTED, S.LINKED)}
    | {(Role.HANDLER, state): HANDLING for state in State if state is not S.FORWARDED}
    | {(Role.HANDLER, S.FORWARDED): FORWARDED}
    | {(Role.RISK_MANAGER, state): HANDLING | LOG for state in State if state is not S.FORWARDED}
    | {(Role.RISK_MANAGER, S.FORWARDED): FORWARDED | LOG}
    # administrators run the system: who looked, never what stood there
    | {(Role.ADMIN, state): LOG for state in State}
    | {(Role.NATIONAL, S.FORWARDED): NATIONAL}
    # the authority that the anonymised reports are placed at the disposal of (SUL § 199, stk. 1)
    | {(Role.READER, S.FORWARDED): ANONYMISED}
)

# What stays behind when a case goes to another authority: the reporter is known where the report was given, and
# nowhere else (SUL § 200); the next one writes through the dialogue. Internal notes belong to those who wrote them.
STAYS_BEHIND = frozenset({Visible.REPORTER_IDENTITY, Visible.NOTES})
# A scan of a paper form shows what was written on it, also the reporter's name and hand.
STAYS_BEHIND_ON_PAPER = frozenset({Visible.ATTACHMENTS})

# Every field of a case that says something, and which kind of content it is. tests/law/test_confidentiality.py fails
# for one that stands here nowhere or twice; whether it is coded, words or an identity stands in records/privacy.py.
FIELDS: MappingProxyType[Visible, tuple[str, ...]] = MappingProxyType(
    {
        Visible.FACTS: (
            "Report: reporter_kind reporter_category role_towards_event sector event_kind municipality region treatment_phase place_kind "
            "event_date event_date_quality event_time event_time_quality aware_date actual_harm possible_harm "
            "criterion anonymous wants_feedback language channel",
            "InvolvedPlace: role",
            "Medicine: atc",
            "Case: state received_on forward_by actual_harm possible_harm severity criterion routed_rule "
            "routed_paragraph routed_explanation",
            "Classification: code taxonomy",
        ),
        Visible.HEADLINE: ("Report: headline",),
        Visible.STORY: (
            "Report: place_text profession story immediate_action prevention",
            "InvolvedPlace: place_text",
            "Medicine: name substance strength route",
            "Device: kind name model",
            "Case: conclusion",
            "LookupPermission: necessity",
        ),
        Visible.LEARNING: ("Case: learning",),
        Visible.REASONS: ("CaseStep: act came_from went_to role reason_code reason",),
        Visible.CLEAN_TEXT: ("Redaction: section clean_text findings leaks",),
        Visible.DIALOGUE: ("DialogueMessage: kind text",),
        Visible.NOTES: ("Note: text",),
        Visible.ATTACHMENTS: ("Attachment: name content_type size state description",),
        Visible.REPORTER_IDENTITY: ("ReporterIdentity: sealed",),
        Visible.PATIENT_IDENTITY: ("PatientIdentity: sealed subject",),
        Visible.LOOKUPS: (
            "LookupPermission: person permitted_by permitted_on",
            "RecordLookup: looked_up_at system trace",
        ),
        Visible.PLANS: ("PlanRequest: theme wanted text due_on", "PlanAnswer: text"),
        Visible.ACCESS_LOG: ("AuditLine: word role subject",),
    }
)

# Which identity each purpose can open, and who may have that purpose.
OPENS: MappingProxyType[Purpose, frozenset[Visible]] = MappingProxyType(
    {
        Purpose.CONTACT_REPORTER: frozenset({Visible.REPORTER_IDENTITY}),
        Purpose.FIND_RECORD: frozenset({Visible.PATIENT_IDENTITY}),
        Purpose.CHECK_REDACTION: IDENTITIES,
        Purpose.FIND_DUPLICATE: frozenset({Visible.PATIENT_IDENTITY}),
        Purpose.DATA_SUBJECT_REQUEST: IDENTITIES,
    }
)
HOLDERS: MappingProxyType[Purpose, frozenset[Role]] = MappingProxyType(
    {
        Purpose.CONTACT_REPORTER: frozenset({Role.INTAKE, Role.HANDLER, Role.RISK_MANAGER}),
        Purpose.FIND_RECORD: frozenset({Role.HANDLER, Role.RISK_MANAGER}),
        Purpose.CHECK_REDACTION: frozenset({Role.HANDLER, Role.RISK_MANAGER}),
        Purpose.FIND_DUPLICATE: frozenset({Role.INTAKE, Role.HANDLER, Role.RISK_MANAGER}),
        Purpose.DATA_SUBJECT_REQUEST: frozenset({Role.RISK_MANAGER}),
    }
)


class MayNotOpen(Exception):
    """The identity stays closed; the message is the Danish sentence to show."""


def visible(
    role: Role, state: State, *, given_here: bool = True, on_paper: bool = False
) -> frozenset[Visible]:
    """The kinds of content this role may see on a case in this state.

    `given_here`: whether the reporter gave the report to this authority, or another one passed it on.
    `on_paper`: whether it came as a letter, so that its files are pictures of the reporter's own hand.
    """
    found = TABLE.get((role, state), NOTHING)
    if given_here:
        return found
    return found - {Visible.REPORTER_IDENTITY} - (STAYS_BEHIND_ON_PAPER if on_paper else NOTHING)


def visible_to(
    roles: Iterable[Role], state: State, *, given_here: bool = True, on_paper: bool = False
) -> frozenset[Visible]:
    """What a person with several roles may see: each role's share, added up."""
    return NOTHING.union(*(visible(role, state, given_here=given_here, on_paper=on_paper) for role in roles))


def check_opening(
    roles: Iterable[Role], state: State, identity: Visible, purpose: Purpose, *, given_here: bool = True
) -> None:
    """Raise MayNotOpen unless one of the roles may open this identity for this purpose now (SUL § 200)."""
    if identity not in OPENS[purpose]:
        raise MayNotOpen(
            f"»{purpose.danish}« giver ikke adgang til »{identity.danish}«. Vælg et andet formål."
        )
    holders = [role for role in roles if role in HOLDERS[purpose]]
    if not holders:
        raise MayNotOpen(
            f"Din rolle kan ikke bruge formålet »{purpose.danish}«. Bed en risikomanager om hjælp."
        )
    if identity in STAYS_BEHIND and not given_here:
        raise MayNotOpen(
            f"»{identity.danish}« følger ikke med, når en anden myndighed har sendt sagen videre. "
            "Sådan læser vi sundhedslovens § 200; det er ikke bekræftet. Skriv til rapportøren i dialogen."
        )
    if not any(identity in visible(role, state) for role in holders):
        raise MayNotOpen(
            f"»{identity.danish}« kan ikke åbnes, når sagens status er »{state.danish}«. Brug dialogen med rapportøren."
        )
