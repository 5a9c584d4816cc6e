"""Taken in (modtaget): what each kind of national message becomes in the national building; one table, by kind.

Every function here runs inside `receiving.take_in`: the message is trusted and read, and new. What it raises takes
the whole letter back.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Manager

from uth.law.collective import check
from uth.law.message import Facts, NationalMessage
from uth.law.shapes import MessageRefused
from uth.law.template import Read
from uth.law.terms import AuthorityKind, Section
from uth.records.national.models import (
    NationalAnswer,
    NationalCode,
    NationalCollective,
    NationalDocument,
    NationalDuplicate,
    NationalPublication,
    NationalRejection,
    NationalReport,
    NationalRequest,
    Sender,
)
from uth.records.organisations import Organisation

COLUMNS = [
    "sector",
    "event",
    "received_month",
    "date_quality",
    "reporter_kind",
    "actual_harm",
    "severity",
    "taxonomy_version",
    "event_month",
    "region",
    "place_kind",
    "treatment_phase",
    "reporter_category",
    "role_towards_event",
    "possible_harm",
    "criterion",
]


def report(read: Read, sender: Sender, at: datetime) -> None:
    """A handled report: facts and clean texts."""
    message = NationalMessage(**read.values)
    _check_region(message.facts.region)
    if NationalReport.objects.filter(sender=sender, case_ref=message.case_ref).exists():
        raise MessageRefused("case_already_received", "Sagen er allerede modtaget i en anden meddelelse.")
    texts = {section: message.texts[section].text if section in message.texts else "" for section in Section}
    row = NationalReport.objects.create(
        message_id=message.message_id,
        case_ref=message.case_ref,
        sender=sender,
        received_at=at,
        schema_version=message.schema_version,
        **_columns(message.facts),
        **{str(section): text for section, text in texts.items()},
    )
    NationalCode.objects.bulk_create(
        NationalCode(report=row, code=code) for code in message.facts.classification
    )


def _check_region(region: str | None) -> None:
    """A region that does not exist could be a name."""
    if region and not Organisation.objects.filter(key=region, kind=AuthorityKind.REGION).exists():
        raise MessageRefused(
            "unknown_code", "Meddelelsen blev afvist: feltet »region« har en kode, der ikke findes."
        )


def _columns(facts: Facts) -> dict[str, object]:
    return {name: getattr(facts, name) or "" for name in COLUMNS} | {
        "forwarded_in_time": facts.forwarded_in_time,
        "atc_codes": list(facts.atc_codes),
        "device_codes": list(facts.device_codes),
    }


def rejection(read: Read, sender: Sender, at: datetime) -> None:
    """That a report was rejected and why, or that it no longer is."""
    _newest_turn(NationalRejection.objects, read, sender, "reason", "sector", "received_month")


def duplicate(read: Read, sender: Sender, at: datetime) -> None:
    """That one more report tells of an event, or that it no longer does."""
    _newest_turn(NationalDuplicate.objects, read, sender, "event_ref")


def _newest_turn(rows: Manager[Any], read: Read, sender: Sender, *names: str) -> None:
    """One row a case; the newest turn of it holds, whichever message arrives last."""
    told = {name: read.values[name] for name in ("turn", "stands", *names)} | {"sender": sender}
    row, new = rows.get_or_create(case_ref=read.values["case_ref"], defaults=told)
    if not new:
        rows.filter(pk=row.pk, turn__lt=told["turn"]).update(**told)


def collective(read: Read, sender: Sender, at: datetime) -> None:
    """A count. Told again in another letter it is known by its reference; with another number a person must look."""
    told = dict(read.values)
    check(told["count"], is_addition=told["is_addition"])
    _check_region(told["region"])
    earlier = NationalCollective.objects.filter(sender=sender, report_ref=told["report_ref"]).first()
    if earlier is not None and earlier.count == told["count"]:
        raise MessageRefused(
            "collective_already_received", "Samlerapporten er allerede modtaget i en anden meddelelse."
        )
    if earlier is not None:
        raise MessageRefused(
            "collective_differs",
            "Samlerapporten er allerede modtaget med et andet tal. Ret tallet i et tillæg.",
        )
    names = ("report_ref", "sector", "area", "month", "received_month", "is_addition", "count")
    NationalCollective.objects.create(
        message_id=read.message_id,
        sender=sender,
        received_at=at,
        region=told["region"] or "",
        comment=told["comment"] or "",
        forwarded_in_time=told["forwarded_in_time"],
        **{name: told[name] for name in names},
    )


def answer(read: Read, sender: Sender, at: datetime) -> None:
    """An analysis or plan that was asked for; only the authority that was asked can answer."""
    told = read.values
    asked = NationalRequest.objects.filter(ref=told["request_ref"], sender=sender).first()
    if asked is None:
        raise MessageRefused(
            "unknown_request", "Meddelelsen blev afvist: den svarer på noget, der ikke er bedt om."
        )
    NationalAnswer.objects.create(
        request=asked,
        message_id=read.message_id,
        received_at=at,
        text=told["text"],
        document=_document(told["document"], at),
    )
    NationalRequest.objects.filter(pk=asked.pk, answered_at=None).update(answered_at=at)


def publication(read: Read, sender: Sender, at: datetime) -> None:
    """A theme report or annual report."""
    told = read.values
    NationalPublication.objects.create(
        message_id=read.message_id,
        sender=sender,
        received_at=at,
        kind=told["publication"],
        title=told["title"],
        year=told["year"],
        text=told["text"],
        document=_document(told["document"], at),
    )


def _document(content: bytes | None, at: datetime) -> NationalDocument | None:
    if content is None:
        return None
    return NationalDocument.objects.create(
        content_type="application/pdf",
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        added_at=at,
    )


# A new kind of message gets its keys in law/template.py, its rows in records/national/, and its line here.
TAKE: Mapping[str, Callable[[Read, Sender, datetime], None]] = {
    "report": report,
    "rejection": rejection,
    "collective": collective,
    "duplicate": duplicate,
    "answer": answer,
    "publication": publication,
}
