"""What leaves (videregivelse): the message as it would be sent now, and as it was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.message import Facts, from_wire
from uth.law.terms import Section, State, Visible
from uth.queries.access import CasePage, opened
from uth.records.cases import Case
from uth.records.facts import facts_of
from uth.records.outbox import Letter


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Facts and clean texts of the message; `region` is the name of the region in the facts."""

    facts: Facts
    region: str
    texts: Mapping[Section, str]


def outgoing(case_id: int, *, by: Actor, at: datetime) -> tuple[CasePage, Outgoing | None]:
    """The case's page, and exactly what leaves or has left. Raises Hidden."""
    case, page = opened(case_id, by=by, at=at)
    if Visible.CLEAN_TEXT not in page.sees:
        raise Hidden
    if page.state is State.FORWARDED:
        return page, _sent(case)
    if page.state is not State.APPROVED:
        return page, None
    texts = {Section(each.section): each.clean for each in page.redactions if each.clean}
    return page, Outgoing(facts_of(case, on=danish_day(at), codes=page.codes), _region(case), texts)


def _sent(case: Case) -> Outgoing | None:
    letter = Letter.objects.filter(pk=case.message_id).first() if case.message_id else None
    if letter is None:
        return None
    message = from_wire(letter.body)
    texts = {section: clean.text for section, clean in message.texts.items()}
    return Outgoing(message.facts, _region(case), texts)


def _region(case: Case) -> str:
    """The region's name for people; what leaves is its code."""
    return getattr(case, "region_name", "") or case.report.region
