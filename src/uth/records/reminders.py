"""Reminders (påmindelser): that somebody was told of a case's deadline, once for each mark of the clock."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q

from uth.law.procedure import OPEN
from uth.records.cases import Case


class Reminder(models.Model):
    """One case at one mark. `told` counts the people; 0 where a later mark was reached before anybody looked."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reminders")
    mark = models.SmallIntegerField(help_text="days left; below zero, days after the deadline")
    told = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "mark"], name="a_mark_once_a_case")]

    def __str__(self) -> str:
        return f"påmindelse {self.case_id} {self.mark}"


def due(marks: Sequence[int], *, today: date, most: int) -> list[int]:
    """Open cases that stand at a mark nobody has been told of, the most urgent first."""
    wanted, after = Q(pk__in=[]), date.min
    for mark in sorted(marks):
        last = today + timedelta(days=mark)
        untold = ~Exists(Reminder.objects.filter(case=OuterRef("pk"), mark=mark))
        wanted |= Q(Q(forward_by__gt=after, forward_by__lte=last), untold)
        after = last
    rows = Case.objects.filter(wanted, state__in=OPEN).order_by("forward_by", "pk")
    return list(rows.values_list("pk", flat=True)[:most])
