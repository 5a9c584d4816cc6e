"""The procedure (sagsgangen): the one table of what may be done to a case, when and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from uth.law.terms import Act, Role, State


@dataclass(frozen=True, slots=True)
class Step:
    """Where an act leads, and who may take it. `needs_reason`: a written reason is mandatory."""

    to: State
    by: frozenset[Role]
    needs_reason: bool = False


class NotAllowed(Exception):
    """The act is not possible here; the message is the Danish sentence to show."""


RECEIVERS = frozenset({Role.INTAKE, Role.RISK_MANAGER})
HANDLERS = frozenset({Role.HANDLER, Role.RISK_MANAGER})
DESK = RECEIVERS | HANDLERS
REPORTER = frozenset({Role.REPORTER})
CLOSERS = HANDLERS | {Role.SYSTEM}

S, A = State, Act
ANALYSED = (S.IN_PROGRESS, S.WAITING, S.CONCLUDED, S.APPROVED)
STEPS: dict[tuple[State, Act], Step] = {
    # hos initialmodtageren
    (S.RECEIVED, A.ASSIGN): Step(S.IN_PROGRESS, RECEIVERS),
    (S.RECEIVED, A.TRANSFER): Step(S.RECEIVED, RECEIVERS, needs_reason=True),
    (S.RECEIVED, A.REJECT): Step(S.REJECTED, RECEIVERS, needs_reason=True),
    (S.RECEIVED, A.LINK): Step(S.LINKED, RECEIVERS),
    (S.RECEIVED, A.CLASSIFY): Step(S.RECEIVED, RECEIVERS),
    (S.RECEIVED, A.NOTE): Step(S.RECEIVED, RECEIVERS),
    (S.RECEIVED, A.REPLY): Step(S.RECEIVED, REPORTER),
    # under sagsbehandling
    (S.IN_PROGRESS, A.ASSIGN): Step(S.IN_PROGRESS, DESK),
    (S.IN_PROGRESS, A.TRANSFER): Step(S.RECEIVED, DESK, needs_reason=True),
    (S.IN_PROGRESS, A.REJECT): Step(S.REJECTED, HANDLERS, needs_reason=True),
    (S.IN_PROGRESS, A.LINK): Step(S.LINKED, HANDLERS),
    (S.IN_PROGRESS, A.CLASSIFY): Step(S.IN_PROGRESS, DESK),
    (S.IN_PROGRESS, A.NOTE): Step(S.IN_PROGRESS, DESK),
    (S.IN_PROGRESS, A.ASK): Step(S.WAITING, HANDLERS),
    (S.IN_PROGRESS, A.REPLY): Step(S.IN_PROGRESS, REPORTER),
    (S.IN_PROGRESS, A.ANSWER): Step(S.IN_PROGRESS, HANDLERS),
    (S.IN_PROGRESS, A.CONCLUDE): Step(S.CONCLUDED, HANDLERS),
    # afventer rapportøren
    (S.WAITING, A.ASSIGN): Step(S.WAITING, DESK),
    (S.WAITING, A.TRANSFER): Step(S.RECEIVED, DESK, needs_reason=True),
    (S.WAITING, A.REJECT): Step(S.REJECTED, HANDLERS, needs_reason=True),
    (S.WAITING, A.LINK): Step(S.LINKED, HANDLERS),
    (S.WAITING, A.CLASSIFY): Step(S.WAITING, DESK),
    (S.WAITING, A.NOTE): Step(S.WAITING, DESK),
    (S.WAITING, A.ASK): Step(S.WAITING, HANDLERS),
    (S.WAITING, A.REPLY): Step(S.IN_PROGRESS, REPORTER),
    (S.WAITING, A.ANSWER): Step(S.WAITING, HANDLERS),
    (S.WAITING, A.CONCLUDE): Step(S.CONCLUDED, HANDLERS),
    # til anonymisering
    (S.CONCLUDED, A.ASSIGN): Step(S.CONCLUDED, HANDLERS),
    (S.CONCLUDED, A.NOTE): Step(S.CONCLUDED, HANDLERS),
    (S.CONCLUDED, A.REPLY): Step(S.CONCLUDED, REPORTER),
    (S.CONCLUDED, A.ANSWER): Step(S.CONCLUDED, HANDLERS),
    (S.CONCLUDED, A.APPROVE_FIRST): Step(S.CONCLUDED, HANDLERS),
    (S.CONCLUDED, A.APPROVE): Step(S.APPROVED, HANDLERS),
    (S.CONCLUDED, A.REVISE): Step(S.IN_PROGRESS, HANDLERS),
    # klar til videregivelse
    (S.APPROVED, A.ASSIGN): Step(S.APPROVED, HANDLERS),
    (S.APPROVED, A.NOTE): Step(S.APPROVED, HANDLERS),
    (S.APPROVED, A.REPLY): Step(S.APPROVED, REPORTER),
    (S.APPROVED, A.ANSWER): Step(S.APPROVED, HANDLERS),
    (S.APPROVED, A.REVISE): Step(S.IN_PROGRESS, HANDLERS),
    (S.APPROVED, A.FORWARD): Step(S.FORWARDED, HANDLERS),
    # videregivet: dialogen kan fortsætte, sagen er ellers færdig
    (S.FORWARDED, A.NOTE): Step(S.FORWARDED, HANDLERS),
    (S.FORWARDED, A.REPLY): Step(S.FORWARDED, REPORTER),
    (S.FORWARDED, A.ANSWER): Step(S.FORWARDED, HANDLERS),
    (S.FORWARDED, A.CLOSE_DIALOGUE): Step(S.FORWARDED, CLOSERS),
    # afvist: bevares, kan søges frem og genåbnes
    (S.REJECTED, A.REOPEN): Step(S.RECEIVED, RECEIVERS, needs_reason=True),
    (S.REJECTED, A.REPLY): Step(S.REJECTED, REPORTER),
    (S.REJECTED, A.ANSWER): Step(S.REJECTED, DESK),
    (S.REJECTED, A.CLOSE_DIALOGUE): Step(S.REJECTED, RECEIVERS | CLOSERS),
    # knyttet: den samme hændelse er en anden sag, og de videregives som én
    (S.LINKED, A.REOPEN): Step(S.RECEIVED, RECEIVERS, needs_reason=True),
    (S.LINKED, A.REPLY): Step(S.LINKED, REPORTER),
    (S.LINKED, A.ANSWER): Step(S.LINKED, DESK),
    (S.LINKED, A.CLOSE_DIALOGUE): Step(S.LINKED, RECEIVERS | CLOSERS),
    # journalopslag (SUL § 198, stk. 3): tilladelsen gives, mens sagen undersøges; et opslag kan skrives ind bagefter
    **{(state, A.PERMIT_LOOKUP): Step(state, HANDLERS) for state in ANALYSED},
    **{(state, A.LOG_LOOKUP): Step(state, HANDLERS) for state in State if state is not S.RECEIVED},
}

OPEN = frozenset({S.RECEIVED, S.IN_PROGRESS, S.WAITING, S.CONCLUDED, S.APPROVED})
FINAL = frozenset({S.FORWARDED})


def check(state: State, act: Act, roles: Iterable[Role], *, reason: str = "") -> Step:
    """The step this act takes from this state; raises NotAllowed with the sentence to show."""
    step = STEPS.get((state, act))
    if step is None:
        raise NotAllowed(f"»{act.danish}« er ikke muligt, når sagens status er »{state.danish}«.")
    if not step.by & frozenset(roles):
        allowed = " eller ".join(sorted(role.danish.lower() for role in step.by))
        raise NotAllowed(f"»{act.danish}« kan kun gøres af {allowed}. Bed en kollega med den rolle om hjælp.")
    if step.needs_reason and not reason.strip():
        raise NotAllowed(f"Skriv en begrundelse, før du vælger »{act.danish}«.")
    return step


def acts(state: State, roles: Iterable[Role]) -> tuple[Act, ...]:
    """What these roles may do from this state, in the order of the table: the buttons of the page."""
    held = frozenset(roles)
    return tuple(act for (at, act), step in STEPS.items() if at is state and step.by & held)
