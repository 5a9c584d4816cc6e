"""Should I report? (Skal jeg rapportere?): what the law of the day says to one who asks; it never says no to a report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from uth.law.clock import report_by
from uth.law.duty import BECAUSE, PERSON_GROUPS, Duty, criterion, duty
from uth.law.problems import Lists, Problem, listed
from uth.law.rulebook import find, periods
from uth.law.terms import (
    ActualHarm,
    DutyCriterion,
    PossibleHarm,
    ReporterCategory,
    ReporterKind,
    Sector,
    Term,
)
from uth.law.text import day_in_words


class Reply(Term):
    """Yes, no, or not sure; "not sure" is an answer too."""

    YES = "yes", "Ja"
    NO = "no", "Nej"
    UNSURE = "unsure", "Det ved jeg ikke"


class Outcome(Term):
    """What the law says to the one who asks (svaret)."""

    MUST = "must", "Ja, du har pligt til at rapportere"
    MAY = "may", "Nej, du har ikke pligt, men du må altid rapportere"
    RIGHT = "right", "Du har ret til at rapportere, men ikke pligt"
    UNDECIDED = "undecided", "Det kan vi ikke afgøre her, men du må altid rapportere"


NONE_OF_THEM = "none"  # the answer that the event stands on no list


@dataclass(frozen=True, slots=True)
class Told:
    """What was told. `on`: the day one became aware; `criteria`: the answers to duty.QUESTIONS, as far as asked."""

    kind: ReporterKind
    on: date
    category: ReporterCategory | None = None
    sector: Sector | None = None
    criteria: Mapping[DutyCriterion, Reply] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer: what, why, where it stands, and what nobody on hand can vouch for."""

    outcome: Outcome
    criterion: DutyCriterion
    says: str
    source: str
    doubts: tuple[str, ...] = ()
    deadline: str = ""


def asks_criteria(kind: ReporterKind, on: date) -> bool:
    """Whether the three criteria are asked."""
    return kind is ReporterKind.PROFESSIONAL and duty(on) is Duty.THREE_CRITERIA


def asks_group(kind: ReporterKind, on: date) -> bool:
    """Whether the duty depended on what one was."""
    return kind is ReporterKind.PROFESSIONAL and duty(on) is Duty.PERSON_GROUPS


def asks_sector(kind: ReporterKind, on: date) -> bool:
    """Whether it depended on where one worked."""
    return kind is ReporterKind.PROFESSIONAL and duty(on) in {Duty.PERSON_GROUPS, Duty.HOSPITAL_STAFF}


def advice(told: Told, *, lists: Lists | None = None) -> Advice:
    """What the law of the day says. Total: every combination has an answer, and none turns a report away."""
    if told.kind in {ReporterKind.PATIENT, ReporterKind.RELATIVE}:
        return _patient(told)
    if told.kind is ReporterKind.OTHER:
        return Advice(Outcome.MAY, DutyCriterion.NOT_OBLIGED, ANYBODY, ANYBODY_SOURCE)
    return {
        Duty.THREE_CRITERIA: _three_criteria,
        Duty.PERSON_GROUPS: lambda t: _person_groups(t, lists),
        Duty.HOSPITAL_STAFF: _hospital_staff,
        Duty.NONE: _before_any_duty,
    }[duty(told.on)](told)


ANYBODY = (
    "Alle, der kender til en utilsigtet hændelse, må rapportere den. Rapporten behandles som alle andre."
)
ANYBODY_SOURCE = (
    "STPS, »Afvisning af utilsigtede hændelser«: en rapport afvises ikke, fordi der ingen pligt var"
)
EQUALLY_WELCOME = "En rapport, der kommer senere, er lige så velkommen."


