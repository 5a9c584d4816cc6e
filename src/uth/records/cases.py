"""Cases (sager): one a report, moved only by steps that are appended and never changed."""

from datetime import datetime
from typing import Self

from django.db import models

from uth.law.terms import Act, ActualHarm, DutyCriterion, PossibleHarm, RejectionReason, Role, Severity, State
from uth.records.organisations import Organisation, choices
from uth.records.people import User
from uth.records.reports import Report


class CaseQuerySet(models.QuerySet["Case"]):
    """Ways to ask for cases."""

    def below(self, paths: list[str]) -> Self:
        """Cases held by the organisations with these paths or by any part of them."""
        return self.filter(organisation__in=Organisation.below(paths))

    def lock(self, case_id: int) -> "Case":
        """The case, locked until the transaction ends. Raises Case.DoesNotExist."""
        return self.select_for_update(of=("self",)).select_related("report", "organisation").get(pk=case_id)


class Case(models.Model):
    """What an authority does about a report."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="case")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    handler = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="cases")
    state = models.CharField(max_length=20, choices=choices(State), default=State.RECEIVED)
    version = models.PositiveIntegerField(default=1, help_text="counts up with every step")
    received_on = models.DateField()
    forward_by = models.DateField()
    routed_rule = models.CharField(max_length=10)
    routed_paragraph = models.CharField(max_length=120)
    routed_explanation = models.CharField(max_length=500)
    actual_harm = models.CharField(max_length=20, choices=choices(ActualHarm))
    possible_harm = models.CharField(max_length=20, choices=choices(PossibleHarm), blank=True)
    severity = models.CharField(max_length=20, choices=choices(Severity), blank=True)
    criterion = models.CharField(max_length=20, choices=choices(DutyCriterion), blank=True)
    conclusion = models.TextField(blank=True)
    learning = models.TextField(blank=True)
    national_ref = models.UUIDField(null=True, unique=True)
    message_id = models.UUIDField(null=True, unique=True)
    forwarded_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    dialogue_closed_at = models.DateTimeField(null=True)
    same_event_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="duplicates")

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "forward_by", "id"], name="case_inbox"),
            models.Index(fields=["handler", "state", "forward_by"], name="case_mine"),
            models.Index(fields=["state", "forward_by", "id"], name="case_due"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number people use: year of reception and a running number."""
        return f"{self.received_on:%Y}-{self.pk:06d}"

    def enter(
        self,
        to: State,
        *,
        act: Act,
        at: datetime,
        by: User | None,
        role: Role,
        reason: str = "",
        reason_code: str = "",
        came_from: State | None = None,
        from_organisation: Organisation | None = None,
    ) -> "CaseStep":
        """Append the step and let the column follow it; saves the whole case."""
        step = CaseStep.objects.create(
            case=self,
            at=at,
            by=by,
            role=role,
            act=act,
            came_from=came_from or self.state,
            went_to=to,
            reason=reason,
            reason_code=reason_code,
            from_organisation=from_organisation or self.organisation,
            to_organisation=self.organisation,
        )
        self.state = to
        self.version += 1
        self.save()
        return step


class CaseStep(models.Model):
    """One step of the procedure; append-only by trigger."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=choices(Role))
    act = models.CharField(max_length=20, choices=choices(Act))
    came_from = models.CharField(max_length=20, choices=choices(State))
    went_to = models.CharField(max_length=20, choices=choices(State))
    reason = models.TextField(blank=True)
    reason_code = models.CharField(max_length=20, choices=choices(RejectionReason), blank=True)
    from_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.case_id}"


class Classification(models.Model):
    """One of the case's types (hovedgruppe, problem, proces); several are normal."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="classifications")
    code = models.CharField(max_length=80)
    taxonomy = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="a_code_once_a_case")]

    def __str__(self) -> str:
        return self.code


class Note(models.Model):
    """A private note (internt notat) of the desk."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"notat {self.pk}"


class DialogueMessage(models.Model):
    """A word between desk and reporter (dialog). `by` is empty for the reporter's own."""

    QUESTION, REPLY, ANSWER = "question", "reply", "answer"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dialogue")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
