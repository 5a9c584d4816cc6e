"""§ 9: the national level asks for analyses and plans, and theme and annual reports reach it as they are published."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.cases import case_at, deliver
from tests.people import PEOPLE, who
from tests.plans import WORDS, carry, pdf

from uth.actions import asking, organisations, people, plans, publications
from uth.actions.handling import Refused
from uth.gateways import national as gateway
from uth.gateways.national import Answer
from uth.jobs import fetching, letters
from uth.law.actor import SYSTEM, Actor, Hidden, user
from uth.law.clock import danish_day
from uth.law.procedure import NotAllowed
from uth.law.terms import PublicationKind, Role, State, Wanted
from uth.queries import asked, national
from uth.queries import plans as local
from uth.records.models import AuditLine, Organisation
from uth.records.national.models import (
    NationalAnswer,
    NationalAuditLine,
    NationalPublication,
    NationalRequest,
)
from uth.records.outbox import Letter
from uth.records.plans import PlanRequest, Publication

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture
def now() -> datetime:
    """The real time: the API reads the clock itself."""
    return datetime.now(UTC)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The national level is this very installation, asked over its own API; the answers it gave."""
    said: list[int] = []

    def fetch(url: str, headers: dict[str, str], **more: Any) -> tuple[Answer, dict[str, Any]]:
        assert url.endswith("/api/v1/national/requests")
        came = Client().get("/api/v1/national/requests", headers=headers)
        said.append(came.status_code)
        return Answer(came.status_code, "" if came.status_code == 200 else came.json()["code"]), came.json()

    monkeypatch.setattr(gateway, "fetch", fetch)
    return said


def fetched(now: datetime) -> int:
    return fetching.fetch(now=lambda: now)


def ask(now: datetime, **changes: Any) -> int:
    given: dict[str, Any] = {
        "report_id": None,
        "sender": "DK-84",
        "theme": "Fald om natten",
        "wanted": Wanted.ANALYSIS,
        "text": "Hvorfor sker det, og hvad gør I?",
        "due_on": danish_day(now) + timedelta(days=30),
    }
    return asking.ask(**given | changes, by=who("Dorte"), at=now)


def answered(request_id: int, now: datetime, **changes: Any) -> Letter:
    given: dict[str, Any] = {"text": WORDS, "document": None, "confirmed": True}
    plans.answer(request_id, **given | changes, by=who("Rikke"), at=now)
    return Letter.objects.filter(kind=Letter.NATIONAL, body__kind="answer").latest("created_at")


# ── asked for and answered ──


def test_par9_1_a_plan_asked_for_about_a_case_reaches_its_desk_and_the_answer_reaches_back(
    now: datetime, heard: list[int]
) -> None:
    case = case_at(State.FORWARDED, at=now)
    deliver(case, at=now)
    (line,) = national.reports(by=who("Dorte"), at=now).lines
    made = ask(now, report_id=line.id, theme="", wanted=Wanted.ACTION_PLAN)
    assert fetched(now) == 1
    (request,) = local.requests(by=who("Rikke"), at=now)
    assert (request.case_id, request.wanted, request.days_left) == (case.pk, Wanted.ACTION_PLAN, 30)
    carry(answered(request.id, now, document=pdf()), at=now)
    found = asked.request(made, by=who("Dorte"), at=now)
    assert found.report_id == line.id
    assert [each.text for each in found.answers] == [WORDS]
    content = asked.answer_pdf(made, found.answers[0].id, by=who("Dorte"), at=now).content
    assert content.startswith(b"%PDF-")
    assert b"Opdigtet" not in content


def test_par9_1_a_request_does_not_tell_one_authority_of_anothers_case(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now)
    told = plans.Asked(
        ref="33333333-3333-4333-8333-333333333333",
        case_ref=str(case.national_ref),
        theme="",
        wanted=Wanted.ANALYSIS,
        text="Hvorfor?",
        due_on=danish_day(now) + timedelta(days=30),
        withdrawn=False,
    )
    plans.take_in("0151", [told], by=SYSTEM, at=now)
    (request,) = local.requests(by=who("Kirsten"), at=now)
    assert (request.case_id, request.case_number) == (None, "")
    assert not AuditLine.objects.filter(chain="0151", case=case.pk).exists()


def test_par9_1_a_request_fetched_again_and_again_stands_once(now: datetime, heard: list[int]) -> None:
    ask(now)
    assert [fetched(now), fetched(now), fetched(now)] == [1, 0, 0]
    assert PlanRequest.objects.count() == 1
    assert set(heard) == {200}
    told = Letter.objects.filter(template="plan_requested")
    assert list(told.values_list("to", flat=True)) == [f"user:{PEOPLE['Rikke']}"]


