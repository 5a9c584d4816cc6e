"""Drafts (kladder): what a resume code opens."""

from dataclasses import dataclass, field
from datetime import date, datetime

from uth.law.clock import danish_day
from uth.records.reports import RECEIPT_SHOWN_AGAIN, Draft
from uth.records.sealing import key_from_code, keyed_hash, normal_code, unseal


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file of a draft: what it is called, and its name on the shelf."""

    name: str = field(repr=False)
    content_type: str
    size: int
    stored_as: str


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft with its seal opened: what was typed, field by field, and which steps are done."""

    form: str
    told: dict[str, list[str]] = field(repr=False)
    done: tuple[str, ...]
    submission: str = field(repr=False)
    sent: bool
    saved_at: datetime
    expires_on: date
    files: tuple[DraftFile, ...] = ()


def by_code(code: str, *, at: datetime) -> OpenDraft | None:
    """The draft behind a resume code, unless there is none or its time is out; a sent one is there for a moment more."""
    normal = normal_code(code)
    row = Draft.objects.filter(code_hash=keyed_hash("draft", normal), expires_on__gte=danish_day(at)).first()
    if row is None:
        return None
    content = unseal(bytes(row.sealed), context=f"draft {row.code_hash}", key=key_from_code(normal))
    if content["sent"] and at - row.saved_at > RECEIPT_SHOWN_AGAIN:
        return None
    return OpenDraft(
        form=row.form,
        told=content["told"],
        done=tuple(content["done"]),
        submission=content["submission"],
        sent=content["sent"],
        saved_at=row.saved_at,
        expires_on=row.expires_on,
        files=tuple(DraftFile(**file) for file in content.get("files", ())),
    )
