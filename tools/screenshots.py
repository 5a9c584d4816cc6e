"""The README's pictures (skærmbilleder): a fresh demonstration, a real browser, one file for each page."""

import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from tests.installation import ROOT, Installation

CHROMIUM = os.environ.get("UTH_CHROMIUM", "/usr/bin/chromium")
INTO = ROOT / "docs" / "images"
PASSWORD = "Utilsigtet-2026"  # noqa: S105 - the demonstration's, known to all
WIDTH, HEIGHT = 1280, 860
TALLER = {"report-story": 1060, "redaction": 1320}
MOST = 150 * 1024
TOLD = {
    "headline": "Ti gange for meget morfin",
    "story": "Sygeplejerske Hanne Holm gav Ellen Lauridsen (020191-9996) morfin 10 mg i stedet for 1 mg. "
    "Hanne opdagede det selv og ringede til lægen på tlf. 20 12 34 56. Patienten blev målt hver time.",
    "reporter_kind": "professional",
    "actual_harm": "mild",
    "possible_harm": "serious_or_fatal",
    "place": "birkelsoe-med",
    "patient_name": "Ellen Test Lauridsen",
    "patient_cpr": "0201919996",
}
STORY = (
    "Ved vagtskiftet blev insulin givet to gange, fordi den første dosis ikke stod i medicinlisten endnu. "
    "Patienten fik lavt blodsukker, og det blev opdaget efter en halv time. "
    "Patienten fik glukose og var frisk igen inden middag."
)


def front(page: Page) -> None:
    """Where anybody begins."""
    page.goto("/")


def report_story(page: Page) -> None:
    """The first question."""
    page.goto("/rapporter/fagperson/")
    page.get_by_label("Fortæl med dine egne ord").fill(STORY)
    page.get_by_label("Overskrift").fill("Insulin givet to gange ved vagtskifte")


def inbox(page: Page) -> None:
    """What Rikke, the risk manager, begins the day with."""
    log_in(page, "Rikke")


def case(page: Page) -> None:
    """A case that waits for its reporter, with something in the dialogue."""
    log_in(page, "Carl")
    page.goto("/sager/?liste=afventer")
    page.locator("tbody a").first.click()


def redaction(page: Page) -> None:
    """The two texts side by side, of a report with a good deal to hide."""
    log_in(page, "Rikke")
    page.goto("/sager/")
    page.get_by_label("Søg i sagerne").fill(TOLD["headline"])
    press(page, "Søg")
    case = page.get_by_role("link", name=TOLD["headline"]).get_attribute("href")
    page.goto(f"{case}fordel/")
    page.get_by_label("Hvem skal behandle sagen?").select_option("Carl")
    press(page, "Fordel")
    page.goto(f"{case}klassificer/")
    press(page, "Gem, og vælg en type")
    choose(page, "Medicinering, herunder væsker")
    press(page, "Fortsæt")
    choose(page, "Forkert dosis")
    press(page, "Tilføj typen")
    page.goto(f"{case}afslut/")
    page.get_by_label("Konklusion").fill("Pumpen viste ti gange dosis, og kun én så efter.")
    press(page, "Afslut, og gå til anonymisering")
    page.goto(f"{case}anonymisering/")


def national(page: Page) -> None:
    """What Dorte sees of everybody's cases."""
    log_in(page, "Dorte")


PICTURES: dict[str, Callable[[Page], None]] = {
    "front": front,
    "report-story": report_story,
    "inbox": inbox,
    "case": case,
    "redaction": redaction,
    "national": national,
}


def press(page: Page, name: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).click()


def choose(page: Page, words: str) -> None:
    """Choose by the words of the label."""
    page.locator("label").get_by_text(words, exact=True).first.click()


def log_in(page: Page, name: str) -> None:
    """Let one of the demo's people in."""
    page.goto("/konto/log-ind/")
    page.locator("#id_login").fill(f"{name.lower()}@demo.invalid")
    page.locator("#id_password").fill(PASSWORD)
    press(page, "Log ind")
    page.wait_for_url(lambda url: "/konto/log-ind/" not in url)


def take(browser: Browser, address: str, name: str) -> None:
    """One picture, from a browser of its own, in few enough colours to stay small."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": WIDTH, "height": HEIGHT},
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
    )
    page = context.new_page()
    PICTURES[name](page)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur()")
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    picture = whole.crop((0, 0, WIDTH, min(whole.height, TALLER.get(name, HEIGHT)))).quantize(128)
    picture.save(INTO / f"{name}.png", optimize=True)
    context.close()
    size = (INTO / f"{name}.png").stat().st_size
    print(f"{name}.png {size // 1024} KB")  # noqa: T201 - a script says what it made
    if size > MOST:
        raise SystemExit(f"{name}.png is larger than {MOST // 1024} KB: use fewer colours.")


def main() -> None:
    """Put up a demonstration, photograph it, take it down."""
    INTO.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Installation(Path(folder))
        place.uth("migrate")
        place.uth("seed")
        place.serve()
        try:
            place.wait_until_up()
            httpx.post(f"{place.url}/api/v1/reports", json=TOLD, timeout=60).raise_for_status()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
                )
                for name in PICTURES:
                    take(browser, place.url, name)
                browser.close()
        finally:
            place.end_all()


if __name__ == "__main__":
    main()
