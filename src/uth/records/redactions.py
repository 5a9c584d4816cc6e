"""Redactions (anonymiseringer): per section the findings, the human's decision on each, and the clean text."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from uth.deid.span import Kind, Span, Who
from uth.law.terms import Corrected, Section
from uth.records.cases import Case
from uth.records.organisations import choices
from uth.records.people import User


class Redaction(models.Model):
    """One section's way to clean text. `findings`: list of what `finding_of` makes, offsets in code points."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="redactions")
    section = models.CharField(max_length=20, choices=choices(Section))
    original_digest = models.CharField(max_length=64, help_text="sha256 of the text the findings point into")
    findings = models.JSONField(default=list)
    clean_text = models.TextField(blank=True)
    leaks = models.JSONField(default=list, help_text="what the second look found and a human overruled")
    first_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField(null=True, help_text="where two must approve: when the first did")
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "section"], name="a_redaction_a_section")]

    def __str__(self) -> str:
        return f"{self.section} {self.case_id}"


class Correction(models.Model):
    """What a person put right in one finding, as it was approved; stays in this installation.

    The words are not here: the case holds them, and the offsets point into its section as long as it does. When the
    text is forgotten, the offsets go too (see actions/retention), and what is left is a kind and a day. Nor does it
    say who put it right: it is the machine that is measured.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="corrections")
    section = models.CharField(max_length=20, choices=choices(Section))
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    what = models.CharField(max_length=20, choices=choices(Corrected))
    kind = models.CharField(
        max_length=20, help_text="of identity, as it was approved; what was dismissed: as found"
    )
    proposed = models.CharField(
        max_length=20, blank=True, help_text="the machine's kind, where it was another"
    )
    finder = models.CharField(max_length=200)
    score = models.FloatField()
    profile = models.CharField(max_length=10, help_text="how thoroughly the machine had looked")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start=None, end=None) | models.Q(end__gt=models.F("start")),
                name="a_correction_points_or_not",
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.kind}"


def finding_of(span: Span) -> dict[str, Any]:
    """The span as a row keeps it; the words themselves stand in the text. `kept`: it is hidden.

    A person who changes the kind leaves the machine's word in `proposed`. `who`: the vault's patient or reporter.
    """
    return {
        "start": span.start,
        "end": span.end,
        "kind": str(span.kind),
        "source": span.finder,
        "score": round(span.score, 2),
        "kept": True,
    } | ({"who": str(span.who)} if span.who else {})


def span_of(text: str, finding: Mapping[str, Any]) -> Span:
    """The kept finding as a span of its text; rows from before the score was kept count as sure."""
    start, end = finding["start"], finding["end"]
    who = Who(finding["who"]) if "who" in finding else None
    kind, score = Kind(finding["kind"]), finding.get("score", 1.0)
    return Span(start, end, kind, text[start:end], finding["source"], score, who)


def hidden(text: str, findings: Iterable[Mapping[str, Any]]) -> list[Span]:
    """What is to be hidden of a text, as its findings stand."""
    return [span_of(text, finding) for finding in findings if finding["kept"]]
