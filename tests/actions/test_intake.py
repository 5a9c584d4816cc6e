"""Intake (rapportering): once a submission, the lawful recipient, and nothing half-written when it is refused."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from tests.cases import answers, new_submission, reported
from tests.people import ANNA

from uth.actions import intake
from uth.law.terms import EventKind, PlaceKind, ReporterKind, Sector
from uth.records.models import AuditLine, Case, Letter, PatientIdentity, Report, ReporterIdentity

pytestmark = pytest.mark.django_db


def counted() -> tuple[int, ...]:
    return tuple(
        m.objects.count() for m in (Report, Case, AuditLine, Letter, ReporterIdentity, PatientIdentity)
    )


def test_sending_twice_makes_one_report_and_the_same_code(now: datetime) -> None:
    submission = new_submission()
    first = intake.submit(answers(), submission=submission, by=ANNA, at=now)
    before = counted()
    again = intake.submit(answers(story="En anden tekst"), submission=submission, by=ANNA, at=now)
    assert (again.code, again.case_id, again.repeated) == (first.code, first.case_id, True)
    assert counted() == before


def test_the_code_stands_nowhere_in_the_database(now: datetime) -> None:
    submission = new_submission()
    code = intake.submit(answers(), submission=submission, by=ANNA, at=now).code
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = str(cursor.fetchall())
            assert code not in rows, table
            assert submission not in rows, table


REFUSED = {
    "story": {"story": " \n\t\x00 "},
    "event_date": {"event_date": date(2031, 1, 1)},
    "aware_date": {"event_date": date(2026, 3, 2), "aware_date": date(2026, 3, 1)},
    "patient_cpr": {"patient_cpr": "123"},
    "reporter_email": {"reporter_email": "anna.opdigtet"},
    "place": {"place": "atlantis"},
    "headline": {"headline": "x" * 201},
}


@pytest.mark.parametrize("field", REFUSED)
def test_a_refused_report_is_told_why_and_leaves_nothing(field: str, now: datetime) -> None:
    before = counted()
    with pytest.raises(intake.Refused) as refusal:
        intake.submit(answers(**REFUSED[field]), submission=new_submission(), by=ANNA, at=now)
    assert refusal.value.problems[field].endswith((".", "»Ved ikke«."))
    assert counted() == before


ROWS = {
    "medicines": {"medicines": (intake.MedicineAnswer("x" * 201),)},
    "devices": {"devices": (intake.DeviceAnswer("pumpe", model="x" * 201),)},
    "involved": {"involved": (intake.InvolvedAnswer("before"),) * 21},
}


@pytest.mark.parametrize("field", ROWS)
def test_a_row_that_no_database_would_hold_is_refused_in_a_sentence(field: str, now: datetime) -> None:
    before = counted()
    with pytest.raises(intake.Refused) as refusal:
        intake.submit(answers(**ROWS[field]), submission=new_submission(), by=ANNA, at=now)
    assert refusal.value.problems[field].endswith("beretningen.")
    assert counted() == before


def test_a_megabyte_of_text_is_refused_in_a_sentence(now: datetime) -> None:
    with pytest.raises(intake.Refused) as refusal:
        intake.submit(answers(story="å" * 1_000_000), submission=new_submission(), by=ANNA, at=now)
    assert "15.000 tegn" in refusal.value.problems["story"]


@pytest.mark.parametrize("story", ["Faldt 🚑 i gangen", "\u202eבדיקה\u202c omvendt", "a\x00b", "\ud800 løs"])
def test_strange_signs_are_taken_in_and_tidied(story: str, now: datetime) -> None:
    case, _ = reported(at=now, story=story)
    assert "\x00" not in case.report.story
    assert "\u202e" not in case.report.story


def test_a_cpr_number_need_not_pass_the_old_check_sum() -> None:
    assert intake.is_cpr("0201919996")
    assert intake.is_cpr("6201919996")
    assert not intake.is_cpr("0213919996")
    assert not intake.is_cpr("٠٢٠١٩١٩٩٩٦")


ROUTES = [
    ({"place": "birkelsoe-med"}, "DK-84", "R16"),
    ({"place": "", "sector": Sector.MUNICIPAL, "municipality": "0461"}, "0461", "R15"),
    ({"place": "", "sector": Sector.PHARMACY, "municipality": "0751"}, "DK-82", "R12"),
    ({"place": "priv-solhverv", "sector": Sector.PRIVATE_HOSPITAL}, "priv-solhverv", "R14"),
    (
        {
            "place": "",
            "sector": Sector.PREHOSPITAL,
            "event_kind": EventKind.TRANSPORT,
            "transported_by": "DK-81",
        },
        "DK-81",
        "R13",
    ),
    (
        {
            "place": "birkelsoe-med",
            "event_kind": EventKind.HOSPITAL_TRANSFER,
            "transported_by": "DK-83",
        },
        "DK-83",
        "R13",
    ),
    ({"place": "", "sector": Sector.UNKNOWN}, "DK-84", "FIND"),
    (
        {
            "place": "",
            "sector": Sector.UNKNOWN,
            "place_kind": PlaceKind.CITIZENS_HOME,
            "municipality": "0461",
        },
        "0461",
        "R15",
    ),
    (
        {
            "place": "",
            "sector": Sector.UNKNOWN,
            "place_kind": PlaceKind.ASYLUM_CENTRE,
            "municipality": "0751",
        },
        "DK-82",
        "EXEMPT",
    ),
    ({"place": "", "sector": Sector.UNKNOWN, "place_kind": PlaceKind.PRISON}, "DK-84", "EXEMPT"),
]


@pytest.mark.parametrize(
    "kind", [ReporterKind.PROFESSIONAL, ReporterKind.PATIENT, ReporterKind.RELATIVE, ReporterKind.OTHER]
)
@pytest.mark.parametrize(("told", "authority", "rule"), ROUTES)
def test_par5_1_the_report_goes_where_the_paragraph_says_whoever_reports(
    told: dict[str, object], authority: str, rule: str, kind: ReporterKind, now: datetime
) -> None:
    case, _ = reported(at=now, reporter_kind=kind, **told)
    assert (case.organisation.key, case.routed_rule) == (authority, rule)
    assert case.routed_explanation.endswith(".")


def test_in_2027_a_report_from_zealand_goes_to_the_merged_region(now: datetime) -> None:
    case, _ = reported(at=datetime(2027, 1, 2, 12, tzinfo=now.tzinfo), place="birkelsoe-med")
    assert case.organisation.name == "Region Østdanmark"


def test_the_clock_is_ninety_days_by_danish_calendar(now: datetime) -> None:
    late_evening = datetime(2026, 11, 20, 23, 30, tzinfo=now.tzinfo)  # half past midnight in Denmark
    case, _ = reported(at=late_evening)
    assert case.received_on == date(2026, 11, 21)
    assert case.forward_by - case.received_on == timedelta(days=90)


def test_an_anonymous_report_leaves_the_vault_empty(now: datetime) -> None:
    case, _ = reported(at=now, reporter_kind=ReporterKind.PATIENT)
    assert case.report.anonymous
    assert not ReporterIdentity.objects.filter(report=case.report).exists()
    assert not Letter.objects.filter(case=case.pk).exists()


def test_a_submission_secret_that_could_be_guessed_is_refused(now: datetime) -> None:
    with pytest.raises(intake.Refused):
        intake.submit(answers(), submission="1", by=ANNA, at=now)
