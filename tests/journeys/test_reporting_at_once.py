"""Reporting at once (samtidighed): presses that race each other, and a crowd that is asked to pause."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from playwright.sync_api import Browser, expect
from tests.installation import Installation
from tests.web.forms import PROFESSIONAL_PATH

pytestmark = pytest.mark.journey
SEND = "/rapporter/fagperson/send/"
COUNT = "from uth.records.reports import Report; print(Report.objects.count())"


def posted(client: httpx.Client, page: str, typed: dict[str, str]) -> httpx.Response:
    """A form sent by hand, with the token a browser would send."""
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', client.get("/rapporter/fortsaet/").text)
    assert token
    return client.post(page, data=typed | {"csrfmiddlewaretoken": token[1]})


def reports(site: Installation) -> int:
    return int(site.run("django", "shell", "--no-imports", "-c", COUNT).strip().splitlines()[-1])


def test_eight_presses_at_the_same_moment_make_one_report(site: Installation) -> None:
    before = reports(site)
    with httpx.Client(base_url=site.url, timeout=60) as client:
        for step, typed in PROFESSIONAL_PATH.items():
            assert posted(client, f"/rapporter/fagperson/{step}/", typed).status_code == 302
        with ThreadPoolExecutor(8) as presses:
            answers = list(presses.map(lambda _: posted(client, SEND, {}), range(8)))
    codes = {re.findall(r'class="receipt-code"[^>]*>([a-z-]+)<', answer.text)[0] for answer in answers}
    assert [answer.status_code for answer in answers] == [200] * 8
    assert len(codes) == 1
    assert reports(site) == before + 1


@pytest.fixture
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A site that lets one a minute through from the same place."""
    place = Installation(tmp_path_factory.mktemp("crowded"), UTH_INTAKE_PER_MINUTE="1")
    place.uth("migrate")
    place.uth("seed", "--cases", "0")
    place.serve()
    try:
        place.wait_until_up()
        yield place
    finally:
        place.end_all()


def test_a_browser_in_a_crowd_does_the_sum_and_goes_on_by_itself(
    crowded: Installation, chromium: Browser
) -> None:
    story = "Linje et <b>\n\nLinje tre"
    for _ in range(2):
        context = chromium.new_context(base_url=crowded.url)  # with the content security policy on
        page = context.new_page()
        page.goto("/rapporter/fagperson/")
        page.get_by_label("Fortæl med dine egne ord").fill(story)
        page.get_by_role("button", name="Fortsæt", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Hvor skete det?", timeout=30_000)
        page.goto("/rapporter/fagperson/hvad-skete-der/")
        expect(page.get_by_label("Fortæl med dine egne ord")).to_have_value(story)
        context.close()
