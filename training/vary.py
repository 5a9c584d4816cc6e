"""Variation (variation): the same story with other people, numbers and places, written by a more hurried hand."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from training.corpus import Marked, Part

_DIGIT_WORDS = ["nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"]
_MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
_SHORT = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
_OLD = [
    "halvfems",
    "enoghalvfems",
    "tooghalvfems",
    "treoghalvfems",
    "fireoghalvfems",
    "femoghalvfems",
    "seksoghalvfems",
    "syvoghalvfems",
    "otteoghalvfems",
    "nioghalvfems",
    "hundrede",
]
_POOLED = frozenset(
    {"PHONE", "CPR", "EMAIL", "ADDRESS", "DATE", "ID", "ORG_UNIT", "PROFESSION_ID", "URL", "LOCATION"}
)


@dataclass
class Lists:
    """What new identities are drawn from: words by sort, and every marked value of the corpus by kind."""

    first: Sequence[str]
    surname: Sequence[str]
    street: Sequence[str]
    town: Sequence[str]
    harmless: list[str] = field(default_factory=list)
    pool: dict[str, list[str]] = field(default_factory=dict)

    def learn(self, texts: Sequence[Marked]) -> None:
        """Take up the values of these texts, so that each can stand in every other's place."""
        for text in texts:
            for part in text.parts:
                if part.kind == "TRAP" and part.text.isalpha() and part.text[0].isupper():
                    self.harmless.append(part.text)
                if part.kind in _POOLED and len(part.text) > 3:
                    self.pool.setdefault(part.kind, []).append(part.text)


def varied(text: Marked, lists: Lists, dice: random.Random) -> Marked:
    """The text with most identities exchanged, kept the same within the text, and now and then written worse."""
    seen: dict[str, str] = {}
    parts = _announced([_exchanged(part, lists, dice, seen) for part in text.parts], dice)
    for chance, change in _NOISE:
        if dice.random() < chance:
            parts = change(parts, dice)
    return Marked(text.id, text.voice, tuple(parts))


def _exchanged(part: Part, lists: Lists, dice: random.Random, seen: dict[str, str]) -> Part:
    if part.kind == "PERSON":
        return Part(_person(part.text, lists, dice, seen), part.kind)
    if part.kind == "TRAP":
        return Part(_harmless(part.text, lists, dice), part.kind)
    if not part.kind or part.kind in ("IGNORE", "UNKNOWN") or dice.random() < 0.15:
        return part
    pool = lists.pool.get(part.kind)
    if pool and len(part.text) > 3 and dice.random() < 0.4:
        return Part(_digits(dice.choice(pool), dice), part.kind)
    return Part(_MAKERS.get(part.kind, _shaped)(part.text, lists, dice), part.kind)


# What people write before an identity of a kind. One stands for another, or for nothing at all.
_CUES = {
    "PHONE": ("tlf", "tlf.", "telefon", "mobil", "mob.", "mob", "tel.", "nr.", "ring", "ring på", "fanges på", "træffes på", "kald", "vagttlf"),
    "CPR": ("cpr", "cpr.", "cpr:", "cprnr", "cpr-nr.", "CPR", "cpr.nr.", "pnr", "p.nr.", "personnr.", "personnummer", "født", "f.", "pt", "pt.", "id", "ptt"),
    "ID": ("journalnr.", "jnr", "j.nr.", "sag", "sagsnr", "sag nr.", "ref", "ref.", "rekv.", "rekvnr", "løbenr", "prøve", "prøvenr.", "nr.", "nr", "id", "bruger",
           "login", "serienr.", "s/n", "sn", "glas", "stregkode", "recept", "rp", "ordre", "vogn", "reg.nr.", "kode", "nøgle", "boks", "medarb.nr", "tj.nr.", "afs."),
    "PROFESSION_ID": ("ydernr.", "ydernr", "yder", "ydr.", "ydernummer", "y.nr", "aut.nr.", "autnr", "aut.id", "autorisation", "aut.", "autorisationsid"),
    "ADDRESS": ("bor", "bor på", "adr.", "adr:", "adresse", "hjemme på", "boende", "adressen er", "bopæl", "kørt til", "ude på", "ved"),
    "DATE": ("d.", "den", "d", "dato", "dato:"),
}  # fmt: skip
_CUE_AT_END = {
    kind: re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(cues, key=len, reverse=True)))})(?=[ :]*$)", re.IGNORECASE)
    for kind, cues in _CUES.items()
}  # fmt: skip


def _announced(parts: list[Part], dice: random.Random) -> list[Part]:
    """The same parts, some identities announced by another word than the writer's, or by none."""
    made = [*parts]
    for at in range(1, len(parts)):
        kind, ahead = parts[at].kind, parts[at - 1]
        if kind in _CUES and not ahead.kind and dice.random() < 0.3:
            long = len(parts[at].text) > 5
            cue = "" if long and dice.random() < 0.25 else dice.choice(_CUES[kind])
            made[at - 1] = Part(_CUE_AT_END[kind].sub(cue, ahead.text))
    return made


