"""The desk through the API: a key reaches what its user reaches, and the procedure's table has the last word."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.api.calls import get, post, problem
from tests.cases import case_at, reported
from tests.people import PEOPLE, who

from uth.actions.organisations import set_approvers
from uth.actions.people import new_api_token
from uth.api.routes import openapi
from uth.law.actor import SYSTEM
from uth.law.procedure import STEPS
from uth.law.terms import Act, Approvers, State
from uth.records.audit import AuditLine
from uth.records.cases import Case
from uth.records.outbox import Letter
from uth.records.people import ApiToken, User

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def keys() -> dict[str, str]:
    """Everybody's Authorization value."""
    return {
        name: "Bearer " + new_api_token(user_id=number, label="test", by=SYSTEM, at=now())
        for name, number in PEOPLE.items()
    }


def test_a_case_goes_from_the_inbox_to_the_outbox_by_programs_alone(keys: dict[str, str]) -> None:
    bo, carl = ({"Authorization": keys[name]} for name in ("Bo", "Carl"))
    case, code = reported(
        at=now(),
        patient_name="Ellen Test Lauridsen",
        story="Ellen Lauridsen fik dobbelt dosis. Ring til mig på 22 34 56 78.",
    )
    listed = get("cases?view=inbox", **bo).json()["cases"]
    assert case.pk in {line["id"] for line in listed}
    path = f"cases/{case.pk}"
    handlers = get(f"{path}/handlers", **bo).json()["handlers"]
    carl_id = get("me", **carl).json()["user_id"]
    assert carl_id in {each["id"] for each in handlers}

    def do(verb: str, body: Any, who: dict[str, str]) -> None:
        answer = post(f"{path}/{verb}", body, **who)
        assert (answer.status_code, answer.content) == (204, b""), answer.content

    do("assign", {"handler_id": carl_id}, bo)
    do("ask", {"text": "Hvornår?"}, carl)
    assert post("receipt/replies", {"text": "Om natten."}, Authorization=f"Receipt {code}").status_code == 204
    codes = {
        "codes": ["medication.wrong_dose.ordering"],
        "actual_harm": "mild",
        "possible_harm": "serious_or_fatal",
    }
    do("classify", codes, carl)
    do("note", {"text": "Talt med afdelingen."}, carl)
    do("conclude", {"conclusion": "Ordinationen stod to gange.", "learning": "Den gennemgås nu."}, carl)
    page = get(path, **carl).json()
    story = next(each for each in page["redactions"] if each["section"] == "story")
    assert {"person", "phone"} <= {finding["kind"] for finding in story["findings"]}
    kept = list(range(len(story["findings"])))
    do(
        "redaction",
        {"sections": {"story": {"kept": kept, "added": [{"text": "dobbelt", "kind": "id"}]}}},
        carl,
    )
    assert "dobbelt" not in next(
        each["clean"] for each in get(path, **carl).json()["redactions"] if each["section"] == "story"
    )
    do("approve", {}, carl)
    do("forward", None, carl)
    do("answer", {"text": "Tak, vi har lært af det."}, carl)
    do("close-dialogue", None, carl)
    page = get(path, **carl).json()
    assert page["state"] == "forwarded"
    assert [step["act"] for step in page["steps"]][-2:] == ["forward", "close_dialogue"]
    assert Letter.objects.filter(pk=Case.objects.get(pk=case.pk).message_id).exists()


def test_what_is_out_of_reach_does_not_exist(keys: dict[str, str]) -> None:
    case = case_at(State.RECEIVED, at=now())
    for name in ("Erik", "Dorte", "Kirsten", "Adam"):
        who = {"Authorization": keys[name]}
        problem(get(f"cases/{case.pk}", **who), 404, "not_found")
        problem(post(f"cases/{case.pk}/note", {"text": "hej"}, **who), 404, "not_found")
        assert get("cases?view=open", **who).json()["cases"] == []
    problem(get("cases/999999", Authorization=keys["Bo"]), 404, "not_found")
    problem(get(f"cases/{10**30}", Authorization=keys["Bo"]), 404, "not_found")
    problem(get("cases/x", Authorization=keys["Bo"]), 404, "not_found")


