"""The register of places read in (stedregistret): added, changed or closed, never deleted; the plan can be seen first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from uth.actions.handling import Refused
from uth.actions.places import TenureEntry, put_tenure
from uth.actions.recorded import Log, recorded
from uth.law.actor import Actor
from uth.law.clock import danish_day
from uth.law.terms import AuthorityKind, PlaceKind, Sector
from uth.law.text import fold
from uth.records.organisations import SINCE_EVER, Organisation, Place, Tenure

PREFIX = "sor-"  # the keys of places that came from the register; only those are closed by it
SOURCE = "SOR-udtræk"
MOST_CLOSED = 5  # more than one in so many are not closed at once unasked
ITSELF = frozenset({PlaceKind.PRIVATE_HOSPITAL, PlaceKind.HOSPICE})


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of the register. `operator` and `supervisor` are authority keys; `private`: nobody public runs it."""

    sor_id: str
    name: str
    sector: Sector
    kind: PlaceKind
    parent: str = ""
    municipality: str = ""
    region: str = ""
    operator: str = ""
    supervisor: str = ""
    private: bool = False
    ydernummer: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def key(self) -> str:
        return f"{PREFIX}{self.sor_id}"


type ById = Mapping[str, Unit]
type Whose = tuple[str, str, str]  # operator, supervisor, and who receives itself

