"""Ten thousand ways to write what the vault holds, and none gets through (kendte identiteter, forvanskede)."""

from pathlib import Path
from random import Random

from tests.deid.mutations import People, planted

from uth.deid.evaluate import read
from uth.deid.find import known
from uth.deid.span import Kind, KnownIdentity
from uth.deid.words import view

CASES = (
    People("Christian Vestergaard Holt", "Katrine Bæk-Lauridsen", "0304671234", "20304051", "k.lauridsen@eksempel.dk", "Kastanieallen", "14 b", "7140 Stouby", "Plejehjemmet Solgården", "078341"),
    People("Mohammed Al-Hassani", "Bente-Lise Kjærgaard", "1512398765", "61728394", "bentelisek@eksempel.dk", "Gammel Strandvej", "3", "8300 Odder", "Bostedet Ravnebjerg", "114477"),
    People("Jørgen Åkjær Wøhlk", "Mathilde Thøgersen", "2908451597", "51627384", "math.thoegersen@eksempel.dk", "Ryumvænget", "112", "9000 Aalborg", "Lægehuset Tværhøj", "052893"),
    People("Elisabeth Nguyen Skårup", "Frederik Zachariassen", "0101011593", "42536475", "fz_1987@eksempel.dk", "Nørre Bødkergade", "7", "5000 Odense", "Klinik Månestråle", "096123"),
    People("Niels Qvortrup", "Margrethe Dybdahl Ibsen", "3112783546", "33425161", "dybdahl@eksempel.dk", "Livjægerstien", "21 A", "6700 Esbjerg", "Afsnit Bøgeskoven", "163452"),
    People("Kirsten Mbanefo Pálsdóttir", "Yıldız Çelik", "2402992468", "71829304", "yildiz.celik@eksempel.dk", "Højskolevænget", "9", "4000 Roskilde", "Hospice Fjordlys", "201987"),
)  # fmt: skip
FRAMES = (
    "Så var det {} der blev glemt. ", "Vi talte med {} om formiddagen. ", "Her kom {} ind ad døren. ", "Det stod der også ({}). ",
    "Seddel: {}\nDerefter skete intet. ", "Der blev spurgt efter {}, men forgæves. ",
)  # fmt: skip
FORMS, A_TEXT = 10_000, 10


def test_ten_thousand_changed_forms_are_all_found() -> None:
    random = Random(20_261_122)
    missed = []
    for number in range(FORMS // A_TEXT):
        people = CASES[number % len(CASES)]
        forms = [planted(people, random) for _ in range(A_TEXT)]
        missed += _missed(people, forms, random)
    assert not missed, f"{len(missed)} of {FORMS} missed, among them {missed[:12]}"


def _missed(people: People, forms: list[str], random: Random) -> list[str]:
    """The forms of which a letter or a digit is left."""
    text, places = "", []
    for form in forms:
        before, after = random.choice(FRAMES).split("{}")
        places.append((len(text) + len(before), len(text) + len(before) + len(form)))
        text += before + form + after
    seen = view(text)
    covered: set[int] = set()
    for span in known.find(seen.text, people.known):
        covered.update(range(*seen.back(span.start, span.end)))
    return [
        form
        for form, (start, end) in zip(forms, places, strict=True)
        if any(text[at].isalnum() and at not in covered and not _filler(text, at) for at in range(start, end))
    ]


def _filler(text: str, at: int) -> bool:
    """'fru' before initials and 'født' before a date are no part of the identity; nor is a country code."""
    around = text[max(0, at - 4) : at + 5]
    return any(word in around for word in ("fru ", "født ", "f. ", "+45", "0045", "+４５"))


STRANGERS = (
    ("Mette Hansen", "Bo Maj Vest"), ("Anne Marie Larsen", "Karin Berg"), ("Ida Storm", "Kim Dahl"), ("Hanne Holm", "Per Møller"),
    ("Lene Lund", "Ole Kjær"), ("Sara Koch", "Eva Lind"), ("Maja Frost", "Jens Bach"), ("Marie Skov", "Line Due"),
)  # fmt: skip
ELSEWHERE = (
    "Bosted Vest",
    "Medicinsk Afdeling, Horsens Sygehus",
    "Lægehuset Åbyhøj",
    "Klinik Nord, afsnit B12",
)


def test_somebody_elses_identities_hide_next_to_nothing() -> None:
    """Short names, names that are words and common numbers, sought in texts by other hands that do not hold them."""
    texts = read(Path(__file__).parent / "gold" / "dev")
    needless = letters = 0
    for number, one in enumerate(texts):
        strangers = [KnownIdentity(Kind.PERSON, name) for name in STRANGERS[number % len(STRANGERS)]]
        strangers.append(KnownIdentity(Kind.ORG_UNIT, ELSEWHERE[number % len(ELSEWHERE)]))
        strangers.append(KnownIdentity(Kind.CPR, f"{number % 28 + 1:02}0451{1000 + 37 * number}"))
        strangers.append(KnownIdentity(Kind.PHONE, f"{20_304_050 + 271_828 * number}"))
        seen = view(one.text)
        letters += len(one.text)
        for span in known.find(seen.text, strangers):
            start, end = seen.back(span.start, span.end)
            if not any(start < spared.end and spared.start < end for spared in one.identities):
                needless += end - start
    assert needless / letters < 0.001, f"{needless} of {letters} characters"
