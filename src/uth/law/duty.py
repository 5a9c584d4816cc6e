"""The duty to report (rapporteringspligten): whether the law obliged this reporter, and by which criterion."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from uth.law.rulebook import find
from uth.law.terms import (
    ActualHarm,
    DutyCriterion,
    PossibleHarm,
    ReporterCategory,
    ReporterKind,
    Sector,
    Term,
)


class Duty(Term):
    """How the duty was drawn at the time (pligtens udformning); the rulebook says from which day."""

    NONE = "none", "Ingen pligt"
    HOSPITAL_STAFF = "hospital_staff", "Pligt for sygehuspersonalet"
    PERSON_GROUPS = "person_groups", "Pligt for persongrupperne i § 2, stk. 3-6"
    THREE_CRITERIA = "three_criteria", "Samme pligt for alle, efter tre kriterier"


# § 2, stk. 3-6. (Stk. 7 says »stk. 2-6«, but stk. 2 names no persons.)
PERSON_GROUPS: Mapping[ReporterCategory, str] = MappingProxyType(
    {
        ReporterCategory.AUTHORISED: "§ 2, stk. 3",
        ReporterCategory.ON_BEHALF: "§ 2, stk. 3",
        ReporterCategory.AMBULANCE: "§ 2, stk. 4",
        ReporterCategory.PHARMACIST: "§ 2, stk. 5",
        ReporterCategory.PHARMACY_STAFF: "§ 2, stk. 6",
    }
)

# Sectors that came under the duty on 1 September 2010; a private hospital is left open, since no text says.
OUTSIDE_HOSPITAL = frozenset({Sector.PRACTICE, Sector.PHARMACY, Sector.MUNICIPAL, Sector.PREHOSPITAL})


@dataclass(frozen=True, slots=True)
class Question:
    """What the form asks to find the duty; asked of the answer, never required for sending."""

    criterion: DutyCriterion
    asks: str
    help: str


# In the order they are asked: the first yes decides.
QUESTIONS: tuple[Question, ...] = (
    Question(
        DutyCriterion.SERIOUS,
        "Har hændelsen medvirket til alvorlige eller dødelige konsekvenser for patienten?",
        "Det gælder også, når den kun var én af flere grunde.",
    ),
    Question(
        DutyCriterion.COULD_BE_SERIOUS,
        "Kunne hændelsen have medført alvorlige eller dødelige konsekvenser?",
        "Tænk på, hvad der kunne være sket, hvis ingen havde opdaget det.",
    ),
    Question(
        DutyCriterion.LEARNING,
        "Kan andre lære noget af hændelsen, så den ikke sker igen?",
        "Også små hændelser, for eksempel hvis de sker tit, eller hvis grunden er ny for jer.",
    ),
)

BECAUSE: Mapping[DutyCriterion, str] = MappingProxyType(
    {
        DutyCriterion.SERIOUS: "har medvirket til alvorlige eller dødelige konsekvenser",
        DutyCriterion.COULD_BE_SERIOUS: "kunne have medført alvorlige eller dødelige konsekvenser",
        DutyCriterion.LEARNING: "efter en konkret vurdering kan bidrage til læring",
    }
)

CAVEAT: Mapping[Duty, str] = MappingProxyType(
    {
        Duty.NONE: "Vi kender ingen rapporteringspligt på det tidspunkt.",
        Duty.HOSPITAL_STAFF: "Dengang gjaldt pligten kun sygehusenes personale. Reglernes tekst er ikke efterprøvet.",
        Duty.PERSON_GROUPS: "Før 1. juli 2023 havde hver sektor sin egen liste over hændelser, der skulle rapporteres. "
        "Listerne er ikke lagt ind, så systemet kan ikke afgøre, om netop denne hændelse stod på en.",
        Duty.THREE_CRITERIA: "",
    }
)


def duty(on: date) -> Duty:
    """How the duty was drawn on the day the reporter became aware."""
    found = find("duty", on=on)
    return Duty(found.text) if found else Duty.NONE


def criterion(
    kind: ReporterKind,
    category: ReporterCategory | None,
    actual: ActualHarm,
    possible: PossibleHarm | None,
    learning: bool | None,
    *,
    on: date,
    sector: Sector | None = None,
) -> DutyCriterion:
    """Why this reporter had a duty, if any. An answer to keep with the report: whoever has none may still report.

    `on` is the day the reporter became aware. Until 1 September 2010 only the hospitals' staff was obliged.
    """
    if kind is not ReporterKind.PROFESSIONAL:
        return DutyCriterion.NOT_OBLIGED
    drawn = duty(on)
    if drawn is Duty.THREE_CRITERIA:
        return _first_met(actual, possible, learning)
    if drawn is Duty.NONE or (drawn is Duty.HOSPITAL_STAFF and sector in OUTSIDE_HOSPITAL):
        return DutyCriterion.NOT_OBLIGED
    if drawn is Duty.PERSON_GROUPS and category is ReporterCategory.OTHER_STAFF:
        return DutyCriterion.NOT_OBLIGED
    return DutyCriterion.OLD_RULES


def _first_met(actual: ActualHarm, possible: PossibleHarm | None, learning: bool | None) -> DutyCriterion:
    if actual in {ActualHarm.SERIOUS, ActualHarm.FATAL}:
        return DutyCriterion.SERIOUS
    if possible is PossibleHarm.SERIOUS_OR_FATAL:
        return DutyCriterion.COULD_BE_SERIOUS
    return DutyCriterion.LEARNING if learning else DutyCriterion.NOT_OBLIGED


def explained(found: DutyCriterion, on: date) -> str:
    """The criterion as a sentence for people, with what we cannot vouch for said aloud."""
    if found is DutyCriterion.NOT_OBLIGED:
        says = "Der er ingen pligt til at rapportere, men alle har ret til det. Rapporten behandles som alle andre."
    elif found is DutyCriterion.OLD_RULES:
        says = "Rapportøren hører til en af de grupper, der havde pligt efter reglerne før 1. juli 2023."
    else:
        says = f"Der er pligt til at rapportere, fordi hændelsen {BECAUSE[found]}."
    return f"{says} {CAVEAT[duty(on)]}".strip()
