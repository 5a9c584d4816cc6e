"""Word lists (ordlister): what is known of a word; sources and licences in lexicon/README.md.

The long lists lie packed in one file. The short ones, written by hand, are read as text. `facts` answers for
all of them at once, and remembers words of the lists, never words of a text.
"""

from collections.abc import Set
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from uth.deid.packed import BIT, FIRST_WORD, BrokenList, Packed

FIRST_NAME_COMMON = BIT["first_names_common"]
FIRST_NAME = BIT["first_names"]
SURNAME = BIT["surnames"]
SURNAME_RARE = BIT["surnames_rare"]
AMBIGUOUS = BIT["names_that_are_words"]
STREET = BIT["streets"]
TOWN = BIT["towns"]
VILLAGE = BIT["villages"]
OPENS_PLACE = FIRST_WORD  # 'høje', 'sankt'
STOPWORD = 1 << 16
EPONYM = 1 << 17
DRUG = 1 << 18
MEDICAL = 1 << 19
ABBREVIATION = 1 << 20
VERB = 1 << 21
BEFORE_A_NAME = 1 << 22
INNOCENT = EPONYM | DRUG | MEDICAL

_BY_HAND = {
    "ambiguous": AMBIGUOUS,
    "stopwords": STOPWORD,
    "eponyms": EPONYM,
    "drugs": DRUG,
    "medical": MEDICAL,
    "abbreviations": ABBREVIATION,
    "verbs_after_a_name": VERB,
    "words_before_a_name": BEFORE_A_NAME,
    "regions_and_quarters": TOWN,
}
_REMEMBERED = 30_000
FILE = "lists.packed"


def facts(word: str) -> int:
    """The lists a lower-case word stands in, as bits."""
    memory, packed, _ = _read()
    bits = memory.get(word)
    if bits is None:
        bits = packed.get(word)
        if bits and len(memory) < _REMEMBERED:
            memory[word] = bits
    return bits


def remembered() -> dict[str, Any]:
    """What a reader has made of words of the lists, as typed; it is let go of when the lists change."""
    return _read()[2]


def may_be_remembered(low: str) -> bool:
    """Is it a word of the lists, and is there room for it?"""
    memory, _, made = _read()
    return low in memory and len(made) < _REMEMBERED


class Unusable(Exception):
    """The installation's own lists cannot be read; the message is the Danish sentence to show."""


def use(folder: Path) -> None:
    """Read the lists that `uth lexicon build` made in a folder instead of the shipped ones. Never both in turn."""
    try:
        packed = Packed((folder / FILE).read_bytes())
    except (OSError, BrokenList):
        raise Unusable(
            f"Ordlisterne i {folder} mangler eller er ikke hele, og uden dem bliver navne overset. "
            "Lav dem igen med »uth lexicon build«, eller fjern UTH_LEXICON for at bruge de medfølgende."
        ) from None
    _CHOSEN[:] = [packed]
    _read.cache_clear()


def use_shipped() -> None:
    """Go back to the lists that came with the program."""
    _CHOSEN.clear()
    _read.cache_clear()


_CHOSEN: list[Packed] = []


def shipped() -> Packed:
    """The long lists that came with the program."""
    return Packed((files("uth.deid") / "lexicon" / FILE).read_bytes())


@cache
def _read() -> tuple[dict[str, int], Packed, dict[str, Any]]:
    packed = _CHOSEN[0] if _CHOSEN else shipped()
    words = dict.fromkeys(entries("ordinary"), 0) | by_hand()
    return {word: bits | packed.get(word) for word, bits in words.items()}, packed, {}


def by_hand() -> dict[str, int]:
    """The words of the short lists, and which of them each stands in."""
    found: dict[str, int] = {}
    for name, bit in _BY_HAND.items():
        for word in entries(name):
            found[word] = found.get(word, 0) | bit
            if bit == TOWN and " " in word:
                first = word.split(" ", maxsplit=1)[0]
                found[first] = found.get(first, 0) | FIRST_WORD
    return found


@cache
def entries(name: str) -> frozenset[str]:
    """The lower-case entries of one list as it is written."""
    text = (files("uth.deid") / "lexicon" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(text.split("\n")) - {""}


class Listed:
    """The words of one or more lists: something to ask `in`, and to cut a small set with."""

    __slots__ = ("_bits",)

    def __init__(self, bits: int) -> None:
        self._bits = bits

    def __contains__(self, word: str) -> bool:
        return bool(facts(word) & self._bits)

    def __rand__(self, words: Set[str]) -> set[str]:
        return {word for word in words if word in self}


_FIRST_NAMES_COMMON, _FIRST_NAMES = Listed(FIRST_NAME_COMMON), Listed(FIRST_NAME)
_SURNAMES, _SURNAMES_RARE = Listed(SURNAME), Listed(SURNAME_RARE)
_AMBIGUOUS = Listed(AMBIGUOUS)
_STREETS, _TOWNS, _VILLAGES = Listed(STREET), Listed(TOWN), Listed(VILLAGE)


def first_names_common() -> Listed:
    """The first names most people in Denmark bear."""
    return _FIRST_NAMES_COMMON


def first_names() -> Listed:
    """First names few bear; alone they need a capital letter inside a sentence."""
    return _FIRST_NAMES


def surnames() -> Listed:
    """Surnames in use in Denmark."""
    return _SURNAMES


def surnames_rare() -> Listed:
    """Surnames of other countries; they count beside another name only."""
    return _SURNAMES_RARE


def ambiguous() -> Listed:
    """Names that are also words: Bo, Maj, Vest, Storm."""
    return _AMBIGUOUS


def stopwords() -> frozenset[str]:
    """Words that begin a Danish sentence or note and are never a name."""
    return entries("stopwords")


@cache
def innocent() -> frozenset[str]:
    """What looks like a name and is not: eponyms, drugs, months, words of the trade."""
    return entries("eponyms") | entries("drugs") | entries("medical")


def abbreviations() -> frozenset[str]:
    """Short forms that look like initials."""
    return entries("abbreviations")


def streets() -> Listed:
    """Street names whose shape does not say that they are streets."""
    return _STREETS


def towns() -> Listed:
    """Postal towns, islands and well-known quarters."""
    return _TOWNS


def villages() -> Listed:
    """Villages and manors; too many to trust without a preposition."""
    return _VILLAGES


def verbs_after_a_name() -> frozenset[str]:
    """What a person does in a note: 'mette ringede'."""
    return entries("verbs_after_a_name")


def words_before_a_name() -> frozenset[str]:
    """What stands before a person in a note: 'talte med mette'."""
    return entries("words_before_a_name")
