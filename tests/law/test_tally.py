"""Collective reporting in its time: who may tally what, and when a month can be told."""

from datetime import date, timedelta

import pytest

from uth.law.rulebook import find
from uth.law.tally import areas, is_over, may_tally, months_back
from uth.law.terms import Sector, TallyArea

FIRST = (TallyArea.FALL, TallyArea.MEDICINE_NOT_GIVEN)
FOUR = (
    TallyArea.FALL,
    TallyArea.INFECTION,
    TallyArea.MEDICINE_ADMINISTRATION,
    TallyArea.MEDICINE_DISPENSING,
)


def test_sr_2017_kommuner_may_tally_falls_and_medicine_not_given() -> None:
    assert areas(Sector.MUNICIPAL, on=date(2016, 12, 31)) == ()
    assert areas(Sector.MUNICIPAL, on=date(2017, 1, 1)) == FIRST
    assert areas(Sector.MUNICIPAL, on=date(2024, 2, 29)) == FIRST


@pytest.mark.parametrize("sector", [s for s in Sector if s not in {Sector.MUNICIPAL, Sector.UNKNOWN}])
def test_sr_2023_all_sectors_may_tally_from_july(sector: Sector) -> None:
    assert areas(sector, on=date(2023, 6, 30)) == ()
    assert areas(sector, on=date(2023, 7, 1)) == FIRST


@pytest.mark.parametrize("sector", [s for s in Sector if s is not Sector.UNKNOWN])
def test_sr_2024_four_areas_from_march(sector: Sector) -> None:
    assert areas(sector, on=date(2024, 3, 1)) == FOUR
    assert not may_tally(TallyArea.MEDICINE_NOT_GIVEN, sector, on=date(2024, 3, 1))


def test_a_unit_of_no_known_sector_tallies_nothing() -> None:
    assert areas(Sector.UNKNOWN, on=date(2026, 1, 1)) == ()


def test_every_day_since_2011_has_an_answer_or_an_explicit_none() -> None:
    day = date(2011, 1, 5)
    while day < date(2028, 1, 1):
        for name in ("tally_areas", "tally_sectors"):
            assert find(name, on=day) is not None, (name, day)
        day += timedelta(days=7)


def test_a_month_is_told_when_it_is_over() -> None:
    assert not is_over("2026-03", today=date(2026, 3, 31))
    assert is_over("2026-03", today=date(2026, 4, 1))
    assert is_over("2025-12", today=date(2026, 1, 1))
    assert not is_over("marts", today=date(2026, 4, 1))


def test_months_go_back_over_new_year() -> None:
    assert months_back(date(2026, 2, 3), 4) == ("2025-11", "2025-12", "2026-01", "2026-02")
