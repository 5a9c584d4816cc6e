"""Succession (arvefølge): who has taken an authority's tasks over; what is held in it is held in its heir from then."""

from collections.abc import Iterable
from datetime import date

from uth.records.once import once
from uth.records.organisations import Organisation


def heirs(organisation: Organisation, *, on: date) -> tuple[Organisation, ...]:
    """Those who have taken its tasks over by that day, nearest first: the day after its last day begins theirs."""
    line = [organisation]
    while (last := line[-1]).until is not None and last.until < on and (heir := last.successor) is not None:
        if heir in line:
            break
        line.append(heir)
    return tuple(line[1:])


def paths_of(organisation: Organisation, *, on: date) -> tuple[str, ...]:
    """Where a role given in it reaches that day: itself, with all below, and its heirs."""
    return (organisation.path, *(heir.path for heir in heirs(organisation, on=on)))


def reaches(organisation: Organisation, path: str, *, on: date) -> bool:
    """Whether a role given in the organisation is held towards the one with this path."""
    return any(path.startswith(held) for held in paths_of(organisation, on=on))


def with_forerunners(paths: Iterable[str], *, on: date) -> tuple[str, ...]:
    """These paths and those of every organisation whose tasks have come to them, or to a part of them, by that day."""
    taken = _taken_over(on)
    found = dict.fromkeys(paths)
    while more := [
        was for was, heir in taken if heir.startswith(tuple(found)) and not was.startswith(tuple(found))
    ]:
        found |= dict.fromkeys(more)
    return tuple(found)


def _taken_over(on: date) -> list[tuple[str, str]]:
    """Who has been taken over, and by whom, until that day."""
    ended = Organisation.objects.filter(until__lt=on, successor__isnull=False)
    return once(lambda: list(ended.values_list("path", "successor__path")), "taken over", on)


def seats(path: str, *, on: date) -> tuple[str, ...]:
    """The paths at which a role reaches this organisation: its own, every ancestor's, and all their forerunners'."""
    steps = path.strip("/").split("/")
    above = {"/" + "/".join(steps[: n + 1]) + "/" for n in range(len(steps))}
    taken = _taken_over(on)
    while more := [was for was, heir in taken if was not in above and heir in above]:
        above |= set(more)
    return tuple(sorted(above))
