"""Who sees what: every person asks every page and every program's door for every case, and finds the table's share of it.

A word found that the table does not list fails, and so does a word that is listed and never found (SUL §§ 199-201).
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.api.calls import BASE
from tests.people import PEOPLE, who
from tests.web.desk import browser_of
from tests.web.marked import START, Marked, marked, word
from tests.web.test_roles import API, NOBODY, routes, things  # noqa: F401 - a fixture

from uth.actions import handling
from uth.actions.people import new_api_token
from uth.law.actor import SYSTEM
from uth.law.clock import danish_day
from uth.law.confidentiality import FIELDS, STAYS_BEHIND, visible, visible_to
from uth.law.terms import Purpose, Role, State, Visible
from uth.records.national.models import NationalReport
from uth.web import who_sees
from uth.web.handling import PAGES as ACTS
from uth.web.identities import WHICH
from uth.web.inbox import SLUGS

pytestmark = pytest.mark.django_db(databases=["default", "national"])

NOW = datetime.now(UTC) - timedelta(minutes=10)
MINUTE = timedelta(minutes=1)
LATER = NOW + MINUTE
# What each person is to Region Hovedstaden's cases; who stands here with nothing finds nothing.
ROLES: dict[str, frozenset[Role]] = {
    "Bo": frozenset({Role.INTAKE}),
    "Carl": frozenset({Role.HANDLER}),
    "Rikke": frozenset({Role.RISK_MANAGER}),
    "Adam": frozenset({Role.ADMIN}),
    "Dorte": frozenset({Role.NATIONAL}),
    "Stine": frozenset({Role.READER}),
    "Kirsten": frozenset(),
    "Nora": frozenset(),
    "Erik": frozenset(),
    NOBODY: frozenset(),
}
PASSED_ON = "passedon"  # a case that Region Hovedstaden has sent to the kommune where Kirsten sits
PROGRAMS_ASK = {
    "get": ("cases/search", "national/reports/search")
}  # posted, so that nothing stands in an address


type Found = set[tuple[Visible, str]]


@pytest.fixture
def cases(things: dict[str, str]) -> list[Marked]:  # noqa: F811 - the pages' own things come first
    """A marked case in every state."""
    return [marked(state, at=NOW) for state in State]


def search_in(
    page: HttpResponse, cases: list[Marked], found: Found, where: dict[tuple[Visible, str], str], url: str
) -> None:
    """Note every marked word that the answer holds."""
    content = (b"".join(page.streaming_content) if page.streaming else page.content).decode(
        "utf-8", "replace"
    )  # type: ignore[attr-defined]
    assert page.status_code < 500, url
    for each in cases:
        for what, told in each.words.items():
            if told in content:
                found.add((what, each.name))
                where.setdefault((what, each.name), url)
        if url == f"/sager/{each.case.pk}/adgangslog/" and "Åbnede sagen" in content:
            found.add((Visible.ACCESS_LOG, each.name))


def case_addresses(each: Marked) -> Iterator[str]:
    """Every page about one case."""
    number = str(each.case.pk)
    file = each.case.report.attachments.first()
    gaps = {"<int:case_id>": number, "<int:number>": str(file.pk if file else 1)}
    for route in routes():
        if route.pattern.startswith(API) or "<int:case_id>" not in route.pattern:
            continue
        url = route.at(gaps)
        slugs = WHICH if "identitet" in url else ACTS
        for slug in slugs if "<slug:slug>" in url else [""]:
            address = url.replace("<slug:slug>", slug)
            assert "<" not in address, f"say in this test what stands in {address}"
            yield address


def general_addresses(gaps: Mapping[str, str]) -> Iterator[str]:
    """Every other page, with something real in its address."""
    for route in routes():
        if not route.pattern.startswith(API) and "<int:case_id>" not in route.pattern:
            url = route.at(dict(gaps))
            assert "<" not in url, f"say in tests/web/test_roles.py what stands in {url}"
            yield url
    for slug in SLUGS:
        yield f"/sager/?liste={slug}"


def program_addresses(cases: list[Marked]) -> Iterator[str]:
    """Every door for programs that may be looked through."""
    from uth.api.routes import api

    reports = [str(pk) for pk in NationalReport.objects.values_list("pk", flat=True)]
    numbers = {"{case_id}": [str(each.case.pk) for each in cases], "{report_id}": reports}
    for path, operations in api.get_openapi_schema()["paths"].items():
        if "get" not in operations:
            continue
        gap = next((gap for gap in numbers if gap in path), "")
        for number in numbers.get(gap, [""]):
            url = path.replace(gap, number) if gap else path
            assert "{" not in url, f"say in this test what stands in {url}"
            yield url


def ask_everything(
    name: str, cases: list[Marked], gaps: Mapping[str, str], key: str
) -> tuple[Found, dict[tuple[Visible, str], str]]:
    """Everything this person finds, and where it was first seen."""
    found: Found = set()
    where: dict[tuple[Visible, str], str] = {}

    def browser() -> Client:
        return Client() if name == NOBODY else browser_of(name)

    one = browser()
    for each in cases:
        for url in case_addresses(each):
            search_in(one.get(url), cases, found, where, url)
        for slug in WHICH:
            for purpose in Purpose:
                url = f"/sager/{each.case.pk}/identitet/{slug}/"
                search_in(one.post(url, {"formaal": purpose.value}), cases, found, where, url)
        search_in(
            one.post("/sager/", {"q": each.words[Visible.STORY]}, follow=True),
            [e for e in cases if e is not each],
            found,
            where,
            "/sager/?q",
        )
    for url in general_addresses(gaps):
        asker = browser() if url.startswith("/konto/") else one  # what is done to an account ends its log-in
        search_in(asker.get(url), cases, found, where, url)
    today = danish_day(NOW)
    days = {
        f"{edge}_{part}": str(getattr(today, part))
        for edge in ("since", "until")
        for part in ("day", "month", "year")
    }
    search_in(
        one.post("/administration/journalopslag/", days),
        cases,
        found,
        where,
        "/administration/journalopslag/",
    )
    headers = {"Authorization": key} if key else {}
    for url in program_addresses(cases):
        search_in(Client().get(url, headers=headers), cases, found, where, url)
    for path in PROGRAMS_ASK["get"]:
        body = json.dumps({"search": START, "q": START})
        search_in(
            Client().post(BASE + path, body, content_type="application/json", headers=headers),
            cases,
            found,
            where,
            path,
        )
    return found, where


def listed(name: str, cases: list[Marked]) -> Found:
    """What the table says this person sees of these cases."""
    expected: Found = set()
    for each in cases:
        seen = visible_to(ROLES[name], State(each.case.state))
        expected |= {(what, each.name) for what in seen if what in each.words or what is Visible.ACCESS_LOG}
    return expected


def differences(found: Found, expected: Found, where: Mapping[tuple[Visible, str], str]) -> list[str]:
    leaks = [
        f"{what} of {state} stands at {where.get((what, state), '')} and in no table"
        for what, state in found - expected
    ]
    unseen = [f"{what} of {state} is listed and stands nowhere" for what, state in expected - found]
    return sorted([*leaks, *unseen])


@pytest.fixture
def keys(things: dict[str, str]) -> dict[str, str]:  # noqa: F811 - the fixture
    """Everybody's key for programs, made after the one of the pages."""
    return {
        name: "Bearer " + new_api_token(user_id=number, label="prøve", by=SYSTEM, at=NOW)
        for name, number in PEOPLE.items()
    }


