"""The set-up page (opsætning): open once, for who holds the link, and never in a demo."""

import logging
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.web.test_administration import link_on

from uth.actions import setup
from uth.law.actor import SYSTEM
from uth.law.procedure import NotAllowed
from uth.law.terms import Role
from uth.records.models import AuditLine
from uth.records.organisations import Installation, Organisation
from uth.records.outbox import Letter
from uth.records.people import Membership, User

pytestmark = pytest.mark.django_db(databases=["default", "national"])
PAGE, DONE = "/opsaetning/", "/opsaetning/faerdig/"
ANSWERS = {"organisation": "0461", "name": "Odense", "email": "ny@opdigtet.invalid", "test_mail": "on"}
PASSWORD = "fire grønne æbler i skoven"


@pytest.fixture(autouse=True)
def no_limits_from_before() -> None:
    """Each test begins with a clean count of attempts."""
    cache.clear()


@pytest.fixture
def opened(client: Client, now: datetime) -> Client:
    """Somebody who has followed the console's link."""
    token = setup.begin(kind="local", by=SYSTEM, at=now)
    response = client.get(f"{PAGE}{token}/")
    assert response["Location"] == PAGE
    return client


def test_without_the_link_there_is_no_page(client: Client, now: datetime) -> None:
    for url in (PAGE, DONE, f"{PAGE}gaet/"):
        assert client.get(url).status_code == 404
    setup.begin(kind="local", by=SYSTEM, at=now)
    for url in (PAGE, DONE, f"{PAGE}gaet/"):
        assert client.get(url).status_code == 404
    assert client.post(PAGE, ANSWERS).status_code == 404
    assert not User.objects.filter(email=ANSWERS["email"]).exists()


def test_the_first_administrator_begins_by_a_one_time_link(opened: Client) -> None:
    text = opened.post(PAGE, ANSWERS, follow=True).content.decode()
    link = link_on(text)
    assert {letter.template for letter in Letter.objects.all()} == {"invitation", "test"}
    new = Client()
    new.get(link)
    new.post("/konto/invitation/", {"name": "Nye Ny", "password": PASSWORD})
    user = User.objects.get(email=ANSWERS["email"])
    held = Membership.objects.get(user=user)
    assert (held.role, held.organisation.key) == (Role.ADMIN, "0461")
    row = Installation.objects.get()
    assert (row.name, row.organisation) == ("Odense", held.organisation)
    assert AuditLine.objects.filter(word="setup.completed").count() == 1
    assert opened.get(DONE).status_code == 404, "a used link is not shown again"


def test_the_page_closes_when_it_is_done(opened: Client, now: datetime) -> None:
    opened.post(PAGE, ANSWERS)
    assert opened.get(PAGE).status_code == 404
    assert opened.post(PAGE, ANSWERS | {"email": "anden@opdigtet.invalid"}).status_code == 404
    with pytest.raises(NotAllowed, match="allerede sat op"):
        setup.begin(kind="local", by=SYSTEM, at=now)
    assert Client().get(DONE).status_code == 404


def test_a_new_link_stops_the_old_one(client: Client, now: datetime) -> None:
    old = setup.begin(kind="local", by=SYSTEM, at=now)
    setup.begin(kind="local", by=SYSTEM, at=now)
    assert client.get(f"{PAGE}{old}/").status_code == 404
    assert Installation.objects.count() == 1


def test_a_wrong_answer_is_refused_and_what_was_typed_stays(opened: Client) -> None:
    response = opened.post(PAGE, ANSWERS | {"email": "ingen adresse"})
    assert response.status_code == 422
    assert "navn@eksempel.dk" in response.content.decode()
    assert "Odense" in response.content.decode()
    assert opened.post(PAGE, ANSWERS | {"organisation": "national"}).status_code == 422
    assert Installation.objects.get().completed_at is None


def test_a_private_hospital_that_stands_in_no_list_can_begin(opened: Client) -> None:
    given = ANSWERS | {"organisation": "new", "name": "Privathospitalet Ærø Opdigtet"}
    opened.post(PAGE, given)
    place = Organisation.objects.get(key="privathospitalet-aeroe-opdigtet")
    assert (place.kind, place.path) == ("private_hospital", "/privathospitalet-aeroe-opdigtet/")


def test_a_national_site_is_set_up_by_the_national_level(client: Client, now: datetime) -> None:
    client.get(f"{PAGE}{setup.begin(kind='national', by=SYSTEM, at=now)}/")
    text = client.get(PAGE).content.decode()
    assert "Det nationale niveau" in text
    assert "Odense Kommune" not in text


def test_how_the_test_mail_went_is_told(opened: Client, settings: Any) -> None:
    settings.UTH_SMTP_URL = "smtp://localhost"
    opened.post(PAGE, ANSWERS)
    assert "venter" in opened.get(DONE).content.decode()
    Letter.objects.filter(template="test").update(problem="SMTPAuthenticationError")
    assert "SMTPAuthenticationError" in opened.get(DONE).content.decode()


def test_no_secret_is_logged(client: Client, now: datetime, caplog: Any) -> None:
    token = setup.begin(kind="local", by=SYSTEM, at=now)
    with caplog.at_level(logging.DEBUG, logger="uth"):
        client.get(f"{PAGE}{token}/")
        client.post(PAGE, ANSWERS, follow=True)
        client.get(f"{PAGE}{token}x/")
    assert token not in caplog.text
    assert ANSWERS["email"] not in caplog.text
    assert token not in str(list(AuditLine.objects.values_list("detail", flat=True)))
