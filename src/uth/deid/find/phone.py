"""Telephone numbers (telefonnumre): eight digits in any grouping, with country code, in words; short ones by their word."""

import re
from collections.abc import Iterator
from itertools import pairwise

from uth.deid.find.cues import Cue
from uth.deid.find.figures import Figure, figures, tight
from uth.deid.find.pattern import after, before
from uth.deid.span import Kind, Span

NAME = "phone"

# Numbers everybody knows: emergency, doctor on call, poison line, life line.
NATIONAL = frozenset(
    {
        "112",
        "113",
        "114",
        "1813",
        "1818",
        "1881",
        "116111",
        "116117",
        "82121212",
        "70201201",
        "11456114",
        "1777",
    }
)
_GROUPS = {
    (8,),
    (4, 4),
    (2, 2, 2, 2),
    (3, 2, 3),
    (2, 3, 3),
    (3, 3, 2),
    (2, 6),
    (2, 2, 4),
    (4, 2, 2),
    (2, 4, 2),
    (1,) * 8,
}
_CALLING = frozenset({Cue.PHONE, Cue.RING})
_NOT_PHONE = frozenset({Cue.GOODS, Cue.MEASURE, Cue.CPR, Cue.ID, Cue.BORN})
_UNIT = re.compile(
    r"[ ]?(?:mg|ml|mikrogram|µg|ug|mcg|g\b|kg|gram|ie\b|enheder|kr\b|kroner|%|mmol|mol|u/l|cm|mm|l\b|liter|kcal|kj|stk|gange|minut|min\b|"
    r"timer?\b|dage?\b|uger?\b|sek|år\b|forsøg|patient|borger|tabl|døgn|x\b)"
)
_COUNTRY = re.compile(r"(?<!\d)(?:\+|00)?45[ )]{1,2}$")
_UNREADABLE = re.compile(r"[ .-]?(?:[xX]{1,4}|\*{1,4})(?![^\W_])")
_LOKAL = frozenset(
    {
        "lokal",
        "lokalnr",
        "lok",
        "lokalnummer",
        "lokaltlf",
        "dect",
        "bip",
        "kaldenr",
        "kaldenummer",
        "ext",
        "omst",
    }
)
_AFTER = re.compile(r"[ ]?[(,]?[ ]?(?:lok(?:al)?\.?|internt?|dect|bip|på lokal)(?![^\W_])")


def find(text: str) -> list[Span]:
    """Telephone numbers."""
    return [*_in_figures(text)]


def _in_figures(text: str) -> Iterator[Span]:
    for figure in figures(text):
        count = len(figure.digits)
        part, score = _announced(text, figure, count)
        if part and score:
            yield _span(text, part, score)
        if count >= 8 and not figure.endless:
            yield from _bare(text, figure, part.end if part else 0)


def _span(text: str, part: Figure, score: float) -> Span:
    unreadable = _UNREADABLE.match(text, part.end) if len(part.digits) < 8 else None
    end = unreadable.end() if unreadable else part.end
    country = _COUNTRY.search(text, max(0, part.start - 8), part.start)
    start = country.start() if country else part.start
    return Span(start, end, Kind.PHONE, text[start:end], NAME, score)


def _announced(text: str, figure: Figure, count: int) -> tuple[Figure | None, float]:
    """A figure after a word of calling, or after a plus."""
    if text[max(0, figure.start - 2) : figure.start].rstrip("(").endswith("+") or figure.digits.startswith(
        ("0045", "0046", "0047", "0049")
    ):
        return _abroad(figure, count)
    if figure.cue is Cue.SHORT and figure.far <= 2:
        return _short(text, figure, count)
    if count <= 6 and _AFTER.match(after(text, figure.end)) and figure.cue is not Cue.MEASURE:
        return (figure, 0.7) if count >= 2 and figure.digits not in NATIONAL else (None, 0.0)
    if (figure.cue in _CALLING and figure.far <= 6) or (
        figure.cue is Cue.NR and figure.far <= 2 and 7 <= count <= 9
    ):
        return _called(text, figure, count)
    return None, 0.0


