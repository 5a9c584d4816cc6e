"""What a collective report tells nationally (samlerapportens oplysninger): closed lists, months and a number."""

from dataclasses import dataclass
from typing import Any

from uth.law.clean_text import CleanText
from uth.law.shapes import MessageRefused
from uth.law.template import COLLECTIVE, write
from uth.law.terms import Sector, TallyArea


@dataclass(frozen=True, slots=True)
class CollectiveFacts:
    """The coded facts. An addition tells what came, or went, after its month was told."""

    sector: Sector
    area: TallyArea
    month: str
    received_month: str
    is_addition: bool
    count: int
    region: str | None = None
    forwarded_in_time: bool | None = None


def compose(
    *, message_id: str, report_ref: str, sender: str, facts: CollectiveFacts, comment: CleanText | None
) -> dict[str, Any]:
    """The message of an approved report; what could not be taken in is refused before anything leaves."""
    check(facts.count, is_addition=facts.is_addition)
    return write(
        COLLECTIVE,
        message_id=message_id,
        sender=sender,
        report_ref=report_ref,
        sector=facts.sector.value,
        area=facts.area.value,
        region=facts.region,
        month=facts.month,
        received_month=facts.received_month,
        is_addition=facts.is_addition,
        count=facts.count,
        forwarded_in_time=facts.forwarded_in_time,
        comment=comment.text if comment else None,
    )


def check(count: int, *, is_addition: bool) -> None:
    """A report tells something, and only an addition can take back. Raises MessageRefused."""
    if count == 0:
        raise MessageRefused(
            "out_of_range", "Meddelelsen blev afvist: den fortæller ikke om nogen hændelser."
        )
    if count < 0 and not is_addition:
        raise MessageRefused(
            "out_of_range", "Meddelelsen blev afvist: feltet »count« kan kun være under nul i et tillæg."
        )
