"""A case in words (sagen i ord): what the page tells of facts, steps and looks, in Danish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from uth.law.duty import explained
from uth.law.taxonomy import UnknownCode, lookup
from uth.law.terms import (
    Act,
    ActualHarm,
    DateQuality,
    DutyCriterion,
    EventKind,
    PlaceKind,
    PossibleHarm,
    Purpose,
    RejectionReason,
    ReporterCategory,
    ReporterKind,
    Role,
    RoleTowardsEvent,
    Sector,
    Severity,
    State,
    Term,
    TreatmentPhase,
    Visible,
)
from uth.queries.access import CasePage
from uth.queries.audit import LogLine
from uth.queries.case_rows import Said, StepLine
from uth.web.templatetags.uth import danish_date

NO_WORD = "Ikke oplyst"
# What an act has become, once it is done.
DONE = {
    Act.ASSIGN: "Fordelt",
    Act.TRANSFER: "Overdraget",
    Act.REJECT: "Afvist",
    Act.LINK: "Knyttet til en sag om den samme hændelse",
    Act.CLASSIFY: "Klassificeret",
    Act.ASK: "Rapportøren er spurgt",
    Act.REPLY: "Rapportøren har svaret",
    Act.ANSWER: "Rapportøren har fået besked",
    Act.CONCLUDE: "Sagsbehandlingen er afsluttet",
    Act.APPROVE_FIRST: "Anonymiseringen er godkendt af den første af to",
    Act.APPROVE: "Anonymiseringen er godkendt",
    Act.REVISE: "Sagsbehandlingen er åbnet igen",
    Act.FORWARD: "Videregivet til det nationale niveau",
    Act.REOPEN: "Genåbnet",
    Act.CLOSE_DIALOGUE: "Dialogen er lukket",
    Act.NOTE: "Notat skrevet",
    Act.PERMIT_LOOKUP: "Tilladelse til journalopslag registreret",
    Act.LOG_LOOKUP: "Journalopslag registreret",
}
LOOKS = {
    "case.read": "Åbnede sagen",
    "report.submitted": "Rapporten blev sendt",
    "case.received": "Sagen blev modtaget",
    "case.assigned": "Fordelte sagen",
    "case.transferred": "Overdrog sagen",
    "case.merged": "Flyttede sagen ved en sammenlægning",
    "case.unmerged": "Flyttede sagen igen, da sammenlægningen blev fortrudt",
    "case.let_go": "Fjernede sagsbehandleren, der ikke hører til her efter fortrydelsen",
    "case.rejected": "Afviste sagen",
    "case.linked": "Knyttede sagen til en anden sag",
    "plan.requested": "Det nationale niveau bad om en analyse eller plan",
    "plan.withdrawn": "Det nationale niveau trak en anmodning tilbage",
    "plan.answered": "Svarede på en anmodning fra det nationale niveau",
    "plan.reminded": "Mindede om fristen for en anmodning",
    "case.joined": "Knyttede en anden rapport til sagen",
    "case.reopened": "Genåbnede sagen",
    "case.classified": "Klassificerede sagen",
    "case.noted": "Skrev et notat",
    "lookup.permitted": "Registrerede en tilladelse til journalopslag",
    "lookup.logged": "Registrerede et journalopslag",
    "lookups.exported": "Hentede listen over journalopslag",
    "case.concluded": "Afsluttede sagsbehandlingen",
    "case.revised": "Åbnede sagsbehandlingen igen",
    "case.forwarded": "Videregav sagen",
    "case.handed_over": "Gav sagen videre til en kollega",
    "case.delivered": "Det nationale niveau kvitterede",
    "dialogue.asked": "Spurgte rapportøren",
    "dialogue.answered": "Svarede rapportøren",
    "dialogue.replied": "Skrev til sagsbehandleren",
    "dialogue.closed": "Lukkede dialogen",
    "receipt.read": "Så sin kvittering",
    "redaction.revised": "Rettede anonymiseringen",
    "redaction.approved_first": "Godkendte anonymiseringen som den første af to",
    "redaction.approved": "Godkendte anonymiseringen",
    "redaction.proposed_anew": "Systemet læste teksten igen og foreslog en ny anonymisering",
    "redaction.reread": "Systemet læste den godkendte tekst igen",
    "vault.opened": "Åbnede en identitet",
    "vault.matched": "Systemet ledte efter kendte navne i teksten",
    "patient.forgotten": "Patientens navn og CPR-nummer blev slettet",
    "reporter.forgotten": "Rapportørens kontaktoplysninger blev slettet",
    "files.forgotten": "Bilagene blev slettet",
    "story.forgotten": "Teksterne blev slettet",
    "attachment.read": "Hentede et bilag",
    "deadline.reminded": "Mindede om fristen",
}
INVOLVED = {
    "before": "Patienten var før",
    "after": "Patienten kom bagefter til",
    "discovered": "Blev opdaget",
}
SPEAKERS = {"question": "Spørgsmål fra", "reply": "Svar fra rapportøren", "answer": "Besked fra"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A point on the timeline, as the template draws it."""

    title: str
    at: date | datetime
    by: str
    text: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word of the dialogue as the desk reads it."""

    who: str
    at: datetime
    text: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Look:
    """A line of the access log in words."""

    at: datetime
    who: str
    did: str


def say(term: type[Term], value: str, otherwise: str = NO_WORD) -> str:
    """The Danish for a stored code."""
    return term(value).danish if value else otherwise


def type_name(code: str) -> str:
    """The name of a type, also a retired one."""
    try:
        return lookup(code).danish
    except UnknownCode:
        return code


def facts(page: CasePage) -> list[tuple[str, str]]:
    """What is known of the event and of who told it."""
    told = [
        ("Sted", page.place or page.place_text or NO_WORD),
        ("Skrevet om stedet", page.place_text if page.place else ""),
        *((INVOLVED[when], where) for when, where in page.involved),
        ("Slags sted", say(PlaceKind, page.place_kind, "")),
        ("Sektor", say(Sector, page.sector)),
        ("Hvornår", _when(page)),
        ("Først opdaget", danish_date(page.aware_date) if page.aware_date != page.event_date else ""),
        ("Situation", say(EventKind, page.event_kind)),
        ("Del af behandlingen", say(TreatmentPhase, page.treatment_phase, "")),
        ("Tælles hos", page.counted_under),
        ("Rapportør", _reporter(page)),
        ("Rapportørens faggruppe", page.profession),
        ("Vil gerne høre, hvad der sker", "Ja" if page.wants_feedback else ""),
        ("Rapportørens kendskab", say(RoleTowardsEvent, page.role_towards_event, "")),
        ("Pligt til at rapportere", _duty(page)),
        ("Lægemidler", "\n".join(page.medicines)),
        ("Medicinsk udstyr", "\n".join(page.devices)),
    ]
    return [(label, value) for label, value in told if value]


def _duty(page: CasePage) -> str:
    """Why there was a duty, or that there was none; by the rules of the day the reporter became aware (R5)."""
    aware = page.aware_date or page.event_date or page.received_on
    return explained(DutyCriterion(page.criterion), aware) if page.criterion else ""


def _when(page: CasePage) -> str:
    if page.event_date is None:
        return NO_WORD
    clock = f" kl. {page.event_time:%H.%M}" if page.event_time else ""
    guess = " (skønnet)" if page.event_date_quality == DateQuality.ESTIMATED else ""
    return f"{danish_date(page.event_date)}{clock}{guess}"


def _reporter(page: CasePage) -> str:
    category = say(ReporterCategory, page.reporter_category, "")
    words = [say(ReporterKind, page.reporter_kind), category.lower() if category else ""]
    return ", ".join(filter(None, [*words, "anonym" if page.anonymous else ""]))


def harms(page: CasePage) -> list[tuple[str, str]]:
    """Both harms as the reporter told them and as the handler sees them, and what they make together."""
    settled = bool(page.severity or page.codes)
    pairs = (
        ("Faktisk konsekvens", say(ActualHarm, page.reported_actual), say(ActualHarm, page.actual_harm)),
        (
            "Mulig konsekvens",
            say(PossibleHarm, page.reported_possible),
            say(PossibleHarm, page.possible_harm),
        ),
    )
    told = [
        (
            label,
            f"Rapportøren: {reported.lower()}\nJeres vurdering: {ours.lower() if settled else 'ikke vurderet endnu'}",
        )
        for label, reported, ours in pairs
    ]
    return [*told, ("Samlet alvorlighed", say(Severity, page.severity, "Ikke vurderet endnu"))]


def timeline(page: CasePage) -> list[Moment]:
    """Who did what, when; from reception to now."""
    steps = [Moment("Rapporten er modtaget", page.received_on, "", "")]
    for moment in map(_moment, page.steps):
        if moment.title == DONE[Act.CLASSIFY] == steps[-1].title and moment.by == steps[-1].by:
            steps.pop()  # one type after the other is one piece of work
        steps.append(moment)
    return [
        Moment(m.title, m.at, m.by, m.text, "current" if i == len(steps) - 1 else "")
        for i, m in enumerate(steps)
    ]


def _moment(step: StepLine) -> Moment:
    title = DONE.get(Act(step.act), Act(step.act).danish)
    if step.from_organisation != step.to_organisation:
        title = f"{title} fra {step.from_organisation} til {step.to_organisation}"
    code = say(RejectionReason, step.reason_code, "")
    text = ": ".join(filter(None, [code, step.reason]))
    role = Role(step.role)
    return Moment(title, step.at, f"{step.who}, {role.danish.lower()}" if step.who else role.danish, text)


def dialogue(said: Sequence[Said]) -> list[Spoken]:
    """The dialogue with who speaks."""
    return [
        Spoken(
            SPEAKERS[word.kind]
            if word.kind == "reply"
            else f"{SPEAKERS[word.kind]} {word.who or 'en kollega'}",
            word.at,
            word.text,
            word.kind != "reply",
        )
        for word in said
    ]


def look(line: LogLine) -> Look:
    """A line of the access log in words; what was opened, and why, stands with it."""
    did = LOOKS.get(line.word, line.word)
    what, purpose = line.detail.get("what"), line.detail.get("purpose")
    if what and purpose:
        did = f"Åbnede {Visible(str(what)).danish.lower()}: {Purpose(str(purpose)).danish.lower()}"
    role = say(Role, line.role, "").lower()
    who = dict.fromkeys(filter(None, [line.who, role if role != line.who.lower() else ""]))
    return Look(line.at, ", ".join(who), did)


def next_step(page: CasePage, *, approved_by: str = "") -> str:
    """What the case waits for, in one sentence; `approved_by`: the first of the two who must approve."""
    if page.state is State.CONCLUDED and approved_by:
        return f"{approved_by} har godkendt teksten som den første. Nu skal en kollega læse og godkende den."
    return {
        State.RECEIVED: "Sagen venter på en sagsbehandler.",
        State.IN_PROGRESS: "Sagen er klar til at blive afsluttet."
        if page.codes and page.severity
        else "Klassificér hændelsen.",
        State.WAITING: "Rapportøren er spurgt. Du kan godt gå videre uden svar; fristen løber imens.",
        State.CONCLUDED: "Læs den anonymiserede tekst, og godkend den.",
        State.APPROVED: "Teksten er godkendt. Nu kan sagen videregives.",
        State.FORWARDED: "Sagen er videregivet. Dialogen med rapportøren kan fortsætte."
        if page.dialogue_closed_at is None
        else "Sagen er videregivet, og dialogen er lukket.",
        State.REJECTED: "Sagen er afvist. Den er bevaret og kan genåbnes.",
        State.LINKED: "Sagen er knyttet til en sag om den samme hændelse og videregives sammen med den.",
    }[page.state]
