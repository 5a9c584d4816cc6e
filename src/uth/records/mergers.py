"""Mergers (sammenlægninger): who took whose tasks over here, and every row that moved, so that it can be taken back."""

from django.db import models
from django.db.models import Q

from uth.records.organisations import Organisation


class Merger(models.Model):
    """One run of a merger. Until it is committed it can be undone; only one can be open at a time."""

    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField(help_text="the first day of the successor's tasks")
    made_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(committed_at=None) | Q(undone_at=None), name="a_merger_ends_one_way"
            )
        ]

    def __str__(self) -> str:
        return f"sammenlægning {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be undone."""
        return self.committed_at is None and self.undone_at is None


class MergerMove(models.Model):
    """One row that a merger changed: where it stood, and where it was put."""

    ENDED, CREATED, PART = "ended", "created", "part"
    CASE, COLLECTIVE, BOARD = "case", "collective", "board"

    merger = models.ForeignKey(Merger, on_delete=models.PROTECT, related_name="moves")
    what = models.CharField(max_length=10)
    row = models.BigIntegerField()
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["merger", "what", "row"], name="a_row_moves_once")]

    def __str__(self) -> str:
        return f"{self.what} {self.row}"
