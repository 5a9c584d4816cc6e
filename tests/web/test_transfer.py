"""A wrong address costs one click: the lawful recipient stands as a button, and the clock runs on."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from tests.cases import reported
from tests.people import who
from tests.web.desk import browser_of

from uth.actions import intake, organisations
from uth.law.actor import SYSTEM
from uth.law.terms import EventKind, PlaceKind, Sector
from uth.queries import suggestions
from uth.records.cases import Case, CaseStep

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


@pytest.fixture
def home(now: datetime) -> str:
    """A care home in Ballerup."""
    place = organisations.PlaceEntry(
        key="solgaarden",
        name="Plejehjemmet Solgården (opdigtet)",
        sector=Sector.MUNICIPAL,
        kind=PlaceKind.CARE_HOME,
        municipality="0151",
        region="DK-84",
        operator="0151",
    )
    organisations.put_places([place], by=SYSTEM, at=now)
    return "Solgården"


def buttons(text: str) -> list[str]:
    return re.findall(r">Overdrag til ([^<]+)</button>", text)


def press(browser: Client, case: Case, text: str) -> Client:
    """Send the first suggestion's own form, and nothing else."""
    given = dict(re.findall(r'<input type="hidden" name="(version|to|reason)" value="([^"]*)"', text))
    assert given.keys() == {"version", "to", "reason"}
    done = browser.post(f"/sager/{case.pk}/overdrag/", given, follow=True)
    assert "Sagen er overdraget." in done.text
    return browser


def test_par6_2_a_wrong_address_costs_one_click_and_keeps_the_clock(now: datetime, home: str) -> None:
    """The reporter chose the hospital and wrote the care home's name beside it."""
    case, _ = reported(at=now, place="", place_text=home, sector=Sector.HOSPITAL, region="DK-84")
    due = case.forward_by
    browser = browser_of("Bo")
    page = browser.get(f"/sager/{case.pk}/overdrag/").text
    assert buttons(page) == ["Ballerup Kommune"]
    assert "Solgården" in page
    press(browser, case, page)
    case.refresh_from_db()
    assert (case.organisation.key, case.forward_by) == ("0151", due)
    assert "§ 4, stk. 5" in CaseStep.objects.filter(case=case).latest("pk").reason
    assert "90 dage tilbage" in browser_of("Kirsten").get(f"/sager/{case.pk}/").text


def test_the_other_place_of_a_transition_is_suggested(now: datetime, home: str) -> None:
    involved = (intake.InvolvedAnswer(role="before", place="solgaarden"),)
    case, _ = reported(at=now, event_kind=EventKind.TRANSITION, involved=involved)
    assert buttons(browser_of("Bo").get(f"/sager/{case.pk}/overdrag/").text) == ["Ballerup Kommune"]


def test_a_place_or_a_kommune_one_knows_finds_the_recipient(now: datetime, home: str) -> None:
    case, _ = reported(at=now)
    browser = browser_of("Bo")
    url = f"/sager/{case.pk}/overdrag/"
    assert buttons(browser.get(url).text) == []
    assert buttons(browser.post(url, {"find": "1", "place": "solgå"}).text) == ["Ballerup Kommune"]
    asked = {"find": "1", "municipality": "0153", "sector": "municipal"}
    assert buttons(browser.post(url, asked).text) == ["Brøndby Kommune"]
    page = browser.post(url, {"find": "1", "place": "zebra"}).text
    assert "Ingen andre modtagere passer" in page
    assert 'value="zebra"' in page
    press(browser, case, browser.post(url, asked).text)
    case.refresh_from_db()
    assert case.organisation.key == "0153"


def test_nobody_is_suggested_what_they_already_have(now: datetime) -> None:
    case, _ = reported(at=now)
    assert suggestions.offered(case.pk, by=who("Bo"), at=now) == ()
    assert suggestions.found(case.pk, place="birkelsø", by=who("Bo"), at=now) == ()


def test_a_list_and_a_reason_of_ones_own_are_still_there(now: datetime) -> None:
    case, _ = reported(at=now)
    browser = browser_of("Bo")
    page = browser.post(f"/sager/{case.pk}/overdrag/", {"to": "0151", "reason": "", "version": "1"})
    assert page.status_code == 400
    assert "Skriv, hvorfor sagen hører til et andet sted." in page.text
    assert '<option value="0151" selected' in page.text
