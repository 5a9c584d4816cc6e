"""Places and rooms: towns in any case and spelling, the number of a bed, and numbers that are neither (steder)."""

import pytest

from uth.deid.find.place import find

PLACES = (
    ("den blev sendt til sygeplejen i lem og", "lem"), ("klinikken i køge ringede", "køge"), ("apoteket i ry, Mortens aften", "ry"), ("hun bor i horsens og", "horsens"),
    ("kørt fra Nykøbing F uden papirer", "Nykøbing F"), ("de bor i Ø. Vrå nu", "Ø. Vrå"), ("set i Nyk. F vagtlæge", "Nyk. F"), ("fra Kbh. S med tog", "Kbh. S"),
    ("fundet ved Tange Sø kl 8", "Tange Sø"), ("løb mod Svanninge Bakker.", "Svanninge Bakker"), ("Torvet, i Give. Han borede", "Give"), ("nu i Vejen. På vejen", "Vejen"),
    ("nr 3 bor på Suðuroy og er", "Suðuroy"), ("sendt til Fyn i dag", "Fyn"), ("apoteket, svendborg. Kunden", "svendborg"), ("til ringkøbing hvor han", "ringkøbing"),
)  # fmt: skip
ROOMS = (
    ("på stue 9 B med", ["9 B"]), ("stue 4 og 5.", ["4", "5"]), ("fra værelse 5 til 15 i går", ["5", "15"]), ("seng 24-2 og", ["24-2"]), ("lokale 0.14", ["0.14"]),
    ("kontor 2.118?", ["2.118"]), ("lejl. B-6.", ["B-6"]), ("Stue OP 9 klar", ["OP 9"]), ("stuen er NM-3, Nuk", ["NM-3"]), ("celle 4 v.", ["4 v"]), ("bolig nr. tolv.", ["tolv"]),
    ("hus C, bolig 23", ["C", "23"]), ("lokale K2.31.", ["K2.31"]), ("kælderrum 14, havde", ["14"]), ("rum 4-B, cpr", ["4-B"]), ("kuvøse 2.", ["2"]), ("opgang C", ["C"]),
    ("bygning 44", ["44"]), ("etage 5", ["5"]), ("Værelse elleve.", ["elleve"]), ("hende på 12 ved vinduet", ["12"]), ("borger i 18 er vred", ["18"]), ("flyttet til 7.", ["7"]),
    ("position 57°02'N 7°41'Ø, hele", ["57°02'N 7°41'Ø"]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_a_place_is_found_as_people_write_it(text: str, place: str) -> None:
    assert place in {span.text for span in find(text) if span.score >= 0.3}


@pytest.mark.parametrize(("text", "numbers"), ROOMS)
def test_the_number_of_a_room_is_found_and_the_room_stays(text: str, numbers: list[str]) -> None:
    assert sorted({span.text for span in find(text) if span.score >= 0.5}) == sorted(numbers)


@pytest.mark.parametrize(
    "text",
    [
        "på vejen hjem", "give 2 mg", "ondt i hals og nakke", "i seng med feber", "stuen er koldere end 20 grader", "seng 2 gange om dagen", "sat 71 på 2 l ilt",
        "temperaturen faldt til 38", "lå på 2,4 i blodsukker", "meldt til Arbejdstilsynet", "ringet til Patientvejlederen", "Region Sjælland", "Mors navn er kendt",
        "i 3 dage på stue med andre", "kom til skade", "i mørke", "stue 2 patienter", "Elvanse på recept", "boks 26 °C", "serum 14", "i maj og på vest",
    ],
)  # fmt: skip
def test_ordinary_words_and_values_stay(text: str) -> None:
    assert [span.text for span in find(text) if span.score >= 0.5] == []


def test_an_unknown_name_after_a_preposition_is_a_doubt_for_the_language_model() -> None:
    assert [span.score < 0.5 for span in find("knæk på Shaldon i går")] == [True]
