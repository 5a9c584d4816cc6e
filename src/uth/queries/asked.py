"""What the national level has asked for and been sent (anmodninger, svar og udgivelser), for those who sit there."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day, days_left
from uth.law.terms import PublicationKind, Wanted
from uth.queries.national import admit, log
from uth.queries.plans import Pdf
from uth.records.national.models import (
    NationalAnswer,
    NationalPublication,
    NationalReport,
    NationalRequest,
    Sender,
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back."""

    id: int
    received_at: datetime
    text: str
    has_document: bool
    size: int


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as those who made it follow it. `report_id`: the report it is about, where it is about one."""

    id: int
    sender: str
    wanted: Wanted
    theme: str
    text: str
    due_on: date
    days_left: int
    made_at: datetime
    fetched_at: datetime | None
    withdrawn_at: datetime | None
    answered_at: datetime | None
    report_id: int | None
    headline: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A theme report or annual report."""

    id: int
    sender: str
    kind: PublicationKind
    title: str
    year: int
    text: str
    received_at: datetime
    has_document: bool
    size: int


def requests(*, by: Actor, at: datetime) -> tuple[Ask, ...]:
    """Newest first. Raises Hidden for anyone without the national role."""
    admit(by, at=at)
    rows = NationalRequest.objects.select_related("sender").prefetch_related("answers__document")[:200]
    log("national.requests", by, at)
    about = _about([row.case_ref for row in rows])
    return tuple(_ask(row, about, at) for row in rows)


def request(request_id: int, *, by: Actor, at: datetime) -> Ask:
    """One of them, with what was answered. Raises Hidden."""
    admit(by, at=at)
    rows = NationalRequest.objects.select_related("sender").prefetch_related("answers__document")
    row = rows.filter(pk=request_id).first()
    if row is None:
        raise Hidden
    log("national.request", by, at, request=request_id)
    return _ask(row, _about([row.case_ref]), at)


def answer_pdf(request_id: int, answer_id: int, *, by: Actor, at: datetime) -> Pdf:
    """The PDF of an answer. Raises Hidden."""
    admit(by, at=at)
    row = NationalAnswer.objects.select_related("document").filter(pk=answer_id, request=request_id).first()
    if row is None or row.document is None:
        raise Hidden
    log("national.document", by, at, answer=answer_id)
    return Pdf(f"svar-{row.pk}.pdf", bytes(row.document.content))


def senders(*, by: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """The authorities that can be asked: key and name."""
    admit(by, at=at)
    return tuple(Sender.objects.order_by("name").values_list("key", "name"))


def publications(*, by: Actor, at: datetime) -> tuple[Sent, ...]:
    """Newest first. Raises Hidden."""
    admit(by, at=at)
    log("national.publications", by, at)
    rows = NationalPublication.objects.select_related("sender", "document").defer("document__content")
    return tuple(map(_publication, rows[:200]))


def publication(publication_id: int, *, by: Actor, at: datetime) -> Sent:
    """One of them. Raises Hidden."""
    admit(by, at=at)
    rows = NationalPublication.objects.select_related("sender", "document").defer("document__content")
    row = rows.filter(pk=publication_id).first()
    if row is None:
        raise Hidden
    log("national.publication", by, at, publication=publication_id)
    return _publication(row)


def publication_pdf(publication_id: int, *, by: Actor, at: datetime) -> Pdf:
    """Its PDF. Raises Hidden."""
    admit(by, at=at)
    row = NationalPublication.objects.select_related("document").filter(pk=publication_id).first()
    if row is None or row.document is None:
        raise Hidden
    log("national.document", by, at, publication=publication_id)
    return Pdf(f"udgivelse-{row.pk}.pdf", bytes(row.document.content))


def _about(refs: list[UUID | None]) -> dict[UUID | None, tuple[int, str]]:
    wanted = [ref for ref in refs if ref is not None]
    rows = NationalReport.objects.filter(case_ref__in=wanted).values_list("case_ref", "pk", "headline")
    return {ref: (pk, headline) for ref, pk, headline in rows}


def _ask(row: NationalRequest, about: dict[UUID | None, tuple[int, str]], at: datetime) -> Ask:
    report_id, headline = about.get(row.case_ref, (None, ""))
    return Ask(
        id=row.pk,
        sender=row.sender.name,
        wanted=Wanted(row.wanted),
        theme=row.theme,
        text=row.text,
        due_on=row.due_on,
        days_left=days_left(row.due_on, danish_day(at)),
        made_at=row.made_at,
        fetched_at=row.fetched_at,
        withdrawn_at=row.withdrawn_at,
        answered_at=row.answered_at,
        report_id=report_id,
        headline=headline or ("Uden overskrift" if report_id else ""),
        answers=tuple(
            Answered(
                each.pk,
                each.received_at,
                each.text,
                each.document is not None,
                each.document.size if each.document else 0,
            )
            for each in row.answers.all()
        ),
    )


def _publication(row: NationalPublication) -> Sent:
    return Sent(
        id=row.pk,
        sender=row.sender.name,
        kind=PublicationKind(row.kind),
        title=row.title,
        year=row.year,
        text=row.text,
        received_at=row.received_at,
        has_document=row.document is not None,
        size=row.document.size if row.document else 0,
    )
