"""Paper: a letter is a report like any other, its clock starts the day it came, and each slip's code works once."""

import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from tests.cases import answers, new_submission
from tests.people import PEOPLE, who

from uth.actions import paper
from uth.actions.intake import Receipt, Refused
from uth.law.actor import Hidden
from uth.law.clock import danish_day
from uth.law.terms import ReporterKind
from uth.queries import access, receipt
from uth.queries import paper as seen
from uth.records.cases import Case
from uth.records.models import AuditLine
from uth.records.paper import PaperForm, form_with
from uth.records.reports import Report
from uth.records.vault import PatientIdentity

pytestmark = pytest.mark.django_db(databases=["default", "national"])

LETTER_CAME = date(2026, 11, 12)  # eight days before it is typed in


def printed(now: datetime, count: int = 2, **changes: Any) -> paper.PrintedBatch:
    given = {"organisation": "DK-84", "form": "professional", "count": count, "by": who("Bo"), "at": now}
    return paper.print_batch(**given | changes)


def typed_in(now: datetime, number: str = "", **changes: Any) -> Receipt:
    given: dict[str, Any] = {
        "number": number,
        "form": "professional",
        "received_on": LETTER_CAME,
        "submission": new_submission(),
        "by": who("Bo"),
        "at": now,
    }
    told = {name: changes.pop(name) for name in list(changes) if name not in given}
    return paper.transcribe(answers(**told), **given | changes)


def refusal(now: datetime, number: str = "", **changes: Any) -> dict[str, str]:
    with pytest.raises(Refused) as refused:
        typed_in(now, number, **changes)
    return refused.value.problems


def test_par4_7_the_clock_of_a_letter_starts_the_day_it_came(now: datetime) -> None:
    given = typed_in(now, printed(now).forms[0].number)
    case = Case.objects.select_related("report").get(pk=given.case_id)
    assert case.received_on == LETTER_CAME
    assert case.forward_by == LETTER_CAME + timedelta(days=90)
    assert case.report.received_at.date() == LETTER_CAME
    assert (case.report.channel, case.report.entered_by_id) == ("paper", PEOPLE["Bo"])


def test_par4_7_the_log_tells_the_day_a_letter_came_where_it_is_not_the_day_of_typing(now: datetime) -> None:
    late, same_day = typed_in(now), typed_in(now, received_on=danish_day(now))
    lines = AuditLine.objects.filter(word="report.submitted")
    assert lines.get(case=late.case_id).detail["received_on"] == LETTER_CAME.isoformat()
    assert "received_on" not in lines.get(case=same_day.case_id).detail


def test_par4_7_a_letter_finds_its_lawful_recipient_like_any_report(now: datetime) -> None:
    given = typed_in(now)
    assert (given.authority, "§ 4" in given.paragraph) == ("DK-84", True)
    line = AuditLine.objects.get(word="report.submitted", case=given.case_id)
    assert (line.actor, line.detail["channel"]) == (f"user:{PEOPLE['Bo']}", "paper")


def test_par4_7_the_patient_of_a_letter_lies_sealed_in_the_vault(now: datetime) -> None:
    given = typed_in(now, patient_name="Ellen Test Lauridsen", patient_cpr="0201919996")
    row = PatientIdentity.objects.get(report_id=given.report_id)
    assert b"Lauridsen" not in bytes(row.sealed)
    assert row.open()["name"] == "Ellen Test Lauridsen"


def test_par4_7_the_slips_code_opens_the_receipt_once_the_form_is_typed_in(now: datetime) -> None:
    form = printed(now).forms[0]
    assert receipt.by_code(form.code, at=now) is None
    assert seen.waits(form.code.upper().replace("-", " "))
    given = typed_in(now, form.number)
    assert given.code == ""
    page = receipt.by_code(form.code, at=now)
    assert page is not None
    assert (page.case_id, page.received_on) == (given.case_id, LETTER_CAME)
    assert not seen.waits(form.code)


def test_par4_7_a_photocopied_form_is_refused_and_says_what_to_do(now: datetime) -> None:
    number = printed(now).forms[0].number
    typed_in(now, number)
    problems = refusal(now, number, story="En anden hændelse på en kopi af skemaet.")
    assert "allerede tastet ind" in problems["number"]
    assert "lad feltet stå tomt" in problems["number"]
    given = typed_in(now, story="En anden hændelse på en kopi af skemaet.")
    assert receipt.by_code(given.code, at=now) is not None


@pytest.mark.parametrize("number", ["999-001-balemi", "14", "balemi-kosano", "1-001-<b>"])
def test_par4_7_a_number_that_was_never_given_out_is_refused(number: str, now: datetime) -> None:
    assert "kender ikke det skemanummer" in refusal(now, number)["number"]


def test_par4_7_a_slip_of_the_pen_misses_and_does_not_hit_another_form(now: datetime) -> None:
    first, second = printed(now).forms
    swapped = first.number[:-6] + second.number[-6:]
    assert form_with(first.number.upper().replace("-", " ")) is not None
    assert form_with(swapped) is None
    assert "number" in refusal(now, swapped)


def test_par4_7_a_form_of_the_other_kind_is_asked_about(now: datetime) -> None:
    number = printed(now, form="patient").forms[0].number
    assert "patientskema" in refusal(now, number)["number"]
    given = typed_in(now, number, form="patient", reporter_kind=ReporterKind.PATIENT)
    assert given.code == ""


