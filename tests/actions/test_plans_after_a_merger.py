"""§ 9 when an authority has taken another's tasks over: its people answer what the other was asked, and back again."""

from datetime import UTC, date, datetime

import pytest
from tests import plans as made
from tests.cases import case_at, deliver
from tests.people import PEOPLE, who
from tests.web.desk import browser_of

from uth.actions import mergers, people, plans, unmerging
from uth.jobs import fetching
from uth.law.actor import SYSTEM, Hidden
from uth.law.clock import danish_day
from uth.law.terms import Role, State
from uth.queries import asked, national
from uth.queries import plans as local
from uth.records.mergers import Merger
from uth.records.organisations import Organisation
from uth.records.outbox import Letter

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture
def now() -> datetime:
    """The real time: the pages read the clock themselves."""
    return datetime.now(UTC)


def merge(now: datetime) -> None:
    """The region ended yesterday, not by New Year; Inge is the heir's own, and never had a role in the region."""
    Organisation.objects.filter(key__in=["DK-84", "DK-85"]).update(until=None, successor=None)
    day: date = danish_day(now)
    mergers.merge(sources=["DK-84", "DK-85"], to="9084", name="Region Ny", first_day=day, by=SYSTEM, at=now)
    PEOPLE["Inge"] = people.put_user(email="i@demo.invalid", name="Inge", password=None, by=SYSTEM, at=now)
    people.grant(user_id=PEOPLE["Inge"], organisation="9084", role=Role.HANDLER, by=SYSTEM, at=now)


def unmerge(now: datetime) -> None:
    unmerging.unmerge(Merger.objects.latest("pk").pk, by=SYSTEM, at=now)


def answer(request_id: int, name: str, now: datetime) -> None:
    plans.answer(request_id, text=made.WORDS, document=None, confirmed=True, by=who(name), at=now)


def test_par9_1_the_heirs_people_answer_what_the_old_authority_was_asked_and_it_arrives(
    now: datetime,
) -> None:
    request = made.asked(at=now)
    merge(now)
    (line,) = local.requests(by=who("Inge"), at=now)
    assert (line.id, line.organisation) == (request.pk, "Region Hovedstaden")
    page = browser_of("Inge").get("/anmodninger/").content.decode()
    assert f"/anmodninger/{request.pk}/" in page
    answer(request.pk, "Inge", now)
    made.carry(Letter.objects.filter(body__kind="answer").latest("created_at"), at=now)
    (told,) = asked.requests(by=who("Dorte"), at=now)
    assert [each.text for each in told.answers] == [made.WORDS]
    assert [each.id for each in local.requests(by=who("Rikke"), at=now)] == [request.pk]


def test_par9_1_the_heirs_people_are_reminded_and_what_is_asked_is_still_fetched(now: datetime) -> None:
    merge(now)
    request = made.asked(at=now)
    told = Letter.objects.filter(template="plan_requested")
    assert f"user:{PEOPLE['Rikke']}" in set(told.values_list("to", flat=True))
    assert request.organisation.key == "DK-84"
    assert {"DK-84", "DK-85", "9084"} <= set(fetching.authorities(now))
    unmerge(now)
    assert "DK-84" in fetching.authorities(now)


def test_a_closed_case_of_the_old_authority_is_not_told_of_to_the_heirs_people(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now)
    deliver(case, at=now)
    (report,) = national.reports(by=who("Dorte"), at=now).lines
    made.asked(at=now, report_id=report.id)
    merge(now)
    (theirs,), (ours,) = (local.requests(by=who(name), at=now) for name in ("Inge", "Carl"))
    assert (theirs.case_id, theirs.case_number) == (None, "")
    assert ours.case_id == case.pk


def test_par9_1_the_old_authority_alone_answers_again_once_the_merger_is_undone(now: datetime) -> None:
    request = made.asked(at=now)
    merge(now)
    unmerge(now)
    assert local.requests(by=who("Inge"), at=now) == ()
    with pytest.raises(Hidden):
        answer(request.pk, "Inge", now)
    answer(request.pk, "Rikke", now)
    made.carry(Letter.objects.filter(body__kind="answer").latest("created_at"), at=now)
    assert asked.requests(by=who("Dorte"), at=now)[0].answers


def test_par9_2_what_was_published_stays_as_history_under_the_old_name(now: datetime) -> None:
    made.published(at=now)
    before = local.publications()
    merge(now)
    assert local.publications() == before
    assert before[0].organisation == "Region Hovedstaden"
    assert browser_of("Inge").get(f"/udgivelser/{before[0].id}/").status_code == 200
    unmerge(now)
    assert local.publications() == before
