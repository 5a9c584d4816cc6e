"""The verdict (dommen) after the killing: reads both databases as they lie and names everything that is not as it must be."""

import json
import sys
from collections import Counter
from typing import Any

import django


def main() -> None:
    """Facts on standard input, findings as JSON on standard output."""
    django.setup()
    given = json.load(sys.stdin)
    tried = secrets_of(given["tried"], given["report"])
    json.dump(verdict(given["receipts"], tried, given["forwarded"]), sys.stdout)


def verdict(receipts: dict[str, str], tried: list[str], forwarded: list[int]) -> dict[str, Any]:
    """`receipts`: submission -> code, as told to a reporter; `tried`: all submissions; `forwarded`: cases said done."""
    from uth.queries.audit import broken_places

    return {
        "counts": _counts(),
        "wrong": {
            name: numbers[:10]
            for name, numbers in {
                **_reports(receipts, tried),
                **_cases(forwarded),
                "audit chain broken": [f"{b.building} {b.chain}/{b.seq}" for b in broken_places()],
            }.items()
            if numbers
        },
    }


def secrets_of(keys: list[str], report: dict[str, Any]) -> list[str]:
    """What the interface makes of a key and the report that came with it."""
    from uth.api.intake import _submission
    from uth.api.schemas import ReportIn

    given = ReportIn(**report)
    return [_submission(key, given) for key in keys]


def _counts() -> dict[str, int]:
    from uth.law.terms import State
    from uth.records.models import Case, Letter, Report
    from uth.records.national.models import NationalReport

    return {
        "reports": Report.objects.count(),
        "forwarded": Case.objects.filter(state=State.FORWARDED).count(),
        "national": NationalReport.objects.count(),
        "waiting": Letter.objects.filter(kind=Letter.NATIONAL, sent_at=None).count(),
        "retried": Letter.objects.filter(kind=Letter.NATIONAL, attempts__gt=1).count(),
    }


def _reports(receipts: dict[str, str], tried: list[str]) -> dict[str, list[Any]]:
    from uth.records.models import AuditLine, Case, Letter, PatientIdentity, Report, ReporterIdentity
    from uth.records.sealing import keyed_hash, normal_code

    by_receipt = dict(Report.objects.values_list("receipt_hash", "pk"))
    known = {keyed_hash("submission", submission) for submission in tried}
    reports = set(by_receipt.values())
    submitted = Counter(AuditLine.objects.filter(word="report.submitted").values_list("case", flat=True))
    cases = dict(Case.objects.values_list("pk", "report_id"))
    told = Counter(Letter.objects.filter(template="receipt").values_list("case", flat=True))
    patients = set(PatientIdentity.objects.values_list("report_id", flat=True))
    reporters = set(ReporterIdentity.objects.values_list("report_id", flat=True))
    open_ones = set(Case.objects.exclude(state="forwarded").values_list("report_id", flat=True))
    return {
        "a receipt without a report": [
            submission
            for submission, code in receipts.items()
            if keyed_hash("receipt", normal_code(code)) not in by_receipt
        ],
        "a report nobody sent": [
            pk for pk, key in Report.objects.values_list("pk", "submission_key") if key not in known
        ],
        "a report without its one case": sorted(reports ^ set(cases.values())),
        "a case without its one line of reception": [pk for pk in cases if submitted[pk] != 1],
        "a line of reception without a case": sorted(set(submitted) - set(cases)),
        "a reporter without the one notice": [pk for pk in cases if told[pk] != 1],
        "a report without its reporter": sorted(reports - reporters),
        "an open report without its patient": sorted(open_ones - patients),
    }


def _cases(forwarded: list[int]) -> dict[str, list[Any]]:
    from uth.records.models import AuditLine, Case, CaseStep, Letter, PatientIdentity
    from uth.records.national.models import NationalAuditLine, NationalReport

    gone = {c.pk: c for c in Case.objects.filter(state="forwarded").select_related("report")}
    arrived = Counter(str(m) for m in NationalReport.objects.values_list("message_id", flat=True))
    refs = Counter(str(m) for m in NationalReport.objects.values_list("case_ref", flat=True))
    taken_in = Counter(
        detail["message"]
        for detail in NationalAuditLine.objects.filter(word="national.taken_in").values_list(
            "detail", flat=True
        )
    )
    letters = {letter.pk: letter for letter in Letter.objects.filter(kind=Letter.NATIONAL)}
    lines = Counter(AuditLine.objects.filter(word="case.forwarded").values_list("case", flat=True))
    steps = Counter(CaseStep.objects.values_list("case_id", flat=True))
    versions = dict(Case.objects.values_list("pk", "version"))
    patients = set(PatientIdentity.objects.values_list("report__case__pk", flat=True))
    return {
        "said forwarded but is not": sorted(set(forwarded) - set(gone)),
        "forwarded but not once nationally": [
            pk for pk, c in gone.items() if arrived[str(c.message_id)] != 1 or refs[str(c.national_ref)] != 1
        ],
        "nationally but never forwarded": sorted(set(arrived) - {str(c.message_id) for c in gone.values()}),
        "not one national line": [pk for pk, c in gone.items() if taken_in[str(c.message_id)] != 1],
        "forwarded without its letter": [pk for pk, c in gone.items() if c.message_id not in letters],
        "a letter without its case": [str(pk) for pk, letter in letters.items() if letter.case not in gone],
        "not one line of forwarding": [pk for pk in gone if lines[pk] != 1],
        "delivered and not said so": [pk for pk, c in gone.items() if c.delivered_at is None],
        "steps and version differ": [pk for pk, version in versions.items() if version != steps[pk] + 1],
        "a patient kept after forwarding": sorted(patients & set(gone)),
    }


if __name__ == "__main__":
    main()
