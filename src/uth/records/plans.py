"""Plans asked for (anmodninger) and what an authority publishes (udgivelser), with the documents that go with them."""

from django.db import models

from uth.law.terms import PublicationKind, Wanted
from uth.records.cases import Case
from uth.records.organisations import Organisation, choices
from uth.records.people import User


class Document(models.Model):
    """A PDF that a person has confirmed names nobody; it is meant to leave, so it is not sealed."""

    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"dokument {self.pk}"


class PlanRequest(models.Model):
    """What the national level has asked this authority for. `ref` is the national level's own name for it."""

    ref = models.UUIDField(unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plan_requests")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="plan_requests")
    theme = models.CharField(max_length=200, blank=True)
    wanted = models.CharField(max_length=20, choices=choices(Wanted))
    text = models.TextField()
    due_on = models.DateField()
    received_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"anmodning {self.pk}"


class PlanAnswer(models.Model):
    """What was sent in answer; one request may have several."""

    request = models.ForeignKey(PlanRequest, on_delete=models.PROTECT, related_name="answers")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    message_id = models.UUIDField(unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"svar {self.pk}"


class Publication(models.Model):
    """A theme report or annual report; to publish it is to send it (§ 9, stk. 2)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=20, choices=choices(PublicationKind))
    title = models.CharField(max_length=200)
    year = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    message_id = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return f"udgivelse {self.pk}"
