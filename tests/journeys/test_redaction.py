"""Redaction (anonymisering) in a real browser: by keyboard alone, by mouse, and without JavaScript."""

import json
import re

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect
from tests.deid.test_told import page_of
from tests.installation import Installation
from tests.journeys.conftest import PHONE, Browse, log_in, look
from tests.journeys.test_handling import press, says

pytestmark = pytest.mark.journey

STORY = (
    "Sygeplejerske Hanne Holm gav Ellen Lauridsen morfin 10 mg i stedet for 1 mg den 3. maj. "
    "Hanne ringede til lægen på tlf. 20 30 40 50. Trunte fra køkkenet så det også."
)


@pytest.fixture(scope="module")
def carl(site: Installation) -> dict[str, str]:
    """Carl's key, for what leads up to the redaction."""
    words = site.uth("token", "--email", "carl@demo.invalid", "--label", "prøve").split()
    return {"Authorization": next(f"Bearer {word}" for word in words if len(word) > 30)}


def concluded(site: Installation, carl: dict[str, str], file: bytes = b"") -> str:
    """The address of the redaction page of a case that waits for it."""
    api = f"{site.url}/api/v1"
    given = {
        "story": STORY,
        "headline": "For meget morfin",
        "reporter_kind": "professional",
        "actual_harm": "mild",
        "possible_harm": "serious_or_fatal",
        "place": "birkelsoe-med",
        "patient_name": "Ellen Test Lauridsen",
    }
    if file:
        parts = {"report": (None, json.dumps(given)), "attachments": ("skema.pdf", file)}
        sent = httpx.post(f"{api}/reports/with-attachments", files=parts, timeout=30)
    else:
        sent = httpx.post(f"{api}/reports", json=given, timeout=30)
    assert sent.status_code == 201, sent.text
    cases = httpx.get(f"{api}/cases?view=open", headers=carl, timeout=30).json()["cases"]
    case = max(each["id"] for each in cases)
    me = httpx.get(f"{api}/me", headers=carl, timeout=30).json()["user_id"]
    classified = {
        "codes": ["medication.wrong_dose.ordering"],
        "actual_harm": "mild",
        "possible_harm": "serious_or_fatal",
    }
    bo = {"Authorization": KEYS["bo"]}
    for verb, body, key in (
        ("assign", {"handler_id": me}, bo),
        ("classify", classified, carl),
        ("conclude", {"conclusion": "Pumpen viste ti gange dosis.", "learning": "To ser efter."}, carl),
    ):
        done = httpx.post(f"{api}/cases/{case}/{verb}", json=body, headers=key, timeout=30)
        assert done.status_code == 204, done.text
    return f"/sager/{case}/anonymisering/"


KEYS: dict[str, str] = {}


@pytest.fixture(scope="module", autouse=True)
def _bo(site: Installation) -> None:
    words = site.uth("token", "--email", "bo@demo.invalid", "--label", "prøve").split()
    KEYS["bo"] = next(f"Bearer {word}" for word in words if len(word) > 30)


def story(page: Page) -> Locator:
    return page.get_by_role("region", name="Hvad skete der", exact=True)


def clean(page: Page) -> Locator:
    return story(page).locator(".story").nth(1)


def focused(page: Page) -> str:
    """The words that the focus is on."""
    return str(
        page.evaluate(
            "[...document.activeElement.childNodes].filter(n => !(n.dataset && 'aside' in n.dataset))"
            ".map(n => n.textContent).join('')"
        )
    )


def tab_to(page: Page, words: str, key: str = "Tab", most: int = 80) -> None:
    """Press a key until the focus is on these words."""
    for _ in range(most):
        if focused(page).strip() == words:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{words} was not reached; the focus is on {focused(page)!r}")


