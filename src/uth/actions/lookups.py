"""Look-ups in the record (journalopslag): a permission with its reason first, then each look-up (SUL § 198, stk. 3)."""

from datetime import date, datetime

from uth.actions.handling import Refused, Taken, take
from uth.actions.identities import pointed_at, vault_identities
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor
from uth.law.clock import danish_day
from uth.law.terms import Act
from uth.law.text import tidy
from uth.records.lookups import LookupPermission, RecordLookup
from uth.records.origin import own

NAME_LIMIT, REASON_LIMIT, SYSTEM_LIMIT, TRACE_LIMIT = 200, 2_000, 100, 300
LASTING = "Fjern »{}«. Listen over journalopslag bliver stående, også når navne og CPR-numre er slettet."


@recorded
def permit(
    log: Log,
    case_id: int,
    *,
    person: str,
    permitted_by: str,
    permitted_on: date,
    necessity: str,
    by: Actor,
    at: datetime,
) -> int:
    """Write down that the management lets this person look, and why the analysis cannot do without; returns its number."""
    taken = take(case_id, Act.PERMIT_LOOKUP, by=by, at=at)
    given = {
        "person": _line(person, NAME_LIMIT, "Skriv navn og titel på den, der må slå op.", "person"),
        "permitted_by": _line(
            permitted_by, NAME_LIMIT, "Skriv, hvem i ledelsen der har givet tilladelsen.", "permitted_by"
        ),
        "necessity": _line(
            necessity, REASON_LIMIT, "Skriv, hvorfor opslaget er nødvendigt for analysen.", "necessity"
        ),
    }
    if permitted_on > danish_day(at):
        raise Refused(
            permitted_on="Datoen ligger i fremtiden. Registrér tilladelsen, når ledelsen har givet den."
        )
    _check_lasting(log, taken, necessity=given["necessity"])
    row = LookupPermission.objects.create(
        case=taken.case,
        organisation=taken.case.organisation,
        permitted_on=permitted_on,
        at=at,
        by=taken.user,
        **given,
    )
    log("lookup.permitted", taken.case, role=taken.role, permission=row.pk)
    return row.pk


@recorded
def look_up(
    log: Log,
    case_id: int,
    *,
    permission: int,
    looked_up_at: datetime,
    system: str,
    trace: str,
    by: Actor,
    at: datetime,
) -> None:
    """Write down a look-up: only under a permission given before it, and only if it can be told apart afterwards."""
    taken = take(case_id, Act.LOG_LOOKUP, by=by, at=at)
    held = LookupPermission.objects.filter(pk=permission, case=taken.case).first()
    if held is None or not own(held.organisation.path, taken.case.organisation.path, on=danish_day(at)):
        raise Refused(
            permission="Vælg den tilladelse, opslaget skete efter. Er der ingen, så registrér den først."
        )
    given = {
        "system": _line(system, SYSTEM_LIMIT, "Skriv, hvilket journalsystem der blev slået op i.", "system"),
        "trace": _line(
            trace,
            TRACE_LIMIT,
            "Skriv, hvordan man bagefter kan se i journalsystemet, at opslaget skete til analysen.",
            "trace",
        ),
    }
    if looked_up_at > at:
        raise Refused(looked_up_at="Tidspunktet ligger i fremtiden. Registrér opslaget, når det er sket.")
    if danish_day(looked_up_at) < held.permitted_on:
        raise Refused(
            looked_up_at="Opslaget ligger før den dag, tilladelsen blev givet. Ret tidspunktet, eller vælg en anden tilladelse."
        )
    _check_lasting(log, taken, **given)
    row = RecordLookup.objects.create(
        permission=held, looked_up_at=looked_up_at, at=at, by=taken.user, **given
    )
    log("lookup.logged", taken.case, role=taken.role, permission=held.pk, lookup=row.pk)


def _line(text: str, most: int, missing: str, field: str) -> str:
    clean = tidy(text)
    if not clean:
        raise Refused(**{field: missing})
    if len(clean) > most:
        limit = f"{most:,}".replace(",", ".")
        raise Refused(**{field: f"Teksten må højst fylde {limit} tegn. Forkort den."})
    return clean


def _check_lasting(log: Log, taken: Taken, **written: str) -> None:
    """The rows are never changed, so what the night forgets must not stand in them."""
    known = vault_identities(taken.case)
    if known:
        log("vault.matched", taken.case, role=taken.role)  # the machine looked; nobody read
    for field, text in written.items():
        if found := pointed_at(text, known):
            raise Refused(**{field: LASTING.format(found)})
