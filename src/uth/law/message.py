"""The national message (den nationale meddelelse): a whitelist of what may leave; nothing else exists in it."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from uth.law import taxonomy
from uth.law.clean_text import LIMITS, CleanText, NotClean
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

SCHEMA_VERSION = 1


class MessageRefused(ValueError):
    """This is no national message: `problem` is a code for machines, `sentence` the Danish one to show."""

    def __init__(self, problem: str, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = problem
        self.sentence = sentence


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


def canonical(wire: Mapping[str, Any]) -> bytes:
    """The one spelling of a message in bytes, for signing: sorted keys, no blanks, UTF-8."""
    return json.dumps(
        wire, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode("utf-8")


def to_wire(message: NationalMessage) -> dict[str, Any]:
    """The message as plain JSON values; what nobody answered is null, so every key is always there."""
    return {
        "schema_version": message.schema_version,
        "message_id": message.message_id,
        "case_ref": message.case_ref,
        "sender": message.sender,
        "facts": {name: _plain(getattr(message.facts, name)) for name in FACTS},
        "texts": {section.value: clean.text for section, clean in message.texts.items()},
    }


def _plain(value: object) -> object:
    if isinstance(value, Term):
        return value.value
    return list(value) if isinstance(value, tuple) else value


# ── the whitelist: each key with the one shape it may have ──

type Read = Callable[[str, object], Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a key may hold: how it is read, and that said for docs/message.md."""

    read: Read
    says: str
    words: type[Term] | None = None


UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,63}")
REGION = re.compile(r"(?!.*\d{5})[A-Za-z0-9][A-Za-z0-9:_-]{0,39}", re.ASCII)  # no room for a CPR number
MONTH = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])", re.ASCII)
ATC = re.compile(r"[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?", re.ASCII)
DEVICE = re.compile(r"[A-Z]\d{2,8}", re.ASCII)


def _refuse(problem: str, key: str, says: str) -> MessageRefused:
    return MessageRefused(problem, f"Meddelelsen blev afvist: feltet »{key}« {says}.")


def _one_of[T: Term](terms: type[T]) -> Shape:
    def read(key: str, value: object) -> T:
        code = _text(key, value)
        if code not in {term.value for term in terms}:
            raise _refuse("unknown_code", key, "har en kode, der ikke findes")
        return terms(code)

    return Shape(read, f"a code of `{terms.__name__}`", terms)


def _shaped(shape: re.Pattern[str], says: str) -> Shape:
    def read(key: str, value: object) -> str:
        if not shape.fullmatch(text := _text(key, value)):
            raise _refuse("wrong_shape", key, "har ikke den rette form")
        return text

    return Shape(read, says)


def _maybe(shape: Shape) -> Shape:
    def read(key: str, value: object) -> Any:
        return None if value is None else shape.read(key, value)

    return Shape(read, f"{shape.says}, or null", shape.words)


def _some(shape: Shape, most: int) -> Shape:
    def read(key: str, value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _refuse("wrong_type", key, "skal være en liste")
        if len(value) > most:
            raise _refuse("too_many", key, f"har flere end {most} koder")
        return tuple(shape.read(key, each) for each in value)

    return Shape(read, f"a list of at most {most}, each {shape.says}", shape.words)


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise _refuse("wrong_type", key, "skal være tekst")
    return value


def _flag(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _refuse("wrong_type", key, "skal være ja eller nej")
    return value


def _version(key: str, value: object) -> int:
    if type(value) is not int:
        raise _refuse("wrong_type", key, "skal være et tal")
    if value != SCHEMA_VERSION:
        raise _refuse("unknown_version", key, f"skal være {SCHEMA_VERSION}. Opdatér systemet, der sendte den")
    return value


def _taxonomy(key: str, value: object) -> str:
    if _text(key, value) not in taxonomy.versions():
        raise _refuse("unknown_code", key, "nævner en klassifikation, der ikke kendes")
    return str(value)


def _type(key: str, value: object) -> str:
    """A type must stand in the taxonomy: a code that could be any words could be a name."""
    try:
        return taxonomy.lookup(_text(key, value)).code
    except taxonomy.UnknownCode:
        raise _refuse("unknown_code", key, "har en kode, der ikke findes") from None


A_MONTH = _shaped(MONTH, "a month, `YYYY-MM`")
A_UUID = _shaped(UUID4, "a random UUID (version 4), lower case")
FACTS: Mapping[str, Shape] = MappingProxyType(
    {
        "sector": _one_of(Sector),
        "event": _one_of(EventKind),
        "received_month": A_MONTH,
        "date_quality": _one_of(DateQuality),
        "reporter_kind": _one_of(ReporterKind),
        "actual_harm": _one_of(ActualHarm),
        "severity": _one_of(Severity),
        "taxonomy_version": Shape(_taxonomy, "a version of the classification in [law.md](law.md)"),
        "event_month": _maybe(A_MONTH),
        "region": _maybe(_shaped(REGION, "a region's key, at most four digits in a row")),
        "place_kind": _maybe(_one_of(PlaceKind)),
        "reporter_category": _maybe(_one_of(ReporterCategory)),
        "role_towards_event": _maybe(_one_of(RoleTowardsEvent)),
        "possible_harm": _maybe(_one_of(PossibleHarm)),
        "criterion": _maybe(_one_of(DutyCriterion)),
        "forwarded_in_time": _maybe(Shape(_flag, "true or false")),
        "classification": _some(Shape(_type, "`main_group[.problem[.process]]` of the classification"), 20),
        "atc_codes": _some(_shaped(ATC, "an ATC code of any level, upper case"), 20),
        "device_codes": _some(_shaped(DEVICE, "an EMDN code: a letter and 2 to 8 digits"), 20),
    }
)


def _read_facts(key: str, value: object) -> Facts:
    return Facts(**_only(value, FACTS, key))


def _read_texts(key: str, value: object) -> Mapping[Section, CleanText]:
    if not isinstance(value, dict):
        raise _refuse("wrong_type", key, "skal være et opslag af afsnit")
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
        return CleanText.received(Section(str(section)), _text(str(section), value))
    except NotClean as fault:
        raise MessageRefused("not_clean", f"Meddelelsen blev afvist: {fault}") from None


ENVELOPE: Mapping[str, Shape] = MappingProxyType(
    {
        "schema_version": Shape(_version, f"the number {SCHEMA_VERSION}"),
        "message_id": A_UUID,
        "case_ref": A_UUID,
        "sender": _shaped(KEY, "the sending authority's key"),
        "facts": Shape(_read_facts, "every key of the facts below"),
        "texts": Shape(_read_texts, "approved texts by section; `story` is always there"),
    }
)


def from_wire(wire: object) -> NationalMessage:
    """The message in these JSON values; raises MessageRefused for anything the whitelist does not hold."""
    return NationalMessage(**_only(wire, ENVELOPE, "meddelelse"))


def _only(value: object, known: Mapping[str, Shape], name: str) -> dict[str, Any]:
    """Every known key and no other, each in its shape. A foreign key's name is not repeated back."""
    if not isinstance(value, dict):
        raise _refuse("wrong_type", name, "skal være et opslag")
    if set(value) - set(known):
        raise _refuse("unknown_key", name, "indeholder oplysninger, der ikke må videregives")
    if missing := [key for key in known if key not in value]:
        raise _refuse("missing", missing[0], "mangler")
    return {key: shape.read(key, value[key]) for key, shape in known.items()}
