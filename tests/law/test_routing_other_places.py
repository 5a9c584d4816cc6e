"""Every other place of § 1 reaches somebody and says why."""

from datetime import date

import pytest
from tests.law.routed import AFTER, AUTHORITIES, LAST, at, place, sent

from uth.law.routing import OTHER_PLACES, usual_for
from uth.law.terms import EventKind, PlaceKind, Sector

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
