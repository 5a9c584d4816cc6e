"""Handling (sagsbehandling) in a real browser: from the inbox to the national level, every page held against axe."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.installation import Installation
from tests.journeys.conftest import Browse, log_in, look

pytestmark = pytest.mark.journey

STORY = (
    "Sygeplejerske Hanne Holm gav Ellen Lauridsen (020191-9996) morfin 10 mg i stedet for 1 mg. "
    "Hanne opdagede det selv og ringede til lægen på 12 34 56 78. Trunte fra køkkenet så det også."
)
IDENTITIES = (
    "Hanne",
    "Holm",
    "Ellen",
    "Lauridsen",
    "020191",
    "9996",
    "12 34 56 78",
    "Trunte",
    "Anna Opdigtet",
)


def reported(site: Installation) -> tuple[str, str]:
    """Anna's report, given by a program; the headline to find it by, and her receipt code."""
    headline = "Ti gange for meget morfin"
    given = {
        "story": STORY,
        "headline": headline,
        "reporter_kind": "professional",
        "actual_harm": "mild",
        "possible_harm": "serious_or_fatal",
        "place": "birkelsoe-med",
        "reporter_name": "Anna Opdigtet",
        "reporter_email": "anna@opdigtet.invalid",
        "patient_name": "Ellen Test Lauridsen",
        "patient_cpr": "0201919996",
    }
    answer = httpx.post(f"{site.url}/api/v1/reports", json=given, timeout=30)
    assert answer.status_code == 201, answer.text
    return headline, answer.json()["receipt_code"]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def choose(page: Page, words: str) -> None:
    page.locator("label", has_text=re.compile(f"^{re.escape(words)}$")).first.click()


