"""Confidentiality (fortrolighed): which role may see which kind of content, in which state of the case."""

from collections.abc import Iterable
from types import MappingProxyType

from uth.law.terms import Purpose, Role, State, Visible

NOTHING: frozenset[Visible] = frozenset()
IDENTITIES = frozenset({Visible.REPORTER_IDENTITY, Visible.PATIENT_IDENTITY})
LOCAL = frozenset({Visible.FACTS, Visible.STORY, Visible.DIALOGUE, Visible.NOTES, Visible.ATTACHMENTS})
HANDLING = LOCAL | {Visible.CLEAN_TEXT, Visible.LOOKUPS} | IDENTITIES
FORWARDED = HANDLING - {
    Visible.PATIENT_IDENTITY
}  # the patient's name and CPR are forgotten at forwarding (§ 7)
NATIONAL = frozenset({Visible.FACTS, Visible.CLEAN_TEXT})
# who looked, in the case and in the patient's record; never what stood there
LOG = frozenset({Visible.ACCESS_LOG, Visible.LOOKUPS})

S = State
# A role and state not in the table sees nothing. That the person belongs to the receiving authority is asked
# before this table (SUL § 200); a receipt code is what makes someone the reporter.
TABLE: MappingProxyType[tuple[Role, State], frozenset[Visible]] = MappingProxyType(
    {(Role.REPORTER, state): frozenset({Visible.DIALOGUE}) for state in State}
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
    | {(Role.READER, S.FORWARDED): NATIONAL}
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


def visible(role: Role, state: State) -> frozenset[Visible]:
    """The kinds of content this role may see on a case in this state."""
    return TABLE.get((role, state), NOTHING)


def visible_to(roles: Iterable[Role], state: State) -> frozenset[Visible]:
    """What a person with several roles may see: each role's share, added up."""
    return NOTHING.union(*(visible(role, state) for role in roles))


def check_opening(roles: Iterable[Role], state: State, identity: Visible, purpose: Purpose) -> None:
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
    if not any(identity in visible(role, state) for role in holders):
        raise MayNotOpen(
            f"»{identity.danish}« kan ikke åbnes, når sagen står som »{state.danish}«. Brug dialogen med rapportøren."
        )
