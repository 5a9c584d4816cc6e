"""Three plain tables (tre tabeller): what one would begin with for a report, its case and its line in a log."""

from django.db import models


class Report(models.Model):
    """Nine columns; ours has thirty."""

    received_at = models.DateTimeField()
    key = models.CharField(max_length=64, unique=True)
    sector = models.CharField(max_length=30)
    kind = models.CharField(max_length=20)
    place = models.CharField(max_length=80)
    actual_harm = models.CharField(max_length=20)
    possible_harm = models.CharField(max_length=20)
    headline = models.CharField(max_length=200)
    story = models.TextField()


class Case(models.Model):
    """Its case."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT)
    state = models.CharField(max_length=20)
    received_on = models.DateField()
    forward_by = models.DateField(db_index=True)


class Line(models.Model):
    """Its line in a log."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    at = models.DateTimeField()
    word = models.CharField(max_length=60)
