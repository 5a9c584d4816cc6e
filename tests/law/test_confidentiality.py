"""Confidentiality is a table: each role sees its share and no more (SUL § 200)."""

from itertools import product

import pytest

from uth.law.confidentiality import (
    HOLDERS,
    IDENTITIES,
    LOCAL,
    LOG,
    NATIONAL,
    OPENS,
    MayNotOpen,
    check_opening,
    visible,
    visible_to,
)
from uth.law.procedure import STEPS
from uth.law.terms import Act, Purpose, Role, State, Visible

CLOSED = [State.CONCLUDED, State.APPROVED, State.FORWARDED]


@pytest.mark.parametrize("state", CLOSED)
def test_an_initial_receiver_sees_nothing_of_a_case_whose_handling_is_done(state: State) -> None:
    assert not visible(Role.INTAKE, state)


@pytest.mark.parametrize("state", State)
def test_an_administrator_sees_no_content_of_any_case(state: State) -> None:
    assert visible(Role.ADMIN, state) == LOG


@pytest.mark.parametrize("state", State)
def test_the_national_level_sees_clean_text_and_facts_of_forwarded_cases_alone(state: State) -> None:
    assert visible(Role.NATIONAL, state) == (NATIONAL if state is State.FORWARDED else frozenset())


@pytest.mark.parametrize("state", State)
def test_the_reporter_sees_the_dialogue_and_nothing_else(state: State) -> None:
    assert visible(Role.REPORTER, state) == {Visible.DIALOGUE}


@pytest.mark.parametrize(
    ("role", "state"), list(product([Role.ADMIN, Role.NATIONAL, Role.REPORTER, Role.SYSTEM], State))
)
def test_no_one_outside_the_handling_sees_an_identity(role: Role, state: State) -> None:
    assert not visible(role, state) & IDENTITIES


@pytest.mark.parametrize("role", Role)
def test_nobody_sees_the_patient_once_the_case_is_forwarded(role: Role) -> None:
    assert Visible.PATIENT_IDENTITY not in visible(role, State.FORWARDED)


@pytest.mark.parametrize(("state", "act"), STEPS, ids=str)
def test_who_may_act_on_a_case_may_see_what_he_acts_on(state: State, act: Act) -> None:
    for role in STEPS[state, act].by - {Role.SYSTEM}:
        assert visible(role, state), f"{role} may {act} a case in {state} that shows nothing"


WHOLE = set(Visible) - {Visible.ACCESS_LOG}
LOOKING = WHOLE - {Visible.CLEAN_TEXT, Visible.LOOKUPS}


@pytest.mark.parametrize(
    ("role", "state", "seen"),
    [
        (Role.INTAKE, State.RECEIVED, LOOKING),
        (Role.INTAKE, State.WAITING, LOOKING),
        (Role.INTAKE, State.REJECTED, LOOKING - IDENTITIES),
        (Role.HANDLER, State.RECEIVED, WHOLE),
        (Role.HANDLER, State.CONCLUDED, WHOLE),
        (Role.HANDLER, State.FORWARDED, WHOLE - {Visible.PATIENT_IDENTITY}),
        (Role.HANDLER, State.REJECTED, WHOLE),
        (Role.RISK_MANAGER, State.IN_PROGRESS, set(Visible)),
        (Role.RISK_MANAGER, State.FORWARDED, set(Visible) - {Visible.PATIENT_IDENTITY}),
    ],
)
def test_the_receiving_authority_sees_what_its_work_needs(
    role: Role, state: State, seen: set[Visible]
) -> None:
    assert visible(role, state) == seen


def test_several_roles_add_up() -> None:
    both = visible_to([Role.INTAKE, Role.ADMIN], State.RECEIVED)
    assert both == LOCAL | IDENTITIES | LOG
    assert visible_to([], State.RECEIVED) == frozenset()


def test_every_purpose_says_what_it_opens_and_for_whom() -> None:
    assert set(OPENS) == set(HOLDERS) == set(Purpose)
    assert all(opened <= IDENTITIES for opened in OPENS.values())
    assert all(held <= {Role.INTAKE, Role.HANDLER, Role.RISK_MANAGER} for held in HOLDERS.values())


def test_a_handler_may_open_the_patient_to_find_the_record() -> None:
    check_opening([Role.HANDLER], State.IN_PROGRESS, Visible.PATIENT_IDENTITY, Purpose.FIND_RECORD)


def test_finding_the_record_does_not_open_the_reporter() -> None:
    with pytest.raises(MayNotOpen, match="Vælg et andet formål"):
        check_opening([Role.HANDLER], State.IN_PROGRESS, Visible.REPORTER_IDENTITY, Purpose.FIND_RECORD)


def test_an_initial_receiver_may_not_answer_a_request_for_access() -> None:
    with pytest.raises(MayNotOpen, match="risikomanager"):
        check_opening([Role.INTAKE], State.RECEIVED, Visible.PATIENT_IDENTITY, Purpose.DATA_SUBJECT_REQUEST)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.NATIONAL, Role.REPORTER, Role.SYSTEM])
def test_no_purpose_opens_an_identity_for_others(role: Role) -> None:
    for state, identity, purpose in product(State, IDENTITIES, Purpose):
        with pytest.raises(MayNotOpen):
            check_opening([role], state, identity, purpose)


def test_the_patient_cannot_be_opened_after_forwarding() -> None:
    with pytest.raises(MayNotOpen, match="Videregivet"):
        check_opening([Role.RISK_MANAGER], State.FORWARDED, Visible.PATIENT_IDENTITY, Purpose.FIND_RECORD)


def test_two_roles_cannot_borrow_each_others_rights() -> None:
    """A risk manager's purpose does not ride on a reporter's case, nor an administrator's on a handler's."""
    with pytest.raises(MayNotOpen):
        check_opening(
            [Role.ADMIN, Role.INTAKE], State.CONCLUDED, Visible.REPORTER_IDENTITY, Purpose.CONTACT_REPORTER
        )
