"""Routing is total: every report has a recipient and a reason, whatever is known of it."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.law.routed import AUTHORITIES, MAP, START

from uth.law.routing import Agreement, Occurrence, PlaceFacts, route
from uth.law.terms import EventKind, PlaceKind, Sector

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
