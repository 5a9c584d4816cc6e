"""The national message is a whitelist: it comes through whole, or not at all."""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uth.law.message import (
    FACTS,
    LIMITS,
    CleanText,
    Facts,
    MessageRefused,
    NationalMessage,
    NotClean,
    atc,
    canonical,
    compose,
    from_wire,
    month,
    to_wire,
)
from uth.law.taxonomy import Level, codes
from uth.law.terms import (
    ActualHarm,
    DateQuality,
    DutyCriterion,
    EventKind,
    PlaceKind,
    PossibleHarm,
    ReporterCategory,
    ReporterKind,
    RoleTowardsEvent,
    Section,
    Sector,
    Severity,
)

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MESSAGE_ID = "7e3cbe46-25c1-4a53-9b5e-0f3d3c3a8f11"
CASE_REF = "0b0c9f4e-8d5e-4c3b-8a3e-2b1f1d9e6a77"
BARE = Facts(
    sector=Sector.MUNICIPAL,
    event=EventKind.TREATMENT,
    received_month="2026-03",
    date_quality=DateQuality.KNOWN,
    reporter_kind=ReporterKind.PROFESSIONAL,
    actual_harm=ActualHarm.MILD,
    severity=Severity.SERIOUS_RISK,
    taxonomy_version="2026-01",
)


def clean(section: Section = Section.STORY, text: str = "Borgeren fik dobbelt dosis.") -> CleanText:
    return CleanText.approved(section, text, remaining_leaks=0, approved_at=AT)


def message(facts: Facts = BARE, *texts: CleanText) -> NationalMessage:
    return compose(
        message_id=MESSAGE_ID, case_ref=CASE_REF, sender="kommune:0101", facts=facts, texts=texts or [clean()]
    )


def wire() -> dict[str, Any]:
    return json.loads(json.dumps(to_wire(message())))  # type: ignore[no-any-return]


def refused(changed: object) -> MessageRefused:
    with pytest.raises(MessageRefused) as caught:
        from_wire(changed)
    assert caught.value.sentence.startswith("Meddelelsen blev afvist")
    return caught.value


# ── round trip ──

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def _clean_or_none(section: Section, text: str) -> CleanText | None:
    try:
        return clean(section, text)
    except NotClean:
        return None


MONTHS = st.dates(date(1990, 1, 1), date(2090, 1, 1)).map(month)
LEVELS = [[key for at, key in codes() if at is level] for level in Level]
TYPES = st.one_of(
    st.sampled_from(LEVELS[0]),
    st.tuples(*(st.sampled_from(keys) for keys in LEVELS)).map(".".join),
)
CODES = st.lists(TYPES, max_size=4).map(tuple)
ANY_FACTS = st.builds(
    Facts,
    sector=st.sampled_from(Sector),
    event=st.sampled_from(EventKind),
    received_month=MONTHS,
    date_quality=st.sampled_from(DateQuality),
    reporter_kind=st.sampled_from(ReporterKind),
    actual_harm=st.sampled_from(ActualHarm),
    severity=st.sampled_from(Severity),
    taxonomy_version=st.just("2026-01"),
    event_month=st.none() | MONTHS,
    region=st.none() | st.sampled_from(["DK-81", "oestdanmark", "1084"]),
    place_kind=st.none() | st.sampled_from(PlaceKind),
    reporter_category=st.none() | st.sampled_from(ReporterCategory),
    role_towards_event=st.none() | st.sampled_from(RoleTowardsEvent),
    possible_harm=st.none() | st.sampled_from(PossibleHarm),
    criterion=st.none() | st.sampled_from(DutyCriterion),
    forwarded_in_time=st.none() | st.booleans(),
    classification=CODES,
    atc_codes=st.lists(st.from_regex(r"[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}", fullmatch=True), max_size=3).map(
        tuple
    ),
    device_codes=st.lists(st.from_regex(r"[A-Z][0-9]{2,8}", fullmatch=True), max_size=3).map(tuple),
)


@given(facts=ANY_FACTS, texts=st.dictionaries(st.sampled_from(Section), TEXT))
def test_a_message_that_is_sent_is_the_message_that_arrives(facts: Facts, texts: dict[Section, str]) -> None:
    cleaned = [c for section, text in texts.items() if (c := _clean_or_none(section, text))]
    sent = message(facts, clean(), *[c for c in cleaned if c.section is not Section.STORY])
    arrived = from_wire(json.loads(canonical(to_wire(sent)).decode()))
    assert arrived == sent
    assert canonical(to_wire(arrived)) == canonical(to_wire(sent))


