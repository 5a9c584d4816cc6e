"""What the national level has asked for, and been sent (anmodninger og udgivelser)."""

from django.db import models

from uth.law.terms import PublicationKind, Term, Wanted
from uth.records.national.reports import Sender


def _choices(term: type[Term]) -> list[tuple[str, str]]:
    return [(str(member), str(member)) for member in term]


class NationalDocument(models.Model):
    """A PDF as it was sent."""

    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    added_at = models.DateTimeField()

    class Meta:
        app_label = "national"

    def __str__(self) -> str:
        return f"dokument {self.pk}"


class NationalRequest(models.Model):
    """An analysis or plan asked of an authority: about one of its cases, or a theme."""

    ref = models.UUIDField(unique=True)
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="requests")
    case_ref = models.UUIDField(null=True)
    theme = models.CharField(max_length=200, blank=True)
    wanted = models.CharField(max_length=20, choices=_choices(Wanted))
    text = models.TextField()
    due_on = models.DateField()
    made_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "national"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"anmodning {self.pk}"


class NationalAnswer(models.Model):
    """What an authority sent in answer."""

    request = models.ForeignKey(NationalRequest, on_delete=models.PROTECT, related_name="answers")
    message_id = models.UUIDField(unique=True)
    received_at = models.DateTimeField()
    text = models.TextField(blank=True)
    document = models.ForeignKey(NationalDocument, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "national"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"svar {self.pk}"


class NationalPublication(models.Model):
    """A theme report or annual report that an authority has published."""

    message_id = models.UUIDField(unique=True)
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="publications")
    received_at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=_choices(PublicationKind))
    title = models.CharField(max_length=200)
    year = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    document = models.ForeignKey(NationalDocument, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "national"
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"udgivelse {self.pk}"
