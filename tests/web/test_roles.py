"""Every page of the site, every person: who may open it stands in one table, and a page not in the table is a failure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.cases import case_at, deliver
from tests.people import PEOPLE, who
from tests.plans import answered, asked, published
from tests.tallies import board, screen, submitted, taps
from tests.web.desk import browser_of

from uth.actions import attachments, people
from uth.law.terms import Role, State
from uth.records.national.models import NationalPublication, NationalReport, NationalRequest
from uth.records.organisations import Agreement, Place
from uth.records.people import ApiToken, Invitation, Membership
from uth.web.gate import entry_of

pytestmark = pytest.mark.django_db(databases=["default", "national"])

NOBODY = "nobody"  # without log-in
EVERYONE = frozenset({NOBODY, "Bo", "Carl", "Rikke", "Dorte", "Stine", "Kirsten", "Adam", "Erik"})
ACCOUNTS = EVERYONE - {NOBODY}
DESKS = frozenset({"Bo", "Carl", "Rikke", "Kirsten"})
HERE = frozenset({"Bo", "Carl", "Rikke"})  # the desk of the authority that holds the case
HANDLING = frozenset({"Carl", "Rikke"})
HANDLERS = frozenset({"Carl", "Rikke", "Kirsten"})
NATIONAL = frozenset({"Dorte"})
READER = frozenset({"Stine"})
ADMIN = frozenset({"Adam"})
NONE: frozenset[str] = frozenset()
TWO_STEPS_FIRST = (
    NONE  # there is nothing to see before the two steps are set up; tests/web/test_accounts.py does it
)

HIDDEN = frozenset({"only with a one-time link in hand"})

# Programs come with keys of their own, not with a log-in: tests/api asks who may do what there.
API = "api/v1/"

PAGES: dict[str, frozenset[str]] = {
    "": EVERYONE,
    "hjaelp/": EVERYONE,
    "om/": EVERYONE,
    "privatliv/": EVERYONE,
    "hvem-ser-hvad/": EVERYONE,
    "was/": EVERYONE,
    "skal-jeg-rapportere/": EVERYONE,
    "skabelon/": EVERYONE,
    "skabelon/<slug:kind>-v<int:version>.json": EVERYONE,
    # once, when the installation is set up
    "opsaetning/": HIDDEN,
    "opsaetning/faerdig/": HIDDEN,
    "opsaetning/<str:token>/": HIDDEN,
    # the reporter's
    "rapporter/": EVERYONE,
    "rapporter/ryd/": EVERYONE,
    "rapporter/fortsaet/": EVERYONE,
    "rapporter/kladde/": EVERYONE,
    "rapporter/kladde/laeg/": EVERYONE,
    "rapporter/kladde/slet/": EVERYONE,
    "rapporter/paa-papir/": EVERYONE,
    "rapporter/paa-papir/<slug:slug>.pdf": EVERYONE,
    "rapporter/<slug:slug>/": EVERYONE,
    "rapporter/<slug:slug>/videre/": EVERYONE,
    "rapporter/<slug:slug>/opsummering/": EVERYONE,
    "rapporter/<slug:slug>/send/": EVERYONE,
    "rapporter/<slug:slug>/<slug:step_slug>/": EVERYONE,
    "rapporter/<slug:slug>/<slug:step_slug>/gem/": EVERYONE,
    "steder.json": EVERYONE,
    "kvittering/": EVERYONE,
    # the account's
    "konto/": ACCOUNTS,
    "konto/her/": ACCOUNTS,
    "konto/pause/": ACCOUNTS,
    "konto/fortsaet/": ACCOUNTS,
    "konto/fortsaet/kasser/": ACCOUNTS,
    "konto/invitation/": HIDDEN,
    "konto/invitation/<str:token>/": EVERYONE,
    "konto/noegler/": ACCOUNTS,
    "konto/noegler/<int:token_id>/luk/": ACCOUNTS,
    "konto/videre/": ACCOUNTS,
    "konto/log-ind/": EVERYONE,
    "konto/log-ind/kode/": ACCOUNTS,
    "konto/log-ud/": EVERYONE,
    "konto/lukket/": EVERYONE,
    "konto/glemt/": EVERYONE,
    "konto/glemt/sendt/": EVERYONE,
    "konto/glemt/faerdig/": EVERYONE,
    "^konto/glemt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": EVERYONE,
    "konto/bekraeft/": ACCOUNTS,
    "konto/bekraeft/kode/": ACCOUNTS,
    "konto/adgangskode/": ACCOUNTS,
    "konto/totrin/": ACCOUNTS,
    "konto/totrin/fra/": TWO_STEPS_FIRST,
    "konto/gendannelse/": TWO_STEPS_FIRST,
    "konto/gendannelse/nye/": ACCOUNTS,
    # the desk's
    "frister/": DESKS | ADMIN,
    "sager/": DESKS,
    "sager/<int:case_id>/": HERE,
    "sager/<int:case_id>/<slug:slug>/": HERE,
    "sager/<int:case_id>/overdrag/": HERE,
    "sager/<int:case_id>/journalopslag/": HANDLING,
    "sager/<int:case_id>/journalopslag/hent/": HANDLING,
    "sager/<int:case_id>/bilag/<int:number>/": HERE,
    "sager/<int:case_id>/anonymisering/": HERE,
    "sager/<int:case_id>/videregiv/": HANDLING,
    "sager/<int:case_id>/klassificer/type/": HERE,
    "sager/<int:case_id>/identitet/<slug:slug>/": HERE,
    "sager/<int:case_id>/adgangslog/": frozenset({"Rikke", "Adam"}),
    "papir/indtast/": DESKS,
    "papir/indtast/<slug:slug>/": DESKS,
    "papir/indtast/<slug:slug>/gem/": DESKS,
    "papir/indtast/<slug:slug>/forfra/": DESKS,
    # the units' tally boards, which a screen opens with a code, and the desk that runs and receives them
    "tavle/": EVERYONE,
    "tavle/tryk/": EVERYONE,
    "tavle/fortryd/": EVERYONE,
    "tavle/note/": EVERYONE,
    "tavle/alvorlig/": EVERYONE,
    "tavle/send/": EVERYONE,
    "tavle/glem/": EVERYONE,
    "samlerapporter/": DESKS,
    "samlerapporter/videregiv/": DESKS,
    "samlerapporter/tal/": DESKS,
    "samlerapporter/<int:collective_id>/": HERE,
    "samlerapporter/tavler/": DESKS,
    "samlerapporter/tavler/ny/": DESKS,
    "samlerapporter/tavler/<int:board_id>/": HERE,
    "samlerapporter/tavler/<int:board_id>/skaerm/": DESKS,
    "samlerapporter/tavler/<int:board_id>/skaerm/<int:screen_id>/luk/": DESKS,  # a look is refused; the act asks more
    "samlerapporter/tavler/<int:board_id>/luk/": DESKS,
    "samlerapporter/tavler/<int:board_id>/<str:month_told>/": HERE,
    "samlerapporter/tavler/<int:board_id>/<str:month_told>/fortryd/": DESKS,
    # the national level's
    "nationalt/samlerapporter/": NATIONAL,
    "nationalt/": NATIONAL,
    "nationalt/<int:report_id>/": NATIONAL,
    "nationalt/afvisninger/": NATIONAL,
    "nationalt/anmodninger/": NATIONAL,
    "nationalt/anmodninger/ny/": NATIONAL,
    "nationalt/anmodninger/<int:request_id>/": NATIONAL,
    "nationalt/anmodninger/<int:request_id>/traek-tilbage/": NATIONAL,
    "nationalt/anmodninger/<int:request_id>/svar/<int:number>/": NATIONAL,
    "nationalt/udgivelser/": NATIONAL,
    "nationalt/udgivelser/<int:publication_id>/": NATIONAL,
    "nationalt/udgivelser/<int:publication_id>/pdf/": NATIONAL,
    # what the national level asks for, and what is published
    "anmodninger/": HANDLERS,
    "anmodninger/<int:request_id>/": HANDLING,
    "anmodninger/<int:request_id>/svar/<int:number>/": HANDLING,
    "udgivelser/": EVERYONE,
    "udgivelser/ny/": frozenset({"Rikke"}),
    "udgivelser/<int:publication_id>/": EVERYONE,
    "udgivelser/<int:publication_id>/pdf/": EVERYONE,
    # the second consumer's
    "anonymiseret/": READER,
    "anonymiseret/<int:report_id>/": READER,
    # the administrators'
    "administration/": ADMIN,
    "administration/inviter/": ADMIN,
    "administration/inviteret/<int:invitation_id>/": ADMIN,
    "administration/inviteret/<int:invitation_id>/fortryd/": ADMIN,
    "administration/personer/<int:user_id>/": ADMIN,
    "administration/personer/<int:user_id>/rolle/": ADMIN,
    "administration/personer/<int:user_id>/rolle/<int:membership_id>/": ADMIN,
    "administration/personer/<int:user_id>/overdrag/": ADMIN,
    "administration/personer/<int:user_id>/luk/": ADMIN,
    "administration/personer/<int:user_id>/aabn/": ADMIN,
    "administration/personer/<int:user_id>/nulstil-totrin/": ADMIN,
    "administration/personer/<int:user_id>/noegle/<int:token_id>/": ADMIN,
    "administration/enheder/": ADMIN,
    "administration/papir/": DESKS | ADMIN,
    "administration/adgangslog/": frozenset({"Rikke", "Adam"}),
    "administration/breve/": ADMIN,
    "administration/revisionsspor/": ADMIN,
    "administration/journalopslag/": ADMIN,
    "administration/anonymisering/": frozenset({"Rikke", "Adam"}),
    "administration/fordeling/": ADMIN,
    "administration/fordeling/stedfinder/": ADMIN,
    "administration/fordeling/aftaler/ny/": ADMIN,
    "administration/fordeling/aftaler/<int:agreement_id>/afslut/": ADMIN,
    "administration/fordeling/steder/<int:place_id>/": ADMIN,
    "administration/fordeling/steder/<int:place_id>/driftsansvar/": ADMIN,
    "administration/fordeling/steder/<int:place_id>/vis/": ADMIN,  # a look leads nowhere; it takes a POST
    "administration/fordeling/steder/<int:place_id>/navn/fjern/": ADMIN,  # likewise
    "administration/vejledning/": ADMIN,
    "administration/vejledning/<str:topic>/": ADMIN,
    "administration/vejledning/<str:topic>/gendan/": ADMIN,  # a look leads nowhere; it takes a POST
    "administration/afsendere/": NONE,
    "administration/afsendere/ny/": NONE,
    "administration/afsendere/<slug:sender>/<str:key_id>/luk/": ADMIN,  # a look leads back; the act itself asks for more
}


@dataclass(frozen=True)
class Route:
    """A page of the URL conf."""

    pattern: str
    view: object

    def at(self, things: dict[str, str]) -> str:
        """Its address with real things in it."""
        url = self.pattern.removeprefix("^").removesuffix("$")
        for name, thing in things.items():
            url = url.replace(name, thing)
        return f"/{url}"


def routes() -> Iterator[Route]:
    """Every page there is, as the server knows it."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(entries: list[URLPattern | URLResolver], before: str) -> Iterator[Route]:
    for entry in entries:
        here = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, here)
        else:
            yield Route(here, entry.callback)


