"""Who does nothing is logged out; what was typed is kept for them alone, and nothing of it is carried out by itself."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.cases import case_at
from tests.people import PEOPLE

from uth.actions import accounts
from uth.law.terms import State
from uth.records.cases import Case, Note
from uth.records.models import AuditLine
from uth.records.people import User
from uth.web import gate

pytestmark = pytest.mark.django_db(databases=["default", "national"])
NOTE = "Jordemoderen ringede efter hjælp kl. 14, men ingen kom."


class Clock:
    """The gate's clock, moved by hand."""

    def __init__(self) -> None:
        self.moment = datetime.now(UTC)

    def __call__(self, zone: object = None) -> datetime:
        return self.moment

    def wait(self, **more: float) -> None:
        self.moment += timedelta(**more)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()

    class Moved(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return found()

    monkeypatch.setattr(gate, "datetime", Moved)
    return found


@pytest.fixture
def case(clock: Clock) -> Case:
    return case_at(State.IN_PROGRESS, at=clock())


def working(name: str = "Carl") -> Client:
    browser = Client()
    browser.force_login(User.objects.get(pk=PEOPLE[name]))
    assert browser.get("/konto/").status_code == 200
    return browser


def log_in(browser: Client, name: str, to: str) -> str:
    """Through the real door, and on to where one is led."""
    given = {"login": f"{name.lower()}@demo.invalid", "password": "Utilsigtet-2026"}
    return browser.post(to, given, follow=True).text


def write_late(browser: Client, case: Case) -> str:
    """A note sent too late; where that leads."""
    answer = browser.post(f"/sager/{case.pk}/notat/", {"text": NOTE, "version": str(case.version)})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_half_an_hour_without_a_deed_ends_the_log_in_and_leads_back(clock: Clock, case: Case) -> None:
    browser = working()
    clock.wait(minutes=29)
    assert browser.get(f"/sager/{case.pk}/").status_code == 200
    clock.wait(minutes=29)
    assert browser.get(f"/sager/{case.pk}/").status_code == 200, "each deed counts anew"
    clock.wait(minutes=31)
    answer = browser.get(f"/sager/{case.pk}/")
    assert answer["Location"] == f"/konto/log-ind/?next=/sager/{case.pk}/"
    assert AuditLine.objects.latest("pk").word == "user.idled_out"
    page = browser.get(answer["Location"]).text
    assert "logget ud, fordi der ikke skete noget" in page
    assert "gemt" not in page
    assert case.number in log_in(browser, "Carl", answer["Location"])


def test_what_was_sent_too_late_is_kept_and_not_carried_out(clock: Clock, case: Case) -> None:
    browser = working()
    clock.wait(minutes=45)
    door = write_late(browser, case)
    assert not Note.objects.exists()
    assert "Det, du skrev, er gemt" in browser.get(door).text
    page = log_in(browser, "Carl", door)
    assert NOTE in page
    assert f'action="/sager/{case.pk}/notat/"' in page
    assert not Note.objects.exists(), "the person decides"
    sent = browser.post(f"/sager/{case.pk}/notat/", {"text": NOTE, "version": str(case.version)})
    assert sent.status_code == 302
    assert Note.objects.get().text == NOTE


def test_nobody_else_is_shown_it(clock: Clock, case: Case) -> None:
    browser = working()
    clock.wait(minutes=45)
    door = write_late(browser, case)
    assert NOTE not in log_in(browser, "Rikke", door)
    browser.post("/konto/log-ud/")
    assert NOTE not in log_in(browser, "Carl", "/konto/log-ind/?next=/konto/fortsaet/")


def test_it_lies_sealed_and_not_for_long(clock: Clock, case: Case) -> None:
    browser = working()
    clock.wait(minutes=45)
    door = write_late(browser, case)
    for session in Session.objects.all():
        assert NOTE not in str(session.get_decoded())
    log_in(browser, "Carl", door)
    clock.wait(minutes=20)
    assert NOTE in browser.get("/konto/fortsaet/").text
    browser.post("/konto/fortsaet/kasser/")
    assert browser.get("/konto/fortsaet/").status_code == 302


def test_a_script_that_comes_too_late_is_told_so_and_its_page_can_still_be_kept(
    clock: Clock, case: Case
) -> None:
    browser = working()
    clock.wait(minutes=45)
    script = {"Sec-Fetch-Mode": "cors"}
    assert browser.post("/papir/indtast/fagperson/gem/", {"story": NOTE}, headers=script).status_code == 401
    assert browser.get("/sager/", headers=script).status_code == 401
    door = browser.post("/konto/pause/", {"_til": f"/sager/{case.pk}/notat/", "text": NOTE})["Location"]
    assert NOTE in log_in(browser, "Carl", door)


@pytest.mark.parametrize("room", ["papir/indtast/fagperson", "samlerapporter/tavler/ny", "frister"])
def test_every_room_of_the_desk_keeps_what_is_typed(room: str, clock: Clock) -> None:
    browser = working()
    clock.wait(minutes=45)
    door = browser.post(f"/{room}/", {"text": NOTE})["Location"]
    assert NOTE in log_in(browser, "Carl", door)


def test_a_password_is_never_kept(clock: Clock) -> None:
    browser = working()
    clock.wait(minutes=45)
    door = browser.post("/konto/adgangskode/", {"oldpassword": "hemmelig og lang nok"})["Location"]
    assert "fortsaet" not in door
    for address in ("//opdigtet.invalid/sager/", "https://opdigtet.invalid/", "/konto/adgangskode/"):
        fresh = working()
        fresh.post("/konto/pause/", {"_til": address, "text": NOTE})
        assert fresh.get("/konto/fortsaet/").status_code == 302


def test_pausing_in_time_keeps_the_words_and_the_log_in(clock: Clock, case: Case) -> None:
    browser = working()
    browser.post("/konto/pause/", {"_til": f"/sager/{case.pk}/notat/", "text": NOTE})
    assert NOTE in browser.get("/konto/fortsaet/").text
    assert not Note.objects.exists()


def test_to_ask_how_long_is_left_prolongs_nothing_and_saying_one_is_here_does(clock: Clock) -> None:
    browser = working()
    clock.wait(minutes=20)
    assert browser.get("/konto/her/").json() == {"left": 600}
    clock.wait(minutes=5)
    assert browser.get("/konto/her/").json() == {"left": 300}
    assert browser.post("/konto/her/").status_code == 204
    assert browser.get("/konto/her/").json() == {"left": 1800}
    clock.wait(minutes=31)
    assert browser.post("/konto/her/").status_code == 409
    assert browser.get("/konto/")["Location"].startswith("/konto/log-ind/")


def test_without_its_cookie_or_with_anothers_the_time_runs_from_the_log_in(clock: Clock) -> None:
    browser, other = Client(), Client()
    log_in(browser, "Carl", "/konto/log-ind/")
    clock.wait(minutes=45)
    log_in(other, "Carl", "/konto/log-ind/")
    for cookie in ("", "1.falsk", other.cookies["sidst"].value):
        browser.cookies["sidst"] = cookie
        assert browser.get("/konto/her/").json()["left"] <= 0


def test_a_site_may_turn_it_off(clock: Clock, settings: Any) -> None:
    settings.UTH_IDLE_SECONDS = 0
    browser = working()
    clock.wait(hours=9)
    page = browser.get("/sager/")
    assert page.status_code == 200
    assert "data-idle" not in page.text


def test_keeping_the_time_writes_nothing(clock: Clock, django_assert_num_queries: Any) -> None:
    browser = working()
    with django_assert_num_queries(2):  # the session and the person
        assert browser.post("/konto/her/").status_code == 204


def test_what_was_typed_under_another_key_is_gone_and_breaks_nothing(settings: Any) -> None:
    now = datetime.now(UTC)
    kept = accounts.keep_typed(PEOPLE["Carl"], "/sager/1/notat/", {"text": [NOTE]}, at=now)
    settings.UTH_VAULT_KEY = base64.b64encode(b"\x07" * 32).decode()
    assert accounts.open_typed(kept, user_id=PEOPLE["Carl"], at=now) is None
