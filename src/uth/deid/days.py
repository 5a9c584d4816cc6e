"""Days (dage): a date becomes its distance from the day it happened, so that the course of events can still be read.

Day 0 is the first date of the texts (or the day given). Everything is counted from it, never from the date before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from uth.deid.calendar import Written, read
from uth.deid.span import Kind, Span

NEAR = 60  # days that are told exactly
FAR = 730  # beyond this only that it was years
_LEAP_FREE = 2001  # the year of dates none of which has a year

_BORN = re.compile(
    r"(?:\bfødt|\bfdt?|\bf|\bfødselsda\w{0,6}|\bcpr\w{0,12}|\bfylder|\brundede)[.:]?[ ](?:d\.?[ ]|den[ ]|dag[ ])?$"
)
_DEN = re.compile(r"(?<![^\W_])(?:den|d\.|d)[ ]{0,2}$", re.IGNORECASE)
_STOP = re.compile(r"\.(?=[ \n]+[A-ZÆØÅ]|\s*$)")  # of 'okt.', which ends the sentence too
_BETWEEN = re.compile(r"\bmellem[ ]$", re.IGNORECASE)
_COUNTED = re.compile(r"\[(?:dag -?\d|dagen |\d+ dage |måneden )")


@dataclass(frozen=True, slots=True)
class _Zero:
    """Day 0, and how much of it is written: without a month or a year, only its like can be compared with it."""

    day: date
    has_month: bool = True
    has_year: bool = True


class Days:
    """The days of the texts of one event."""

    def __init__(self) -> None:
        self._zero: _Zero | None = None
        self._closed = False

    def begin(self, day: date) -> None:
        """It is known when it happened."""
        self._zero = self._zero or _Zero(day)

    def learn(self, text: str, spans: Sequence[Span]) -> None:
        """The first date of the first text that has any is day 0."""
        if self._zero is None and _COUNTED.search(text):
            self._closed = True  # days are counted here already, and nobody knows from when
        if self._zero is None and not self._closed:
            self._zero = _zero([written for span, written in _dates(text, spans) if written])

    def tags(self, text: str, spans: Sequence[Span]) -> dict[Span, tuple[int, int, str]]:
        """What stands for each date, with the 'd.' or 'den' before it."""
        tags = {}
        done = 0
        for span in spans:
            if span.kind is Kind.DATE:
                words = self._told(_written(text, span))
                den = _DEN.search(text[max(done, span.start - 6) : span.start]) if words else None
                start = span.start - len(den.group()) if den else span.start
                if _BETWEEN.search(text[max(done, start - 8) : start]):
                    words = words.replace(" til ", " og dag ")
                end = span.end - bool(_STOP.match(text, span.end - 1))
                tags[span] = (start, end, f"[{words or Kind.DATE.placeholder}]")
            done = span.end
        return tags

    def _told(self, written: Written | None) -> str:
        zero = self._zero
        if zero is None or written is None or written.born:
            return ""
        first = _resolved(written, zero)
        if first is None:
            return ""
        if written.day is None:
            return _months((first.year - zero.day.year) * 12 + first.month - zero.day.month)
        distance = (first - zero.day).days
        if written.until is None:
            return _distance(distance)
        last = _resolved(written.until, _Zero(first, zero.has_month, zero.has_year))
        if last is None or not -NEAR <= distance <= NEAR or not distance < (last - zero.day).days <= NEAR:
            return ""
        return f"dag {distance} til {(last - zero.day).days}"


def _dates(text: str, spans: Sequence[Span]) -> Iterator[tuple[Span, Written | None]]:
    for span in spans:
        if span.kind is Kind.DATE:
            yield span, _written(text, span)


def _written(text: str, span: Span) -> Written | None:
    found = read(span.text)
    if found and _BORN.search(text[max(0, span.start - 24) : span.start].lower()):
        return Written(found.day, found.month, found.year, born=True)
    return found


def _zero(dates: Sequence[Written]) -> _Zero | None:
    """The first date with a day, completed by the first other that says more and lies near."""
    plain = [each for each in dates if each.day and not each.born]
    if not plain:
        return None
    first = plain[0]
    month, year = first.month, first.year
    if month is None:
        fuller = next((each for each in plain if each.month), None)
        if fuller is None or fuller.month is None or fuller.day is None or first.day is None:
            day = _day(_LEAP_FREE, 1, first.day or 1)
            return _Zero(day, has_month=False, has_year=False) if day else None
        month, year = _nearest_month(first.day, fuller), fuller.year
    if year is None:
        like = (each for each in plain if each.year and each.month and _near(each, first.day, month))
        year = next((each.year for each in like), None)
    day = _day(year or _LEAP_FREE, month, first.day or 1)
    return _Zero(day, has_year=year is not None) if day else None


def _near(other: Written, day: int | None, month: int) -> bool:
    here, there = _day(_LEAP_FREE, month, day or 1), _day(_LEAP_FREE, other.month or 1, other.day or 1)
    return bool(here and there) and abs((here - there).days) <= NEAR  # type: ignore[operator]


def _nearest_month(day: int, other: Written) -> int:
    beside = _day(other.year or _LEAP_FREE, other.month or 1, other.day or 1)
    found = _closest(day, beside) if beside else None
    return found.month if found else other.month or 1


def _resolved(written: Written, zero: _Zero) -> date | None:
    """The written date as a day of the calendar, what it leaves out taken from day 0; None where that is a guess."""
    if written.month is None:
        if written.day is None:
            return None
        if zero.has_month:
            return _closest(written.day, zero.day)
        return _day(zero.day.year, zero.day.month, written.day)
    if not zero.has_month or (written.year is not None and not zero.has_year):
        return None
    day = written.day or 1
    if written.year is not None:
        return _day(written.year, written.month, day)
    years = (zero.day.year - 1, zero.day.year, zero.day.year + 1)
    near = [found for year in years if (found := _day(year, written.month, day))]
    return min(near, key=lambda found: abs((found - zero.day).days), default=None)


def _closest(day: int, to: date) -> date | None:
    """The day of that number nearest to another day."""
    around = [to + timedelta(days=days) for days in range(-16, 17)]
    return min(
        (each for each in around if each.day == day), key=lambda each: abs((each - to).days), default=None
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _distance(days: int) -> str:
    side = "senere" if days > 0 else "før"
    if days == 0:
        return "dag 0"
    if abs(days) == 1:
        return "dagen efter" if days > 0 else "dagen før"
    if abs(days) <= NEAR:
        return f"{abs(days)} dage {side}"
    if abs(days) <= FAR:
        return f"ca. {round(abs(days) / 30.4)} måneder {side}"
    return f"flere år {side}"


def _months(months: int) -> str:
    side = "senere" if months > 0 else "før"
    if months == 0:
        return "samme måned"
    if abs(months) == 1:
        return "måneden efter" if months > 0 else "måneden før"
    return f"{abs(months)} måneder {side}" if abs(months) <= 24 else f"flere år {side}"