def test_sul200_each_person_finds_the_tables_share_of_every_case_and_nothing_else(
    cases: list[Marked],
    things: dict[str, str],  # noqa: F811
    keys: dict[str, str],
) -> None:
    wrong = []
    for name in ROLES:  # one house for all: to furnish it takes longer than to walk through it
        found, where = ask_everything(name, cases, things, keys.get(name, ""))
        wrong += [f"{name}: {each}" for each in differences(found, listed(name, cases), where)]
    assert wrong == []


def test_sul200_everybody_with_an_account_stands_in_the_matrix() -> None:
    assert set(ROLES) == {*PEOPLE, NOBODY}
    held = {role for roles in ROLES.values() for role in roles}
    assert set(Role) - held == {Role.REPORTER, Role.SYSTEM}, "a new role asks here too"


def test_the_reporter_finds_with_the_code_what_is_written_to_the_reporter(cases: list[Marked]) -> None:
    for each in cases:
        found: Found = set()
        where: dict[tuple[Visible, str], str] = {}
        search_in(Client().post("/kvittering/", {"code": each.code}), cases, found, where, "/kvittering/")
        seen = visible(Role.REPORTER, State(each.case.state))
        assert differences(found, {(what, each.name) for what in seen if what in each.words}, where) == []
        program: Found = set()
        answer = Client().get(
            f"{BASE}receipt", headers={"Uth-Receipt": each.code, "Authorization": f"Bearer {each.code}"}
        )
        search_in(answer, cases, program, where, "receipt")
        assert program <= found


@pytest.fixture
def passed_on(things: dict[str, str], keys: dict[str, str]) -> Marked:  # noqa: F811
    """A case under handling that Region Hovedstaden has sent to the kommune where Kirsten sits."""
    given = marked(State.IN_PROGRESS, at=NOW, name=PASSED_ON)
    handling.transfer(given.case.pk, to="0151", reason="Skete på plejehjemmet.", by=who("Carl"), at=LATER)
    handling.assign(given.case.pk, handler_id=PEOPLE["Kirsten"], by=who("Kirsten"), at=LATER)
    given.case.refresh_from_db()
    return given


