"""The answers (svarene): everything a form or a program can tell of an incident, tidied and checked before it is taken."""

from dataclasses import dataclass, field, fields, replace
from datetime import date, time
from typing import Any

from uth.law.terms import (
    ActualHarm,
    DateQuality,
    EventKind,
    PlaceKind,
    PossibleHarm,
    ReporterCategory,
    ReporterKind,
    RoleTowardsEvent,
    Sector,
    TreatmentPhase,
)
from uth.law.text import tidy
from uth.records.routing import Chart, chart

STORY_LIMIT = 15_000  # characters: with what was done at once it still fits the national message
TEXT_LIMIT = 4_000
EARLIEST = date(1900, 1, 1)
CPR_LENGTH = 10


class Refused(Exception):
    """The answers cannot be taken as they are; `problems` is field name -> Danish sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class MedicineAnswer:
    """A medicine as told."""

    name: str
    substance: str = ""
    strength: str = ""
    route: str = ""
    atc: str = ""


@dataclass(frozen=True, slots=True)
class DeviceAnswer:
    """A device as told."""

    kind: str
    name: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class InvolvedAnswer:
    """Another place that had a part in it. `role`: before, after or discovered."""

    role: str
    place: str = ""
    place_text: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentAnswer:
    """A file, already cleaned by `attachments.accept`."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything a form or a program can tell; only the story, the harm and who tells are needed."""

    story: str
    reporter_kind: ReporterKind
    actual_harm: ActualHarm
    sector: Sector = Sector.UNKNOWN
    event_kind: EventKind = EventKind.TREATMENT
    treatment_phase: TreatmentPhase | None = None
    place: str = ""
    place_text: str = ""
    place_kind: PlaceKind | None = None
    municipality: str = ""
    region: str = ""
    transported_by: str = ""
    event_date: date | None = None
    event_date_quality: DateQuality = DateQuality.UNKNOWN
    event_time: time | None = None
    event_time_quality: DateQuality = DateQuality.UNKNOWN
    aware_date: date | None = None
    headline: str = ""
    immediate_action: str = ""
    prevention: str = ""
    possible_harm: PossibleHarm | None = None
    learning: bool | None = None
    reporter_category: ReporterCategory | None = None
    role_towards_event: RoleTowardsEvent | None = None
    profession: str = ""
    wants_feedback: bool = False
    reporter_name: str = ""
    reporter_email: str = ""
    reporter_phone: str = ""
    patient_name: str = ""
    patient_cpr: str = ""
    medicines: tuple[MedicineAnswer, ...] = ()
    devices: tuple[DeviceAnswer, ...] = ()
    involved: tuple[InvolvedAnswer, ...] = ()
    attachments: tuple[AttachmentAnswer, ...] = ()
    language: str = "da"
    channel: str = "web"

    @property
    def anonymous(self) -> bool:
        return not (self.reporter_name or self.reporter_email or self.reporter_phone)


# Every text a person typed, with its longest length and what the form calls it.
TEXTS: dict[str, tuple[int, str]] = {
    "story": (STORY_LIMIT, "Beretningen"),
    "headline": (200, "Overskriften"),
    "immediate_action": (TEXT_LIMIT, "Det, der blev gjort med det samme,"),
    "prevention": (TEXT_LIMIT, "Forslaget"),
    "place_text": (300, "Stedet"),
    "profession": (100, "Faggruppen"),
    "reporter_name": (200, "Navnet"),
    "reporter_email": (254, "E-mailadressen"),
    "reporter_phone": (50, "Telefonnummeret"),
    "patient_name": (200, "Patientens navn"),
    "patient_cpr": (20, "CPR-nummeret"),
}


KEYS = ("place", "municipality", "region", "transported_by")
# The rows a reporter can add several of: field -> longest length.
ROWS: dict[str, dict[str, int]] = {
    "medicines": {"name": 200, "substance": 200, "strength": 100, "route": 100, "atc": 7},
    "devices": {"kind": 200, "name": 200, "model": 200},
    "involved": {"place_text": 300, "role": 20},
}
MOST_ROWS = 20


