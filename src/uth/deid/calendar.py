"""The calendar (kalenderen): what day a written date means, in the spellings of Danish notes."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from uth.deid.near import one_edit


@dataclass(frozen=True, slots=True)
class Written:
    """A date as far as it is written; `until` is the last day of a stretch, `born` a birthday."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    until: "Written | None" = None
    born: bool = False


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan january",
            "februar feb febr february",
            "marts mar mart march",
            "april apr",
            "maj may",
            "juni jun june",
            "juli jul july",
            "august aug",
            "september sep sept",
            "oktober okt oct october",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_ROMAN = {
    name: number
    for number, name in enumerate(
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1
    )
}
_FIRST_NINETEEN = [
    "første",
    "anden",
    "tredje",
    "fjerde",
    "femte",
    "sjette",
    "syvende",
    "ottende",
    "niende",
    "tiende",
    "ellevte",
    "tolvte",
    "trettende",
    "fjortende",
    "femtende",
    "sekstende",
    "syttende",
    "attende",
    "nittende",
    "tyvende",
]
_ORDINALS = {name: number for number, name in enumerate(_FIRST_NINETEEN, 1)} | {
    f"{ones}ogtyvende": 20 + number
    for number, ones in enumerate(["en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"], 1)
}
_ORDINALS |= {"tredivte": 30, "enogtredivte": 31, "andet": 2}
_FIXED = {
    "lillejuleaften": (23, 12),
    "juleaften": (24, 12),
    "juleaftensdag": (24, 12),
    "juledag": (25, 12),
    "nytårsaften": (31, 12),
    "nytårsdag": (1, 1),
    "grundlovsdag": (5, 6),
    "valentinsdag": (14, 2),
    "mortensaften": (10, 11),
    "sankthansaften": (23, 6),
    "sankthans": (24, 6),
}
_FROM_EASTER = {
    "fastelavn": -49,
    "palmesøndag": -7,
    "skærtorsdag": -3,
    "langfredag": -2,
    "påskelørdag": -1,
    "påskedag": 0,
    "påskesøndag": 0,
    "kristihimmelfartsdag": 39,
    "pinselørdag": 48,
    "pinsedag": 49,
}

_DAY = rf"(?P<d>\d{{1,2}}|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
_LEAD = re.compile(
    r"^(?:(?:man|tirs|ons|tors|fre|lør|søn)(?:dag)?\.?,?[ ])?(?:(?:d\.|den|d)[ ]?)?(?:primo|medio|ultimo|ult\.|start|slut)?[ ]?"
)
_ISO = re.compile(r"(?P<y>\d{4})[-./ ]?(?P<m>\d{2})[-./ ]?(?P<d>\d{2})(?:t.*)?")
_NUMBERS = re.compile(
    r"(?P<d>\d{1,2})[ .]?[ ./-]{1,2}(?P<m>\d{1,2}|[ivx]{1,4})(?:\.?[ ./'’-]{1,3}(?P<y>\d{4}|\d{2}))?\.?"
)
_CLOSED = re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4}|\d{2})?")
_WORDS = re.compile(rf"{_DAY}\.?[ ]?(?:i[ ])?(?P<m>[a-zæøå]{{3,12}})\.?,?[ ]?['’]?(?P<y>\d{{4}}|\d{{2}})?")
_ENGLISH = re.compile(r"(?P<m>[a-z]{3,12})[ ](?P<d>\d{1,2})(?:st|nd|rd|th)?,?(?:[ ](?P<y>\d{4}))?")
_MONTH_YEAR = re.compile(r"(?P<m>[a-zæøå]{3,12})\.?,?[ ]?['’]?(?P<y>\d{4}|\d{2})")
_BARE = re.compile(rf"{_DAY}\.?(?:[ ](?:ds\.?|dennes|i denne måned))?")
_HOLIDAY = re.compile(r"(?P<nth>[12]\.[ ]?)?(?P<name>[a-zæøå. ]{5,24}?)(?:[ ](?:i[ ])?(?P<y>\d{4}))?")
_STRETCH = re.compile(
    r"(?P<from>.{1,20}?)[ ]?(?:-|til og med|til|og|/)[ ]?(?:d\.[ ]?|den[ ])?(?P<to>\d{1,2}\b.{2,30})"
)


def read(text: str) -> Written | None:
    """What day the words mean, as far as they say; None where they cannot be read."""
    plain = re.sub(r"[\s]+", " ", text.lower().translate(_HYPHENS)).strip(" ,")
    plain = _LEAD.sub("", plain)
    return _single(plain) or _stretch(plain)


_HYPHENS = {ord(char): "-" for char in "‐‑‒–—−"}


def _single(plain: str) -> Written | None:
    for pattern in (_ISO, _NUMBERS, _CLOSED, _WORDS, _ENGLISH):
        match = pattern.fullmatch(plain)
        found = match and _written(match["d"], match["m"], match["y"])
        if found:
            return found
    if (match := _MONTH_YEAR.fullmatch(plain)) and (month := _month(match["m"])):
        return Written(None, month, year) if (year := _year(match["y"])) else None
    if match := _BARE.fullmatch(plain):
        day = _number(match["d"])
        return Written(day) if 1 <= day <= 31 else None
    return _holiday(plain)


def _stretch(plain: str) -> Written | None:
    match = _STRETCH.fullmatch(plain)
    last = match and _single(match["to"])
    first = match and _single(match["from"].rstrip(". "))
    if not first or not last or first.day is None or last.day is None:
        return None
    return Written(first.day, first.month or last.month, first.year or last.year, until=last)


def _written(day: str, month: str, year: str | None) -> Written | None:
    d, m = _number(day), _month(month)
    if not m or not 1 <= d <= 31:
        return None
    if year and not _year(year):
        return None
    return Written(d, m, _year(year) if year else None)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _ORDINALS.get(word, 0)


def _month(word: str) -> int:
    """1 to 12, or 0; a name of a month may have one slip of the finger."""
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else 0
    found = _MONTHS.get(word) or _ROMAN.get(word) or _ORDINALS.get(word, 0)
    if found or len(word) < 4:
        return found if found <= 12 else 0
    return next((number for name, number in _MONTHS.items() if len(name) > 4 and one_edit(word, name)), 0)


def _year(word: str) -> int:
    """The year with its century; 0 for one that no report speaks of."""
    value = int(word)
    if len(word) == 2:
        return 2000 + value if value < 70 else 1900 + value
    return value if 1850 <= value <= 2150 else 0


def _holiday(plain: str) -> Written | None:
    match = _HOLIDAY.fullmatch(plain)
    if not match:
        return None
    name = re.sub(r"^(?:sct|skt)\.?", "sankt", match["name"]).replace(" ", "")
    year = _year(match["y"]) or None if match["y"] else None
    second = 1 if (match["nth"] or "").startswith("2") else 0
    if name in _FIXED:
        day, month = _FIXED[name]
        return Written(day + second, month, year)
    if name in _FROM_EASTER and year and 1900 <= year <= 2099:
        day_of = _easter(year) + timedelta(days=_FROM_EASTER[name] + second)
        return Written(day_of.day, day_of.month, year)
    return None


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian reckoning of Gauss, good for 1900 to 2099."""
    moon = (19 * (year % 19) + 24) % 30
    week = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    days = moon + week
    if days == 35 or (days == 34 and moon == 28 and year % 19 > 10):
        days -= 7
    return date(year, 3, 22) + timedelta(days=days)
