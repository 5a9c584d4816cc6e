"""Numbers (talrækker): digit groups as people type them, split, wrapped, dotted or written in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from uth.deid.words import for_one_text

# A group of digits; O, o, l and I count as 0 and 1 when they stand among digits.
_GROUP = re.compile(
    r"(?<![^\W_])(?:\d(?:[\doOlI]{0,38}\d)?[oOlI]{0,2}|[oOlI]\d(?:[\doOlI]{0,38}\d)?)(?![^\W_])"
)
DIGIT = re.compile(r"\d")
_JOINT = re.compile(r"[ \n]{0,2}[-./:,;_+*~|–]{0,2}[ \n]{0,2}")
_LOOKALIKE = str.maketrans("oOlI", "0011")


@dataclass(frozen=True, slots=True)
class Group:
    """One unbroken run of digits."""

    start: int
    end: int
    digits: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Digit groups with at most a short separator between them."""

    groups: tuple[Group, ...]
    joints: tuple[str, ...]

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    @property
    def digits(self) -> str:
        return "".join(group.digits for group in self.groups)

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple(len(group.digits) for group in self.groups)

    @property
    def endless(self) -> bool:
        return len(self.groups) > 300

    def part(self, first: int, last: int) -> "Chain":
        """The groups first..last (last not included)."""
        return Chain(self.groups[first:last], self.joints[first : last - 1])


@for_one_text
def chains(text: str) -> tuple[Chain, ...]:
    """Every chain of digit groups in a text, in order; several recognisers ask for the same text."""
    return tuple(_chains(text))


def _chains(text: str) -> Iterator[Chain]:
    groups: list[Group] = []
    joints: list[str] = []
    for match in _GROUP.finditer(text):
        group = Group(match.start(), match.end(), match.group().translate(_LOOKALIKE))
        if groups:
            joint = text[groups[-1].end : group.start]
            if len(joint) <= 6 and _JOINT.fullmatch(joint):
                joints.append(joint)
            else:
                yield Chain(tuple(groups), tuple(joints))
                groups, joints = [], []
        groups.append(group)
    if groups:
        yield Chain(tuple(groups), tuple(joints))


def parts(chain: Chain, least: int, most: int) -> Iterator[list[Chain]]:
    """At each group of a chain, the runs that begin there and have least..most digits, longest first.

    A chain longer than any note has is not taken apart; `code` covers it whole.
    """
    if chain.endless:
        return
    for first in range(len(chain.groups)):
        found: list[Chain] = []
        total = 0
        for last in range(first, len(chain.groups)):
            total += len(chain.groups[last].digits)
            if total > most:
                break
            if total >= least:
                found.append(chain.part(first, last + 1))
        if found:
            yield found[::-1]


# --- numbers written in words -------------------------------------------------------------------

_ONES = {
    "nul": "0", "en": "1", "et": "1", "én": "1", "ét": "1", "ein": "1", "to": "2", "tre": "3", "fire": "4", "fem": "5",
    "seks": "6", "sex": "6", "syv": "7", "otte": "8", "ni": "9",
}  # fmt: skip
_TEENS = {
    "ti": "10", "elleve": "11", "tolv": "12", "tretten": "13", "fjorten": "14", "femten": "15",
    "seksten": "16", "sytten": "17", "atten": "18", "nitten": "19",
}  # fmt: skip
_TENS = {
    "tyve": "2", "tredive": "3", "tredve": "3", "fyrre": "4", "halvtreds": "5", "tres": "6",
    "halvfjerds": "7", "firs": "8", "halvfems": "9",
}  # fmt: skip


# As on a cheque: 'sekstitre'.
_BANK_TENS = {
    "toti": "2",
    "treti": "3",
    "firti": "4",
    "femti": "5",
    "seksti": "6",
    "syvti": "7",
    "otti": "8",
    "niti": "9",
    "nitti": "9",
}

# Days and months said in order ('ottende i femte nul ni') count as two digits each.
_ORDINALS = {
    "første": "01", "anden": "02", "andet": "02", "tredje": "03", "fjerde": "04", "femte": "05", "sjette": "06", "syvende": "07",
    "ottende": "08", "niende": "09", "tiende": "10", "ellevte": "11", "tolvte": "12", "trettende": "13", "fjortende": "14",
    "femtende": "15", "sekstende": "16", "syttende": "17", "attende": "18", "nittende": "19", "tyvende": "20",
    "tredivte": "30", "enogtredivte": "31", "enogtyvende": "21", "toogtyvende": "22", "treogtyvende": "23",
    "fireogtyvende": "24", "femogtyvende": "25", "seksogtyvende": "26", "syvogtyvende": "27", "otteogtyvende": "28",
    "niogtyvende": "29",
}  # fmt: skip


def _number_words() -> dict[str, str]:
    table = dict(_ONES) | _TEENS
    for tens, digit in _TENS.items():
        table[tens] = digit + "0"
        for one, value in _ONES.items():
            if value != "0":
                table[f"{one}og{tens}"] = digit + value
            if value not in "01":
                table[f"{one}{tens}"] = digit + value
    for tens, digit in _BANK_TENS.items():
        table |= {tens: digit + "0"} | {
            f"{tens}{one}": digit + value for one, value in _ONES.items() if value != "0"
        }
    for one, value in _ONES.items():
        table[f"nul{one}"] = "0" + value
    return table | _ORDINALS


NUMBER_WORDS = _number_words()
_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_ATOM = rf"(?:(?:{_WORD})(?![^\W_])|\d{{1,4}}(?![^\W_]))"
_BETWEEN = r"(?:[ ]{0,2}[-,/;:][ ]{0,2}|\.(?=\w)|\.[ ](?-i:(?=[a-zæøå0-9]))|[ ]{0,2}[-,]\n|[ \n]{1,3}(?:(?:i|bindestreg|streg|minus|punktum|og så|så)[ \n]{1,3})?)"
_SPOKEN = re.compile(rf"(?<![^\W_])(?:{_WORD})(?![^\W_])(?:{_BETWEEN}{_ATOM}){{1,14}}|"
                     rf"(?<![^\W_])\d{{1,6}}(?:{_BETWEEN}{_ATOM}){{1,12}}", re.IGNORECASE)  # fmt: skip
_PIECE = re.compile(rf"(?<![^\W_])(?:({_WORD})|(\d{{1,6}}))(?![^\W_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Digits said in words ('nul en nul to nul tre, et to tre fire')."""

    start: int
    end: int
    digits: str
    words: int


@for_one_text
def spoken(text: str) -> tuple[Spoken, ...]:
    """Every run of number words that makes at least four digits."""
    return tuple(_spoken(text))


def _spoken(text: str) -> Iterator[Spoken]:
    for match in _SPOKEN.finditer(text):
        pieces = list(_PIECE.finditer(match.group()))
        digits = "".join(NUMBER_WORDS[p[1].lower()] if p[1] else p[2] for p in pieces)
        said = sum(1 for p in pieces if p[1])
        if len(digits) >= 4 and said:
            yield Spoken(match.start(), match.start() + pieces[-1].end(), digits, said)
