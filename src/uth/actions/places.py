"""Places change (stederne skifter): who runs, supervises and receives for a place is told period by period."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from uth.actions.handling import Refused
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.terms import AuthorityKind
from uth.law.text import fold, tidy
from uth.records.organisations import SINCE_EVER, Finder, Organisation, Place, Tenure
from uth.records.people import governs_site


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
    row = _own(place, by, at)
    later = row.tenures.filter(since__gt=entry.since).order_by("since").first()
    if later is not None:
        raise Refused(
            since=f"Stedet skifter igen den {later.since:%d.%m.%Y}. Vælg en senere dag, eller ret den række først."
        )
    put_tenure(row, entry)
    log("place.changed_hands", place=place, since=str(entry.since), operator=entry.operator or "")


def _own(key: str, by: Actor, at: datetime) -> Place:
    """The place, for one who answers for the whole site. Raises Hidden."""
    row = Place.objects.select_for_update().filter(key=key).first()
    if row is None or not governs_site(by, on=danish_day(at)):
        raise Hidden
    return row


@recorded
def name_place(log: Log, place: str, *, alias: str, by: Actor, at: datetime) -> None:
    """One more name that people search for. Raises Refused."""
    row, words = _own(place, by, at), tidy(alias)[:200]
    if not words:
        raise Refused(alias="Skriv det navn, folk bruger om stedet.")
    if row.aliases.filter(search_text=fold(words)).exists():
        raise Refused(alias="Stedet kan allerede findes under det navn.")
    row.aliases.create(name=words, search_text=fold(words))
    log("place.named", place=place)


@recorded
def forget_name(log: Log, place: str, *, alias: str, by: Actor, at: datetime) -> None:
    """A name nobody uses any longer; the place's own name stays."""
    _own(place, by, at).aliases.filter(name=alias).delete()
    log("place.name_forgotten", place=place)


@recorded
def show_place(log: Log, place: str, *, hidden: bool, by: Actor, at: datetime) -> None:
    """Whether the place is offered to reporters; what has it keeps it."""
    row = _own(place, by, at)
    row.hidden = hidden
    row.save()
    log("place.hidden" if hidden else "place.shown", place=place)


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


@recorded
def choose_finder(log: Log, *, organisation: str, since: date, by: Actor, at: datetime) -> None:
    """From that day this authority finds the place when nobody knows it. Raises Refused."""
    if not governs_site(by, on=danish_day(at)):
        raise Hidden
    row = (
        Organisation.objects.filter(key=organisation, parent=None)
        .exclude(kind=AuthorityKind.NATIONAL)
        .first()
    )
    if row is None or not in_force(row, since):
        raise Refused(organisation="Vælg en region, en kommune eller et privathospital, der findes den dag.")
    if Finder.objects.filter(organisation=row, since=since).exists():  # told again: what came later stays
        log("finder.chosen", organisation=organisation, since=str(since))
        return
    before = Finder.objects.select_for_update().order_by("-since").first()
    if before is not None and before.since > since:
        raise Refused(since=f"Der er allerede valgt en fra den {before.since:%d.%m.%Y}. Vælg en senere dag.")
    if before is not None and before.since < since and (before.until is None or before.until >= since):
        before.until = since - timedelta(days=1)
        before.save()
    Finder.objects.update_or_create(since=since, defaults={"organisation": row})
    log("finder.chosen", organisation=organisation, since=str(since))


def in_force(row: Organisation, on: date) -> bool:
    """Whether the authority is there that day."""
    return row.since <= on and (row.until is None or on <= row.until)
