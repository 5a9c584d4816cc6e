"""The receipt page (kvitteringen): what a reporter sees with the code. The code is the key; it is never stored."""

from dataclasses import dataclass
from datetime import date, datetime

from uth.law.terms import Act, State
from uth.records import audit
from uth.records.cases import Case, DialogueMessage
from uth.records.sealing import keyed_hash, normal_code

# What the state means to the one who reported.
PLAIN: dict[State, str] = {
    State.RECEIVED: "Rapporten er modtaget og venter på at blive læst.",
    State.IN_PROGRESS: "En sagsbehandler arbejder med rapporten.",
    State.WAITING: "Sagsbehandleren har spurgt dig om noget og venter på dit svar.",
    State.CONCLUDED: "Sagen er behandlet. Nu fjernes alle navne og andre personoplysninger.",
    State.APPROVED: "Teksten er anonymiseret og klar til at blive sendt videre.",
    State.FORWARDED: "Rapporten er behandlet og sendt videre uden navne, så andre kan lære af den.",
    State.REJECTED: "Modtageren har afsluttet rapporten uden videre behandling. Begrundelsen står nedenfor.",
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the dialogue as the reporter sees it; colleagues have no names here."""

    at: datetime
    kind: str
    text: str


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
    forward_by: date
    headline: str
    dialogue: tuple[Word, ...]
    learning: str
    rejection: str
    may_reply: bool


def by_code(code: str, *, at: datetime) -> ReceiptPage | None:
    """The page behind a code, or None. Leaves a line `receipt.read`."""
    case = (
        Case.objects.select_related("report", "organisation")
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
    rejected = case.steps.filter(act=Act.REJECT).order_by("-pk").first() if state is State.REJECTED else None
    return ReceiptPage(
        case_id=case.pk,
        state=state,
        plain=PLAIN[state],
        recipient=case.organisation.name,
        paragraph=case.routed_paragraph,
        explanation=case.routed_explanation,
        received_on=case.received_on,
        forward_by=case.forward_by,
        headline=case.report.headline,
        dialogue=answers,
        learning=case.learning if state is State.FORWARDED else "",
        rejection=rejected.reason if rejected else "",
        may_reply=case.dialogue_closed_at is None,
    )
