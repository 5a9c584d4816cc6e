"""Official lists (officielle lister): from the open files of names, streets and places to lists the engine can pack.

A file may be JSON (a list, or one value a line), CSV with a heading, or plain lines. Names that are ordinary words
are left out or held back, so that a list of every name in the country does not hide every other word.
"""

import csv
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from uth.deid.lexicon import ABBREVIATION, BEFORE_A_NAME, INNOCENT, STOPWORD, VERB, by_hand, shipped
from uth.deid.lexicon import entries as by_name
from uth.deid.packed import LISTS

COMMON_FIRST_NAMES = 2_500  # of each file, one a sex: these are names also in lower case
COMMON_SURNAMES = 6_000  # the rest count beside another name only
RARE = ("first_names", "surnames_rare", "villages")
FEWEST = 3  # bearers, where the file counts them

NAME = re.compile(
    r"[a-zà-öø-ÿāćčđēęěğģıīķłļńňņőřśşšșťțūůűųźżžạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ'-]{2,24}"
)
# A street whose ending says so is found by its shape; the list is for the others.
_SAYS_STREET = re.compile(
    r"(?:vej|gade|gaden|vejen|allé|alle|alléen|stræde|strædet|plads|pladsen|torv|torvet|boulevard|vænget|vænge|parken|"
    r"park|toften|haven|have|bakken|marken|lunden|stien|sti|engen|ager|ageren|vang|vangen|skrænten|krogen|kæret|"
    r"løkken|dalen|højen|skoven|svinget|kaj|gård|gården|hegnet|diget)$"
)
_DISTRICT = re.compile(r"\s(?:[a-zæøå]{1,2}|sv|nv|nø|sø)$")
_ESTATE = re.compile(r"\s(?:by|gde\.?|ejerlav|købstads? .*|m\.? ?fl\.?)$")
_PLACE = re.compile(r"[a-zæøåéü]{4,}(?: [a-zæøåéü]{4,})?")
_LOOKS_LIKE_ONE = re.compile(r"(?=.*[^\W\d_])[\w .,;'’´`\"&+/()-]{1,80}")
_COLUMNS = (
    "navn",
    "fornavn",
    "efternavn",
    "vejnavn",
    "stednavn",
    "primærtnavn",
    "postnummernavn",
    "ejerlavsnavn",
    "bynavn",
    "name",
)
_COUNTS = ("antal", "personer", "count", "forekomster")


class NotRead(Exception):
    """A file is none that we know how to read; the message is the Danish sentence to show."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name, lower case, and how many bear it where the file says so."""

    name: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Sources:
    """What each file of a kind holds, in the file's own order: the most borne first."""

    first_names: Sequence[Sequence[Entry]] = ()
    surnames: Sequence[Sequence[Entry]] = ()
    streets: Sequence[Sequence[Entry]] = ()
    towns: Sequence[Sequence[Entry]] = ()
    villages: Sequence[Sequence[Entry]] = ()
    words: Sequence[Sequence[Entry]] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """The lists to pack, and the names left out because they are words."""

    lists: Mapping[str, Collection[str]]
    left_out: Collection[str]
    new: Mapping[str, int]  # how many words each list has that the shipped one has not


def entries(content: bytes) -> list[Entry]:
    """The names of a file; raises NotRead."""
    text = _text(content)
    begins = text.lstrip()[:1]
    try:
        if begins == "[":
            found = [_entry(value) for value in json.loads(text)]
        elif begins in ('"', "{") and text.lstrip().splitlines()[0].rstrip().endswith(('"', "}")):
            found = [_entry(json.loads(line)) for line in text.splitlines() if line.strip()]
        else:
            found = list(_rows(text))
    except (ValueError, KeyError, csv.Error):
        raise NotRead(
            "Filen er ikke til at læse som JSON eller CSV. Hent den igen, eller gem den som CSV."
        ) from None
    named = [entry for entry in found if _LOOKS_LIKE_ONE.fullmatch(entry.name)]
    if len(named) < 0.9 * len(found) or not named:
        raise NotRead("Filen ligner ikke en liste med navne. Se efter, at det er den rigtige.")
    return named


def build(sources: Sources) -> Built:
    """The shipped lists and those of the files together."""
    ours = {name: set(shipped().words(name)) for name in LISTS}
    lists = {name: set(words) for name, words in ours.items()}
    for file in sources.first_names:
        common, rare = _by_rank(file, COMMON_FIRST_NAMES)
        lists["first_names_common"] |= common
        lists["first_names"] |= rare
    for file in sources.surnames:
        common, rare = _by_rank(file, COMMON_SURNAMES)
        lists["surnames"] |= common
        lists["surnames_rare"] |= rare
    lists["streets"] |= {name for name in _all(sources.streets) if is_street(name)}
    lists["towns"] |= set(town_forms(_all(sources.towns)))
    lists["villages"] |= set(village_names(_all(sources.villages))) - lists["towns"]
    left_out = _hold_back(lists, ours, set(_all(sources.words)))
    lists["first_names"] -= lists["first_names_common"]
    lists["surnames_rare"] -= lists["surnames"]
    return Built(lists, sorted(left_out), {name: len(lists[name] - ours[name]) for name in LISTS})


