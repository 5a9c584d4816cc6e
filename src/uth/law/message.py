"""The national message (den nationale meddelelse): a whitelist of what may leave; nothing else exists in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from uth.law import taxonomy
from uth.law.clean_text import LIMITS, CleanText, NotClean
from uth.law.shapes import (
    A_MONTH,
    A_SENDER,
    A_UUID,
    FLAG,
    MessageRefused,
    Shape,
    canonical,
    maybe,
    object_schema,
    of_version,
    one_of,
    only,
    refusal,
    shaped,
    some,
    text,
    version,
)
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
    Term,
    TreatmentPhase,
)

__all__ = [
    "LIMITS",
    "SCHEMA_VERSION",
    "CleanText",
    "Facts",
    "MessageRefused",
    "NationalMessage",
    "NotClean",
    "atc",
    "canonical",
    "compose",
    "from_wire",
    "month",
    "to_wire",
]

SCHEMA_VERSION = 2  # a new one is added beside the old: what was once published is read for ever
VERSIONS = (1, 2)


@dataclass(frozen=True, slots=True)
class Facts:
    """The coded facts that may leave: closed lists, codes and months; no day, no place, no words."""

    sector: Sector
    event: EventKind
    received_month: str
    date_quality: DateQuality
    reporter_kind: ReporterKind
    actual_harm: ActualHarm
    severity: Severity
    taxonomy_version: str
    event_month: str | None = None
    region: str | None = None
    place_kind: PlaceKind | None = None
    treatment_phase: TreatmentPhase | None = None
    reporter_category: ReporterCategory | None = None
    role_towards_event: RoleTowardsEvent | None = None
    possible_harm: PossibleHarm | None = None
    criterion: DutyCriterion | None = None
    forwarded_in_time: bool | None = None
    classification: tuple[str, ...] = ()
    atc_codes: tuple[str, ...] = ()
    device_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NationalMessage:
    """What travels to the national level. `case_ref` is random: no way leads from it to the local number."""

    schema_version: int
    message_id: str
    case_ref: str
    sender: str
    facts: Facts
    texts: Mapping[Section, CleanText]


def compose(
    *, message_id: str, case_ref: str, sender: str, facts: Facts, texts: Iterable[CleanText]
) -> NationalMessage:
    """The message of an approved case; what could not be taken in is refused before anything leaves."""
    message = NationalMessage(
        schema_version=SCHEMA_VERSION,
        message_id=message_id,
        case_ref=case_ref,
        sender=sender,
        facts=facts,
        texts=MappingProxyType({each.section: each for each in texts if each.text}),
    )
    from_wire(to_wire(message))
    return message


def month(day: date) -> str:
    """A day as the message may tell it: `2026-03` (docs/adr/0003)."""
    return f"{day.year:04d}-{day.month:02d}"


def atc(typed: str) -> str | None:
    """The ATC code a person typed, as the message may hold it; None if it is none."""
    code = typed.strip().upper()
    return code if ATC.fullmatch(code) else None


def to_wire(message: NationalMessage) -> dict[str, Any]:
    """The message as plain JSON values; what nobody answered is null, so every key is always there."""
    return {
        "schema_version": message.schema_version,
        "message_id": message.message_id,
        "case_ref": message.case_ref,
        "sender": message.sender,
        "facts": {name: _plain(getattr(message.facts, name)) for name in FACTS_OF[message.schema_version]},
        "texts": {section.value: clean.text for section, clean in message.texts.items()},
    }


def _plain(value: object) -> object:
    if isinstance(value, Term):
        return value.value
    return list(value) if isinstance(value, tuple) else value


# ── the whitelist: each key with the one shape it may have ──


REGION = re.compile(r"(?!.*\d{5})[A-Za-z0-9][A-Za-z0-9:_-]{0,39}", re.ASCII)  # no room for a CPR number
ATC = re.compile(r"[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?", re.ASCII)
DEVICE = re.compile(r"[A-Z]\d{2,8}", re.ASCII)


def _taxonomy(key: str, value: object) -> str:
    if text(key, value) not in taxonomy.versions():
        raise refusal("unknown_code", key, "nævner en klassifikation, der ikke kendes")
    return str(value)


def _type(key: str, value: object) -> str:
    """A type must stand in the taxonomy: a code that could be any words could be a name."""
    try:
        return taxonomy.lookup(text(key, value)).code
    except taxonomy.UnknownCode:
        raise refusal("unknown_code", key, "har en kode, der ikke findes") from None


FACTS: Mapping[str, Shape] = MappingProxyType(
    {
        "sector": one_of(Sector),
        "event": one_of(EventKind),
        "received_month": A_MONTH,
        "date_quality": one_of(DateQuality),
        "reporter_kind": one_of(ReporterKind),
        "actual_harm": one_of(ActualHarm),
        "severity": one_of(Severity),
        "taxonomy_version": Shape(
            _taxonomy,
            "a version of the classification in [law.md](law.md)",
            {"type": "string", "enum": list(taxonomy.versions())},
        ),
        "event_month": maybe(A_MONTH),
        "region": maybe(shaped(REGION, "a region's key, at most four digits in a row")),
        "place_kind": maybe(one_of(PlaceKind)),
        "treatment_phase": maybe(one_of(TreatmentPhase)),
        "reporter_category": maybe(one_of(ReporterCategory)),
        "role_towards_event": maybe(one_of(RoleTowardsEvent)),
        "possible_harm": maybe(one_of(PossibleHarm)),
        "criterion": maybe(one_of(DutyCriterion)),
        "forwarded_in_time": maybe(FLAG),
        "classification": some(
            Shape(
                _type,
                "`main_group[.problem[.process]]` of the classification",
                {"type": "string", "pattern": r"^[a-z0-9_]+(?:\.[a-z0-9_]+){0,2}$"},
            ),
            20,
        ),
        "atc_codes": some(shaped(ATC, "an ATC code of any level, upper case"), 20),
        "device_codes": some(shaped(DEVICE, "an EMDN code: a letter and 2 to 8 digits"), 20),
    }
)


NEW_IN_2 = frozenset({"treatment_phase"})  # a sender of version 1 does not know it; nobody answered it there
FACTS_OF: Mapping[int, Mapping[str, Shape]] = MappingProxyType(
    {1: {key: shape for key, shape in FACTS.items() if key not in NEW_IN_2}, 2: FACTS}
)


def _read_texts(key: str, value: object) -> Mapping[Section, CleanText]:
    if not isinstance(value, dict):
        raise refusal("wrong_type", key, "skal være et opslag af afsnit")
    if Section.STORY.value not in value:
        raise MessageRefused(
            "missing", "Meddelelsen blev afvist: den mangler beretningen om, hvad der skete."
        )
    return MappingProxyType({clean.section: clean for clean in map(_read_text, value.items())})


def _read_text(item: tuple[object, object]) -> CleanText:
    section, value = item
    if section not in {each.value for each in Section}:
        raise MessageRefused("unknown_key", "Meddelelsen blev afvist: den har et afsnit, der ikke findes.")
    try:
        return CleanText.received(Section(str(section)), text(str(section), value))
    except NotClean as fault:
        raise MessageRefused("not_clean", f"Meddelelsen blev afvist: {fault}") from None


TEXTS = {
    "type": "object",
    "additionalProperties": False,
    "required": [Section.STORY.value],
    "properties": {
        each.value: {"type": "string", "maxLength": LIMITS[each], "description": each.danish}
        for each in Section
    },
}


def _envelope(number: int) -> Mapping[str, Shape]:
    known = FACTS_OF[number]

    def read(key: str, value: object) -> Facts:
        return Facts(**only(value, known, key))

    return MappingProxyType(
        {
            "schema_version": version((number,)),
            "message_id": A_UUID,
            "case_ref": A_UUID,
            "sender": A_SENDER,
            "facts": Shape(read, "every key of the facts below", object_schema(known)),
            "texts": Shape(_read_texts, "approved texts by section; `story` is always there", TEXTS),
        }
    )


ENVELOPES: Mapping[int, Mapping[str, Shape]] = MappingProxyType({each: _envelope(each) for each in VERSIONS})
ENVELOPE = ENVELOPES[SCHEMA_VERSION]


def from_wire(wire: object) -> NationalMessage:
    """The message in these JSON values; raises MessageRefused for anything the whitelist does not hold."""
    return NationalMessage(**only(wire, of_version(wire, ENVELOPES), "meddelelse"))