def outcome(page: HttpResponse) -> str:
    """What became of the attempt: open, hidden, or asked to log in."""
    if page.status_code == 404:
        return "hidden"
    if page.status_code == 302 and page.url.split("?")[0] == "/konto/log-ind/":  # type: ignore[attr-defined]
        return "log in"
    assert page.status_code < 500
    return "open"


def expectation(name: str, allowed: frozenset[str]) -> str:
    """What the table says of this person: a stranger is asked to log in, the others learn of nothing."""
    if name in allowed:
        return "open"
    return "log in" if name == NOBODY and allowed is not HIDDEN else "hidden"


@pytest.fixture
def things() -> dict[str, str]:
    """Something real behind every number of an address, all of it belonging to Region Hovedstaden."""
    now = datetime.now(UTC)
    case = case_at(State.IN_PROGRESS, at=now, patient_name="Ellen Test Lauridsen")
    attachments.keep(case.report, name="note.txt", content_type="text/plain", content=b"Et bilag.", at=now)
    deliver(case_at(State.FORWARDED, at=now), at=now)
    people.invite(email="ny@demo.invalid", organisation="DK-84", role=Role.HANDLER, by=who("Adam"), at=now)
    people.new_api_token(user_id=PEOPLE["Carl"], label="prøve", by=who("Carl"), at=now)
    october = datetime(2026, 10, 10, tzinfo=UTC)
    unit = board(at=october, organisation="DK-84", place="birkelsoe-med", by=who("Bo"))
    taps(screen(unit, at=october, by=who("Bo")), 2, happened=october, at=october)
    counted = submitted(unit, "2026-10", at=now, by=who("Bo"))[0]
    request = asked(at=now)
    answered(request, at=now)
    publication = str(published(at=now))
    theirs = NationalRequest.objects.get(ref=request.ref)
    return {
        "nationalt/anmodninger/<int:request_id>/svar/<int:number>": (
            f"nationalt/anmodninger/{theirs.pk}/svar/{theirs.answers.get().pk}"
        ),
        "nationalt/anmodninger/<int:request_id>": f"nationalt/anmodninger/{theirs.pk}",
        "anmodninger/<int:request_id>/svar/<int:number>": (
            f"anmodninger/{request.pk}/svar/{request.answers.get().pk}"
        ),
        "<int:request_id>": str(request.pk),
        "nationalt/udgivelser/<int:publication_id>": (
            f"nationalt/udgivelser/{NationalPublication.objects.get().pk}"
        ),
        "<int:publication_id>": publication,
        "<int:case_id>": str(case.pk),
        "<int:place_id>": str(Place.objects.all()[0].pk),
        "<int:agreement_id>": str(Agreement.objects.get().pk),
        "<int:number>": str(case.report.attachments.get().pk),
        "identitet/<slug:slug>": "identitet/patient",
        "rapporter/<slug:slug>": "rapporter/fagperson",
        "<slug:kind>-v<int:version>": "report-v2",
        "rapporter/paa-papir/<slug:slug>": "rapporter/paa-papir/patient",
        "papir/indtast/<slug:slug>": "papir/indtast/patient",
        "<slug:slug>": "notat",
        "<slug:step_slug>": "hvad-skete-der",
        "<int:board_id>": str(unit.pk),
        "<int:screen_id>": "1",
        "<str:month_told>": "2026-10",
        "<int:collective_id>": str(counted.pk),
        "<int:report_id>": str(NationalReport.objects.get().pk),
        "<int:invitation_id>": str(Invitation.objects.get().pk),
        "<int:user_id>": str(PEOPLE["Carl"]),
        "<int:membership_id>": str(Membership.objects.get(user=PEOPLE["Carl"]).pk),
        "<int:token_id>": str(ApiToken.objects.get().pk),
        "<str:token>": "et-token",
        "<str:topic>": "act.assign",
        "<slug:sender>": "DK-84",
        "<str:key_id>": "k1",
        "(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)": "1-set-password",
    }


