"""Guidance written here (egen vejledning): each wording is a row that is added and never changed."""

from collections.abc import Iterable
from datetime import date

from django.db import models

from uth.records.people import User
from uth.records.stamped import stamped


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
    wanted = frozenset(topics)
    return {row.topic: row for row in stamped(_wordings) if row.topic in wanted and row.since <= on}


def _wordings() -> list[GuidanceText]:
    """All of them, oldest first; each was written with a line in the site's audit."""
    return list(GuidanceText.objects.order_by("since", "pk"))
