"""National reports (nationale rapporter): facts and clean text, and who may send them. No identity lives here."""

from django.db import models

from uth.law.terms import (
    ActualHarm,
    DateQuality,
    DutyCriterion,
    EventKind,
    PlaceKind,
    PossibleHarm,
    ReporterCategory,
    ReporterKind,
    RoleTowardsEvent,
    Sector,
    Severity,
    Term,
    TreatmentPhase,
)
from uth.records.audit import Head, Line


def _choices(term: type[Term]) -> list[tuple[str, str]]:
    return [(str(member), str(member)) for member in term]


class Sender(models.Model):
    """An authority that may send to the national level (afsender)."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        app_label = "national"

    def __str__(self) -> str:
        return self.key


class SenderKey(models.Model):
    """A sender's Ed25519 public key; two may overlap while the sender changes key."""

    sender = models.ForeignKey(Sender, on_delete=models.CASCADE, related_name="keys")
    key_id = models.CharField(max_length=64)
    public_key = models.CharField(max_length=64, help_text="32 raw bytes in base64")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        app_label = "national"
        constraints = [models.UniqueConstraint(fields=["sender", "key_id"], name="a_key_id_a_sender")]

    def __str__(self) -> str:
        return self.key_id


class ReceivedMessage(models.Model):
    """A message of any kind that was taken in: once, and never with another content under the same id."""

    message_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20)
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="received")
    received_at = models.DateTimeField()
    digest = models.CharField(max_length=64, help_text="sha256 of the canonical message")

    class Meta:
        app_label = "national"

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class NationalReport(models.Model):
    """A report as the national level keeps it."""

    message_id = models.UUIDField(unique=True)
    case_ref = models.UUIDField()
    sender = models.ForeignKey(Sender, on_delete=models.PROTECT, related_name="reports")
    received_at = models.DateTimeField()
    schema_version = models.PositiveIntegerField()
    sector = models.CharField(max_length=30, choices=_choices(Sector))
    place_kind = models.CharField(max_length=30, choices=_choices(PlaceKind), blank=True)
    region = models.SlugField(max_length=80, blank=True)
    event_month = models.CharField(max_length=7, blank=True)
    date_quality = models.CharField(max_length=10, choices=_choices(DateQuality))
    received_month = models.CharField(max_length=7)
    reporter_kind = models.CharField(max_length=20, choices=_choices(ReporterKind))
    reporter_category = models.CharField(max_length=20, choices=_choices(ReporterCategory), blank=True)
    role_towards_event = models.CharField(max_length=20, choices=_choices(RoleTowardsEvent), blank=True)
    event = models.CharField(max_length=30, choices=_choices(EventKind))
    treatment_phase = models.CharField(max_length=20, choices=_choices(TreatmentPhase), blank=True)
    actual_harm = models.CharField(max_length=20, choices=_choices(ActualHarm))
    possible_harm = models.CharField(max_length=20, choices=_choices(PossibleHarm), blank=True)
    severity = models.CharField(max_length=20, choices=_choices(Severity))
    criterion = models.CharField(max_length=20, choices=_choices(DutyCriterion), blank=True)
    forwarded_in_time = models.BooleanField(null=True)
    atc_codes = models.JSONField(default=list)
    device_codes = models.JSONField(default=list)
    taxonomy_version = models.CharField(max_length=20, blank=True)
    headline = models.TextField(blank=True)
    story = models.TextField()
    prevention = models.TextField(blank=True)
    products = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    learning = models.TextField(blank=True)

    class Meta:
        app_label = "national"
        ordering = ["-received_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["sender", "case_ref"], name="a_case_once_a_sender")]
        indexes = [models.Index(fields=["-received_at", "-id"], name="national_newest")]

    def __str__(self) -> str:
        return f"national rapport {self.pk}"


class NationalCode(models.Model):
    """One type of a national report (klassifikation)."""

    report = models.ForeignKey(NationalReport, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=80, db_index=True)

    class Meta:
        app_label = "national"

    def __str__(self) -> str:
        return self.code


class NationalAuditLine(Line):
    """The national building's audit."""

    class Meta:
        app_label = "national"
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="national_audit_place")]


class NationalAuditHead(Head):
    """Ends of the national chains."""

    class Meta:
        app_label = "national"
