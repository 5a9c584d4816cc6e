"""Reports (rapporter) as they were given, and the drafts they grow from."""

from datetime import date, timedelta

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
    TreatmentPhase,
)
from uth.records.organisations import Organisation, Place, choices


class Report(models.Model):
    """What the reporter told, never edited after reception (only forgotten)."""

    received_at = models.DateTimeField()
    channel = models.CharField(max_length=10, default="web", help_text="web, api or paper")
    entered_by = models.ForeignKey("records.User", null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=5, default="da")
    submission_key = models.CharField(max_length=64, unique=True, help_text="same key, same report: a retry")
    receipt_hash = models.CharField(max_length=64, unique=True)
    reporter_kind = models.CharField(max_length=20, choices=choices(ReporterKind))
    reporter_category = models.CharField(max_length=20, choices=choices(ReporterCategory), blank=True)
    profession = models.CharField(max_length=100, blank=True)
    role_towards_event = models.CharField(max_length=20, choices=choices(RoleTowardsEvent), blank=True)
    anonymous = models.BooleanField(default=True)
    wants_feedback = models.BooleanField(default=False)
    sector = models.CharField(max_length=30, choices=choices(Sector))
    place_kind = models.CharField(max_length=30, choices=choices(PlaceKind), blank=True)
    event_kind = models.CharField(max_length=30, choices=choices(EventKind))
    treatment_phase = models.CharField(max_length=20, choices=choices(TreatmentPhase), blank=True)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="reports")
    place_text = models.CharField(max_length=300, blank=True)
    municipality = models.CharField(max_length=4, blank=True)
    region = models.SlugField(max_length=80, blank=True)
    transported_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    event_date = models.DateField(null=True)
    event_date_quality = models.CharField(max_length=10, choices=choices(DateQuality))
    event_time = models.TimeField(null=True)
    event_time_quality = models.CharField(
        max_length=10, choices=choices(DateQuality), default=DateQuality.UNKNOWN
    )
    aware_date = models.DateField(null=True)
    headline = models.CharField(max_length=200, blank=True)
    story = models.TextField()
    immediate_action = models.TextField(blank=True)
    prevention = models.TextField(blank=True)
    actual_harm = models.CharField(max_length=20, choices=choices(ActualHarm))
    possible_harm = models.CharField(max_length=20, choices=choices(PossibleHarm), blank=True)
    criterion = models.CharField(max_length=20, choices=choices(DutyCriterion), blank=True)
    forgotten_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"rapport {self.pk}"

    @property
    def day_zero(self) -> date | None:
        """The day that its redacted texts count from."""
        return day_zero(self.event_date, self.event_date_quality)


def day_zero(event: date | None, quality: str) -> date | None:
    """The day of the event, where the reporter is sure of it."""
    return event if quality == DateQuality.KNOWN else None


class InvolvedPlace(models.Model):
    """Another place that had a part in it (involveret lokation)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="involved_places")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT)
    place_text = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=20, help_text="before, after or discovered")

    def __str__(self) -> str:
        return self.role


class Medicine(models.Model):
    """A medicine in the event (lægemiddel)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="medicines")
    name = models.CharField(max_length=200)
    substance = models.CharField(max_length=200, blank=True)
    strength = models.CharField(max_length=100, blank=True)
    route = models.CharField(max_length=100, blank=True)
    atc = models.CharField(max_length=7, blank=True)

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """A medical device in the event (medicinsk udstyr)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="devices")
    kind = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    model = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.kind


class Attachment(models.Model):
    """A file with a report (bilag); the bytes lie outside the web root under a random name."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=12, help_text="clean or quarantined")
    added_at = models.DateTimeField()
    description = models.TextField(
        blank=True,
        help_text="the handler's words for it; redacted and passed on with the story, the file never is",
    )

    def __str__(self) -> str:
        return f"bilag {self.pk}"


# How long after the sending the same browser may see its receipt again: a slip of the hand, not the next at the computer.
RECEIPT_SHOWN_AGAIN = timedelta(minutes=15)


class Draft(models.Model):
    """A report being written (kladde): encrypted under a key only the resume code yields."""

    code_hash = models.CharField(max_length=64, unique=True)
    form = models.CharField(max_length=20, help_text="professional or patient")
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()
    expires_on = models.DateField()

    def __str__(self) -> str:
        return f"kladde {self.pk}"
