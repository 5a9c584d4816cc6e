"""Intake limits (grænser for indberetning): counts per rotating salted hash, never an address."""

from django.db import models


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
