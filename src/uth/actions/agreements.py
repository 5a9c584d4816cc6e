"""Health agreements (sundhedsaftaler): told and ended with a day, so that a transition follows the one of its time."""

from datetime import date, datetime

from uth.actions.handling import Refused
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.terms import AuthorityKind, EventKind
from uth.law.text import tidy
from uth.records.organisations import Agreement, Organisation
from uth.records.people import current, governs_site

PARTIES = (AuthorityKind.REGION, AuthorityKind.MUNICIPALITY)


@recorded
def add_agreement(
    log: Log,
    *,
    name: str,
    happened_at: str,
    goes_to: str,
    since: date,
    until: date | None,
    by: Actor,
    at: datetime,
) -> int:
    """From that day transitions that happen at the one go to the other (§ 4, stk. 6, 2. pkt.). Returns its number."""
    if not governs_site(by, on=danish_day(at)):
        raise Hidden
    words = tidy(name)[:300]
    parties = Organisation.objects.filter(current(since), parent=None, kind__in=PARTIES)
    whose, to = (parties.filter(key=key).first() for key in (happened_at, goes_to))
    if not words:
        raise Refused(name="Skriv, hvad aftalen hedder, for eksempel »Sundhedsaftalen 2024-2027«.")
    if whose is None:
        raise Refused(happened_at="Vælg en region eller en kommune, der findes den dag, aftalen begynder.")
    if to is None or to == whose:
        raise Refused(goes_to="Vælg en anden region eller kommune, der findes den dag, aftalen begynder.")
    if until is not None and until < since:
        raise Refused(until="Den sidste dag ligger før den første. Ret en af dem.")
    standing = Agreement.objects.filter(from_authority=whose, to_authority=to, until=None)
    if standing.exists():
        raise Refused(
            goes_to="Der er allerede en aftale mellem de to, som gælder indtil videre. Afslut den først."
        )
    row = Agreement.objects.create(
        name=words,
        event=EventKind.TRANSITION,
        from_authority=whose,
        to_authority=to,
        since=since,
        until=until,
    )
    log("agreement.added", agreement=row.pk, since=str(since))
    return row.pk


@recorded
def end_agreement(log: Log, agreement_id: int, *, last_day: date | None, by: Actor, at: datetime) -> None:
    """It holds to and with that day; without one, to and with today. What it decided so far stays decided."""
    today = danish_day(at)
    row = Agreement.objects.select_for_update().filter(pk=agreement_id).first()
    if row is None or not governs_site(by, on=today):
        raise Hidden
    last = last_day or today
    if last < row.since:
        raise Refused(
            last_day=f"Aftalen begynder først den {row.since:%d.%m.%Y}. Vælg den dag eller en senere."
        )
    if row.until is not None and row.until < today:
        raise Refused(last_day="Aftalen er allerede slut. Lav en ny, hvis der skal gælde en igen.")
    if last < today:
        raise Refused(
            last_day="Dagen er gået, og rapporter er allerede fordelt efter aftalen. Vælg i dag eller senere."
        )
    row.until = last
    row.save()
    log("agreement.ended", agreement=row.pk, until=str(last))
