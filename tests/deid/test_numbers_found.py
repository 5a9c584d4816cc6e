"""Numbers are found by the words around them, in whatever shape people give them (tal)."""

import pytest

from uth.deid.engine import find
from uth.deid.find import code, cpr, phone
from uth.deid.span import Kind, Span


def found(spans: list[Span]) -> set[str]:
    """What is found surely enough to stand by itself."""
    return {span.text for span in spans if span.score >= 0.5}


def covered(text: str, spans: list[Span], wanted: str) -> bool:
    places = {place for span in spans if span.score >= 0.5 for place in range(span.start, span.end)}
    start = text.index(wanted)
    return all(place in places for place in range(start, start + len(wanted)) if text[place].isalnum())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Cpr.nr: 0102 03-1234", "0102 03-1234"),
        ("crp-nummeret 0102031234", "0102031234"),
        ("cprnr010203-1234 står øverst", "010203-1234"),
        ("hans p-nr. er 010203-1234", "010203-1234"),
        ("personnummer (010203) (1234)", "010203) (1234"),
        ("cpr ligger i mappen, det er 0102 03  1234.", "0102 03  1234"),
        ("Birthe Viol, 0102 031 234, kom ind", "0102 031 234"),
        ("01|02|03-1234", "01|02|03-1234"),
        ("010203 bindestreg 1234", "010203 bindestreg 1234"),
        ("mit er 0102 03 og så 1o5 7.", "0102 03 og så 1o5 7"),
        ("0 1 0 2 0 3 - 1 2 O 4", "0 1 0 2 0 3 - 1 2 O 4"),
        ("251241 tolv fireogtredive", "251241 tolv fireogtredive"),
        ("femogtyve tolv enogfyrre, tolv fireogtredive", "femogtyve tolv enogfyrre, tolv fireogtredive"),
        ("Pt. 010203-UKT1", "010203-UKT1"),
        ("tvilling 010203-5HN 2", "010203-5HN 2"),
        ("cpr 010203", "010203"),
        ("010203-123", "010203-123"),
        ("010203-12345", "010203-12345"),
        ("21-07-1941_0113", "21-07-1941_0113"),
    ],
)
def test_a_cpr_number_is_found_however_it_is_grouped(text: str, number: str) -> None:
    assert covered(text, cpr.find(text), number)


@pytest.mark.parametrize(
    ("text", "four"),
    [
        ("Født 01.02.03, de sidste 4: 1234", "1234"),
        ("født 010203, sidste fire 4 4 1 8, henvist", "4 4 1 8"),
        ("cpr slutter med 12 34", "12 34"),
        ("fødselsdag 1/2, løbenummer 1234", "1234"),
        ("cpr 08 08 28, fire sidste 0 1 1 o", "0 1 1 o"),
    ],
)
def test_the_last_four_digits_are_found_by_their_word(text: str, four: str) -> None:
    assert covered(text, cpr.find(text), four)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tlf. nr.: (22) 33 44 55", "22) 33 44 55"),
        ("telefonnummer 22 33 44 5, et ciffer mangler", "22 33 44 5"),
        ("pårørende træffes på 22 treogtredive 44 55", "22 treogtredive 44 55"),
        ("Ring til mig på tre og tyve 88 nul fire 17", "tre og tyve 88 nul fire 17"),
        ("ring på 75 lige 40 lige 22 lige 19", "75 lige 40 lige 22 lige 19"),
        ("Datter ringet op 26 118 90 4", "26 118 90 4"),
        ("tlf 70 11 31 3x", "70 11 31 3x"),
        ("IT på 33 66 oo 41", "33 66 oo 41"),
        ("mobil 2222 x 4415", "2222 x 4415"),
        ("kald 51934", "51934"),
        ("bip 4-0-0-7", "4-0-0-7"),
        ("DECT 7 7411", "7 7411"),
        ("lok. 44 17", "44 17"),
        ("konsulenten på 8804 (lok.)", "8804"),
        ("+46 70 123 45 67", "46 70 123 45 67"),
        ("+49 (0)171 1234567", "171 1234567"),
        ("+298 212345", "298 212345"),
        ("0045 58 13 4 4 70", "0045 58 13 4 4 70"),
        ("tlf:6256-1-8 0 2", "6256-1-8 0 2"),
        ("nr. er 22 3 344 5 5", "22 3 344 5 5"),
    ],
)
def test_a_telephone_number_is_found_however_it_is_grouped(text: str, number: str) -> None:
    assert covered(text, phone.find(text), number)