def _abroad(figure: Figure, count: int) -> tuple[Figure | None, float]:
    """After '+' or '00': a Danish number of eight digits, or a foreign one of up to thirteen."""
    digits = figure.digits
    if digits.startswith(("45", "0045")):
        lead = 4 if digits.startswith("00") else 2
        skip = 1 if digits[lead : lead + 1] == "0" else 0
        return figure.prefix(lead + skip + 8, lead + 8, lead + 7, lead + 9), 0.95
    if count < 7:
        return None, 0.0
    loose = next(
        (at for at, joint in enumerate(figure.joints, 1) if "\n" in joint or "," in joint), len(figure.groups)
    )
    return (
        (figure.part(0, loose), 0.85)
        if 7 <= len(figure.part(0, loose).digits) <= 15
        else (figure.prefix(10, 11, 9, 12), 0.6)
    )


def _short(text: str, figure: Figure, count: int) -> tuple[Figure | None, float]:
    """'lokal 4417', 'bip 4-0-0-7', 'kald 7 3318': two to six digits, one where the word leaves no doubt."""
    part = figure if count <= 6 else figure.prefix(8, 4, 5, 3, 6, 2)
    if not part or part.digits in NATIONAL or _UNIT.match(after(text, part.end)):
        return None, 0.0
    if _hours(figure) and figure.word not in _LOKAL:
        return None, 0.0
    sure = figure.word in _LOKAL or len(figure.word) > 6
    if len(part.digits) == 1:
        return part, 0.5 if figure.word in _LOKAL and figure.far == 0 and not part.said else 0.0
    if part.said and len(part.digits) < 3:
        return None, 0.0
    return part, 0.85 if sure or len(part.digits) in (4, 5, 6, 8) else 0.6


def _called(text: str, figure: Figure, count: int) -> tuple[Figure | None, float]:
    """'tlf. 26 118 90', 'ring 4 4 5 0 1', 'træffes på 97 5222 61', and 'mit nr (5 0) 33 44 - 8 1'."""
    if _hours(figure):
        return None, 0.0
    noun = figure.cue is Cue.PHONE
    ends = (at for at, joint in enumerate(figure.joints, 1) if _closes(joint))
    row = figure.part(0, next(ends, len(figure.groups)))
    part = row if 7 <= len(row.digits) <= 10 else figure.prefix(8, 10, 9, 7)
    eight = figure.prefix(8)
    if (
        eight
        and len(eight.groups) < len(figure.groups)
        and figure.joints[len(eight.groups) - 1] in (". ", ", ", "\n")
    ):
        part = eight
    if not part or part.digits in NATIONAL:
        return (figure, score) if (score := _called_short(text, figure, count)) else (None, 0.0)
    if _mixed(part) or (len(part.digits) == 10 and not noun):
        return part, 0.4
    return part, (0.95 if noun else 0.85) if figure.far <= 2 else 0.7 if len(part.digits) == 8 else 0.5


def _called_short(text: str, figure: Figure, count: int) -> float:
    """Three to six digits right after 'tlf.' or 'ring'."""
    noun = figure.cue is Cue.PHONE
    on = not noun and text[: figure.start].rstrip("( *").endswith((" på", " på:", " fra"))
    if figure.cue is Cue.NR or figure.digits in NATIONAL or not 3 <= count <= 6:
        return 0.0
    if figure.far > (2 if noun else 3 if on else 0):
        return 0.0
    if _UNIT.match(after(text, figure.end)) or figure.said * 2 > count:
        return 0.0
    if noun:
        return 0.6 if count < 5 else 0.8
    number = int(figure.digits)
    clock = len(figure.groups) <= 2 and count in (3, 4) and number < 2400 and number % 100 < 60
    return 0.25 if clock or count == 3 else 0.55


def _closes(joint: str) -> bool:
    if ". " in joint and len(joint) > 3:
        return True
    return not tight(joint) and not set(joint) <= set(" ()[]\"'-./…,;:")


def _hours(figure: Figure) -> bool:
    """'9.05, 11.20 og 14.50' and '8-15' are times."""
    sizes = figure.lengths
    if sizes == (2, 2, 2, 2) and "," not in "".join(figure.joints):
        return _from_to(figure)
    small = all(size <= 2 for size in sizes) and len(sizes) in (2, 4, 6)
    if not small or not all(int(group.digits) < 60 for group in figure.groups):
        return False
    return (
        all(joint in (".", ":", "-", " - ", "–") for joint in figure.joints[::2])
        and int(figure.groups[0].digits) < 25
    )


def _from_to(figure: Figure) -> bool:
    """'21.10-21.55'."""
    numbers = [int(group.digits) for group in figure.groups]
    early, dash, late = figure.joints
    timed = early == late and early in (".", ":") and dash.strip() in ("-", "–")
    return timed and max(numbers[::2]) < 25 and max(numbers[1::2]) < 60


