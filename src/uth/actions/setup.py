"""Set-up (opsætning): what this site is and who administers it first; done once, behind a one-time link."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import slugify

from uth.actions.handling import Refused
from uth.actions.organisations import LETTERS
from uth.actions.people import Invited, invite
from uth.actions.recorded import Log, recorded
from uth.law.actor import SYSTEM, Actor, Hidden
from uth.law.clock import danish_day
from uth.law.procedure import NotAllowed
from uth.law.terms import AuthorityKind, Role
from uth.law.text import tidy
from uth.records import outbox
from uth.records.organisations import KINDS_AT, NEW_HOSPITAL, Installation, Organisation, setup_hash


@dataclass(frozen=True, slots=True)
class Answers:
    """What the one who sets up tells: an organisation's key (or NEW_HOSPITAL), a name, the first administrator.

    Without a name the organisation's own is used.
    """

    organisation: str
    name: str
    email: str
    test_mail: bool = True


@recorded
def begin(log: Log, *, kind: str, by: Actor, at: datetime) -> str:
    """Open the set-up; returns the one-time secret, and an earlier one stops working. Raises NotAllowed when done."""
    row = Installation.objects.select_for_update().first()
    if row is not None and row.completed_at is not None:
        raise NotAllowed(
            "Installationen er allerede sat op. Nye administratorer inviteres under Administration."
        )
    token = secrets.token_urlsafe(32)
    row = row or Installation()
    row.kind, row.setup_hash = kind, setup_hash(token)
    row.save()
    log("setup.begun", kind=kind)
    return token


@recorded
def complete(log: Log, token: str, answers: Answers, *, by: Actor, at: datetime) -> Invited:
    """Write what this site is, and invite the first administrator. Raises Hidden for a wrong or used secret."""
    row = (
        Installation.objects.select_for_update()
        .filter(setup_hash=setup_hash(token), completed_at=None)
        .first()
    )
    if row is None:
        raise Hidden
    place = _organisation(answers, row.kind, tidy(answers.name)[:200], at=at)
    invited = invite(email=answers.email, organisation=place.key, role=Role.ADMIN, by=SYSTEM, at=at)
    if answers.test_mail:
        outbox.put_mail(f"invitation:{invited.id}", "test", at=at)
    row.name = tidy(answers.name)[:200] or place.name
    row.organisation, row.completed_at = place, at
    row.save()
    log("setup.completed", kind=row.kind, organisation=place.key)
    return invited


def _organisation(answers: Answers, kind: str, name: str, *, at: datetime) -> Organisation:
    day = danish_day(at)
    if answers.organisation == NEW_HOSPITAL and AuthorityKind.PRIVATE_HOSPITAL in KINDS_AT[kind]:
        key = slugify(name.lower().translate(LETTERS))[:70]
        if not key:
            raise Refused(name="Skriv, hvad jeres sted hedder.")
        if Organisation.objects.filter(key=key).exists():
            raise Refused(name="Navnet er allerede brugt. Skriv hele navnet, eller vælg jer på listen.")
        return Organisation.objects.create(
            key=key, name=name, kind=AuthorityKind.PRIVATE_HOSPITAL, path=f"/{key}/", since=day
        )
    found = Organisation.objects.filter(key=answers.organisation, kind__in=KINDS_AT[kind]).first()
    if found is None:
        raise Refused(organisation="Vælg jeres myndighed på listen.")
    return found
