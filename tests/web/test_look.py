"""The look (udseendet): small, accessible, whole at 320 px and without JavaScript."""

import gzip
import hashlib
import re
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from playwright.sync_api import Browser, Page
from tests.web import styleguide

from uth.web.context import site
from uth.web.templatetags.uth import danish_date, deadline_words

HERE = Path(__file__).parent
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
STRICT = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "font-src": ["'self'"],
    "img-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
SETTINGS = {
    "ROOT_URLCONF": "tests.web.styleguide",
    "ALLOWED_HOSTS": ["*"],
    "FORM_RENDERER": "uth.web.rendering.Renderer",
    "MIDDLEWARE": ["django.middleware.csp.ContentSecurityPolicyMiddleware"],
    "SECURE_CSP": STRICT,
    "STATIC_URL": "/static/",
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [HERE / "templates"],
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
}
PAGES = ["/", "/sporgsmaal", "/desk"]


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep the test output free of request lines."""


@pytest.fixture(scope="module", autouse=True)
def look_settings() -> Iterator[None]:
    """Only what a page needs to be drawn: no database, no log-in."""
    with override_settings(**SETTINGS):
        yield


@pytest.fixture(scope="module")
def address(look_settings: None) -> Iterator[str]:
    """Serve the style guide."""
    with make_server(
        "127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=_Quiet
    ) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    """Debian's own browser."""
    return chromium


