"""What is counted without a text (optælling): rejected reports, and further reports of an event."""

from django.db import models

from uth.law.terms import RejectionReason, Sector, Term
from uth.records.national.reports import Sender


def _choices(term: type[Term]) -> list[tuple[str, str]]:
    return [(str(member), str(member)) for member in term]


class NationalRejection(models.Model):
    """That a report was rejected, and why in one word. `turn`: the newest message about the case holds."""

    case_ref = models.UUIDField(unique=True)
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="rejections")
    turn = models.PositiveIntegerField()
    stands = models.BooleanField(help_text="false once the case was reopened: it is counted no more")
    reason = models.CharField(max_length=20, choices=_choices(RejectionReason))
    sector = models.CharField(max_length=30, choices=_choices(Sector))
    received_month = models.CharField(max_length=7)

    class Meta:
        app_label = "national"
        indexes = [models.Index(fields=["received_month", "reason"], name="rejections_counted")]

    def __str__(self) -> str:
        return f"afvisning {self.pk}"


class NationalDuplicate(models.Model):
    """One more report of an event that has a report of its own: the event is counted once, its reports are told."""

    case_ref = models.UUIDField(unique=True)
    event_ref = models.UUIDField(db_index=True)
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="duplicates")
    turn = models.PositiveIntegerField()
    stands = models.BooleanField()

    class Meta:
        app_label = "national"

    def __str__(self) -> str:
        return f"dublet {self.pk}"