@pytest.mark.parametrize(
    "text",
    [
        "journalnr. ⟦2024-12345⟧", "J.nr. ⟦24-12345⟧", "UTH-nr. ⟦123456⟧", "DPSD nr ⟦2024-00123⟧", "sags-id ⟦27.66.00-K08-11-24⟧",
        "rekvisitionsnummer ⟦88 123 456⟧", "Rekv. ⟦RK-55 019 224⟧", "prøve-ID: ⟦A1234567⟧", "glas nr. ⟦44017⟧", "recept ⟦9920-44178-1⟧",
        "accessionsnummer ⟦DK12345678⟧", "s/n ⟦44017A⟧", "serienr ⟦PJX 60 41 88 S⟧", "serienr. ⟦41 2207 QX / 08⟧", "hjælpemiddel-id ⟦HMI-44017⟧",
        "tjenestenr. ⟦44017⟧", "lønnr ⟦123456⟧", "brugernavn: ⟦hanhol⟧", "logget ind som ⟦jxn04x⟧", "Bruger ⟦REG\\anbrix02⟧ fra", "bruger ⟦hdrask⟧ var logget ind",
        "b-nummer ⟦B204417⟧", "nummerplade ⟦AB 12 345⟧", "vogn ⟦CK 90 331⟧", "stelnr. ⟦WVWZZZ1JZXW000001⟧", "pas nr ⟦204417123⟧",
        "CVR ⟦31 09 44 17⟧", "P-nummer ⟦1012345678⟧", "EAN-nr. ⟦5798 0012 34567⟧", "kortnr. ⟦4571 1234 5678 9012⟧", "kode til nøgleboks: ⟦44 17⟧",
        "koden til døren er ⟦4417⟧#", "IP-adresse ⟦10.12.14.16⟧", "MAC ⟦00:1B:77:A4:0E:39⟧", "MobilePay ⟦54901⟧", "reg. ⟦1234⟧ konto ⟦1234567890⟧",
        "filen ⟦scan_hansen_0405.pdf⟧", "ticket ⟦INC0012345⟧", "politiets journalnr ⟦0100-12345-00012-24⟧", "portion ⟦G0964 25 009 117⟧",
        "Aflysningsnr ⟦A 7-7-1 0 9⟧", "Sagen ligger i ⟦\\\\fil07\\uth\\2024-091⟧", "Jane (⟦jamo0117⟧)", "nøgle i boks med kode: ⟦B0B2⟧", "host=⟦LAB-GW2⟧", "Flaske: ⟦BD 50 88 17 A⟧ + ⟦BD 50 88 17 B⟧", "recept ⟦7712 004⟧ og ⟦7712 005⟧",
    ],
)  # fmt: skip
def test_a_case_sample_device_or_user_number_is_found_by_its_word(text: str) -> None:
    plain = text.replace("⟦", "").replace("⟧", "")
    spans = [*code.find(plain), *phone.find(plain), *cpr.find(plain)]
    for piece in text.split("⟦")[1:]:
        assert covered(plain, spans, piece.split("⟧")[0]), spans


def test_a_number_found_once_is_found_again_without_its_word() -> None:
    text = "Ydernummer nul-fem-et-syv-otte-et. På sedlen stod bare 051781, eller var det 05 17 81?"
    assert [span.kind for span in find(text)] == [Kind.PROFESSION_ID] * 3


def test_the_last_four_of_a_cpr_number_are_found_again() -> None:
    text = "CPR 010203-1234. Hun sagde 1234, da vi spurgte."
    assert "1234, da" not in "".join(
        char for place, char in enumerate(text) if not any(s.start <= place < s.end for s in find(text))
    )


def test_every_finding_says_why_in_danish() -> None:
    text = "CPR 010203-1234, tlf. 22 33 44 55, sagsnr. 24-12345 og igen 24-12345."
    assert all(span.reason and span.reason != span.finder for span in find(text))
