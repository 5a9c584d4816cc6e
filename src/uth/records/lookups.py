"""Look-ups in the patient's record (journalopslag): who may, by whose leave and why, and when it was done. Append-only while they are kept."""

from datetime import datetime

from django.db import models

from uth.records.cases import Case
from uth.records.organisations import Organisation
from uth.records.people import User


class LookupPermission(models.Model):
    """The management's leave for one person to fetch what the analysis of one case needs (SUL § 198, stk. 3)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="lookup_permissions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=200)
    permitted_by = models.CharField(max_length=200)
    permitted_on = models.DateField()
    necessity = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["organisation", "permitted_on"], name="lookup_permission_period")]

    def __str__(self) -> str:
        return f"tilladelse {self.pk}"


class RecordLookup(models.Model):
    """One look-up under a permission: when, in which system, and how that system's log shows what it was for."""

    permission = models.ForeignKey(LookupPermission, on_delete=models.PROTECT, related_name="lookups")
    looked_up_at = models.DateTimeField()
    system = models.CharField(max_length=100)
    trace = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"opslag {self.pk}"


class LookupsLetGo(models.Model):
    """How far back the lists reach now; the database lets only what was written before that go."""

    kept_from = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"gemt fra {self.kept_from:%Y-%m-%d}"


def let_go(*, before: datetime) -> int:
    """Let look-ups written before that go, and permissions that no look-up kept rests on; returns how many rows."""
    old = RecordLookup.objects.filter(at__lt=before)
    loose = LookupPermission.objects.filter(at__lt=before).exclude(lookups__at__gte=before)
    if not old.exists() and not loose.exists():
        return 0
    LookupsLetGo.objects.create(kept_from=before)
    return old.delete()[0] + loose.delete()[0]