def test_what_the_table_does_not_allow_is_refused_in_its_own_sentence(keys: dict[str, str]) -> None:
    case = case_at(State.APPROVED, at=now())
    told = problem(post(f"cases/{case.pk}/forward", Authorization=keys["Bo"]), 409, "not_allowed")
    assert "sagsbehandler" in told["detail"]
    told = problem(
        post(f"cases/{case.pk}/assign", {"handler_id": PEOPLE["Adam"]}, Authorization=keys["Carl"]),
        422,
        "refused",
    )
    assert "handler" in told["fields"]
    fresh = case_at(State.RECEIVED, at=now())
    told = problem(
        post(f"cases/{fresh.pk}/conclude", {"conclusion": "x"}, Authorization=keys["Carl"]),
        409,
        "not_allowed",
    )
    assert "Modtaget" in told["detail"]
    empty = {"to": "0151", "reason": "  "}
    problem(post(f"cases/{fresh.pk}/transfer", empty, Authorization=keys["Bo"]), 409, "not_allowed")


def test_a_leak_stops_the_approval_until_somebody_has_looked(keys: dict[str, str]) -> None:
    case = case_at(State.CONCLUDED, at=now())
    carl = {"Authorization": keys["Carl"]}
    by_hand = {"sections": {"story": {"kept": [], "clean": "Ring til 12 34 56 78 i morgen."}}}
    assert post(f"cases/{case.pk}/redaction", by_hand, **carl).status_code == 204
    told = problem(post(f"cases/{case.pk}/approve", {}, **carl), 422, "refused")
    assert "redaction" in told["fields"]
    story = next(r for r in get(f"cases/{case.pk}", **carl).json()["redactions"] if r["section"] == "story")
    assert story["leaks"]
    overruled = {"overruled": {"story": list(range(len(story["leaks"])))}}
    assert post(f"cases/{case.pk}/approve", overruled, **carl).status_code == 204


def test_where_two_must_approve_a_program_is_told_which_of_them_it_would_be(keys: dict[str, str]) -> None:
    alone, shared = (case_at(State.CONCLUDED, at=now()) for _ in range(2))
    carl, rikke = ({"Authorization": keys[name]} for name in ("Carl", "Rikke"))

    def may(one: dict[str, str]) -> set[str]:
        return set(get(f"cases/{shared.pk}", **one).json()["acts"]) & {"approve_first", "approve"}

    assert may(carl) == {"approve"}
    told = problem(post(f"cases/{alone.pk}/approve-first", {}, **carl), 422, "refused")
    assert "mangler kun én" in str(told["fields"]["redaction"])
    set_approvers(organisation="DK-84", approvers=Approvers.TWO, by=who("Adam"), at=now())
    assert may(carl) == {"approve_first", "approve"}
    assert post(f"cases/{shared.pk}/approve-first", {}, **carl).status_code == 204
    assert may(rikke) == {"approve"}
    for either in (carl, rikke):
        problem(post(f"cases/{shared.pk}/approve-first", {}, **either), 422, "refused")
    assert get(f"cases/{shared.pk}", **rikke).json()["state"] == "concluded"
    assert post(f"cases/{shared.pk}/approve", {}, **rikke).status_code == 204
    assert get(f"cases/{shared.pk}", **rikke).json()["state"] == "approved"


def test_a_transferred_case_leaves_the_reach_of_the_one_who_sent_it(keys: dict[str, str]) -> None:
    case = case_at(State.RECEIVED, at=now())
    moved = post(
        f"cases/{case.pk}/transfer",
        {"to": "0151", "reason": "Det skete i kommunen."},
        Authorization=keys["Bo"],
    )
    assert moved.status_code == 204
    problem(get(f"cases/{case.pk}", Authorization=keys["Bo"]), 404, "not_found")
    assert get(f"cases/{case.pk}", Authorization=keys["Kirsten"]).json()["organisation_key"] == "0151"


def test_a_rejected_case_can_be_reopened(keys: dict[str, str]) -> None:
    case = case_at(State.RECEIVED, at=now())
    bo = {"Authorization": keys["Bo"]}
    assert (
        post(f"cases/{case.pk}/reject", {"reason": "test", "comment": "En prøve."}, **bo).status_code == 204
    )
    assert post(f"cases/{case.pk}/reopen", {"reason": "Det var ingen prøve."}, **bo).status_code == 204
    assert get(f"cases/{case.pk}", **bo).json()["state"] == "received"