def test_sul200_what_the_reporter_is_called_and_the_old_notes_stay_behind_when_a_case_is_passed_on(
    passed_on: Marked,
    things: dict[str, str],  # noqa: F811
    keys: dict[str, str],
) -> None:
    found, where = ask_everything("Kirsten", [passed_on], things, keys["Kirsten"])
    seen = visible_to({Role.INTAKE, Role.HANDLER}, State.IN_PROGRESS, given_here=False)
    expected = {(what, PASSED_ON) for what in seen if what in passed_on.words}
    expected -= {(Visible.NOTES, PASSED_ON), (Visible.LOOKUPS, PASSED_ON)}  # theirs who wrote them
    assert differences(found, expected, where) == []
    assert not {what for what, _ in found} & STAYS_BEHIND


def test_sul200_the_scan_of_a_letter_stays_behind_too_and_the_page_says_where(
    things: dict[str, str],  # noqa: F811
    keys: dict[str, str],
) -> None:
    letter = marked(State.IN_PROGRESS, at=NOW, name=PASSED_ON, channel="paper")
    assert word(Visible.ATTACHMENTS, PASSED_ON) in browser_of("Carl").get(page_of(letter)).text
    handling.transfer(letter.case.pk, to="0151", reason="Skete på plejehjemmet.", by=who("Carl"), at=LATER)
    handling.assign(letter.case.pk, handler_id=PEOPLE["Kirsten"], by=who("Kirsten"), at=LATER)
    found, where = ask_everything("Kirsten", [letter], things, keys["Kirsten"])
    seen = visible_to({Role.INTAKE, Role.HANDLER}, State.IN_PROGRESS, given_here=False, on_paper=True)
    expected = {(what, PASSED_ON) for what in seen if what in letter.words}
    expected -= {(Visible.NOTES, PASSED_ON), (Visible.LOOKUPS, PASSED_ON)}
    assert differences(found, expected, where) == []
    page = browser_of("Kirsten").get(page_of(letter)).text
    assert "følger derfor ikke med fra Region Hovedstaden" in page
    file = letter.case.report.attachments.get()
    assert browser_of("Kirsten").get(f"{page_of(letter)}bilag/{file.pk}/").status_code == 404


def page_of(each: Marked) -> str:
    return f"/sager/{each.case.pk}/"


def test_sul200_the_authority_that_passed_a_case_on_loses_sight_of_it(
    passed_on: Marked,
    things: dict[str, str],  # noqa: F811
    keys: dict[str, str],
) -> None:
    wrong = []
    for name in set(ROLES) - {"Kirsten"}:
        found, where = ask_everything(name, [passed_on], things, keys.get(name, ""))
        # the look-ups it permitted itself stay in its administrator's own list, and the acts it did in its own log
        kept = {(Visible.LOOKUPS, PASSED_ON), (Visible.ACCESS_LOG, PASSED_ON)} if name == "Adam" else set()
        wrong += [f"{name}: {each}" for each in differences(found - kept, set(), where)]
    assert wrong == []


def test_sul200_the_notes_are_there_again_when_the_case_comes_back(passed_on: Marked) -> None:
    case = passed_on.case
    handling.note(case.pk, text="Kommunens eget notat.", by=who("Kirsten"), at=LATER)
    handling.transfer(
        case.pk, to="DK-84", reason="Skete på hospitalet alligevel.", by=who("Kirsten"), at=LATER + MINUTE
    )
    page = browser_of("Rikke").get(f"/sager/{case.pk}/").content.decode()
    assert "identitet/rapportoer" in page
    assert "Kommunens eget notat." not in page


def test_what_a_reporter_is_shown_before_sending_is_the_table_itself() -> None:
    assert set(who_sees.WHAT) == set(Visible) == set(FIELDS)
    assert {role for _, role in who_sees.WHO} == set(Role) - {Role.SYSTEM}
    for what in Visible:
        for _, role in who_sees.WHO:
            states = {state for state in State if what in visible(role, state)}
            words = who_sees.when(role, what)
            assert (words == "Nej") == (not states)
            assert (words == "Ja") == (states == set(State))


@pytest.mark.parametrize("address", ["/privatliv/", "/hvem-ser-hvad/"])
def test_the_table_is_open_to_everybody_and_reached_from_the_privacy_page(address: str) -> None:
    page = Client().get(address).content.decode()
    assert "Hvem ser hvad?" in page


def test_sul199_nobody_beyond_the_authority_is_told_who_or_where() -> None:
    for role in (Role.NATIONAL, Role.READER):
        for state in State:
            assert visible(role, state) <= {Visible.FACTS, Visible.CLEAN_TEXT, Visible.PLANS}