def _harmless(text: str, lists: Lists, dice: random.Random) -> str:
    if text[0].isupper() and text.isalpha() and dice.random() < 0.15:
        return dice.choice(lists.harmless)
    return _digits(text, dice) if dice.random() < 0.4 else text


def _person(text: str, lists: Lists, dice: random.Random, seen: dict[str, str]) -> str:
    if dice.random() < 0.1:
        return text
    if text.isalpha() and dice.random() < 0.06:
        made = "".join(dice.choice("abcdefghijklmnoprstuvwyøå") for _ in range(dice.choice((2, 3, 3, 3, 4))))
        return made if len(made) > 2 and dice.random() < 0.4 else made.upper()
    words = re.split(r"([\W\d_]+)", text)
    count = sum(len(word) > 2 for word in words)
    made, place = [], 0
    for word in words:
        if len(word) <= 2 or not word.isalpha():
            made.append(_letters(word, dice) if word.isalpha() and word.isupper() else word)
            continue
        place += 1
        made.append(_name(word, place == count and count > 1, lists, dice, seen))
    return "".join(made)


def _name(word: str, last: bool, lists: Lists, dice: random.Random, seen: dict[str, str]) -> str:
    if word.isupper() and len(word) < 5:
        return _letters(word, dice)
    low = word.lower()
    stem = low[:-1] if low.endswith("s") and low[:-1] in seen else low
    if stem not in seen:
        source = lists.surname if last or dice.random() < 0.25 else lists.first
        new = dice.choice(source)
        seen[stem] = _slip(new, dice) if dice.random() < 0.06 else new
    new = seen[stem] + ("s" if stem != low or (low.endswith("s") and dice.random() < 0.4) else "")
    return new.lower() if word.islower() else new.upper() if word.isupper() else new.title()


def _letters(word: str, dice: random.Random) -> str:
    return "".join(dice.choice("ABCDEFGHIJKLMNOPRSTUVWYØÅ") if c.isupper() else c for c in word)


def _digits(text: str, dice: random.Random) -> str:
    """Other digits and number words in the same places; a leading digit keeps its size, so that dates stay dates."""
    made = re.sub(r"\d+", lambda m: _number(m[0], dice), text)
    return re.sub(
        r"\b(?:nul|to|tre|fire|fem|seks|syv|otte|ni)\b",
        lambda _m: dice.choice([*_DIGIT_WORDS[2:], "nul"]),
        made,
    )


def _number(digits: str, dice: random.Random) -> str:
    if len(digits) <= 2 and int(digits) <= 31:
        return (
            str(dice.randint(1, max(2, int(digits)))).zfill(len(digits))[-len(digits) :]
            if digits[0] != "0"
            else "0" + str(dice.randint(1, 9))
            if len(digits) == 2
            else digits
        )
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return digits[:3] + str(dice.randint(0, 9))
    if len(digits) in (6, 10) and int(digits[:2]) <= 31:
        return f"{dice.randint(1, 31):02}{dice.randint(1, 12):02}" + "".join(
            dice.choice("0123456789") for _ in digits[4:]
        )
    return "".join(dice.choice("0123456789") for _ in digits)


def _shaped(text: str, _lists: Lists, dice: random.Random) -> str:
    made = _digits(text, dice)
    if dice.random() < 0.3:
        made = re.sub(r"\b[A-ZÆØÅ]{1,3}(?=[\d -])", lambda m: _letters(m[0], dice), made)
    return made


def _code(text: str, lists: Lists, dice: random.Random) -> str:
    """A user name or a code of letters and digits: other letters too."""
    made = _shaped(text, lists, dice)
    if re.fullmatch(r"[a-zæøå]{1,6}\d{1,4}[a-zæøå]{0,4}", text) or (text.isalpha() and text.islower()):
        made = re.sub(r"[a-zæøå]", lambda _m: dice.choice("abdefghijklmnoprstuvx"), made)
    return made


def _cpr(text: str, lists: Lists, dice: random.Random) -> str:
    if len(re.findall(r"\d", text)) != 10 or dice.random() < 0.5:
        return _shaped(text, lists, dice)
    day, month, year = dice.randint(1, 31), dice.randint(1, 12), dice.randint(0, 99)
    first, last = f"{day:02}{month:02}{year:02}", f"{dice.randint(0, 9999):04}"
    return dice.choice(
        [
            f"{first}-{last}", f"{first}{last}", f"{first} {last}", f"{first} - {last}", f"{first}.{last}", f"{first}/{last}",
            f"{day:02} {month:02} {year:02} {last}", f"{day:02}.{month:02}.{year:02}-{last}", f"{day:02}-{month:02}-{year:02}-{last}",
            f"{first[:3]} {first[3:]} {last[:2]} {last[2:]}", f"{first}\n{last}", f"{first}-\n{last}", f"{first}–{last}",
            f"{first}-{last[:2]} {last[2:]}", f"{first.replace('0', 'O')}-{last}", " ".join(first + last), f"{first}_{last}",
            f"{first}-{last[:3]}", f"({first}-{last})", f"{first}--{last}", f"{first}xxxx", f"{first}-XXXX", f"{first}-{last}{last[-1]}",
            " ".join(_DIGIT_WORDS[int(c)] for c in first + last),
        ]
    )  # fmt: skip


