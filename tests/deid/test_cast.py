"""Who is who (de medvirkende): one person, one tag; two people, two."""

import time

import pytest
from tests.deid.told import told

from uth.deid.replace import replace
from uth.deid.span import Kind, Span


@pytest.mark.parametrize(
    "other",
    ["Hanne", "Holm", "HH", "H.H.", "hanne holm", "H. Holm", "Hanne H.", "Holm, Hanne", "Hane Holm", "HANNE", "Hanne K. Holm"],
)  # fmt: skip
def test_one_person_bears_one_tag_however_the_name_is_written(other: str) -> None:
    assert (
        told(f"{{PERSON|Hanne Holm}} kom, og {{PERSON|{other}}} gik.") == "[person A] kom, og [person A] gik."
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bjarne", "Bjarke"), ("Kofoed", "Kofod"), ("Hanne Holm", "Hanne Lund"), ("karen margrethe", "karen-marie"), ("kim v.", "kim r.")],
)  # fmt: skip
def test_two_people_who_were_mixed_up_stay_two(one: str, other: str) -> None:
    assert (
        told(f"{{PERSON|{one}}} fik det, {{PERSON|{other}}} skulle.")
        == "[person A] fik det, [person B] skulle."
    )


@pytest.mark.parametrize(
    ("genitive", "told_as"),
    [("Hannes", "s"), ("Hanne Holms", "s"), ("Gråbølles", "s"), ("MKs", "s"), ("MK's", "s"), ("Jens", ""), ("Mads", ""), ("Lars", "")],
)  # fmt: skip
def test_the_genitive_is_kept(genitive: str, told_as: str) -> None:
    assert told(f"Så så {{PERSON|{genitive}}} prøve ud.") == f"Så så [person A]{told_as} prøve ud."


def test_an_apostrophe_outside_the_name_becomes_a_genitive() -> None:
    assert told("Det var {PERSON|Lars}' pumpe.") == "Det var [person A]s pumpe."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ovl. {PERSON|Lind} kom", "[overlæge A] kom"),
        ("Overlægen {PERSON|Lind} kom", "[overlæge A] kom"),
        ("sygeplejerske: {PERSON|Lind}", "sygeplejerske: [sygeplejerske A]"),
        ("en sygeplejerske, {PERSON|Lind}, kom", "en sygeplejerske, [sygeplejerske A], kom"),
        ("{PERSON|Lind}, ssa, kom", "[sosu-assistent A], kom"),
        ("{PERSON|Lind} (farmaceut) kom", "[farmaceut A] kom"),
        ("anæstesisygeplejerske {PERSON|Lind} kom", "[anæstesisygeplejerske A] kom"),
        ("Det sagde en læge. {PERSON|Lind} kom", "Det sagde en læge. [person A] kom"),
        ("patientens søn {PERSON|Kaj} og datteren {PERSON|Ida}", "[patientens søn] og [patientens datter]"),
        ("døtrene: datteren {PERSON|Ida}, datteren {PERSON|Eva}", "døtrene: [patientens datter], [patientens anden datter]"),
        ("beboer {PERSON|Erna}s datter {PERSON|Ida}", "[beboeren]s [datter A]"),
        ("hendes datter {PERSON|Ida} kom", "hendes [datter A] kom"),
        ("fru {PERSON|Dahl} kom", "fru [person A] kom"),
        ("Patient: fru {PERSON|Dahl}", "Patient: [patienten]"),
        ("Pt hedder {PERSON|Dahl}", "Pt hedder [patienten]"),
        ("{PERSON|Dahl} ({CPR|010203-1234}) kom", "[patienten] ([CPR-nummer]) kom"),
        ("kollega {PERSON|Lind} og læge {PERSON|Lind}", "kollega [læge A] og [læge A]"),
        ("Gerda hed {PERSON|Gerda Birk}; sønnen {PERSON|Birk} kom", "Gerda hed [person A]; [patientens søn] kom"),
        ("Mvh {PERSON|Lind}", "Mvh [rapportøren]"),
        ("Mand {PERSON|Kaj Lind} på 67 faldt", "Mand [person A] på 67 faldt"),
    ],
)  # fmt: skip
def test_the_words_beside_a_name_say_the_role_and_are_not_said_twice(before: str, after: str) -> None:
    assert told(before) == after


def test_more_people_than_letters_get_numbers() -> None:
    many = " ".join(f"{{PERSON|Q{chr(97 + i // 26) * 3}{chr(97 + i % 26) * 3}}}" for i in range(30))
    assert told(many).endswith("[person Z] [person A2] [person B2] [person C2] [person D2]")


@pytest.mark.parametrize("names", ["Hanne Holm{}", "Q{}x", "HH", "."])
def test_the_time_grows_with_the_text(names: str) -> None:
    def seconds(count: int) -> float:
        text, spans = "", []
        parts = []
        at = 0
        for number in range(count):
            name = names.format("".join(chr(97 + int(digit)) for digit in str(number)))
            parts.append(f"{name} og ")
            spans.append(Span(at, at + len(name), Kind.PERSON, name, "test", 1.0))
            at += len(name) + 4
        text = "".join(parts)
        began = time.process_time()
        replace(text, spans)
        return time.process_time() - began

    seconds(200)
    assert seconds(4000) < 16 * seconds(500) + 0.25


def test_a_name_that_never_ends_takes_no_longer_than_its_length() -> None:
    def seconds(count: int) -> float:
        name = " ".join(["Hanne Holm"] * count)
        began = time.process_time()
        assert replace(f"{name}.", [Span(0, len(name), Kind.PERSON, name, "test", 1.0)]) == "[person A]."
        return time.process_time() - began

    seconds(100)
    assert seconds(20_000) < 16 * seconds(2_500) + 0.25
