"""Attachments (bilag) in a real browser: with and without JavaScript, too large a file, and a crowded minute."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.deid.test_files import picture
from tests.installation import Installation
from tests.journeys.conftest import PHONE, Browse, look
from tests.journeys.test_reporting import go_on, heading

pytestmark = pytest.mark.journey
PAGE = "/rapporter/fagperson/bilag/"
STORY = "Pumpen viste en anden hastighed end den, der var ordineret. Sygeplejersken så det ved vagtskifte."


def begin(page: Page) -> None:
    page.goto("/rapporter/fagperson/hvad-skete-der/")
    page.get_by_label("Fortæl med dine egne ord").fill(STORY)
    go_on(page)
    page.goto(PAGE)
    heading(page, "Vil du vedhæfte")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "pumpens skærm.jpg"
    path.write_bytes(picture("JPEG", (600, 400)))
    return path


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reporter_adds_and_removes_files(browse: Browse, photo: Path, javascript: bool) -> None:
    page = browse(javascript=javascript, size=PHONE)
    begin(page)
    look(page, "41-bilag")
    page.get_by_label("Vælg filer").set_input_files(photo)
    page.get_by_role("button", name="Tilføj filerne").click()
    expect(page.locator(".attachments")).to_contain_text("pumpens skærm.jpg")
    look(page, "42-bilag-tilfoejet")
    bad = photo.with_name("program.exe")
    bad.write_bytes(b"MZ\x00\x01\x02\x03" * 99)
    page.get_by_label("Vælg filer").set_input_files(bad)
    page.get_by_role("button", name="Tilføj filerne").click()
    expect(page.get_by_role("alert")).to_contain_text("Den slags filer kan vi ikke tage imod")
    look(page, "43-bilag-afvist")
    expect(page.locator(".attachments li")).to_have_count(1)
    page.get_by_role("button", name="Fjern pumpens skærm.jpg").click()
    expect(page.locator(".attachments")).to_have_count(0)


def test_a_film_of_two_hundred_megabytes_gets_a_sentence(browse: Browse, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as out:
        out.truncate(200 * 1024 * 1024)
    page = browse()
    begin(page)
    page.get_by_label("Vælg filer").set_input_files(film)
    page.get_by_role("button", name="Tilføj filerne").click()
    heading(page, "Filerne fylder for meget")
    look(page, "44-for-stort")
    page.go_back()
    heading(page, "Vil du vedhæfte")


# ── a crowded minute ──


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A site where the second in a minute is asked for a sum."""
    place = Installation(tmp_path_factory.mktemp("crowd"), UTH_INTAKE_PER_MINUTE="1")
    place.uth("migrate")
    place.uth("seed", "--cases", "0")
    place.serve()
    try:
        place.wait_until_up()
        yield place
    finally:
        place.end_all()


def send_code(page: Page) -> None:
    page.goto("/kvittering/")
    page.get_by_label("Din kvitteringskode").fill("balemi-kosano")
    page.get_by_role("button", name="Vis min rapport").click()


def test_in_a_crowd_the_browser_does_the_sum_unseen(crowd: Installation, chromium: Browser) -> None:
    with chromium.new_context(base_url=crowd.url) as context:  # the policy holds; nothing is bypassed
        page = context.new_page()
        asked: list[int] = []
        page.on("response", lambda answer: asked.append(answer.status) if answer.status == 429 else None)
        for _ in range(3):
            send_code(page)
            expect(page.get_by_role("alert")).to_contain_text("Vi kan ikke finde en rapport")
        assert asked, "the crowd was asked, and the answer came all the same"


def test_in_a_crowd_a_sentence_says_what_to_do_where_the_script_does_not_run(
    crowd: Installation, chromium: Browser
) -> None:
    with chromium.new_context(base_url=crowd.url, bypass_csp=True) as context:
        page = context.new_page()
        page.route("**/work*.js", lambda route: route.abort())
        waiting = page.get_by_role("heading", name="Vent et øjeblik")
        for _ in range(4):
            send_code(page)
            if waiting.count():
                break
        expect(page.locator("main")).to_contain_text("Vent et halvt minut, og tryk så på »Fortsæt«.")
        look(page, "45-mange-paa-en-gang")
