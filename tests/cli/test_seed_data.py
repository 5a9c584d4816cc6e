"""The seeds hold together: every place resolves, and no invention could be taken for a real unit."""

import re
from collections import Counter
from datetime import date, timedelta
from itertools import combinations

from uth.cli import seeds

KOMMUNER = {kommune.code: kommune for kommune in seeds.municipalities()}
PLACES = {place.key: place for place in seeds.places()}
NARRATIVES = seeds.narratives()
REGIONS = {region.key: region for region in seeds.regions()}
SECTORS = {"hospital", "private_hospital", "practice", "pharmacy", "municipal", "prehospital"}
KINDS = {
    "ward",
    "hospital",
    "clinic",
    "specialist_clinic",
    "pharmacy",
    "care_home",
    "home_care",
    "residence",
    "ambulance_service",
    "dispatch_centre",
    "private_hospital",
    "hospice",
}


def test_there_are_98_kommuner_in_five_regions() -> None:
    spread = Counter(kommune.region_iso for kommune in KOMMUNER.values())
    assert spread == {"DK-84": 29, "DK-83": 22, "DK-82": 19, "DK-85": 17, "DK-81": 11}


def test_every_kommune_has_a_region_on_every_day() -> None:
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        in_force = {r.name for r in REGIONS.values() if r.valid_from <= day <= (r.valid_to or date.max)}
        assert len(in_force) == (5 if day.year == 2026 else 4)
        for kommune in KOMMUNER.values():
            name = kommune.region_until_2026 if day.year == 2026 else kommune.region_from_2027
            assert f"Region {name}" in in_force


def test_a_region_that_ends_has_a_successor_that_begins_the_next_day() -> None:
    ending = [region for region in REGIONS.values() if region.valid_to]
    assert {region.name for region in ending} == {"Region Hovedstaden", "Region Sjælland"}
    for region in ending:
        assert region.valid_to
        assert region.successor
        successor = REGIONS[region.successor]
        assert successor.valid_from == region.valid_to + timedelta(days=1)
        assert region.key in successor.predecessors


def test_a_fact_about_a_region_has_a_source_or_is_marked_unverified() -> None:
    for region in REGIONS.values():
        assert bool(region.mail) == bool(region.mail_source)
        for field in ("iso", "dawa", "mail"):
            assert getattr(region, field) or field in region.unverified


def test_every_place_says_that_it_is_made_up() -> None:
    for place in PLACES.values():
        assert place.name.endswith("(opdigtet)")
        assert place.sor_id.startswith("999")
        assert len(place.sor_id) >= 11
        assert place.ydernummer is None or place.ydernummer.startswith("99")
    for cluster in seeds.clusters():
        assert cluster.name.endswith("(opdigtet)")


def test_no_two_places_share_a_key_a_name_or_a_number() -> None:
    places = seeds.places()
    yder = [place.ydernummer for place in places if place.ydernummer]
    for values in ([p.key for p in places], [p.name for p in places], [p.sor_id for p in places], yder):
        assert len(values) == len(set(values))


def test_every_place_resolves_its_parent_kommune_and_region() -> None:
    seen: set[str] = set()
    for place in seeds.places():
        assert place.sector in SECTORS
        assert place.kind in KINDS
        assert place.aliases
        assert KOMMUNER[place.municipality].region_iso == place.region
        assert place.parent is None or place.parent in seen, "a parent stands before its wards"
        assert (place.kind == "ward") == bool(place.parent)
        seen.add(place.key)


def test_every_operator_and_supervisor_resolves() -> None:
    for place in PLACES.values():
        assert place.operator
        for who in filter(None, (place.operator, place.supervisor)):
            kind, _, code = who.partition(":")
            assert {"region": code in REGIONS, "kommune": code in KOMMUNER, "private": not code}[kind]


def test_every_region_has_hospitals_psychiatry_ambulance_and_vagtcentral() -> None:
    for iso in ("DK-81", "DK-82", "DK-83", "DK-84", "DK-85"):
        kinds = Counter(place.kind for place in PLACES.values() if place.region == iso)
        assert kinds["hospital"] == 3
        assert kinds["dispatch_centre"] == kinds["ambulance_service"] == 1
        assert kinds["ward"] >= 8


