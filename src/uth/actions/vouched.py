"""Vouched for (indestået): words and a PDF that a person says name nobody, after the machine has looked too (§ 7)."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from uth.actions.handling import Refused
from uth.deid import files
from uth.deid.leaks import leaks
from uth.deid.span import KnownIdentity
from uth.law.clean_text import why_not
from uth.law.template import MOST_DOCUMENT
from uth.law.text import tidy
from uth.records.plans import Document

NOT_CONFIRMED = "Læs det hele igennem, og sæt krydset, når du har set, at ingen er nævnt."
PDF = "application/pdf"


def words(text: str, *, field: str, most: int, overruled: bool, known: Sequence[KnownIdentity] = ()) -> str:
    """The text, tidied. Raises Refused while it holds what may be an identity and nobody has looked at it."""
    clean = tidy(text)
    if len(clean) > most:
        raise Refused(**{field: f"Teksten må højst fylde {most:,} tegn. Forkort den.".replace(",", ".")})
    if never := why_not(clean):
        raise Refused(**{field: f"Teksten {never}."})
    found = list(dict.fromkeys(span.text for span in leaks(clean, known=known)))
    if found and not overruled:
        listed = ", ".join(f"»{each}«" for each in found[:6])
        raise Refused(
            **{
                field: f"Er det personoplysninger? {listed}. Fjern dem, eller sæt kryds ved, at du har set på dem."
            }
        )
    return clean


def check(*, confirmed: bool) -> None:
    """Raises Refused unless a person says to have read it all."""
    if not confirmed:
        raise Refused(confirmed=NOT_CONFIRMED)


def keep_pdf(content: bytes | None, *, at: datetime) -> Document | None:
    """The PDF without what it tells of its maker, kept; in the caller's transaction. Raises Refused."""
    if not content:
        return None
    if len(content) > MOST_DOCUMENT:
        raise Refused(document="PDF'en fylder over 5 MB. Gem den i en mindre udgave, og vælg den igen.")
    if not content.startswith(b"%PDF-"):
        raise Refused(document="Vælg en PDF. Andre slags filer kan vi ikke sende videre.")
    try:
        clean = files.clean_file(content).content
    except files.NotAccepted as refused:
        raise Refused(document=str(refused)) from None
    if len(clean) > MOST_DOCUMENT:
        raise Refused(document="PDF'en fylder over 5 MB. Gem den i en mindre udgave, og vælg den igen.")
    return Document.objects.create(
        content_type=PDF,
        size=len(clean),
        digest=hashlib.sha256(clean).hexdigest(),
        content=clean,
        added_at=at,
    )
