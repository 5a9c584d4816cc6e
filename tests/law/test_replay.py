"""Forty events from 2011 to 2027, replayed by the rules of their days: the table is `replay.md`, for people to check."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from uth.cli import seeds
from uth.law import clock
from uth.law.duty import criterion
from uth.law.routing import (
    Agreement,
    Authority,
    Occurrence,
    PlaceFacts,
    Recipient,
    RoutingMap,
    Tenure,
    map_day,
    route,
)
from uth.law.rulebook import rule
from uth.law.terms import (
    ActualHarm,
    AuthorityKind,
    DutyCriterion,
    EventKind,
    PlaceKind,
    PossibleHarm,
    ReporterCategory,
    ReporterKind,
    Sector,
)

TABLE = Path(__file__).with_name("replay.md")
SINCE = date(2007, 1, 1)
FINDER = "DK-84"


def rows() -> Iterator[dict[str, str]]:
    """The lines of the table, by the names of its columns."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    names, _, *rest = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    for cells in rest:
        yield dict(zip(names, cells, strict=True))


def authorities() -> Iterator[Authority]:
    """The real regions and kommuner, and two made-up private ones."""
    for r in seeds.regions():
        yield Authority(r.key, r.name, AuthorityKind.REGION, r.valid_from, r.valid_to, r.successor)
    for k in seeds.municipalities():
        yield Authority(k.code, k.official_name, AuthorityKind.MUNICIPALITY, SINCE)
    for name in ("Egelund Privathospital (opdigtet)", "Hospice Birketoft (opdigtet)"):
        yield Authority(name, name, AuthorityKind.PRIVATE_HOSPITAL, SINCE)


ROWS = list(rows())
AUTHORITIES = {each.key: each for each in authorities()}
KEY_OF = {each.name: each.key for each in AUTHORITIES.values()}
REGION_OF = {k.code: k.region_iso for k in seeds.municipalities()}

EVENTS = {
    "under transport": EventKind.TRANSPORT,
    "under transport mellem hospitaler": EventKind.HOSPITAL_TRANSFER,
    "på vagtcentralen": EventKind.DISPATCH,
    "udlevering af medicin": EventKind.PHARMACY_SUPPLY,
    "i en overgang": EventKind.TRANSITION,
}
SECTORS = {
    "hospital": Sector.HOSPITAL,
    "privathospital": Sector.PRIVATE_HOSPITAL,
    "praksis": Sector.PRACTICE,
    "apotek": Sector.PHARMACY,
    "kommune": Sector.MUNICIPAL,
    "præhospital": Sector.PREHOSPITAL,
}
KINDS = {kind.danish.lower(): kind for kind in PlaceKind if kind.danish.lower() not in SECTORS}
REPORTERS = {
    "patient": (ReporterKind.PATIENT, None),
    "pårørende": (ReporterKind.RELATIVE, None),
    "anden medarbejder": (ReporterKind.PROFESSIONAL, ReporterCategory.OTHER_STAFF),
} | {c.danish.lower(): (ReporterKind.PROFESSIONAL, c) for c in ReporterCategory}
ACTUAL = {
    "ingen": ActualHarm.NONE_OR_UNKNOWN,
    "lettere": ActualHarm.MILD,
    "alvorlig": ActualHarm.SERIOUS,
    "dødelig": ActualHarm.FATAL,
}
POSSIBLE = {
    "kunne være lettere": PossibleHarm.MILD,
    "kunne være alvorlig": PossibleHarm.SERIOUS_OR_FATAL,
}
DUTIES = {
    DutyCriterion.SERIOUS: "har medvirket til alvorlige eller dødelige konsekvenser",
    DutyCriterion.COULD_BE_SERIOUS: "kunne have medført alvorlige eller dødelige konsekvenser",
    DutyCriterion.LEARNING: "kan bidrage til læring",
    DutyCriterion.OLD_RULES: "reglerne før 01.07.2023",
    DutyCriterion.NOT_OBLIGED: "ingen pligt",
}


@dataclass
class Told:
    """What stands in »Oplyst«, read word by word; a word nobody knows fails the row."""

    event: EventKind = EventKind.TREATMENT
    sector: Sector = Sector.UNKNOWN
    kind: PlaceKind | None = None
    municipality: str | None = None
    transported_by: str | None = None
    ydernummer: bool = False
    tenures: list[Tenure] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    others: list[PlaceFacts] = field(default_factory=list)

    def read(self, word: str) -> None:
        terms: dict[str, Mapping[str, object]] = {
            "event": EVENTS,
            "sector": SECTORS,
            "kind": KINDS,
            "municipality": KEY_OF,
        }
        for name, known in terms.items():
            if word in known:
                setattr(self, name, known[word])
                return
        for phrase, means in PHRASES.items():
            if found := re.fullmatch(phrase, word):
                means(self, *found.groups())
                return
        raise AssertionError(f"what does »{word}« mean?")

    def changes_hands(self, first: str, last: str, then: str) -> None:
        since = date.fromordinal(day(last).toordinal() + 1)
        self.tenures += [
            Tenure(SINCE, day(last), operator=KEY_OF[first]),
            Tenure(since, operator=KEY_OF[then]),
        ]

    def on(self, when: date) -> Occurrence:
        """The occurrence, with the place as it stood that day."""
        what = Occurrence(
            self.event,
            self.sector,
            transported_by=self.transported_by,
            municipality=self.municipality,
            kind=self.kind,
            involved=tuple(self.others),
        )
        if not self.tenures:
            return what
        place = PlaceFacts(
            "a",
            "A",
            self.sector,
            self.kind or PlaceKind.OTHER,
            region=REGION_OF[self.municipality or ""],
            municipality=self.municipality,
            ydernummer=self.ydernummer,
        )
        held = next((each for each in self.tenures if each.holds(when)), Tenure(SINCE))
        known = replace(
            place,
            operator=held.operator,
            supervisor=held.supervisor,
            receives_itself=held.receives_itself,
        )
        return replace(what, place=known)

    def route(self, when: date) -> Recipient:
        """Who receives it by the rules of that day."""
        map = RoutingMap(AUTHORITIES, FINDER, tuple(self.agreements), region_of=REGION_OF)
        return route(self.on(map_day(when)), on=when, map=map)


