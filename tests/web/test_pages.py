"""Plain pages (almindelige sider): what every site must tell, with the law's own values and our own gaps said aloud."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from tests.web.forms import PATIENT_PATH, PROFESSIONAL_PATH, fill, new_browser

from uth.config.environment import NotConfigured, read
from uth.law import rulebook
from uth.web import licences, privacy

pytestmark = pytest.mark.django_db(databases=["default", "national"])
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", ["/", "/om/", "/privatliv/", "/was/", "/hjaelp/"])
@pytest.mark.parametrize("site", ["local", "national", "both"])
def test_everybody_can_read_what_a_site_must_tell(
    client: Client, settings: Any, page: str, site: str
) -> None:
    settings.UTH_SITE = site
    assert client.get(page).status_code == 200


def test_the_national_front_page_has_no_door_to_a_form(client: Client, settings: Any) -> None:
    settings.UTH_SITE = "national"
    assert "/rapporter/fagperson/" not in client.get("/").text
    assert client.get("/rapporter/fagperson/").status_code == 404


def test_the_front_page_has_two_doors_and_says_what_it_is_not(client: Client) -> None:
    text = client.get("/").text
    for word in ("/rapporter/fagperson/", "/rapporter/patient/", "/rapporter/fortsaet/", "/kvittering/"):
        assert f'href="{word}"' in text
    for word in ("stpk.dk", "pebl.dk", "laegemiddelstyrelsen.dk", "§&nbsp;201"):
        assert word in text


def test_every_own_link_of_the_front_page_leads_somewhere(client: Client) -> None:
    own = set(re.findall(r'<a [^>]*href="(/[^"#]*)', client.get("/").text))
    assert {"/privatliv/", "/om/", "/was/"} <= own
    for address in own:
        assert client.get(address, follow=True).status_code == 200, address


def test_the_about_page_names_every_row_of_third_party(client: Client) -> None:
    page = client.get("/om/").text
    rows = [line for line in (ROOT / "THIRD_PARTY.md").read_text().splitlines() if line.startswith("| `")]
    assert len(licences.third_party()) == len(rows) + 1
    for licence in ("MPL-2.0", "CC BY-SA 4.0", "OFL-1.1", "Apache-2.0"):
        assert licence in page
    assert '<a href="https://designsystem.dk/">Det Fælles Designsystem</a>' in page
    assert "[" not in "".join(cell for row in licences.third_party() for cell in row)


def test_the_about_page_names_the_libraries_and_their_licences() -> None:
    named = {each.name.lower(): each for each in licences.libraries()}
    assert "BSD" in named["django"].licence
    assert all(each.licence and each.version for each in named.values())


def test_the_source_is_linked_or_asked_for(client: Client, settings: Any) -> None:
    assert "skal give dig kildekoden" in client.get("/om/").text
    settings.UTH_SOURCE_URL = "https://kode.opdigtet.invalid/uth"
    assert client.get("/om/").text.count("https://kode.opdigtet.invalid/uth") == 2


def test_the_privacy_page_says_each_time_limit_as_the_rules_have_it(client: Client) -> None:
    page = client.get("/privatliv/").text
    for _, name, _ in privacy.LASTING:
        newest = rulebook.periods(name)[-1]
        assert newest.source.split(";")[0].split(":")[0].lower() in page.lower()
        if isinstance(newest.value, int):
            assert re.search(rf"\b{newest.value}\b", page), name
    assert page.count("Ikke bekræftet") > 4


def test_every_value_a_time_limit_has_had_can_be_said_in_words() -> None:
    for _, name, words in privacy.LASTING:
        for each in rulebook.periods(name):
            assert words(each).endswith(".")


def test_the_privacy_page_names_whom_to_ask(client: Client, settings: Any) -> None:
    assert "myndighedens hjemmeside" in client.get("/privatliv/").text
    settings.UTH_PRIVACY_CONTACT = "raadgiver@opdigtet.invalid"
    assert "raadgiver@opdigtet.invalid" in client.get("/privatliv/").text


@pytest.mark.parametrize(("form", "path"), [("fagperson", PROFESSIONAL_PATH), ("patient", PATIENT_PATH)])
def test_both_forms_tell_the_rights_before_sending(form: str, path: dict[str, Any]) -> None:
    browser = new_browser()
    fill(browser, path, form=form)
    assert render_to_string("parts/art13.html") in browser.get(f"/rapporter/{form}/opsummering/").text


def test_the_accessibility_page_is_the_authoritys_own_where_there_is_one(
    client: Client, settings: Any
) -> None:
    assert "Ikke en tilgængelighedserklæring" in client.get("/was/").text
    settings.UTH_WAS_URL = "https://www.was.digst.dk/opdigtet"
    answer = client.get("/was/")
    assert (answer.status_code, answer["Location"]) == (302, "https://www.was.digst.dk/opdigtet")


@pytest.mark.parametrize("name", ["UTH_WAS_URL", "UTH_SOURCE_URL"])
@pytest.mark.parametrize("address", ["javascript:alert(1)", "www.opdigtet.invalid", "https://"])
def test_a_link_that_is_none_is_refused_at_the_start(tmp_path: Path, name: str, address: str) -> None:
    with pytest.raises(NotConfigured, match=name):
        read({"UTH_DEMO": "1", "UTH_VAR": str(tmp_path), name: address})


# ── the mark of a demonstration ──

PAGES = [
    "/",
    "/om/",
    "/privatliv/",
    "/was/",
    "/hjaelp/",
    "/kvittering/",
    "/rapporter/fagperson/hvad-skete-der/",
]


@pytest.mark.parametrize("page", [*PAGES, "/findes-ikke/"])
def test_every_page_of_a_demonstration_says_so_and_no_other_does(
    client: Client, settings: Any, page: str
) -> None:
    assert "Opdigtede eksempler" in client.get(page).text
    settings.UTH_DEMO = False
    assert "Opdigtede eksempler" not in client.get(page).text


def test_the_mark_stands_on_paper_too() -> None:
    css = (ROOT / "src/uth/web/static/uth/uth.css").read_text()
    for rules in re.findall(r"@media print\{((?:[^{}]*\{[^{}]*\})*)\}", css):
        hidden = re.findall(r"([^{}]*)\{[^{}]*display:none", rules)
        assert not any("demo-banner" in selectors for selectors in hidden)
