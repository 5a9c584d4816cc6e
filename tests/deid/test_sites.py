"""Places and units by kind (steder og enheder)."""

import pytest
from tests.deid.told import told

from uth.deid.ordinals import nth
from uth.deid.placeholder import PLACEHOLDER
from uth.deid.sites import ALL


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Plejehjemmet {ORG_UNIT|Solgården} ringede", "[plejehjemmet] ringede"),
        ("{ORG_UNIT|Solgården} Plejecenter ringede", "[plejecentret] ringede"),
        ("{ORG_UNIT|Svane} Apoteks robot", "[apoteket]s robot"),
        ("fra afd. {ORG_UNIT|B14} til {ORG_UNIT|B16}", "fra [afdelingen] til [den anden afdeling]"),
        ("Lægehuset {ORG_UNIT|Søndertorv}. {ORG_UNIT|Søndertorv} svarede", "[lægehuset]. [lægehuset] svarede"),
        ("på {ORG_UNIT|Riget}, ikke på {ORG_UNIT|Skejby}", "på [sygehuset], ikke på [det andet sygehus]"),
        ("medicinsk afdeling {ORG_UNIT|B14}", "medicinsk afdeling [nr.]"),
        ("{ORG_UNIT|Sønderbro} Endoskopiklinik", "[navn] Endoskopiklinik"),
        ("på stue {LOCATION|11} seng {LOCATION|2}", "på stue [nr.] seng [nr.]"),
        ("på stue {LOCATION|11}, ikke på stue {LOCATION|12}", "på stue [nr.], ikke på stue [det andet nr.]"),
        ("på stue {LOCATION|syv}", "på stue [nr.]"),
        ("fra {LOCATION|Rønne} på {LOCATION|Bornholm}", "fra [by] på [ø]"),
        ("i {LOCATION|Skjern} og {LOCATION|Skjern}", "i [by] og [by]"),
        ("{LOCATION|Holbæk} Kommune", "[kommunen]"),
        ("i {LOCATION|Ukendtstrup} by", "i [sted] by"),
        ("hos {ORG_UNIT|Havblik}", "hos [enheden]"),
    ],
)  # fmt: skip
def test_a_name_gives_way_to_its_kind(before: str, after: str) -> None:
    assert told(before) == after


@pytest.mark.parametrize("sort", ALL, ids=lambda sort: sort.noun)
def test_every_kind_of_place_is_a_placeholder_as_the_first_and_as_the_twelfth(sort: object) -> None:
    assert PLACEHOLDER.fullmatch(f"[{sort.definite}]")  # type: ignore[attr-defined]
    assert PLACEHOLDER.fullmatch(f"[{sort.article} {nth(12)} {sort.noun}]")  # type: ignore[attr-defined]
