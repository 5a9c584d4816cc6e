"""Handling (sagsbehandling): the desk's verbs for programs; each a thin door to an action, told by the procedure's table."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from uth.actions import forwarding, handling, linking, redaction
from uth.api.auth import LOCAL, Bearer, actor, at
from uth.api.case_schemas import (
    ApproveIn,
    AssignIn,
    CaseListOut,
    CaseOut,
    CaseSearchIn,
    ClassifyIn,
    ConcludeIn,
    HandlersOut,
    LinkIn,
    MeOut,
    ReasonIn,
    RedactionIn,
    RejectIn,
    TransferIn,
)
from uth.api.schemas import TextIn
from uth.law.procedure import STEPS
from uth.law.terms import Act, Role
from uth.law.text import tidy
from uth.queries import access, inbox, people

router = Router(tags=["sagsbehandling"])
router.add_decorator(LOCAL, mode="view")
KEY = Bearer()


@router.get("/me", auth=KEY, response=MeOut, summary="Hvem er jeg?")
def me(request: HttpRequest) -> dict[str, Any]:
    """Nøglens bruger: nummer, roller og organisationer."""
    by = actor(request)
    standing = people.standing(by=by, at=at(request))
    return {
        "user_id": by.user_id,
        "roles": [role for role in Role if role in standing.roles],
        "organisations": standing.organisations,
    }


@router.get("/cases", auth=KEY, response=CaseListOut, summary="Find sager")
def cases(
    request: HttpRequest,
    view: inbox.View = inbox.View.INBOX,
    after: Annotated[str, Query(max_length=40)] = "",
) -> dict[str, Any]:
    """Ældste frist først, 50 ad gangen; `after` er nøglen fra forrige side."""
    found = inbox.cases(view, by=actor(request), at=at(request), after=tidy(after))
    return {"view": found.view, "cases": found.lines, "after": found.after}


@router.post("/cases/search", auth=KEY, response=CaseListOut, summary="Søg i sager")
def search(request: HttpRequest, given: CaseSearchIn) -> dict[str, Any]:
    """Sagsnummer eller ord. Ordene sendes i indholdet, fordi en adresse kan ende i en log."""
    by, when = actor(request), at(request)
    found = inbox.cases(given.view, by=by, at=when, after=given.after, search=given.words)
    return {"view": found.view, "cases": found.lines, "after": found.after}


@router.get("/cases/{int:case_id}", auth=KEY, response=CaseOut, summary="Læs en sag")
def case(request: HttpRequest, case_id: int) -> access.CasePage:
    """Det, nøglens bruger må se; `acts` er det, der kan gøres nu. Opslaget skrives i sporet."""
    return access.open_case(case_id, by=actor(request), at=at(request))


@router.get("/cases/{int:case_id}/handlers", auth=KEY, response=HandlersOut, summary="Hvem kan få sagen?")
def handlers(request: HttpRequest, case_id: int) -> dict[str, Any]:
    """Sagsbehandlere, som sagen kan fordeles til."""
    opened = access.open_case(case_id, by=actor(request), at=at(request))
    return {"handlers": people.handlers_of(opened.organisation_key, at=at(request))}


def seen(request: HttpRequest) -> int | None:
    """The version of the case the program read, from `If-Match`; none, and whatever stands there is acted upon."""
    given = request.headers.get("If-Match", "").strip(' "')
    if not given:
        return None
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1


type Verb[**P] = Callable[P, Status[None]]


def _verb[**P](name: str, act: Act) -> Callable[[Verb[P]], Verb[P]]:
    """An operation that does one act on a case and answers 204; the text comes from the procedure's table."""
    froms = [step_from.danish for step_from, step_act in STEPS if step_act is act]
    roles = {role for (_, step_act), step in STEPS.items() if step_act is act for role in step.by}
    who = ", ".join(role.danish for role in Role if role in roles - {Role.SYSTEM})
    return router.post(
        f"/cases/{{int:case_id}}/{name}",
        auth=KEY,
        response={204: None},
        summary=act.danish if name != "redaction" else "Ret anonymiseringen",
        description=f"Fra: {', '.join(froms)}. Af: {who}. Ellers 409 med en sætning, der siger hvorfor. "
        "Med `If-Match: <version>` fra den læste sag afvises det (422), hvis en anden har ændret sagen siden.",
    )


DONE = Status(204, None)


@_verb("assign", Act.ASSIGN)
def assign(request: HttpRequest, case_id: int, given: AssignIn) -> Status[None]:
    handling.assign(
        case_id, handler_id=given.handler_id, seen=seen(request), by=actor(request), at=at(request)
    )
    return DONE


