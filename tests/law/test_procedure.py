"""The procedure is one table: what it does not hold cannot be done."""

from itertools import product

import pytest

from uth.law.procedure import FINAL, OPEN, STEPS, NotAllowed, acts, check
from uth.law.terms import Act, Role, State

A, R, S = Act, Role, State


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)), ids=str)
def test_the_table_decides_every_state_and_act(state: State, act: Act) -> None:
    """Each role in turn: allowed exactly where the table says so, refused in Danish elsewhere."""
    for role in Role:
        step = STEPS.get((state, act))
        if step and role in step.by:
            assert check(state, act, [role], reason="fordi") == step
        else:
            with pytest.raises(NotAllowed, match="»"):
                check(state, act, [role], reason="fordi")


def test_an_initial_receiver_cannot_forward() -> None:
    with pytest.raises(NotAllowed, match="sagsbehandler"):
        check(S.APPROVED, A.FORWARD, [R.INTAKE])


def test_nothing_is_forwarded_without_approval() -> None:
    assert [state for (state, act) in STEPS if act is A.FORWARD] == [S.APPROVED]
    assert {
        state for (state, act), step in STEPS.items() if step.to is S.FORWARDED and state is not S.FORWARDED
    } == {S.APPROVED}


def test_approval_comes_only_after_the_handling_is_concluded() -> None:
    assert {
        state for (state, act), step in STEPS.items() if step.to is S.APPROVED and state is not S.APPROVED
    } == {S.CONCLUDED}


@pytest.mark.parametrize("act", [A.REJECT, A.TRANSFER, A.REOPEN])
def test_what_turns_a_case_away_needs_a_reason(act: Act) -> None:
    for (state, at), step in STEPS.items():
        if at is act:
            assert step.needs_reason
            with pytest.raises(NotAllowed, match="begrundelse"):
                check(state, act, step.by, reason="   ")


def test_a_transferred_case_starts_at_the_new_receiver() -> None:
    assert {step.to for (_, act), step in STEPS.items() if act is A.TRANSFER} == {S.RECEIVED}


def test_a_rejected_case_is_kept_and_can_be_reopened() -> None:
    assert check(S.REJECTED, A.REOPEN, [R.INTAKE], reason="fejl").to is S.RECEIVED
    assert S.REJECTED not in FINAL


def test_a_forwarded_case_never_opens_again() -> None:
    assert {step.to for (state, _), step in STEPS.items() if state in FINAL} == FINAL


@pytest.mark.parametrize("state", State)
def test_the_reporter_can_write_in_every_state(state: State) -> None:
    assert (state, A.REPLY) in STEPS


def test_administrators_and_the_national_level_do_nothing_to_a_case() -> None:
    for step in STEPS.values():
        assert not step.by & {R.ADMIN, R.NATIONAL}


@pytest.mark.parametrize(
    ("state", "act", "by"),
    [
        (S.RECEIVED, A.ASSIGN, {R.INTAKE, R.RISK_MANAGER}),
        (S.IN_PROGRESS, A.TRANSFER, {R.INTAKE, R.HANDLER, R.RISK_MANAGER}),
        (S.IN_PROGRESS, A.CONCLUDE, {R.HANDLER, R.RISK_MANAGER}),
        (S.APPROVED, A.FORWARD, {R.HANDLER, R.RISK_MANAGER}),
        (S.FORWARDED, A.CLOSE_DIALOGUE, {R.HANDLER, R.RISK_MANAGER, R.SYSTEM}),
        (S.REJECTED, A.CLOSE_DIALOGUE, {R.INTAKE, R.HANDLER, R.RISK_MANAGER, R.SYSTEM}),
        (S.WAITING, A.REPLY, {R.REPORTER}),
    ],
)
def test_who_may_take_the_steps_that_matter(state: State, act: Act, by: set[Role]) -> None:
    assert STEPS[state, act].by == by


def test_every_state_can_be_reached_from_reception() -> None:
    seen, new = set(), {S.RECEIVED}
    while new:
        seen |= new
        new = {step.to for (state, _), step in STEPS.items() if state in seen} - seen
    assert seen == set(State)


def test_from_every_open_state_a_case_can_be_finished() -> None:
    for start in OPEN:
        seen, new = set(), {start}
        while new:
            seen |= new
            new = {step.to for (state, _), step in STEPS.items() if state in seen} - seen
        assert S.FORWARDED in seen


def test_the_buttons_of_a_page_are_those_that_would_be_allowed() -> None:
    for state, role in product(State, Role):
        shown = acts(state, [role])
        assert all(check(state, act, [role], reason="fordi") for act in shown)
        assert len(shown) == len(set(shown))