def test_the_primary_sector_is_broad_enough_for_a_demo() -> None:
    kinds = Counter(place.kind for place in PLACES.values())
    assert kinds["clinic"] + kinds["specialist_clinic"] >= 25
    assert kinds["pharmacy"] == 10
    assert kinds["care_home"] == 16
    assert kinds["private_hospital"] == 4
    assert kinds["hospice"] == 2
    municipal = {place.municipality for place in PLACES.values() if place.sector == "municipal"}
    assert len(municipal) == 13


def test_a_cluster_has_seven_specialist_practices_and_one_of_them_coordinates() -> None:
    assert len(seeds.clusters()) == 2
    for cluster in seeds.clusters():
        assert len(set(cluster.members)) == 7
        assert cluster.coordinator in cluster.members
        assert {PLACES[member].kind for member in cluster.members} == {"specialist_clinic"}


CPR_LIKE = re.compile(r"(?<!\d)[0-3]\d[ .]?[01]\d[ .]?\d\d[ -]{0,3}\d{4}(?!\d)")
CPR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
REJECT_REASONS = {"insufficient", "work_environment", "duplicate", "test", "other"}


def _text(narrative: seeds.Narrative) -> str:
    parts = (narrative.headline, narrative.narrative, narrative.question, narrative.reply)
    return "\n".join(part for part in parts if part)


def _passes_mod_11(number: str) -> bool:
    digits = [int(digit) for digit in number if digit.isdigit()]
    return sum(digit * weight for digit, weight in zip(digits, CPR_WEIGHTS, strict=True)) % 11 == 0


def _words(narrative: seeds.Narrative) -> set[str]:
    return set(re.findall(r"\w+", narrative.narrative.lower()))


def test_the_check_of_cpr_numbers_knows_a_right_one_from_a_wrong_one() -> None:
    assert _passes_mod_11("111111-1118")
    assert not _passes_mod_11("111111-1111")


def test_no_cpr_number_in_the_data_could_be_a_real_one() -> None:
    found = [number for narrative in NARRATIVES for number in CPR_LIKE.findall(_text(narrative))]
    assert found
    assert not [number for number in found if _passes_mod_11(number)]
    assert not [number for number in found if number.startswith("0101")], "1 January ran out of valid numbers"


def test_no_marked_identity_of_ten_digits_could_be_a_real_cpr_number() -> None:
    for narrative in NARRATIVES:
        for string in narrative.identities:
            assert len(re.sub(r"\D", "", string)) != 10 or not _passes_mod_11(string), narrative.key


def test_every_identity_stands_literally_in_its_narrative() -> None:
    for narrative in NARRATIVES:
        for string in narrative.identities + narrative.places_named:
            assert string in _text(narrative), (narrative.key, string)


def test_no_identity_stands_in_what_the_reporter_is_answered_or_others_learn() -> None:
    for narrative in NARRATIVES:
        told = f"{narrative.learned} {narrative.answer} {narrative.reject_comment}"
        for string in narrative.identities:
            assert not re.search(rf"\b{re.escape(string)}\b", told), (narrative.key, string)


def test_every_mail_address_is_under_a_name_nobody_can_own() -> None:
    for narrative in NARRATIVES:
        for host in re.findall(r"@([\w.]+\w)", _text(narrative)):
            assert host.endswith(".example")


def test_every_narrative_happens_at_a_known_place_within_two_years() -> None:
    assert len({narrative.key for narrative in NARRATIVES}) == len(NARRATIVES)
    for narrative in NARRATIVES:
        assert narrative.place in PLACES
        assert 0 <= narrative.reported_after <= narrative.days_ago <= 730
        assert narrative.headline