def _hold_back(lists: dict[str, set[str]], ours: Mapping[str, set[str]], words: set[str]) -> set[str]:
    """Take ordinary words out of what the files added; the most borne names that are words are kept as such."""
    never = STOPWORD | INNOCENT | ABBREVIATION | VERB | BEFORE_A_NAME
    harmless = {word for word, bits in by_hand().items() if bits & never}
    ordinary = words | by_name("words_not_names")
    left_out: set[str] = set()
    for name in ("first_names_common", "first_names", "surnames", "surnames_rare", "villages"):
        out = harmless | ordinary if name in RARE else harmless
        left_out |= out & (lists[name] - ours[name])
        lists[name] -= out - ours[name]
    lists["names_that_are_words"] |= words & (lists["first_names_common"] | lists["surnames"])
    return left_out


def _by_rank(file: Sequence[Entry], most: int) -> tuple[set[str], set[str]]:
    """The most borne names and the rest; where a file neither counts nor ranks, all are the rest."""
    names = [entry for entry in file if NAME.fullmatch(entry.name)]
    if any(entry.count is not None for entry in names):
        names = sorted(
            (entry for entry in names if (entry.count or 0) >= FEWEST), key=lambda entry: -(entry.count or 0)
        )
    elif [entry.name for entry in names] == sorted(entry.name for entry in names):
        most = 0
    ranked = [entry.name for entry in names]
    return set(ranked[:most]), {name for name in ranked[most:] if len(name) > 2}


def _all(files: Iterable[Iterable[Entry]]) -> Iterator[str]:
    return (entry.name for file in files for entry in file)


def is_street(name: str) -> bool:
    return len(name) > 3 and not _SAYS_STREET.search(name) and not any(char.isdigit() for char in name)


def town_forms(names: Iterable[str]) -> Iterator[str]:
    """'københavn k' is also 'københavn'."""
    for name in names:
        if not any(char.isdigit() for char in name):
            yield from (each for each in (name, _DISTRICT.sub("", name)) if len(each) > 1)


def village_names(names: Iterable[str]) -> Iterator[str]:
    """'Risby By, Herstedvester' -> 'risby'."""
    for name in names:
        bare = _ESTATE.sub("", name.split(",")[0].strip())
        if _PLACE.fullmatch(bare):
            yield bare


def _text(content: bytes) -> str:
    if content.startswith(b"PK"):
        raise NotRead("Filen er et regneark. Åbn den, og gem den som CSV.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _entry(value: object) -> Entry:
    """A JSON value: the name itself, or an object with the columns of a CSV file."""
    if isinstance(value, str):
        return Entry(_plain(value), None)
    if not isinstance(value, dict):
        raise ValueError
    row = {str(key).lower(): str(cell) for key, cell in value.items() if cell is not None}
    column = next(name for name in (*_COLUMNS, "") if name in row or not name)
    return Entry(_plain(row[column]), _count(next((row[name] for name in _COUNTS if name in row), "")))


def _rows(text: str) -> Iterator[Entry]:
    """The rows of a CSV file, or lines with a name and perhaps a number."""
    lines = [line for line in text.splitlines() if line.strip()]
    mark = next((mark for mark in ";\t," if lines and mark in lines[0]), ";")
    rows = csv.reader(lines, delimiter=mark)
    heading = [cell.strip().lower() for cell in next(csv.reader(lines[:1], delimiter=mark), [])]
    at = next((heading.index(name) for name in _COLUMNS if name in heading), None)
    counted = next((heading.index(name) for name in _COUNTS if name in heading), None)
    if at is not None:
        next(rows)
    elif len(heading) > 2:
        raise NotRead(
            f"Ingen kolonne i filen hedder {', '.join(_COLUMNS[:6])}. Giv kolonnen med navne en af dem."
        )
    for row in rows:
        cells = [cell.strip() for cell in row]
        if at is None:
            number = next((count for cell in cells if (count := _count(cell)) is not None), None)
            name = next((cell for cell in cells if _count(cell) is None), "")
            yield Entry(_plain(name), number)
        elif len(cells) > at:
            yield Entry(
                _plain(cells[at]),
                _count(cells[counted]) if counted is not None and len(cells) > counted else None,
            )


def _count(cell: str) -> int | None:
    digits = cell.strip().replace(".", "").replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else None


def _plain(name: str) -> str:
    return " ".join(name.lower().split())
