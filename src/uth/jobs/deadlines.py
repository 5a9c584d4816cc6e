"""The nightly look at deadlines (frister): in small transactions, and again where the last was cut off."""

from datetime import datetime

from uth.actions import deadlines
from uth.law.actor import SYSTEM
from uth.law.clock import danish_day, marks
from uth.records import reminders

MOST = 200  # cases a transaction


def remind(*, at: datetime) -> int:
    """Tell of every case that stands at a mark nobody was told of; returns how many."""
    today, count = danish_day(at), 0
    while due := reminders.due(marks(today), today=today, most=MOST):
        told = deadlines.remind(due, by=SYSTEM, at=at)
        count += told
    return count
