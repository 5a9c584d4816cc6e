"""Ages of ninety and more are found however they are said; other numbers of that size stay (høj alder)."""

import pytest

from uth.deid.find.age import find


def ages(text: str, at_least: float = 0.5) -> list[str]:
    return [span.text for span in find(text) if span.score >= at_least]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Borgeren er 93 år og alene.", "93"),
        ("Hun er 96 aar og skal have medicin.", "96"),
        ("En 91-årig mand faldt.", "91"),
        ("Hun er snart 94, men frisk.", "94"),
        ("Hun er lige fyldt 101.", "101"),
        ("Min mormor fyldte hundrede i sommer.", "hundrede"),
        ("Min mor på 97 lå på gulvet.", "97"),
        ("Karen Margit på 94. Igen er medicinen væk.", "94"),
        ("Begge er 90 og sover.", "90"),
        ("Han er 93½ og blev gul.", "93½"),
        ("Sørine Laigaard, 92. Rejst hjem.", "92"),
        ("Rigmor (93) havde fået hans tablet.", "93"),
        ("Patienten, en tooghalvfemsårig dame.", "tooghalvfems"),
        ("Hun er to og halvfems.", "to og halvfems"),
        ("Hun er tre-og-halvfems.", "tre-og-halvfems"),
        ("en 94 åring fra byen", "94"),
        ("Alder: 96", "96"),
        ("HUN ER NIOGHALVFEMS.", "NIOGHALVFEMS"),
    ],
)
def test_an_age_of_ninety_or_more_is_found(text: str, age: str) -> None:
    assert ages(text) == [age]


@pytest.mark.parametrize(
    "text",
    [
        "Årgang 1929, puls 92, sat 94, BT 98/54.",
        "Saturationen er 94 på 2 liter.",
        "Pulsen blev 96 efter pausen.",
        "Vægt 98 kg, højde 190 cm.",
        "Han er 89 år.",
        "Hun er 45 og rask.",
        "Fentanyl 100 mikrogram, 90 ml, 95 %.",
        "HbA1c 94 ligger i labportalen.",
        "Der er 92 patienter på listen.",
        "Ringede 112 kl. 9.",
        "Stue 94, seng 2.",
        "Det er hundrede gange bedre.",
        "For 100 år siden.",
    ],
)
def test_other_numbers_of_that_size_stay(text: str) -> None:
    assert ages(text) == []


def test_a_bare_number_after_a_name_is_a_doubtful_age() -> None:
    [span] = find("Zenia hører intet. 98. Hun sad på gulvet.")
    assert 0.2 <= span.score < 0.5