def test_every_narrative_is_classified_by_the_vocabulary() -> None:
    words = seeds.vocabulary()
    groups, problems, processes = (
        {word.key for word in level} for level in (words.main_groups, words.problems, words.processes)
    )
    for narrative in NARRATIVES:
        assert narrative.types
        for type_ in narrative.types:
            assert type_.main_group in groups
            assert type_.problem in problems
            assert type_.process in processes


def test_possible_harm_is_only_told_where_the_form_asks_for_it() -> None:
    for narrative in NARRATIVES:
        if narrative.actual_harm in {"serious", "fatal"}:
            assert narrative.possible_harm is None
        else:
            assert narrative.actual_harm in {"none_or_unknown", "mild"}
            assert narrative.possible_harm in {None, "none", "mild", "serious_or_fatal"}


def test_what_stands_in_a_narrative_fits_its_state() -> None:
    for narrative in NARRATIVES:
        assert (narrative.reject_reason in REJECT_REASONS) == (narrative.state == "rejected")
        assert bool(narrative.reject_comment) == (narrative.state == "rejected")
        if narrative.state == "waiting":
            assert narrative.question
            assert not narrative.reply
        if narrative.answer:
            assert narrative.state == "forwarded"
        if narrative.state not in {"forwarded", "rejected"}:
            assert narrative.days_ago - narrative.reported_after <= 90, "an open case within the 90 days"


def test_another_perspective_points_at_an_earlier_narrative_of_the_same_day() -> None:
    seen: dict[str, int] = {}
    for narrative in NARRATIVES:
        if narrative.same_event_as and narrative.state != "rejected":
            assert seen[narrative.same_event_as] == narrative.days_ago
        seen[narrative.key] = narrative.days_ago
    assert sum(bool(narrative.same_event_as) for narrative in NARRATIVES) >= 3


def test_no_two_narratives_share_most_of_their_words() -> None:
    for one, other in combinations([(n.key, _words(n)) for n in NARRATIVES], 2):
        shared = len(one[1] & other[1]) / min(len(one[1]), len(other[1]))
        assert shared <= 0.6, (one[0], other[0], shared)


def test_there_are_260_narratives_of_everyday_length() -> None:
    lengths = [len(narrative.narrative.split()) for narrative in NARRATIVES]
    assert len(lengths) >= 260
    assert sum(40 <= length <= 180 for length in lengths) > len(lengths) * 0.6


def test_every_sector_every_state_and_every_reason_for_rejection_is_seen() -> None:
    assert {narrative.sector for narrative in NARRATIVES} == SECTORS
    states = Counter(narrative.state for narrative in NARRATIVES)
    assert set(states) == {"received", "in_progress", "waiting", "concluded", "forwarded", "rejected"}
    assert states["forwarded"] > len(NARRATIVES) / 2
    assert {narrative.reject_reason for narrative in NARRATIVES} == REJECT_REASONS | {None}


def test_most_reports_come_from_professionals_and_most_do_little_harm() -> None:
    kinds = Counter(narrative.reporter_kind for narrative in NARRATIVES)
    harms = Counter(narrative.actual_harm for narrative in NARRATIVES)
    total = len(NARRATIVES)
    assert 0.9 <= kinds["professional"] / total <= 0.95
    assert 0.03 <= kinds["patient"] / total <= 0.06
    assert 0.02 <= kinds["relative"] / total <= 0.05
    assert harms["none_or_unknown"] / total >= 0.55
    assert harms["serious"] / total <= 0.06
    assert 1 <= harms["fatal"] <= 3


def test_a_third_or_more_of_the_narratives_give_de_identification_work() -> None:
    assert sum(bool(narrative.identities) for narrative in NARRATIVES) >= len(NARRATIVES) / 3


def test_the_incidents_spread_over_two_years_and_mostly_over_working_days() -> None:
    quarters = Counter(narrative.days_ago // 92 for narrative in NARRATIVES)
    assert all(quarters[quarter] >= 10 for quarter in range(8))
    by_weekday = sorted(Counter(narrative.days_ago % 7 for narrative in NARRATIVES).values())
    assert sum(by_weekday[:2]) < sum(by_weekday) * 2 / 7
