"""Units: the name before, after or inside the kind of place, ward codes, and the generic units that stay (enheder)."""

import pytest

from uth.deid.find.unit import find

NAMED = (
    ("Lægehuset Søndertorv ringede", "Søndertorv"), ("plejehjemmet solgården igen", "solgården"), ("på Solgården Plejecenter i går", "Solgården"), ("hos tandlægerne på Torvet", "på Torvet"),
    ("Klinik: Smilehjørnet, aut", "Smilehjørnet"), ("plejehj. Strandmarken bad", "Strandmarken"), ("hjemmeplejen distrikt Nord kom", "Nord"), ("Apoteket Løven havde", "Løven"),
    ("fra Sønderbro Endoskopiklinik i", "Sønderbro"), ("gik på Østerhåbsskolen. Mor", "Østerhåbsskolen"), ("ved Ll. Mariendal Centeret fik", "Ll. Mariendal"), ("gruppe Nordlyset igen", "Nordlyset"),
    ("på Neuroklinikken \"Nøddebo\" var", "Nøddebo"), ("på Dr. Ingrids Hospital i", "Dr. Ingrids"), ("lå på Horsens skadestue hele", "Horsens"), ("hos læge Søkilde, yder 042255", "Søkilde"),
    ("udskrevet fra Risskov-huset uden", "Risskov"), ("kom fra Elmely, hus C", "Elmely"), ("på riget i nat", "riget"), ("overført til Skejby i", "Skejby"), ("fra OUH igen", "OUH"),
)  # fmt: skip
CODES = (
    ("afd. B14 tog", "B14"), ("afsn. 3 Øst gled", "3 Øst"), ("indlagt på B118 i nat", "B118"), ("på m1 nord i", "m1 nord"), ("sengeafsnit 132 blev", "132"), ("afsnit N2-syd, stue", "N2-syd"),
    ("på Nefro 2 siger", "Nefro 2"), ("ligger på Ortkir. T2 nu", "Ortkir. T2"), ("på Med 5 vest i", "Med 5 vest"), ("afsnittet er kir 2 øst.", "kir 2 øst"), ("i sengeafsnit E-fløj 3, men", "E-fløj 3"),
    ("Afsnit P niogtyve. Kopi", "P niogtyve"), ("7. etage Syd ringede", "Syd"), ("afd 9c i dag", "9c"), ("barselsafsn. 427. Tvilling", "427"), ("Afsn. Inf-2. MIC", "Inf-2"), ("til BARSEL Nord nu", "BARSEL Nord"),
    ("på Thisted K1 til en", "K1"), ("Ringet til C12 skulle C21.", "C21"), ("Geriatrisk G-5 bad", "G-5"), ("fra F-blok 2 kom", "F-blok 2"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NAMED + CODES)
def test_the_naming_part_of_a_unit_is_found(text: str, name: str) -> None:
    assert name in {span.text for span in find(text) if span.score >= 0.4}


@pytest.mark.parametrize(
    "text",
    [
        "akutmodtagelsen og FAM", "medicinsk afdeling og intensiv", "Hospitalsapotek: Cytostatika-pose", "Psykiatrisk Center", "skadestuen ringede", "Neurovaskulært Ambulatorium",
        "aortadissektion Stanford A, overset", "vitamin B12 og O2 3 l", "CT-stuen og OP-stue", "flyttet til en anden etage kl 15", "uro 2 gange", "med 2 mg", "Impella CP på P-8, flow",
        "Lægens ydernr står på", "Afdelingen har ringet", "Apoteket ringede Kommunen op", "hun er i praksis rask", "centret på 2. sal", "T3N1M0 og C5-C6", "gruppe 0 rh neg", "NPU19651",
    ],
)  # fmt: skip
def test_kinds_of_units_and_codes_of_the_trade_stay(text: str) -> None:
    assert [span.text for span in find(text) if span.score >= 0.5] == []


def test_the_generic_word_stays_outside_the_finding() -> None:
    assert {span.text for span in find("Svane Apotek og Lægehuset Møllevangen")} == {"Svane", "Møllevangen"}
