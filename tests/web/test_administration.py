"""Administration (administration): one's own subtree in pages, for administrators and nobody else."""

import logging
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.cases import case_at
from tests.people import PEOPLE, who
from tests.web.test_accounts import code_for

from uth.actions import organisations, people
from uth.law.actor import SYSTEM
from uth.law.terms import Purpose, Role, State, Visible
from uth.queries import access
from uth.records.cases import Case
from uth.records.models import AuditLine
from uth.records.national.models import SenderKey
from uth.records.people import Membership, User
from uth.web.administration_forms import ROLE_HELP

pytestmark = pytest.mark.django_db(databases=["default", "national"])
HOME = "/administration/"
CPR = "0201919996"
PASSWORD = "fire grønne æbler i skoven"


@pytest.fixture(autouse=True)
def no_limits_from_before() -> None:
    """Each test begins with a clean count of attempts."""
    cache.clear()


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=PEOPLE[name]))
    return client


@pytest.fixture
def adam() -> Client:
    """Adam administers Region Nordjylland's part of the demo."""
    return client_of("Adam")


def page(client: Client, url: str, status: int = 200, **posted: Any) -> str:
    response = client.post(url, posted, follow=True) if posted else client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def person(name: str) -> str:
    return f"{HOME}personer/{PEOPLE[name]}/"


PAGES = [
    HOME,
    HOME + "inviter/",
    HOME + "enheder/",
    HOME + "revisionsspor/",
]


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("name", ["Bo", "Carl", "Rikke", "Dorte", "Kirsten", "Erik"])
def test_administration_does_not_exist_for_others(url: str, name: str) -> None:
    assert client_of(name).get(url).status_code == 404


@pytest.mark.parametrize("url", [*PAGES, HOME + "adgangslog/", HOME + "afsendere/"])
def test_a_stranger_is_asked_to_log_in(url: str) -> None:
    assert Client().get(url)["Location"].startswith("/konto/log-ind/")


