"""A desk that never rests (skrivebordet): Bo and Carl walk every case to the national level, one real action at a time."""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import django


def main(ledger: Path) -> None:
    """Work until killed; after each forwarding the case's number is written down, on the disk, before going on."""
    django.setup()
    from tests.people import PEOPLE
    from uth.records.people import User

    PEOPLE.update({user.name: user.pk for user in User.objects.all()})
    with ledger.open("a") as book:
        while True:
            for number in _round():
                book.write(f"{number}\n")
                book.flush()
                os.fsync(book.fileno())


def _round() -> list[int]:
    from tests.cases import _assign, _conclude, _forward, approve_all
    from uth.law.terms import State
    from uth.records.cases import Case

    strides = {
        State.RECEIVED: _assign,
        State.IN_PROGRESS: _conclude,
        State.CONCLUDED: approve_all,
        State.APPROVED: _forward,
    }
    forwarded = []
    # By the alphabet: approved, concluded, in_progress, received. The furthest first, or new reports would starve them.
    waiting = list(
        Case.objects.filter(state__in=strides).order_by("state", "pk").values_list("pk", "state")[:20]
    )
    for number, state in waiting:
        strides[State(state)](number, datetime.now(UTC))
        if state == State.APPROVED:
            forwarded.append(number)
    if not waiting:
        time.sleep(0.05)
    return forwarded


if __name__ == "__main__":
    main(Path(sys.argv[1]))
