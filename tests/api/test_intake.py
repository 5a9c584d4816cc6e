"""Intake through the API: one report a key, a receipt that opens its own report, and clear words for bad input."""

from typing import Any

import pytest
from tests.api.calls import get, post, problem

from uth.law.work import solve
from uth.records.cases import Case
from uth.records.reports import Report

pytestmark = pytest.mark.django_db(databases=["default", "national"])

REPORT: dict[str, Any] = {
    "story": "Patienten fik dobbelt dosis, fordi ordinationen stod to gange.",
    "reporter_kind": "professional",
    "actual_harm": "mild",
    "place": "birkelsoe-med",
}
KEY = "Xq3Vw8-Kp1Zr7-Lm5Ts9-Bd2"


def test_a_report_gets_a_receipt_and_its_lawful_recipient_with_the_paragraph() -> None:
    answer = post("reports", REPORT)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert told["recipient"]["key"] == "DK-84"
    assert "§ 4" in told["recipient"]["paragraph"]
    assert told["recipient"]["explanation"]
    assert len(told["receipt_code"].replace("-", "")) == 36
    case = Case.objects.get()
    assert told["forward_by"] == case.forward_by.isoformat()
    assert case.report.channel == "api"
    assert answer["Cache-Control"] == "no-store"


def test_the_same_key_gives_the_same_receipt_and_no_second_report() -> None:
    first, second = (post("reports", REPORT, Idempotency_Key=KEY) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Report.objects.count() == 1


def test_a_key_without_its_report_gives_nobody_the_receipt() -> None:
    first = post("reports", REPORT, Idempotency_Key=KEY).json()["receipt_code"]
    other = post("reports", REPORT | {"story": "Noget andet."}, Idempotency_Key=KEY)
    assert other.status_code == 201
    assert other.json()["receipt_code"] != first
    assert Report.objects.count() == 2


@pytest.mark.parametrize("key", ["for-kort", "a" * 40, "x" * 201, "nøgle med blanke og æøå her"])
def test_a_key_that_others_could_guess_or_that_is_no_key_is_refused(key: str) -> None:
    answer = post("reports", REPORT, Idempotency_Key=key)
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["fields"]
    assert not Report.objects.exists()


def test_the_code_opens_its_own_report_and_takes_a_reply() -> None:
    code = post("reports", REPORT).json()["receipt_code"]
    page = get("receipt", Authorization=f"Receipt {code}")
    assert page.status_code == 200, page.content
    assert page.json()["state"] == "received"
    assert "case_id" not in page.json()
    said = post("receipt/replies", {"text": "Det var nattevagten."}, Authorization=f"Receipt {code}")
    assert said.status_code == 204, said.content
    assert (
        get("receipt", Authorization=f"Receipt {code}").json()["dialogue"][0]["text"]
        == "Det var nattevagten."
    )


@pytest.mark.parametrize(
    "key", ["", "Receipt", "Receipt bababa-bababa-bababa-bababa-bababa-bababa", "Bearer x"]
)
def test_no_other_code_opens_a_receipt(key: str) -> None:
    post("reports", REPORT)
    answer = get("receipt", Authorization=key)
    problem(answer, 401, "no_key")
    assert "Receipt" in answer["WWW-Authenticate"]


def test_places_are_found_by_name_and_a_strange_question_finds_none() -> None:
    found = get("places?q=birkels").json()["places"]
    assert "birkelsoe-med" in {place["key"] for place in found}
    for strange in ("%00", "%F0%9F%98%80", "%E2%80%AE", "'--", "%25"):
        assert get(f"places?q={strange}").status_code == 200
    problem(get("places"), 422, "invalid")


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "an empty story": ({"story": ""}, "story"),
    "a story of blanks and controls": ({"story": " \n\u0000\u202e "}, "story"),
    "a story beyond the limit": ({"story": "æ" * 15_001}, "story"),
    "a story that is a number": ({"story": 7}, "story"),
    "half an emoji": ({"story": "\ud83d"}, "story"),
    "a date in the year 1": ({"event_date": "0001-01-01"}, "event_date"),
    "a date in the future": ({"event_date": "9999-12-31"}, "event_date"),
    "a date that never was": ({"event_date": "2026-02-30"}, "event_date"),
    "aware before it happened": ({"event_date": "2026-02-03", "aware_date": "2026-02-02"}, "aware_date"),
    "a time that is none": ({"event_time": "25:00"}, "event_time"),
    "a CPR number that is none": ({"patient_cpr": "9999999999"}, "patient_cpr"),
    "a short CPR number": ({"patient_cpr": "010190"}, "patient_cpr"),
    "a mail address that is none": ({"reporter_email": "anna@"}, "reporter_email"),
    "a place nobody knows": ({"place": "findes-ikke"}, "place"),
    "a place with a NUL": ({"place": "a\u0000b"}, "place"),
    "a word off the list": ({"actual_harm": "værst"}, "actual_harm"),
    "a misspelt field": ({"storry": "x"}, "storry"),
    "too many medicines": ({"medicines": [{"name": "x"}] * 21}, "medicines"),
    "a medicine without a name": ({"medicines": [{"name": ""}]}, "medicines.0.name"),
    "a medicine with a long name": ({"medicines": [{"name": "x" * 201}]}, "medicines.0.name"),
    "an ATC code that is none": ({"medicines": [{"name": "x", "atc": "A\u0660\u0661"}]}, "medicines.0.atc"),
}


