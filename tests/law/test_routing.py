"""Routing answers with the recipient and the paragraph; the tests carry the paragraphs' names."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uth.law.routing import (
    OTHER_PLACES,
    Agreement,
    Authority,
    Occurrence,
    PlaceFacts,
    Recipient,
    RoutingMap,
    map_day,
    route,
    usual_for,
)
from uth.law.terms import AuthorityKind, EventKind, PlaceKind, Sector

REGION, KOMMUNE, PRIVATE = AuthorityKind.REGION, AuthorityKind.MUNICIPALITY, AuthorityKind.PRIVATE_HOSPITAL
START, LAST = date(2007, 1, 1), date(2026, 12, 31)
BEFORE, AFTER = date(2026, 11, 20), date(2027, 1, 1)

AUTHORITIES = {
    each.key: each
    for each in (
        Authority("hovedstaden", "Region Hovedstaden", REGION, START, LAST, "oestdanmark"),
        Authority("sjaelland", "Region Sjælland", REGION, START, LAST, "oestdanmark"),
        Authority("oestdanmark", "Region Østdanmark", REGION, AFTER),
        Authority("midtjylland", "Region Midtjylland", REGION, START),
        Authority("gentofte", "Gentofte Kommune", KOMMUNE, START),
        Authority("aarhus", "Aarhus Kommune", KOMMUNE, START),
        Authority("egelund", "Egelund Privathospital (opdigtet)", PRIVATE, date(2015, 3, 1)),
    )
}
MAP = RoutingMap(AUTHORITIES, "midtjylland", region_of={"gentofte": "hovedstaden", "aarhus": "midtjylland"})


def place(sector: Sector, kind: PlaceKind = PlaceKind.OTHER, **known: Any) -> PlaceFacts:
    return PlaceFacts("p", "Et sted (opdigtet)", sector, kind, **known)


def sent(
    event: EventKind = EventKind.TREATMENT, on: date = BEFORE, map: RoutingMap = MAP, **known: Any
) -> Recipient:
    return route(Occurrence(event, **known), on=on, map=map)


def at(
    where: PlaceFacts, event: EventKind = EventKind.TREATMENT, on: date = BEFORE, **known: Any
) -> Recipient:
    return sent(event, on=on, place=where, **known)


CLINIC = place(Sector.PRACTICE, PlaceKind.SPECIALIST_CLINIC, region="hovedstaden", municipality="gentofte")
CARE_HOME = place(Sector.MUNICIPAL, PlaceKind.CARE_HOME, region="hovedstaden", municipality="gentofte")
HOSPITAL = place(Sector.HOSPITAL, PlaceKind.WARD, region="sjaelland", operator="hovedstaden")
PRIVATE_HOSPITAL = place(
    Sector.PRIVATE_HOSPITAL, PlaceKind.PRIVATE_HOSPITAL, region="midtjylland", receives_itself="egelund"
)


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


# ── § 1 (R1): other places ──

OTHER = {
    PlaceKind.CITIZENS_HOME: "gentofte",
    PlaceKind.SCHOOL: "gentofte",
    PlaceKind.RESIDENCE: "gentofte",
    PlaceKind.PRIVATE_SUPPLIER: "gentofte",
    PlaceKind.ASYLUM_CENTRE: "hovedstaden",
    PlaceKind.PRISON: "hovedstaden",
}


@pytest.mark.parametrize("kind", OTHER)
def test_par1_every_other_place_reaches_somebody_and_says_why(kind: PlaceKind) -> None:
    found = sent(kind=kind, municipality="gentofte")
    assert found.authority == OTHER[kind]
    assert AUTHORITIES[found.authority].name in found.explanation


@pytest.mark.parametrize("kind", [PlaceKind.ASYLUM_CENTRE, PlaceKind.PRISON])
@pytest.mark.parametrize("on", [date(2011, 1, 5), date(2023, 7, 1), AFTER])
def test_par1_an_exempt_place_is_said_to_be_so_and_blocks_nobody(kind: PlaceKind, on: date) -> None:
    found = at(place(Sector.UNKNOWN, kind, municipality="aarhus", region="midtjylland"), on=on)
    assert (found.authority, found.rule) == ("midtjylland", "EXEMPT")
    assert "oplyst som undtaget" in found.explanation
    assert "læst alligevel" in found.explanation
    assert "01.09.2010" in found.paragraph
    assert found.unverified


def test_par1_an_exempt_place_nobody_can_point_at_still_reaches_a_person() -> None:
    assert sent(kind=PlaceKind.PRISON).authority == "midtjylland"


def test_par1_an_ambulance_from_a_prison_is_a_transport_like_any_other() -> None:
    found = sent(EventKind.TRANSPORT, kind=PlaceKind.PRISON, transported_by="sjaelland")
    assert (found.authority, found.rule) == ("sjaelland", "R13")


def test_par1_a_doctors_visit_in_the_home_is_practice() -> None:
    found = sent(sector=Sector.PRACTICE, kind=PlaceKind.CITIZENS_HOME, municipality="gentofte")
    assert (found.authority, found.rule) == ("hovedstaden", "R12")


def test_par1_what_we_chose_ourselves_is_marked_and_what_the_reporter_said_is_not() -> None:
    on = date(2020, 1, 1)
    assert sent(on=on, kind=PlaceKind.SCHOOL, municipality="aarhus").unverified
    assert not sent(on=on, sector=Sector.MUNICIPAL, kind=PlaceKind.SCHOOL, municipality="aarhus").unverified


def test_par1_every_other_place_has_a_rule_for_each_day() -> None:
    assert set(OTHER) <= set(OTHER_PLACES)
    for kind in OTHER_PLACES:
        for on in (date(2011, 1, 5), LAST, AFTER):
            assert usual_for(kind, on=on) is not None


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


# ── totality ──

KEYS = st.none() | st.sampled_from([*AUTHORITIES, "private", "atlantis"])
PLACES = st.builds(
    PlaceFacts,
    key=st.just("p"),
    name=st.just("Et sted"),
    sector=st.sampled_from(Sector),
    kind=st.sampled_from(PlaceKind),
    region=KEYS,
    municipality=KEYS,
    operator=KEYS,
    supervisor=KEYS,
    receives_itself=KEYS,
    ydernummer=st.booleans(),
    unverified=st.booleans(),
)
OCCURRENCES = st.builds(
    Occurrence,
    event=st.sampled_from(EventKind),
    sector=st.sampled_from(Sector),
    place=st.none() | PLACES,
    transported_by=KEYS,
    region=KEYS,
    municipality=KEYS,
    kind=st.none() | st.sampled_from(PlaceKind),
    involved=st.lists(PLACES, max_size=2).map(tuple),
)
ANY_DAY = st.dates(date(1990, 1, 1), date(2060, 1, 1))
AGREEMENTS = st.lists(
    st.builds(
        Agreement, st.sampled_from([*AUTHORITIES]), st.sampled_from([*AUTHORITIES, "atlantis"]), since=ANY_DAY
    ),
    max_size=3,
).map(tuple)


@given(what=OCCURRENCES, on=ANY_DAY, agreements=AGREEMENTS)
def test_every_report_has_a_recipient_and_a_reason(
    what: Occurrence, on: date, agreements: tuple[Agreement, ...]
) -> None:
    found = route(what, on=on, map=replace(MAP, agreements=agreements))
    assert found.authority in AUTHORITIES
    assert "§" in found.paragraph
    assert AUTHORITIES[found.authority].name in found.explanation


@given(what=OCCURRENCES, on=st.dates(START, date(2060, 1, 1)), agreements=AGREEMENTS)
def test_no_report_goes_to_an_authority_that_does_not_exist_that_day(
    what: Occurrence, on: date, agreements: tuple[Agreement, ...]
) -> None:
    found = route(what, on=on, map=replace(MAP, agreements=agreements))
    assert AUTHORITIES[found.authority].in_force(on)


@given(what=OCCURRENCES, on=ANY_DAY)
def test_the_same_question_has_the_same_answer(what: Occurrence, on: date) -> None:
    assert route(what, on=on, map=MAP) == route(what, on=on, map=MAP)
