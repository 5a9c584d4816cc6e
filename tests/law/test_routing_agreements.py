"""A transition goes where it happened, unless a health agreement says otherwise (§ 4, stk. 6)."""

from dataclasses import replace
from datetime import date

import pytest
from tests.law.routed import AFTER, BEFORE, CARE_HOME, HOSPITAL, LAST, MAP, at, place

from uth.law.routing import Agreement, Occurrence, PlaceFacts, Recipient, route
from uth.law.terms import EventKind, Sector

# ── § 4, stk. 6 (R17) ──

AGREED = replace(
    MAP, agreements=(Agreement("hovedstaden", "gentofte", since=date(2024, 1, 1), until=date(2026, 12, 31)),)
)


def test_par4_6_1_a_transition_goes_where_it_happened() -> None:
    found = at(HOSPITAL, EventKind.TRANSITION)
    assert (found.authority, found.rule) == ("hovedstaden", "R17")
    assert found.paragraph.endswith("§ 4, stk. 6, 1. pkt.")


def test_par4_6_2_unless_a_health_agreement_says_otherwise() -> None:
    found = route(Occurrence(EventKind.TRANSITION, place=HOSPITAL), on=BEFORE, map=AGREED)
    assert (found.authority, found.rule) == ("gentofte", "R17")
    assert found.paragraph.endswith("§ 4, stk. 6, 2. pkt.")
    assert "sundhedsaftalen" in found.explanation


@pytest.mark.parametrize("on", [date(2023, 12, 31), AFTER])
def test_par4_6_2_an_agreement_holds_in_its_own_time_only(on: date) -> None:
    assert route(Occurrence(EventKind.TRANSITION, place=HOSPITAL), on=on, map=AGREED).authority != "gentofte"


@pytest.mark.parametrize("on", [date(2024, 1, 1), LAST])
def test_par4_6_2_an_agreement_holds_on_its_first_and_last_day(on: date) -> None:
    found = route(Occurrence(EventKind.TRANSITION, place=HOSPITAL), on=on, map=AGREED)
    assert found.authority == "gentofte"


def test_par4_6_2_an_agreement_speaks_of_transitions_only() -> None:
    assert (
        route(Occurrence(EventKind.TREATMENT, place=HOSPITAL), on=BEFORE, map=AGREED).authority
        == "hovedstaden"
    )


def test_par4_6_2_an_agreement_outlives_the_region_that_made_it() -> None:
    lasting = replace(MAP, agreements=(Agreement("hovedstaden", "gentofte", since=date(2024, 1, 1)),))
    assert (
        route(Occurrence(EventKind.TRANSITION, place=HOSPITAL), on=AFTER, map=lasting).authority == "gentofte"
    )


def test_par4_6_2_an_agreement_of_one_region_does_not_spread_to_the_one_it_merges_with() -> None:
    lasting = replace(MAP, agreements=(Agreement("hovedstaden", "gentofte", since=date(2024, 1, 1)),))
    elsewhere = replace(HOSPITAL, region="sjaelland", operator="sjaelland")
    found = route(Occurrence(EventKind.TRANSITION, place=elsewhere), on=AFTER, map=lasting)
    assert found.authority == "oestdanmark"


def test_par4_6_2_an_agreement_is_found_where_only_the_kommune_is_known() -> None:
    what = Occurrence(EventKind.TRANSITION, Sector.PRACTICE, municipality="gentofte")
    assert route(what, on=BEFORE, map=AGREED).authority == "gentofte"


# ── the others of a transition ──


def test_par4_6_2_an_agreement_between_two_binds_those_two_only() -> None:
    def found(*others: PlaceFacts) -> Recipient:
        what = Occurrence(EventKind.TRANSITION, place=HOSPITAL, involved=others)
        return route(what, on=BEFORE, map=AGREED)

    aarhus = place(Sector.MUNICIPAL, region="midtjylland", municipality="aarhus")
    assert found(CARE_HOME).authority == "gentofte"
    assert found(aarhus).authority == "hovedstaden"
    assert found(aarhus, CARE_HOME).authority == "gentofte"


def test_par4_6_1_the_other_places_are_told_of_and_never_named() -> None:
    found = at(HOSPITAL, EventKind.TRANSITION, involved=(replace(CARE_HOME, name="Plejehjemmet X"),))
    assert "De andre steder, der var med, står i sagen" in found.explanation
    assert "Plejehjemmet X" not in found.explanation
