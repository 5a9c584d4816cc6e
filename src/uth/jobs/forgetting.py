"""The book of the forgotten (glemmebogen): a file beside the database, so that a restored backup forgets again.

A line is `time kind mark`; the mark is the report's keyed receipt hash, which names nobody and never returns
to another report, as a number could after a restore. Keep the file on another disk than the database.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from uth.actions.retention import forget_again
from uth.law.actor import SYSTEM
from uth.records.reports import Report
from uth.records.vault import Forgotten

MOST = 500  # rows a query


class Book:
    """The file, and how far the database's list has been written into it."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or settings.UTH_FORGOTTEN_BOOK
        self.told = set(read(self.path))
        self.last = 0

    def write_down(self) -> int:
        """Add what the database has forgotten and the book does not tell yet; returns how many."""
        count = 0
        while rows := list(Forgotten.objects.filter(pk__gt=self.last).order_by("pk")[:MOST]):
            count += self._write(rows)
            self.last = rows[-1].pk
        return count

    def _write(self, rows: list[Forgotten]) -> int:
        reports = Report.objects.filter(pk__in=[row.report for row in rows])
        marks = dict(reports.values_list("pk", "receipt_hash"))
        known = [row for row in rows if row.report in marks]
        new = [row for row in known if (row.what, marks[row.report]) not in self.told]
        lines = [f"{row.at.astimezone(UTC).isoformat()} {row.what} {marks[row.report]}\n" for row in new]
        _append(self.path, lines)
        self.told |= {(row.what, marks[row.report]) for row in new}
        return len(lines)


def read(path: Path) -> list[tuple[str, str]]:
    """(kind, mark) of every whole line; a line cut off by a crash is passed over and written again."""
    if not path.exists():
        return []
    lines = (line.split() for line in path.read_text().splitlines())
    return [(parts[1], parts[2]) for parts in lines if len(parts) == 3 and len(parts[2]) == 64]


def replay(*, at: datetime, path: Path | None = None) -> int:
    """Forget in this database all that the book tells of; returns how much of it stood here."""
    told = read(path or settings.UTH_FORGOTTEN_BOOK)
    numbers: dict[str, int] = {}
    for start in range(0, len(told), MOST):
        marks = [mark for _, mark in told[start : start + MOST]]
        numbers |= dict(Report.objects.filter(receipt_hash__in=marks).values_list("receipt_hash", "pk"))
    here = sorted({(numbers[mark], what) for what, mark in told if mark in numbers})
    return forget_again(by=SYSTEM, at=at, what=here)


def _append(path: Path, lines: list[str]) -> None:
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a") as book:
        if path.stat().st_size and not path.read_bytes().endswith(b"\n"):
            book.write("\n")  # end the line a crash left open
        book.writelines(lines)
        book.flush()
        os.fsync(book.fileno())
