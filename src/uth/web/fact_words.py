"""The national facts in words (oplysningerne i ord): as they leave, and as the national level reads them."""

from collections.abc import Callable, Mapping, Sequence

from uth.law.message import FACTS, Facts
from uth.law.text import MONTHS
from uth.web.case_words import type_name

LABELS = {
    "sector": "Sektor",
    "place_kind": "Slags sted",
    "region": "Region",
    "event": "Situation",
    "treatment_phase": "Del af behandlingen",
    "event_month": "Skete i",
    "date_quality": "Datoen er",
    "received_month": "Modtaget i",
    "reporter_kind": "Rapportør",
    "reporter_category": "Rapportørens gruppe",
    "role_towards_event": "Rapportørens kendskab",
    "actual_harm": "Faktisk konsekvens",
    "possible_harm": "Mulig konsekvens",
    "severity": "Samlet alvorlighed",
    "criterion": "Pligt til at rapportere",
    "classification": "Hændelsestyper",
    "taxonomy_version": "Klassifikationens udgave",
    "atc_codes": "Lægemidler (ATC-koder)",
    "device_codes": "Udstyr (EMDN-koder)",
    "forwarded_in_time": "Videregivet inden fristen",
}


def month(value: str) -> str:
    """2026-03 as marts 2026."""
    year, _, number = value.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}" if number.isdecimal() and 1 <= int(number) <= 12 else value


def _types(codes: Sequence[str]) -> str:
    return "\n\n".join(type_name(code) for code in codes)


SAYS: Mapping[str, Callable[..., str]] = {
    "event_month": month,
    "received_month": month,
    "classification": _types,
    "atc_codes": ", ".join,
    "device_codes": ", ".join,
    "forwarded_in_time": lambda yes: "Ja" if yes else "Nej",
}


def fact_words(facts: Mapping[str, object]) -> list[tuple[str, str]]:
    """Each fact with its label; what nobody answered is left out."""
    return [
        (label, _value(name, facts[name]))
        for name, label in LABELS.items()
        if facts.get(name) not in (None, "", (), [])
    ]


def as_mapping(facts: Facts) -> dict[str, object]:
    """The facts by name."""
    return {name: getattr(facts, name) for name in FACTS}


def _value(name: str, value: object) -> str:
    if name in SAYS:
        return SAYS[name](value)
    words = FACTS[name].words
    return words(str(value)).danish if words else str(value)
