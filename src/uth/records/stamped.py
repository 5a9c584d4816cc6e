"""Stamped (stemplet): what seldom changes is kept in memory, and drawn anew when the site's audit has grown.

For what nobody can change without a line in that audit; never for what a person may see or do.
"""

from collections.abc import Callable
from typing import Any

from uth.records import audit
from uth.records.once import once

_kept: dict[Callable[[], Any], tuple[str, Any]] = {}


def stamped[T](draw: Callable[[], T]) -> T:
    """What `draw` makes of the rows, as they are now."""
    stamp = once(lambda: audit.end_of(audit.SITE), "stamp")
    then, drawn = _kept.get(draw, ("", None))
    if then != stamp:
        drawn = draw()
        _kept[draw] = (stamp, drawn)
    result: T = drawn
    return result


def forget() -> None:
    """Draw everything anew next time; for tests, whose transactions are rolled back."""
    _kept.clear()