@_verb("transfer", Act.TRANSFER)
def transfer(request: HttpRequest, case_id: int, given: TransferIn) -> Status[None]:
    handling.transfer(
        case_id, to=given.to, reason=given.reason, seen=seen(request), by=actor(request), at=at(request)
    )
    return DONE


@_verb("reject", Act.REJECT)
def reject(request: HttpRequest, case_id: int, given: RejectIn) -> Status[None]:
    handling.reject(
        case_id,
        reason=given.reason,
        comment=given.comment,
        seen=seen(request),
        by=actor(request),
        at=at(request),
    )
    return DONE


@_verb("link", Act.LINK)
def link(request: HttpRequest, case_id: int, given: LinkIn) -> Status[None]:
    linking.link(case_id, event=given.event, seen=seen(request), by=actor(request), at=at(request))
    return DONE


@_verb("reopen", Act.REOPEN)
def reopen(request: HttpRequest, case_id: int, given: ReasonIn) -> Status[None]:
    handling.reopen(case_id, reason=given.reason, seen=seen(request), by=actor(request), at=at(request))
    return DONE


@_verb("classify", Act.CLASSIFY)
def classify(request: HttpRequest, case_id: int, given: ClassifyIn) -> Status[None]:
    handling.classify(
        case_id,
        codes=given.codes,
        actual=given.actual_harm,
        possible=given.possible_harm,
        decided=given.severity,
        seen=seen(request),
        by=actor(request),
        at=at(request),
    )
    return DONE


@_verb("note", Act.NOTE)
def note(request: HttpRequest, case_id: int, given: TextIn) -> Status[None]:
    handling.note(case_id, text=given.text, by=actor(request), at=at(request))
    return DONE


@_verb("ask", Act.ASK)
def ask(request: HttpRequest, case_id: int, given: TextIn) -> Status[None]:
    handling.ask(case_id, text=given.text, by=actor(request), at=at(request))
    return DONE


@_verb("answer", Act.ANSWER)
def answer(request: HttpRequest, case_id: int, given: TextIn) -> Status[None]:
    handling.answer(case_id, text=given.text, by=actor(request), at=at(request))
    return DONE


@_verb("conclude", Act.CONCLUDE)
def conclude(request: HttpRequest, case_id: int, given: ConcludeIn) -> Status[None]:
    redaction.conclude(
        case_id,
        conclusion=given.conclusion,
        learning=given.learning,
        decided=given.severity,
        seen=seen(request),
        by=actor(request),
        at=at(request),
    )
    return DONE


@_verb("redaction", Act.APPROVE)
def redact(request: HttpRequest, case_id: int, given: RedactionIn) -> Status[None]:
    decisions = {
        section: redaction.Decision(
            kept=frozenset(word.kept),
            added=tuple((each.text, each.kind) for each in word.added),
            clean=word.clean,
        )
        for section, word in given.sections.items()
    }
    redaction.revise(case_id, decisions=decisions, seen=seen(request), by=actor(request), at=at(request))
    return DONE


@_verb("approve-first", Act.APPROVE_FIRST)
def approve_first(request: HttpRequest, case_id: int, given: ApproveIn) -> Status[None]:
    overruled = {section: frozenset(leaks) for section, leaks in given.overruled.items()}
    redaction.approve_first(
        case_id, overruled=overruled, seen=seen(request), by=actor(request), at=at(request)
    )
    return DONE


@_verb("approve", Act.APPROVE)
def approve(request: HttpRequest, case_id: int, given: ApproveIn) -> Status[None]:
    overruled = {section: frozenset(leaks) for section, leaks in given.overruled.items()}
    redaction.approve(case_id, overruled=overruled, seen=seen(request), by=actor(request), at=at(request))
    return DONE  # where two must approve, the case's state says whether this was the second


@_verb("revise", Act.REVISE)
def revise(request: HttpRequest, case_id: int) -> Status[None]:
    handling.revise(case_id, seen=seen(request), by=actor(request), at=at(request))
    return DONE


@_verb("forward", Act.FORWARD)
def forward(request: HttpRequest, case_id: int) -> Status[None]:
    forwarding.forward(case_id, seen=seen(request), by=actor(request), at=at(request))
    return DONE


@_verb("close-dialogue", Act.CLOSE_DIALOGUE)
def close_dialogue(request: HttpRequest, case_id: int) -> Status[None]:
    handling.close_dialogue(case_id, seen=seen(request), by=actor(request), at=at(request))
    return DONE