def test_each_read_through_the_api_leaves_a_line(keys: dict[str, str]) -> None:
    case = case_at(State.RECEIVED, at=now())
    get(f"cases/{case.pk}", Authorization=keys["Bo"])
    line = AuditLine.objects.filter(case=case.pk, word="case.read").last()
    assert line is not None
    assert line.actor == f"user:{PEOPLE['Bo']}"


def test_a_revoked_key_and_the_key_of_a_suspended_user_open_nothing(keys: dict[str, str]) -> None:
    assert get("me", Authorization=keys["Bo"]).status_code == 200
    ApiToken.objects.filter(user_id=PEOPLE["Bo"]).update(revoked_at=now())
    problem(get("me", Authorization=keys["Bo"]), 401, "no_key")
    User.objects.filter(pk=PEOPLE["Carl"]).update(is_active=False)
    problem(get("me", Authorization=keys["Carl"]), 401, "no_key")


@pytest.mark.parametrize(
    "after", ["x", "2026-01-01_", "9999-99-99_1", "2026-01-01_" + "9" * 25, "%00", "2026-01-01_-1"]
)
def test_a_strange_page_key_is_no_error(keys: dict[str, str], after: str) -> None:
    assert get(f"cases?after={after}", Authorization=keys["Bo"]).status_code == 200
    asked = {"words": "\x00\U0001f600", "after": after}
    assert post("cases/search", asked, Authorization=keys["Bo"]).status_code == 200


def test_nobody_approves_or_forwards_what_a_colleague_has_changed_since(keys: dict[str, str]) -> None:
    case = case_at(State.CONCLUDED, at=now())
    head = {"Authorization": keys["Carl"]}
    read = get(f"cases/{case.pk}", **head).json()["version"]
    story = {"sections": {"story": {"kept": [], "clean": "En anden tekst."}}}
    assert post(f"cases/{case.pk}/redaction", story, **head).status_code == 204
    for version in (str(read), "x", f'"{read}"'):
        told = problem(post(f"cases/{case.pk}/approve", {}, **head, If_Match=version), 422, "refused")
        assert "kollega har ændret sagen" in told["detail"]
    fresh = get(f"cases/{case.pk}", **head).json()["version"]
    assert post(f"cases/{case.pk}/approve", {}, **head, If_Match=f'"{fresh}"').status_code == 204
    problem(post(f"cases/{case.pk}/forward", **head, If_Match=str(fresh)), 422, "refused")
    Case.objects.get(pk=case.pk, state=State.APPROVED)


def test_a_case_is_found_by_its_words(keys: dict[str, str]) -> None:
    wanted, _ = reported(at=now(), story="Iltflasken var tom.")
    reported(at=now())
    found = post("cases/search", {"words": "iltflasken"}, Authorization=keys["Bo"]).json()["cases"]
    assert [line["id"] for line in found] == [wanted.pk]
    assert "search" not in str(openapi()["paths"]["/api/v1/cases"]["get"]["parameters"])


def test_pages_follow_one_another(keys: dict[str, str]) -> None:
    wanted = {reported(at=now() - timedelta(days=i % 3))[0].pk for i in range(53)}
    first = get("cases?view=inbox", Authorization=keys["Bo"]).json()
    second = get(f"cases?view=inbox&after={first['after']}", Authorization=keys["Bo"]).json()
    assert (len(first["cases"]), len(second["cases"]), second["after"]) == (50, 3, "")
    assert {line["id"] for line in first["cases"] + second["cases"]} == wanted


def test_every_act_of_the_table_has_its_address() -> None:
    verbs = {
        path.rsplit("/", 1)[1] for path in openapi()["paths"] if path.startswith("/api/v1/cases/{case_id}/")
    }
    by_people = {
        Act.REPLY,
        Act.PERMIT_LOOKUP,
        Act.LOG_LOOKUP,
    }  # a leave is given, and written down, by somebody
    acts = {act.value.replace("_", "-") for _, act in STEPS if act not in by_people}
    assert acts <= verbs