@pytest.mark.parametrize(("change", "field"), BAD.values(), ids=BAD)
def test_bad_input_is_told_by_field_and_nothing_is_kept(change: dict[str, Any], field: str) -> None:
    answer = post("reports", REPORT | change)
    told = problem(answer, 422, answer.json()["code"])
    assert field in told["fields"], told
    assert told["code"] in {"invalid", "refused"}
    assert not Report.objects.exists()
    assert not Case.objects.exists()


GOOD: dict[str, dict[str, Any]] = {
    "emoji": {"story": "Faldt 😱 på gangen 👩‍⚕️"},
    "right to left": {"story": "سقط المريض \u200f \u202eabc\u202c"},
    "a NUL within": {"story": "før\u0000efter"},
    "combining letters": {"story": "a\u030a" * 500},
    "windows line ends": {"story": "en\r\nto"},
    "a CPR number of a MedCom test person": {"patient_cpr": "251248-9996"},
    "an unknown region": {"region": "findes-ikke", "place": ""},
    "everything": {
        "event_date": "2026-01-02", "event_time": "23:59", "aware_date": "2026-01-03", "headline": "Fald",
        "medicines": [{"name": "Metoprolol", "atc": "C07AB02"}], "devices": [{"kind": "pumpe"}],
        "involved": [{"role": "before", "place": "birkelsoe-med"}, {"role": "after", "place_text": "hjemmet"}],
        "reporter_name": "Anna Opdigtet", "reporter_email": "anna@opdigtet.invalid", "wants_feedback": True,
    },
}  # fmt: skip


@pytest.mark.parametrize("change", GOOD.values(), ids=GOOD)
def test_strange_but_honest_text_is_taken(change: dict[str, Any]) -> None:
    assert post("reports", REPORT | change).status_code == 201
    story = Report.objects.get().story
    assert not set("\u0000\u202e\r") & set(story)


def test_what_is_no_json_object_is_refused_in_words() -> None:
    problem(post("reports", b"{"), 400, "bad_json")
    problem(post("reports", b"\xff\xfe"), 400, "bad_json")
    problem(post("reports", "[" * 100_000), 400, "bad_json")
    problem(post("reports", '{"story":' * 20_000), 400, "bad_json")
    problem(post("reports", "[]"), 422, "invalid")
    problem(post("reports", "null"), 422, "invalid")
    problem(post("reports", b""), 422, "invalid")
    problem(post("reports", '{"story":' + "9" * 10_000 + "}"), 400, "bad_json")
    assert not Report.objects.exists()


def test_a_form_or_a_plain_text_is_not_json() -> None:
    for content_type in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ):
        problem(post("reports", b"story=x", content_type=content_type), 415, "wrong_content_type")


def test_a_megabyte_of_text_is_too_large_and_said_so() -> None:
    problem(post("reports", REPORT | {"story": "x" * 1_000_000}), 413, "too_large")
    problem(post("reports", REPORT | {"story": "x" * 400_000}), 422, "refused")


def test_a_script_is_slowed_and_let_in_again_when_it_has_done_its_sum(settings: Any) -> None:
    settings.UTH_INTAKE_PER_MINUTE = 2
    for _ in range(2):
        assert post("reports", REPORT).status_code == 201
    answer = post("reports", REPORT)
    problem(answer, 429, "slow_down")
    assert answer["Retry-After"] == "30"
    assert Report.objects.count() == 2
    challenge = answer["Uth-Challenge"]
    problem(post("reports", REPORT, Uth_Ticket=challenge), 429, "slow_down")
    assert post("reports", REPORT, Uth_Ticket=f"{challenge}:{solve(challenge)}").status_code == 201


def test_a_retry_below_the_limit_counts_for_one_report(settings: Any) -> None:
    settings.UTH_INTAKE_PER_MINUTE = 3
    answers = [post("reports", REPORT, Idempotency_Key=KEY).status_code for _ in range(3)]
    assert answers == [201, 200, 200]


def test_other_doors_under_api_are_closed_with_a_problem_too() -> None:
    problem(get("findes-ikke"), 404, "not_found")
    problem(get(""), 404, "not_found")
    problem(post("places", {}), 405, "method_not_allowed")
    assert "GET" in post("places", {})["Allow"]
