"""Where an organisation wants two to approve, the second is another person, and both have read the same text."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.cases import approve_all, case_at
from tests.people import PEOPLE, who
from tests.web.desk import browser_of
from tests.web.test_redaction import as_shown, url_of

from uth.actions import organisations, redaction
from uth.actions.handling import Refused
from uth.law.actor import Hidden
from uth.law.terms import Act, Approvers, Section, State
from uth.records.cases import Case, CaseStep
from uth.records.outbox import Letter
from uth.records.redactions import Redaction

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


def decide(approvers: Approvers | None, *, at: datetime, key: str = "DK-84") -> None:
    organisations.set_approvers(organisation=key, approvers=approvers, by=who("Adam"), at=at)


def state_of(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def test_one_approves_unless_the_organisation_wants_two(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    assert approve(case, "Carl", now)
    assert state_of(case) == State.APPROVED


def approve(case: Case, name: str, now: datetime, **more: Any) -> bool:
    rows = Redaction.objects.filter(case=case)
    overruled = {Section(row.section): frozenset(range(len(row.leaks))) for row in rows}
    return redaction.approve(case.pk, overruled=overruled, by=who(name), at=now, **more)


def test_two_people_approve_each_with_a_step_of_their_own(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    decide(Approvers.TWO, at=now)
    assert not approve(case, "Carl", now)
    assert state_of(case) == State.CONCLUDED
    assert approve(case, "Rikke", now)
    assert state_of(case) == State.APPROVED
    steps = CaseStep.objects.filter(case=case).values_list("act", "came_from", "went_to")
    assert list(steps)[-2:] == [
        (Act.APPROVE_FIRST, State.CONCLUDED, State.CONCLUDED),
        (Act.APPROVE, State.CONCLUDED, State.APPROVED),
    ]


def test_those_who_can_be_the_second_are_told_and_the_first_is_not(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    decide(Approvers.TWO, at=now)
    Letter.objects.all().delete()
    approve(case, "Carl", now)
    told = set(Letter.objects.filter(template="second_approver", case=case.pk).values_list("to", flat=True))
    assert f"user:{PEOPLE['Rikke']}" in told
    assert f"user:{PEOPLE['Carl']}" not in told
    approve(case, "Rikke", now)
    assert Letter.objects.filter(template="second_approver").count() == len(told)


def test_nobody_is_told_where_one_is_enough(now: datetime) -> None:
    approve(case_at(State.CONCLUDED, at=now), "Carl", now)
    assert not Letter.objects.filter(template="second_approver").exists()


def test_the_same_person_cannot_be_both(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    decide(Approvers.TWO, at=now)
    approve(case, "Carl", now)
    with pytest.raises(Refused) as refused:
        approve(case, "Carl", now)
    assert "Bed en anden sagsbehandler" in refused.value.problems["redaction"]
    assert state_of(case) == State.CONCLUDED


def test_a_changed_text_must_be_read_by_both_again(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    decide(Approvers.TWO, at=now)
    approve(case, "Carl", now)
    anew = redaction.Decision(kept=frozenset(), clean="En anden tekst.")
    redaction.revise(case.pk, decisions={Section.HEADLINE: anew}, by=who("Rikke"), at=now)
    assert not approve(case, "Rikke", now)
    assert approve(case, "Carl", now)


def test_a_place_with_few_cases_wants_two_and_one_with_many_wants_one(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(Approvers.TWO_WHEN_FEW, at=now)
    small = case_at(State.CONCLUDED, at=now)
    assert not approve(small, "Carl", now)
    for _ in range(4):
        case_at(State.RECEIVED, at=now)
    assert approve(case_at(State.CONCLUDED, at=now), "Carl", now)


def test_a_part_follows_the_one_above_until_it_decides_for_itself(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    holder = case.organisation.key
    decide(Approvers.TWO, at=now)
    part = organisations.add_part(below=holder, name="Lille afdeling", by=who("Adam"), at=now)
    case.organisation = type(case.organisation).objects.get(key=part)
    case.save()
    decide(Approvers.ONE, at=now, key=part)
    assert approve(case, "Carl", now)
    decide(None, at=now, key=part)


def test_only_an_administrator_decides(now: datetime) -> None:
    for name in ("Carl", "Rikke", "Erik", "Dorte"):
        with pytest.raises(Hidden):
            organisations.set_approvers(organisation="DK-84", approvers=Approvers.ONE, by=who(name), at=now)


def test_the_page_tells_both_what_is_asked_of_them(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    decide(Approvers.TWO, at=now)
    carl = browser_of("Carl")
    assert "Hos jer skal to læse og godkende denne sag" in carl.get(url_of(case)).text
    done = carl.post(url_of(case), as_shown(case, godkend="1", laest="1"), follow=True)
    assert "Du har godkendt som den første" in done.text
    again = carl.get(url_of(case)).text
    assert "Bed en anden sagsbehandler eller risikomanager" in again
    assert 'name="godkend"' not in again
    assert "Carl har godkendt" in browser_of("Rikke").get(url_of(case)).text
    waits = "Carl har godkendt teksten som den første. Nu skal en kollega læse og godkende den."
    assert waits in carl.get(f"/sager/{case.pk}/").text
    decide(Approvers.ONE, at=now)
    assert waits not in carl.get(f"/sager/{case.pk}/").text


def test_an_administrator_chooses_on_the_page(now: datetime) -> None:
    case = case_at(State.CONCLUDED, at=now)
    adam = browser_of("Adam")
    assert "Én person godkender" in adam.get("/administration/anonymisering/").text
    given = {"organisation": "DK-84", "approvers": "two"}
    done = adam.post("/administration/anonymisering/", given, follow=True)
    assert "Valget er gemt" in done.text
    assert not approve(case, "Carl", now)
    assert approve_all(case.pk, now, by=who("Rikke")) is None
    assert state_of(case) == State.APPROVED
