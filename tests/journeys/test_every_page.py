"""Every page (alle sider): walked by following links as each person may, and held against axe at both widths.

A page of the URL conf that nobody reached and that is not said to be looked at elsewhere fails the test.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Browser, Page
from tests.installation import Installation
from tests.journeys.conftest import DESKTOP, look

pytestmark = pytest.mark.journey

# Not a page to open: it only takes a POST, sends one on, or answers programs.
NO_PAGE = {
    "board-tap", "board-undo", "board-note", "board-serious", "board-send", "board-forget", "board-shut-out", "board-close",
    "board-withdraw", "collective-forward-all", "administration_show_place", "administration_forget_name",
    "places", "case-file", "intake-go-on", "intake-autosave", "intake-clear", "intake-send", "draft-leave", "draft-discard",
    "open_invitation", "onwards", "account_logout", "account_revoke", "open_setup", "here", "pause", "discard_typed", "type", "account_reset_password_from_key",
    "administration_aabn", "administration_retire_key",
    "administration_guidance_restore",
    "administration_revoke", "administration_withdraw", "administration_end_role", "template-schema", "lookups_file", "plan-answer-pdf", "publication-pdf", "national-answer-pdf", "national-publication-pdf", "national-withdraw", "intake", "intake-start",
    "paper-blank", "paper-autosave", "paper-put-away",
}  # fmt: skip
# Looked at, with axe, where it comes about.
ELSEWHERE = {
    "board": "test_tallying", "board-screen": "test_tallying",
    "intake-step": "test_reporting", "intake-summary": "test_reporting", "draft-later": "test_reporting",
    "setup": "test_accounts", "setup_done": "test_accounts", "invitation": "test_accounts", "mfa_authenticate": "test_accounts",
    "mfa_activate_totp": "test_accounts", "mfa_view_recovery_codes": "test_accounts", "redaction": "test_handling",
    "forward": "test_handling", "account_reauthenticate": "test_accounts",
    "mfa_reauthenticate": "test_accounts",
    "mfa_generate_recovery_codes": "test_accounts",
    "mfa_deactivate_totp": "test_accounts",
    "administration_hand_over": "test_accounts",
    "administration_luk": "test_accounts",
    "administration_nulstil-totrin": "test_accounts",
    "account_inactive": "test_accounts", "resume_typed": "test_idle", "administration_invited": "test_accounts",
}  # fmt: skip
PEOPLE = {
    "": [
        "/",
        "/rapporter/",
        "/rapporter/paa-papir/",
        "/kvittering/",
        "/konto/log-ind/",
        "/konto/glemt/",
        "/konto/glemt/sendt/",
        "/konto/glemt/faerdig/",
        "/om/",
        "/privatliv/",
        "/was/",
        "/hjaelp/",
        "/skal-jeg-rapportere/",
        "/skabelon/",
        "/udgivelser/",
    ],
    "Bo": ["/sager/"],
    "Carl": ["/sager/", "/sager/?liste=videregivet", "/sager/?liste=klar", "/konto/"],
    "Kirsten": ["/samlerapporter/", "/samlerapporter/?liste=videregivet", "/samlerapporter/tavler/"],
    "Rikke": ["/samlerapporter/", "/sager/", "/sager/?liste=aabne"],
    "Dorte": ["/nationalt/"],
    "Stine": ["/anonymiseret/"],
    "Nora": ["/administration/"],
    "Adam": ["/administration/", "/administration/fordeling/steder/1/", "/konto/"],
}
MOST = 60  # pages a person


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A demo with made-up incidents in every state."""
    place = Installation(tmp_path_factory.mktemp("filled"))
    place.uth("migrate")
    place.uth("seed", "--cases", "150")
    place.serve()
    try:
        place.wait_until_up()
        yield place
    finally:
        place.end_all()


def patterns(of: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of our own pages in the URL conf."""
    for each in of:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns)
        elif not str(getattr(each.callback, "__module__", "")).startswith(("ninja", "functools")):
            assert each.name, f"{each.pattern} has no name"
            yield each.name


def key_of(address: str) -> str | None:
    """What makes a page one of its kind: its name, and its slug where it has one."""
    try:
        found = resolve(address)
    except Exception:
        return None
    return f"{found.url_name} {found.kwargs.get('slug', '')}".strip()


def links_on(page: Page) -> list[str]:
    """Our own addresses on the page, without their queries unless they choose a view."""
    found = page.eval_on_selector_all(
        "a[href^='/']", "all => all.map(a => a.getAttribute('href').split('#')[0])"
    )
    return sorted(set(found))


def walk(page: Page, start: list[str], seen: set[str], who: str) -> None:
    """Follow links to every kind of page once a person; each kind is held against axe the first time it is met."""
    waiting, opened, kinds = list(start), set[str](), set[str]()
    while waiting and len(opened) < MOST:
        address = waiting.pop(0)
        path = address.split("?")[0]
        key = key_of(path)
        if address in opened or key is None or key.split()[0] in NO_PAGE:
            continue
        if key in kinds and address not in start:
            continue
        opened.add(address)
        kinds.add(key)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{who or 'anybody'}: {address} answered {answer.status}"
        for medium in ("print", "screen"):
            page.emulate_media(media=medium)
            assert "Opdigtede eksempler" in page.inner_text("body"), f"{address} in {medium}"
        arrived = key_of(page.evaluate("location.pathname")) or key
        if arrived not in seen:
            look(page, f"{who or 'anybody'}-{re.sub(r'[^a-z]+', '-', path.lower()).strip('-') or 'front'}")
        seen.add(arrived)
        waiting += [link for link in links_on(page) if link not in opened]


def test_every_page_is_reached_by_somebody_and_passes_axe(filled: Installation, chromium: Browser) -> None:
    from tests.journeys.conftest import log_in

    seen: set[str] = set()
    for who, start in PEOPLE.items():
        context = chromium.new_context(base_url=filled.url, bypass_csp=True, viewport=DESKTOP, locale="da-DK")
        page = context.new_page()
        if who:
            log_in(page, who)
        walk(page, start, seen, who)
        context.close()
    named = set(patterns(get_resolver().url_patterns))
    missed = named - {key.split()[0] for key in seen} - NO_PAGE - set(ELSEWHERE)
    assert not missed, f"open it from a page somebody meets, or say where it is looked at: {sorted(missed)}"


def test_what_is_said_to_be_looked_at_elsewhere_is() -> None:
    for name, journey in ELSEWHERE.items():
        text = (Path(__file__).parent / f"{journey}.py").read_text()
        assert "look(" in text or "assert_accessible(" in text, (
            f"{journey} (for {name}) holds nothing against axe"
        )
