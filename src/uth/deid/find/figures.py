"""Figures (tal): every row of digits in a text, typed or said, with what the words before it announce.

The recognisers of numbers share this one pass. A figure is a chain of digit groups; between two groups
there may be nearly anything that a person puts there: spaces, line breaks, signs, "og så", "streg".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from uth.deid.find import cues
from uth.deid.find.cues import Cue
from uth.deid.find.numbers import NUMBER_WORDS
from uth.deid.words import for_one_text, words

# A lone o among digits is a nought; a lone l or I is one only where digits go on (2 l is two litres).
_RUN = re.compile(
    r"\d[\doOlI]*|(?<=\d[ .-])[oO]{1,2}(?![^\W_])|(?<=\d[ .-])[lI](?=[ .-]\d(?![\d,]))|(?<= [-/(] )[oO](?=[ .-]\d)|(?<= [-/(])[oO](?=[ .-]\d)"
)
_LOOKALIKE = str.maketrans("oOlIxX?*", "00110000")
_UNREADABLE = re.compile(r"(?:[xX?]{1,4}|\*{1,4})(?![^\W_])")
# What stands inside a number, not between two.
_TIGHT = re.compile(r"[ ]{0,3}[-./_~·÷*+\\|]{0,4}[ ]{0,3}|[ ]{0,2}[-/.]?[ ]?\n[ ]{0,2}[-/.]?[ ]{0,2}")
_JOINT = re.compile(
    r"[\s\W_]{0,7}(?:(?:og så|så|og|streg|bindestreg|minus|skråstreg|punktum|lige|slash|plus|mellemrum|x|X|xx|i)[\s\W_]{1,5}){0,2}[\s\W_]{0,4}"
)
_SAID = NUMBER_WORDS | {"null": "0", "tusind": "0", "tusinde": "0", "hundrede": "0", "hundred": "0"}
_LONGEST_JOINT = 16
_ANNOUNCING = frozenset({Cue.CPR, Cue.PHONE, Cue.SHORT, Cue.NR, Cue.ID, Cue.PROVIDER})


class Group(NamedTuple):
    """One unbroken run of digits; `said` is true where it was written as a word."""

    start: int
    end: int
    digits: str
    said: bool = False


class Figure(NamedTuple):
    """Digit groups in a row, the joints between them, and the cue before the first."""

    groups: tuple[Group, ...]
    joints: tuple[str, ...]
    cue: Cue | None
    far: int
    word: str

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    @property
    def digits(self) -> str:
        return "".join([group.digits for group in self.groups])

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple([len(group.digits) for group in self.groups])

    @property
    def said(self) -> int:
        """How many of the groups are words."""
        return sum([group.said for group in self.groups])

    @property
    def endless(self) -> bool:
        return len(self.groups) > 120

    def part(self, first: int, last: int) -> "Figure":
        """The groups first..last (last not included)."""
        return Figure(self.groups[first:last], self.joints[first : last - 1], self.cue, self.far, self.word)

    def apart(self, part: "Figure") -> bool:
        """Is the part the whole figure, or told from the rest of it by more than a space or a sign?"""
        first = self.groups.index(part.groups[0])
        last = first + len(part.groups)
        return (first == 0 or not tight(self.joints[first - 1])) and (
            last == len(self.groups) or not tight(self.joints[last - 1])
        )

    def prefix(self, *wanted: int) -> "Figure | None":
        """The first groups that together have one of the wanted numbers of digits, tried in that order."""
        sums: dict[int, int] = {}
        total = 0
        for count, group in enumerate(self.groups[:24], 1):
            total += len(group.digits)
            sums[total] = count
        return next((self.part(0, sums[total]) for total in wanted if total in sums), None)

    def windows(self, *wanted: int) -> Iterator["Figure"]:
        """Every run of groups with one of the wanted numbers of digits, longest first at each place."""
        if self.endless:
            return
        most = max(wanted)
        sizes = [len(group.digits) for group in self.groups]
        for first in range(len(sizes)):
            total, ends = 0, []
            for last in range(first, len(sizes)):
                total += sizes[last]
                if total > most:
                    break
                if total in wanted:
                    ends.append(last + 1)
            for end in reversed(ends):
                yield self.part(first, end)


def tight(joint: str) -> bool:
    """Is the joint one that stands inside a number, not between two?"""
    return _TIGHT.fullmatch(joint) is not None


@for_one_text
def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in order; several recognisers ask for the same text."""
    return tuple(_figures(text))


def _figures(text: str) -> Iterator[Figure]:
    row: list[Group] = []
    joints: list[str] = []
    for group in _groups(text):
        if row:
            joint = text[row[-1].end : group.start]
            if (
                len(joint) <= _LONGEST_JOINT
                and _joins(joint, row[-1], group)
                and not _after_clock(row, joints, joint)
            ):
                joints.append(joint)
                row.append(group)
                continue
            if _telling(row):
                yield _figure(text, row, joints)
            row, joints = [], []
        row.append(group)
    if row and _telling(row):
        yield _figure(text, row, joints)