def test_par9_1_an_authority_is_told_of_its_own_requests_and_no_others(
    now: datetime, heard: list[int]
) -> None:
    ask(now, sender="0151", theme="Medicin i hjemmet")
    fetched(now)
    assert local.requests(by=who("Rikke"), at=now) == ()
    (theirs,) = local.requests(by=who("Kirsten"), at=now)
    assert theirs.theme == "Medicin i hjemmet"
    with pytest.raises(Hidden):
        local.request(theirs.id, by=who("Rikke"), at=now)
    with pytest.raises(Hidden):
        plans.answer(theirs.id, text=WORDS, document=None, confirmed=True, by=who("Rikke"), at=now)


def test_par9_1_what_is_asked_for_is_fetched_only_with_a_signature(now: datetime) -> None:
    ask(now)
    answer = Client().get("/api/v1/national/requests", headers={"Uth-Sender": "DK-84"})
    assert answer.status_code == 401
    assert b"Fald" not in answer.content
    head = letters.sign({"sender": "0151", "message_id": "11111111-1111-4111-8111-111111111111"}, b"", at=now)
    forged = Client().get("/api/v1/national/requests", headers=head | {"Uth-Sender": "DK-84"})
    assert (forged.status_code, forged.json()["code"]) == (401, "bad_signature")
    assert NationalRequest.objects.get().fetched_at is None


def test_par9_1_both_sides_keep_a_log(now: datetime, heard: list[int]) -> None:
    ask(now)
    fetched(now)
    (request,) = local.requests(by=who("Rikke"), at=now)
    carry(answered(request.id, now), at=now)
    here = AuditLine.objects.filter(chain="DK-84", word__startswith="plan.").order_by("pk")
    assert list(here.values_list("word", flat=True)) == ["plan.requested", "plan.answered"]
    there = NationalAuditLine.objects.filter(chain="DK-84").order_by("pk").values_list("word", flat=True)
    assert list(there)[-3:] == ["request.made", "request.fetched", "national.taken_in"]


def test_par9_1_an_answer_that_arrives_twice_stands_once_and_only_from_who_was_asked(
    now: datetime, heard: list[int]
) -> None:
    from uth.law.shapes import MessageRefused

    ask(now)
    fetched(now)
    letter = answered(local.requests(by=who("Rikke"), at=now)[0].id, now)
    carry(letter, at=now)
    assert carry(letter, at=now).repeated
    assert NationalAnswer.objects.count() == 1
    letter.body |= {"sender": "0151", "message_id": "22222222-2222-4222-8222-222222222222"}
    with pytest.raises(MessageRefused) as refused:
        carry(letter, at=now)
    assert refused.value.problem == "unknown_request"


def test_par9_1_a_request_that_is_withdrawn_needs_no_answer(now: datetime, heard: list[int]) -> None:
    made = ask(now)
    fetched(now)
    asking.withdraw(made, by=who("Dorte"), at=now)
    assert fetched(now) == 1
    (request,) = local.requests(by=who("Rikke"), at=now)
    assert request.withdrawn
    with pytest.raises(NotAllowed, match="trukket"):
        plans.answer(request.id, text=WORDS, document=None, confirmed=True, by=who("Rikke"), at=now)


def test_par9_1_a_deadline_is_reminded_of_a_week_before_and_once_when_it_has_passed(
    now: datetime, heard: list[int]
) -> None:
    ask(now)
    fetched(now)
    sent = {
        day: plans.remind(by=SYSTEM, at=now + timedelta(days=day)) for day in (1, 22, 23, 24, 30, 31, 32, 90)
    }
    assert [day for day, count in sent.items() if count] == [23, 31]
    answered(local.requests(by=who("Rikke"), at=now)[0].id, now)
    assert plans.remind(by=SYSTEM, at=now + timedelta(days=200)) == 0


UNREADY: dict[str, tuple[dict[str, Any], str, str]] = {
    "nobody has read it": ({"confirmed": False}, "confirmed", "Læs det hele"),
    "nothing to send": ({"text": " "}, "text", "Skriv svaret"),
    "a name": ({"text": "Sygeplejerske Mette Sørensen gav dosis to gange."}, "text", "personoplysninger?"),
    "a CPR number, whoever says it is none": (
        {"text": "Patient 020191-9996 fik to doser.", "overruled": True}, "text", "CPR-nummer",
    ),
    "no PDF": ({"document": b"MZ not a pdf"}, "document", "Vælg en PDF"),
    "a broken PDF": ({"document": b"%PDF-1.7 nothing more"}, "document", "PDF"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "field", "says"), UNREADY.values(), ids=UNREADY)
def test_par9_1_what_could_name_somebody_is_not_sent(
    change: dict[str, Any], field: str, says: str, now: datetime, heard: list[int]
) -> None:
    ask(now)
    fetched(now)
    (request,) = local.requests(by=who("Rikke"), at=now)
    with pytest.raises(Refused) as refused:
        answered(request.id, now, **change)
    assert says in refused.value.problems[field]
    assert not Letter.objects.filter(kind=Letter.NATIONAL).exists()


