"""Names in the company they keep (navne i sammenhæng)."""

import pytest

from uth.deid.engine import find
from uth.deid.replace import replace


def clean(text: str) -> str:
    return replace(text, find(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talte med O'Connor, og så Al-Masri.", "Talte med [navn 1], og så [navn 2]."),
        ("Johan van den Berg fik blod.", "[navn 1] fik blod."),
        ("PT. JENS OLSEN GENINDLAGT.", "PT. [navn 1] GENINDLAGT."),
        ("hanne/mette havde byttet vagt.", "[navn 1]/[navn 2] havde byttet vagt."),
        ("Fru J. fik for meget.", "Fru [navn 1] fik for meget."),
        ("overlæge Parkinson kom, Parkinson gik", "overlæge [navn 1] kom, Parkinson gik"),
        ("Bo Falck kørte, ikke Falck.", "[navn 1] kørte, ikke Falck."),
        (
            "Efter aftale med Bo blev dosis ændret. Bo mente det var ok.",
            "Efter aftale med [navn 1] blev dosis ændret. [navn 1] mente det var ok.",
        ),
        ("Tilset af bagvagt, Kristian Thy.", "Tilset af bagvagt, [navn 1]."),
        ("Jeg hedder xhulio og er far.", "Jeg hedder [navn 1] og er far."),
        ("kim v. og kim r. byttede", "[navn 1] og [navn 2] byttede"),
        ("borger poul anton weidekamp faldt", "borger [navn 1] faldt"),
        ("Operatør: H. Vejrup-Stang.", "Operatør: [navn 1]."),
        ("Ejnar Gråbølles prøve fra næsen", "[navn 1] prøve fra næsen"),
        ("Nguyễn Thị Hạnh blev forvekslet.", "[navn 1] blev forvekslet."),
    ],
)
def test_a_name_goes_and_the_story_stays(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_the_same_person_keeps_one_number() -> None:
    text = "Hanne Holm ringede til Jens Krogh. Jens svarede ikke, så Holm ringede igen. HH skrev det i journalen."
    assert (
        clean(text)
        == "[navn 1] ringede til [navn 2]. [navn 2] svarede ikke, så [navn 1] ringede igen. [navn 1] skrev det i journalen."
    )


def test_a_name_once_seen_is_a_name_everywhere() -> None:
    text = "Patienten hedder Xhevahire. Da xhevahire faldt, var Xhevahires søn der. Xhevahirre græd."
    assert "hev" not in clean(text)