def _after_clock(row: list[Group], joints: list[str], joint: str) -> bool:
    """'14:40 - 98 12': a time ends a row."""
    timed = joints and joints[-1] == ":" and len(row[-1].digits) == 2 and len(row[-2].digits) <= 2
    return bool(timed) and joint != ":"


def _telling(row: list[Group]) -> bool:
    """A lone 'en' or 'to' is no figure."""
    return len(row) > 1 or not row[0].said


def _figure(text: str, row: list[Group], joints: list[str]) -> Figure:
    if (
        row[0].said
        and len(row) > 1
        and text[max(0, row[0].start - 8) : row[0].start].lower().endswith(("sidste ", "mine ", "de "))
    ):
        row, joints = row[1:], joints[1:]  # 'de sidste fire 4 4 1 8'
    cue, far, word = cues.before(text, row[0].start)
    return Figure(tuple(row), tuple(joints), cue, far, word)


def _joins(joint: str, left: Group, right: Group) -> bool:
    if len(joint) < 2 and joint in " -./":
        return True
    if (
        not _JOINT.fullmatch(joint)
        or joint.count("\n") > 1
        or any(char in "%=\t" for char in joint)
        or "| " in joint
    ):
        return False
    if (
        left.said != right.said
        and not tight(joint)
        and " og" not in joint
        and (joint != ", " or len(right.digits) not in (1, 4))
    ):
        return False
    return not (" i " in joint and not (left.said and right.said))


def _groups(text: str) -> list[Group]:
    """Typed groups and number words, in order."""
    typed = [group for match in _RUN.finditer(text) if (group := _typed(text, match))]
    said = [Group(w.start, w.end, d, True) for w in words(text) if (d := _SAID.get(w.text.lower()))]
    return _together(text, sorted([*typed, *said], key=_start)) if said else typed


def _start(group: Group) -> int:
    return group.start


def _typed(text: str, match: re.Match[str]) -> Group | None:
    """From a run of digits to a group: look-alike letters before it, unreadable signs after it."""
    start, end = match.span()
    while start and text[start - 1] in "oOlI" and match.start() - start < 3:
        start -= 1
    if start > 1 and text[start - 1] in "xX" and text[start - 2] in " .-/":
        start -= 1  # 'x8', '-xx91'
    elif start > 2 and text[start - 2 : start] in ("xx", "XX") and text[start - 3] in " .-/":
        start -= 2
    if not text[match.start()].isdigit():
        return Group(start, end, text[start:end].translate(_LOOKALIKE))
    if start and text[start - 1].isalpha() and (start < match.start() or not _glued(text, start)):
        return None
    if end < len(text):
        unreadable = _UNREADABLE.match(text, end) if text[end] in "xX?*" else None
        if unreadable and not _asks(text, end):
            end = unreadable.end()
        elif text[end].isalpha() and not _ends_well(text, end):
            return None
    return Group(start, end, text[start:end].translate(_LOOKALIKE))


def _asks(text: str, end: int) -> bool:
    """'1813??' is a question, '68?6' has an unreadable digit; so have '12xx' and '12**'."""
    goes_on = text[end : end + 5].lstrip("?*")[:1].isdigit()
    if text[end] == "?":
        return not goes_on
    return text[end] == "*" and text[end + 1 : end + 2] != "*" and not goes_on


def _glued(text: str, start: int) -> bool:
    """'cpr010203', 'nr128734': a word that announces a number ran into it."""
    at = start
    while at and text[at - 1].isalpha() and start - at < 12:
        at -= 1
    word = text[at:start].lower()
    return len(word) > 1 and (word in NUMBER_WORDS or cues.CUES.get(word, Cue.GOODS) in _ANNOUNCING)


def _ends_well(text: str, end: int) -> bool:
    """'3113s svar', '7900Nykøbing', '22tre': what follows belongs to the next word."""
    after = text[end : end + 12]
    if after[0] == "s" and not after[1:2].isalpha():
        return True
    if after[0].isupper():
        return len(after) > 2 and after[1].islower() and after[2].islower()
    return any(
        after.startswith(word)
        for word in ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
    ) and not after[:4].startswith(("ns", "nd"))


_TENS = frozenset(["20", "30", "40", "50", "60", "70", "80", "90"])


def _together(text: str, groups: list[Group]) -> list[Group]:
    """'fem og tyve' is one group; so are 'fire tusind og elleve' and 'nitten hundrede fem'."""
    kept: list[Group] = []
    for group in groups:
        left = kept[-1] if kept else None
        if (
            left
            and group.said
            and left.said
            and len(left.digits) == 1
            and group.digits in _TENS
            and group.digits != left.digits
        ) and text[left.end : group.start] in (" og ", "-og-", " og", "og "):
            kept[-1] = Group(left.start, group.end, group.digits[0] + left.digits, True)
            continue
        kept.append(group)
    return kept