def _mixed(part: Figure) -> bool:
    """A decimal comma or a clock inside: values, not a number."""
    return (
        any(joint in (",", ":") for joint in part.joints)
        and len(part.groups) > 2
        and part.lengths != (2, 2, 2, 2)
    )


def _bare(text: str, figure: Figure, done: int) -> Iterator[Span]:
    """Eight digits in a row, without a word that says so."""
    for part in figure.windows(8, 10, 12):
        if part.start < done:
            continue
        score = _confidence(text, figure, part)
        if score:
            done = part.end
            yield _span(text, part, score)


def _confidence(text: str, figure: Figure, part: Figure) -> float:
    digits = part.digits
    announced = part.start == figure.start and figure.cue in _NOT_PHONE and figure.far <= 1
    if announced or digits in NATIONAL or _UNIT.match(after(text, part.end)):
        return 0.0
    if len(digits) > 8:
        return _with_country(part)
    if not all(map(tight, part.joints)):
        return _commas(figure, part)
    if digits[0] in "01":
        return 0.35 if part.lengths == (8,) and not _looks_like_date(part) else 0.0
    if part.said:
        return 0.85 if part.said > 1 else 0.5
    return 0.0 if _looks_like_date(part) else _by_shape(text, figure, part)


def _with_country(part: Figure) -> float:
    if not part.digits.startswith("45" if len(part.digits) == 10 else "0045") or not all(
        map(tight, part.joints)
    ):
        return 0.0
    return 0.85 if part.lengths[1:] in _GROUPS and part.lengths[0] == 2 else 0.4


def _by_shape(text: str, figure: Figure, part: Figure) -> float:
    lengths = part.lengths
    apart = figure.apart(part)
    if lengths in _GROUPS:
        if lengths in ((8,), (2, 2, 2, 2), (4, 4), (1,) * 8):
            if _steps(part):
                return 0.0
            years = lengths == (4, 4) and part.digits[:2] in ("19", "20") and part.digits[4:6] in ("19", "20")
            return 0.0 if years else 0.85 if apart or lengths != (4, 4) else 0.3
        slashed = any("/" in joint or "." in joint for joint in part.joints)
        return (0.4 if slashed else 0.8) if apart else 0.0
    if ". " in part.joints and len(set(part.joints)) > 1:
        return 0.0  # a full stop between two numbers
    if not apart or before(text, part.start, 2).endswith(("-", "/", "#")):
        return 0.0
    same = len({joint.strip() for joint in part.joints}) == 1
    return (0.55 if same else 0.5) if figure.cue is not Cue.THING and max(lengths) < 6 else 0.4


def _steps(part: Figure) -> bool:
    """'22 23 24 25' are rooms, '20 25 30 35' a series."""
    pairs = [int(group.digits) for group in part.groups]
    return (
        len(pairs) == 4
        and len({after - ahead for ahead, after in pairwise(pairs)}) == 1
        and pairs[0] != pairs[1]
    )


def _commas(figure: Figure, part: Figure) -> float:
    """'20,30,40,50' and '51, 77, 09, 30': pairs with commas."""
    if (
        any("(" in joint or ")" in joint for joint in part.joints)
        and figure.apart(part)
        and part.digits[0] > "1"
        and not any("," in joint for joint in part.joints)
    ):
        return 0.5
    if part.lengths != (2, 2, 2, 2) or part.digits[0] in "01" or figure.cue is Cue.MEASURE:
        return 0.0
    if part.joints == (",", ",", ",") and len(figure.groups) == 4:
        return 0.7
    return 0.3 if set(part.joints) == {", "} and len(figure.groups) == 4 else 0.0


def _looks_like_date(part: Figure) -> bool:
    digits = part.digits
    if part.lengths == (8,):
        written = digits[4:6] in ("19", "20") and 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[:2]) <= 31
        iso = digits[:2] in ("19", "20") and 1 <= int(digits[4:6]) <= 12 and 1 <= int(digits[6:]) <= 31
        return written or iso
    if part.lengths == (4, 2, 2):
        return digits[:2] in ("19", "20") and 1 <= int(digits[4:6]) <= 12
    return part.lengths == (2, 2, 4) and digits[4:6] in ("19", "20") and 1 <= int(digits[2:4]) <= 12
