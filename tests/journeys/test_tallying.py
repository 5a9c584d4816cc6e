"""Tallying (samlerapportering) in a browser: a wall, a phone without network, a serious event, and the month that is told."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.journeys.conftest import PHONE, Browse, assert_accessible, log_in, look

pytestmark = pytest.mark.journey
WALL = {"width": 1920, "height": 1080}


def opened_board(desk: Page, name: str) -> str:
    """A new board of Kirsten's; the code for its first screen."""
    desk.goto("/samlerapporter/tavler/ny/")
    desk.get_by_label("Enhedens navn").fill(name)
    desk.locator("#id_place_text").fill("Spirekassen")
    desk.locator(".typeahead [role=option]").first.click()
    desk.get_by_role("button", name="Åbn tavlen").click()
    desk.get_by_label("Hvilken skærm?").fill("Vagtstuen")
    desk.get_by_role("button", name="Få en kode").click()
    look(desk, "board-screen")
    return desk.locator(".receipt-code").inner_text()


def on_screen(page: Page, code: str) -> None:
    page.goto(f"/tavle/#{code}")
    if not page.locator("#id_code").input_value():  # without scripts it is typed
        page.locator("#id_code").fill(code)
    assert code not in page.url or page.evaluate("!document.documentElement.classList.contains('has-js')")
    page.get_by_role("button", name="Åbn tavlen").click()
    page.wait_for_selector(".board-areas")


def count(page: Page, area: str, words: str) -> None:
    expect(page.locator(f"form[data-area={area}] [data-today]")).to_have_text(words)


def test_taps_wait_for_the_network_and_count_once(browse: Browse) -> None:
    desk, wall = browse(), browse(size=WALL)
    log_in(desk, "Kirsten")
    on_screen(wall, opened_board(desk, "Solgangen"))
    look(wall, "board")
    wall.set_viewport_size({"width": 1920, "height": 1080})
    assert_accessible(wall)
    fall = wall.get_by_role("button", name=re.compile("^Fald"))
    fall.click()
    count(wall, "fall", "1")
    expect(wall.locator("[data-last-said]")).to_contain_text("Talt: Fald")
    context: BrowserContext = wall.context
    context.set_offline(True)
    fall.click()
    fall.click()
    count(wall, "fall", "3")
    expect(wall.locator("[data-waiting]")).to_contain_text("2 tryk venter")
    wall.get_by_role("button", name="Fortryd").click()
    count(wall, "fall", "2")
    look(wall, "board-offline")
    context.set_offline(False)
    wall.evaluate("window.dispatchEvent(new Event('online'))")
    expect(wall.locator("[data-waiting]")).to_have_text("")
    wall.reload()
    count(wall, "fall", "2")
    assert wall.evaluate("Object.keys(localStorage).length") == 0


def test_without_scripts_a_phone_taps_undoes_and_tells_what_was_serious(browse: Browse) -> None:
    desk, phone = browse(), browse(javascript=False, size=PHONE)
    log_in(desk, "Kirsten")
    code = opened_board(desk, "Månegangen")
    phone.goto("/tavle/")
    phone.locator("#id_code").fill(code)
    phone.get_by_role("button", name="Åbn tavlen").click()
    phone.get_by_role("button", name=re.compile("^Infektion")).click()
    count(phone, "infection", "1")
    assert_accessible(phone)
    phone.get_by_role("button", name="Fortryd").click()
    count(phone, "infection", "0")
    phone.get_by_role("button", name=re.compile("^Fald")).click()
    phone.get_by_role("button", name="Det var alvorligt eller tæt på").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Hvad skete der")
    phone.goto("/tavle/")
    count(phone, "fall", "0")
