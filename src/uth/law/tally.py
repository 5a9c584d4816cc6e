"""Collective reporting (samlerapportering): what a sector may tally on a day, and when a month can be told.

It is for events that were not serious and could not have been; those are always reported one by one.
"""

from datetime import date

from uth.law.message import month
from uth.law.rulebook import find
from uth.law.shapes import MONTH
from uth.law.terms import Sector, TallyArea

SMALL = 5  # below this, words beside a count may point at one person: our own choice, for a hint and no more


def areas(sector: Sector, *, on: date) -> tuple[TallyArea, ...]:
    """The areas this sector may report together on that day; none where collective reporting is not in force."""
    sectors, open_areas = find("tally_sectors", on=on), find("tally_areas", on=on)
    if sectors is None or open_areas is None or sector.value not in sectors.words:
        return ()
    return tuple(TallyArea(word) for word in open_areas.words)


def may_tally(area: TallyArea, sector: Sector, *, on: date) -> bool:
    """Whether an event of this area, in this sector, that day, may be told in a collective report."""
    return area in areas(sector, on=on)


def is_over(month_told: str, *, today: date) -> bool:
    """Whether the month (`2026-03`) can be told as a whole: from the first day of the next."""
    return bool(MONTH.fullmatch(month_told)) and month_told < month(today)


def months_back(today: date, how_many: int) -> tuple[str, ...]:
    """This month and those before it, oldest first."""
    count = today.year * 12 + today.month - 1
    return tuple(f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(count - how_many + 1, count + 1))