def test_par4_7_a_form_without_a_number_gets_a_fresh_code(now: datetime) -> None:
    given = typed_in(now)
    page = receipt.by_code(given.code, at=now)
    assert page is not None
    assert page.case_id == given.case_id


def test_par4_7_pressing_twice_is_one_report(now: datetime) -> None:
    number, key = printed(now).forms[0].number, new_submission()
    first = typed_in(now, number, submission=key)
    again = typed_in(now, number, submission=key)
    assert (again.report_id, again.repeated) == (first.report_id, True)
    without = [typed_in(now, submission=(own := key + "x")), typed_in(now, submission=own)]
    assert without[0].code == without[1].code
    assert Report.objects.filter(channel="paper").count() == 2


def test_par4_7_a_page_used_again_for_another_letter_is_not_swallowed(now: datetime) -> None:
    key = new_submission()
    typed_in(now, submission=key)
    problems = refusal(now, submission=key, story="Et helt andet brev.")
    assert "tryk på knappen igen" in problems["key"]
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("came", "says"),
    [(date(2026, 11, 21), "fremtiden"), (date(2024, 11, 1), "to år"), (date(1826, 11, 12), "to år")],
)
def test_par4_7_a_letter_from_the_future_or_long_ago_is_refused(came: date, says: str, now: datetime) -> None:
    assert says in refusal(now, received_on=came)["received"]


def test_par4_7_nothing_can_have_happened_after_the_letter_came(now: datetime) -> None:
    problems = refusal(now, event_date=date(2026, 11, 15))
    assert "efter den dag, brevet kom" in problems["event_date"]


def test_par4_7_everything_there_is_to_mend_is_said_at_once(now: datetime) -> None:
    problems = refusal(now, "999-001-balemi", received_on=date(2027, 1, 1), story="", patient_cpr="12")
    assert set(problems) == {"number", "received", "story", "patient_cpr"}


@pytest.mark.parametrize("name", ["Dorte", "Adam", "Erik"])
def test_only_a_desk_types_letters_in(name: str, now: datetime) -> None:
    with pytest.raises(Hidden):
        typed_in(now, by=who(name))


@pytest.mark.parametrize("name", ["Dorte", "Kirsten", "Erik"])
def test_nobody_prints_for_an_organisation_they_do_not_work_in(name: str, now: datetime) -> None:
    with pytest.raises(Hidden):
        printed(now, by=who(name))


@pytest.mark.parametrize("count", [0, -1, 51])
def test_a_batch_has_from_1_to_50_forms(count: int, now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        printed(now, count)
    assert "1 til 50" in refused.value.problems["count"]


def test_the_list_tells_who_printed_when_and_how_many_came_back(now: datetime) -> None:
    batch = printed(now, 3, by=who("Adam"))
    typed_in(now, batch.forms[1].number)
    (line,) = seen.batches(by=who("Bo"), at=now).batches
    assert (line.id, line.size, line.used, line.printed_at) == (batch.id, 3, 1, now)
    assert line.printed_by
    assert seen.batches(by=who("Kirsten"), at=now).batches == ()
    with pytest.raises(Hidden):
        seen.batches(by=who("Dorte"), at=now)


def test_no_printed_code_lies_in_a_row_an_audit_line_or_a_file(
    now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    forms = printed(now, 5).forms
    assert len({form.code for form in forms}) == 5
    rows = [
        str(value)
        for model in apps.get_models()
        if model.__module__.startswith("uth.records") and "national" not in model.__module__
        for row in model._default_manager.values_list()
        for value in row
    ]
    everything = "\n".join([*rows, caplog.text, repr(forms)])
    files = [file.read_bytes() for file in settings.UTH_VAR.rglob("*") if file.is_file()]
    for form in forms:
        word = form.code.split("-")
        for code in (form.code, "".join(word)):
            assert code not in everything
            assert not any(code.encode() in content for content in files)
    assert str(forms[0]).count("-") == 2, "only the number is shown"
    assert PaperForm.objects.count() == 5


def test_the_case_looks_like_any_other_to_the_desk(now: datetime) -> None:
    given = typed_in(now)
    page = access.open_case(given.case_id, by=who("Bo"), at=now)
    assert page.received_on == LETTER_CAME


@pytest.mark.django_db(databases=["default", "national"], transaction=True)
def test_par4_7_of_two_who_type_the_same_form_in_at_once_one_is_told(now: datetime) -> None:
    number = printed(now).forms[0].number
    told: list[Any] = []
    start = threading.Barrier(2)

    def type_in(story: str) -> None:
        try:
            start.wait()
            told.append(typed_in(now, number, story=story))
        except Refused as refused:
            told.append(refused.problems)
        finally:
            connection.close()

    both = [threading.Thread(target=type_in, args=(f"Hændelse {n} med en pumpe.",)) for n in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(type(each).__name__ for each in told) == ["Receipt", "dict"]
    (problems,) = [each for each in told if isinstance(each, dict)]
    assert set(problems) == {"number"}
    assert Report.objects.count() == 1
    assert PaperForm.objects.filter(report__isnull=False).count() == 1
