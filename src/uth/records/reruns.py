"""Reruns (genkørsler): a newer engine reads the cases again; which it has read, and what it found in approved texts."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from uth.law.terms import State
from uth.records.cases import Case
from uth.records.redactions import Redaction

APPROVED = frozenset({State.APPROVED, State.FORWARDED})


class Rerun(models.Model):
    """One reading of all cases; it has a place to go on from until it is finished."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"genkørsel {self.pk}"


class Reread(models.Model):
    """One case of it. `found`: how many of each kind the engine finds in a text that was approved."""

    rerun = models.ForeignKey(Rerun, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    found = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rerun", "case"], name="a_case_once_a_rerun")]

    def __str__(self) -> str:
        return f"genkørsel {self.rerun_id} af {self.case_id}"


def to_read() -> QuerySet[Case]:
    """Cases with a redaction that nobody has approved yet, and those whose texts were approved."""
    rows = Redaction.objects.filter(case=OuterRef("pk"))
    waiting = Q(Exists(rows.filter(approved_at__isnull=True)), state=State.CONCLUDED)
    approved = Q(Exists(rows.filter(approved_at__isnull=False)), state__in=APPROVED)
    return Case.objects.filter(waiting | approved)


def left_of(rerun: int) -> QuerySet[Case]:
    """Those the rerun has not read yet, oldest first."""
    return to_read().exclude(Exists(Reread.objects.filter(rerun=rerun, case=OuterRef("pk")))).order_by("pk")
