"""Scanning (virusscanning): files wait in quarantine until the scanner has found nothing in them."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from uth.actions import attachments
from uth.gateways import clamav
from uth.law.actor import SYSTEM
from uth.records import shelf
from uth.records.reports import Attachment

logger = logging.getLogger("uth.scanning")


def scan(*, now: Callable[[], datetime]) -> int:
    """Look at what waits; returns how many the scanner answered for. Without a scanner nothing waits."""
    if not settings.UTH_CLAMAV:
        return 0
    looked = 0
    for row in Attachment.objects.filter(state=attachments.QUARANTINED).order_by("pk")[:20]:
        try:
            clean = clamav.is_clean(shelf.get(row.stored_as), address=settings.UTH_CLAMAV)
            attachments.scanned(row.pk, clean=clean, by=SYSTEM, at=now())
            looked += 1
        except (clamav.NotScanned, FileNotFoundError) as failure:
            logger.warning("attachment %s stays in quarantine: %s", row.pk, failure)
    return looked
