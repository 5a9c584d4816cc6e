"""Marked cases (mærkede sager): one in every state, each kind of content with a word that stands nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tests.cases import answers, deliver, new_submission
from tests.people import ANNA, PEOPLE, who

from uth.actions import forwarding, handling, intake, linking, lookups, redaction
from uth.law.clock import danish_day
from uth.law.terms import ActualHarm, PossibleHarm, RejectionReason, Section, State, Visible
from uth.records.cases import Case
from uth.records.redactions import Redaction

V = Visible
# What has come about before a case stands in a state; the rest is written at once.
LATER = {
    V.LOOKUPS: frozenset(State) - {State.RECEIVED},
    V.CLEAN_TEXT: frozenset({State.CONCLUDED, State.APPROVED, State.FORWARDED}),
    V.LEARNING: frozenset({State.CONCLUDED, State.APPROVED, State.FORWARDED}),
}
# Codes are the same in many cases, a log line is a sentence of its own, and a plan is asked for by letters between two
# buildings (tests/web/test_plans.py walks those): none of them carries a word here.
UNMARKED = frozenset({V.FACTS, V.ACCESS_LOG, V.PLANS})
START = "kontrol"  # what every marked word begins with


@dataclass(frozen=True)
class Marked:
    """A case, its receipt code, and the words it holds."""

    name: str
    case: Case
    code: str
    words: Mapping[Visible, str]


def word(what: Visible, name: str) -> str:
    """A word that stands nowhere else, and that in a sentence is read as an ordinary thing and not as somebody."""
    return f"{START}{what.value.replace('_', '')}{name.replace('_', '')}tekst"


def marked(state: State, *, at: datetime, name: str = "", channel: str = "web") -> Marked:
    """A case in this state with a marked word in every field of a kind."""
    name = name or state.value
    words = {
        what: word(what, name)
        for what in Visible
        if what not in UNMARKED and state in LATER.get(what, frozenset(State))
    }
    receipt = intake.submit(_report(name, channel), submission=new_submission(), by=ANNA, at=at)
    case = Case.objects.get(pk=receipt.case_id)
    _begin(case, name, at)
    _walk(case, state, name, at)
    case.refresh_from_db()
    assert case.state == state
    return Marked(name, case, receipt.code, words)


def _report(name: str, channel: str) -> intake.Answers:
    def w(what: Visible) -> str:
        return word(what, name)

    return answers(
        channel=channel,
        headline=w(V.HEADLINE),
        story=f"Det skete, at {w(V.STORY)}.",
        immediate_action=w(V.STORY),
        prevention=w(V.STORY),
        profession=w(V.STORY),
        medicines=(intake.MedicineAnswer(name=w(V.STORY), strength=w(V.STORY), route=w(V.STORY)),),
        devices=(intake.DeviceAnswer(kind=w(V.STORY), name=w(V.STORY), model=w(V.STORY)),),
        involved=(intake.InvolvedAnswer(role="before", place_text=w(V.STORY)),),
        attachments=(
            intake.AttachmentAnswer(f"{w(V.ATTACHMENTS)}.txt", "text/plain", w(V.ATTACHMENTS).encode()),
        ),
        reporter_name=w(V.REPORTER_IDENTITY),
        reporter_email=f"{w(V.REPORTER_IDENTITY)}@eksempel.invalid",
        patient_name=w(V.PATIENT_IDENTITY),
    )


def _begin(case: Case, name: str, at: datetime) -> None:
    """What every state has behind it: a rejection taken back, a note, a word from the reporter."""
    reason = because(word(V.REASONS, name))
    handling.reject(case.pk, reason=RejectionReason.OTHER, comment=reason, by=who("Bo"), at=at)
    handling.reopen(case.pk, reason=reason, by=who("Bo"), at=at)
    handling.note(case.pk, text=word(V.NOTES, name), by=who("Bo"), at=at)
    handling.reply(case.pk, text=word(V.DIALOGUE, name), by=ANNA, at=at)


def because(told: str) -> str:
    """The word in a sentence: what lasts is looked at for addresses, and a word alone looks like one."""
    return f"Afvist på grund af {told}."


def _walk(case: Case, state: State, name: str, at: datetime) -> None:
    if state is State.RECEIVED:
        return
    handling.assign(case.pk, handler_id=PEOPLE["Carl"], by=who("Bo"), at=at)
    _look_up(case, name, at)
    if state is State.WAITING:
        handling.ask(case.pk, text="Hvornår?", by=who("Carl"), at=at)
    elif state is State.REJECTED:
        handling.reject(
            case.pk,
            reason=RejectionReason.OTHER,
            comment=because(word(V.REASONS, name)),
            by=who("Carl"),
            at=at,
        )
    elif state is State.LINKED:
        event = intake.submit(answers(), submission=new_submission(), by=ANNA, at=at)
        linking.link(case.pk, event=Case.objects.get(pk=event.case_id).number, by=who("Carl"), at=at)
    elif state is not State.IN_PROGRESS:
        _finish(case, state, name, at)


def _look_up(case: Case, name: str, at: datetime) -> None:
    w = word(V.LOOKUPS, name)
    leave = lookups.permit(
        case.pk,
        person=w,
        permitted_by=w,
        permitted_on=danish_day(at),
        necessity=f"Det afgøres af {word(V.STORY, name)}.",
        by=who("Carl"),
        at=at,
    )
    lookups.look_up(
        case.pk,
        permission=leave,
        looked_up_at=at,
        system=f"Se {w} i skemaet.",
        trace=f"Se {w} i skemaet.",
        by=who("Carl"),
        at=at,
    )


def _finish(case: Case, state: State, name: str, at: datetime) -> None:
    handling.classify(
        case.pk,
        codes=["medication.wrong_dose.ordering"],
        actual=ActualHarm.MILD,
        possible=PossibleHarm.NONE,
        by=who("Carl"),
        at=at,
    )
    redaction.conclude(
        case.pk, conclusion=word(V.STORY, name), learning=word(V.LEARNING, name), by=who("Carl"), at=at
    )
    rows = Redaction.objects.filter(case=case)
    decisions = {
        Section(row.section): redaction.Decision(
            kept=frozenset(range(len(row.findings))), clean=f"Her står {word(V.CLEAN_TEXT, name)}."
        )
        for row in rows
    }
    redaction.revise(case.pk, decisions=decisions, by=who("Carl"), at=at)
    if state is State.CONCLUDED:
        return
    # the second look doubts any word it does not know: Carl reads it, sees that it points at nobody, and lets it stand
    doubts = {
        Section(row.section): frozenset(range(len(row.leaks))) for row in Redaction.objects.filter(case=case)
    }
    redaction.approve(case.pk, overruled=doubts, by=who("Carl"), at=at)
    if state is State.FORWARDED:
        forwarding.forward(case.pk, by=who("Carl"), at=at)
        case.refresh_from_db()
        deliver(case, at=at)
