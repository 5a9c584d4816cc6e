"""Should I report? (Skal jeg rapportere?) on a telephone without JavaScript, with the keyboard alone, for two days."""

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, Browse, look
from tests.journeys.test_reporting import choose, go_on, heading

pytestmark = pytest.mark.journey


def day(page: Page, *texts: str) -> None:
    for box, text in zip(("Dag", "Måned", "År"), texts, strict=True):
        page.get_by_label(box, exact=True).fill(text)
    go_on(page)


def test_one_who_doubts_asks_and_goes_on_to_the_form(browse: Browse) -> None:
    page = browse(javascript=False, size=PHONE)
    page.goto("/")
    page.get_by_role("link", name="Er du i tvivl? Se, om du skal rapportere").click()
    go_on(page)
    look(page, "41-fejl")
    choose(page, "Sundhedsperson eller medarbejder")
    go_on(page)
    look(page, "42-hvornaar")
    day(page, "1", "5", "2026")
    look(page, "43-kriterium")
    choose(page, "Nej")
    go_on(page)
    page.get_by_role("button", name="Tilbage").click()
    expect(page.get_by_label("Nej", exact=True)).to_be_checked()
    go_on(page)
    choose(page, "Ja")
    go_on(page)
    heading(page, "Ja, du har pligt til at rapportere")
    look(page, "44-svar")
    page.get_by_role("button", name="Ret dine svar").click()
    choose(page, "Det ved jeg ikke")
    go_on(page)
    choose(page, "Nej")
    go_on(page)
    heading(page, "Det kan vi ikke afgøre her, men du må altid rapportere")
    page.get_by_role("link", name="Rapportér hændelsen").click()
    heading(page, "Hvad skete der?")


def test_the_rules_of_2015_are_answered_from_the_keyboard(page: Page) -> None:
    page.goto("/skal-jeg-rapportere/")
    page.get_by_label("Sundhedsperson eller medarbejder").focus()
    for key in ("Space", "Enter"):
        page.keyboard.press(key)
    day(page, "1", "5", "2015")
    page.get_by_label("Ambulancebehandler").focus()
    for key in ("Space", "Enter"):
        page.keyboard.press(key)
    page.get_by_label("Ambulance, lægebil eller vagtcentral").focus()
    for key in ("Space", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("main")).to_contain_text("kendes ikke her; du må altid rapportere")
    look(page, "45-svar-2015")
