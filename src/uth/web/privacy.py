"""What is kept (privatliv): the text of the data protection regulation's article 13, with the law's own dated values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from uth.law.rulebook import Rule, rule


@dataclass(frozen=True, slots=True)
class Kept:
    """Something we keep: what it is, until when, and where that stands."""

    what: str
    until: str
    source: str
    unverified: bool


UNTIL = {
    "forwarded": "Slettes, når sagen er behandlet og rapporten sendes videre til det nationale niveau.",
    "dialogue_closed": "Slettes, når dialogen med dig er lukket.",
}


def _days(words: str) -> Callable[[Rule], str]:
    return lambda found: words.format(found.number)


def _until(found: Rule) -> str:
    return UNTIL[found.text]


# What, the rule that says how long, and the rule in plain words. The order is the reader's.
LASTING: tuple[tuple[str, str, Callable[[Rule], str]], ...] = (
    ("Patientens navn og CPR-nummer", "patient_identity_until", _until),
    (
        "Patientens navn og CPR-nummer i en afvist sag",
        "rejected_identity_days",
        _days("Slettes {} dage efter afvisningen, så sagen kan genåbnes så længe."),
    ),
    ("Dit navn, din e-mail og dit telefonnummer", "reporter_contact_until", _until),
    (
        "Dialogen med dig, teksten, som du skrev den, og dine bilag",
        "dialogue_closes_after_days",
        _days(
            "Dialogen lukkes senest {} dage efter, at sagen er sendt videre eller afvist. "
            "Når den er lukket, og rapporten er nået frem til det nationale niveau, "
            "slettes bilagene, og teksten erstattes af den udgave, der er uden navne."
        ),
    ),
    (
        "Teksten i en rapport, der blev afvist",
        "rejected_names_until",
        lambda _: (
            "Navne og numre, som systemet finder i teksten, fjernes, når dialogen med dig er lukket. "
            "Resten bliver stående, for en afvist rapport skal kunne søges frem igen."
        ),
    ),
    ("En kladde, du ikke har sendt", "draft_days", _days("Slettes {} dage efter, at du sidst skrev i den.")),
    (
        "Listen over opslag i patientens journal, og hvem der gav lov",
        "record_lookup_years",
        _days("Gemmes i {} år, så journalens egen log kan efterprøves."),
    ),
    ("En note på en tælletavle", "tally_note_days", _days("Slettes efter {} dage. Den går aldrig videre.")),
    ("Loggen over, hvem der har set hvad", "access_log_years", _days("Gemmes i {} år.")),
)


def kept(*, on: date) -> list[Kept]:
    """Everything we keep and for how long, as the rules stand that day."""
    found = [(what, words, rule(name, on=on)) for what, name, words in LASTING]
    return [Kept(what, words(each), each.source, each.unverified) for what, words, each in found]
