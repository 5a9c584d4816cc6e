"""Rarity (sjældenhed): how many reports of a year are like this one, as one number and nothing of any of them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import Count, Q

from uth.deid.rarity import Rarity, rarity
from uth.law.clock import danish_day, starts_at
from uth.queries.access import CasePage
from uth.records.cases import Case
from uth.records.national.models import NationalReport

YEAR = timedelta(days=365)
ENOUGH = 200  # in a smaller file nearly all are alone, and the count says nothing of how many there are
COUNT = Count("pk")


def rarity_of(page: CasePage, texts: Iterable[str], *, at: datetime) -> Rarity:
    """How rare what the texts tell is, beside the national file, or the installation's own cases where there is none.

    Whoever has `page` may see the case; of the others comes only how many they are.
    """
    return rarity(texts, alike=_alike(page.sector, page.event_kind, page.place_kind, danish_day(at)))


@lru_cache(maxsize=512)
def _alike(sector: str, event: str, kind: str, day: date) -> int | None:
    """The reports of a year up to that day with these facts; kept for the day. None where there are too few to say."""
    same = Q(sector=sector, event=event, place_kind=kind)
    national = NationalReport.objects.order_by().filter(received_at__gte=starts_at(day - YEAR))
    seen = national.aggregate(all=COUNT, alike=Count("pk", filter=same))
    if seen["all"] < ENOUGH:
        same = Q(report__sector=sector, report__event_kind=event, report__place__kind=kind)
        own = Case.objects.filter(received_on__gte=day - YEAR)
        seen = own.aggregate(all=COUNT, alike=Count("pk", filter=same))
    return seen["alike"] if seen["all"] >= ENOUGH else None
