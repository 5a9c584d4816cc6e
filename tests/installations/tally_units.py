"""Fifty units' boards in a house of their own (halvtreds tavler): made, and afterwards counted, in a process of its own."""

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import django

HOW_MANY = 50


def make() -> list[dict[str, str]]:
    """Boards of a kommune, each with a screen's token."""
    from tests.tallies import board, screen
    from uth.actions import tallies  # noqa: F401 - the verbs know their models now
    from uth.law.actor import user
    from uth.queries.people import number_of

    kirsten = user(number_of("kirsten@demo.invalid") or 0)
    now = datetime.now(UTC)
    made = []
    for n in range(HOW_MANY):
        unit = board(at=now - timedelta(days=90), name=f"Afsnit {n:02d}", by=kirsten)
        made.append({"id": str(unit.pk), "key": str(unit.key), "token": screen(unit, at=now, by=kirsten)})
    return made


def told() -> dict[str, Any]:
    """What counts on each board; and, the months over being told and carried over, what the national level sums."""
    from django.db.models import Sum

    from uth.actions import collective
    from uth.jobs import letters
    from uth.law.actor import user
    from uth.law.tally import is_over
    from uth.queries import boards
    from uth.queries.people import number_of
    from uth.records.national.models import NationalCollective
    from uth.records.tallies import counted, untold

    kirsten = user(number_of("kirsten@demo.invalid") or 0)
    now = datetime.now(UTC)
    counts: dict[str, int] = {}
    over = 0
    for (board, month, _), n in counted().items():
        counts[str(board)] = counts.get(str(board), 0) + n
        over += n if is_over(month, today=now.date()) else 0
    for board, month in sorted({(b, m) for b, m, _ in untold() if is_over(m, today=now.date())}):
        left = dict(boards.month(board, month, by=kirsten, at=now).left)
        collective.submit(board, month, seen=left, learning={}, by=kirsten, at=now)
    collective.forward_wordless(by=kirsten, at=now)
    letters.deliver_counts_here(at=now)
    summed = NationalCollective.objects.aggregate(n=Sum("count"))["n"] or 0
    return {"counts": counts, "over": over, "national": summed}


if __name__ == "__main__":
    django.setup()
    json.dump({"make": make, "told": told}[sys.argv[1]](), sys.stdout)
