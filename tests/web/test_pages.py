"""The plain pages (de almindelige sider): what every site must tell, on both kinds of site."""

import re

import pytest
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.mark.parametrize("page", ["/", "/privatliv/", "/om/", "/was/"])
@pytest.mark.parametrize("kind", ["both", "local", "national"])
def test_anybody_may_read_it_on_every_site(client: Client, page: str, kind: str) -> None:
    with override_settings(UTH_SITE=kind):
        assert client.get(page).status_code == 200


def test_the_national_front_page_has_no_door_to_a_form(client: Client) -> None:
    with override_settings(UTH_SITE="national"):
        assert "/rapporter/fagperson/" not in client.get("/").text
        assert client.get("/rapporter/fagperson/").status_code == 404


def test_the_front_page_has_two_doors_and_says_what_it_is_not(client: Client) -> None:
    text = client.get("/").text
    for word in ("/rapporter/fagperson/", "/rapporter/patient/", "/rapporter/fortsaet/", "/kvittering/"):
        assert f'href="{word}"' in text
    for word in ("stpk.dk", "pebl.dk", "laegemiddelstyrelsen.dk", "§ 201"):
        assert word in text


def test_every_own_link_of_the_front_page_leads_somewhere(client: Client) -> None:
    own = set(re.findall(r'<a [^>]*href="(/[^"#]*)', client.get("/").text))
    assert {"/privatliv/", "/om/", "/was/"} <= own
    for address in own:
        assert client.get(address, follow=True).status_code == 200, address


def test_privacy_says_the_numbers_of_the_rulebook(client: Client) -> None:
    text = client.get("/privatliv/").text
    for number in ("180 dage", "90 dage", "30 dage", "5 år"):
        assert number in text
