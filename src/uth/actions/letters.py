"""Letters (breve): an administrator lets what did not arrive try again."""

from datetime import datetime

from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor, Hidden
from uth.law.terms import Role
from uth.records import outbox
from uth.records.addressees import letters_below
from uth.records.reach import held_by


@recorded
def try_again(log: Log, *, road: str, code: str, by: Actor, at: datetime) -> int:
    """Let the letters with this trouble go at once, where the actor administers; returns how many."""
    paths = held_by(by, at=at).paths({Role.ADMIN})
    if not paths:
        raise Hidden
    wanted = letters_below(paths, outbox.in_trouble(at=at)).filter(kind=road, problem=code)
    count = outbox.try_again(wanted, at=at)
    log("letters.tried_again", road=road, code=code, count=count)
    return count
