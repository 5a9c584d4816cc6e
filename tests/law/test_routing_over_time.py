"""Routing follows the map of the day: regions that merge, tasks that move, days before the map."""

from dataclasses import replace
from datetime import date

import pytest
from tests.law.routed import AFTER, CARE_HOME, CLINIC, HOSPITAL, LAST, MAP, at, place, sent

from uth.law.routing import map_day
from uth.law.terms import PlaceKind, Sector

# ── regions that merge (K27-1) ──


@pytest.mark.parametrize("region", ["hovedstaden", "sjaelland"])
def test_k27_1_the_new_region_receives_from_its_first_day(region: str) -> None:
    where = replace(CLINIC, region=region)
    assert at(where, on=LAST).authority == region
    assert at(where, on=AFTER).authority == "oestdanmark"
    assert "Region Østdanmark" in at(where, on=AFTER).explanation


def test_k27_1_a_region_that_does_not_exist_yet_receives_nothing() -> None:
    assert at(place(Sector.PRACTICE, region="oestdanmark"), on=LAST).authority == "midtjylland"


def test_k27_1_the_one_that_finds_the_place_is_followed_too() -> None:
    map = replace(MAP, fallback="sjaelland")
    assert sent(on=AFTER, map=map).authority == "oestdanmark"


# ── municipal tasks that move (K27-2) ──


def test_k27_2_a_place_that_moves_to_the_region_is_received_by_it() -> None:
    """The place has a new operator from its day; the rule and the event are the same."""
    moved = replace(CARE_HOME, operator="oestdanmark")
    assert at(CARE_HOME, on=LAST).authority == "gentofte"
    assert (at(moved, on=AFTER).authority, at(moved, on=AFTER).rule) == ("oestdanmark", "R16")


# ── days before the map (R20, R27) ──


@pytest.mark.parametrize("on", [date(1999, 5, 1), date(2011, 1, 4)])
def test_par10_an_event_day_before_2011_follows_the_map_of_2011_and_says_so(on: date) -> None:
    found, first = at(HOSPITAL, on=on), at(HOSPITAL, on=date(2011, 1, 5))
    assert (found.authority, found.rule, found.paragraph) == (first.authority, first.rule, first.paragraph)
    assert "fordelingen fra 2011" in found.explanation
    assert "2011" not in first.explanation
    assert found.unverified
    assert map_day(on) == date(2011, 1, 5)


def test_what_nobody_has_confirmed_of_a_place_is_marked() -> None:
    on = date(2020, 1, 1)
    assert at(replace(CARE_HOME, operator="gentofte", unverified=True), on=on).unverified
    assert not at(replace(CARE_HOME, operator="gentofte"), on=on).unverified


# ── municipal tasks that move, where no place is known (K27-2) ──

MOVING = [PlaceKind.REHABILITATION, PlaceKind.TEMPORARY_STAY, PlaceKind.ACUTE_NURSING]


@pytest.mark.parametrize("kind", MOVING)
def test_k27_2_a_task_that_moves_goes_to_the_kommune_until_it_moves_and_to_the_region_after(
    kind: PlaceKind,
) -> None:
    before, after = (
        sent(on=day, sector=Sector.MUNICIPAL, kind=kind, municipality="gentofte") for day in (LAST, AFTER)
    )
    assert (before.authority, before.rule) == ("gentofte", "R15")
    assert (after.authority, after.rule) == ("oestdanmark", "R16")
    assert after.unverified
    assert "efter planen" in after.explanation


def test_k27_2_who_runs_the_place_says_more_than_what_kind_of_task_it_is() -> None:
    stays = place(Sector.MUNICIPAL, PlaceKind.REHABILITATION, municipality="gentofte", operator="gentofte")
    assert at(stays, on=AFTER).authority == "gentofte"
