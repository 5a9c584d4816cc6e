"""Places (steder): the search behind the location field, over names and aliases."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from uth.law.terms import AuthorityKind, Sector
from uth.law.text import fold, tidy
from uth.records.organisations import Organisation, Place
from uth.records.people import current
from uth.records.routing import chart


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place a person can choose."""

    key: str
    name: str
    sector: str
    kind: str
    within: str


def search(words: str, *, on: date, sector: str = "", most: int = 12) -> tuple[PlaceLine, ...]:
    """Places whose name or alias holds every word; names that begin with the first word come first."""
    terms = fold(tidy(words)).split()[:6]
    if not terms:
        return ()
    found = Place.objects.filter(hidden=False).filter(
        Q(since=None, until=None) | Q(since=None, until__gte=on) | current(on)
    )
    if sector:
        found = found.filter(sector=sector)
    for term in terms:
        found = found.filter(
            Q(search_text__contains=term)
            | Q(aliases__search_text__contains=term)
            | Q(lies_on__search_text__contains=term)
        )
    rows = list(found.select_related("parent", "lies_on").distinct().order_by("name")[:60])
    rows.sort(key=lambda p: (not p.search_text.startswith(terms[0]), p.name))
    return tuple(_line(p) for p in rows[:most])


def by_key(key: str) -> PlaceLine | None:
    """The place with this key."""
    p = Place.objects.select_related("parent", "lies_on").filter(key=key).first()
    return _line(p) if p else None


def _line(p: Place) -> PlaceLine:
    """`within` is the house it lies in, else what it is a part of."""
    whole = p.lies_on or p.parent
    return PlaceLine(p.key, p.name, p.sector, p.kind, whole.name if whole else "")


def named(name: str, *, on: date) -> tuple[PlaceLine, ...]:
    """What a typed name may mean, for one who has no list to choose from: the very name alone, or all that fit."""
    found = search(name, on=on)
    exact = [line for line in found if fold(line.name) == fold(name.strip())]
    return tuple(exact) or found


def sector_of(key: str) -> Sector:
    """The sector of the place with this key; unknown if there is none."""
    line = by_key(key) if key else None
    return Sector(line.sector) if line else Sector.UNKNOWN


def regions(*, on: date) -> tuple[tuple[str, str], ...]:
    """Key and name of the regions of that day."""
    return _authorities(AuthorityKind.REGION, on=on)


def municipalities(*, on: date) -> tuple[tuple[str, str], ...]:
    """Key and name of the kommuner of that day."""
    return _authorities(AuthorityKind.MUNICIPALITY, on=on)


def authority_name(key: str) -> str:
    """The name of the authority with this key."""
    return Organisation.objects.values_list("name", flat=True).get(key=key)


def _authorities(kind: AuthorityKind, *, on: date) -> tuple[tuple[str, str], ...]:
    known = chart().authorities.values()  # by name
    return tuple((each.key, each.name) for each in known if each.kind is kind and each.in_force(on))
