"""The vault (boksen): who reported, and which patient. Opened only through `queries/access.py` and the worker's post."""

from django.db import models

from uth.records.reports import Report
from uth.records.sealing import keyed_hash, seal, unseal


class ReporterIdentity(models.Model):
    """The reporter's name, e-mail and phone, sealed. Keys: name, email, phone."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="reporter_identity")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"rapportør til rapport {self.report_id}"

    def open(self) -> dict[str, str]:
        return unseal(bytes(self.sealed), context=f"reporter {self.report_id}")


class PatientIdentity(models.Model):
    """The patient's name and CPR, sealed; `subject` lets the access log be searched per data subject."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="patient_identity")
    sealed = models.BinaryField()
    subject = models.CharField(max_length=64, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"patient til rapport {self.report_id}"

    def open(self) -> dict[str, str]:
        return unseal(bytes(self.sealed), context=f"patient {self.report_id}")


class Forgotten(models.Model):
    """What has been forgotten (glemt), so that a restored backup can be made to forget it again."""

    report = models.BigIntegerField(help_text="no foreign key: outlives a restored database")
    what = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "what"], name="forgotten_once")]

    def __str__(self) -> str:
        return f"{self.what} {self.report}"


def subject_of(cpr: str) -> str:
    """The keyed hash that stands for a data subject in the access log."""
    return keyed_hash("subject", "".join(c for c in cpr if c.isalnum()).upper())


def keep_reporter(report: Report, *, name: str, email: str, phone: str) -> None:
    """Put the reporter's contact in the vault."""
    content = {"name": name, "email": email, "phone": phone}
    ReporterIdentity.objects.create(report=report, sealed=seal(content, context=f"reporter {report.pk}"))


def keep_patient(report: Report, *, name: str, cpr: str) -> None:
    """Put the patient's name and CPR in the vault."""
    PatientIdentity.objects.create(
        report=report,
        sealed=seal({"name": name, "cpr": cpr}, context=f"patient {report.pk}"),
        subject=subject_of(cpr) if cpr else "",
    )
