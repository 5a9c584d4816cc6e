"""Names in the company they keep (navne i sammenhæng)."""

import pytest

from uth.deid.engine import find
from uth.deid.replace import replace


def clean(text: str) -> str:
    return replace(text, find(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talte med O'Connor, og så Al-Masri.", "Talte med [person A], og så [person B]."),
        ("Johan van den Berg fik blod.", "[person A] fik blod."),
        ("PT. JENS OLSEN GENINDLAGT.", "[patienten] GENINDLAGT."),
        ("hanne/mette havde byttet vagt.", "[person A]/[person B] havde byttet vagt."),
        ("Fru J. fik for meget.", "Fru [person A] fik for meget."),
        ("overlæge Parkinson kom, Parkinson gik", "[overlæge A] kom, Parkinson gik"),
        ("Bo Falck kørte, ikke Falck.", "[person A] kørte, ikke Falck."),
        (
            "Efter aftale med Bo blev dosis ændret. Bo mente det var ok.",
            "Efter aftale med [person A] blev dosis ændret. [person A] mente det var ok.",
        ),
        ("Tilset af bagvagt, Kristian Thy.", "Tilset af bagvagt, [bagvagt A]."),
        ("Jeg hedder xhulio og er far.", "Jeg hedder [rapportøren] og er far."),
        ("kim v. og kim r. byttede", "[person A] og [person B] byttede"),
        ("borger poul anton weidekamp faldt", "[borgeren] faldt"),
        ("Operatør: H. Vejrup-Stang.", "Operatør: [person A]."),
        ("Ejnar Gråbølles prøve fra næsen", "[person A]s prøve fra næsen"),
        ("Nguyễn Thị Hạnh blev forvekslet.", "[person A] blev forvekslet."),
    ],
)
def test_a_name_goes_and_the_story_stays(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_the_same_person_keeps_one_tag() -> None:
    text = "Hanne Holm ringede til Jens Krogh. Jens svarede ikke, så Holm ringede igen. HH skrev det i journalen."
    assert (
        clean(text)
        == "[person A] ringede til [person B]. [person B] svarede ikke, så [person A] ringede igen. [person A] skrev det i journalen."
    )


def test_a_name_once_seen_is_a_name_everywhere() -> None:
    text = "Patienten hedder Xhevahire. Da xhevahire faldt, var Xhevahires søn der. Xhevahirre græd."
    assert "hev" not in clean(text)


@pytest.mark.parametrize(
    "name",
    ["Sivakumaran", "Szymańska", "Yogeswaran", "Motzfeldt", "Lakjuni", "Yıldırım", "Yildirim", "Warsame", "Hadžić", "Hadzic", "Nguyễn", "Phạm",
     "Gebremedhin", "Al-Hashimi", "Þórarinsson", "Brøndum", "Weidekamp", "Thomsen", "Sara"],
)  # fmt: skip
def test_a_name_from_anywhere_is_found_alone_inside_a_sentence(name: str) -> None:
    found = find(f"Så blev der ringet til {name} om svaret.")
    assert [span.text for span in found] == [name]


@pytest.mark.parametrize(
    "harmless",
    ["Clavien-Dindo", "Hunt-Hess", "Wartenbergs", "Xeljanz", "Empagliflozin", "Sara Stedy", "Thera-Band", "Thomsens sygdom", "GCS", "NEWS"],
)  # fmt: skip
def test_an_eponym_a_drug_or_a_device_stays(harmless: str) -> None:
    assert find(f"Der blev noteret {harmless} i journalen.") == ()


@pytest.mark.parametrize(
    "name",
    ["Beint í Nýggjagarði", "Hjördis av Reyni", "Jens Chr. Nørbæk", "Kr. Kristensen", "Hj. Toft", "Frederik á Lakjuni"],
)  # fmt: skip
def test_particles_and_short_first_names_belong_to_the_name(name: str) -> None:
    assert [span.text for span in find(f"Så kom {name} igen.")] == [name]


@pytest.mark.parametrize("cue", ["Mvh", "Underskrift:", "Sekr.", "Ansvarlig sgpl."])
def test_initials_in_lower_case_are_found_where_somebody_signs(cue: str) -> None:
    assert [span.text for span in find(f"Sendt i går.\n{cue} kbj")] == ["kbj"]
    assert find(f"Sendt i går.\n{cue} igen") == ()


@pytest.mark.parametrize("thing", ["kateter", "dræn", "bandage", "protese"])
def test_what_a_patient_wears_is_the_patients(thing: str) -> None:
    assert [span.text for span in find(f"Så blev Krogsgaards {thing} skiftet.")] == ["Krogsgaards"]


@pytest.mark.parametrize(
    "text", ["PT HAR PACEMAKER", "BORGER LÅ PÅ GULVET", "JEG HAR SKREVET KLOKKESLÆT NED"]
)
def test_words_in_capitals_are_no_names(text: str) -> None:
    assert not find(text)


@pytest.mark.parametrize(
    "phrase", ["Yuyama-maskinen", "Brugada mønster", "Denis Browne-bøjle", "Eva-støtten"]
)
def test_a_name_joined_to_a_thing_is_a_sort(phrase: str) -> None:
    assert not find(f"Der stod {phrase} i kurven.")