def test_every_decision_is_made_by_keyboard_alone(
    site: Installation, carl: dict[str, str], browse: Browse
) -> None:
    address = concluded(site, carl)
    page = browse(strict=True)
    log_in(page, "Carl")
    page.goto(address)
    expect(clean(page)).to_contain_text("[telefonnummer]")
    page.get_by_role("heading", name="Hvad skete der").evaluate("h => { h.tabIndex = -1; h.focus(); }")
    tab_to(page, "Hanne Holm")
    said = page.locator("[data-said]")
    expect(said).to_contain_text("bliver skjult")
    page.keyboard.press("Enter")  # accepted, and on to the next
    assert focused(page) == "Ellen Lauridsen"
    tab_to(page, "20 30 40 50", "ArrowDown")
    page.keyboard.press("b")
    expect(clean(page)).to_contain_text("lægen på tlf. [nummer]")
    assert focused(page) == "20 30 40 50"
    page.keyboard.press("z")
    expect(clean(page)).to_contain_text("lægen på tlf. [telefonnummer]")
    page.keyboard.press("Delete")
    expect(clean(page)).to_contain_text("lægen på tlf. 20 30 40 50")
    expect(said).to_contain_text("bliver stående")
    page.keyboard.press("z")
    expect(clean(page)).to_contain_text("lægen på tlf. [telefonnummer]")
    tab_to(page, "køkkenet", "ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("s")  # two words that the machine let stand
    expect(clean(page)).to_contain_text("fra [sted] det også")
    expect(clean(page)).to_have_text(re.compile(r"fra \[sted\] det også"))
    page.keyboard.press("Delete")
    expect(clean(page)).to_contain_text("fra køkkenet så det også")
    tab_to(page, "køkkenet", "ArrowRight")
    page.keyboard.press("s")
    expect(clean(page)).to_contain_text("fra [sted] så det også")
    tab_to(page, "Gem, og se efter igen")
    page.keyboard.press("Enter")
    says(page, "Gemt.")
    expect(clean(page)).to_contain_text("fra [sted] så det også")
    expect(clean(page)).to_contain_text("[telefonnummer]")


def test_letters_do_nothing_outside_the_text(
    site: Installation, carl: dict[str, str], browse: Browse
) -> None:
    page = browse(strict=True)
    log_in(page, "Carl")
    page.goto(concluded(site, carl))
    before = clean(page).inner_text()
    story(page).get_by_text("Skjul også andre ord").click()
    story(page).get_by_role("textbox", name="Ord 1").press_sequentially("nctz")
    story(page).get_by_role("checkbox").first.focus()
    page.keyboard.press("d")
    page.locator("body").press("c")
    assert clean(page).inner_text() == before


def test_the_mouse_can_do_the_same(site: Installation, carl: dict[str, str], browse: Browse) -> None:
    page = browse()
    log_in(page, "Carl")
    page.goto(concluded(site, carl))
    look(page, "50-anonymisering")
    story(page).locator("[data-finding]", has_text="20 30 40 50").click()
    page.locator("#vaerktoej-slags").select_option("id")
    expect(clean(page)).to_contain_text("lægen på tlf. [nummer]")
    look(page, "51-anden-slags")
    press(page, "Fortryd")
    expect(clean(page)).to_contain_text("lægen på tlf. [telefonnummer]")
    story(page).locator(".word", has_text="køkkenet").dblclick()
    expect(page.locator("[data-said]")).to_contain_text("»køkkenet« er ikke skjult")
    look(page, "52-markeret")
    page.locator("#vaerktoej-slags").select_option("location")
    expect(clean(page)).to_contain_text("fra [sted] så")
    look(page, "53-tilfoejet")
    page.get_by_text("Sådan gør du med tastaturet", exact=True).click()
    look(page, "54-taster")
    press(page, "Gem, og se efter igen")
    says(page, "Gemt.")


def test_without_javascript_every_decision_has_a_control(
    site: Installation, carl: dict[str, str], browse: Browse
) -> None:
    page = browse(javascript=False, size=PHONE)
    log_in(page, "Carl")
    page.goto(concluded(site, carl))
    part = story(page)
    part.get_by_role("combobox", name="20 30 40 50").select_option("id")
    part.get_by_text("Skjul også andre ord").click()
    part.get_by_role("textbox", name="Ord 1").fill("køkkenet")
    part.get_by_role("combobox", name="Slags for ord 1").select_option("location")
    part.get_by_role("button", name=re.compile("Vis teksten med ændringerne")).click()
    expect(clean(page)).to_contain_text("lægen på tlf. [nummer]")
    expect(clean(page)).to_contain_text("fra [sted] så")
    expect(story(page)).to_contain_text("Det er ikke gemt endnu")
    look(page, "55-uden-javascript")
    press(page, "Gem, og se efter igen")
    expect(clean(page)).to_contain_text("lægen på tlf. [nummer]")


def test_two_approve_and_an_attachment_is_described(
    site: Installation, carl: dict[str, str], browse: Browse
) -> None:
    adam = browse()
    log_in(adam, "Adam")
    adam.goto("/administration/anonymisering/")
    look(adam, "56-administration")
    adam.get_by_text("To personer godkender alle sager", exact=True).first.click()
    press(adam, "Gem")
    says(adam, "Valget er gemt.")
    page = browse()
    log_in(page, "Carl")
    page.goto(concluded(site, carl, file=page_of("Ellen Lauridsen fik 10 mg")))
    page.get_by_role("button", name=re.compile("Vis, hvad der står i bilaget")).click()
    says(page, "i bilagets tekst")
    look(page, "57-bilag")
    page.get_by_label(re.compile("Beskriv bilaget")).fill("Skemaet viser to doser.")
    press(page, "Gem, og se efter igen")
    says(page, "Gemt.")
    assert "#" not in page.url  # the word that it is kept stands at the top, not down at the attachment
    expect(clean(page)).to_contain_text("Bilag: Skemaet viser to doser.")
    for answer in page.locator("label", has_text=re.compile("^Det er i orden")).all():
        answer.click()
    page.get_by_text("Jeg har læst hele den anonymiserede tekst").click()
    press(page, "Godkend anonymiseringen")
    says(page, "Du har godkendt som den første.")
    page.get_by_role("link", name="Godkend anonymisering").click()
    says(page, "Bed en anden sagsbehandler eller risikomanager")
    look(page, "58-den-foerste-har-godkendt")
    adam.get_by_text("Én person godkender", exact=True).first.click()
    press(adam, "Gem")
    says(adam, "Valget er gemt.")