def test_a_word_that_is_no_name_may_be_sent_when_somebody_has_looked(now: datetime, heard: list[int]) -> None:
    ask(now)
    fetched(now)
    (request,) = local.requests(by=who("Rikke"), at=now)
    assert answered(request.id, now, text="Sygeplejerske Mette Sørensen.", overruled=True)


@pytest.mark.parametrize("name", ["Bo", "Carl", "Rikke", "Stine", "Adam", "Erik"])
def test_only_the_national_level_asks(name: str, now: datetime) -> None:
    with pytest.raises(Hidden):
        asking.ask(
            report_id=None, sender="DK-84", theme="Fald", wanted=Wanted.ANALYSIS, text="Hvorfor?",
            due_on=danish_day(now) + timedelta(days=9), by=who(name), at=now,
        )  # fmt: skip
    assert not NationalRequest.objects.exists()


# ── published ──


def publish(now: datetime, **changes: Any) -> int:
    given: dict[str, Any] = {
        "kind": PublicationKind.ANNUAL,
        "title": "Årsrapport om utilsigtede hændelser",
        "year": 2025,
        "text": WORDS,
        "document": pdf(),
        "confirmed": True,
    }
    return publications.publish(**{"by": who("Rikke"), "at": now} | given | changes)


def test_par9_2_to_publish_a_report_is_to_send_it_nationally(now: datetime) -> None:
    number = publish(now)
    assert local.publication(number).title == "Årsrapport om utilsigtede hændelser"
    letter = Letter.objects.get(kind=Letter.NATIONAL)
    carry(letter, at=now)
    assert carry(letter, at=now).repeated
    (row,) = asked.publications(by=who("Dorte"), at=now)
    assert (row.kind, row.year, row.sender) == (PublicationKind.ANNUAL, 2025, "Region Hovedstaden")
    theirs = asked.publication_pdf(row.id, by=who("Dorte"), at=now).content
    assert theirs == local.publication_pdf(number).content
    assert b"Opdigtet" not in theirs


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"confirmed": False}, "confirmed"),
        ({"title": "Fejlen, som Mette Sørensen begik"}, "title"),
        ({"title": " "}, "title"),
        ({"year": 1999}, "year"),
        ({"text": "", "document": None}, "text"),
    ],
)
def test_par9_2_what_is_not_ready_is_neither_published_nor_sent(
    change: dict[str, Any], field: str, now: datetime
) -> None:
    with pytest.raises(Refused) as refused:
        publish(now, **change)
    assert field in refused.value.problems
    assert not Publication.objects.exists()
    assert not Letter.objects.filter(kind=Letter.NATIONAL).exists()


@pytest.mark.parametrize("name", ["Bo", "Carl", "Dorte", "Adam", "Erik"])
def test_only_a_risk_manager_publishes_for_the_authority(name: str, now: datetime) -> None:
    with pytest.raises(Hidden):
        publications.publish(
            kind=PublicationKind.THEME, title="Fald", year=2025, text=WORDS, document=None, confirmed=True,
            by=who(name), at=now,
        )  # fmt: skip
    assert not NationalPublication.objects.exists()


def test_par9_2_after_a_merger_one_publishes_for_the_authority_there_is(now: datetime) -> None:
    today = danish_day(now)
    old, heir = (Organisation.objects.get(key=key) for key in ("DK-84", "DK-85"))
    old.until, old.successor = today - timedelta(days=1), heir
    old.save()
    assert Publication.objects.get(pk=publish(now)).organisation.key == "DK-85"


def risk_manager(*where: str, now: datetime) -> Actor:
    """Somebody who is risk manager there alone."""
    number = people.put_user(email="m@demo.invalid", name="Mona", password=None, by=SYSTEM, at=now)
    for key in where:
        people.grant(user_id=number, organisation=key, role=Role.RISK_MANAGER, by=SYSTEM, at=now)
    return user(number)


def test_par9_2_a_risk_manager_of_a_part_publishes_nothing_for_the_whole(now: datetime) -> None:
    part = organisations.add_part(below="DK-84", name="Nordhospitalet", by=who("Adam"), at=now)
    with pytest.raises(NotAllowed, match="hele myndigheden"):
        publish(now, by=risk_manager(part, now=now))
    assert not Publication.objects.exists()


def test_par9_2_one_of_two_authorities_is_chosen_by_who_publishes(now: datetime) -> None:
    mona = risk_manager("DK-84", "0151", now=now)
    for key in ("", "DK-85"):
        with pytest.raises(Refused) as refused:
            publish(now, by=mona, organisation=key)
        assert "organisation" in refused.value.problems
    number = publish(now, by=mona, organisation="0151")
    assert Publication.objects.get(pk=number).organisation.key == "0151"
