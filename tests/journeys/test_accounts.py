"""From nothing to a working desk in a real browser: set-up, invitation, two steps, administration; nothing known beforehand."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.installation import Installation
from tests.journeys.conftest import Browse, look
from tests.web.test_accounts import code_for

from uth.config import environment_file

pytestmark = pytest.mark.journey
PASSWORD = "fire grønne æbler i skoven"
ADMIN, COLLEAGUE = "adm@opdigtet.invalid", "ny@opdigtet.invalid"


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Installation]:
    """An installation as a stranger sets it up: no demo, no people, no passwords."""
    place = Installation(tmp_path, UTH_DEMO="", UTH_SITE="local")
    place.environment.pop("UTH_DEMO")
    said = place.uth("setup", "--yes", "--env", str(tmp_path / "uth.env"))
    place.environment |= environment_file.read(tmp_path / "uth.env")
    link = re.search(r"http://\S+/opsaetning/\S+/", said)
    assert link
    place.first_link = link[0]  # type: ignore[attr-defined]
    place.serve()
    place.work()
    try:
        place.wait_until_up()
        yield place
    finally:
        place.end_all()


@pytest.fixture
def people(bare: Installation, chromium: Browser) -> Iterator[list[BrowserContext]]:
    """Two browsers, one for each of two people."""
    contexts = [
        chromium.new_context(
            base_url=bare.url, bypass_csp=True, locale="da-DK", timezone_id="Europe/Copenhagen"
        )
        for _ in range(2)
    ]
    yield contexts
    for context in contexts:
        context.close()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def join(page: Page, link: str, name: str, email: str, *, picture: str = "") -> str:
    """Follow an invitation to the end of the enrolment; gives the secret of the two steps."""
    page.goto(link)
    heading(page, "Velkommen")
    assert page.url.endswith("/konto/invitation/"), "the secret has left the address line"
    if picture:
        look(page, f"{picture}-invitation")
    page.get_by_label("Dit navn").fill(name)
    page.get_by_label("Vælg en adgangskode").fill(PASSWORD)
    press(page, "Tag imod")
    heading(page, "Log ind")
    if picture:
        look(page, f"{picture}-log-ind")
    log_in(page, email)
    page.goto("/konto/adgangskode/")
    heading(page, "Sæt totrinslogin op")
    page.get_by_text("Jeg kan ikke bruge kameraet").click()
    if picture:
        look(page, f"{picture}-totrin")
    secret = page.locator("details .receipt-code").inner_text().strip()
    page.get_by_label("Kode fra appen").fill(code_for(secret))
    press(page, "Slå totrinslogin til")
    heading(page, "Dine gendannelseskoder")
    if picture:
        look(page, f"{picture}-gendannelseskoder")
    page.get_by_role("link", name="Jeg har gemt koderne").click()
    return secret


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/konto/log-ind/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Adgangskode").fill(password)
    press(page, "Log ind")


def test_from_nothing_to_a_colleague_at_work(bare: Installation, people: list[BrowserContext]) -> None:
    page = people[0].new_page()
    page.goto(bare.first_link)  # type: ignore[attr-defined]
    heading(page, "Sæt systemet op")
    look(page, "konto-opsaetning")
    press(page, "Gem opsætningen")
    look(page, "konto-opsaetning-fejl")
    page.get_by_label("Jeres myndighed").select_option("0461")
    page.get_by_label("Navn, som det skal stå på siderne").fill("Odense Kommune")
    page.get_by_label("Den første administrators e-mail").fill(ADMIN)
    press(page, "Gem opsætningen")
    heading(page, "Systemet er sat op")
    look(page, "konto-opsat")
    link = page.locator(".receipt-code").inner_text().strip()

    secret = join(page, link, "Ada Opdigtet", ADMIN, picture="konto")
    heading(page, "Personer")
    page.get_by_role("link", name="Invitér en kollega").click()
    page.get_by_label("E-mail").fill(COLLEAGUE)
    look(page, "konto-inviter")
    page.locator("label", has_text=re.compile(r"^Sagsbehandler$")).click()
    press(page, "Send invitationen")
    heading(page, "Invitationen er lavet")
    look(page, "konto-inviteret")
    colleague = people[1].new_page()
    join(colleague, page.locator(".receipt-code").inner_text().strip(), "Nye Ny", COLLEAGUE)
    expect(colleague).to_have_url(re.compile("/sager/"))

    shut_out(page, colleague)
    second_log_in(page, secret)
    nothing_secret_was_logged(bare, link, secret)


def shut_out(page: Page, colleague: Page) -> None:
    """The administrator closes the colleague's account, and the colleague is out with the next click."""
    page.goto("/administration/")
    look(page, "konto-personer")
    page.get_by_role("link", name="Nye Ny").click()
    look(page, "konto-person")
    expect(page.get_by_role("contentinfo")).to_contain_text("Odense Kommune")
    page.get_by_role("link", name="Nulstil totrinslogin").click()
    heading(page, "Nulstil totrinslogin for Nye Ny?")
    look(page, "konto-nulstil")
    page.get_by_role("link", name="Fortryd").click()
    page.get_by_role("link", name="Luk kontoen").click()
    heading(page, "Luk kontoen for Nye Ny?")
    look(page, "konto-luk")
    press(page, "Ja, luk kontoen nu")
    expect(page.get_by_role("status")).to_contain_text("Kontoen er lukket")
    colleague.goto("/sager/")
    heading(colleague, "Log ind")
    log_in(colleague, COLLEAGUE)
    heading(colleague, "Kontoen er lukket")
    look(colleague, "konto-lukket")


