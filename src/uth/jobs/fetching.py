"""Fetching (hentning): ask the national level, now and then, what it wants from the authorities that work here."""

import logging
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings

from uth.actions import asking, plans
from uth.actions.receiving import Envelope
from uth.gateways import national
from uth.jobs.letters import sign
from uth.law import signature
from uth.law.actor import SYSTEM
from uth.law.clock import danish_day
from uth.law.procedure import DESK
from uth.law.terms import Wanted
from uth.records.organisations import Organisation
from uth.records.people import Membership, current
from uth.records.succession import paths_of, with_forerunners

logger = logging.getLogger("uth.fetching")
EVERY = timedelta(minutes=1)


def authorities(at: datetime) -> list[str]:
    """The authorities with somebody at the desk here, or at their heir's: nobody else could answer."""
    day = danish_day(at)
    held = Membership.objects.filter(current(day), role__in=DESK, user__is_active=True)
    places = Organisation.objects.filter(pk__in=held.values("organisation")).select_related("successor")
    paths = with_forerunners([path for place in places for path in paths_of(place, on=day)], on=day)
    return sorted({path.split("/")[1] for path in paths})


def fetch(*, now: Callable[[], datetime]) -> int:
    """Ask for each authority; returns how many had something new. What cannot be reached is asked again in a minute."""
    found = 0
    for authority in authorities(now()):
        at = now()
        head = sign({"sender": authority, "message_id": str(uuid.uuid4())}, b"", at=at)
        answer, said = national.fetch(urljoin(settings.UTH_NATIONAL_URL, "requests"), head)
        if answer.problem:
            logger.warning("requests of %s not fetched: %s", authority, answer.problem)
            continue
        asked = [each for row in said.get("requests", []) if (each := _read(row))]
        if plans.is_news(asked):
            plans.take_in(authority, asked, by=SYSTEM, at=now())
            found += 1
    return found


def fetch_here(authority: str, *, at: datetime) -> None:
    """Take the authority's requests in from the national building of this very installation, for a demonstration."""
    head = sign({"sender": authority, "message_id": str(uuid.uuid4())}, b"", at=at)
    envelope = Envelope(
        sender=head[signature.SENDER],
        key_id=head[signature.KEY_ID],
        message_id=head[signature.MESSAGE_ID],
        time=head[signature.TIME],
        signature=head[signature.SIGNATURE],
        body=b"",
    )
    asked = [each for row in asking.hand_out(envelope, at=at) if (each := _read(row))]
    plans.take_in(authority, asked, by=SYSTEM, at=at)


def _read(row: Any) -> plans.Asked | None:
    """A request, or None where it is none that this version understands."""
    try:
        return plans.Asked(
            ref=str(uuid.UUID(row["ref"])),
            case_ref=str(uuid.UUID(row["case_ref"])) if row["case_ref"] else None,
            theme=str(row["theme"]),
            wanted=Wanted(row["wanted"]),
            text=str(row["text"]),
            due_on=date.fromisoformat(row["due_on"]),
            withdrawn=row["withdrawn"] is True,
        )
    except (KeyError, TypeError, ValueError):
        logger.warning("a request could not be read")
        return None
