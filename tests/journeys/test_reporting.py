"""Reporting (rapportering) in a real browser: a professional with JavaScript, a patient without."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, Browse, look

pytestmark = pytest.mark.journey
STORY = (
    "Patienten fik dobbelt dosis metoprolol til morgen, fordi ordinationen stod to gange efter overflytningen. "
    "Det blev opdaget ved stuegang. Blodtrykket blev målt hver time, og patienten fik det godt."
)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Fortsæt", exact=True).click()


def choose(page: Page, words: str) -> None:
    page.locator("label", has_text=re.compile(f"^{re.escape(words)}$")).click()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def code_on(page: Page) -> str:
    return page.locator(".receipt-code").inner_text().strip()


def test_a_professional_reports_and_follows_the_report(page: Page) -> None:
    page.goto("/")
    look(page, "01-forside")
    for told in ("privatliv", "om", "was"):
        page.goto(f"/{told}/")
        look(page, f"01-{told}")
    page.goto("/")
    page.get_by_role("link", name="Sundhedsperson eller medarbejder").click()
    heading(page, "Hvad skete der?")
    look(page, "02-hvad-skete-der")
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Fortæl med dine egne ord")
    look(page, "03-fejl")
    page.get_by_label("Fortæl med dine egne ord").fill(STORY)
    expect(page.locator("[data-autosave-status]")).to_contain_text("Kladden er gemt")
    page.get_by_label("Overskrift").fill("Dobbelt dosis efter overflytning")
    go_on(page)
    place(page)
    look(page, "05-situation")
    go_on(page)
    choose(page, "Sygdomsbehandling")
    look(page, "05b-behandling")
    go_on(page)
    day(page)
    heading(page, "Hvilken betydning fik det for patienten?")
    choose(page, "Lettere")
    look(page, "07-betydning")
    go_on(page)
    choose(page, "Alvorlig eller dødelig")
    look(page, "08-vaerste-fald")
    go_on(page)
    page.get_by_label("Hvad kan forhindre, at det sker igen?").fill("Én medicinliste ved overflytning.")
    look(page, "09-laering")
    go_on(page)
    medicine(page)
    choose(page, "Jeg opdagede det bagefter")
    choose(page, "Autoriseret sundhedsperson")
    look(page, "12-om-dig")
    go_on(page)
    look(page, "13-patienten")
    go_on(page)
    choose(page, "Jeg vil være anonym")
    look(page, "14-kontakt")
    go_on(page)
    a_picture(page)
    summary_and_receipt(page)


def place(page: Page) -> None:
    heading(page, "Hvor skete det?")
    look(page, "04-hvor")
    page.get_by_label("Sted", exact=True).press_sequentially("B2", delay=20)
    page.get_by_role("option", name=re.compile("Medicinsk afdeling B2, Birkelsø")).click()
    go_on(page)
    heading(page, "I hvilken situation")


def day(page: Page) -> None:
    heading(page, "Hvornår skete det?")
    choose(page, "Ja")
    for box, text in (("Dag", "7"), ("Måned", "3"), ("År", "2026")):
        page.get_by_label(box, exact=True).first.fill(text)
    page.get_by_label("Klokkeslæt").fill("8.30")
    look(page, "06-hvornaar")
    go_on(page)


def medicine(page: Page) -> None:
    choose(page, "Medicin")
    look(page, "10-medicin-og-udstyr")
    go_on(page)
    page.get_by_label("Navn eller indholdsstof").fill("Metoprolol")
    page.get_by_role("button", name="Tilføj et lægemiddel mere").click()
    expect(page.get_by_label("Navn eller indholdsstof")).to_have_count(2)
    look(page, "11-medicin")
    go_on(page)
    heading(page, "Lidt om dig")


def a_picture(page: Page) -> None:
    heading(page, "Vil du vedhæfte")
    held = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(held, "PNG")
    page.get_by_label("Vælg filer").set_input_files(
        {"name": "medicinkort.png", "mimeType": "image/png", "buffer": held.getvalue()}
    )
    page.get_by_role("button", name="Tilføj filerne").click()
    expect(page.locator(".attachments")).to_contain_text("medicinkort.png")
    look(page, "14b-bilag")
    go_on(page)


def summary_and_receipt(page: Page) -> None:
    heading(page, "Se rapporten igennem")
    expect(page.locator("main")).to_contain_text("Region Hovedstaden")
    look(page, "15-opsummering")
    page.get_by_role("link", name="Ret hvornår").click()
    page.get_by_label("Klokkeslæt").fill("9")
    go_on(page)
    expect(page.locator("main")).to_contain_text("kl. 09.00")
    page.get_by_role("button", name="Send rapporten").click()
    heading(page, "Din rapport er sendt")
    look(page, "16-kvittering")
    code = code_on(page)
    assert code not in page.url
    page.reload()
    assert code_on(page) == code
    page.get_by_role("button", name="Jeg har gemt koden").click()
    look(page, "17-kvitteringskode")
    page.get_by_label("Din kvitteringskode").fill(code)
    page.get_by_role("button", name="Vis min rapport").click()
    heading(page, "Din rapport")
    assert code not in page.url
    page.get_by_label("Dit svar eller din besked").fill("Det var en dagvagt.")
    page.get_by_role("button", name="Send besked").click()
    expect(page.locator(".alert-success")).to_contain_text("Din besked er sendt")
    expect(page.locator(".letters")).to_contain_text("Det var en dagvagt.")
    look(page, "18-din-rapport")


def test_a_patient_reports_without_javascript_on_a_phone(browse: Browse) -> None:
    page = browse(javascript=False, size=PHONE)
    page.goto("/")
    page.get_by_role("link", name="Patient eller pårørende").click()
    choose(page, "Jeg er pårørende")
    look(page, "21-hvem-er-du")
    go_on(page)
    page.get_by_label("Fortæl med dine egne ord").fill("Min mor fik naboens piller på plejehjemmet.")
    look(page, "22-hvad-skete-der")
    page.get_by_role("button", name="Gem, og fortsæt senere").click()
    heading(page, "Din kladde er gemt")
    look(page, "23-kladde")
    resume = code_on(page)
    page.get_by_role("button", name="Læg kladden væk").click()

    page = browse(javascript=False, size=PHONE)  # another telephone
    page.goto("/rapporter/fortsaet/")
    look(page, "24-fortsaet")
    page.get_by_label("Din kode til kladden").fill(resume.upper())
    page.get_by_role("button", name="Find kladden").click()
    expect(page.get_by_label("Fortæl med dine egne ord")).to_have_value(re.compile("naboens piller"))
    go_on(page)
    the_place_without_a_list(page)
    what_it_was_about(page)
    choose(page, "Ingen skade, eller jeg ved det ikke")
    look(page, "28-betydning")
    go_on(page)
    choose(page, "Det ved jeg ikke")
    look(page, "29-vaerre")
    go_on(page)
    look(page, "30-forslag")
    page.get_by_role("button", name="Tilbage").click()
    heading(page, "Kunne det være gået værre?")
    go_on(page)
    go_on(page)
    page.get_by_label("Patientens navn").fill("Test Opdigtet")
    look(page, "31-patienten")
    go_on(page)
    choose(page, "Nej, jeg vil være anonym")
    look(page, "32-kontakt")
    go_on(page)
    go_on(page)
    heading(page, "Se rapporten igennem")
    look(page, "33-opsummering")
    page.get_by_role("button", name="Send rapporten").click()
    heading(page, "Din rapport er sendt")
    look(page, "34-kvittering")
    page.go_back()
    heading(page, "Rapporten er sendt")
    look(page, "35-sendt")


def what_it_was_about(page: Page) -> None:
    choose(page, "Pleje")
    look(page, "26b-behandling")
    go_on(page)
    choose(page, "Nej, det ved jeg ikke")
    look(page, "27-hvornaar")
    go_on(page)


def the_place_without_a_list(page: Page) -> None:
    page.get_by_label("Sted", exact=True).fill("plejehjem")
    go_on(page)
    expect(page.locator("main")).to_contain_text("Er det et af disse steder?")
    look(page, "25-hvilket-sted")
    choose(page, "Nej, det er et andet sted")
    go_on(page)
    choose(page, "Hos kommunen: plejehjem, hjemmepleje, bosted, genoptræning eller sundhedspleje")
    page.get_by_label("I hvilken kommune?").select_option("0151")
    look(page, "26-hvor-cirka")
    go_on(page)


def test_a_draft_in_the_browser_is_offered_before_a_new_one_is_begun(page: Page) -> None:
    page.goto("/rapporter/fagperson/")
    page.get_by_label("Fortæl med dine egne ord").fill(STORY)
    go_on(page)
    page.goto("/")
    page.get_by_role("link", name="Patient eller pårørende").click()
    heading(page, "Du har allerede en kladde her")
    look(page, "41-kladde-her")
    page.get_by_role("link", name="Fortsæt kladden").click()
    heading(page, "Hvor skete det?")
    page.goto("/rapporter/patient/")
    page.get_by_role("button", name="Begynd en ny rapport").click()
    heading(page, "Er du patient eller pårørende?")


def test_the_policy_stops_nothing_a_reporter_needs(browse: Browse) -> None:
    page = browse(strict=True)
    page.goto("/rapporter/fagperson/")
    page.get_by_label("Fortæl med dine egne ord").fill(STORY)
    go_on(page)
    page.get_by_label("Sted", exact=True).press_sequentially("FAM", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()


def test_two_presses_on_send_make_one_report(page: Page) -> None:
    page.goto("/rapporter/fagperson/")
    page.get_by_label("Fortæl med dine egne ord").fill(STORY)
    go_on(page)
    choose(page, "Jeg ved ikke, hvad stedet hedder")
    go_on(page)
    choose(page, "Ved ikke")
    go_on(page)
    go_on(page)
    go_on(page)
    choose(page, "Nej, det ved jeg ikke")
    go_on(page)
    choose(page, "Dødelig")
    go_on(page)
    go_on(page)
    go_on(page)
    choose(page, "Jeg så det ske")
    choose(page, "Ambulancebehandler")
    go_on(page)
    go_on(page)
    choose(page, "Jeg vil være anonym")
    go_on(page)
    go_on(page)
    page.get_by_role("button", name="Send rapporten").dblclick()
    heading(page, "Din rapport er sendt")
