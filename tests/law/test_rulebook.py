"""The rulebook answers with the value of the day, and its book has neither gaps nor overlaps."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uth.law.rulebook import Rule, RuleNotFound, Silence, find, periods, rule, rules, silences

NAMES = sorted({each.name for each in rules()})
SOURCED: list[Rule | Silence] = [*rules(), *(each for name in NAMES for each in silences(name))]
OURS = ("eget valg", "ikke læst", "udledt")  # in a source: no text on hand says so


@pytest.mark.parametrize("name", NAMES)
def test_periods_touch_without_gap_or_overlap(name: str) -> None:
    for earlier, later in pairwise(periods(name)):
        assert earlier.until is not None, f"{name}: only the newest value may be without an end"
        assert later.since == earlier.until + timedelta(days=1), f"{name}: {earlier.until} → {later.since}"


@pytest.mark.parametrize("name", NAMES)
def test_a_period_ends_after_it_begins(name: str) -> None:
    assert all(each.until is None or each.since <= each.until for each in periods(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_a_rule_is_of_one_type(name: str) -> None:
    assert len({type(each.value) for each in periods(name)}) == 1


@pytest.mark.parametrize("each", rules(), ids=lambda each: f"{each.name}-{each.since}")
def test_every_value_says_where_it_stands(each: object) -> None:
    assert len(each.source) > 8  # type: ignore[attr-defined]
    assert each.danish  # type: ignore[attr-defined]


@pytest.mark.parametrize("each", SOURCED, ids=lambda each: f"{each.name}-{each.since}")
def test_a_choice_or_conclusion_of_our_own_is_marked_unverified(each: object) -> None:
    if any(words in each.source for words in OURS):  # type: ignore[attr-defined]
        assert each.unverified  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2004, 1, 1), "Sundhedsstyrelsen"),
        (date(2011, 1, 5), "Patientombuddet"),
        (date(2016, 6, 1), "Styrelsen for Patientsikkerhed"),
        (date(2025, 4, 30), "Styrelsen for Patientsikkerhed"),
    ],
)
def test_the_national_receiver_has_had_several_names(on: date, name: str) -> None:
    assert rule("national_receiver", on=on).text == name


def test_k25_1_a_designated_regionsraad_receives_nationally_from_may_2025() -> None:
    assert "regionsråd" in rule("national_receiver", on=date(2025, 5, 1)).text


def test_par10_3_patients_may_report_from_september_2011_and_what_held_before_2011_is_unverified() -> None:
    assert rule("patients_may_report", on=date(2011, 1, 4)).unverified
    assert not rule("patients_may_report", on=date(2011, 1, 5)).unverified
    assert not rule("patients_may_report", on=date(2011, 8, 31)).yes
    assert rule("patients_may_report", on=date(2011, 9, 1)).yes


def test_the_supervisor_reads_anonymised_reports_from_may_2025() -> None:
    assert find("anonymised_reader", on=date(2025, 4, 30)) is None
    assert [each.unverified for each in silences("anonymised_reader")] == [True]
    assert rule("anonymised_reader", on=date(2025, 5, 1)).text == "Styrelsen for Patientsikkerhed"


def test_seven_days_is_unverified_after_the_reform() -> None:
    assert not rule("report_within_days", on=date(2023, 6, 30)).unverified
    assert rule("report_within_days", on=date(2023, 7, 1)).unverified


@given(on=st.dates(date(2011, 1, 5), date(2060, 1, 1)), name=st.sampled_from(NAMES))
def test_every_rule_has_one_value_each_day_since_2011_or_says_that_it_was_not_in_force(
    on: date, name: str
) -> None:
    standing = [each for each in SOURCED if each.name == name and each.holds(on)]
    assert len(standing) == 1, f"{name} on {on}: {standing}"
    assert (find(name, on=on) is None) == (standing[0] in silences(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_that_came_after_2011_says_so_up_to_its_first_day(name: str) -> None:
    for each in silences(name):
        assert len(each.source) > 8
        assert find(name, on=each.until + timedelta(days=1)) is not None


def test_a_day_before_the_rule_finds_none() -> None:
    assert find("forward_within_days", on=date(2010, 12, 31)) is None
    with pytest.raises(RuleNotFound, match=r"31\.12\.2010"):
        rule("forward_within_days", on=date(2010, 12, 31))


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(RuleNotFound):
        rule("no_such_rule", on=date(2026, 1, 1))


def test_a_rule_refuses_to_be_read_as_something_else() -> None:
    days = rule("forward_within_days", on=date(2026, 1, 1))
    assert days.number == 90
    with pytest.raises(TypeError):
        _ = days.text
    with pytest.raises(TypeError):
        _ = days.yes
    with pytest.raises(TypeError):
        _ = days.words
    with pytest.raises(TypeError):
        _ = rule("patients_may_report", on=date(2026, 1, 1)).number
