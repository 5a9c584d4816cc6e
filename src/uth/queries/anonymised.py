"""The anonymised reports (de anonymiserede rapporter), for the one authority they are placed at the disposal of.

It reads, and reads nothing else: no search, no sender's files, nothing local. Every look leaves a line.
"""

from dataclasses import dataclass
from datetime import date, datetime

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.procedure import NotAllowed
from uth.law.rulebook import Rule, find, periods
from uth.law.terms import Role
from uth.queries.national import NationalPage, further_reports, log, page_of, readable
from uth.records.people import holds

PAGE = 50


@dataclass(frozen=True, slots=True)
class AnonymisedList:
    """One page, oldest first, so that a program can go on where it stopped. `after`: key of the next page, or empty."""

    reports: tuple[NationalPage, ...]
    after: str


def reader(*, on: date) -> Rule | None:
    """The authority that may read that day, or None before there was one (SUL § 199, stk. 1)."""
    return find("anonymised_reader", on=on)


def reports(*, by: Actor, at: datetime, after: str = "", newest: bool = False) -> AnonymisedList:
    """Whole reports, 50 at a time. Raises Hidden, or NotAllowed while no rule gives anybody the right."""
    _admit(by, at=at)
    found = readable().order_by("-pk" if newest else "pk")
    if after.isascii() and after.isdecimal() and len(after) < 16:
        found = found.filter(pk__lt=int(after)) if newest else found.filter(pk__gt=int(after))
    rows = list(found[: PAGE + 1])
    shown = rows[:PAGE]
    log("anonymised.listed", by, at, reports=",".join(str(row.pk) for row in shown))
    further = further_reports([row.case_ref for row in shown])
    pages = tuple(page_of(row, further) for row in shown)
    return AnonymisedList(pages, str(shown[-1].pk) if len(rows) > PAGE else "")


def report(report_id: int, *, by: Actor, at: datetime) -> NationalPage:
    """One report. Raises Hidden or NotAllowed."""
    _admit(by, at=at)
    row = readable().filter(pk=report_id).first()
    if row is None:
        raise Hidden
    log("anonymised.read", by, at, report=report_id)
    return page_of(row, further_reports([row.case_ref]))


def _admit(by: Actor, *, at: datetime) -> None:
    today = danish_day(at)
    if not holds(by.user_id, Role.READER, on=today):
        raise Hidden
    if reader(on=today) is None:
        first = periods("anonymised_reader")[0].since
        raise NotAllowed(
            f"De anonymiserede rapporter stilles først til rådighed fra den {first:%d.%m.%Y}. "
            "Prøv igen fra den dag."
        )
