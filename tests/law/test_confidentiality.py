"""Confidentiality is a table: each role sees its share and no more (SUL § 200)."""

from itertools import product

import pytest
from django.apps import apps
from django.db.models import Model

from uth.law.confidentiality import (
    FIELDS,
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
from uth.law.terms import Act, Privacy, Purpose, Role, State, Visible
from uth.records.cases import Case
from uth.records.models import AuditLine
from uth.records.privacy import privacy_of
from uth.records.reports import Report

CLOSED = [State.CONCLUDED, State.APPROVED, State.FORWARDED]


@pytest.mark.parametrize("state", CLOSED)
def test_an_initial_receiver_sees_nothing_of_a_case_whose_handling_is_done(state: State) -> None:
    assert not visible(Role.INTAKE, state)


@pytest.mark.parametrize("state", State)
def test_an_administrator_sees_no_content_of_any_case(state: State) -> None:
    assert visible(Role.ADMIN, state) == LOG


@pytest.mark.parametrize("state", State)
def test_sul199_the_national_level_sees_clean_text_and_facts_of_forwarded_cases_alone(state: State) -> None:
    assert visible(Role.NATIONAL, state) == (NATIONAL if state is State.FORWARDED else frozenset())


@pytest.mark.parametrize("state", State)
def test_the_reporter_sees_what_is_written_to_the_reporter_and_nothing_else(state: State) -> None:
    told = {State.FORWARDED: {Visible.LEARNING}, State.REJECTED: {Visible.REASONS}}.get(state, set())
    assert visible(Role.REPORTER, state) == {Visible.HEADLINE, Visible.DIALOGUE} | told


@pytest.mark.parametrize(("role", "state"), list(product(Role, State)))
def test_sul200_another_authority_never_sees_the_reporter_of_a_case_passed_on_to_it(
    role: Role, state: State
) -> None:
    seen = visible(role, state, given_here=False)
    assert seen == visible(role, state) - {Visible.REPORTER_IDENTITY}
    letter = visible(role, state, given_here=False, on_paper=True)
    assert letter == seen - {Visible.ATTACHMENTS}
    assert visible(role, state, on_paper=True) == visible(role, state)


@pytest.mark.parametrize("purpose", [p for p in Purpose if Visible.REPORTER_IDENTITY in OPENS[p]])
def test_sul200_no_purpose_opens_the_reporter_of_a_case_that_was_passed_on(purpose: Purpose) -> None:
    with pytest.raises(MayNotOpen, match="§ 200"):
        check_opening(
            [Role.RISK_MANAGER], State.IN_PROGRESS, Visible.REPORTER_IDENTITY, purpose, given_here=False
        )


def test_sul200_the_patient_follows_the_case_to_the_authority_that_analyses_it() -> None:
    opened = {
        (identity, given_here)
        for identity, given_here in product(IDENTITIES, (True, False))
        if may_open(Role.HANDLER, identity, Purpose.FIND_RECORD, given_here=given_here)
    }
    assert opened == {(Visible.PATIENT_IDENTITY, True), (Visible.PATIENT_IDENTITY, False)}


def may_open(role: Role, identity: Visible, purpose: Purpose, *, given_here: bool = True) -> bool:
    """Whether the law lets this role open it while the case is handled."""
    try:
        check_opening([role], State.IN_PROGRESS, identity, purpose, given_here=given_here)
    except MayNotOpen:
        return False
    return True


def of_a_case() -> list[type[Model]]:
    """Report and case, and every model that hangs on them by a key."""
    found: list[type[Model]] = [Report, Case]
    while more := [
        model
        for model in apps.get_app_config("records").get_models()
        if model not in found
        and any(f.concrete and f.related_model in found for f in model._meta.get_fields() if f.is_relation)
    ]:
        found += more
    return [*found, AuditLine]


# What hangs on a report or a case and is never shown with it: letters in the outbox, that something is forgotten, and how
# the machine was put right, which is only counted.
NEVER_SHOWN = frozenset({"Letter", "Correction"})


def placed() -> list[str]:
    return [
        f"{line.partition(': ')[0]}.{field}"
        for lines in FIELDS.values()
        for line in lines
        for field in line.partition(": ")[2].split()
    ]


def test_sul200_every_field_of_a_case_that_says_something_stands_in_the_table_once() -> None:
    says = (Privacy.CODED, Privacy.FREE_TEXT, Privacy.IDENTIFYING)
    wanted = {
        f"{model.__name__}.{name}"
        for model in of_a_case()
        if model.__name__ not in NEVER_SHOWN
        for name, privacy in privacy_of(model._meta.label).items()
        if privacy in says
    }
    assert len(placed()) == len(set(placed()))
    assert set(placed()) == wanted, "say in law/confidentiality.FIELDS which kind of content it is"
    assert set(FIELDS) == set(Visible)


def test_no_identity_is_shown_as_anything_else() -> None:
    for what, lines in FIELDS.items():
        for line in lines:
            model, _, names = line.partition(": ")
            classes = privacy_of(f"records.{model}")
            identifying = {name for name in names.split() if classes[name] is Privacy.IDENTIFYING}
            if identifying:
                assert what in IDENTITIES | {Visible.ATTACHMENTS, Visible.LOOKUPS, Visible.ACCESS_LOG}


@pytest.mark.parametrize(
    ("role", "state"), list(product([Role.ADMIN, Role.NATIONAL, Role.REPORTER, Role.SYSTEM], State))
)
def test_sul200_no_one_outside_the_handling_sees_an_identity(role: Role, state: State) -> None:
    assert not visible(role, state) & IDENTITIES


@pytest.mark.parametrize("role", Role)
def test_nobody_sees_the_patient_once_the_case_is_forwarded(role: Role) -> None:
    assert Visible.PATIENT_IDENTITY not in visible(role, State.FORWARDED)


@pytest.mark.parametrize(("state", "act"), STEPS, ids=str)
def test_who_may_act_on_a_case_may_see_what_he_acts_on(state: State, act: Act) -> None:
    for role in STEPS[state, act].by - {Role.SYSTEM}:
        assert visible(role, state), f"{role} may {act} a case in {state} that shows nothing"


WHOLE = set(Visible) - {Visible.ACCESS_LOG, Visible.PLANS}
AFTERWARDS = (WHOLE | {Visible.PLANS}) - {Visible.PATIENT_IDENTITY}
LOOKING = WHOLE - {Visible.CLEAN_TEXT, Visible.LOOKUPS}


@pytest.mark.parametrize(
    ("role", "state", "seen"),
    [
        (Role.INTAKE, State.RECEIVED, LOOKING),
        (Role.INTAKE, State.WAITING, LOOKING),
        (Role.INTAKE, State.REJECTED, LOOKING - IDENTITIES),
        (Role.HANDLER, State.RECEIVED, WHOLE),
        (Role.HANDLER, State.CONCLUDED, WHOLE),
        (Role.HANDLER, State.FORWARDED, AFTERWARDS),
        (Role.HANDLER, State.REJECTED, WHOLE),
        (Role.RISK_MANAGER, State.IN_PROGRESS, WHOLE | LOG),
        (Role.RISK_MANAGER, State.FORWARDED, AFTERWARDS | LOG),
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


def test_who_handles_the_case_and_nobody_else_may_open_the_patient_to_find_the_record() -> None:
    may = {role for role in Role if may_open(role, Visible.PATIENT_IDENTITY, Purpose.FIND_RECORD)}
    assert may == HOLDERS[Purpose.FIND_RECORD] == {Role.HANDLER, Role.RISK_MANAGER}


def test_finding_the_record_does_not_open_the_reporter() -> None:
    assert may_open(Role.HANDLER, Visible.PATIENT_IDENTITY, Purpose.FIND_RECORD)
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
