"""Routing administered: the finder, the agreements and the places, by those who answer for the whole site."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from tests.cases import reported
from tests.people import PEOPLE, who
from tests.web.desk import browser_of

from uth.actions import agreements, intake, organisations, people, places
from uth.actions.handling import Refused
from uth.law.actor import SYSTEM, Hidden
from uth.law.terms import EventKind, Role
from uth.records.models import AuditLine
from uth.records.organisations import Agreement, Finder, Installation, Organisation, Place
from uth.records.people import Membership

pytestmark = pytest.mark.django_db(databases=["default", "national"])
HOME = "/administration/fordeling/"
FINDER, NEW = HOME + "stedfinder/", HOME + "aftaler/ny/"


@pytest.fixture
def adam() -> Client:
    """Adam administers a whole authority."""
    return browser_of("Adam")


def day(name: str, when: date | None) -> dict[str, Any]:
    parts = (when.day, when.month, when.year) if when else ("", "", "")
    return {f"{name}_{part}": value for part, value in zip(("day", "month", "year"), parts, strict=True)}


def place_page(key: str = "birkelsoe-med") -> str:
    return f"{HOME}steder/{Place.objects.get(key=key).pk}/"


def test_the_finder_is_chosen_on_the_page_and_told_in_the_audit(adam: Client) -> None:
    answer = adam.post(FINDER, {"organisation": "DK-82"} | day("since", None), follow=True)
    assert "Region Midtjylland" in answer.text
    assert Finder.objects.order_by("since").last().organisation.key == "DK-82"  # type: ignore[union-attr]
    assert AuditLine.objects.filter(word="finder.chosen").exists()


def test_a_finder_without_an_authority_is_refused_in_a_sentence(adam: Client) -> None:
    answer = adam.post(FINDER, {"organisation": ""} | day("since", None))
    assert answer.status_code == 422
    assert "Vælg en myndighed." in answer.text


def test_a_finder_where_nobody_receives_is_warned_of(adam: Client) -> None:
    assert "Ingen tager imod" not in adam.get(HOME).text
    assert (
        "Ingen tager imod"
        in adam.post(FINDER, {"organisation": "DK-82"} | day("since", None), follow=True).text
    )


# ── R17: agreements ──


def agreed(client: Client, **changed: Any) -> Any:
    told = {"name": "Sundhedsaftalen 2026 (opdigtet)", "happened_at": "DK-84", "goes_to": "0151"} | changed
    since, until = told.pop("since", date(2026, 1, 1)), told.pop("until", None)
    return client.post(NEW, told | day("since", since) | day("until", until), follow=True)


def transition(at: datetime) -> str:
    kommunes = Place.objects.filter(tenures__operator__key="0151").order_by("key")[0]
    involved = (intake.InvolvedAnswer(role="after", place=kommunes.key),)
    case, _ = reported(at=at, event_kind=EventKind.TRANSITION, involved=involved)
    return case.organisation.key


def test_par4_6_2_an_agreement_told_on_the_page_decides_until_it_is_ended(
    adam: Client, now: datetime
) -> None:
    assert transition(now) == "DK-84"
    assert "Sundhedsaftalen 2026 (opdigtet)" in agreed(adam).text
    assert transition(now) == "0151"
    row = Agreement.objects.get(name="Sundhedsaftalen 2026 (opdigtet)")
    agreements.end_agreement(row.pk, last_day=date(2026, 11, 30), by=who("Adam"), at=now)
    assert transition(now) == "0151"
    assert transition(now.replace(month=12)) == "DK-84"
    assert AuditLine.objects.filter(word__in=["agreement.added", "agreement.ended"]).count() >= 2


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Skriv, hvad aftalen hedder"),
        ({"goes_to": "DK-84"}, "Vælg en anden region eller kommune"),
        ({"happened_at": "oestdanmark"}, "findes den dag, aftalen begynder"),
        ({"since": None}, "Skriv den første dag"),
        ({"until": date(2025, 1, 1)}, "ligger før den første"),
        ({"happened_at": "DK-81", "goes_to": "0851"}, "Afslut den først"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused_and_what_was_typed_stays(
    changed: dict[str, Any], says: str, adam: Client
) -> None:
    before = Agreement.objects.count()
    answer = agreed(adam, **changed)
    assert answer.status_code == 422
    assert says in answer.text
    assert changed.get("name") == "" or "Sundhedsaftalen 2026 (opdigtet)" in answer.text
    assert Agreement.objects.count() == before


def test_an_agreement_is_not_ended_in_the_past(now: datetime) -> None:
    row = Agreement.objects.get()
    for last in (date(2023, 1, 1), date(2026, 11, 1)):
        with pytest.raises(Refused):
            agreements.end_agreement(row.pk, last_day=last, by=who("Adam"), at=now)
    agreements.end_agreement(row.pk, last_day=None, by=who("Adam"), at=now)
    with pytest.raises(Refused):
        agreements.end_agreement(row.pk, last_day=None, by=who("Adam"), at=now.replace(year=2027))


# ── places ──


def test_a_place_is_found_by_its_nickname_and_the_words_stand_in_no_address(adam: Client) -> None:
    answer = adam.post(HOME, {"q": "FAM Birkelsø"})
    assert "Akutmodtagelsen, Birkelsø Hospital (opdigtet)" in answer.text
    assert "FAM" not in answer.request["PATH_INFO"] + answer.request["QUERY_STRING"]
    assert "Ingen steder passer" in adam.post(HOME, {"q": "Atlantis"}).text


def test_par4_5_a_place_changes_hands_on_the_page_and_the_old_owner_stands(adam: Client) -> None:
    told = {"operator": "DK-85", "supervisor": "", "receives_itself": "", "source": "En aftale (opdigtet)"}
    adam.post(place_page() + "driftsansvar/", told | day("since", date(2026, 12, 1)))
    text = adam.get(place_page()).text
    assert "Region Sjælland" in text
    assert "Region Hovedstaden" in text
    assert "En aftale (opdigtet)" in text
    earlier = adam.post(place_page() + "driftsansvar/", told | day("since", date(2026, 11, 1)))
    assert earlier.status_code == 422
    assert "skifter igen" in earlier.text


def test_the_form_begins_with_who_holds_the_place_so_that_nothing_is_lost_unseen(adam: Client) -> None:
    assert '<option value="DK-84" selected>' in adam.get(place_page() + "driftsansvar/").text


def test_a_name_is_added_and_taken_away_and_the_place_hidden_and_shown(adam: Client) -> None:
    assert "Det bedste afsnit" in adam.post(place_page(), {"alias": "Det bedste afsnit"}, follow=True).text
    assert "allerede findes" in adam.post(place_page(), {"alias": "det bedste afsnit"}).text
    adam.post(place_page() + "navn/fjern/", {"alias": "Det bedste afsnit"})
    assert not Place.objects.get(key="birkelsoe-med").aliases.filter(name="Det bedste afsnit").exists()
    assert "Vis stedet igen" in adam.post(place_page() + "vis/", follow=True).text
    assert "Skjul stedet" in adam.post(place_page() + "vis/", follow=True).text


def test_an_administrator_of_a_part_decides_nothing_for_the_whole_site(now: datetime) -> None:
    part = organisations.add_part(below="DK-84", name="En afdeling", by=SYSTEM, at=now)
    Membership.objects.filter(user=PEOPLE["Adam"]).delete()
    people.grant(
        user_id=PEOPLE["Adam"], organisation=part, role=Role.ADMIN, since=date(2020, 1, 1), by=SYSTEM, at=now
    )
    client = browser_of("Adam")
    assert [client.get(url).status_code for url in (HOME, FINDER, NEW, place_page())] == [404] * 4
    for act in (
        lambda: places.choose_finder(organisation="DK-82", since=date(2026, 12, 1), by=who("Adam"), at=now),
        lambda: places.show_place("birkelsoe-med", hidden=True, by=who("Adam"), at=now),
        lambda: places.change_hands("birkelsoe-med", places.TenureEntry(), by=who("Adam"), at=now),
        lambda: agreements.end_agreement(Agreement.objects.get().pk, last_day=None, by=who("Adam"), at=now),
    ):
        with pytest.raises(Hidden):
            act()


def test_an_administrator_of_another_authority_decides_nothing_where_the_site_is_somebodys(
    now: datetime,
) -> None:
    """Or one of several here could draw the others' reports to itself."""
    Installation.objects.create(
        kind="local", name="X", organisation=Organisation.objects.get(key="DK-83"), completed_at=now
    )
    client = browser_of("Adam")
    assert [client.get(url).status_code for url in (HOME, FINDER, NEW, place_page())] == [404] * 4
    assert "Fordeling" not in client.get("/administration/").text
    with pytest.raises(Hidden):
        places.show_place("birkelsoe-med", hidden=True, by=who("Adam"), at=now)
    Installation.objects.update(organisation=Organisation.objects.get(key="DK-84"))
    assert client.get(HOME).status_code == 200
