"""The national template (den nationale skabelon): every kind of message that may leave, by name and version (§ 8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from uth.law import message
from uth.law.shapes import (
    A_MONTH,
    A_SENDER,
    A_UUID,
    FLAG,
    MessageRefused,
    Shape,
    fixed,
    maybe,
    number,
    object_schema,
    of_version,
    one_of,
    only,
    pdf,
    prose,
    refusal,
    shaped,
    version,
)
from uth.law.terms import PublicationKind, RejectionReason, Sector, TallyArea

MOST_COUNTED = 100_000  # in a month at one unit: more than that is a mistake
MOST_COMMENT = 2_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message: each key with its one shape, by version. What was once published is never dropped."""

    name: str
    danish: str
    paragraph: str
    versions: Mapping[int, Mapping[str, Shape]]

    @property
    def newest(self) -> int:
        """The version this program writes."""
        return max(self.versions)

    @property
    def keys(self) -> Mapping[str, Shape]:
        """The keys of the newest version."""
        return self.versions[self.newest]


@dataclass(frozen=True, slots=True)
class Read:
    """A message of any kind, as it was read: every key of its kind, and nothing else."""

    kind: Kind
    message_id: str
    sender: str
    values: Mapping[str, Any]


def kind(name: str, danish: str, paragraph: str, **keys: Shape) -> Kind:
    """A kind with the envelope they all have."""
    envelope = {
        "kind": fixed(name),
        "schema_version": version((1,)),
        "message_id": A_UUID,
        "sender": A_SENDER,
    }
    return Kind(name, danish, paragraph, MappingProxyType({1: MappingProxyType(envelope | keys)}))


# The report is the oldest kind, from before there were others: its messages name no kind.
REPORT = Kind("report", "Rapport", "§ 6, stk. 1", message.ENVELOPES)
# What a case that passes on no text of its own tells. `turn` counts up with the case, so that of two messages about
# the same case the later one holds, in whatever order they arrive; `stands` false takes the earlier one back.
TURN = {"case_ref": A_UUID, "turn": number(1, 1_000_000), "stands": FLAG}
REJECTION = kind(
    "rejection",
    "Afvist rapport (grund og antal, ingen tekst)",
    "§ 6, stk. 1",
    **TURN,
    sector=one_of(Sector),
    received_month=A_MONTH,
    reason=one_of(RejectionReason),
)
# A unit's count of one area in one month, and at most a comment that a person has approved. It names no unit.
COLLECTIVE = kind(
    "collective",
    "Samlerapport (antal)",
    "§ 6, stk. 1",
    report_ref=A_UUID,
    sector=one_of(Sector),
    area=one_of(TallyArea),
    region=maybe(shaped(message.REGION, "a region's key, at most four digits in a row")),
    month=A_MONTH,
    received_month=A_MONTH,
    is_addition=FLAG,
    count=number(-MOST_COUNTED, MOST_COUNTED),
    forwarded_in_time=maybe(FLAG),
    comment=maybe(prose(MOST_COMMENT, least=1)),
)
DUPLICATE = kind(
    "duplicate",
    "Endnu en rapport om en hændelse (antal, ingen tekst)",
    "§ 6, stk. 1",
    **TURN,
    event_ref=A_UUID,
)
MOST_DOCUMENT = 5 * 1024 * 1024
MOST_WORDS, MOST_TITLE = 20_000, 200
ANSWER = kind(
    "answer",
    "Analyse, opfølgningsplan eller handleplan efter anmodning",
    "§ 9, stk. 1",
    request_ref=A_UUID,
    text=prose(MOST_WORDS),
    document=pdf(MOST_DOCUMENT),
)
PUBLICATION = kind(
    "publication",
    "Temarapport eller årsrapport",
    "§ 9, stk. 2",
    publication=one_of(PublicationKind),
    title=prose(MOST_TITLE, least=1),
    year=number(2004, 2100),
    text=prose(MOST_WORDS),
    document=pdf(MOST_DOCUMENT),
)
KINDS: Mapping[str, Kind] = MappingProxyType(
    {each.name: each for each in (REPORT, REJECTION, DUPLICATE, COLLECTIVE, ANSWER, PUBLICATION)}
)


def read(wire: object) -> Read:
    """The message in these JSON values; raises MessageRefused for anything the whitelist does not hold."""
    if not isinstance(wire, dict):
        raise refusal("wrong_type", "meddelelse", "skal være et opslag")
    named = wire.get("kind", REPORT.name)
    if not isinstance(named, str) or named not in KINDS or (named == REPORT.name and "kind" in wire):
        raise MessageRefused(
            "unknown_kind", "Meddelelsen blev afvist: den slags meddelelser kendes ikke her."
        )
    found = KINDS[named]
    values = only(wire, of_version(wire, found.versions), "meddelelse")
    return Read(found, values["message_id"], values["sender"], MappingProxyType(values))


def write(kind: Kind, *, message_id: str, sender: str, **values: Any) -> dict[str, Any]:
    """A message of a kind as plain JSON values; what could not be taken in is refused before anything leaves."""
    wire = {
        "kind": kind.name,
        "schema_version": kind.newest,
        "message_id": message_id,
        "sender": sender,
        **values,
    }
    read(wire)
    return wire


def schema(kind: Kind, number: int) -> dict[str, Any]:
    """A version of the kind as JSON Schema (2020-12), for whoever builds another end of it.

    What it refuses is refused here; reading refuses more, such as a code that is none or a text with a CPR number.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:uth:national:{kind.name}:{number}",
        "title": f"{kind.danish}, version {number}",
        "description": f"BEK nr. 1 af 3/1/2011, {kind.paragraph}, og § 8. Læsningen i law/template.py er den, der gælder.",
        **object_schema(kind.versions[number]),
    }
