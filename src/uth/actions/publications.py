"""Publishing (udgivelse): a theme report or annual report is published and sent by one and the same act (§ 9, stk. 2)."""

import uuid
from datetime import datetime

from uth.actions import vouched
from uth.actions.handling import Refused
from uth.actions.recorded import Log, recorded
from uth.law import template
from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day
from uth.law.procedure import NotAllowed
from uth.law.terms import PublicationKind, Role
from uth.records import outbox
from uth.records.organisations import Organisation
from uth.records.plans import Publication
from uth.records.reach import held_by, whole_authorities

ONLY_WHOLE = (
    "Kun en risikomanager for hele myndigheden kan udgive en rapport i myndighedens navn. "
    "Bed en risikomanager dér om at udgive den."
)


@recorded
def publish(
    log: Log,
    *,
    kind: PublicationKind,
    title: str,
    year: int,
    text: str,
    document: bytes | None,
    confirmed: bool,
    overruled: bool = False,
    organisation: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """Put the report where anybody can read it, and a copy in the outbox; returns its number.

    `organisation`: whose it is; told by one who is risk manager of two authorities.
    """
    publisher = _authority(organisation, by, at=at)
    heading = vouched.words(title, field="title", most=template.MOST_TITLE, overruled=overruled)
    words = vouched.words(text, field="text", most=template.MOST_WORDS, overruled=overruled)
    if not heading:
        raise Refused(title="Skriv en titel.")
    if not 2004 <= year <= danish_day(at).year:
        raise Refused(year=f"Skriv et år mellem 2004 og {danish_day(at).year}.")
    kept = vouched.keep_pdf(document, at=at)
    if not words and kept is None:
        raise Refused(text="Skriv rapporten eller et sammendrag, eller vælg en PDF.")
    vouched.check(confirmed=confirmed)
    letter_id = uuid.uuid4()
    wire = template.write(
        template.PUBLICATION,
        message_id=str(letter_id),
        sender=publisher.key,
        publication=kind.value,
        title=heading,
        year=year,
        text=words,
        document=None,
    )
    row = Publication.objects.create(
        organisation=publisher,
        kind=kind,
        title=heading,
        year=year,
        text=words,
        document=kept,
        published_at=at,
        published_by_id=by.user_id,
        message_id=letter_id,
    )
    outbox.put_national(letter_id, wire, document=kept.pk if kept else None, at=at)
    log("report.published", chain=publisher.key, publication=row.pk, message=str(letter_id))
    return row.pk


def _authority(key: str, by: Actor, *, at: datetime) -> Organisation:
    """The authority that publishes: the whole of it has this risk manager. Raises Hidden, NotAllowed or Refused."""
    found = whole_authorities(by, Role.RISK_MANAGER, at=at)
    if not found:
        if held_by(by, at=at).paths({Role.RISK_MANAGER}):
            raise NotAllowed(ONLY_WHOLE)
        raise Hidden
    chosen = [each for each in found if each.key == key] if key or len(found) > 1 else found
    if not chosen:
        raise Refused(organisation="Vælg, hvem der udgiver.")
    return chosen[0]
