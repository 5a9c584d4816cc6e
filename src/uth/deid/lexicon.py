"""Word lists (ordlister): what is known of a word; sources and licences in lexicon/README.md.

The long lists lie packed in one file. The short ones, written by hand, are read as text. `facts` answers for
all of them at once, and remembers words of the lists, never words of a text.
"""

from functools import cache
from importlib.resources import files

from uth.deid.packed import BIT, FIRST_WORD, Packed

FIRST_NAME_COMMON = BIT["first_names_common"]
FIRST_NAME = BIT["first_names"]
SURNAME = BIT["surnames"]
SURNAME_RARE = BIT["surnames_rare"]
STREET = BIT["streets"]
TOWN = BIT["towns"]
VILLAGE = BIT["villages"]
OPENS_PLACE = FIRST_WORD  # 'høje', 'sankt'
AMBIGUOUS = 1 << 8
STOPWORD = 1 << 9
EPONYM = 1 << 10
DRUG = 1 << 11
MEDICAL = 1 << 12
ABBREVIATION = 1 << 13
VERB = 1 << 14
BEFORE_A_NAME = 1 << 15
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
# In running text these stand as words a time or two, but they are names nearly always.
_NAMES_FIRST = frozenset({"andres", "lykke", "ebbe", "sus", "rie", "nissen"})
_REMEMBERED = 30_000


def facts(word: str) -> int:
    """The lists a lower-case word stands in, as bits."""
    memory, packed = _read()
    bits = memory.get(word)
    if bits is None:
        bits = packed.get(word)
        if bits and len(memory) < _REMEMBERED:
            memory[word] = bits
    return bits


@cache
def _read() -> tuple[dict[str, int], Packed]:
    packed = Packed((files("uth.deid") / "lexicon" / "lists.packed").read_bytes())
    by_hand: dict[str, int] = {}
    for name, bit in _BY_HAND.items():
        for word in ambiguous() if bit == AMBIGUOUS else entries(name):
            by_hand[word] = by_hand.get(word, 0) | bit
            if bit == TOWN and " " in word:
                opens = word.split(" ", maxsplit=1)[0]
                by_hand[opens] = by_hand.get(opens, 0) | OPENS_PLACE
    return {word: bits | packed.get(word) for word, bits in by_hand.items()}, packed


@cache
def entries(name: str) -> frozenset[str]:
    """The lower-case entries of one list as it is written."""
    text = (files("uth.deid") / "lexicon" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(text.split("\n")) - {""}


class Listed:
    """The words of one or more long lists: something to ask `in`."""

    __slots__ = ("_bits",)

    def __init__(self, bits: int) -> None:
        self._bits = bits

    def __contains__(self, word: str) -> bool:
        return bool(facts(word) & self._bits)


_FIRST_NAMES_COMMON, _FIRST_NAMES = Listed(FIRST_NAME_COMMON), Listed(FIRST_NAME)
_SURNAMES, _SURNAMES_RARE = Listed(SURNAME), Listed(SURNAME_RARE)
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


@cache
def ambiguous() -> frozenset[str]:
    """Names that are also words: Bo, Maj, Vest, Storm."""
    return entries("ambiguous") | (entries("names_that_are_words") - _NAMES_FIRST)


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
