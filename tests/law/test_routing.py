"""Routing answers with the recipient and the paragraph; the tests carry the paragraphs' names."""

from dataclasses import fields, replace
from datetime import date

import pytest
from tests.law.routed import (
    AUTHORITIES,
    BEFORE,
    CARE_HOME,
    CLINIC,
    HOSPITAL,
    LAST,
    PRIVATE_HOSPITAL,
    REGION,
    START,
    at,
    place,
    sent,
)

from uth.law.routing import (
    Authority,
    Occurrence,
    PlaceFacts,
    RoutingMap,
)
from uth.law.terms import EventKind, PlaceKind, Sector

# ── § 4, stk. 1 (R12) ──


@pytest.mark.parametrize("sector", [Sector.PRACTICE, Sector.PHARMACY, Sector.PREHOSPITAL])
def test_par4_1_practice_pharmacy_and_prehospital_go_to_the_region_where_it_happened(sector: Sector) -> None:
    found = at(place(sector, region="sjaelland", municipality="gentofte"))
    assert (found.authority, found.rule, found.paragraph) == (
        "sjaelland",
        "R12",
        "BEK nr. 1 af 3/1/2011, § 4, stk. 1",
    )
    assert "Region Sjælland" in found.explanation


def test_par4_1_a_practice_of_which_only_the_kommune_is_known_goes_to_its_region() -> None:
    assert sent(sector=Sector.PRACTICE, municipality="gentofte").authority == "hovedstaden"


def test_par4_1_medicine_handed_out_with_no_more_said_is_a_pharmacy_event() -> None:
    found = sent(EventKind.PHARMACY_SUPPLY, municipality="aarhus")
    assert (found.authority, found.rule) == ("midtjylland", "R12")


def test_par4_1_medicine_at_a_care_home_is_no_pharmacy_event() -> None:
    assert at(CARE_HOME, EventKind.PHARMACY_SUPPLY).authority == "gentofte"


# ── § 4, stk. 2 (R13) ──


def test_par4_2_1_a_transport_goes_to_the_region_that_performed_it_wherever_it_was() -> None:
    found = at(HOSPITAL, EventKind.TRANSPORT, transported_by="midtjylland")
    assert (found.authority, found.rule) == ("midtjylland", "R13")
    assert found.paragraph.endswith("§ 4, stk. 2, 1. pkt.")


def test_par4_2_1_an_ambulance_service_says_itself_which_region_it_drives_for() -> None:
    ambulance = place(
        Sector.PREHOSPITAL, PlaceKind.AMBULANCE_SERVICE, region="sjaelland", operator="hovedstaden"
    )
    assert at(ambulance, EventKind.TRANSPORT).authority == "hovedstaden"
    assert at(ambulance, EventKind.TREATMENT).rule == "R13"


def test_par4_2_1_a_transport_nobody_can_name_goes_where_it_happened_and_says_so() -> None:
    found = at(CLINIC, EventKind.TRANSPORT)
    assert (found.authority, found.rule) == ("hovedstaden", "R12")
    assert "Vi ved ikke, hvem der stod for transporten" in found.explanation


def test_par4_2_1_a_private_hospital_does_not_receive_what_happened_on_the_way_to_it() -> None:
    assert at(PRIVATE_HOSPITAL, EventKind.TRANSPORT, transported_by="sjaelland").authority == "sjaelland"


def test_par4_2_2_a_dispatch_centre_goes_to_the_region_where_it_lies_not_to_the_one_that_drove() -> None:
    centre = place(Sector.PREHOSPITAL, PlaceKind.DISPATCH_CENTRE, region="sjaelland", operator="hovedstaden")
    found = at(centre, EventKind.DISPATCH, transported_by="midtjylland")
    assert (found.authority, found.rule) == ("sjaelland", "R13")
    assert found.paragraph.endswith("§ 4, stk. 2, 2. pkt.")
    assert at(centre, EventKind.TREATMENT) == found


# ── § 4, stk. 3 (R14) ──


def test_par4_3_a_private_hospital_receives_its_own() -> None:
    found = at(PRIVATE_HOSPITAL)
    assert (found.authority, found.rule) == ("egelund", "R14")
    assert found.paragraph.endswith("§ 4, stk. 3")


def test_par4_3_one_that_is_not_registered_does_not() -> None:
    found = at(replace(PRIVATE_HOSPITAL, receives_itself=None))
    assert (found.authority, found.rule) == ("midtjylland", "FIND")


def test_par4_3_one_that_did_not_exist_yet_does_not() -> None:
    assert at(PRIVATE_HOSPITAL, on=date(2014, 1, 1)).authority == "midtjylland"


# ── § 4, stk. 4 (R15) ──


def test_par4_4_a_municipal_event_goes_to_the_kommune_where_it_happened() -> None:
    found = at(CARE_HOME)
    assert (found.authority, found.rule) == ("gentofte", "R15")
    assert found.paragraph.endswith("§ 4, stk. 4")


def test_par4_4_without_a_place_the_kommune_is_enough() -> None:
    assert sent(sector=Sector.MUNICIPAL, municipality="aarhus").authority == "aarhus"


