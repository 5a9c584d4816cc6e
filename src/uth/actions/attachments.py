"""Attachments (bilag): taken in by content, freed of metadata, kept sealed, and read only once they are found clean."""

import hashlib
import threading
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from uth.actions.recorded import Log, recorded
from uth.deid import files
from uth.law.actor import Actor
from uth.law.text import tidy
from uth.records import shelf
from uth.records.cases import Case
from uth.records.reports import Attachment, Draft, Report

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 5
TOO_LARGE = "Filen fylder over 10 MB. Vælg en mindre fil, eller beskriv indholdet i teksten."
CLEAN, QUARANTINED, INFECTED = "clean", "quarantined", "infected"
DRAFT = "draft"
NotAccepted = files.NotAccepted
_ONE_AT_A_TIME = threading.Lock()  # a picture drawn anew may take hundreds of megabytes


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


def accept(name: str, content: bytes, *, already: int = 0) -> Accepted:
    """The file without its metadata. Raises NotAccepted with the sentence to show."""
    room_for_one(already)
    if len(content) > MOST_BYTES:
        raise NotAccepted(TOO_LARGE)
    with _ONE_AT_A_TIME:
        clean = files.clean_file(content)
    kept = plain_name(name)
    if clean.content_type.startswith("text/") and kept.lower().endswith(".docx"):
        kept = plain_name(f"{kept}.txt")  # of a Word document only the text is left
    return Accepted(kept, clean.content_type, clean.content)


def room_for_one(already: int) -> None:
    """Raises NotAccepted when there are enough."""
    if already >= MOST_FILES:
        raise NotAccepted(f"Der kan højst være {MOST_FILES} filer. Fjern en, før du tilføjer en ny.")


def plain_name(name: str) -> str:
    """The file's own name without folders and odd signs, at most 100 characters."""
    last = tidy(name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if c.isalnum() or c in " ._-()").strip(" .")
    return kept[-100:] or "bilag"


def keep(report: Report, *, name: str, content_type: str, content: bytes, at: datetime) -> None:
    """Put an accepted file with its report; in the caller's transaction."""
    Attachment.objects.create(
        report=report,
        name=name,
        content_type=content_type,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        stored_as=shelf.put(content),
        state=QUARANTINED if settings.UTH_CLAMAV else CLEAN,
        added_at=at,
    )


@recorded
def scanned(log: Log, attachment_id: int, *, clean: bool, by: Actor, at: datetime) -> None:
    """The scanner has looked: a clean file may be read, an infected one never."""
    row = Attachment.objects.select_for_update().get(pk=attachment_id)
    row.state = CLEAN if clean else INFECTED
    row.save(update_fields=["state"])
    case = Case.objects.select_related("organisation").get(report_id=row.report_id)
    log(f"attachment.{row.state}", case, attachment=row.pk)


@recorded
def sweep(log: Log, *, by: Actor, at: datetime) -> int:
    """Take off the shelf what belongs to no report and to no draft; returns how many."""
    kept = set(Attachment.objects.values_list("stored_as", flat=True))
    drafts = {f"{DRAFT}{pk}" for pk in Draft.objects.values_list("pk", flat=True)}
    loose = [
        name
        for name in shelf.names(older_than=at)
        if name not in kept and name.partition("-")[0] not in drafts
    ]
    for name in loose:
        shelf.drop(name)
    log("attachments.swept", count=len(loose))
    return len(loose)
