"""The order's definitions (§ 2 and § 3, stk. 1) as a reporter and a handler meet them."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.mark.parametrize(
    "address", ["/", "/hjaelp/", "/rapporter/fagperson/hvad-skete-der/", "/rapporter/patient/hvem-er-du/"]
)
def test_par2_1_the_definition_is_shown_to_every_reporter(address: str) -> None:
    page = Client().get(address).text
    for words in (
        "ikke skyldes patientens sygdom",
        "skadelig eller kunne have været det",
        "kendte og ukendte",
    ):
        assert words in page
    assert 'href="/skal-jeg-rapportere/"' in page


@pytest.mark.parametrize("address", ["/", "/rapporter/fagperson/kontakt/"])
def test_sul_201_the_protection_is_told_where_fear_arises_in_our_words(address: str) -> None:
    browser = Client()
    browser.post("/rapporter/fagperson/hvad-skete-der/", {"story": "Noget skete.", "_go": "later"})
    page = browser.get(address).text
    assert "må ikke indlede en disciplinærsag" in page
    assert "gengivet med vores ord" in page
    assert "straf" not in page.lower()
