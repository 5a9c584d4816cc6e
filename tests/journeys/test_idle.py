"""A handler goes for coffee: the page warns, hides itself, and what was typed comes back after the log-in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.installation import Installation
from tests.journeys.conftest import DESKTOP, PASSWORD, log_in, look
from tests.journeys.test_accounts import heading, press

pytestmark = pytest.mark.journey
NOTE = "Sengen var ikke gjort klar, og ingen vidste, hvem der skulle gøre det."


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A demo where half an hour is twelve seconds."""
    place = Installation(tmp_path_factory.mktemp("hasty"), UTH_IDLE_MINUTES="0.2")
    place.uth("migrate")
    place.uth("seed", "--cases", "40")
    place.serve()
    try:
        place.wait_until_up()
        yield place
    finally:
        place.end_all()


def test_the_page_warns_then_hides_and_what_was_typed_comes_back(
    hasty: Installation, chromium: Browser
) -> None:
    context = chromium.new_context(base_url=hasty.url, bypass_csp=True, viewport=DESKTOP, locale="da-DK")
    page = context.new_page()
    log_in(page, "Carl")
    page.goto("/sager/")
    page.locator("td a[href^='/sager/']").first.click()
    case = page.url.rstrip("/")
    page.goto(f"{case}/notat/")
    warning = page.get_by_role("alert").filter(has_text="Du bliver snart logget ud")
    expect(warning).to_be_visible(timeout=15_000)
    look(page, "hvile-advarsel")
    press(page, "Bliv logget ind")
    expect(warning).to_be_hidden()
    page.locator("main textarea").first.fill(NOTE)
    expect(page.get_by_text("Du er logget ud, fordi der ikke skete noget")).to_be_visible(timeout=40_000)
    expect(page.locator("main")).to_be_hidden()
    press(page, "Log ind igen")
    expect(page.get_by_text("Det, du skrev, er gemt")).to_be_visible()
    page.locator("#id_login").fill("carl@demo.invalid")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()
    heading(page, "Det her nåede du at skrive")
    expect(page.get_by_text(NOTE)).to_be_visible()
    look(page, "hvile-tilbage")
    press(page, "Send det nu")
    expect(page.get_by_text(NOTE)).to_be_visible()
    assert page.url.startswith(case)
    context.close()
