"""The procedure's table against the real actions: every state, act and role is done or refused, and a refusal writes nothing."""

from collections.abc import Callable
from datetime import datetime
from itertools import product

import pytest
from tests.cases import _conclude, approve_all, case_at, reported
from tests.people import PEOPLE, who

from uth.actions import forwarding, handling, linking, lookups, organisations, redaction
from uth.law.actor import REPORTER, SYSTEM, Actor, Hidden
from uth.law.procedure import STEPS, NotAllowed
from uth.law.terms import Act, ActualHarm, Approvers, PossibleHarm, RejectionReason, Role, State
from uth.records.cases import Case, CaseStep, Classification, DialogueMessage, Note
from uth.records.models import AuditLine, LookupPermission, RecordLookup
from uth.records.outbox import Letter
from uth.records.redactions import Redaction

pytestmark = pytest.mark.django_db(databases=["default", "national"])

# Who stands for each role towards Region Hovedstaden; the last three have no business with its cases.
ACTORS: dict[Role, Callable[[], Actor]] = {
    Role.REPORTER: lambda: REPORTER,
    Role.INTAKE: lambda: who("Bo"),
    Role.HANDLER: lambda: who("Carl"),
    Role.RISK_MANAGER: lambda: who("Rikke"),
    Role.SYSTEM: lambda: SYSTEM,
    Role.ADMIN: lambda: who("Adam"),
    Role.NATIONAL: lambda: who("Dorte"),
}
STRANGERS = frozenset({Role.ADMIN, Role.NATIONAL})
CLASSIFIED = ["medication.wrong_dose.ordering"]


def take(act: Act, case: int, by: Actor, at: datetime) -> None:
    """Do the act as well as it can be done."""
    acts: dict[Act, Callable[[], None]] = {
        Act.ASSIGN: lambda: handling.assign(case, handler_id=PEOPLE["Carl"], by=by, at=at),
        Act.TRANSFER: lambda: handling.transfer(case, to="0151", reason="Skete dér.", by=by, at=at),
        Act.REJECT: lambda: handling.reject(
            case, reason=RejectionReason.TEST, comment="En prøve.", by=by, at=at
        ),
        Act.LINK: lambda: linking.link(case, event=_other(case), by=by, at=at),
        Act.CLASSIFY: lambda: handling.classify(
            case, codes=CLASSIFIED, actual=ActualHarm.MILD, possible=PossibleHarm.NONE, by=by, at=at
        ),
        Act.NOTE: lambda: handling.note(case, text="Et notat.", by=by, at=at),
        Act.ASK: lambda: handling.ask(case, text="Hvornår?", by=by, at=at),
        Act.REPLY: lambda: handling.reply(case, text="I går.", by=by, at=at),
        Act.ANSWER: lambda: handling.answer(case, text="Tak.", by=by, at=at),
        Act.CONCLUDE: lambda: redaction.conclude(
            case, conclusion="Derfor.", learning="Nu sådan.", by=by, at=at
        ),
        Act.APPROVE_FIRST: lambda: redaction.approve_first(case, by=by, at=at),
        Act.APPROVE: lambda: redaction.approve(case, by=by, at=at),
        Act.REVISE: lambda: handling.revise(case, by=by, at=at),
        Act.FORWARD: lambda: forwarding.forward(case, by=by, at=at),
        Act.REOPEN: lambda: handling.reopen(case, reason="Alligevel.", by=by, at=at),
        Act.CLOSE_DIALOGUE: lambda: handling.close_dialogue(case, by=by, at=at),
        Act.PERMIT_LOOKUP: lambda: _permit(case, by, at),
        Act.LOG_LOOKUP: lambda: lookups.look_up(
            case,
            permission=_permission(case),
            looked_up_at=at,
            system="Journalen",
            trace="Mærket.",
            by=by,
            at=at,
        ),
    }
    acts[act]()


def _permit(case: int, by: Actor, at: datetime) -> None:
    lookups.permit(
        case,
        person="Carl",
        permitted_by="Lis",
        permitted_on=at.date(),
        necessity="Dosis mangler.",
        by=by,
        at=at,
    )