def open_page(
    browser: Browser, url: str, *, width: int = 1280, javascript: bool = True, bypass_csp: bool = False
) -> Page:
    """A fresh window of this width."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, bypass_csp=bypass_csp, java_script_enabled=javascript
    )
    page = context.new_page()
    page.goto(url)
    return page


def _static(name: str) -> bytes:
    found = finders.find(f"uth/{name}")
    assert isinstance(found, str), f"{name} is not among the static files"
    return Path(found).read_bytes()


def test_the_first_view_is_at_most_60_kilobytes() -> None:
    request = RequestFactory().get("/sporgsmaal")
    html = styleguide.one_question(request).content
    packed = sum(
        len(gzip.compress(part))
        for part in (html, _static("uth.css"), _static("soft.js"), _static("logo.svg"), _static("icons.svg"))
    )
    total = packed + len(_static("fonts/uth-sans-regular.woff2"))
    assert total <= 60 * 1024, f"{total} bytes"


def test_the_stylesheet_asks_for_nothing_outside_and_carries_no_source_map() -> None:
    css = _static("uth.css").decode()
    assert "sourceMappingURL" not in css
    for place in re.findall(r"url\(\"?([^\")]+)\"?\)", css):
        assert _static(place), place
        assert ":" not in place


def test_the_built_files_are_those_the_build_scripts_wrote() -> None:
    for line in _static("SOURCES.txt").decode().splitlines():
        if re.match(r"[0-9a-f]{64}  ", line):
            check_sum, name = line.split()
            assert hashlib.sha256(_static(name)).hexdigest() == check_sum, name


def test_no_template_has_inline_style_or_script() -> None:
    for template in (HERE.parents[1] / "src/uth/web/templates").rglob("*.html"):
        text = template.read_text()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text), template
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text)), template


def test_the_softening_script_is_small() -> None:
    assert len(_static("soft.js")) <= 6 * 1024


def test_every_icon_named_in_a_template_is_on_the_sheet() -> None:
    sheet = set(re.findall(r'id="([\w-]+)"', _static("icons.svg").decode()))
    for template in (HERE.parents[1] / "src/uth/web/templates").rglob("*.html"):
        for name in re.findall(r'{% icon "([\w-]+)"', template.read_text()):
            assert name in sheet, f"{name} in {template.name}"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (12, "12 dage tilbage"),
        (1, "1 dag tilbage"),
        (0, "frist i dag"),
        (-1, "frist overskredet 1 dag"),
        (-3, "frist overskredet 3 dage"),
    ],
)
def test_a_deadline_is_said_calmly(days: int, words: str) -> None:
    said, tone = deadline_words(days)
    assert said == words
    assert tone != "error"


def test_a_date_is_written_the_danish_way() -> None:
    assert danish_date(date(2026, 6, 3)) == "3. juni 2026"


def test_a_plain_form_is_drawn_in_the_design_systems_markup() -> None:
    html = str(styleguide.EveryField({}))
    assert 'class="form-input"' in html
    assert 'class="form-radio"' in html
    assert '<legend class="form-label">' in html
    assert 'aria-describedby="id_place_helptext id_place_error"' in html
    assert 'id="id_place_error"' in html


def test_the_demo_banner_stands_only_in_a_demo() -> None:
    assert "Opdigtede eksempler" in render_to_string("base.html", {"demo": True})
    assert "Opdigtede eksempler" not in render_to_string("base.html", {})


@pytest.mark.parametrize("demo", [True, False])
def test_every_page_knows_whether_this_is_a_demonstration(demo: bool) -> None:
    with override_settings(UTH_DEMO=demo):
        assert site(RequestFactory().get("/"))["demo"] is demo


@pytest.mark.journey
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("where", PAGES)
def test_every_component_passes_axe(browser: Browser, address: str, where: str, width: int) -> None:
    page = open_page(browser, address + where, width=width, bypass_csp=True)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.journey
@pytest.mark.parametrize("where", ["/", "/sporgsmaal"])
def test_a_refused_form_passes_axe_and_takes_the_focus_to_the_summary(
    browser: Browser, address: str, where: str
) -> None:
    page = open_page(browser, address + where, bypass_csp=True)
    page.get_by_role("button", name="Fortsæt").click()
    page.locator("#fejl:focus").wait_for()
    assert page.title().startswith("Fejl:") or where == "/"
    assert Axe().run(page, options=RULES).violations_count == 0
    page.locator("#fejl a").first.click()
    assert page.evaluate("document.activeElement.id") in {"id_place", "id_harm_0"}


@pytest.mark.journey
@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize("javascript", [True, False])
def test_no_page_scrolls_sideways_at_320_pixels(
    browser: Browser, address: str, where: str, javascript: bool
) -> None:
    page = open_page(browser, address + where, width=320, javascript=javascript)
    wide = (
        page.locator("body").evaluate("body => document.documentElement.scrollWidth")
        if javascript
        else _width(page)
    )
    assert wide <= 320


def _width(page: Page) -> float:
    box = page.locator("main").bounding_box()
    return (box["x"] + box["width"]) if box else 0


@pytest.mark.journey
@pytest.mark.parametrize("where", PAGES)
def test_nothing_is_cut_off_at_twice_the_size_or_with_wider_text(
    browser: Browser, address: str, where: str
) -> None:
    page = open_page(browser, address + where, width=640, bypass_csp=True)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
        "p { margin-bottom: 2em !important; }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    cut = page.evaluate(
        "[...document.querySelectorAll('a, button, label, h1, h2, h3, td, th, .badge, .alert')]"
        ".filter(e => e.offsetParent && !e.closest('.sr-only') && getComputedStyle(e).overflow === 'hidden'"
        " && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)).map(e => e.outerHTML.slice(0, 80))"
    )
    assert cut == []


@pytest.mark.journey
def test_paper_has_the_case_and_not_the_menus(browser: Browser, address: str) -> None:
    page = open_page(browser, address + "/desk")
    page.emulate_media(media="print")
    for gone in (".desk-menu", ".site-footer", ".breadcrumbs", ".pagination", ".search-row", ".link-button"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.get_by_role("heading", name="Sagens gang").is_visible()
    assert page.get_by_text("Opdigtede eksempler").is_visible()


@pytest.mark.journey
def test_every_stop_of_the_tab_key_shows_where_it_is(browser: Browser, address: str) -> None:
    page = open_page(browser, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skipnav"
    seen = set()
    for _ in range(40):
        place = page.evaluate(
            "() => { const e = document.activeElement, l = e.labels && e.labels[0];"
            " const shown = s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;"
            " return [e.outerHTML.slice(0, 90), shown(getComputedStyle(e)) || (l && shown(getComputedStyle(l, '::before')))] }"
        )
        assert place[1], place[0]
        seen.add(place[0])
        page.keyboard.press("Tab")
    assert len(seen) > 20


@pytest.mark.journey
def test_a_form_is_sent_once_however_often_the_button_is_pressed(browser: Browser, address: str) -> None:
    page = open_page(browser, address + "/sporgsmaal")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.evaluate(
        "() => { const f = document.querySelector('form[data-once]'); f.requestSubmit(); f.requestSubmit(); }"
    )
    page.locator("#fejl").wait_for()
    assert sent == ["POST"]


@pytest.mark.journey
@pytest.mark.parametrize("where", PAGES)
def test_the_strict_policy_is_never_broken(browser: Browser, address: str, where: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    failed: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto(address + where)
    page.wait_for_load_state("networkidle")
    assert [line for line in said if "Content Security Policy" in line] == []
    assert failed == []
    assert page.evaluate("document.fonts.check('16px \"UTH Sans\"')")


@pytest.mark.journey
def test_the_typeahead_is_worked_by_keyboard_alone(browser: Browser, address: str) -> None:
    page = open_page(browser, address)
    box = page.get_by_role("combobox", name="Hvor skete det?")
    box.press_sequentially("fjord")
    page.get_by_role("option").first.wait_for()
    box.press("ArrowDown")
    box.press("ArrowDown")
    assert page.locator("[role=option][aria-selected=true]").inner_text().startswith("Afsnit B3")
    box.press("Enter")
    assert box.input_value() == "Afsnit B3, Fjordby Sygehus"
    assert page.locator("#id_place_id").input_value() == "1"
    assert box.get_attribute("aria-expanded") == "false"


@pytest.mark.journey
def test_a_suggestion_is_chosen_with_the_mouse(browser: Browser, address: str) -> None:
    page = open_page(browser, address)
    box = page.get_by_role("combobox", name="Hvor skete det?")
    box.press_sequentially("birk")
    page.get_by_role("option", name="Plejehjemmet").click()
    assert box.input_value() == "Plejehjemmet Birkelund"
    assert page.locator("#id_place_id").input_value() == "0"


@pytest.mark.journey
def test_a_draft_saves_itself_and_counts_the_characters_left(browser: Browser, address: str) -> None:
    page = open_page(browser, address + "/kladde")
    with page.expect_response("**/gem") as saved:
        page.get_by_label("Hvad skete der?").fill("Sengen stod højt.")
    assert saved.value.status == 204
    assert "Sengen stod højt." in (saved.value.request.post_data or "")
    page.get_by_text("Kladden er gemt kl.").wait_for()
    assert page.get_by_text("383 tegn tilbage").is_visible()


@pytest.mark.journey
def test_without_javascript_the_place_is_a_plain_box_and_the_form_is_answered(
    browser: Browser, address: str
) -> None:
    page = open_page(browser, address, javascript=False)
    page.get_by_label("Hvor skete det?").fill("Afsnit B2")
    page.get_by_role("button", name="Fortsæt").click()
    assert page.get_by_role("alert").get_by_role("link").count() >= 3


@pytest.mark.journey
def test_every_target_is_at_least_24_pixels(browser: Browser, address: str) -> None:
    page = open_page(browser, address + "/desk", width=390)
    small = page.evaluate(
        "[...document.querySelectorAll('nav a, button, select, input:not([type=hidden])')]"
        ".filter(e => e.offsetParent).map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])"
        ".filter(([, r]) => r.height < 24 || r.width < 24).map(([text]) => text)"
    )
    assert small == []
