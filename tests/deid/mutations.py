"""Mutations (forvanskninger): seeded ways to write a known identity as people, scanners and telephones do."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from uth.deid.find.numbers import NUMBER_WORDS
from uth.deid.known.forms import SURFACE
from uth.deid.known.ordinary import ordinary
from uth.deid.span import Kind, KnownIdentity
from uth.deid.words import view

Change = Callable[[str, Random], str]

LOOK_ALIKE = {
    "a": "аɑ", "c": "сϲ", "e": "е", "i": "іı1", "l": "1I", "o": "о0ο", "p": "рρ", "s": "ѕ", "x": "х", "y": "у", "A": "АΑ", "B": "ВΒ",
    "E": "ЕΕ", "H": "НΗ", "I": "ІΙl1", "K": "КΚ", "M": "МΜ", "N": "Ν", "O": "ОΟ0", "P": "РΡ", "T": "ТΤ", "X": "ХΧ", "h": "һ", "j": "ј",
}  # fmt: skip
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
ALPHABET = "abcdefghijklmnoprstuvyæøåéö"
SAID = {digits: word for word, digits in reversed(NUMBER_WORDS.items()) if len(digits) < 3}
ONES = ("nul", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")


@dataclass(frozen=True)
class People:
    """One case: what the vault holds."""

    patient: str
    reporter: str
    cpr: str
    phone: str
    mail: str
    street: str
    number: str
    town: str
    unit: str
    provider: str

    @property
    def known(self) -> tuple[KnownIdentity, ...]:
        return (
            KnownIdentity(Kind.PERSON, self.patient),
            KnownIdentity(Kind.PERSON, self.reporter),
            KnownIdentity(Kind.CPR, self.cpr),
            KnownIdentity(Kind.PHONE, self.phone),
            KnownIdentity(Kind.EMAIL, self.mail),
            KnownIdentity(Kind.ADDRESS, f"{self.street} {self.number}, {self.town}"),
            KnownIdentity(Kind.ORG_UNIT, self.unit),
            KnownIdentity(Kind.PROFESSION_ID, self.provider),
        )


def planted(people: People, random: Random) -> str:
    """One known identity in one form, changed at most twice."""
    make = random.choice((_name, _name, _name, _cpr, _phone, _mail, _address, _unit, _provider))
    while True:
        form = make(people, random)
        if form:
            return form


def _changed(form: str, random: Random, changes: tuple[Change, ...]) -> str:
    chosen = random.sample(changes, random.randint(0, 2))
    if {_slip, _respelt} <= set(chosen):
        chosen = [_slip]  # together they are two slips
    for change in chosen:
        form = change(form, random)
    return form


# --- names ----------------------------------------------------------------------------------------


def _name(people: People, random: Random) -> str:
    full = random.choice((people.patient, people.reporter)).split()
    base = random.choice(
        (
            " ".join(full), " ".join(full), full[0], full[-1], f"{full[0]} {full[-1]}", f"{full[-1]}, {full[0]}", f"{full[0][0]}. {full[-1]}",
            f"{full[0]} {full[-1][0]}.", _nickname(full[0], random), f"{_nickname(full[0], random)} {full[-1]}",
        )
    )  # fmt: skip
    if random.random() < 0.1:
        return _in_initials(full, random)
    changed = _changed(base, random, NAME_CHANGES)
    return changed if _recognisable(base, changed) else ""


def _in_initials(full: list[str], random: Random) -> str:
    letters = [word[0].upper() for word in full]
    first, last = full[0][:2], full[-1][:2]
    form = random.choice(
        (
            "".join(letters),
            ".".join(letters),
            ".".join(letters).lower() + ".",
            first + last,
            ". ".join(letters) + ".",
        )
    )
    return f"fru {form}"  # what is also an abbreviation counts in a person's place only


def _nickname(first: str, random: Random) -> str:
    known = sorted(name for name in NICKNAMES.get(first, ()))
    return random.choice(known) if known else first


NICKNAMES = {
    "Christian": ("Chris", "Kris", "Krede", "Kristian"), "Katrine": ("Kat", "Trine", "Cathrine"), "Mohammed": ("Muhammad", "Mohamed", "Mo"),
    "Jørgen": ("Jørn", "Jørg"), "Kirsten": ("Kirst", "Kis"), "Niels": ("Nils", "Nis"), "Margrethe": ("Grethe", "Margit"),
    "Elisabeth": ("Lis", "Lisbet", "Betty"), "Mathilde": ("Tilde", "Matilde"), "Bente-Lise": (), "Frederik": ("Frede", "Freddy"),
}  # fmt: skip


def _recognisable(base: str, changed: str) -> bool:
    """Is there anything to find? A slip or a gap that leaves only words of the language leaves no name."""
    words = [word for word in SURFACE.findall(view(changed).text) if len(word) > 1]
    if len(base) < 3 or not words or all(map(ordinary, words)):
        return False
    return not any(
        ordinary(word) and (word.islower() or word.casefold() not in base.casefold()) for word in words
    )


def _slip(form: str, random: Random) -> str:
    """One letter too many, too few, wrong or swapped, in a word of four letters or more."""

    def slipped(word: str) -> str:
        place, letter = random.randrange(len(word)), random.choice(ALPHABET)
        return random.choice(
            (
                word[:place] + letter + word[place:],
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place + 1 :],
                word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :] if place else word,
            )
        )

    return _in_one_word(form, random, 4, slipped)


def _in_one_word(form: str, random: Random, least: int, change: Callable[[str], str]) -> str:
    """One of the words that are long enough, changed."""
    words = form.split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= least and word.isalpha()]
    if not long:
        return form
    at = random.choice(long)
    words[at] = change(words[at])
    return " ".join(words)


def _case(form: str, random: Random) -> str:
    return random.choice(
        (
            form.lower(),
            form.upper(),
            form.title(),
            "".join(random.choice((c.lower(), c.upper())) for c in form),
        )
    )


def _genitive(form: str, random: Random) -> str:
    return (
        form + random.choice(("s", "'s", "’s")) if form[-1].isalpha() and form[-1] not in "sxzSXZ" else form
    )


def _look_alike(form: str, random: Random) -> str:
    places = [at for at, char in enumerate(form) if char in LOOK_ALIKE]
    for at in random.sample(places, min(len(places), random.randint(1, 3))):
        form = form[:at] + random.choice(LOOK_ALIKE[form[at]]) + form[at + 1 :]
    return form


def _unseen(form: str, random: Random) -> str:
    for _ in range(random.randint(1, 3)):
        at = random.randint(1, len(form) - 1) if len(form) > 1 else 0
        form = form[:at] + random.choice(UNSEEN) + form[at:]
    return form


def _wide(form: str, random: Random) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in form)


def _spaced(form: str, random: Random) -> str:
    return form.replace(" ", random.choice(("  ", "\n", " \n", "\u00a0", "\u2003", "-")))


def _split(form: str, random: Random) -> str:
    """A gap inside a word of five letters or more."""

    def gaping(word: str) -> str:
        place = random.randint(2, len(word) - 2)
        return word[:place] + random.choice((" ", "-", "-\n", "\n", " - ")) + word[place:]

    return _in_one_word(form, random, 5, gaping)


def _joined(form: str, random: Random) -> str:
    return form.replace(" ", "").replace("-", "") if "," not in form and "." not in form else form


def _letters_apart(form: str, random: Random) -> str:
    return " ".join(form) if form.isalpha() and len(form) > 3 else form


def _respelt(form: str, random: Random) -> str:
    pairs = [
        ("æ", "ae"), ("ø", "oe"), ("ø", "o"), ("å", "aa"), ("å", "a"), ("c", "k"), ("k", "c"), ("ch", "k"), ("th", "t"), ("t", "th"), ("w", "v"),
        ("v", "w"), ("nn", "n"), ("n", "nn"), ("ll", "l"), ("s", "ss"), ("e", "é"), ("a", "á"), ("ph", "f"), ("f", "ph"),
    ]  # fmt: skip
    fit = [(old, new) for old, new in pairs if old in form and len(form) > 3 and not {"'", "’"} & set(form)]
    if not fit:
        return form
    old, new = random.choice(fit)
    return form.replace(old, new, 1)


NAME_CHANGES: tuple[Change, ...] = (
    _slip, _case, _genitive, _look_alike, _unseen, _wide, _spaced, _split, _joined, _letters_apart, _respelt,
)  # fmt: skip


# --- numbers --------------------------------------------------------------------------------------


def _cpr(people: People, random: Random) -> str:
    number = people.cpr
    form = random.choice(
        (
            f"{number[:6]}-{number[6:]}",
            number,
            f"{number[:6]} {number[6:]}",
            f"{number[:4]}19{number[4:6]}-{number[6:]}",
        )
    )
    if random.random() < 0.2:
        return random.choice((_birth(number, random), number[6:], f"{number[6:8]} {number[8:]}", number[:6]))
    return _changed(form, random, NUMBER_CHANGES)


def _birth(number: str, random: Random) -> str:
    day, month, year = int(number[:2]), int(number[2:4]), number[4:6]
    name = MONTHS[month - 1]
    return random.choice(
        (
            f"{day}. {name} 19{year}", f"{day}.{month}.{year}", f"{day}/{month}-19{year}", f"19{year}-{month:02}-{day:02}", f"{day} {name[:3]} {year}",
            f"{day:02} {month:02} {year}", f"født {day}. {name}", f"f. {day}/{month}", f"{day}. {name.upper()}\n19{year}", f"{number[:4]}19{year}",
        )
    )  # fmt: skip


MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


def _phone(people: People, random: Random) -> str:
    number = people.phone
    form = random.choice(
        (
            number,
            f"{number[:2]} {number[2:4]} {number[4:6]} {number[6:]}",
            f"{number[:4]} {number[4:]}",
            f"{number[:3]} {number[3:]}",
        )
    )
    form = random.choice(("", "", "+45 ", "+45", "0045 ", "(+45) ")) + form
    return _changed(form, random, NUMBER_CHANGES)


def _provider(people: People, random: Random) -> str:
    number = people.provider
    form = random.choice((number, f"{number[:2]} {number[2:4]} {number[4:]}", f"{number[:3]}.{number[3:]}"))
    return _changed(form, random, NUMBER_CHANGES)


def _regrouped(form: str, random: Random) -> str:
    digits = "".join(filter(str.isdigit, form))
    if len(digits) < len("".join(filter(str.isalnum, form))):
        return form
    gaps = (" ", "-", ".", "\n", " - ", "  ", "/", ", ")
    gap = random.choice(gaps)
    pieces, at = [], 0
    while at < len(digits):
        size = random.randint(1, 4)
        pieces.append(digits[at : at + size])
        at += size
    return gap.join(pieces)


def _letters_for_digits(form: str, random: Random) -> str:
    return form.replace("0", random.choice("oO")).replace("1", random.choice("lI1"))


def _in_words(form: str, random: Random) -> str:
    digits = [char for char in form if char.isdecimal()]
    if not form.isascii() or len(digits) < len("".join(filter(str.isalnum, form))):
        return form
    if random.random() < 0.5 or len(digits) % 2:
        return " ".join(ONES[int(digit)] for digit in digits)
    said = []
    for pair in ("".join(pair) for pair in zip(digits[::2], digits[1::2], strict=True)):
        word = SAID[pair] if pair[0] != "0" else f"nul {ONES[int(pair[1])]}"
        said.append(word.replace("og", " og ") if random.random() < 0.3 and "og" in word else word)
    return random.choice((" ", ", ")).join(said)


def _digit_wrong(form: str, random: Random) -> str:
    places = [at for at, char in enumerate(form) if char.isdecimal()]
    if (
        len(places) < max(6, len("".join(filter(str.isalnum, form))))
        or not form.isascii()
        or form.startswith(("+", "(", "0045"))
    ):
        return form
    at = random.randrange(max(0, len(places) - 6), len(places) - 1)
    here, there = places[at], places[at + 1]
    if random.random() < 0.5:
        return form[:here] + str((int(form[here]) + random.randint(1, 9)) % 10) + form[here + 1 :]
    return form[:here] + form[there] + form[here + 1 : there] + form[here] + form[there + 1 :]


NUMBER_CHANGES: tuple[Change, ...] = (
    _regrouped, _letters_for_digits, _in_words, _digit_wrong, _unseen, _wide, _spaced,
)  # fmt: skip


# --- mail, address and unit -----------------------------------------------------------------------


def _mail(people: People, random: Random) -> str:
    box, house = people.mail.split("@")
    form = random.choice(
        (
            people.mail,
            f"{box} @ {house}",
            f"{box}(at){house}",
            f"{box} snabel-a {house}",
            people.mail.replace(".", " punktum "),
            box,
        )
    )
    return _changed(form, random, (_case, _unseen, _wide, _look_alike))


def _address(people: People, random: Random) -> str:
    street, number = people.street, people.number
    form = random.choice(
        (f"{street} {number}", f"{street} {number}, {people.town}", street, f"{street},\n{number}")
    )
    changed = _changed(form, random, (_slip, _case, _look_alike, _unseen, _wide, _spaced, _split, _respelt))
    return changed if _recognisable(form, changed) else ""


def _unit(people: People, random: Random) -> str:
    name = people.unit.split()[-1]
    changed = _changed(name, random, NAME_CHANGES)
    return random.choice((changed, changed, people.unit)) if _recognisable(name, changed) else ""
