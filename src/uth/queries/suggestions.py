"""Suggestions (forslag): who should lawfully have had a case, asked of the same rules as when it came."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from uth.law.actor import Actor
from uth.law.clock import danish_day
from uth.law.routing import Recipient
from uth.law.terms import Sector
from uth.queries import access, places
from uth.records.cases import Case
from uth.records.routing import Chart, chart, involved_in, receiver_on

MOST = 5  # places tried for what somebody typed


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A lawful recipient. `because`: what was taken to be so; `why`: the law's sentence about it."""

    key: str
    name: str
    because: str
    why: str
    paragraph: str
    unverified: bool


def offered(case_id: int, *, by: Actor, at: datetime) -> tuple[Suggestion, ...]:
    """What can be suggested without asking anybody: the law of today, the places named, the place as it was typed."""
    case = access.find_case(case_id, by=by, at=at)
    report, on = case.report, danish_day(at)
    typed = (
        [] if report.place_id else [line.key for line in places.search(report.place_text, on=on, most=MOST)]
    )
    tries: list[dict[str, object]] = [{}]
    tries += [{"place": key} for key in [*involved_in(report), *typed]]
    return _distinct(case, on, tries)


def found(
    case_id: int, *, place: str = "", municipality: str = "", sector: str = "", by: Actor, at: datetime
) -> tuple[Suggestion, ...]:
    """Who receives it if it happened at a place of that name, or in that kommune."""
    case, on = access.find_case(case_id, by=by, at=at), danish_day(at)
    more: dict[str, object] = {"sector": Sector(sector)} if sector in set(Sector) else {}
    tries: list[dict[str, object]] = []
    tries += [{"place": line.key} for line in places.search(place, on=on, most=MOST)]
    if municipality:
        tries.append(more | {"place": "", "kind": None, "region": "", "municipality": municipality})
    return _distinct(case, on, tries)


def _distinct(case: Case, on: date, tries: Iterable[dict[str, object]]) -> tuple[Suggestion, ...]:
    """One of each recipient, without the one that has the case."""
    known = chart()
    here = case.organisation.path.split("/")[1]
    kept: dict[str, Suggestion] = {}
    for corrected, recipient in _asked(case, on, tries, known):
        if recipient.authority != here and recipient.rule != "FIND":
            kept.setdefault(recipient.authority, _suggestion(recipient, corrected, known))
    return tuple(kept.values())


def _asked(
    case: Case, on: date, tries: Iterable[dict[str, object]], known: Chart
) -> Iterator[tuple[dict[str, object], Recipient]]:
    for corrected in tries:
        recipient = receiver_on(case.report, on, known, **corrected)
        if recipient is not None:
            yield corrected, recipient


def _suggestion(recipient: Recipient, corrected: dict[str, object], known: Chart) -> Suggestion:
    place = known.place(str(corrected.get("place") or ""))
    municipality = str(corrected.get("municipality") or "")
    because = place.facts.name if place else known.organisation(municipality)[1] if municipality else ""
    return Suggestion(
        key=recipient.authority,
        name=known.organisation(recipient.authority)[1],
        because=because,
        why=recipient.explanation,
        paragraph=recipient.paragraph,
        unverified=recipient.unverified,
    )