# The Danish word for each field a change is told by.
FIELDS = {
    "name": "navn",
    "sector": "sektor",
    "kind": "type",
    "municipality": "kommune",
    "region": "region",
    "ydernummer": "ydernummer",
    "since": "første dag",
    "until": "sidste dag",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A place that is known and told differently now."""

    unit: Unit
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the extract would do. `closed` are keys and names; `problems` are Danish sentences."""

    added: tuple[Unit, ...]
    changed: tuple[Change, ...]
    closed: tuple[tuple[str, str], ...]
    same: int
    problems: tuple[str, ...]


def plan(units: Sequence[Unit], *, on: date, partial: bool = False) -> Plan:
    """What reading this extract in would do that day. A partial extract closes nothing."""
    lines, problems = _sound(units)
    by_id = {unit.sor_id: unit for unit in lines}
    rows = {
        row.sor_id: row
        for row in Place.objects.exclude(sor_id="")
        .select_related("parent")
        .prefetch_related("tenures__operator", "tenures__supervisor", "tenures__receives_itself")
    }
    found = {
        unit: tuple(_differences(rows[unit.sor_id], unit, by_id, on)) for unit in lines if unit.sor_id in rows
    }
    gone = [
        row
        for row in rows.values()
        if row.key.startswith(PREFIX) and row.sor_id not in by_id and (row.until is None or row.until > on)
    ]
    return Plan(
        added=tuple(unit for unit in lines if unit.sor_id not in rows),
        changed=tuple(Change(unit, names) for unit, names in found.items() if names),
        closed=() if partial else tuple((row.key, row.name) for row in gone),
        same=sum(not names for names in found.values()),
        problems=tuple(problems),
    )


@recorded
def read_in(
    log: Log,
    units: Sequence[Unit],
    *,
    partial: bool = False,
    close_many: bool = False,
    by: Actor,
    at: datetime,
) -> Plan:
    """Do what the plan says, all of it or nothing. Raises Refused where it would empty the map by mistake."""
    on = danish_day(at)
    found = plan(units, on=on, partial=partial)
    ours = Place.objects.filter(key__startswith=PREFIX, until=None).count()
    if len(found.closed) * MOST_CLOSED > ours and not close_many:
        raise Refused(
            closed=f"Filen ville lukke {len(found.closed)} af {ours} steder. Er den kun en del af registret, så brug "
            "--partial. Er det meningen, så brug --close-many."
        )
    by_id = {unit.sor_id: unit for unit in _sound(units)[0]}
    for unit in (*found.added, *(change.unit for change in found.changed)):
        _put(unit, by_id, on)
    for key, _ in found.closed:
        Place.objects.filter(key=key).update(until=on)
    log("places.read_in", added=len(found.added), changed=len(found.changed), closed=len(found.closed))
    return found


def _sound(units: Sequence[Unit]) -> tuple[list[Unit], list[str]]:
    """Each unit once and after its parent; what cannot be placed as told is said."""
    known = set(Place.objects.exclude(sor_id="").values_list("sor_id", flat=True))
    authorities = set(Organisation.objects.filter(parent=None).values_list("key", flat=True))
    once: dict[str, Unit] = {}
    problems = []
    for unit in units:
        if unit.sor_id in once:
            problems.append(f"{unit.sor_id} står to gange i filen. Den første er brugt.")
        elif wrong := {unit.operator, unit.supervisor} - authorities - {""}:
            problems.append(
                f"{unit.sor_id}: vi kender ikke myndigheden {', '.join(sorted(wrong))}. Sprunget over."
            )
        else:
            once[unit.sor_id] = unit
    for unit in [u for u in once.values() if _in_a_circle(u, once)]:
        problems.append(f"{unit.sor_id} er overordnet sig selv. Lagt ind uden overordnet enhed.")
        once[unit.sor_id] = replace(unit, parent="")
    orphans = [u for u in once.values() if u.parent and u.parent not in once and u.parent not in known]
    problems += [f"{u.sor_id}: den overordnede enhed {u.parent} findes ikke. Lagt ind uden." for u in orphans]
    return list(_parents_first(once)), problems


def _in_a_circle(unit: Unit, units: ById) -> bool:
    seen, each = set(), units.get(unit.parent)
    while each is not None and each.sor_id not in seen:
        if each.sor_id == unit.sor_id:
            return True
        seen.add(each.sor_id)
        each = units.get(each.parent)
    return False


def _parents_first(units: ById) -> Iterator[Unit]:
    done: set[str] = set()
    for unit in units.values():
        line: list[Unit] = []
        each: Unit | None = unit
        while each is not None and each.sor_id not in done:
            done.add(each.sor_id)
            line.append(each)
            each = units.get(each.parent)
        yield from reversed(line)


def _differences(row: Place, unit: Unit, by_id: ById, on: date) -> Iterator[str]:
    for name, danish in FIELDS.items():
        if getattr(row, name) != getattr(unit, name):
            yield danish
    parent = row.parent.sor_id if row.parent else ""
    if unit.parent != parent and (unit.parent in by_id or not unit.parent):
        yield "overordnet enhed"
    if _held(row, on) != _wanted(unit, by_id):
        yield "driftsansvar"


def _held(row: Place, on: date) -> Whose:
    """Whose it is now; on a day that nobody told of, its first tenure to come."""
    tenures = sorted(row.tenures.all(), key=lambda each: each.since)
    now = [each for each in tenures if each.since <= on and (each.until is None or on <= each.until)]
    held: Tenure | None = next(iter(now or tenures), None)
    if held is None:
        return "", "", ""
    keys = (held.operator, held.supervisor, held.receives_itself)
    return tuple(each.key if each else "" for each in keys)  # type: ignore[return-value]


def _wanted(unit: Unit, by_id: ById) -> Whose:
    """Whose the register says it is: its own word, else that of the one above it."""
    above = _wanted(by_id[unit.parent], by_id) if unit.parent in by_id else ("", "", "")
    if unit.private:
        itself = unit.key if unit.kind in ITSELF else above[2]
        return "", unit.supervisor or above[1], itself
    if unit.operator:
        return unit.operator, unit.supervisor, ""
    return above[0], unit.supervisor or above[1], above[2]


def _put(unit: Unit, by_id: ById, on: date) -> None:
    place = Place.objects.filter(sor_id=unit.sor_id).first() or Place(key=unit.key, sor_id=unit.sor_id)
    fresh = place.pk is None
    for name in FIELDS:
        setattr(place, name, getattr(unit, name))
    place.parent = Place.objects.filter(sor_id=unit.parent).first() if unit.parent else None
    place.search_text = fold(unit.name)
    place.save()
    wanted = _wanted(unit, by_id)
    if not any(wanted) or _held(place, on) == wanted:
        return
    operator, supervisor, itself = wanted
    if itself == unit.key:
        _receiver(unit)
    first = (unit.since or SINCE_EVER) if fresh or not place.tenures.exists() else on
    entry = TenureEntry(first, operator or None, supervisor or None, itself or None, source=SOURCE)
    put_tenure(place, entry)


def _receiver(unit: Unit) -> None:
    """A private hospital or hospice is an authority of its own (§ 4, stk. 3)."""
    lies_in = Organisation.objects.filter(key=unit.region, kind=AuthorityKind.REGION).first()
    Organisation.objects.update_or_create(
        key=unit.key,
        defaults={
            "name": unit.name,
            "kind": AuthorityKind.PRIVATE_HOSPITAL,
            "since": unit.since or SINCE_EVER,
            "until": unit.until,
            "lies_in": lies_in,
            "path": f"/{unit.key}/",
        },
    )
