"""What came to an authority after a merger finds its lawful place, whole, when the merger is undone."""

from datetime import timedelta

import pytest
from tests import tallies
from tests.actions.test_mergers import AFTER, BEFORE, merge, unmerge
from tests.cases import reported
from tests.people import PEOPLE, who

from uth.actions import handling, organisations, people
from uth.law.actor import SYSTEM
from uth.law.terms import RejectionReason, Role, Sector, State
from uth.queries import access
from uth.records.cases import Case

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def test_no_open_case_is_left_in_an_authority_that_is_no_more() -> None:
    """Reopened there, or given to a unit that it got meanwhile: nobody would see it, and its clock would run."""
    asked = {"sources": ["0151", "0153"], "to": "9001", "name": "Vestkøbenhavn Kommune"}
    handed_on, rejected = (
        reported(at=BEFORE, place="", sector=Sector.MUNICIPAL, municipality="0151")[0] for _ in range(2)
    )
    handling.reject(
        rejected.pk, reason=RejectionReason.TEST, comment="En prøve.", by=who("Kirsten"), at=BEFORE
    )
    merge(**asked)
    handling.reopen(rejected.pk, reason="Der er kommet nyt.", by=who("Kirsten"), at=AFTER)
    unit = organisations.add_part(below="9001", name="Patientsikkerhed", by=SYSTEM, at=AFTER)
    handling.transfer(handed_on.pk, to=unit, reason="De ser på den.", by=who("Kirsten"), at=AFTER)
    unmerge()
    for case in (handed_on, rejected):
        case.refresh_from_db()
        assert (case.organisation.key, case.state) == ("0151", State.RECEIVED)


def test_a_count_submitted_meanwhile_can_still_be_passed_on_when_it_is_undone() -> None:
    unit = tallies.board(at=BEFORE)
    tallies.taps(tallies.screen(unit, at=BEFORE), 3, happened=BEFORE, at=BEFORE)
    merge(sources=["0151", "0153"], to="9001", name="Vestkøbenhavn Kommune")
    (report,) = tallies.submitted(unit, "2026-12", at=AFTER)
    assert report.organisation.key == "9001"
    unmerge()
    assert tallies.forwarded(report, at=AFTER).organisation.key == "0151"


def test_sul200_a_report_given_to_the_merged_one_is_its_lawful_receivers_own_when_it_is_undone() -> None:
    """A merger is nobody passing a case on: reporter and notes are there for those who answer for it now."""
    PEOPLE["Søren"] = people.put_user(
        email="s@demo.invalid", name="Søren", password=None, by=SYSTEM, at=BEFORE
    )
    people.grant(user_id=PEOPLE["Søren"], organisation="0153", role=Role.RISK_MANAGER, by=SYSTEM, at=BEFORE)
    merge(sources=["0151", "0153"], to="9001", name="Vestkøbenhavn Kommune")
    told = {"place": "", "sector": Sector.MUNICIPAL, "municipality": "0153", "reporter_name": "Anna Opdigtet"}
    case, _ = reported(at=AFTER, **told)
    noted = AFTER + timedelta(hours=1)
    handling.note(case.pk, text="Ring i morgen.", by=who("Søren"), at=noted)
    unmerge(at=AFTER + timedelta(hours=2))
    page = access.open_case(case.pk, by=who("Søren"), at=AFTER + timedelta(hours=3))
    assert (page.organisation_key, page.passed_on) == ("0153", False)
    assert [note.text for note in page.notes] == ["Ring i morgen."]


def test_an_authority_that_was_there_before_keeps_its_own_cases_when_it_is_undone() -> None:
    own, rejected = (
        reported(at=BEFORE, place="", sector=Sector.MUNICIPAL, municipality=key)[0]
        for key in ("0153", "0151")
    )
    handling.reject(
        rejected.pk, reason=RejectionReason.TEST, comment="En prøve.", by=who("Kirsten"), at=BEFORE
    )
    merge(sources=["0151"], to="0153")
    handling.reopen(rejected.pk, reason="Der er kommet nyt.", by=who("Kirsten"), at=AFTER)
    unmerge()
    places = [Case.objects.get(pk=case.pk).organisation.key for case in (own, rejected)]
    assert places == ["0153", "0151"]
