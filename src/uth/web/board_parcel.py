"""What a board's script sends (tavlens pakke): JSON read into the action's own entries, or refused as a whole."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from uth.actions.tallies import NoteEntry, Parcel, TapEntry, WithdrawalEntry
from uth.law.terms import TallyArea, Withdrawal

MOST = 500


class Unreadable(ValueError):
    """This is no parcel."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A parcel and the board it was made on: a screen that was moved must not bring another unit's taps along."""

    board: str
    parcel: Parcel


def read(body: bytes) -> Sent:
    """The parcel in these bytes. Raises Unreadable."""
    try:
        told = json.loads(body)
        return Sent(
            board=str(told["board"]),
            parcel=Parcel(
                taps=[_tap(each) for each in _some(told.get("taps"))],
                withdrawals=[_withdrawal(each) for each in _some(told.get("withdrawals"))],
                notes=[_note(each) for each in _some(told.get("notes"))],
                sent_at=_moment(told["sent_at"]),
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as wrong:
        raise Unreadable from wrong


def _some(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list) or len(value) > MOST:
        raise Unreadable
    return value


def _tap(told: Any) -> TapEntry:
    return TapEntry(uuid.UUID(told["number"]), TallyArea(told["area"]), _moment(told["happened_at"]))


def _withdrawal(told: Any) -> WithdrawalEntry:
    return WithdrawalEntry(uuid.UUID(told["number"]), Withdrawal(told.get("why", "undone")))


def _note(told: Any) -> NoteEntry:
    return NoteEntry(uuid.UUID(told["number"]), str(told["text"])[:2_000])


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise Unreadable
    return moment
