"""Guidance written here (egen vejledning): each wording is a row that is added and never changed."""

from collections.abc import Iterable
from datetime import date

from django.db import models

from uth.records.people import User


class GuidanceText(models.Model):
    """A topic's wording from a day; an empty text brings back the one we ship. Append-only by trigger."""

    topic = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    since = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["topic", "since", "id"], name="guidance_topic")]

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"


def in_force(topics: Iterable[str], *, on: date) -> dict[str, GuidanceText]:
    """Each topic's newest wording among those whose day has come; none where nobody has written any."""
    rows = GuidanceText.objects.filter(topic__in=list(topics), since__lte=on).order_by("since", "pk")
    return {row.topic: row for row in rows}
