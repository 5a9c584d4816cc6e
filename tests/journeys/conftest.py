"""What every journey stands on: a real server and worker in processes of their own, a real browser, and axe."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from tests.installation import Installation
from tests.postgres import postgres

from uth.cli.demo import PASSWORD

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ON = os.environ.get("UTH_JOURNEYS_ON", "sqlite")  # or postgresql
PICTURES = os.environ.get("UTH_PICTURES", "")  # a folder: each step is photographed there

type Browse = Callable[..., Page]
TWINS: dict[
    Page, Page
] = {}  # axe is a script: where scripts are off, it looks at a twin that shows the same page


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A demo installation with reference data and people and no cases, up and working; on SQLite unless told."""
    with postgres() if ON == "postgresql" else contextlib.nullcontext({}) as databases:
        yield from _up(Installation(tmp_path_factory.mktemp("site"), databases, UTH_INTAKE_PER_MINUTE="1000"))


def _up(place: Installation) -> Iterator[Installation]:
    place.uth("migrate")
    place.uth("seed", "--cases", "0")
    place.serve()
    place.work()
    try:
        place.wait_until_up()
        yield place
    finally:
        place.end_all()


@pytest.fixture
def browse(site: Installation, chromium: Browser) -> Iterator[Browse]:
    """Open a browser of somebody's own: `browse()`, `browse(javascript=False)`, `browse(size=PHONE)`.

    `strict=True` keeps the content security policy on (axe cannot look then); errors in the console fail the test.
    """
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(*, javascript: bool = True, size: dict[str, int] = DESKTOP, strict: bool = False) -> Page:
        context = chromium.new_context(
            base_url=site.url,
            bypass_csp=not strict,
            java_script_enabled=javascript,
            viewport={"width": size["width"], "height": size["height"]},
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
        )
        opened.append(context)
        page = context.new_page()
        if not javascript:
            TWINS[page] = chromium.new_page(base_url=site.url, bypass_csp=True)
            opened.append(TWINS[page].context)
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if _is_bad(said.type, said.text) else None
        )
        return page

    yield open_
    for context in opened:
        context.close()
    TWINS.clear()
    assert not complaints


@pytest.fixture
def page(browse: Browse) -> Page:
    """A browser as most have it."""
    return browse()


def _is_bad(kind: str, text: str) -> bool:
    # A refused form answers 400, and that is right; and a test may cut the network itself.
    return kind == "error" and "status of 4" not in text and "ERR_INTERNET_DISCONNECTED" not in text


def assert_accessible(page: Page) -> None:
    """No breach of WCAG 2.2 A or AA that a machine can find, and nothing wider than the screen."""
    if page in TWINS:
        page = _same_without_scripts(page, TWINS[page])
    found = Axe().run(page, options=RULES).response["violations"]
    assert not found, "\n".join(
        f"{each['id']}: {each['help']} {[node['html'][:200] for node in each['nodes']][:3]}" for each in found
    )
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide}px wider than the screen"


def _same_without_scripts(page: Page, twin: Page) -> Page:
    """The same words in the same width, where axe may run and the page's own script may not."""
    html = page.content()
    twin.unroute_all()
    twin.route("**/*.js", lambda route: route.abort())
    twin.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    if page.viewport_size:
        twin.set_viewport_size(page.viewport_size)
    twin.goto(page.url)
    return twin


def look(page: Page, name: str) -> None:
    """Hold the page against axe at both widths, and keep a picture of each where pictures are wanted."""
    before = page.viewport_size
    for width, size in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        assert_accessible(page)
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    if before:
        page.set_viewport_size(before)


def log_in(page: Page, name: str) -> None:
    """Let one of the demo's people in."""
    page.goto("/konto/log-ind/")
    page.locator("#id_login").fill(f"{name.lower()}@demo.invalid")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()
    page.wait_for_url(lambda url: "/konto/log-ind/" not in url)