def _permission(case: int) -> int:
    held = LookupPermission.objects.filter(case=case).first()
    return held.pk if held else 0


def _other(case: int) -> str:
    """The number of another case in the same house."""
    other = Case.objects.filter(state=State.RECEIVED).exclude(pk=case).order_by("pk").first()
    return other.number if other else "1"


def everything(case: int) -> list[object]:
    """All that an act could have written, counted or read anew."""
    row = Case.objects.values().get(pk=case)
    counted = (
        AuditLine,
        CaseStep,
        Letter,
        Note,
        DialogueMessage,
        Classification,
        LookupPermission,
        RecordLookup,
    )
    return [row, *(table.objects.count() for table in counted), *Redaction.objects.order_by("pk").values()]


def ready(case: Case, act: Act, at: datetime) -> None:
    """What the table does not ask about but the act does: a type before the conclusion, an authority that wants two."""
    if act is Act.APPROVE_FIRST and case.state == State.CONCLUDED:
        organisations.set_approvers(organisation="DK-84", approvers=Approvers.TWO, by=who("Adam"), at=at)
    if act is Act.CONCLUDE:
        Classification.objects.get_or_create(case=case, code=CLASSIFIED[0], defaults={"taxonomy": "2026-01"})
        Case.objects.filter(pk=case.pk).update(severity="mild")
    if act is Act.LOG_LOOKUP:
        LookupPermission.objects.create(
            case=case,
            organisation=case.organisation,
            permitted_on=at.date(),
            at=at,
            person="Carl",
            permitted_by="Lis",
        )


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)), ids=str)
def test_the_actions_do_what_the_table_says_for_every_role(state: State, act: Act, now: datetime) -> None:
    step = STEPS.get((state, act))
    reported(at=now)  # another event, that one may link to
    for role, actor in ACTORS.items():
        case = case_at(state, at=now)
        ready(case, act, now)
        before = everything(case.pk)
        if step and role in step.by:
            take(act, case.pk, actor(), now)
            assert Case.objects.get(pk=case.pk).state == step.to
            assert everything(case.pk)[1] > before[1], "an act leaves its line"
            continue
        with pytest.raises(Hidden if role in STRANGERS else NotAllowed):
            take(act, case.pk, actor(), now)
        assert everything(case.pk) == before, role


def test_a_stranger_learns_nothing_by_trying(now: datetime) -> None:
    case = case_at(State.RECEIVED, at=now)
    for name in ("Kirsten", "Erik", "Dorte", "Adam"):
        before = everything(case.pk)
        for act in Act:
            with pytest.raises(Hidden):
                take(act, case.pk, who(name), now)
        assert everything(case.pk) == before


@pytest.mark.parametrize("act", [Act.TRANSFER, Act.REJECT, Act.REOPEN])
def test_a_reason_of_blanks_is_no_reason(act: Act, now: datetime) -> None:
    case = case_at(State.REJECTED if act is Act.REOPEN else State.RECEIVED, at=now)
    before = everything(case.pk)
    blank: dict[Act, Callable[[], None]] = {
        Act.TRANSFER: lambda: handling.transfer(case.pk, to="0151", reason=" \n", by=who("Bo"), at=now),
        Act.REJECT: lambda: handling.reject(
            case.pk, reason=RejectionReason.OTHER, comment=" ", by=who("Bo"), at=now
        ),
        Act.REOPEN: lambda: handling.reopen(case.pk, reason="\t", by=who("Bo"), at=now),
    }
    with pytest.raises(NotAllowed, match="begrundelse"):
        blank[act]()
    assert everything(case.pk) == before


def test_an_act_on_a_version_that_is_over_writes_nothing(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    handling.ask(case.pk, text="Hvornår?", by=who("Rikke"), at=now)
    before = everything(case.pk)
    with pytest.raises(handling.Stale, match="version"):
        handling.ask(case.pk, text="Hvor?", seen=case.version, by=who("Carl"), at=now)
    assert everything(case.pk) == before


def test_approving_reads_the_version_that_was_revised_last(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    _conclude(case.pk, now)
    case.refresh_from_db()
    approve_all(case.pk, now)
    assert Case.objects.get(pk=case.pk).version > case.version