@pytest.mark.parametrize("url", [*PAGES, HOME + "adgangslog/"])
def test_every_page_has_help_and_few_questions_to_the_database(
    adam: Client, url: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(10):
        text = page(adam, url)
    assert "font-lead" in text, "a sentence of help stands under the heading"


def test_the_list_shows_the_own_people_and_not_the_others(adam: Client) -> None:
    text = page(adam, HOME)
    assert "carl@demo.invalid" in text
    assert "kirsten@demo.invalid" not in text
    assert client_of("Adam").get(person("Kirsten")).status_code == 404
    assert client_of("Adam").post(person("Kirsten") + "luk/").status_code == 404


# Invite


def link_on(text: str) -> str:
    found = re.search(r"http://testserver(/konto/invitation/\w+/)", text)
    assert found
    return found[1]


def test_an_invitation_from_page_to_first_log_in(adam: Client, settings: Any) -> None:
    given = {"email": "ny@opdigtet.invalid", "organisation": "DK-84", "role": "handler"}
    link = link_on(page(adam, HOME + "inviter/", **given))
    settings.UTH_DEMO = False
    new = Client()
    assert new.get(link)["Location"] == "/konto/invitation/"
    assert "ny@opdigtet.invalid" in page(new, "/konto/invitation/")
    weak = new.post("/konto/invitation/", {"name": "Nye Ny", "password": "kort"})
    assert "Nye Ny" in weak.content.decode()
    done = new.post("/konto/invitation/", {"name": "Nye Ny", "password": PASSWORD})
    assert done["Location"] == "/konto/log-ind/"
    new.post("/konto/log-ind/", {"login": "ny@opdigtet.invalid", "password": PASSWORD})
    assert new.get("/konto/noegler/")["Location"] == "/konto/totrin/"
    secret = new.get("/konto/totrin/").context["form"].secret
    new.post("/konto/totrin/", {"code": code_for(secret)})
    assert new.get("/konto/noegler/").status_code == 200
    again = Client()
    again.get(link)
    assert again.get("/konto/invitation/").status_code == 404


def test_the_link_is_not_shown_where_mail_can_carry_it(adam: Client, settings: Any) -> None:
    settings.UTH_SMTP_URL, settings.UTH_DEMO = "smtp://mail.invalid", False
    made = people.invite(
        email="ny@opdigtet.invalid",
        organisation="DK-84",
        role=Role.HANDLER,
        by=who("Adam"),
        at=AuditLine.objects.latest("pk").at,
    )
    from uth.queries.administration import link_by_hand

    assert link_by_hand(made.id, by=who("Adam"), at=AuditLine.objects.latest("pk").at) == ""


def test_a_refused_invitation_keeps_what_was_typed(adam: Client) -> None:
    given = {"email": "carl@demo.invalid", "organisation": "DK-84", "role": "handler"}
    response = adam.post(HOME + "inviter/", given)
    assert response.status_code == 422
    text = response.content.decode()
    assert "har allerede den rolle" in text
    assert "carl@demo.invalid" in text


def test_an_invitation_elsewhere_is_no_choice(adam: Client) -> None:
    given = {"email": "ny@opdigtet.invalid", "organisation": "0151", "role": "handler"}
    assert adam.post(HOME + "inviter/", given).status_code == 422


def test_every_role_that_can_be_given_says_what_it_does() -> None:
    assert {*people.AT_AUTHORITIES, *people.AT_THE_NATIONAL_LEVEL} == set(ROLE_HELP)


def test_a_withdrawn_invitation_is_gone(adam: Client) -> None:
    given = {"email": "ny@opdigtet.invalid", "organisation": "DK-84", "role": "handler"}
    link = link_on(page(adam, HOME + "inviter/", **given))
    action = re.search(r"/administration/inviteret/\d+/fortryd/", page(adam, HOME))
    assert action
    page(adam, action[0], go="1")
    new = Client()
    new.get(link)
    assert new.get("/konto/invitation/").status_code == 404


def test_a_colleague_with_an_account_logs_in_to_take_the_role(adam: Client) -> None:
    given = {"email": "erik@demo.invalid", "organisation": "DK-84", "role": "intake"}
    link = link_on(page(adam, HOME + "inviter/", **given))
    stranger = Client()
    stranger.get(link)
    assert "allerede en konto" in page(stranger, "/konto/invitation/")
    erik = client_of("Erik")
    erik.get(link)
    assert erik.post("/konto/invitation/")["Location"] == "/konto/videre/"
    assert Membership.objects.filter(user_id=PEOPLE["Erik"], role="intake").exists()


# A person


def test_a_suspended_colleague_is_out_with_the_next_click(adam: Client) -> None:
    carl = client_of("Carl")
    assert carl.get("/konto/").status_code == 200
    assert "Kontoen er lukket" in page(adam, person("Carl") + "luk/", go="1")
    assert carl.get("/konto/").status_code == 302
    page(adam, person("Carl") + "aabn/", go="1")
    assert carl.get("/konto/").status_code == 302, "the old session is gone"
    assert client_of("Carl").get("/konto/").status_code == 200


def test_before_an_account_is_closed_the_page_says_what_happens_to_the_cases(adam: Client, now: Any) -> None:
    text = page(adam, person("Carl"))
    assert f'href="{person("Carl")}luk/"' in text
    assert f'action="{person("Carl")}luk/"' not in text, "no button closes it from here"
    assert "ingen åbne sager" in page(adam, person("Carl") + "luk/")
    case_at(State.IN_PROGRESS, at=now)
    asked = page(adam, person("Carl") + "luk/")
    assert "Luk kontoen for Carl?" in asked
    assert "sagsbehandler på 1 åben sag, og fristerne løber videre" in asked
    assert person("Carl") + "overdrag/" in asked
    assert User.objects.get(pk=PEOPLE["Carl"]).is_active
    assert "Kontoen er lukket" in page(adam, person("Carl") + "luk/", go="1")
    assert adam.get(person("Carl") + "luk/")["Location"] == person("Carl"), "it is closed already"


def test_nobody_is_asked_about_the_own_account(adam: Client) -> None:
    assert adam.get(person("Adam") + "luk/").status_code == 302


def test_a_get_changes_nothing(adam: Client) -> None:
    for act in ("luk/", "aabn/", "nulstil-totrin/"):
        adam.get(person("Carl") + act)
    assert User.objects.get(pk=PEOPLE["Carl"]).is_active


def test_a_role_is_given_and_ended(adam: Client) -> None:
    text = page(adam, person("Bo") + "rolle/", organisation="DK-84", role="handler")
    assert "Sagsbehandler" in text
    role = Membership.objects.get(user_id=PEOPLE["Bo"], role="handler")
    page(adam, person("Bo") + f"rolle/{role.pk}/", go="1")
    role.refresh_from_db()
    assert role.until
    assert "Afsluttet" in page(adam, person("Bo"))


def test_a_leavers_cases_are_handed_over(adam: Client, now: Any) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    assert "Overdrag sagerne" in page(adam, person("Carl"))
    text = page(adam, person("Carl") + "overdrag/", to_user=str(PEOPLE["Rikke"]))
    assert "1 sager er overdraget" in text
    case.refresh_from_db()
    assert case.handler_id == PEOPLE["Rikke"]


def test_an_administrator_still_reads_no_case(adam: Client, now: Any) -> None:
    case: Case = case_at(State.IN_PROGRESS, at=now)
    assert adam.get(f"/sager/{case.pk}/").status_code == 404


# Keys for programs


def test_a_key_is_shown_once_and_works_until_it_is_revoked(adam: Client) -> None:
    carl = client_of("Carl")
    text = page(carl, "/konto/noegler/", label="Kvalitetsudtræk")
    token = re.search(r'receipt-code">([\w-]{43})<', text)
    assert token
    assert people.user_of_token(token[1]) == PEOPLE["Carl"]
    assert token[1] not in page(carl, "/konto/noegler/")
    action = re.search(r"/administration/personer/\d+/noegle/\d+/", page(adam, person("Carl")))
    assert action
    page(adam, action[0], go="1")
    assert people.user_of_token(token[1]) is None


# Parts, log, audit, keys


def test_a_part_is_added_and_can_be_chosen(adam: Client) -> None:
    assert "er oprettet" in page(adam, HOME + "enheder/", below="DK-84", name="Medicinsk afdeling")
    assert "Medicinsk afdeling" in page(adam, HOME + "inviter/")


def test_the_access_log_tells_who_looked_and_never_who_reported(
    adam: Client, now: Any, caplog: pytest.LogCaptureFixture
) -> None:
    case = case_at(
        State.IN_PROGRESS,
        at=now,
        patient_name="Ellen Test",
        patient_cpr=CPR,
        reporter_name="Anna Opdigtet",
        reporter_email="anna@opdigtet.invalid",
    )
    for which, purpose in (
        (Visible.PATIENT_IDENTITY, Purpose.FIND_RECORD),
        (Visible.REPORTER_IDENTITY, Purpose.CONTACT_REPORTER),
    ):
        access.open_identity(case.pk, which, purpose=purpose, by=who("Carl"), at=now)
    with caplog.at_level(logging.DEBUG, logger="uth"):
        response = adam.post(HOME + "adgangslog/", {"cpr": "020191-9996"})
    text = response.content.decode()
    assert "Carl" in text
    assert Purpose.FIND_RECORD.danish in text
    assert Purpose.CONTACT_REPORTER.danish not in text
    assert "Anna" not in text
    assert CPR not in caplog.text
    assert response.request["QUERY_STRING"] == ""
    line = AuditLine.objects.latest("pk")
    assert (line.word, line.actor) == ("log.searched", f"user:{PEOPLE['Adam']}")
    assert CPR not in str(line.detail) + line.subject


def test_an_unknown_person_and_half_a_number_get_a_sentence(adam: Client) -> None:
    assert "Ingen har åbnet" in page(adam, HOME + "adgangslog/", cpr="0101019999")
    assert "ti cifre" in page(adam, HOME + "adgangslog/", status=422, cpr="0101")


def test_a_risk_manager_reads_the_access_log_and_others_do_not() -> None:
    assert client_of("Rikke").get(HOME + "adgangslog/").status_code == 200
    for name in ("Bo", "Carl", "Dorte", "Erik"):
        assert client_of(name).get(HOME + "adgangslog/").status_code == 404


def test_the_audit_is_checked_by_a_button(adam: Client) -> None:
    assert "Revisionssporet er helt" in page(adam, HOME + "revisionsspor/", go="1")


@pytest.fixture
def nora(now: Any) -> Client:
    """Nora administers the national level."""
    PEOPLE["Nora"] = people.put_user(email="nora@demo.invalid", name="Nora", password=None, by=SYSTEM, at=now)
    people.grant(user_id=PEOPLE["Nora"], organisation="national", role=Role.ADMIN, by=SYSTEM, at=now)
    return client_of("Nora")


def test_a_national_administrator_registers_and_retires_keys(nora: Client, adam: Client) -> None:
    key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    given = {"sender": "0461", "name": "Odense Kommune", "key_id": "k2", "public_key": key}
    assert "er registreret" in page(nora, HOME + "afsendere/ny/", **given)
    assert nora.post(HOME + "afsendere/ny/", given).status_code == 422
    page(nora, HOME + "afsendere/0461/k1/luk/", go="1")
    assert SenderKey.objects.get(sender__key="0461", key_id="k1").until
    assert adam.get(HOME + "afsendere/").status_code == 404
    assert "Afsendere" not in page(adam, HOME)


def test_a_local_site_has_no_page_for_senders(nora: Client, settings: Any) -> None:
    settings.UTH_SITE = "local"
    assert nora.get(HOME + "afsendere/").status_code == 404


def test_an_administrator_of_a_part_sees_only_the_part(now: Any) -> None:
    part = organisations.add_part(below="DK-84", name="Afdeling", by=SYSTEM, at=now)
    people.grant(user_id=PEOPLE["Erik"], organisation=part, role=Role.ADMIN, by=SYSTEM, at=now)
    text = page(client_of("Erik"), HOME)
    assert "erik@demo.invalid" in text
    assert "carl@demo.invalid" not in text
