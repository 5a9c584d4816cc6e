"""Accounts (konti): in and out, two steps, one-time links, and what may never be possible."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from tests.people import PEOPLE

from uth.cli.demo import PASSWORD
from uth.records.models import AuditLine
from uth.records.outbox import Letter
from uth.records.people import User

pytestmark = pytest.mark.django_db(databases=["default", "national"])
LOG_IN, ENROL = "/konto/log-ind/", "/konto/totrin/"


@pytest.fixture(autouse=True)
def no_limits_from_before() -> None:
    """Each test begins with a clean count of attempts."""
    cache.clear()


@pytest.fixture
def for_real(settings: Any) -> None:
    """As outside a demo."""
    settings.UTH_DEMO = False


def log_in(client: Client, name: str = "carl", password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOG_IN, {"login": f"{name}@demo.invalid", "password": password} | more)


def user_of(name: str) -> User:
    return User.objects.get(pk=PEOPLE[name])


def code_for(secret: str, steps: int = 0) -> str:
    counter = int(datetime.now(UTC).timestamp()) // 30 + steps
    return format_hotp_value(hotp_value(secret, counter))


def words(name: str) -> list[str]:
    """What the audit says of this account."""
    lines = AuditLine.objects.filter(word__startswith="user.").order_by("pk")
    return [line.word for line in lines if line.detail.get("user") == PEOPLE[name]]


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# In and out


def test_a_handler_logs_in_and_out_and_both_leave_a_line(client: Client) -> None:
    response = log_in(client)
    assert response.status_code == 302
    assert response["Location"] == "/sager/"
    client.post("/konto/log-ud/")
    assert not signed_in(client)
    assert words("Carl")[-2:] == ["user.signed_in", "user.signed_out"]


@pytest.mark.parametrize(
    ("name", "page"),
    [("bo", "/sager/"), ("dorte", "/nationalt/"), ("adam", "/administration/"), ("erik", "/konto/")],
)
def test_each_begins_where_their_work_lies(client: Client, name: str, page: str) -> None:
    assert log_in(client, name)["Location"] == page


def test_a_wrong_password_is_refused_in_danish_and_leaves_a_line_without_the_address(client: Client) -> None:
    response = log_in(client, password="forkert adgangskode")
    assert "passer ikke" in response.content.decode()
    line = AuditLine.objects.latest("pk")
    assert (line.word, line.detail) == ("user.sign_in_failed", {"user": PEOPLE["Carl"]})


def test_an_unknown_address_is_answered_as_a_known_one(client: Client) -> None:
    known, unknown = log_in(client, password="forkert adgangskode"), log_in(client, "findes-ikke")
    sentence = "E-mail eller adgangskode passer ikke"
    assert sentence in known.content.decode()
    assert sentence in unknown.content.decode()
    assert "findes-ikke" not in str(AuditLine.objects.latest("pk").detail)


def test_a_sixth_attempt_on_an_account_must_wait(client: Client) -> None:
    for _ in range(5):
        log_in(client, password="forkert adgangskode")
    response = log_in(client)
    assert "for mange gange" in response.content.decode()
    assert not signed_in(client)


def test_who_was_held_out_gets_in_by_the_mailed_link(client: Client) -> None:
    for _ in range(5):
        log_in(client, password="forkert adgangskode")
    client.post("/konto/glemt/", {"email": "carl@demo.invalid"})
    form = client.get(link_in_the_mail(Letter.objects.get(template="password_reset")))["Location"]
    new = "fire grønne æbler i skoven"
    client.post(form, {"password1": new, "password2": new})
    assert log_in(client, password=new)["Location"] == "/sager/"


def test_a_flood_of_log_ins_gets_the_waiting_page(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "3/m/ip"}
    answers = [log_in(client, f"ukendt{n}").status_code for n in range(4)]
    assert answers == [200, 200, 200, 429]


def test_the_limits_keep_no_network_address(client: Client) -> None:
    from django.db import connection

    log_in(client, password="forkert adgangskode")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM uth_cache")
        keys = " ".join(key for (key,) in cursor.fetchall())
    assert "allauth:rl" in keys
    assert "127.0.0.1" not in keys


def test_logging_in_gives_a_new_session(client: Client) -> None:
    client.get(LOG_IN)
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    log_in(client)
    assert client.session.session_key != session.session_key


@pytest.mark.parametrize(
    "elsewhere",
    ["https://ond.invalid/", "//ond.invalid/", "http://localhost/x", "/\\ond.invalid", "javascript:alert(1)"],
)
def test_log_in_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    assert log_in(client, next=elsewhere)["Location"] == "/sager/"


def test_log_in_leads_to_the_page_one_came_for(client: Client) -> None:
    assert log_in(client, next="/sager/7/")["Location"] == "/sager/7/"


def test_nobody_can_sign_up(client: Client) -> None:
    assert client.get("/konto/opret/").status_code == 404
    assert client.get("/accounts/signup/").status_code == 404


def test_a_suspended_user_is_out_at_once(client: Client) -> None:
    log_in(client)
    assert client.get("/konto/").status_code == 200
    User.objects.filter(pk=PEOPLE["Carl"]).update(is_active=False)
    assert client.get("/konto/")["Location"].startswith(LOG_IN)
    assert log_in(client)["Location"] == "/konto/lukket/"
    assert client.get("/konto/").status_code == 302
    assert words("Carl")[-1] == "user.sign_in_closed"


def test_log_out_by_a_link_asks_first(client: Client) -> None:
    log_in(client)
    assert client.get("/konto/log-ud/").status_code == 200
    assert signed_in(client)


# The demo, and everything else


def test_a_demo_lists_its_log_ins(client: Client) -> None:
    page = client.get(LOG_IN).content.decode()
    assert "bo@demo.invalid" in page
    assert PASSWORD in page
    assert "totrinslogin er slået fra" in page


def test_a_demo_lists_nobody_whose_log_in_would_be_refused(client: Client) -> None:
    User.objects.create_user("asta-0101@demo.invalid", None, name="Asta", at=datetime.now(UTC))
    assert "asta-0101" not in client.get(LOG_IN).content.decode()


def test_a_refused_log_in_is_said_once(client: Client) -> None:
    page = log_in(client, "bo", "forkert").content.decode()
    assert page.count("E-mail eller adgangskode passer ikke") == 1


@pytest.mark.usefixtures("for_real")
def test_outside_a_demo_no_log_in_is_listed(client: Client) -> None:
    page = client.get(LOG_IN).content.decode()
    assert "demo.invalid" not in page
    assert PASSWORD not in page


def test_there_is_no_default_password_outside_a_demo() -> None:
    import os
    import subprocess
    import sys

    from uth.config.environment import new_keys

    env = {k: v for k, v in os.environ.items() if k != "UTH_DEMO"} | new_keys()
    asked = "from django.conf import settings; print(repr(settings.UTH_DEMO_PASSWORD))"
    found = subprocess.run(
        [sys.executable, "-c", asked],
        env=env | {"DJANGO_SETTINGS_MODULE": "uth.config.settings"},
        capture_output=True,
        text=True,
    )
    assert found.stdout.strip() == "''", found.stderr


# Two steps


@pytest.mark.usefixtures("for_real")
@pytest.mark.parametrize("name", ["bo", "dorte", "adam"])
def test_a_role_demands_two_steps_before_any_page(client: Client, name: str) -> None:
    log_in(client, name)
    response = client.get("/konto/adgangskode/")
    assert (response.status_code, response["Location"]) == (302, ENROL)


@pytest.mark.usefixtures("for_real")
def test_enrolling_with_a_real_code_opens_the_door_and_gives_recovery_codes(client: Client) -> None:
    log_in(client)
    secret = client.get(ENROL).context["form"].secret
    wrong = client.post(ENROL, {"code": "000000"})
    assert "Koden passer ikke" in wrong.content.decode()
    response = client.post(ENROL, {"code": code_for(secret)}, follow=True)
    codes = re.findall(r"^\D*(\d{8})$", response.content.decode(), re.MULTILINE)
    assert len(codes) == 10
    assert client.get("/konto/adgangskode/").status_code == 200
    assert words("Carl")[-1] == "user.two_steps_on"
    again = client.get("/konto/gendannelse/").content.decode()
    assert codes[0] not in again


@pytest.mark.usefixtures("for_real")
def test_the_secret_lies_sealed(client: Client) -> None:
    log_in(client)
    secret = client.get(ENROL).context["form"].secret
    client.post(ENROL, {"code": code_for(secret)})
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def enrolled(name: str) -> str:
    """A user with two steps; gives the secret."""
    from uth.web.signing_in import TwoSteps

    secret = generate_totp_secret()
    Authenticator.objects.create(user=user_of(name), type="totp", data={"secret": TwoSteps().encrypt(secret)})
    return secret


@pytest.mark.usefixtures("for_real")
def test_the_password_alone_is_not_enough(client: Client) -> None:
    secret = enrolled("Carl")
    assert log_in(client)["Location"].startswith("/konto/log-ind/kode/")
    assert not signed_in(client)
    assert client.get("/konto/")["Location"].startswith(LOG_IN)
    client.post("/konto/log-ind/kode/", {"code": "000000"})
    assert words("Carl")[-1] == "user.code_failed"
    response = client.post("/konto/log-ind/kode/", {"code": code_for(secret)})
    assert response["Location"] == "/sager/"
    assert signed_in(client)


@pytest.mark.usefixtures("for_real")
def test_a_code_counts_once(client: Client) -> None:
    secret = enrolled("Carl")
    code = code_for(secret)
    log_in(client)
    client.post("/konto/log-ind/kode/", {"code": code})
    client.post("/konto/log-ud/")
    cache.delete_many([f"allauth.mfa.totp.used?user={PEOPLE['Carl']}&code={code}"])
    log_in(client)
    client.post("/konto/log-ind/kode/", {"code": code})
    assert not signed_in(client)


@pytest.mark.usefixtures("for_real")
def test_a_recovery_code_opens_once_and_the_owner_is_told(client: Client) -> None:
    enrolled("Carl")
    codes = RecoveryCodes.activate(user_of("Carl")).generate_codes()
    log_in(client)
    client.post("/konto/log-ind/kode/", {"code": codes[3]})
    assert signed_in(client)
    assert "user.recovery_code_used" in words("Carl")
    assert Letter.objects.filter(to=f"user:{PEOPLE['Carl']}", template="security").exists()
    client.post("/konto/log-ud/")
    cache.clear()
    log_in(client)
    client.post("/konto/log-ind/kode/", {"code": codes[3]})
    assert not signed_in(client)


def test_an_enrolled_user_of_a_demo_logs_in_in_one_step(client: Client) -> None:
    TOTP.activate(user_of("Carl"), generate_totp_secret())
    assert log_in(client)["Location"] == "/sager/"


# Passwords


def link_in_the_mail(letter: Letter) -> str:
    from uth.jobs.letters import write

    text = write(letter, "carl@demo.invalid").get_content()
    found = re.search(r"(/konto/\S+)", text)
    assert found
    return found[1]


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client: Client) -> None:
    client.post("/konto/glemt/", {"email": "carl@demo.invalid"})
    letter = Letter.objects.get(template="password_reset")
    assert letter.body == {}, "no secret lies in the outbox"
    link = link_in_the_mail(letter)
    form = client.get(link)["Location"]
    assert link.split("-")[-1] not in form
    new = {"password1": "fire grønne æbler i skoven", "password2": "fire grønne æbler i skoven"}
    assert client.post(form, new)["Location"] == "/konto/glemt/faerdig/"
    assert "virker ikke længere" in client.get(link, follow=True).content.decode()
    log_in(client, password=new["password1"])
    assert signed_in(client)
    assert "user.password_reset" in words("Carl")


def test_asking_for_an_unknown_address_tells_nothing(client: Client) -> None:
    response = client.post("/konto/glemt/", {"email": "findes.ikke@opdigtet.invalid"})
    assert response["Location"] == "/konto/glemt/sendt/"
    assert not Letter.objects.exists()


def test_changing_the_password_logs_the_others_out(client: Client) -> None:
    other = Client()
    log_in(other)
    log_in(client)
    new = "fire grønne æbler i skoven"
    client.post("/konto/adgangskode/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/konto/").status_code == 200
    assert other.get("/konto/").status_code == 302
    assert words("Carl")[-1] == "user.password_changed"


@pytest.mark.parametrize("weak", ["kort", "password1234", "1234567890123", "carl@demo.invalid"])
def test_a_weak_password_is_refused(client: Client, weak: str) -> None:
    log_in(client)
    client.post("/konto/adgangskode/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert user_of("Carl").check_password(PASSWORD)


def test_a_browser_set_to_english_still_gets_danish_sentences(client: Client) -> None:
    log_in(client)
    given = {"oldpassword": PASSWORD, "password1": "password1234", "password2": "password1234"}
    response = client.post("/konto/adgangskode/", given, headers={"accept-language": "en-US"})
    assert response["Content-Language"] == "da"
    assert "too common" not in response.content.decode()


def test_the_night_clears_old_sessions_and_unused_invitations(client: Client, now: datetime) -> None:
    from datetime import timedelta

    from django.contrib.sessions.models import Session

    from uth.actions import people
    from uth.actions.accounts import INVITATION_KEPT, clear_the_door
    from uth.law.actor import SYSTEM
    from uth.law.terms import Role
    from uth.records.people import Invitation

    people.invite(email="ny@opdigtet.invalid", organisation="DK-84", role=Role.HANDLER, by=SYSTEM, at=now)
    log_in(client)
    last = Session.objects.latest("expire_date").expire_date  # counted from the real log-in
    end = now + people.INVITATION_LASTS + INVITATION_KEPT
    clear_the_door(by=SYSTEM, at=end)
    assert Invitation.objects.exists()
    clear_the_door(by=SYSTEM, at=end + timedelta(days=1))
    assert not Invitation.objects.exists()
    clear_the_door(by=SYSTEM, at=last + timedelta(seconds=1))
    assert not Session.objects.exists()
