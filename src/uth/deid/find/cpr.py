"""Civil registration numbers (CPR-numre) in every spelling; the check digit is never required."""

import re
from collections.abc import Iterator

from uth.deid.find.cues import Cue
from uth.deid.find.figures import Figure, figures, tight
from uth.deid.find.numbers import DIGIT
from uth.deid.find.pattern import after, before, span
from uth.deid.span import Kind, Span

NAME = "cpr"

# Six digits of a birth date, then four signs of which some are letters: replacement numbers, and digits made unreadable.
_LETTERS = re.compile(
    r"\d\d[ ./]?[\doO]{2}[ ./]?\d{2}[ \n]{0,2}[-–./~*]{0,2}[ \n]{0,2}"
    r"(?P<last>(?:[\dA-ZÆØÅxX*?#_][ .]?){3}[\dA-ZÆØÅxX*?#_]|\d[a-zæøå]{2}\d|\d{3}[a-z]|\.{4}|\d{1,2}\.{2}\d{1,2}|x)(?![^\W_])"
)
_MONTH_WORD = (
    r"(?:jan(?:uar)?|feb(?:ruar)?|mar(?:ts)?|apr(?:il)?|maj|juni?|juli?|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_SPELT = re.compile(
    rf"\d\d?\.?[ ]{{0,2}}{_MONTH_WORD}\.?[ ]{{0,2}}(?:19|20)?\d{{2}}[ ]{{0,2}}[-–/,]?[ ]{{0,2}}\d[ ]?\d[ ]?\d[ ]?\d(?!\d|[:.]\d)",
    re.IGNORECASE,
)
# Day and month without noughts: '1/2-03 1234'.
_SHORT_DATE = re.compile(
    r"\d(?<![\w.,/-].)\d?[ ]?[./-][ ]?\d{1,2}[ ]?[./-][ ]?(?:18|19|20)?\d{2}[ \n]{0,2}[-–/(,; ][ \n(]{0,2}\d{4}"
    r"(?![\w]|[.,]\d|[ ]?(?:mg|ml|kr|kl))"
)
_FOUR_AHEAD = re.compile(
    r"(?:sidste|slutter|ender|ender ud|løbe-?(?:nr|nummer)\.?|kontrolcif\w*|(?:fire|4) sidste|cpr-?slut|resten|endelse\w*|slutcif\w*|"
    r"til sidst|cifre(?:ne)?|streg|lyver om|hhv\.?)[^\d\n.!?]{0,34}$"
)
_BIRTH_AHEAD = re.compile(
    r"cpr|person(?:nr|nummer)|pnr|p-nr|født|fødsel|\bf\.|\d{6}|\d\d[ ./-]\d\d[ ./-]\d\d|\d{4} \d\d|mit er|(?:januar|februar|marts|april|juni|juli|august|september|oktober|november|december)"
)
_FOUR_SURE = re.compile(
    r"(?:sidste (?:fire|4|cifre|tal)|(?:fire|4) sidste|sidste 4|kontrolcif|cpr-?slut|slutcif)"
)
_UNIT = re.compile(
    r"[ ]?(?:mg|ml|µg|mikrogram|kr\b|kroner|ie\b|enheder|mm\b|cm\b|%|celler|kcal|skridt|gange|stk|tabl|timer|min\b|gram|g\b)"
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_VETO = frozenset({Cue.GOODS, Cue.MEASURE})
_OTHER = frozenset({Cue.PHONE, Cue.SHORT, Cue.PROVIDER})
_SIX_APART = frozenset({(2, 2, 2), (2, 4), (4, 2), (1,) * 6})
_WELL_SHAPED = frozenset(
    {
        (10,),
        (12,),
        (8, 4),
        (6, 4),
        (2, 2, 2, 4),
        (2, 2, 4, 4),
        (2, 2, 6),
        (4, 2, 4),
        (1,) * 10,
        (6, 2, 2),
        (6, 1, 1, 1, 1),
    }
)


def find(text: str) -> list[Span]:
    """CPR numbers, and the parts of one that give it away."""
    found = [*_in_figures(text)]
    if DIGIT.search(text):
        found += [span(m, Kind.CPR, NAME, 0.9) for m in _MONTH_SPELT.finditer(text)]
        found += [span(m, Kind.CPR, NAME, 0.85) for m in _SHORT_DATE.finditer(text)]
        for match in _LETTERS.finditer(text):
            score = _with_letters(text, match)
            if score:
                found.append(span(match, Kind.CPR, NAME, score))
    return found


def birth_date(digits: str) -> bool:
    """Could the first six (or, with a century, eight) digits be a birth date, +60 days included?"""
    if len(digits) < 6:
        return False
    day, month = int(digits[:2]), int(digits[2:4])
    day = day - 60 if day > 60 else day
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def modulus_11(digits: str) -> bool:
    """Does the number satisfy the old check? It only makes us surer; numbers since 2007 need not."""
    weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    return len(digits) == 10 and sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


def _in_figures(text: str) -> Iterator[Span]:
    for figure in figures(text):
        count = len(figure.digits)
        if count < 3:
            continue
        part, score = _announced(text, figure, count)
        if part:
            yield _span(text, part, score)
        if count >= 6:
            yield from _bare(text, figure, part)


def _span(text: str, part: Figure, score: float) -> Span:
    return Span(part.start, part.end, Kind.CPR, text[part.start : part.end], NAME, score)


def _announced(text: str, figure: Figure, count: int) -> tuple[Figure | None, float]:
    """A figure after a word that says CPR number, birth date or last four digits."""
    if 3 <= count <= 5 or (figure.cue is Cue.FOUR and figure.far < 4):
        ahead = before(text, figure.start, 90)
        if _FOUR_AHEAD.search(ahead) and (_FOUR_SURE.search(ahead) or _BIRTH_AHEAD.search(ahead)):
            part = (
                (figure if figure.said > 2 else figure.prefix(4, 3, 5))
                if not _UNIT.match(after(text, figure.end))
                else None
            )
            if part and (len(part.digits) == 4 or not part.said or part.said > 3):
                return part, 0.85 if len(part.digits) == 4 else 0.5
        if (
            figure.word in ("ender", "slutter")
            and figure.far == 0
            and count == 4
            and not _UNIT.match(after(text, figure.end))
        ):
            return figure, 0.55
    if figure.cue is Cue.CPR and figure.far <= 6:
        part = figure.prefix(10, 12, 9, 11, 8, 6, 7) if count != 11 else figure.prefix(11, 10)
        if part and (figure.far <= 2 or birth_date(part.digits) or len(part.digits) >= 9):
            return part, 0.95
        if (
            4 <= count <= 5
            and figure.far <= 3
            and ":" not in figure.joints
            and not figure.digits.startswith(("19", "20"))
        ):
            return figure, 0.6
    if figure.cue is Cue.BORN and figure.far <= 3:
        part = figure.prefix(10, 12, 6, 9, 11)
        if part and birth_date(part.digits):
            return part, 0.85
    return None, 0.0


def _bare(text: str, figure: Figure, taken: Figure | None) -> Iterator[Span]:
    """Six digits of a date and four more, however they are grouped, without a word that says so."""
    done = taken.end if taken else 0
    if len(figure.digits) == 6 and not taken:
        yield from _date_alone(text, figure)
    for part in figure.windows(10, 12, 11, 9, 8, 7):
        if part.start < done:
            continue
        score = _confidence(figure, part)
        if score:
            done = part.end
            yield _span(text, part, score)


def _date_alone(text: str, figure: Figure) -> Iterator[Span]:
    """'19 05 42', '0 5 1 2 6 1': a birth date written the way a CPR number begins."""
    plain = all(joint in (" ", "-", "  ") for joint in figure.joints)
    if (
        plain
        and figure.lengths in _SIX_APART
        and figure.cue not in _VETO | _OTHER
        and birth_date(figure.digits)
    ) and not _UNIT.match(after(text, figure.end)):
        yield _span(text, figure, 0.5 if len(figure.groups) == 6 else 0.35)


def _confidence(figure: Figure, part: Figure) -> float:
    digits, lengths = part.digits, part.lengths
    first = part.start == figure.start
    vetoed = first and figure.cue in _VETO and figure.far <= 2 and figure.word != "crp"
    if not birth_date(digits):
        return 0.8 if lengths == (6, 4) and "-" in part.joints[0] and not vetoed else 0.0
    if len(digits) == 12 and digits[4:6] not in ("18", "19", "20"):
        return 0.0
    if len(digits) < 10 or len(digits) == 11:
        return 0.0 if vetoed else _slip(figure, part)
    if lengths == (6, 4):
        return 0.4 if vetoed and part.joints[0] == " " else 0.97
    if _clock(part) or (vetoed and figure.cue is Cue.GOODS):
        return 0.0
    return _shape(figure, part, vetoed=vetoed)


def _clock(part: Figure) -> bool:
    """'06-11-24 11:06' is a date and a time."""
    sizes = part.lengths
    return any(":" in joint and sizes[at] == 2 == sizes[at + 1] for at, joint in enumerate(part.joints))


def _shape(figure: Figure, part: Figure, *, vetoed: bool) -> float:
    """How sure a valid date in this grouping makes us."""
    lengths, digits = part.lengths, part.digits
    if lengths in _WELL_SHAPED and sum(not tight(joint) for joint in part.joints) < 2:
        if part.start == figure.start and figure.far <= 1 and (vetoed or figure.cue in _OTHER):
            return 0.4
        return 0.97 if modulus_11(digits[:4] + digits[-6:]) else 0.93
    if lengths == (2, 2, 2, 2, 2) and (digits.startswith("45") or vetoed):
        return 0.0
    if part.said:
        return 0.9 if part.said > 1 or _cut(part) is not None else 0.4
    return _odd_shape(figure, part, vetoed=vetoed)


def _odd_shape(figure: Figure, part: Figure, *, vetoed: bool) -> float:
    """Groups of any size: it matters whether one ends with the date, and whether the row is by itself."""
    if part.lengths[:3] == (2, 2, 4) and len(part.digits) == 10 and part.digits[4:6] in ("19", "20"):
        return 0.0  # a date with its century, and the hour
    cut, apart = _cut(part), figure.apart(part)
    if cut is None or len(part.digits) == 12:
        if vetoed or not all(map(tight, part.joints)):
            return 0.0
        return (0.75 if cut is not None else 0.6) if apart else 0.25
    inner = sum(not tight(joint) for place, joint in enumerate(part.joints) if place != cut)
    if inner == 0:
        return 0.85 if apart else 0.3 if vetoed else 0.5
    return 0.4 if inner <= 2 and not any("," in joint for joint in part.joints[:2]) else 0.0


def _cut(part: Figure) -> int | None:
    """The place of the joint after the sixth (or, with a century, the eighth) digit, if there is one."""
    total = 0
    for place, size in enumerate(part.lengths):
        total += size
        if total in (6, len(part.digits) - 4):
            return place
    return None


def _slip(figure: Figure, part: Figure) -> float:
    """One digit too few or too many, or the last ones missing."""
    joints, sizes = part.joints, part.lengths
    if not figure.apart(part) or _clock(part) or any("," in joint for joint in joints):
        return 0.0
    other = figure.far <= 3 and figure.cue in _OTHER | {Cue.ID, Cue.THING, Cue.RING, Cue.PLACE}
    cut = _cut_at_six(part)
    if cut is None:
        return 0.0 if other or len(part.digits) < 9 else 0.25
    if sizes == (2, 2, 2, 2):
        return 0.0  # a telephone number
    if len(part.digits) < 9:
        return 0.4 if other or sizes[0] != 6 else 0.55 if "-" in joints[0] or len(sizes) > 2 else 0.4
    if sizes[0] in (5, 6, 7) and len(sizes) == 2 and joints[0].strip() in ("-", "/"):
        return 0.4 if other else 0.7
    return 0.45 if other else 0.55


def _cut_at_six(part: Figure) -> int | None:
    """The joint after the first six digits; after five or seven where a hyphen stands."""
    total = 0
    for place, size in enumerate(part.lengths):
        total += size
        if total == 6 or (total in (5, 7) and place < len(part.joints) and "-" in part.joints[place]):
            return place
    return None


def _with_letters(text: str, match: re.Match[str]) -> float:
    start = match.start()
    if start and (text[start - 1].isalnum() or text[start - 1] in ".,"):
        return 0.0
    last = match["last"]
    digits = "".join(
        char for char in match.group()[: match.start("last") - start].translate(_ZERO) if char.isdigit()
    )
    if last.replace(" ", "").replace(".", "").isdigit() or not birth_date(digits):
        return 0.0
    ahead = before(text, start, 30)
    if re.search(r"(?:lot|batch|vare\w*|vnr|ref|serie\w*|version)[ .:nr]{0,5}$", ahead):
        return 0.0
    letters = sum(char.isalpha() for char in last)
    if " " in last and letters >= 3 and not any(char.isdigit() for char in last):
        return 0.0
    return 0.95 if " " not in last.strip() or "-" in match.group() else 0.6


_ZERO = str.maketrans("oO", "00")
