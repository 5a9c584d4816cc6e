"""Places change (stederne skifter): who runs, supervises and receives for a place is told period by period."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from uth.actions.handling import Refused
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor
from uth.records.organisations import SINCE_EVER, Organisation, Place, Tenure


@dataclass(frozen=True, slots=True)
class TenureEntry:
    """Who a place belongs to from a day on; operator, supervisor and receives_itself are organisation keys."""

    since: date = SINCE_EVER
    operator: str | None = None
    supervisor: str | None = None
    receives_itself: str | None = None
    source: str = ""
    unverified: bool = False


@recorded
def change_hands(log: Log, place: str, entry: TenureEntry, *, by: Actor, at: datetime) -> None:
    """From `entry.since` the place belongs to others; what held until then is closed and kept. Raises Refused.

    Telling the same again changes nothing but the source; a day that lies before a later change is refused,
    since nobody could say which of the two was meant to last.
    """
    row = Place.objects.select_for_update().get(key=place)
    later = row.tenures.filter(since__gt=entry.since).order_by("since").first()
    if later is not None:
        raise Refused(
            since=f"Stedet skifter igen den {later.since:%d.%m.%Y}. Vælg en senere dag, eller ret den række først."
        )
    put_tenure(row, entry)
    log("place.changed_hands", place=place, since=str(entry.since), operator=entry.operator or "")


def put_tenure(place: Place, entry: TenureEntry) -> Tenure:
    """The place's tenure from that day, made or renewed; part of the verb that calls it."""
    told = {
        "operator": _organisation(entry.operator),
        "supervisor": _organisation(entry.supervisor),
        "receives_itself": _organisation(entry.receives_itself),
        "source": entry.source,
        "unverified": entry.unverified,
    }
    for before in place.tenures.filter(since__lt=entry.since):
        if before.until is None or before.until >= entry.since:
            before.until = entry.since - timedelta(days=1)
            before.save()
    row, _ = Tenure.objects.update_or_create(place=place, since=entry.since, defaults=told)
    return row


def _organisation(key: str | None) -> Organisation | None:
    return Organisation.objects.get(key=key) if key else None
