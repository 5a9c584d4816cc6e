"""Places (steder): towns and villages, and the number of a room, bed or flat."""

import re
from collections.abc import Iterator, Sequence

from uth.deid import lexicon
from uth.deid.find.pattern import before, span
from uth.deid.find.person import Strength, opens, strength_of
from uth.deid.lexicon import OPENS_PLACE, TOWN, VILLAGE, facts
from uth.deid.span import Kind, Span
from uth.deid.words import Word, words

NAME = "place"

_ROOM = re.compile(
    r"(?<![^\W_])(?:sengestue|enestue|stue|seng|sengeplads|plads|værelse|vær\.?|lejlighed|lejl\.?|bolig|rum|operationsstue|opstue|op-stue|isolationsstue|box|boks|opgang|blok|skab|dør|etage|bygning)(?:s?n?r\.?| nr\.?| nummer|en)?[ ]{0,2}"
    r"(?P<no>\d{1,4}(?:[.-]\d{1,3})?[A-Za-z]?|[A-ZÆØÅ]\d{0,3})(?![\w]|[.,]\d|[ ]?(?:mg|ml|kl|timer|min|dage|gange|patient|person|meter|m\b|sal))",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"(?<![^\W_])(?:i|fra|til|på|ved|nær|mod|omkring|udenfor|uden for|over|bor i|flyttet til|via|mellem)[ ]$"
)


_ROOM_ALONE = re.compile(r"(?<![^\W_])(?:på|fra|til|i)[ ](?P<no>\d{1,3}[a-dA-D])(?![\w])")
_SOMEWHERE = re.compile(
    r"(?<=[^.!?:\n])[ ](?:i|fra|til|på|nær|via)[ ](?P<name>[A-ZÆØÅ][a-zæøå]{3,30}(?:-[A-ZÆØÅ][a-zæøå]{2,20})?)(?![^\W_])"
)


def find(text: str) -> list[Span]:
    """Towns, islands and districts, and room numbers; 'stue' itself stays."""
    found = [span(m, Kind.LOCATION, NAME, 0.75, "no") for m in _ROOM.finditer(text) if _is_number(m["no"])]
    found += [span(m, Kind.LOCATION, NAME, 0.6, "no") for m in _ROOM_ALONE.finditer(text)]
    found += [
        span(m, Kind.LOCATION, NAME, 0.5, "name") for m in _SOMEWHERE.finditer(text) if _unknown(m["name"])
    ]
    return [*found, *_towns(text, words(text))]


def _unknown(name: str) -> bool:
    """Danish writes common nouns small: an unknown capitalised word after 'i' or 'fra' is somewhere."""
    low = name.lower()
    return (
        strength_of(name) is Strength.UNKNOWN
        and low not in lexicon.abbreviations()
        and not low.endswith(_AUTHORITY)
    )


_AUTHORITY = (
    "loven",
    "ombuddet",
    "styrelsen",
    "ministeriet",
    "rådet",
    "nævnet",
    "registret",
    "registeret",
    "instituttet",
    "institut",
    "foreningen",
    "bekendtgørelsen",
    "databasen",
    "forbundet",
    "fonden",
)


def _is_number(value: str) -> bool:
    return any(char.isdigit() for char in value) or value.isupper()


def _towns(text: str, found: Sequence[Word]) -> Iterator[Span]:
    at = 0
    while at < len(found):
        size = _town_size(text, found, at)
        if size:
            start, end = found[at].start, found[at + size - 1].end
            yield Span(start, end, Kind.LOCATION, text[start:end], NAME, 0.7)
        at += max(size, 1)


def _town_size(text: str, found: Sequence[Word], at: int) -> int:
    """How many words the place name beginning here has; none if there is none."""
    word = found[at]
    low = word.lower
    bits = facts(low)
    if bits & OPENS_PLACE:
        for size in (3, 2):
            name = text[word.start : found[at + size - 1].end].lower() if at + size <= len(found) else "\n"
            if len(name) <= 30 and "\n" not in name and _is_place(text, word, name):
                return size
    if bits & (TOWN | VILLAGE) and _is_place(text, word, low):
        return 1
    genitive = word.capital and low[-1] == "s" and len(low) > 5 and _is_place(text, word, low[:-1])
    return 1 if genitive else 0


def _is_place(text: str, word: Word, name: str) -> bool:
    known = name in lexicon.towns()
    if not known and name not in lexicon.villages():
        return False
    if _regional(text, word.start) or name in lexicon.innocent() or name in lexicon.stopwords():
        return False
    cued = bool(_PREPOSITION.search(text[max(0, word.start - 14) : word.start].lower()))
    if not word.capital:
        return (
            cued and known and len(name) >= 5 and name not in lexicon.ambiguous() and name not in _LOWER_WORDS
        )
    if not known:
        return cued and name not in lexicon.ambiguous()
    plain = name not in lexicon.ambiguous() and name not in lexicon.first_names_common()
    return cued or (plain and (len(name) > 4 or not opens(text, word.start)))


_LOWER_WORDS = frozenset({"stege", "faxe", "skive", "ringe", "hammel", "stilling", "lunde"})


def _regional(text: str, start: int) -> bool:
    """'Region Sjælland' is an authority every report may name."""
    return before(text, start, 8).endswith("region ")
