"""Error pages (fejlsider): a sentence, a way on and a number; never a stack trace, also without a database."""

import logging
import os
import re
import subprocess
import sys

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from uth.config import urls as site_urls
from uth.law.procedure import NotAllowed
from uth.web import errors
from uth.web.gate import public

NUMBER = re.compile(r"\b[0-9A-F]{4}-[0-9A-F]{4}\b")
SECRET = "Ellen Opdigtet"


class _Unmarked(Exception):
    pass


TROUBLE = {
    "404": Http404,
    "403": lambda: NotAllowed("Bed en kollega om hjælp."),
    "413": lambda: RequestDataTooBig("x"),
    "stort": errors.TooLarge,
    "429": lambda: errors.TooMany(wait=90),
    "500": lambda: _Unmarked(SECRET),
    "503": lambda: OperationalError("no route to database"),
}


@public
def trouble(request: HttpRequest, kind: str) -> HttpResponse:
    """Fails as asked."""
    raise TROUBLE[kind]()


@public
def reads(request: HttpRequest) -> HttpResponse:
    """Reads what was posted."""
    return HttpResponse(str(len(request.POST)))


# This module is its own URL configuration, with the site's handlers.
urlpatterns = [
    path("fejl/<str:kind>/", trouble),
    path("laes/", reads),
]
handler400, handler403, handler404 = site_urls.handler400, site_urls.handler403, site_urls.handler404
handler429, handler500 = site_urls.handler429, site_urls.handler500


@pytest.fixture
def client() -> Client:
    """Shows error pages instead of raising; note that no test here may touch a database."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("kind", "status"),
    [("404", 404), ("403", 403), ("413", 413), ("stort", 413), ("429", 429), ("500", 500), ("503", 503)],
)
def test_every_error_has_its_danish_page_with_a_number_and_a_way_on(
    client: Client, caplog: pytest.LogCaptureFixture, kind: str, status: int
) -> None:
    with override_settings(ROOT_URLCONF=__name__), caplog.at_level(logging.INFO, logger="uth.web.errors"):
        response = client.get(f"/fejl/{kind}/")
    page = response.content.decode()
    assert response.status_code == status
    assert errors.WORDS[status].heading in page
    assert 'href="/"' in page
    number = NUMBER.search(page)
    assert number
    assert number[0] in caplog.text, "the number leads to the line in the log"
    assert "Traceback" not in page


def test_a_refusal_keeps_its_sentence(client: Client) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        assert "Bed en kollega om hjælp." in client.get("/fejl/403/").content.decode()


def test_a_throttled_sender_is_told_how_long_to_wait(client: Client) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        assert client.get("/fejl/429/")["Retry-After"] == "90"


def test_the_log_names_the_place_and_never_the_value(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(ROOT_URLCONF=__name__), caplog.at_level(logging.INFO):
        client.get("/fejl/500/", {"navn": "Ellen"})
    ours = [r.getMessage() for r in caplog.records if r.name == "uth.web.errors"]
    assert "test_errors.py" in ours[0]
    assert "_Unmarked" in ours[0]
    assert "Ellen" not in ours[0]


@pytest.mark.parametrize("reader", ["pypdf", "pypdf._reader", "pikepdf._core", "PIL.Image"])
def test_what_cannot_be_read_in_a_file_is_not_quoted_in_the_log(reader: str) -> None:
    assert not logging.getLogger(reader).isEnabledFor(logging.ERROR)
    assert logging.getLogger("uth.web.errors").isEnabledFor(logging.ERROR)


def test_the_500_page_works_without_a_database(client: Client) -> None:
    client.cookies["sessionid"] = "en-session-der-ikke-kan-slaas-op"
    response = client.get("/konto/")  # the session cannot be read: this test has no database
    assert response.status_code == 500
    assert NUMBER.search(response.content.decode())


def test_the_page_stands_when_even_its_template_breaks(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise OSError

    monkeypatch.setattr(errors, "render_to_string", broken)
    with override_settings(ROOT_URLCONF=__name__):
        response = client.get("/fejl/500/")
    assert response.status_code == 500
    assert NUMBER.search(response.content.decode())


def test_a_form_of_four_megabytes_is_too_large(client: Client) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        response = client.post(
            "/laes/", "tekst=" + "x" * 4_000_000, content_type="application/x-www-form-urlencoded"
        )
    assert response.status_code == 413


def test_an_unreadable_host_gets_the_400_page(client: Client) -> None:
    response = client.get("/", headers={"host": "ond.invalid"})
    assert response.status_code == 400
    assert errors.WORDS[400].heading in response.content.decode()


def test_a_page_left_open_too_long_keeps_a_way_on() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/konto/log-ind/", {"login": "x", "password": "y"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "genindlæs siden" in page


def test_words_stand_for_every_status_we_answer() -> None:
    assert set(errors.WORDS) == {400, 403, 404, 413, 429, 500, 503}


def test_a_number_says_nothing() -> None:
    first = errors.page(RequestFactory().get("/"), 404).content.decode()
    second = errors.page(RequestFactory().get("/"), 404).content.decode()
    assert NUMBER.search(first) != NUMBER.search(second)


ASK_WITHOUT_A_DATABASE = """
import django; django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
client.cookies["sessionid"] = "x" * 32
answer = client.get("/konto/", headers={"host": "localhost"})
print(answer.status_code, answer["Retry-After"], "kan ikke nå vores database" in answer.content.decode())
"""


def test_a_database_that_is_down_is_told_as_such() -> None:
    gone = {"DATABASE_URL": "postgres://uth@127.0.0.1:1/uth", "DJANGO_SETTINGS_MODULE": "uth.config.settings"}
    asked = subprocess.run(
        [sys.executable, "-c", ASK_WITHOUT_A_DATABASE],
        env=os.environ | gone | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        capture_output=True,
        text=True,
    )
    assert asked.stdout.strip() == "503 60 True", asked.stderr