def _patient(told: Told) -> Advice:
    """R19, R20: a right, never a duty, and no deadline; before the right there was no rule, but today there is."""
    says = "Patienter og pårørende har ret til at rapportere, men aldrig pligt. Det gælder enhver utilsigtet hændelse."
    held = find("patients_may_report", on=told.on)
    right = next(each for each in periods("patients_may_report") if each.yes)
    if held is None or not held.yes:
        says += (
            f" Reglen om, at patienter og pårørende kan rapportere, kom først {day_in_words(right.since)}, altså efter den dag, "
            "du nævner. Men du må gerne rapportere det i dag."
        )
    return Advice(
        Outcome.RIGHT,
        DutyCriterion.NOT_OBLIGED,
        says,
        right.source,
        deadline=_no_deadline(told.on),
    )


def _no_deadline(on: date) -> str:
    """R20, as sure as the rulebook is; what was known before the rule is reported under today's."""
    held = find("patients_have_deadline", on=on) or periods("patients_have_deadline")[-1]
    says = "Der er ingen frist for patienter og pårørende (§ 5, stk. 2, i bekendtgørelsen fra 2011)."
    if held.unverified:
        says += " Vi har ikke kunnet bekræfte, at det stadig står i reglerne efter 1. juli 2023, men rapporten er velkommen."
    return f"{says} Det må gerne være længe siden."


def _three_criteria(told: Told) -> Advice:
    yes = {each for each, reply in told.criteria.items() if reply is Reply.YES}
    found = criterion(
        told.kind,
        told.category,
        ActualHarm.SERIOUS if DutyCriterion.SERIOUS in yes else ActualHarm.NONE_OR_UNKNOWN,
        PossibleHarm.SERIOUS_OR_FATAL if DutyCriterion.COULD_BE_SERIOUS in yes else None,
        DutyCriterion.LEARNING in yes,
        on=told.on,
    )
    if found is not DutyCriterion.NOT_OBLIGED:
        says = (
            f"Der er pligt til at rapportere, fordi hændelsen {BECAUSE[found]}. Pligten er den samme for alle, "
            "der udfører sundhedsfaglige opgaver i deres arbejde."
        )
        return Advice(Outcome.MUST, found, says, _source(told), deadline=_deadline(told))
    if Reply.UNSURE in told.criteria.values():
        says = (
            "Du er i tvivl om et af de tre kriterier for pligten. Rapportér, når du er i tvivl: "
            "så vurderer den, der behandler rapporten, resten."
        )
        return Advice(Outcome.UNDECIDED, found, says, _source(told), deadline=_deadline(told))
    says = "Ingen af de tre kriterier for pligten er opfyldt. Rapporten behandles som alle andre, hvis du sender den."
    return Advice(Outcome.MAY, found, says, _source(told))


SLIP = "§ 2, stk. 7, siger »stk. 2-6«, men stk. 2 nævner ingen personer. Her er det læst som stk. 3-6."  # R5


GROUPS_OF_2011 = "Grupperne er taget fra bekendtgørelsen fra 2011 (BEK nr. 1 af 3/1/2011, § 2, stk. 3-6)."


NO_LISTS = "Sektorernes egne lister fra 2010 til 2023 er ikke fundet, så svaret er ikke efterprøvet."


def _person_groups(told: Told, lists: Lists | None) -> Advice:
    unread = _unread(told)
    doubts = (GROUPS_OF_2011, *unread) if unread else (SLIP,)
    paragraph = PERSON_GROUPS.get(told.category) if told.category else None
    if told.category and paragraph is None:
        says = "Før 1. juli 2023 gjaldt pligten kun bestemte grupper (§ 2, stk. 3-6), og du hørte ikke til en af dem."
        outcome = Outcome.UNDECIDED if unread else Outcome.MAY  # no text on hand, no plain no
        return Advice(outcome, DutyCriterion.NOT_OBLIGED, says, _source(told), doubts)
    group = f"Du hørte til en af de grupper, der havde pligt ({paragraph})." if paragraph else ""
    on_list = listed(told.sector or Sector.UNKNOWN, told.on, lists)
    chosen = next((each for each in on_list if each.key == told.problem), None)
    if chosen:
        return _on_the_list(told, chosen, group, doubts)
    if on_list and told.problem == NONE_OF_THEM:
        says = f"{group} Men hændelsen står ikke på den liste, der gjaldt for din sektor dengang."
        untested = _untested(*on_list)
        return Advice(
            Outcome.MAY, DutyCriterion.NOT_OBLIGED, says.strip(), on_list[0].source, (*untested, *doubts)
        )
    says = (
        f"{group} Før 1. juli 2023 havde hver sektor sin egen liste over de hændelser, der skulle rapporteres. "
        "Listen for din sektor kendes ikke her; du må altid rapportere."
        if not on_list
        else f"{group} Du er i tvivl om, hvorvidt hændelsen står på listen for din sektor; du må altid rapportere."
    )
    unknown = () if on_list else (NO_LISTS,)
    return Advice(
        Outcome.UNDECIDED,
        DutyCriterion.OLD_RULES,
        says.strip(),
        _source(told),
        (*unknown, *doubts),
        _deadline(told),
    )