def tidied(answers: Answers) -> Answers:
    """The answers with every text as we keep it."""
    given: dict[str, Any] = {name: getattr(answers, name) for name in (*TEXTS, *KEYS)}
    kept: dict[str, Any] = {name: tidy(text) for name, text in given.items()}
    kept["patient_cpr"] = "".join(c for c in kept["patient_cpr"] if c.isalnum()).upper()
    kept |= {
        name: tuple(
            replace(row, **{f.name: tidy(getattr(row, f.name)) for f in fields(row)})
            for row in getattr(answers, name)
        )
        for name in ROWS
        if getattr(answers, name)
    }
    changed: dict[str, Any] = {name: value for name, value in kept.items() if value != given.get(name)}
    return replace(answers, **changed) if changed else answers


def check(answers: Answers, *, on: date, known: Chart | None = None) -> None:
    """Raise Refused with a sentence a field, if anything cannot be taken."""
    problems = {
        name: f"{title} må højst fylde {limit:,} tegn. Forkort teksten, eller læg resten i et bilag.".replace(
            ",", ".", 1
        )
        for name, (limit, title) in TEXTS.items()
        if len(getattr(answers, name)) > limit
    }
    problems |= _row_problems(answers)
    if not answers.story:
        problems["story"] = "Fortæl med dine egne ord, hvad der skete."
    problems |= _date_problems(answers, on=on)
    if answers.patient_cpr and not is_cpr(answers.patient_cpr):
        problems["patient_cpr"] = (
            "CPR-nummeret skal have 10 tegn: fødselsdato og fire tegn. Ret det, eller lad feltet stå tomt."
        )
    if answers.reporter_email and not _looks_like_mail(answers.reporter_email):
        problems["reporter_email"] = "E-mailadressen ser ikke rigtig ud. Ret den, eller lad feltet stå tomt."
    if answers.place and (known or chart()).place(answers.place) is None:
        problems["place"] = "Vi kender ikke det sted. Vælg et fra listen, eller vælg »Ved ikke«."
    if any(row.place and (known or chart()).place(row.place) is None for row in answers.involved):
        problems["involved"] = (
            "Vi kender ikke et af de andre steder. Vælg et fra listen, eller skriv stedets navn."
        )
    if problems:
        raise Refused(problems)


def _row_problems(answers: Answers) -> dict[str, str]:
    problems = {}
    for name, limits in ROWS.items():
        rows = getattr(answers, name)
        if len(rows) > MOST_ROWS:
            problems[name] = f"Der kan højst være {MOST_ROWS} af hver slags. Skriv resten i beretningen."
        elif any(len(getattr(row, part)) > limit for row in rows for part, limit in limits.items()):
            problems[name] = "Et af felterne er for langt. Skriv det korte navn her, og resten i beretningen."
    return problems


def _date_problems(answers: Answers, *, on: date) -> dict[str, str]:
    problems = {}
    for name in ("event_date", "aware_date"):
        day: date | None = getattr(answers, name)
        if day and day > on:
            problems[name] = "Datoen ligger ude i fremtiden. Ret den, eller vælg, at du ikke kender den."
        elif day and day < EARLIEST:
            problems[name] = "Datoen ligger for langt tilbage. Skriv året med fire cifre."
    if answers.event_date and answers.aware_date and answers.aware_date < answers.event_date:
        problems["aware_date"] = (
            "Du kan ikke være blevet opmærksom på hændelsen, før den skete. Ret en af datoerne."
        )
    return problems


def is_cpr(cpr: str) -> bool:
    """Ten characters that begin with a day and month (day + 60 for replacement numbers); mod 11 is not asked."""
    if len(cpr) != CPR_LENGTH or not cpr[:6].isdecimal() or not cpr.isascii():
        return False
    day, month = int(cpr[:2]), int(cpr[2:4])
    return 1 <= (day - 60 if day > 60 else day) <= 31 and 1 <= month <= 12


def _looks_like_mail(text: str) -> bool:
    name, at_sign, host = text.rpartition("@")
    return bool(
        name and at_sign and "." in host.strip(".") and not any(c.isspace() or c in "<>,;" for c in text)
    )