def test_par4_4_with_the_region_alone_the_region_finds_the_kommune() -> None:
    found = sent(sector=Sector.MUNICIPAL, region="midtjylland")
    assert (found.authority, found.rule) == ("midtjylland", "FIND")


# ── § 4, stk. 5 (R16) ──


def test_par4_5_a_hospital_goes_to_the_region_that_runs_it_not_to_the_one_it_lies_in() -> None:
    found = at(HOSPITAL)
    assert (found.authority, found.rule) == ("hovedstaden", "R16")
    assert "driver" in found.explanation


def test_par4_5_a_residence_run_by_a_region_goes_to_the_region() -> None:
    assert at(replace(CARE_HOME, kind=PlaceKind.RESIDENCE, operator="hovedstaden")).authority == "hovedstaden"


def test_par4_5_a_care_home_under_the_supervision_of_another_kommune_goes_there() -> None:
    found = at(replace(CARE_HOME, supervisor="aarhus"))
    assert (found.authority, found.rule) == ("aarhus", "R16")
    assert "tilsyn" in found.explanation


def test_par4_5_supervision_does_not_take_a_practice_from_its_region() -> None:
    assert at(replace(CLINIC, supervisor="aarhus")).authority == "hovedstaden"


def test_par4_5_a_clinic_the_kommune_runs_is_no_private_practice() -> None:
    assert at(replace(CLINIC, operator="gentofte")).authority == "gentofte"


def test_par4_5_a_private_operator_is_no_authority() -> None:
    assert at(replace(CARE_HOME, operator="private")).rule == "R15"


def test_par4_5_a_hospital_of_which_only_the_region_is_known_goes_to_it() -> None:
    assert sent(sector=Sector.HOSPITAL, region="sjaelland").rule == "R16"


# ── nothing known ──


def test_nothing_known_goes_to_the_one_that_finds_the_place_and_says_so() -> None:
    found = sent()
    assert (found.authority, found.rule) == ("midtjylland", "FIND")
    assert found.explanation.startswith("Vi ved ikke, hvor hændelsen skete")
    assert "§ 4 peger ikke på en modtager" in found.paragraph


def test_an_unknown_sector_goes_to_the_region_that_can_find_out() -> None:
    found = sent(municipality="aarhus")
    assert (found.authority, found.rule) == ("midtjylland", "FIND")
    assert found.explanation.startswith("Vi ved ikke nok om stedet")


def test_what_no_text_confirms_is_marked() -> None:
    assert at(CLINIC, on=date(2020, 1, 1)).unverified is False
    assert at(CLINIC, on=BEFORE).unverified is True
    assert at(CLINIC, on=date(2009, 1, 1)).unverified is True


# ── § 2, stk. 8 (R6) ──


@pytest.mark.parametrize("where", [HOSPITAL, PRIVATE_HOSPITAL, CLINIC, CARE_HOME, None])
def test_par2_8_a_transport_between_two_hospitals_is_prehospital(where: PlaceFacts | None) -> None:
    found = sent(EventKind.HOSPITAL_TRANSFER, place=where, transported_by="midtjylland")
    assert (found.authority, found.rule) == ("midtjylland", "R13")
    assert found.paragraph.endswith("§ 4, stk. 2, 1. pkt.")


def test_par2_8_what_a_dispatch_centre_did_on_the_way_is_the_transports() -> None:
    centre = place(Sector.PREHOSPITAL, PlaceKind.DISPATCH_CENTRE, region="sjaelland")
    assert at(centre, EventKind.HOSPITAL_TRANSFER, transported_by="hovedstaden").authority == "hovedstaden"


# ── a specialist with a ydernummer ──


def test_par4_1_a_specialist_with_a_ydernummer_goes_to_the_region_also_where_the_house_is_a_private_hospital() -> (
    None
):
    clinic = replace(PRIVATE_HOSPITAL, kind=PlaceKind.SPECIALIST_CLINIC, ydernummer=True)
    found = at(clinic)
    assert (found.authority, found.rule) == ("midtjylland", "R12")
    assert "ydernummer" in found.explanation
    assert at(replace(clinic, ydernummer=False)).authority == "egelund"


def test_par4_1_a_ydernummer_does_not_make_a_hospital_a_practice() -> None:
    assert at(replace(PRIVATE_HOSPITAL, ydernummer=True)).authority == "egelund"


# ── the map ──


def test_a_map_that_names_an_unknown_authority_is_refused() -> None:
    with pytest.raises(ValueError, match="does not hold"):
        RoutingMap(AUTHORITIES, "atlantis")
    with pytest.raises(ValueError, match="does not hold"):
        RoutingMap({"a": Authority("a", "A", REGION, START, LAST, "b")}, "a")


def test_a_map_whose_authorities_succeed_each_other_in_a_circle_is_refused() -> None:
    round_and_round = {
        "a": Authority("a", "A", REGION, START, LAST, "b"),
        "b": Authority("b", "B", REGION, START, LAST, "a"),
    }
    with pytest.raises(ValueError, match="succeeds itself"):
        RoutingMap(round_and_round, "a")


# ── § 5, stk. 1 (R19) ──


def test_par5_1_patients_use_the_same_routing_since_it_never_asks_who_reports() -> None:
    assert not any("reporter" in each.name for each in fields(Occurrence))
