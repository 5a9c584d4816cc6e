"""Drafts (kladder): a report being written, kept under a key that only its resume code yields."""

import json
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from uth.actions import attachments
from uth.actions.intake import AttachmentAnswer
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor
from uth.law.clock import danish_day
from uth.law.rulebook import rule
from uth.law.text import tidy
from uth.records import shelf
from uth.records.reports import RECEIPT_SHOWN_AGAIN, Draft
from uth.records.sealing import key_from_code, keyed_hash, new_code, normal_code, seal, unseal

MOST = 300_000  # characters in a draft, typed and all: twenty times the longest story we take

type Told = Mapping[str, Sequence[str]]


class TooLarge(Exception):
    """The draft cannot hold this much; the message is the Danish sentence to show."""

    def __init__(self) -> None:
        super().__init__(
            "Teksten er for lang til at blive gemt i kladden. Den står kun her på siden. "
            "Kopiér den til et dokument, før du lukker siden, og forkort den."
        )


class NoDraft(Exception):
    """There is no draft with that code."""


@recorded
def begin(log: Log, form: str, told: Told, *, steps: Sequence[str] = (), by: Actor, at: datetime) -> str:
    """Keep the first answers under a new code; returns the code, which we do not keep."""
    code = new_code()
    draft = Draft(code_hash=_hash(code), form=form)
    content: dict[str, Any] = {"told": {}, "done": [], "sent": False, "files": []}
    content["submission"] = secrets.token_urlsafe(24)
    _add(content, told, steps)
    _write(draft, content, code, at=at)
    log("draft.begun", form=form)
    return code


def keep(code: str, told: Told, *, steps: Sequence[str] = (), at: datetime) -> None:
    """Add answers to a draft; `steps` are marked as done. No act on a record yet, so no audit line."""
    with transaction.atomic():
        draft, content = _locked(code)
        if content["sent"]:
            return
        _add(content, told, steps)
        _write(draft, content, code, at=at)


def mark_sent(code: str, *, at: datetime) -> None:
    """The report is ours now: of the draft only what shows the receipt again is left, for a moment."""
    with transaction.atomic():
        draft, content = _locked(code)
        _take_off_the_shelf(content)
        content |= {"told": {}, "done": [], "sent": True, "files": []}
        _write(draft, content, code, at=at)
        Draft.objects.filter(pk=draft.pk).update(expires_on=danish_day(at + RECEIPT_SHOWN_AGAIN))


@recorded
def discard(log: Log, code: str, *, by: Actor, at: datetime) -> None:
    """Delete a draft; one that is gone already stays gone."""
    gone = 0
    with suppress(NoDraft):
        draft, content = _locked(code)
        _take_off_the_shelf(content)
        gone, _ = Draft.objects.filter(pk=draft.pk).delete()
    log("draft.discarded", count=gone)


def keep_file(code: str, name: str, content: bytes, *, at: datetime) -> None:
    """Add a file to a draft, sealed under the draft's own key. Raises NotAccepted with the sentence to show."""
    draft, held = _locked_now(code)
    accepted = attachments.accept(name, content, already=len(held["files"]))
    stored_as = shelf.put(accepted.content, key=key_from_code(code), prefix=f"{attachments.DRAFT}{draft.pk}-")
    try:
        with transaction.atomic():
            draft, held = _locked(code)
            attachments.room_for_one(len(held["files"]))
            held["files"].append(
                {
                    "name": accepted.name,
                    "content_type": accepted.content_type,
                    "size": len(accepted.content),
                    "stored_as": stored_as,
                }
            )
            _write(draft, held, code, at=at)
    except BaseException:
        shelf.drop(stored_as)
        raise


def drop_file(code: str, stored_as: str, *, at: datetime) -> None:
    """Take a file out of a draft; one that is gone already stays gone."""
    with transaction.atomic():
        draft, content = _locked(code)
        gone = [file for file in content["files"] if file["stored_as"] == stored_as]
        _take_off_the_shelf({"files": gone})
        content["files"] = [file for file in content["files"] if file["stored_as"] != stored_as]
        _write(draft, content, code, at=at)


def attached(code: str) -> tuple[AttachmentAnswer, ...]:
    """The draft's files, opened, as the report takes them."""
    _, content = _locked_now(code)
    key = key_from_code(code)
    return tuple(
        AttachmentAnswer(file["name"], file["content_type"], shelf.get(file["stored_as"], key=key))
        for file in content["files"]
    )


def _take_off_the_shelf(content: dict[str, Any]) -> None:
    """Only once it is certain: a rolled back draft still has its files."""
    for file in content["files"]:
        transaction.on_commit(partial(shelf.drop, file["stored_as"]))


def _add(content: dict[str, Any], told: Told, steps: Sequence[str]) -> None:
    content["told"] |= {name: [tidy(text) for text in texts] for name, texts in told.items()}
    content["done"] += [step for step in steps if step not in content["done"]]


def _write(draft: Draft, content: dict[str, Any], code: str, *, at: datetime) -> None:
    if len(json.dumps(content, ensure_ascii=False)) > MOST:
        raise TooLarge
    today = danish_day(at)
    draft.sealed = seal(content, context=f"draft {draft.code_hash}", key=key_from_code(code))
    draft.saved_at = at
    draft.expires_on = today + timedelta(days=rule("draft_days", on=today).number)
    draft.save()


def _locked(code: str) -> tuple[Draft, dict[str, Any]]:
    draft = Draft.objects.select_for_update().filter(code_hash=_hash(code)).first()
    if draft is None:
        raise NoDraft
    content = unseal(bytes(draft.sealed), context=f"draft {draft.code_hash}", key=key_from_code(code))
    content.setdefault("files", [])
    return draft, content


def _locked_now(code: str) -> tuple[Draft, dict[str, Any]]:
    with transaction.atomic():
        return _locked(code)


def _hash(code: str) -> str:
    return keyed_hash("draft", normal_code(code))