def test_every_page_stands_in_the_table() -> None:
    known = {route.pattern for route in routes() if not route.pattern.startswith(API)}
    assert known - set(PAGES) == set(), "a page nobody has decided about"
    assert set(PAGES) - known == set(), "a page that is no more"


def test_every_page_says_who_may_enter() -> None:
    for route in routes():
        if route.pattern == API:
            continue  # a name for the programs' root, not a page
        assert entry_of(route.view) is not None, route.pattern


@pytest.mark.parametrize("name", sorted(EVERYONE))
def test_pages_open_to_those_of_the_table_and_nobody_else(name: str, things: dict[str, str]) -> None:
    wrong = []
    for route in routes():
        if route.pattern.startswith(API):
            continue
        browser = Client() if name == NOBODY else browser_of(name)
        expected = expectation(name, PAGES[route.pattern])
        got = outcome(browser.get(route.at(things)))
        if got != expected:
            wrong.append(f"{route.at(things)}: {got}, not {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["Dorte", "Stine", "Kirsten", "Adam", "Erik"])
def test_nobody_outside_the_authority_reaches_a_case_by_any_act(name: str, things: dict[str, str]) -> None:
    from uth.web.handling import PAGES as ACTS

    case = things["<int:case_id>"]
    browser = browser_of(name)
    for slug in [*ACTS, "anonymisering", "videregiv", "klassificer/type", "identitet/patient"]:
        page = browser.post(
            f"/sager/{case}/{slug}/", {"version": "1", "text": "Hej", "formaal": "find_record"}
        )
        assert page.status_code == 404, slug


@pytest.mark.parametrize("name", sorted(ACCOUNTS))
def test_a_log_in_opens_no_door_for_programs(name: str) -> None:
    browser = browser_of(name)
    for address in ("cases", "me", "national/reports", "cases/1"):
        assert browser.get(f"/{API}{address}").status_code in {401, 404}
