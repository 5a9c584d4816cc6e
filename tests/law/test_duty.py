"""The duty follows its time: person groups until 30 June 2023, three criteria after; and it never blocks."""

from datetime import date
from itertools import product

import pytest

from uth.law.duty import CAVEAT, PERSON_GROUPS, QUESTIONS, Duty, criterion, duty, explained
from uth.law.terms import ActualHarm, DutyCriterion, PossibleHarm, ReporterCategory, ReporterKind

OLD, NEW = date(2020, 5, 1), date(2026, 5, 1)
PRO = ReporterKind.PROFESSIONAL
A, P, C = ActualHarm, PossibleHarm, DutyCriterion


@pytest.mark.parametrize("category", [*ReporterCategory, None])
def test_from_july_2023_the_duty_is_the_same_for_everyone(category: ReporterCategory | None) -> None:
    assert criterion(PRO, category, A.FATAL, None, None, on=NEW) is C.SERIOUS


@pytest.mark.parametrize(
    ("actual", "possible", "learning", "expected"),
    [
        (A.FATAL, None, None, C.SERIOUS),
        (A.SERIOUS, P.SERIOUS_OR_FATAL, True, C.SERIOUS),
        (A.NONE_OR_UNKNOWN, P.SERIOUS_OR_FATAL, None, C.COULD_BE_SERIOUS),
        (A.MILD, P.SERIOUS_OR_FATAL, True, C.COULD_BE_SERIOUS),
        (A.MILD, P.MILD, True, C.LEARNING),
        (A.MILD, None, True, C.LEARNING),
        (A.MILD, P.MILD, False, C.NOT_OBLIGED),
        (A.NONE_OR_UNKNOWN, None, None, C.NOT_OBLIGED),
    ],
)
def test_the_first_of_the_three_criteria_decides(
    actual: ActualHarm, possible: PossibleHarm | None, learning: bool | None, expected: DutyCriterion
) -> None:
    assert criterion(PRO, ReporterCategory.AUTHORISED, actual, possible, learning, on=NEW) is expected


def test_the_duty_changed_on_1_july_2023() -> None:
    assert duty(date(2023, 6, 30)) is Duty.PERSON_GROUPS
    assert duty(date(2023, 7, 1)) is Duty.THREE_CRITERIA


@pytest.mark.parametrize("category", PERSON_GROUPS)
def test_par2_3_to_6_the_person_groups_were_obliged(category: ReporterCategory) -> None:
    assert criterion(PRO, category, A.MILD, None, None, on=OLD) is C.OLD_RULES


def test_par2_7_other_staff_was_not_obliged_before_2023() -> None:
    assert criterion(PRO, ReporterCategory.OTHER_STAFF, A.FATAL, None, None, on=OLD) is C.NOT_OBLIGED
    assert set(ReporterCategory) - set(PERSON_GROUPS) == {ReporterCategory.OTHER_STAFF}


@pytest.mark.parametrize("kind", [ReporterKind.PATIENT, ReporterKind.RELATIVE, ReporterKind.OTHER])
@pytest.mark.parametrize("on", [OLD, NEW])
def test_par5_patients_and_relatives_are_never_obliged(kind: ReporterKind, on: date) -> None:
    assert criterion(kind, None, A.FATAL, None, True, on=on) is C.NOT_OBLIGED


def test_before_2004_there_was_no_duty_we_know_of() -> None:
    assert (
        criterion(PRO, ReporterCategory.AUTHORISED, A.FATAL, None, None, on=date(2003, 1, 1)) is C.NOT_OBLIGED
    )


def test_every_answer_has_a_criterion_and_a_sentence() -> None:
    """Nothing here can refuse a report: each combination ends in an answer."""
    for kind, category, actual, possible, learning, on in product(
        ReporterKind,
        [*ReporterCategory, None],
        A,
        [*P, None],
        [True, False, None],
        [date(1990, 1, 1), OLD, NEW],
    ):
        assert explained(criterion(kind, category, actual, possible, learning, on=on), on).endswith(".")


def test_the_old_rules_say_that_the_sectors_lists_are_unknown() -> None:
    assert "Listerne er ikke lagt ind" in explained(C.OLD_RULES, OLD)
    assert "Listerne" not in explained(C.SERIOUS, NEW)


@pytest.mark.parametrize(
    ("found", "on", "begins"),
    [
        (C.NOT_OBLIGED, NEW, "Der er ingen pligt til at rapportere, men alle har ret til det."),
        (C.OLD_RULES, OLD, "Rapportøren hører til en af de grupper, der havde pligt"),
        (C.SERIOUS, NEW, "Der er pligt til at rapportere, fordi hændelsen har medvirket til alvorlige"),
        (C.LEARNING, NEW, "Der er pligt til at rapportere, fordi hændelsen efter en konkret vurdering kan"),
    ],
)
def test_each_criterion_is_said_in_a_sentence(found: DutyCriterion, on: date, begins: str) -> None:
    assert explained(found, on).startswith(begins)


def test_each_criterion_is_asked_once_and_in_order() -> None:
    assert [each.criterion for each in QUESTIONS] == [C.SERIOUS, C.COULD_BE_SERIOUS, C.LEARNING]
    assert all(each.asks.endswith("?") for each in QUESTIONS)


def test_every_duty_has_its_caveat() -> None:
    assert set(CAVEAT) == set(Duty)