def _phone(text: str, lists: Lists, dice: random.Random) -> str:
    if dice.random() < 0.5:
        return _shaped(text, lists, dice)
    d = str(dice.randint(2, 9)) + "".join(dice.choice("0123456789") for _ in range(7))
    pairs = [d[i : i + 2] for i in range(0, 8, 2)]
    return dice.choice(
        [
            " ".join(pairs), d, f"+45 {' '.join(pairs)}", f"+45{d}", f"0045 {d}", f"{d[:4]} {d[4:]}", f"{d[:2]} {d[2:5]} {d[5:]}",
            f"{d[:3]} {d[3:6]} {d[6:]}", "-".join(pairs), ".".join(pairs), f"{' '.join(pairs[:2])}\n{' '.join(pairs[2:])}",
            f"(+45) {' '.join(pairs)}", f"{d[:4]}-{d[4:]}", " ".join(d), f"45{d}", "/".join(pairs),
            " ".join(_DIGIT_WORDS[int(c)] for c in d),
        ]
    )  # fmt: skip


def _date(text: str, lists: Lists, dice: random.Random) -> str:
    if dice.random() < 0.6 or len(text) < 4:
        return _shaped(text, lists, dice)
    day, month, year = dice.randint(1, 31), dice.randint(1, 12), dice.randint(2019, 2026)
    return dice.choice(
        [
            f"{day}/{month}", f"{day}.{month}.", f"{day}. {_MONTHS[month - 1]}", f"{day}. {_MONTHS[month - 1]} {year}", f"{day}/{month}-{year % 100:02}",
            f"{day:02}.{month:02}.{year}", f"{day:02}-{month:02}-{year}", f"{year}-{month:02}-{day:02}", f"{day} {_SHORT[month - 1]}", f"{day}. {_SHORT[month - 1]}.",
            f"{day:02}{month:02}{year % 100:02}", f"{day}/{month} {year}", f"{_MONTHS[month - 1]} {year}", f"{day}.{month}", f"{day} / {month}",
            f"{day}. {month}. {year}", f"{day} {_MONTHS[month - 1]}", f"{day:02}{month:02}{year}", f"{day}.{_MONTHS[month - 1]}", f"{day}-{month}",
        ]
    )  # fmt: skip


def _address(text: str, lists: Lists, dice: random.Random) -> str:
    words = re.findall(r"[^\W\d]{4,}", text)
    if words and dice.random() < 0.6:
        street = dice.choice(lists.street)
        text = text.replace(words[0], street.lower() if words[0].islower() else street, 1)
    return _shaped(text, lists, dice)


def _location(text: str, lists: Lists, dice: random.Random) -> str:
    if text[-1].isdigit() or len(text) < 4 or dice.random() < 0.3:
        return _shaped(text, lists, dice)
    town = dice.choice(lists.town)
    return town.lower() if text.islower() else town


def _age(text: str, _lists: Lists, dice: random.Random) -> str:
    if text.isdigit():
        return str(dice.choice([*range(90, 100), 100, 101, 102, 104]))
    return dice.choice(_OLD) if text in _OLD else text


_MAKERS = {
    "CPR": _cpr,
    "PHONE": _phone,
    "DATE": _date,
    "ADDRESS": _address,
    "LOCATION": _location,
    "AGE_OVER_89": _age,
    "ID": _code,
}


def _slip(word: str, dice: random.Random) -> str:
    if len(word) < 4:
        return word
    at = dice.randint(1, len(word) - 2)
    return dice.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        ]
    )


def _lowered(parts: list[Part], _dice: random.Random) -> list[Part]:
    return [Part(part.text.lower(), part.kind) for part in parts]


def _shouted(parts: list[Part], _dice: random.Random) -> list[Part]:
    return [Part(part.text.upper(), part.kind) for part in parts]


def _plain_letters(parts: list[Part], _dice: random.Random) -> list[Part]:
    table = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
    return [Part(part.text.translate(table), part.kind) for part in parts]


def _slips(parts: list[Part], dice: random.Random) -> list[Part]:
    def worse(text: str) -> str:
        return re.sub(r"[^\W\d_]{5,}", lambda m: _slip(m[0], dice) if dice.random() < 0.06 else m[0], text)

    return [part if part.kind else Part(worse(part.text)) for part in parts]


def _wrapped(parts: list[Part], dice: random.Random) -> list[Part]:
    return [
        Part(re.sub(" ", lambda _m: "\n" if dice.random() < 0.06 else " ", part.text), part.kind)
        for part in parts
    ]


def _unpunctuated(parts: list[Part], _dice: random.Random) -> list[Part]:
    return [part if part.kind else Part(re.sub(r"[,.:](?= )", "", part.text)) for part in parts]


_NOISE = ((0.10, _lowered), (0.02, _shouted), (0.05, _plain_letters), (0.25, _slips), (0.2, _wrapped), (0.06, _unpunctuated))  # fmt: skip
