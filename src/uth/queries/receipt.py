"""The receipt page (kvitteringen): what a reporter sees with the code. The code is the key; it is never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from uth.law.clock import danish_day
from uth.law.terms import Act, Section, State
from uth.records import audit
from uth.records.cases import Case, CaseStep, DialogueMessage
from uth.records.redactions import Redaction
from uth.records.sealing import keyed_hash, normal_code

# What the state means to the one who reported.
PLAIN: dict[State, str] = {
    State.RECEIVED: "Rapporten er modtaget og venter på at blive læst.",
    State.IN_PROGRESS: "En sagsbehandler arbejder med rapporten.",
    State.WAITING: "Sagsbehandleren har spurgt dig om noget og venter på dit svar.",
    State.CONCLUDED: "Sagen er behandlet. Nu fjernes alle navne og andre personoplysninger.",
    State.APPROVED: "Teksten er anonymiseret og klar til at blive sendt videre.",
    State.FORWARDED: "Rapporten er behandlet og sendt videre uden navne, så andre kan lære af den.",
    State.LINKED: "Din rapport handler om en hændelse, som modtageren allerede behandler. De to bliver behandlet som én "
    "sag, og det, du har fortalt, bliver brugt. Når sagen er færdig, kan du her læse, hvad der blev lært.",
    State.REJECTED: "Modtageren har afsluttet rapporten uden videre behandling. Begrundelsen står nedenfor.",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the dialogue as the reporter sees it; colleagues have no names here."""

    at: datetime
    kind: str
    text: str


# What a step means to the one who reported; a step that is not here is the desk's own.
TOLD: dict[Act, str] = {
    Act.ASSIGN: "En sagsbehandler har fået rapporten",
    Act.TRANSFER: "Sendt videre til {to}",
    Act.ASK: "Sagsbehandleren stillede dig et spørgsmål",
    Act.REPLY: "Du skrev til sagsbehandleren",
    Act.CONCLUDE: "Sagen er behandlet",
    Act.REVISE: "Sagen er taget op igen",
    Act.FORWARD: "Sendt videre uden navne",
    Act.LINK: "Lagt sammen med en rapport om den samme hændelse",
    Act.REJECT: "Afsluttet uden videre behandling",
    Act.REOPEN: "Sagen er taget op igen",
    Act.CLOSE_DIALOGUE: "Dialogen er afsluttet",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to the report."""

    title: str
    at: datetime
    state: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """A report as its reporter may follow it."""

    case_id: int
    state: State
    plain: str
    recipient: str
    paragraph: str
    explanation: str
    received_on: date
    forwarded_on: date | None
    forward_by: date
    headline: str
    dialogue: tuple[Word, ...]
    moments: tuple[Moment, ...]
    learning: str
    rejection: str
    may_reply: bool


def by_code(code: str, *, at: datetime) -> ReceiptPage | None:
    """The page behind a code, or None. Leaves a line `receipt.read`."""
    case = (
        Case.objects.select_related("report", "organisation", "same_event_as")
        .filter(report__receipt_hash=keyed_hash("receipt", normal_code(code)))
        .first()
    )
    if case is None:
        return None
    audit.append(case.organisation.key, "receipt.read", at=at, actor="reporter", case=case.pk)
    return _page(case)


def _page(case: Case) -> ReceiptPage:
    state = State(case.state)
    answers = tuple(
        Word(m.at, m.kind, m.text) for m in DialogueMessage.objects.filter(case=case).order_by("pk")
    )
    steps = list(case.steps.select_related("from_organisation", "to_organisation").order_by("pk"))
    rejected = [step for step in steps if step.act == Act.REJECT] if state is State.REJECTED else []
    return ReceiptPage(
        case_id=case.pk,
        state=state,
        plain=PLAIN[state],
        recipient=case.organisation.name,
        paragraph=case.routed_paragraph,
        explanation=case.routed_explanation,
        received_on=case.received_on,
        forwarded_on=_forwarded_on(case),
        forward_by=case.forward_by,
        headline=case.report.headline,
        dialogue=answers,
        moments=_moments(case, steps),
        learning=_learning(case),
        rejection=rejected[-1].reason if rejected else "",
        may_reply=case.dialogue_closed_at is None,
    )


def _forwarded_on(case: Case) -> date | None:
    """The day it was passed on, by itself or with the event it tells of."""
    at = (case.same_event_as or case).forwarded_at
    return danish_day(at) if at else None


def _learning(case: Case) -> str:
    """What was learned, once it is passed on. Who told of another's event reads it as it was approved to leave."""
    event = case.same_event_as
    if event is None:
        return case.learning if case.state == State.FORWARDED else ""
    if event.state != State.FORWARDED:
        return ""
    approved = Redaction.objects.filter(case=event, section=Section.LEARNING, approved_at__isnull=False)
    return approved.values_list("clean_text", flat=True).first() or ""


def _moments(case: Case, steps: Sequence[CaseStep]) -> tuple[Moment, ...]:
    first = steps[0].from_organisation.name if steps else case.organisation.name
    told = [(f"Modtaget hos {first}", case.report.received_at)]
    for step in steps:
        words = TOLD.get(Act(step.act), "").format(to=step.to_organisation.name)
        if words and words != told[-1][0]:
            told.append((words, step.at))
    newest = len(told) - 1
    return tuple(Moment(words, at, "current" if n == newest else "") for n, (words, at) in enumerate(told))
