"""The clock (fristerne): when a report and its forwarding are due; days are Danish days."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from uth.law.rulebook import find, rule
from uth.law.terms import ReporterKind

DENMARK = ZoneInfo("Europe/Copenhagen")


def report_by(aware: date, kind: ReporterKind) -> date | None:
    """The last day to report for one who became aware that day; None where there is no deadline.

    None is known before 2011. A late report is as welcome as any: the answer is for figures, never for a reproach.
    """
    within = find("report_within_days", on=aware) if has_deadline(kind, on=aware) else None
    return aware + timedelta(days=within.number) if within else None


def has_deadline(kind: ReporterKind, *, on: date) -> bool:
    """Whether a deadline binds such a reporter: those with a duty, and patients and relatives if a rule said so (§ 5, stk. 2)."""
    if kind in {ReporterKind.PATIENT, ReporterKind.RELATIVE}:
        held = find("patients_have_deadline", on=on)
        return held is not None and held.yes
    return kind is ReporterKind.PROFESSIONAL


def forward_by(received: date) -> date:
    """The last day on which a report first received that day may be forwarded (§ 6, stk. 2).

    It knows the first reception and nothing else, so no transfer can move it.
    """
    return received + timedelta(days=rule("forward_within_days", on=received).number)


def days_left(deadline: date, today: date) -> int:
    """Days from today to the deadline: 0 on its last day, negative once it has passed."""
    return (deadline - today).days


def marks(on: date) -> tuple[int, ...]:
    """Days left at which somebody is told, fewest first: below zero, the deadline has passed and the leaders are told."""
    remind, escalate = rule("remind_days_left", on=on), rule("escalate_days_after", on=on)
    return tuple(sorted({*remind.numbers, *(-days for days in escalate.numbers)}))


def mark_reached(left: int, on: date) -> int | None:
    """The mark that a case with so many days left stands at; None while there is time enough."""
    return next((mark for mark in marks(on) if left <= mark), None)


def danish_day(at: datetime) -> date:
    """The Danish day of a moment."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(DENMARK).date()


def starts_at(day: date) -> datetime:
    """The moment a Danish day begins."""
    return datetime.combine(day, time.min, tzinfo=DENMARK)


def ends_at(deadline: date) -> datetime:
    """The moment a deadline runs out: 24:00 Danish time, which is the next midnight."""
    return starts_at(deadline + timedelta(days=1))


def is_late(deadline: date | None, at: datetime) -> bool:
    """Whether a moment lies after the deadline's last day."""
    return deadline is not None and danish_day(at) > deadline