def test_the_bytes_to_sign_do_not_depend_on_the_order_of_keys() -> None:
    straight = wire()
    turned = dict(reversed(straight.items()))
    assert canonical(straight) == canonical(turned)
    assert b" " not in canonical({"a": [1, 2], "b": None})


def test_every_fact_has_a_reader_and_every_reader_a_fact() -> None:
    assert {each.name for each in fields(Facts)} == set(FACTS)


# ── what may not leave ──


@pytest.mark.parametrize(
    "key", ["case_number", "place", "place_name", "municipality", "reporter", "cpr", "event_date"]
)
def test_a_key_outside_the_whitelist_is_refused_wherever_it_stands(key: str) -> None:
    assert refused(wire() | {key: "x"}).problem == "unknown_key"
    facts = wire()["facts"] | {key: "x"}
    assert refused(wire() | {"facts": facts}).problem == "unknown_key"
    texts = wire()["texts"] | {key: "x"}
    assert refused(wire() | {"texts": texts}).problem == "unknown_key"


def test_a_refusal_never_repeats_what_was_sent() -> None:
    secret = "Hemmelig Hansen"
    for changed in (
        wire() | {secret: "x"},
        wire() | {"sender": secret},
        wire() | {"facts": wire()["facts"] | {"sector": secret}},
        wire() | {"texts": {"story": "x", secret: "x"}},
        wire() | {"texts": {"story": f"{secret} a@b.dk"}},
    ):
        assert secret not in str(refused(changed))


def test_no_field_of_the_message_holds_an_exact_day() -> None:
    for name in ("event_month", "received_month"):
        assert refused(wire() | {"facts": wire()["facts"] | {name: "2026-03-02"}}).problem == "wrong_shape"


@pytest.mark.parametrize("name", sorted(set(FACTS)))
def test_par7_no_fact_has_room_for_a_name_or_a_cpr_number(name: str) -> None:
    for identity in ("Karl Ænder", "070761-4285", "0707614285"):
        for value in (identity, [identity]):
            assert refused(wire() | {"facts": wire()["facts"] | {name: value}}).problem != "unknown_key"


@pytest.mark.parametrize(
    "identity",
    [
        "070761-4285",
        "0707614285",
        "070761 4285",
        "070761 - 4285",
        "karl@eksempel.dk",
        "070761–4285",
        "０７０７６１４２８５",
        "٠٧٠٧٦١٤٢٨٥",
        "0707\u200b614285",
    ],
)
def test_a_cpr_number_or_mail_address_never_leaves_whatever_was_approved(identity: str) -> None:
    with pytest.raises(NotClean, match="Fjern"):
        clean(text=f"Patienten {identity} faldt.")
    assert refused(wire() | {"texts": {"story": f"Patienten {identity} faldt."}}).problem == "not_clean"


@pytest.mark.parametrize(
    "harmless", ["Batch 9907614285", "500 mg x 4", "Saturation 97, puls 88", "ca. 10-12 timer"]
)
def test_ordinary_numbers_pass_the_last_fence(harmless: str) -> None:
    assert clean(text=harmless).text == harmless


# ── earlier versions ──


def test_a_message_of_version_1_is_still_read_and_tells_no_phase_of_treatment() -> None:
    old = wire() | {"schema_version": 1}
    del old["facts"]["treatment_phase"]
    assert from_wire(old).facts.treatment_phase is None
    assert from_wire(old).schema_version == 1


# ── wrong things ──


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("schema_version", 3, "unknown_version"),
        ("schema_version", "1", "wrong_type"),
        ("schema_version", True, "wrong_type"),
        ("message_id", "42", "wrong_shape"),
        ("case_ref", 42, "wrong_type"),
        ("case_ref", "0b0c9f4e-8d5e-1c3b-8a3e-2b1f1d9e6a77", "wrong_shape"),
        ("sender", "", "wrong_shape"),
        ("facts", [], "wrong_type"),
        ("facts", None, "wrong_type"),
        ("texts", "x", "wrong_type"),
        ("texts", {}, "missing"),
        ("texts", {"story": 3}, "wrong_type"),
        ("texts", {"story": "a\x00b"}, "not_clean"),
        ("texts", {"story": "\u202eabc"}, "not_clean"),
        ("texts", {"story": "x" * 20_001}, "not_clean"),
        ("facts.sector", "hospitalet", "unknown_code"),
        ("facts.sector", None, "wrong_type"),
        ("facts.possible_harm", 3, "wrong_type"),
        ("facts.forwarded_in_time", "ja", "wrong_type"),
        ("facts.atc_codes", "N02BE01", "wrong_type"),
        ("facts.atc_codes", ["paracetamol"], "wrong_shape"),
        ("facts.atc_codes", ["N02BE01"] * 21, "too_many"),
        ("facts.received_month", "2026-13", "wrong_shape"),
        ("facts.received_month", "20٢6-03", "wrong_shape"),
        ("facts.received_month", "2026-03\n", "wrong_shape"),
        ("facts.taxonomy_version", "2019-01", "unknown_code"),
        ("facts.classification", ["karl.hansen.gentofte"], "unknown_code"),
        ("facts.classification", ["medication.wrong_dose.ordering.monday"], "unknown_code"),
    ],
)
def test_what_does_not_fit_is_refused(path: str, value: object, problem: str) -> None:
    changed = wire()
    if "." in path:
        changed["facts"][path.split(".")[1]] = value
    else:
        changed[path] = value
    assert refused(changed).problem == problem