def see(page: Page, heading: str, name: str) -> None:
    """Wait for the page with this heading, and look at it."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    look(page, name)


def says(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words)


def test_a_case_travels_from_the_inbox_to_the_national_level(site: Installation, browse: Browse) -> None:
    headline, code = reported(site)
    address = bo_gives_it_to_carl(browse(), headline)
    carl = browse()
    carl_asks(carl, address)
    anna_replies(browse(), code)
    carl_classifies_and_concludes(carl, address)
    carl_redacts(carl)
    carl_forwards(carl, address)
    rikke_reads_the_log(browse(), address)
    dorte_finds_it(browse(), headline)
    anna_reads_what_was_learned(browse(), code)


def bo_gives_it_to_carl(bo: Page, headline: str) -> str:
    log_in(bo, "Bo")
    see(bo, "Indbakke", "20-indbakke")
    row = bo.get_by_role("row").filter(has_text=headline)
    row.get_by_role("link").click()
    says(bo, "Hvorfor sagen er hos jer")
    look(bo, "21-sag")
    address = bo.url
    for name in ("Overdrag", "Afvis", "Klassificér"):
        bo.goto(address)
        follow(bo, name)
        see(bo, name, f"22-{name.lower()}")
    bo.goto(address)
    follow(bo, "Fordel")
    see(bo, "Fordel sagen", "23-fordel")
    press(bo, "Fordel")
    expect(bo.get_by_role("alert")).to_contain_text("Vælg en sagsbehandler")
    look(bo, "24-fordel-fejl")
    bo.get_by_label("Hvem skal behandle sagen?").select_option("Carl")
    press(bo, "Fordel")
    says(bo, "Sagen er fordelt.")
    return address


def carl_asks(carl: Page, address: str) -> None:
    log_in(carl, "Carl")
    says(carl, "Mine sager")
    carl.goto(address)
    follow(carl, "Patientens navn og CPR-nummer")
    see(carl, "Patientens identitet", "25-identitet")
    choose(carl, "Slå patientens journal op til analysen (SUL § 198, stk. 3)")
    press(carl, "Vis oplysningerne")
    says(carl, "Ellen Test Lauridsen")
    look(carl, "26-identitet-vist")
    carl.goto(address)
    follow(carl, "Spørg rapportøren")
    see(carl, "Spørg rapportøren", "27-spoerg")
    carl.get_by_label("Dit spørgsmål").fill("Var det dag- eller nattevagt?")
    press(carl, "Send spørgsmålet")
    says(carl, "Sagen venter på svar")


def anna_replies(anna: Page, code: str) -> None:
    at_the_receipt(anna, code)
    says(anna, "Var det dag- eller nattevagt?")
    look(anna, "28-kvittering-spoergsmaal")
    anna.get_by_label("Dit svar eller din besked").fill("Nattevagt. Der var kun én på vagt.")
    press(anna, "Send besked")
    says(anna, "Din besked er sendt")


def at_the_receipt(anna: Page, code: str) -> None:
    anna.goto("/kvittering/")
    anna.get_by_label("Din kvitteringskode").fill(code)
    press(anna, "Vis min rapport")


def carl_classifies_and_concludes(carl: Page, address: str) -> None:
    carl.goto(address)
    says(carl, "Nattevagt. Der var kun én på vagt.")
    carl.get_by_label("Nyt notat").fill("Ring til afdelingen om vagtplanen.")
    press(carl, "Gem notat")
    says(carl, "Notatet er gemt.")
    follow(carl, "Klassificér")
    press(carl, "Gem, og vælg en type")
    see(carl, "Vælg en type", "29-hovedgruppe")
    choose(carl, "Medicinering, herunder væsker")
    press(carl, "Fortsæt")
    see(carl, "Medicinering", "30-problem")
    choose(carl, "Forkert dosis")
    choose(carl, "Administration")
    press(carl, "Tilføj typen")
    says(carl, "Forkert dosis › Administration")
    see(carl, "Klassificér hændelsen", "31-klassificeret")
    press(carl, "Gem klassifikationen")
    says(carl, "Klassifikationen er gemt.")
    follow(carl, "Afslut sagsbehandlingen")
    see(carl, "Afslut sagsbehandlingen", "32-afslut")
    carl.get_by_label("Konklusion").fill("Pumpen viste ti gange dosis, og kun én så efter.")
    carl.get_by_label("Læring og ændringer").fill("To ser nu efter sammen ved store doser.")
    press(carl, "Afslut, og gå til anonymisering")


def carl_redacts(carl: Page) -> None:
    says(carl, "Systemet finder ikke alt")
    look(carl, "33-anonymisering")
    story = carl.get_by_role("region", name="Hvad skete der", exact=True)
    if "Trunte" in story.locator(".story").nth(1).inner_text():
        story.get_by_text("Skjul også andre ord").click()
        story.get_by_role("textbox", name="Ord 1").fill("Trunte")
    for answer in carl.locator("label", has_text=re.compile("^Skjul det$")).all():
        answer.click()
    press(carl, "Gem, og se efter igen")
    says(carl, "Gemt.")
    look(carl, "34-set-efter")
    for answer in carl.locator("label", has_text=re.compile("^Det er i orden")).all():
        answer.click()
    press(carl, "Godkend anonymiseringen")
    expect(carl.get_by_role("alert")).to_contain_text("Sæt kryds")
    look(carl, "35-ikke-laest")
    choose(carl, "Jeg har læst hele den anonymiserede tekst")
    press(carl, "Godkend anonymiseringen")


def carl_forwards(carl: Page, address: str) -> None:
    says(carl, "Det her, og intet andet, bliver sendt")
    look(carl, "36-videregiv")
    for identity in IDENTITIES:
        expect(carl.locator("main")).not_to_contain_text(identity)
    press(carl, "Videregiv sagen")
    says(carl, "Sagen er videregivet.")
    for _ in range(60):
        carl.goto(address)
        if "Modtaget" in carl.get_by_role("region", name="Videregivet", exact=True).inner_text():
            break
        carl.wait_for_timeout(500)
    look(carl, "37-leveret")
    follow(carl, "Se, hvad der blev sendt")
    says(carl, "Modtaget af det nationale niveau")
    see(carl, "Det blev sendt", "38-sendt")
    carl.goto("/sager/?liste=videregivet")
    see(carl, "Videregivet", "39-videregivne")


def rikke_reads_the_log(rikke: Page, address: str) -> None:
    log_in(rikke, "Rikke")
    rikke.goto(address)
    follow(rikke, "Se, hvem der har åbnet sagen")
    says(rikke, "Åbnede patientens identitet")
    see(rikke, "Adgangslog", "40-adgangslog")


def dorte_finds_it(dorte: Page, headline: str) -> None:
    log_in(dorte, "Dorte")
    see(dorte, "Det nationale overblik", "41-nationalt")
    dorte.get_by_label("Søg i rapporterne").fill("pumpen")
    press(dorte, "Søg")
    follow(dorte, headline)
    says(dorte, "To ser nu efter sammen ved store doser.")
    see(dorte, "Ti gange", "42-national-rapport")
    for identity in IDENTITIES:
        expect(dorte.locator("main")).not_to_contain_text(identity)


def anna_reads_what_was_learned(anna: Page, code: str) -> None:
    at_the_receipt(anna, code)
    says(anna, "To ser nu efter sammen ved store doser.")
    look(anna, "43-kvittering-laering")


def test_a_receiver_transfers_and_rejects_without_javascript(site: Installation, browse: Browse) -> None:
    reported(site)
    bo = browse(javascript=False)
    log_in(bo, "Bo")
    bo.get_by_role("row").nth(1).get_by_role("link").click()
    follow(bo, "Afvis")
    press(bo, "Afvis sagen")
    says(bo, "Vælg en af de fem grunde.")
    choose(bo, "Testsag")
    bo.get_by_label("Begrundelse til rapportøren").fill("Det her var en prøve.")
    press(bo, "Afvis sagen")
    says(bo, "Sagen er afvist")
    follow(bo, "Genåbn")
    bo.get_by_label("Hvorfor genåbnes sagen?").fill("Den var alligevel rigtig.")
    press(bo, "Genåbn")
    says(bo, "Sagen er genåbnet")
    follow(bo, "Overdrag")
    bo.get_by_label("Hvem skal have sagen?").select_option("Ballerup Kommune")
    bo.get_by_label("Hvorfor?").fill("Det skete på et plejehjem.")
    press(bo, "Overdrag")
    says(bo, "Sagen er overdraget.")
    kirsten = browse(javascript=False)
    log_in(kirsten, "Kirsten")
    says(kirsten, "Ti gange for meget morfin")
    look(kirsten, "44-overdraget")
