"""Should I report? answers for any day and anybody, with its source, and never says no to a report."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uth.law.advice import NONE_OF_THEM, Advice, Outcome, Reply, Told, advice
from uth.law.problems import known, listed, read
from uth.law.terms import DutyCriterion, ReporterCategory, ReporterKind, Sector

C, K, O = DutyCriterion, ReporterKind, Outcome  # noqa: E741
NOW, OLD, BETWEEN, HOSPITALS_ONLY, LONG_AGO = (
    date(2026, 5, 1),
    date(2020, 5, 1),
    date(2010, 10, 1),
    date(2008, 5, 1),
    date(2001, 5, 1),
)
NO = {C.SERIOUS: Reply.NO, C.COULD_BE_SERIOUS: Reply.NO, C.LEARNING: Reply.NO}


def asked(kind: ReporterKind = K.PROFESSIONAL, on: date = NOW, **told: object) -> Advice:
    return advice(Told(kind, on, **told))  # type: ignore[arg-type]


@pytest.mark.parametrize("met", NO)
def test_k23_2_each_of_the_three_criteria_is_enough(met: DutyCriterion) -> None:
    found = asked(criteria=NO | {met: Reply.YES})
    assert (found.outcome, found.criterion) == (O.MUST, met)
    assert "STPS 26/6/2023" in found.source


@pytest.mark.parametrize("category", [*ReporterCategory, None])
def test_k23_1_from_july_2023_the_answer_is_the_same_for_everyone(category: ReporterCategory | None) -> None:
    found = asked(on=date(2023, 7, 1), category=category, criteria={C.SERIOUS: Reply.YES})
    assert found == asked(on=date(2023, 7, 1), criteria={C.SERIOUS: Reply.YES})
    assert "alle, der udfører sundhedsfaglige opgaver" in found.says


def test_k23_2_without_a_criterion_there_is_no_duty_and_a_report_is_welcome() -> None:
    found = asked(criteria=NO)
    assert (found.outcome, found.criterion) == (O.MAY, C.NOT_OBLIGED)
    assert "behandles som alle andre" in found.says


def test_k23_2_one_who_doubts_is_told_to_report() -> None:
    found = asked(criteria=NO | {C.LEARNING: Reply.UNSURE})
    assert found.outcome is O.UNDECIDED
    assert "Rapportér, når du er i tvivl" in found.says


@pytest.mark.parametrize("category", [c for c in ReporterCategory if c is not ReporterCategory.OTHER_STAFF])
@pytest.mark.parametrize("sector", Sector)
def test_par2_3_to_6_the_groups_are_told_that_the_sectors_lists_are_not_known_here(
    category: ReporterCategory, sector: Sector
) -> None:
    found = asked(on=OLD, category=category, sector=sector)
    assert (found.outcome, found.criterion) == (O.UNDECIDED, C.OLD_RULES)
    assert "kendes ikke her; du må altid rapportere" in found.says
    assert found.doubts, "what nobody can vouch for is said aloud"


def test_par2_7_others_were_not_obliged_and_the_slip_in_the_order_is_told() -> None:
    found = asked(on=OLD, category=ReporterCategory.OTHER_STAFF)
    assert found.outcome is O.MAY
    assert any("stk. 2 nævner ingen personer" in doubt for doubt in found.doubts)


def test_the_groups_of_a_day_whose_order_is_unread_are_said_to_be_those_of_2011() -> None:
    assert asked(on=BETWEEN, category=ReporterCategory.OTHER_STAFF).outcome is O.UNDECIDED
    doubts = asked(on=BETWEEN, category=ReporterCategory.AUTHORISED, sector=Sector.PRACTICE).doubts
    assert any("taget fra bekendtgørelsen fra 2011" in doubt for doubt in doubts)
    assert not any("stk. 2 nævner ingen personer" in doubt for doubt in doubts)


def test_the_sectors_lists_are_empty_until_somebody_finds_them() -> None:
    assert known() == ()


LISTS = read(
    """
    [[problem]]
    sector = "municipal"
    key = "proeve"
    danish = "En prøve på en opdigtet hændelse"
    from = 2010-09-01
    to = 2015-12-31
    source = "Opdigtet liste, side 1"
    unverified = true
    """
)


def test_a_row_in_the_sectors_lists_decides_on_its_days_and_in_its_sector_only() -> None:
    def at(on: date, sector: Sector, problem: str) -> Advice:
        told = Told(K.PROFESSIONAL, on, ReporterCategory.AUTHORISED, sector, problem=problem)
        return advice(told, lists=LISTS)

    found = at(date(2015, 12, 31), Sector.MUNICIPAL, "proeve")
    assert (found.outcome, found.source) == (O.MUST, "Opdigtet liste, side 1")
    assert "En prøve på en opdigtet hændelse" in found.says
    assert "Listen er ikke efterprøvet." in found.doubts
    none_of_them = at(date(2012, 1, 1), Sector.MUNICIPAL, NONE_OF_THEM)
    assert none_of_them.outcome is O.MAY
    assert "Listen er ikke efterprøvet." in none_of_them.doubts, "a no is no surer than a yes"
    assert at(date(2012, 1, 1), Sector.MUNICIPAL, Reply.UNSURE).outcome is O.UNDECIDED
    assert at(date(2016, 1, 1), Sector.MUNICIPAL, "proeve").outcome is O.UNDECIDED
    assert at(date(2012, 1, 1), Sector.PHARMACY, "proeve").outcome is O.UNDECIDED
    assert not listed(Sector.MUNICIPAL, date(2016, 1, 1), LISTS)


def test_before_september_2010_the_duty_lay_on_the_hospitals_staff_and_that_is_unverified() -> None:
    assert asked(on=HOSPITALS_ONLY, sector=Sector.HOSPITAL).outcome is O.UNDECIDED
    elsewhere = asked(on=HOSPITALS_ONLY, sector=Sector.PHARMACY)
    assert elsewhere.outcome is O.UNDECIDED, "no plain no from a rule nobody has read"
    assert "Så vidt vi ved" in elsewhere.says
    assert elsewhere.doubts


def test_before_2004_we_say_that_we_know_of_no_duty() -> None:
    found = asked(on=LONG_AGO)
    assert (found.outcome, found.criterion) == (O.UNDECIDED, C.NOT_OBLIGED)
    assert "Vi kender ingen rapporteringspligt før 1. januar 2004" in found.says


def test_the_order_of_2010_has_not_been_read_and_the_answer_says_so() -> None:
    told = {"category": ReporterCategory.AUTHORISED, "sector": Sector.PRACTICE}
    assert "Reglernes tekst fra dengang er ikke læst." in asked(on=BETWEEN, **told).doubts
    assert "Reglernes tekst fra dengang er ikke læst." not in asked(on=OLD, **told).doubts


@pytest.mark.parametrize("kind", [K.PATIENT, K.RELATIVE])
@pytest.mark.parametrize("on", [NOW, OLD, HOSPITALS_ONLY, LONG_AGO])
def test_par5_patients_and_relatives_have_a_right_never_a_duty_and_no_deadline(
    kind: ReporterKind, on: date
) -> None:
    found = asked(kind, on)
    assert found.outcome is O.RIGHT
    assert "ingen frist" in found.deadline
    assert ("ikke kunnet bekræfte" in found.deadline) == (on != OLD)


def test_par10_3_before_september_2011_patients_had_no_rule_and_are_told_to_report_today() -> None:
    before, after = asked(K.PATIENT, date(2011, 8, 31)), asked(K.PATIENT, date(2011, 9, 1))
    assert "kom først 1. september 2011" in before.says
    assert "du må gerne rapportere det i dag" in before.says
    assert "kom først" not in after.says
    assert before.outcome is after.outcome is O.RIGHT


def test_par3_2_the_deadline_is_told_as_a_date_where_a_text_confirms_it_and_else_as_a_doubt() -> None:
    old = asked(on=OLD, category=ReporterCategory.AUTHORISED, sector=Sector.PRACTICE)
    new = asked(on=NOW, criteria={C.SERIOUS: Reply.YES})
    assert "8. maj 2020" in old.deadline
    assert "ikke kunnet bekræfte" in new.deadline
    assert "8. maj 2026" not in new.deadline
    assert all("lige så velkommen" in each.deadline for each in (old, new))


def test_somebody_else_may_report_too() -> None:
    assert asked(K.OTHER).outcome is O.MAY


@given(
    on=st.dates(date(1950, 1, 1), date(2060, 1, 1)), kind=st.sampled_from(K), sector=st.sampled_from(Sector)
)
def test_every_answer_has_a_sentence_and_a_source_and_turns_nobody_away(
    on: date, kind: ReporterKind, sector: Sector
) -> None:
    for category, reply in product([*ReporterCategory, None], Reply):
        found = asked(kind, on, category=category, sector=sector, criteria={C.SERIOUS: reply})
        assert found.says.endswith(".")
        assert found.source
        assert "må ikke rapportere" not in found.says
        assert (found.outcome is O.MUST) <= (kind is K.PROFESSIONAL)