def _on_the_list(told: Told, chosen: Problem, group: str, doubts: tuple[str, ...]) -> Advice:
    says = f"{group} Og hændelsen står på den liste, der gjaldt for din sektor: »{chosen.danish}«."
    doubts = (*_untested(chosen), *doubts)
    return Advice(Outcome.MUST, DutyCriterion.OLD_RULES, says.strip(), chosen.source, doubts, _deadline(told))


def _untested(*rows: Problem) -> tuple[str, ...]:
    """Said aloud where a row of the list that decided is unconfirmed, whichever way it decided."""
    return ("Listen er ikke efterprøvet.",) if any(each.unverified for each in rows) else ()


def _hospital_staff(told: Told) -> Advice:
    if (
        criterion(told.kind, None, ActualHarm.NONE_OR_UNKNOWN, None, None, on=told.on, sector=told.sector)
        is DutyCriterion.NOT_OBLIGED
    ):
        says = "Så vidt vi ved, gjaldt pligten dengang kun sygehusenes personale, men vi kender ikke reglerne godt nok til at afgøre det her."
        return Advice(Outcome.UNDECIDED, DutyCriterion.NOT_OBLIGED, says, _source(told), _unread(told))
    says = "Dengang havde sygehusenes personale pligt, men vi kender ikke reglerne godt nok til at afgøre det her."
    return Advice(Outcome.UNDECIDED, DutyCriterion.OLD_RULES, says, _source(told), _unread(told))


def _before_any_duty(told: Told) -> Advice:
    first = periods("duty")[0]
    says = (
        f"Vi kender ingen rapporteringspligt før {day_in_words(first.since)}, og det kan vi ikke slå op. "
        "Du må altid rapportere, også om noget, der er længe siden."
    )
    return Advice(Outcome.UNDECIDED, DutyCriterion.NOT_OBLIGED, says, first.source, _unread(told))


def _unread(told: Told) -> tuple[str, ...]:
    """Said aloud where no text on hand confirms how the duty was drawn that day."""
    found = find("duty", on=told.on)
    return ("Reglernes tekst fra dengang er ikke læst.",) if found is None or found.unverified else ()


def _source(told: Told) -> str:
    found = find("duty", on=told.on)
    return found.source if found else ""


def _deadline(told: Told) -> str:
    """When; as sure as the rulebook is, and never a reproach (R11)."""
    found, last = find("report_within_days", on=told.on), report_by(told.on, told.kind)
    if found is None or last is None:
        return f"Rapportér så snart som muligt. {EQUALLY_WELCOME}"
    if found.unverified:
        return (
            f"Rapportér så snart som muligt. Før var fristen {found.number} dage fra den dag, man blev opmærksom på "
            f"hændelsen; vi har ikke kunnet bekræfte, at den stadig er det. {EQUALLY_WELCOME}"
        )
    return (
        f"Fristen var {found.number} dage fra den dag, du blev opmærksom på hændelsen, altså {day_in_words(last)} "
        f"(§ 3, stk. 2). {EQUALLY_WELCOME}"
    )
