"""Collective reports nationally (samlerapporter): counts by month, area and sector; never a unit, never a row that is an event."""

from django.db import models

from uth.law.terms import Sector, TallyArea, Term
from uth.records.national.reports import Sender


def _choices(term: type[Term]) -> list[tuple[str, str]]:
    return [(str(member), str(member)) for member in term]


class NationalCollective(models.Model):
    """A collective report as the national level keeps it; figures sum `count`."""

    message_id = models.UUIDField(unique=True)
    report_ref = models.UUIDField()
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="collective_reports")
    received_at = models.DateTimeField()
    sector = models.CharField(max_length=30, choices=_choices(Sector))
    area = models.CharField(max_length=30, choices=_choices(TallyArea))
    region = models.SlugField(max_length=80, blank=True)
    month = models.CharField(max_length=7, db_index=True)
    received_month = models.CharField(max_length=7)
    is_addition = models.BooleanField()
    count = models.IntegerField()
    forwarded_in_time = models.BooleanField(null=True)
    comment = models.TextField(blank=True)

    class Meta:
        app_label = "national"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sender", "report_ref"], name="a_collective_once_a_sender")
        ]

    def __str__(self) -> str:
        return f"national samlerapport {self.pk}"
