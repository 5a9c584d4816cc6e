"""The four local mappings (de lokale tilpasninger): alias, hidden units, units on physical hospitals, delegated units."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor
from uth.law.clock import danish_day
from uth.law.text import fold, tidy
from uth.records.organisations import Delegation, Organisation, Place, PlaceAlias

type Row = tuple[str, ...]


@dataclass(slots=True)
class Done:
    """What a mapping did, in Danish lines."""

    changed: list[str] = field(default_factory=list)
    same: int = 0
    problems: list[str] = field(default_factory=list)


class Dry(Exception):
    """A dry run has come to its end and is rolled back; `done` is what it would have done."""

    def __init__(self, done: Done) -> None:
        super().__init__("dry run")
        self.done = done


def _place(key: str, done: Done) -> Place | None:
    """A place by its SOR id or its own key; one nobody knows is said."""
    row = (
        Place.objects.filter(sor_id=key).first() if key.isdecimal() else Place.objects.filter(key=key).first()
    )
    if row is None:
        done.problems.append(f"Vi kender ikke stedet {key}. Sprunget over.")
    return row


def _end(log: Log, done: Done, kind: str, *, dry: bool) -> Done:
    if dry:
        raise Dry(done)
    log("places.mapped", kind=kind, changed=len(done.changed))
    return done


@recorded
def add_aliases(log: Log, rows: Sequence[Row], *, dry: bool = False, by: Actor, at: datetime) -> Done:
    """Names people search for: a place and a name a row."""
    done = Done()
    for key, name in rows:
        place, words = _place(key, done), tidy(name)[:200]
        if place is None or not words:
            continue
        if place.aliases.filter(search_text=fold(words)).exists():
            done.same += 1
            continue
        PlaceAlias.objects.create(place=place, name=words, search_text=fold(words))
        done.changed.append(f"{place.name}: »{words}«")
    return _end(log, done, "aliases", dry=dry)


YES_NO = {"ja": True, "nej": False}


@recorded
def hide(log: Log, rows: Sequence[Row], *, dry: bool = False, by: Actor, at: datetime) -> Done:
    """Units that are not offered, though still known: a place and ja or nej a row."""
    done = Done()
    for key, told in rows:
        place = _place(key, done)
        if told.lower() not in YES_NO:
            done.problems.append(f"{key}: skriv ja eller nej, ikke »{told}«. Sprunget over.")
        elif place is not None and place.hidden == YES_NO[told.lower()]:
            done.same += 1
        elif place is not None:
            place.hidden = not place.hidden
            place.save()
            done.changed.append(f"{place.name}: {'skjult' if place.hidden else 'vist'}")
    return _end(log, done, "hidden", dry=dry)


@recorded
def lay_on(log: Log, rows: Sequence[Row], *, dry: bool = False, by: Actor, at: datetime) -> Done:
    """Which physical hospital a unit lies on: a unit and a hospital a row; an empty hospital takes it away."""
    done = Done()
    for key, whole in rows:
        unit, house = _place(key, done), _place(whole, done) if whole else None
        if unit is None or (whole and house is None):
            continue
        if house is not None and house.pk == unit.pk:
            done.problems.append(f"{unit.name} kan ikke ligge på sig selv. Sprunget over.")
        elif unit.lies_on_id == (house.pk if house else None):
            done.same += 1
        else:
            unit.lies_on = house
            unit.save()
            done.changed.append(f"{unit.name}: {house.name if house else 'ingen'}")
    return _end(log, done, "physical", dry=dry)


@recorded
def delegate(log: Log, rows: Sequence[Row], *, dry: bool = False, by: Actor, at: datetime) -> Done:
    """Which part of the receiver looks at a place: a place, a part's key, and a first and a last day a row."""
    done, today = Done(), danish_day(at)
    for key, part, since, until in rows:
        place, organisation = _place(key, done), Organisation.objects.filter(key=part).first()
        try:
            first = date.fromisoformat(since) if since else today
            last = date.fromisoformat(until) if until else None
        except ValueError:
            done.problems.append(f"{key}: skriv dagene som 2026-03-07. Sprunget over.")
            continue
        if place is None:
            continue
        if organisation is None or organisation.parent_id is None:
            done.problems.append(f"{key}: {part} er ingen enhed under en myndighed. Sprunget over.")
        elif place.delegations.filter(organisation=organisation, since=first, until=last).exists():
            done.same += 1
        else:
            _delegated(place, organisation, first, last)
            done.changed.append(f"{place.name}: {organisation.name} fra {first:%d.%m.%Y}")
    return _end(log, done, "delegated", dry=dry)


def _delegated(place: Place, organisation: Organisation, first: date, last: date | None) -> None:
    """The new row; one that still ran ends the day before."""
    for before in place.delegations.filter(since__lt=first):
        if before.until is None or before.until >= first:
            before.until = first - timedelta(days=1)
            before.save()
    Delegation.objects.update_or_create(
        place=place, since=first, defaults={"organisation": organisation, "until": last}
    )


# By the command's word: the verb, and the columns its file has.
VERBS: dict[str, tuple[Callable[..., Done], tuple[str, ...]]] = {
    "aliases": (add_aliases, ("Sted", "Alias")),
    "hidden": (hide, ("Sted", "Skjult")),
    "physical": (lay_on, ("Sted", "LiggerPaa")),
    "delegated": (delegate, ("Sted", "Enhed", "Fra", "Til")),
}