PHRASES: dict[str, Callable[..., object]] = {
    "ydernummer": lambda told: setattr(told, "ydernummer", True),
    "drives af (.+) til ([0-9.]+), derefter (.+)": Told.changes_hands,
    "drives af (.+)": lambda told, who: told.tenures.append(Tenure(SINCE, operator=KEY_OF[who])),
    "(.+) fører tilsyn": lambda told, who: told.tenures.append(Tenure(SINCE, supervisor=KEY_OF[who])),
    "(.+) modtager selv": lambda told, who: told.tenures.append(Tenure(SINCE, receives_itself=KEY_OF[who])),
    "kører for (.+)": lambda told, who: setattr(told, "transported_by", KEY_OF[who]),
    "aftale: (.+) → (.+)": lambda told, of, to: told.agreements.append(
        Agreement(KEY_OF[of], KEY_OF[to], since=SINCE)
    ),
    "det andet sted ligger i (.+)": lambda told, where: told.others.append(
        PlaceFacts("b", "B", Sector.MUNICIPAL, PlaceKind.CARE_HOME, municipality=KEY_OF[where])
    ),
}


def day(text: str) -> date:
    dd, mm, yyyy = text.split(".")
    return date(int(yyyy), int(mm), int(dd))


def spelled(when: date | None) -> str:
    return f"{when:%d.%m.%Y}" if when else "ingen frist"


def answered(row: dict[str, str]) -> dict[str, str]:
    """What the law's modules say to what stands in the left half of the row."""
    told = Told()
    for word in filter(lambda word: word != "intet", row["Oplyst"].split("; ")):
        told.read(word)
    happened, aware, received = (day(row[name]) for name in ("Skete", "Opdaget", "Modtaget"))
    kind, category = REPORTERS[row["Rapportør"]]
    actual, *more = row["Betydning"].split(", ")
    possible = next((POSSIBLE[word] for word in more if word in POSSIBLE), None)
    found, counted = told.route(received), told.route(happened)
    why = criterion(kind, category, ACTUAL[actual], possible, "kan give læring" in more, on=aware)
    obliged = why is not DutyCriterion.NOT_OBLIGED  # § 3, stk. 2 speaks of them alone
    too_early = kind is not ReporterKind.PROFESSIONAL and not rule("patients_may_report", on=received).yes
    old_map = " efter kortet fra 2011" if "fordelingen fra 2011" in counted.explanation else ""
    return {
        "Modtager": AUTHORITIES[found.authority].name,
        "Paragraf": paragraph(found),
        "Tælles hos": AUTHORITIES[counted.authority].name + old_map,
        "Pligt": DUTIES[why] + (", endnu ingen adgangsregel" if too_early else ""),
        "Rapportér senest": spelled(clock.report_by(aware, kind) if obliged else None),
        "Videregiv senest": spelled(clock.forward_by(received)),
        "National modtager": rule("national_receiver", on=received).text,
    }


def paragraph(found: Recipient) -> str:
    """The paragraph without the order's name, or why none is named."""
    last = found.paragraph.split(", § 4", 1)
    if len(last) > 1:
        return f"§ 4{last[1]}"
    return found.paragraph.split("; ")[1].split(" fra ")[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['Nr']} {row['Hændelsen']}")
def test_par10_each_event_has_the_answers_of_its_day(row: dict[str, str]) -> None:
    answers = answered(row)
    assert {name: row[name] for name in answers} == answers


@pytest.mark.parametrize("reporter", ["autoriseret sundhedsperson", "patient", "pårørende"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["Nr"])
def test_par5_1_each_event_has_the_same_recipient_whoever_reports(row: dict[str, str], reporter: str) -> None:
    answers = answered(row | {"Rapportør": reporter})
    assert answers["Modtager"] == row["Modtager"]
    assert answers["Tælles hos"] == row["Tælles hos"]


def test_the_table_has_forty_events_over_all_sectors_and_years() -> None:
    table = ROWS
    assert [row["Nr"] for row in table] == [str(n) for n in range(1, 41)]
    assert {day(row["Modtaget"]).year for row in table} == set(range(2011, 2028))
    words = {word for row in table for word in row["Oplyst"].split("; ")}
    assert set(SECTORS) | set(EVENTS) <= words
    assert {row["Paragraf"] for row in table} >= {f"§ 4, stk. {n}" for n in (1, 3, 4, 5)}
    assert set(DUTIES.values()) <= {row["Pligt"] for row in table}
