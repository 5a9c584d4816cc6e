"""Severity is a whole table: every pair has an answer, and only silence leaves it to the handler."""

from datetime import date
from itertools import product

import pytest

from uth.law.severity import OLD_MEANING, OldSeverity, Scale, scale, severity
from uth.law.terms import ActualHarm, PossibleHarm, Severity

A, P, S = ActualHarm, PossibleHarm, Severity


@pytest.mark.parametrize(
    ("actual", "possible", "expected"),
    [
        (A.NONE_OR_UNKNOWN, P.NONE, S.NO_CONSEQUENCE),
        (A.NONE_OR_UNKNOWN, P.MILD, S.NO_CONSEQUENCE),
        (A.NONE_OR_UNKNOWN, P.SERIOUS_OR_FATAL, S.SERIOUS_RISK),
        (A.MILD, P.NONE, S.MILD),
        (A.MILD, P.MILD, S.MILD),
        (A.MILD, P.SERIOUS_OR_FATAL, S.SERIOUS_RISK),
        (A.SERIOUS, None, S.SERIOUS),
        (A.FATAL, None, S.FATAL),
    ],
)
def test_the_table_of_the_short_form(
    actual: ActualHarm, possible: PossibleHarm | None, expected: Severity
) -> None:
    assert severity(actual, possible) is expected


@pytest.mark.parametrize(("actual", "possible"), list(product(ActualHarm, [*PossibleHarm, None])))
def test_only_small_harm_with_no_word_on_what_could_have_been_is_left_to_the_handler(
    actual: ActualHarm, possible: PossibleHarm | None
) -> None:
    undecided = severity(actual, possible) is None
    assert undecided == (actual.asks_possible and possible is None)


@pytest.mark.parametrize("actual", ActualHarm)
def test_a_worse_possibility_never_lowers_the_severity(actual: ActualHarm) -> None:
    order = list(Severity)
    seen = [order.index(found) for p in PossibleHarm if (found := severity(actual, p))]
    assert seen == sorted(seen)


def test_the_scale_changed_on_1_july_2023() -> None:
    assert scale(date(2023, 6, 30)) is Scale.SINGLE
    assert scale(date(2023, 7, 1)) is Scale.TWO_AXES


def test_an_event_older_than_the_system_is_told_on_the_old_scale() -> None:
    assert scale(date(1999, 1, 1)) is Scale.SINGLE


def test_every_old_category_says_what_it_meant() -> None:
    assert set(OLD_MEANING) == set(OldSeverity)
