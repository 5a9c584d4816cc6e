"""Severity (samlet alvorlighed): what actual and possible harm make together, and the scale before 2023."""

from datetime import date

from uth.law.rulebook import periods, rule
from uth.law.terms import ActualHarm, PossibleHarm, Severity, Term


class Scale(Term):
    """How harm was told at the time (alvorlighedsskala): never add figures across the two."""

    SINGLE = "single", "Én skala: det, der skete"
    TWO_AXES = "two_axes", "Faktisk og mulig konsekvens"


class OldSeverity(Term):
    """The single scale until 30 June 2023 (alvorlighed, gammel skala): what happened, never what could have."""

    NO_HARM = "no_harm", "Ingen skade"
    MILD = "mild", "Mild"
    MODERATE = "moderate", "Moderat"
    SERIOUS = "serious", "Alvorlig"
    FATAL = "fatal", "Dødelig"


OLD_MEANING: dict[OldSeverity, str] = {
    OldSeverity.NO_HARM: "Ingen skade på patienten, også når hændelsen blev afværget.",
    OldSeverity.MILD: "Lettere, forbigående skade, som ikke kræver øget behandling eller pleje.",
    OldSeverity.MODERATE: "Forbigående skade, som kræver indlæggelse, behandling hos egen læge eller øget pleje.",
    OldSeverity.SERIOUS: "Varig skade, som kræver øget behandling eller pleje, eller skade, som kræver akut "
    "livreddende behandling.",
    OldSeverity.FATAL: "Patienten døde.",
}

# § 3.4 of the domain notes: a near miss that could have been serious weighs as a serious risk.
# None: nobody has said what could have happened, so the handler must decide.
TABLE: dict[tuple[ActualHarm, PossibleHarm | None], Severity | None] = {
    (ActualHarm.NONE_OR_UNKNOWN, PossibleHarm.NONE): Severity.NO_CONSEQUENCE,
    (ActualHarm.NONE_OR_UNKNOWN, PossibleHarm.MILD): Severity.NO_CONSEQUENCE,
    (ActualHarm.NONE_OR_UNKNOWN, PossibleHarm.SERIOUS_OR_FATAL): Severity.SERIOUS_RISK,
    (ActualHarm.NONE_OR_UNKNOWN, None): None,
    (ActualHarm.MILD, PossibleHarm.NONE): Severity.MILD,
    (ActualHarm.MILD, PossibleHarm.MILD): Severity.MILD,
    (ActualHarm.MILD, PossibleHarm.SERIOUS_OR_FATAL): Severity.SERIOUS_RISK,
    (ActualHarm.MILD, None): None,
}
# Where the harm was grave, what could have happened changes nothing and is not asked.
GRAVE = {ActualHarm.SERIOUS: Severity.SERIOUS, ActualHarm.FATAL: Severity.FATAL}


def severity(actual: ActualHarm, possible: PossibleHarm | None) -> Severity | None:
    """The combined category to propose; None where the handler must decide first."""
    return GRAVE[actual] if actual in GRAVE else TABLE[actual, possible]


def scale(on: date) -> Scale:
    """The scale in use on the day of the report; before the first known day, the first one."""
    return Scale(rule("severity_scale", on=max(on, periods("severity_scale")[0].since)).text)
