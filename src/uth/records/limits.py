"""Intake limits (grænser for indberetning): counts per rotating salted hash, never an address."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

from uth.records.writing import writing


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
