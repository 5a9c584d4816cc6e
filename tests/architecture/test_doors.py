"""The doors (dørene): every page says who may enter, what is public is decided here, and a role needs two steps."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.people import PEOPLE

from uth.records.people import User
from uth.web.gate import API_MODULE, Entry, entry_of

SAMPLES = {"<int:": "1", "<str:": "x", "<slug:": "x", "<uuid:": "00000000-0000-4000-8000-000000000000"}
# Rooms that anybody may enter without log-in. A new one is a decision: add it here, and say so in the commit.
PUBLIC_ROOMS = (
    "om/", "privatliv/", "hvem-ser-hvad/", "hjaelp/", "was/", "skal-jeg-rapportere/", "sprog/", "rapporter/", "kvittering/", "steder.json",
    "konto/log-ind/", "konto/log-ud/", "konto/lukket/", "konto/glemt/", "^konto/glemt/", "konto/invitation/",
    "opsaetning/", "skabelon/", "tavle/", "udgivelser/",
)  # fmt: skip


def pages(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every page of the site with its route; the API has doors and tests of its own."""
    for found in (resolver or get_resolver()).url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from pages(found, route)
        elif getattr(found.callback, "__module__", "") != API_MODULE and not route.startswith("api/"):
            yield route, found


def entry(page: URLPattern) -> Entry:
    found = entry_of(page.callback)
    assert found is not None, "wear a mark from uth.web.gate; without one the page is closed to all"
    return found


PAGES = list(pages())


def address(route: str) -> str:
    """The route with something in every gap."""
    parts = route.split("/")
    return "/" + "/".join(next((v for k, v in SAMPLES.items() if part.startswith(k)), part) for part in parts)


CLOSED = [route for route, page in PAGES if (e := entry_of(page.callback)) and e.roles is not None]
GUARDED = [
    route
    for route, page in PAGES
    if (e := entry_of(page.callback)) and e.roles is not None and not e.enrolling
]


@pytest.mark.parametrize(("route", "page"), PAGES, ids=[route for route, _ in PAGES])
def test_every_page_says_who_may_enter(route: str, page: URLPattern) -> None:
    entry(page)


@pytest.mark.parametrize(("route", "page"), PAGES, ids=[route for route, _ in PAGES])
def test_a_page_is_public_only_by_decision(route: str, page: URLPattern) -> None:
    if entry(page).roles is None:
        known = route == "" or route.startswith(PUBLIC_ROOMS)
        assert known, "a page without log-in: add its room above if it is meant"


@pytest.mark.django_db(databases=["default", "national"])
@pytest.mark.parametrize("route", CLOSED)
def test_a_stranger_is_asked_to_log_in(route: str, client: Client) -> None:
    response = client.get(address(route))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/konto/log-ind/")


@pytest.mark.django_db(databases=["default", "national"])
@pytest.mark.parametrize("route", GUARDED)
def test_a_role_without_two_steps_opens_no_page_outside_a_demo(route: str, settings: Any) -> None:
    settings.UTH_DEMO = False
    for name in ("Bo", "Carl", "Rikke", "Dorte", "Stine", "Adam", "Nora"):
        client = Client()
        client.force_login(User.objects.get(pk=PEOPLE[name]))
        cache.clear()
        response = client.get(address(route))
        assert response.status_code in {302, 404}, name
        if response.status_code == 302:
            assert response["Location"] == "/konto/totrin/", name
