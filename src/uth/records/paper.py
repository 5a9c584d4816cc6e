"""Paper forms (papirskemaer): printed in numbered batches, each with a code of its own that waits for its report."""

import re

from django.db import models

from uth.records.organisations import Organisation
from uth.records.people import User
from uth.records.reports import Report
from uth.records.sealing import SYLLABLES, keyed_hash

NUMBER = re.compile(r"\s*(\d{1,9})\s*[-–. ]\s*(\d{1,3})\s*[-–. ]?\s*([a-z]{6})\s*", re.IGNORECASE)


PAPER = "paper"  # a report's channel, where it came as a letter


class PaperBatch(models.Model):
    """A batch of blank forms (serie): who printed it, when and how many. Its key is its number."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=20, help_text="professional or patient")
    size = models.PositiveSmallIntegerField()
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"serie {self.pk}"


class PaperForm(models.Model):
    """A blank form: its receipt code's hash, and the report it became. One form, one report."""

    batch = models.ForeignKey(PaperBatch, on_delete=models.CASCADE, related_name="forms")
    number = models.PositiveSmallIntegerField()
    code_hash = models.CharField(max_length=64, unique=True)
    report = models.OneToOneField(Report, null=True, on_delete=models.CASCADE, related_name="paper_form")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_number_a_form")]

    def __str__(self) -> str:
        return f"{self.batch_id}-{self.number:03d}"

    @property
    def printed_number(self) -> str:
        """The number as it stands on the form; the last part makes a slip of the pen miss, not hit another's form."""
        return f"{self}-{_guard(self.batch_id, self.number)}"


def form_with(typed: str) -> PaperForm | None:
    """The form with this printed number, however it was typed."""
    found = NUMBER.fullmatch(typed)
    if found is None:
        return None
    batch, number, guard = int(found[1]), int(found[2]), found[3].lower()
    if guard != _guard(batch, number):
        return None
    return PaperForm.objects.filter(batch=batch, number=number).select_related("batch").first()


def _guard(batch: int, number: int) -> str:
    """Three syllables (15 bits) that follow from the number, and that nobody without the pepper can make up."""
    bits = int(keyed_hash("paper form", f"{batch}-{number}")[:8], 16)
    return "".join(SYLLABLES[(bits >> (5 * i)) & 31] for i in range(3))