@pytest.mark.parametrize("key", ["schema_version", "message_id", "case_ref", "sender", "facts", "texts"])
def test_a_missing_key_is_refused(key: str) -> None:
    changed = wire()
    del changed[key]
    assert refused(changed).problem == "missing"


@pytest.mark.parametrize("name", sorted(FACTS))
def test_a_missing_fact_is_refused(name: str) -> None:
    changed = wire()
    del changed["facts"][name]
    assert refused(changed).problem == "missing"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_any_other_json_is_refused_and_never_breaks(value: object) -> None:
    refused(value)


@given(key=st.sampled_from(sorted(FACTS)), value=JSON)
def test_any_other_value_of_a_fact_is_refused_or_read_as_it_stands(key: str, value: object) -> None:
    changed = wire()
    changed["facts"][key] = value
    try:
        read = from_wire(changed)
    except MessageRefused:
        return
    assert to_wire(read)["facts"][key] == value


@pytest.mark.parametrize(
    ("key", "code"), [("classification", "blood"), ("atc_codes", "N02BE01"), ("device_codes", "A01")]
)
def test_twenty_codes_are_enough_for_anyone(key: str, code: str) -> None:
    changed = wire()
    changed["facts"][key] = [code] * 20
    assert getattr(from_wire(changed).facts, key) == (code,) * 20
    changed["facts"][key].append(code)
    assert refused(changed).problem == "too_many"


# ── clean text ──


def test_a_headline_is_short_and_the_rest_may_be_long() -> None:
    assert LIMITS[Section.HEADLINE] == 300
    assert {limit for section, limit in LIMITS.items() if section is not Section.HEADLINE} == {20_000}


def test_a_text_with_findings_that_nobody_overruled_is_not_clean() -> None:
    with pytest.raises(NotClean, match="2 mulige personoplysninger"):
        CleanText.approved(Section.STORY, "Karl faldt", remaining_leaks=2, approved_at=AT)


def test_a_clean_text_cannot_be_made_without_approval() -> None:
    with pytest.raises(TypeError):
        CleanText(Section.STORY, "Karl faldt", AT)
    with pytest.raises(TypeError):
        replace(clean(), seal=None)


def test_a_clean_text_does_not_show_its_words_in_a_log() -> None:
    assert "dosis" not in repr(clean())


@pytest.mark.parametrize("section", Section)
def test_a_text_over_the_limit_is_not_clean(section: Section) -> None:
    assert clean(section, "x" * LIMITS[section])
    with pytest.raises(NotClean, match="Forkort"):
        clean(section, "x" * (LIMITS[section] + 1))


@given(TEXT | st.text("ae\u0301\u030a\x00\u202e\r\n \u200b", max_size=8))
def test_approving_a_text_twice_changes_nothing(text: str) -> None:
    once = _clean_or_none(Section.STORY, text)
    if once is not None:
        assert clean(text=once.text) == once


def test_line_breaks_of_a_browser_become_one_kind() -> None:
    assert clean(text="a\r\nb\rc\x00").text == "a\nb\nc"


def test_a_case_without_a_story_is_not_composed() -> None:
    with pytest.raises(MessageRefused, match="beretningen"):
        message(BARE, clean(Section.HEADLINE, "Fald"))


def test_an_empty_section_is_left_out() -> None:
    sent = message(BARE, clean(), clean(Section.PREVENTION, "  "))
    assert set(sent.texts) == {Section.STORY}


def test_a_fact_that_could_not_be_taken_in_is_refused_before_it_leaves() -> None:
    with pytest.raises(MessageRefused):
        message(replace(BARE, atc_codes=("paracetamol",)))


@pytest.mark.parametrize(
    ("typed", "code"), [(" n02be01 ", "N02BE01"), ("N02", "N02"), ("panodil", None), ("", None)]
)
def test_an_atc_code_is_taken_however_it_is_typed_and_nothing_else_is(typed: str, code: str | None) -> None:
    assert atc(typed) == code
