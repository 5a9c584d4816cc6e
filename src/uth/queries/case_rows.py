"""The rows of a case (sagens rækker): everything that hangs on it, read in three questions however much there is."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Coalesce

from uth.deid import replace as deid
from uth.law.terms import Section
from uth.records.cases import Case, CaseStep, Classification, DialogueMessage, Note
from uth.records.once import known
from uth.records.redactions import Redaction, hidden
from uth.records.reports import Attachment, Device, InvolvedPlace, Medicine
from uth.records.sections import joined, texts_of

NONE = Value("", output_field=CharField())


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the timeline shows it."""

    at: datetime
    who: str
    role: str
    act: str
    came_from: str
    went_to: str
    reason: str
    reason_code: str
    from_organisation: str
    to_organisation: str
    from_path: str
    to_path: str


@dataclass(frozen=True, slots=True)
class Said:
    """A word of the dialogue. `kind`: question, reply or answer."""

    at: datetime
    kind: str
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note of the desk."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """An attachment's line; its name is shown only with the attachments."""

    id: int
    name: str
    content_type: str
    size: int
    state: str
    description: str


@dataclass(frozen=True, slots=True)
class SameEvent:
    """Another case that tells of the same event."""

    id: int
    number: str


@dataclass(frozen=True, slots=True)
class RedactedSection:
    """A section side by side: as written and clean, with every finding and leak (offsets in code points).

    `by_hand`: a person has edited the clean text besides the findings.
    """

    section: str
    original: str
    clean: str
    findings: tuple[dict[str, Any], ...]
    leaks: tuple[dict[str, Any], ...]
    approved_at: datetime | None
    by_hand: bool
    first_by: int | None
    first_by_name: str
    first_at: datetime | None


@dataclass(slots=True)
class Words:
    """What people did, noted and said, in order."""

    steps: list[StepLine] = field(default_factory=list)
    notes: list[NoteLine] = field(default_factory=list)
    dialogue: list[Said] = field(default_factory=list)


@dataclass(slots=True)
class Things:
    """Types, medicines, devices and files."""

    codes: list[str] = field(default_factory=list)
    medicines: list[str] = field(default_factory=list)
    products: list[str] = field(default_factory=list)
    devices: list[str] = field(default_factory=list)
    files: list[FileLine] = field(default_factory=list)
    involved: list[tuple[str, str]] = field(default_factory=list)  # when, and where
    same_event: list[SameEvent] = field(default_factory=list)


def words_of(case: Case) -> Words:
    """Steps, notes and dialogue in one question."""
    who = Coalesce("by__name", NONE)
    steps = CaseStep.objects.filter(case=case).order_by()
    told = steps.values_list(
        Value("step", output_field=CharField()), "pk", "at", who, "reason", "role", "act", "came_from", "went_to",
        "reason_code", "from_organisation__name", "to_organisation__name", "from_organisation__path",
        "to_organisation__path",
    )  # fmt: skip
    noted = Note.objects.filter(case=case).order_by().values_list(
        Value("note", output_field=CharField()), "pk", "at", who, "text", *[NONE] * 9
    )  # fmt: skip
    said = DialogueMessage.objects.filter(case=case).order_by().values_list(
        Value("said", output_field=CharField()), "pk", "at", who, "text", "kind", *[NONE] * 8
    )  # fmt: skip
    words = Words()
    for kind, _, at, by, text, first, *more in sorted(
        told.union(noted, said, all=True), key=lambda row: row[1]
    ):
        if kind == "step":
            act, came_from, went_to, code, *places = more
            words.steps.append(StepLine(at, by, first, act, came_from, went_to, text, code, *places))
        elif kind == "note":
            words.notes.append(NoteLine(at, by, text))
        else:
            words.dialogue.append(Said(at, first, by, text))
    return words


def things_of(case: Case) -> Things:
    """Types, medicines, devices, attachments, the other places involved and cases of the same event, in one question."""
    report = case.report_id
    types = Classification.objects.filter(case=case).values_list(
        Value("type", output_field=CharField()), "pk", "code", *[NONE] * 4
    )
    medicines = Medicine.objects.filter(report=report).values_list(
        Value("medicine", output_field=CharField()), "pk", "name", "substance", "strength", "route", "atc"
    )
    devices = Device.objects.filter(report=report).values_list(
        Value("device", output_field=CharField()), "pk", "kind", "name", "model", NONE, NONE
    )
    files = Attachment.objects.filter(report=report).values_list(
        Value("file", output_field=CharField()), "pk", "name", "content_type", Cast("size", CharField()), "state", "description"
    )  # fmt: skip
    places = InvolvedPlace.objects.filter(report=report).values_list(
        Value("place", output_field=CharField()), "pk", "role", Coalesce("place__name", NONE), "place_text", Coalesce("place__key", NONE), NONE
    )  # fmt: skip
    same = Case.objects.filter(Q(same_event_as=case.pk) | Q(pk=case.same_event_as_id)).values_list(
        Value("same", output_field=CharField()), "pk", Cast("received_on", CharField()), *[NONE] * 4
    )
    things, keys = Things(), []
    for kind, pk, *row in sorted(
        types.union(medicines, devices, files, places, same, all=True), key=lambda row: row[1]
    ):
        if kind == "type":
            things.codes.append(row[0])
        elif kind == "medicine":
            things.medicines.append(joined(*row))
            things.products.append(joined(*row[:4]))
        elif kind == "device":
            things.devices.append(joined(*row))
        elif kind == "place":
            things.involved.append((row[0], row[1] or row[2]))
            keys += [row[3]] if row[3] else []
        elif kind == "same":
            things.same_event.append(SameEvent(pk, f"{row[0][:4]}-{pk:06d}"))
        else:
            things.files.append(FileLine(pk, row[0], row[1], int(row[2]), row[3], row[4]))
    things.codes.sort()
    known(tuple(keys), "involved", report)
    return things


def redactions_of(case: Case, things: Things) -> tuple[RedactedSection, ...]:
    """Each section with its way to clean text, in the order they are read."""
    described = [file.description for file in things.files if file.description]
    texts = texts_of(case, [*things.products, *things.devices], described)
    order = [str(section) for section in Section]
    rows = sorted(
        Redaction.objects.filter(case=case).select_related("first_by"),
        key=lambda row: order.index(row.section),
    )
    originals = [texts.get(Section(row.section), "") for row in rows]
    pairs = list(zip(rows, originals, strict=True))
    read = ((original, hidden(original, row.findings)) for row, original in pairs)
    cast = deid.cast_of(read, day=case.report.day_zero)
    return tuple(_redacted(row, original, cast) for row, original in pairs)


def _redacted(row: Redaction, original: str, cast: deid.Cast) -> RedactedSection:
    return RedactedSection(
        section=row.section,
        original=original,
        clean=row.clean_text,
        findings=tuple(row.findings),
        leaks=tuple(row.leaks),
        approved_at=row.approved_at,
        by_hand=row.clean_text != deid.replace(original, hidden(original, row.findings), cast=cast),
        first_by=row.first_by_id,
        first_by_name=row.first_by.name if row.first_by else "",
        first_at=row.first_at,
    )