def second_log_in(page: Page, secret: str) -> None:
    """Password and code; a wrong code is refused in a sentence."""
    page.goto("/")
    press(page, "Log ud")
    log_in(page, ADMIN, "forkert adgangskode")
    expect(page.get_by_role("alert")).to_contain_text("passer ikke")
    look(page, "konto-log-ind-fejl")
    log_in(page, ADMIN)
    heading(page, "Skriv koden fra din telefon")
    look(page, "konto-kode")
    page.get_by_label("Kode").fill("000000")
    press(page, "Log ind")
    expect(page.get_by_role("alert")).to_contain_text("Koden passer ikke")
    page.get_by_label("Kode").fill(code_for(secret))
    press(page, "Log ind")
    heading(page, "Personer")
    page.goto("/konto/")
    look(page, "konto-min-konto")
    for path in ("bekraeft/", "bekraeft/kode/", "gendannelse/nye/", "totrin/fra/"):
        answer = page.goto(f"/konto/{path}")
        assert answer is not None
        assert answer.status == 200
        look(page, f"konto-{path.replace('/', '-')}")


def nothing_secret_was_logged(bare: Installation, link: str, secret: str) -> None:
    said = bare.log("server") + bare.log("worker")
    token = link.rstrip("/").rpartition("/")[2]
    for word in (token, secret, ADMIN, COLLEAGUE, PASSWORD, "Opdigtet"):
        assert word not in said


def test_the_administration_of_a_demo(browse: Browse) -> None:
    page = browse()
    page.goto("/konto/log-ind/")
    look(page, "konto-demo-log-ind")
    press(page, "Log ind som adam@demo.invalid")
    heading(page, "Personer")
    look(page, "administration-personer")
    page.get_by_role("link", name="Carl").click()
    look(page, "administration-person")
    page.goto(f"{page.url.rstrip('/')}/overdrag/")
    look(page, "administration-overdrag")
    page.go_back()
    page.get_by_role("link", name="Giv en rolle").click()
    look(page, "administration-rolle")
    page.goto("/administration/")
    for tab in ("Enheder", "Adgangslog", "Revisionsspor"):
        page.get_by_role("link", name=tab).click()
        heading(page, tab)
        look(page, f"administration-{tab.lower()}")
    press(page, "Efterprøv hele sporet")
    expect(page.get_by_role("status")).to_contain_text("Revisionssporet er helt")
    page.goto("/administration/adgangslog/")
    page.get_by_label("CPR-nummer").fill("020191-9996")
    press(page, "Slå op")
    expect(page.get_by_role("heading", level=2)).to_contain_text("Resultat")
    assert "9996" not in page.url
    look(page, "administration-adgangslog-svar")


def test_pages_of_the_account_keep_the_content_policy(browse: Browse) -> None:
    page = browse(strict=True)
    page.goto("/konto/log-ind/")
    press(page, "Log ind som carl@demo.invalid")
    for url in ("/konto/", "/konto/totrin/", "/konto/noegler/", "/konto/adgangskode/"):
        page.goto(url)
        heading(page, "")


def test_error_pages_have_a_way_on(browse: Browse) -> None:
    page = browse()
    page.goto("/findes-ikke/")
    heading(page, "Siden findes ikke")
    look(page, "fejl-404")
    page.get_by_role("link", name="Til forsiden", exact=True).click()
    expect(page).to_have_url(re.compile(r"/$"))


def test_without_javascript_one_can_log_in_and_out(browse: Browse) -> None:
    page = browse(javascript=False)
    page.goto("/konto/log-ind/")
    press(page, "Log ind som erik@demo.invalid")
    heading(page, "Min konto")
    expect(page.get_by_text("Du har ingen rolle endnu")).to_be_visible()
    press(page, "Log ud")
    expect(page).to_have_url(re.compile(r"/$"))
