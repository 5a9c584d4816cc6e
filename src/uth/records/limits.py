"""Intake limits (grænser for indberetning): counts per rotating salted hash, never an address."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, models

from uth.records.writing import writing

PAUSE = timedelta(seconds=1)


class RateMark(models.Model):
    """How much came from one hashed origin in one window; the salt turns hourly and old marks are deleted."""

    bucket = models.CharField(max_length=64)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bucket", "window"], name="one_mark_a_window")]

    def __str__(self) -> str:
        return f"{self.window}"


type Counts = list[tuple[str, datetime, int, int]]


def read(bucket: str, crowd: str, minute: datetime) -> Counts:
    """(bucket, window, count, bytes): all there is of one bucket, and the crowd's minute.

    What is written down grows once a second at most, and so it is asked for no more often than that.
    """
    known = waiting.known((bucket, minute))
    return known if known is not None else waiting.learn((bucket, minute), _read(bucket, crowd, minute))


def _read(bucket: str, crowd: str, minute: datetime) -> Counts:
    table = RateMark._meta.db_table
    moment = connection.ops.adapt_datetimefield_value(minute)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT bucket, CASE WHEN "window" = %s THEN 1 ELSE 0 END, count, bytes FROM {table}'  # noqa: S608
            ' WHERE bucket = %s OR (bucket = %s AND "window" = %s)',
            [moment, bucket, crowd, moment],
        )
        epoch = minute - timedelta(minutes=1)
        return [(b, minute if now else epoch, number, size) for b, now, number, size in cursor.fetchall()]


@contextmanager
def in_passing() -> Iterator[None]:
    """A transaction that does not wait for the disk: counts may be lost with the power, reports never."""
    outside = not connection.in_atomic_block
    lite = connection.vendor == "sqlite"
    if outside and lite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")
    try:
        with writing("default"):
            if outside and not lite:
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit TO off")
            yield
    finally:
        if outside and lite:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA synchronous=FULL")


class Waiting:
    """Counts that are not written down yet: once a second they are, many at a time, so that a report waits for none."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sums: dict[tuple[str, datetime], tuple[int, int]] = {}
        self._read: dict[tuple[str, datetime], Counts] = {}
        self._written: datetime | None = None

    def add(self, bucket: str, window: datetime, size: int) -> None:
        """One more."""
        with self._lock:
            count, so_far = self._sums.get((bucket, window), (0, 0))
            self._sums[bucket, window] = (count + 1, so_far + size)

    def known(self, mark: tuple[str, datetime]) -> Counts | None:
        """What was read of this mark since counts were last written down."""
        return self._read.get(mark)

    def learn(self, mark: tuple[str, datetime], counts: Counts) -> Counts:
        """Keep what was read until counts are next written down."""
        with self._lock:
            self._read[mark] = counts
        return counts

    def of(self, bucket: str, window: datetime) -> tuple[int, int]:
        """Count and bytes that wait for this mark."""
        return self._sums.get((bucket, window), (0, 0))

    def take(self, *, at: datetime) -> dict[tuple[str, datetime], tuple[int, int]]:
        """Everything, to be written now; nothing if that was done within the second."""
        with self._lock:
            if self._written is not None and timedelta() <= at - self._written < PAUSE:
                return {}
            self._written, taken, self._sums, self._read = at, self._sums, {}, {}
            return taken

    def forget(self) -> None:
        """Let go of everything; for tests."""
        with self._lock:
            self._sums, self._read, self._written = {}, {}, None


waiting = Waiting()
