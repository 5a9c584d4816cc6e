"""Provider numbers and authorisation ids are found in every spelling (ydernumre og autorisations-id'er)."""

import pytest

from uth.deid.find.profession import find


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Lægen har ydernummer 07 83 41, med praksis i byen.", "07 83 41"),
        ("ydr. 071.902. Epikrisen", "071.902"),
        ("(ydernr.084417)", "084417"),
        ("Y.nr.:0 4 9 2 2 0. Pt.", "0 4 9 2 2 0"),
        ("Ydernummeret på kvitteringen er 0 5 5 7 1 9. Hilsen", "0 5 5 7 1 9"),
        ("ydernr. står på recept: 13 ... 07 ... 66", "13 ... 07 ... 66"),
        ("Vores ydernr: yder=0147 8 9.", "0147 8 9"),
        ("ydernr\n114 417", "114 417"),
        ("yder-nummeret femten-nul-to-elleve. Hun", "femten-nul-to-elleve"),
        ("ydernr = nul fem fire, syv syv to. Autorisation", "nul fem fire, syv syv to"),
        ("aut.id 0CK4F. Ordineret", "0CK4F"),
        ("(autorisation 0-0-L-K-8), som", "0-0-L-K-8"),
        ("aut. nr. 7 C X 0 Q, eller", "7 C X 0 Q"),
        ("autorisations ID: 09-LM5", "09-LM5"),
        ("Lægens autorisation er 02V 8B, hvis", "02V 8B"),
        ("autID: BQ4T7", "BQ4T7"),
        ("autorisation nul-tre-Q-Q-seks. ", "nul-tre-Q-Q-seks"),
    ],
)
def test_a_number_is_found_after_its_word(text: str, number: str) -> None:
    assert number in [span.text for span in find(text)]


def test_a_number_may_stand_before_its_word() -> None:
    assert [span.text for span in find("081345 er vores ydernr, som I kender.")] == ["081345"]


@pytest.mark.parametrize(
    "text",
    [
        "Autorisationen blev frataget i 2019.",
        "Ydernummer mangler. Pt fik 5 mg.",
        "Lægen har fået autorisation og er ansat.",
        "Yderligere 300 ml blev givet.",
        "Ydersiden af døren.",
        "automatisk dosering 12345",
        "Yderst 123456 tabletter.",
    ],
)
def test_the_word_alone_finds_nothing(text: str) -> None:
    assert find(text) == []
