"""Known numbers (kendte numre): the digits of a known identity however they are grouped, said, split or mistyped."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from uth.deid.find.numbers import NUMBER_WORDS
from uth.deid.near import one_edit
from uth.deid.span import Kind, KnownIdentity, Span

NAME = "known"

KINDS = (Kind.CPR, Kind.PHONE, Kind.PROFESSION_ID, Kind.ID)
_RUN = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d[\doOlIоО]*")
_APART = re.compile(r"[\W_]{0,8}")
_LOOKS = str.maketrans("oOlIоО", "001100")
_FILLERS = frozenset(
    [
        "og",
        "så",
        "i",
        "bindestreg",
        "streg",
        "minus",
        "punktum",
        "plus",
        "er",
        "en",
        "den",
        "de",
        "sidste",
        "fire",
    ]
)
_TENS = {"tyve": "2", "tredive": "3", "tredve": "3", "fyrre": "4", "halvtreds": "5", "tres": "6", "halvfjerds": "7", "firs": "8", "halvfems": "9"}  # fmt: skip
_MONTHS = (
    ("januar", "jan"), ("februar", "feb"), ("marts", "mar", "mart", "marst"), ("april", "apr", "aprill"), ("maj",), ("juni", "jun"),
    ("juli", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("oktober", "okt"), ("november", "nov"), ("december", "dec"),
)  # fmt: skip
_MONTH = {name: f"{number:02}" for number, names in enumerate(_MONTHS, 1) for name in names}
_BORN = re.compile(r"(?:født\w*|f\.|fødselsda\w*|fylder|cpr\w*|den|d\.)[ \n:]{0,2}$", re.IGNORECASE)
_MEASURE = re.compile(r"[ ]?(?:mg|ml|g\b|kg|kr|stk|ie\b|%|mmol|år|min|timer|kl\b)|[.,]\d", re.IGNORECASE)
_CENTURIES = ("18", "19", "20")
_NOTED = 60  # a longer row that holds the very number is no note, and is not searched for slips of it
_LONGEST = 400  # digit groups in a row; longer ones are machine output


class _Group(NamedTuple):
    """Digits that stand together, or one number word."""

    start: int
    end: int
    digits: str
    word: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """The digits of one known number."""

    kind: Kind
    digits: str


def wanted(known: Sequence[KnownIdentity]) -> tuple[Wanted, ...]:
    """The numbers among the known identities, without country codes; one field may hold several telephones."""
    found: dict[Wanted, None] = {}
    for one in known:
        if one.kind not in KINDS:
            continue
        for digits in _numbers(one):
            if len(digits) > 3:
                found[Wanted(one.kind, digits)] = None
    return tuple(found)


def _numbers(one: KnownIdentity) -> list[str]:
    folded = "".join(str(int(char)) if char.isdecimal() else char for char in one.text)
    if one.kind is not Kind.PHONE:
        return ["".join(filter(str.isdigit, folded))] if not any(map(str.isalpha, folded)) else []
    numbers: list[str] = []
    for piece in re.split(r"[^\d +().-]+", folded):
        digits = "".join(filter(str.isdigit, piece))
        digits = digits.removeprefix("00") if len(digits) > 10 else digits
        digits = digits.removeprefix("45") if len(digits) > 8 else digits
        numbers += [digits[at : at + 8] for at in range(0, 16, 8)] if len(digits) == 16 else [digits]
    return numbers


def find(text: str, numbers: Sequence[Wanted]) -> Iterator[Span]:
    """Every place where the digits of a known number stand."""
    if not numbers:
        return
    for chain in _chains(text):
        for one in numbers:
            yield from _in_chain(chain, one)


class _Chain:
    """Digit groups with little between them, and how many digits stand before each and in all."""

    def __init__(self, text: str, groups: Sequence[_Group]) -> None:
        self.text, self.groups = text, groups
        self.digits = "".join(group.digits for group in groups)
        self.edges = list(accumulate((len(group.digits) for group in groups), initial=0))

    def span(self, first: int, last: int, kind: Kind, score: float) -> Span:
        """The groups that hold the digits first..last, and a country code before a telephone number."""
        if kind is Kind.PHONE and self.digits.endswith("45", 0, first):
            first -= 4 if self.digits.endswith("0045", 0, first) else 2
        here = bisect_right(self.edges, first) - 1
        there = bisect_left(self.edges, last) - 1
        return self.stretch(here, there + 1, kind, score)

    def ends(self, first: int, digits: str) -> int:
        """Where the groups end that begin with group `first` and are just these digits; 0 if none are."""
        end = self.edges[first] + len(digits)
        if not self.digits.startswith(digits, self.edges[first]):
            return 0
        last = bisect_left(self.edges, end)
        return last if self.edges[last] == end else 0

    def stretch(self, here: int, there: int, kind: Kind, score: float) -> Span:
        """The groups here..there (there not included)."""
        start, end = self.groups[here].start, self.groups[there - 1].end
        return Span(start, end, kind, self.text[start:end], NAME, score)


def _in_chain(chain: _Chain, one: Wanted) -> Iterator[Span]:
    for spelling in _spellings(one):
        place = chain.digits.find(spelling)
        whole = place >= 0
        while place >= 0:
            yield chain.span(place, place + len(spelling), one.kind, 1.0)
            place = chain.digits.find(spelling, place + len(spelling))
        if len(spelling) > 5 and not (whole and len(chain.groups) > _NOTED):
            yield from _mistyped(chain, spelling, one.kind)
    if one.kind is Kind.CPR and len(one.digits) == 10:
        yield from _halves(chain, one.digits)


def _spellings(one: Wanted) -> Iterator[str]:
    yield one.digits
    if one.kind is Kind.CPR and len(one.digits) == 10:
        yield from (one.digits[:4] + century + one.digits[4:] for century in _CENTURIES)


def _mistyped(chain: _Chain, wanted: str, kind: Kind) -> Iterator[Span]:
    """One digit wrong, missing or too many, or two swapped, where whole groups make the number."""
    size, half = len(wanted), len(wanted) // 2
    head, tail = wanted[:half], wanted[half:]
    swapped = head[:-1] + tail[0] + head[-1] + tail[1:]
    digits = chain.digits
    if not (head in digits or tail in digits or swapped in digits):
        return
    ends = set(chain.edges)
    for first in chain.edges[:-1]:
        begin = first
        if kind is Kind.PHONE and digits.startswith(("45", "0045"), first):
            begin += 2 if digits[first] == "4" else 4
        for start in {first, begin}:
            for end in (start + size, start + size - 1, start + size + 1):
                piece = digits[start:end]
                near = piece.startswith(head) or piece.endswith(tail) or piece == swapped
                if near and end in ends and piece != wanted and one_edit(piece, wanted):
                    yield chain.span(first, end, kind, 0.9)


def _halves(chain: _Chain, cpr: str) -> Iterator[Span]:
    """The birth date in any order and spelling, and the last four by themselves."""
    groups, edges = chain.groups, chain.edges
    month = (cpr[2:4], cpr[2:4].lstrip("0"))
    for first, group in enumerate(groups):
        written = 0
        for piece in (cpr[:6], cpr[6:]):
            last = chain.ends(first, piece)
            if last and (len(piece) == 6 or not _is_other(chain, first, last)):
                written = last
                yield chain.stretch(first, last, Kind.CPR, 0.8)
        if len(group.digits) == 8:
            yield from _born(chain, first, first + 1, cpr)
        if (
            first + 1 < len(groups) and groups[first + 1].digits in month
        ):  # the month is second, day or year first
            for last in range(first + 2, min(first + 4, len(groups)) + 1):
                if last != written and edges[last] - edges[first] <= 8:
                    yield from _born(chain, first, last, cpr)


def _born(chain: _Chain, first: int, last: int, cpr: str) -> Iterator[Span]:
    """The groups, if they are the birth date and long enough, or told to be one."""
    if not _birth([group.digits for group in chain.groups[first:last]], cpr):
        return
    start = chain.groups[first].start
    long = last - first > 2 or chain.edges[last] - chain.edges[first] > 5
    if long or _BORN.search(chain.text[max(0, start - 16) : start]):
        yield chain.stretch(first, last, Kind.DATE, 0.8)


def _birth(groups: Sequence[str], cpr: str) -> bool:
    """Day and month with or without the year, or the year first; any of them may lack its zero."""
    day, month, year = int(cpr[:2]), int(cpr[2:4]), int(cpr[4:6])
    day -= 60 if day > 60 else 0
    if len(groups) == 1:
        only = groups[0]
        return len(only) == 8 and (
            (only[:4] == f"{day:02}{month:02}" and only[6:] == cpr[4:6])
            or only[2:] == f"{year:02}{month:02}{day:02}"
        )
    if len(groups) > 3 or any(len(group) not in (1, 2, 4) for group in groups):
        return (
            len(groups) == 4
            and groups[2] in ("19", "20")
            and _birth([*groups[:2], groups[2] + groups[3]], cpr)
        )
    values = [int(group) for group in groups]
    if len(groups) == 2:
        return values == [day, month] and len(groups[1]) < 3
    if len(groups[0]) == 4 or values[0] > 31:
        return values[0] % 100 == year and values[1:] == [month, day]
    return values[:2] == [day, month] and values[2] % 100 == year and len(groups[2]) != 1


def _is_other(chain: _Chain, first: int, last: int) -> bool:
    """Four digits that are a dose, a year beside a date, or a part of a longer number."""
    if _MEASURE.match(chain.text, chain.groups[last - 1].end):
        return True
    ahead = chain.groups[first - 1].digits if first else ""
    if ahead and chain.groups[first].digits.startswith(("19", "20")) and len(ahead) < 3:
        return True
    return last - first > 1 and (last < len(chain.groups) or chain.edges[first] not in (0, 6))


def _chains(text: str) -> Iterator[_Chain]:
    chain: list[_Group] = []
    last = -1
    fillers = 0
    for match in _RUN.finditer(text):
        run = match.group()
        groups = _groups(match.start(), run)
        apart = last < 0 or _APART.fullmatch(text, last, match.start()) is not None
        if not groups and chain and apart and fillers < 4 and run.lower() in _FILLERS:
            last, fillers = match.end(), fillers + 1
            continue
        if chain and (not groups or not apart or len(chain) > _LONGEST):
            yield from _readings(text, chain)
            chain = []
        if groups:
            chain += groups
            last, fillers = match.end(), 0
    if chain:
        yield from _readings(text, chain)


def _groups(start: int, run: str) -> list[_Group]:
    """The digits of a run of letters and digits; letters that look like digits count as such."""
    low = run.lower()
    if run.isdecimal():
        return [_Group(start, start + len(run), run.translate(_LOOKS), word=False)]
    if low in NUMBER_WORDS or low in _MONTH:
        return [_Group(start, start + len(run), NUMBER_WORDS.get(low) or _MONTH[low], word=True)]
    plain = run.translate(_LOOKS)
    if plain.isdecimal() and len(run) < 40 and run != "i":
        return [_Group(start, start + len(run), plain, word=False)]
    return [
        _Group(start + m.start(), start + m.end(), m.group().translate(_LOOKS), word=False)
        for m in _DIGITS.finditer(run)
    ]


def _readings(text: str, chain: list[_Group]) -> Iterator[_Chain]:
    """'fem og tyve' is 25; a chain that says so is read that way too."""
    yield _Chain(text, chain)
    said: list[_Group] = []
    for group in chain:
        before = said[-1] if said else None
        tens = _TENS.get(text[group.start : group.end].lower())
        if (
            before
            and tens
            and before.word
            and len(before.digits) == 1
            and text[before.end : group.start].strip(" -\n") == "og"
        ):
            said[-1] = _Group(before.start, group.end, tens + before.digits, word=True)
        else:
            said.append(group)
    if len(said) < len(chain):
        yield _Chain(text, said)
