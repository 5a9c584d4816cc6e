"""Plans asked for, and publications (anmodninger og udgivelser), where the authority works with them."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from uth.law.actor import Actor, Hidden
from uth.law.clock import danish_day, days_left
from uth.law.procedure import HANDLERS
from uth.law.terms import PublicationKind, Role, Wanted
from uth.records import audit
from uth.records.organisations import Organisation
from uth.records.plans import Document, PlanAnswer, PlanRequest, Publication
from uth.records.reach import Held, held_by, whole_authorities
from uth.records.succession import with_forerunners


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer that was sent."""

    id: int
    at: datetime
    who: str
    text: str
    document: int | None
    size: int


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for. `case_id` and `case_number`: the case it is about, where this actor may see it."""

    id: int
    wanted: Wanted
    theme: str
    text: str
    due_on: date
    days_left: int
    received_at: datetime
    withdrawn: bool
    answered_at: datetime | None
    organisation: str
    case_id: int | None
    case_number: str
    answers: tuple[Sent, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """A report as anybody may read it."""

    id: int
    kind: PublicationKind
    title: str
    year: int
    text: str
    organisation: str
    published_at: datetime
    has_document: bool
    size: int


@dataclass(frozen=True, slots=True)
class Pdf:
    """A document as it is shown."""

    name: str
    content: bytes = field(repr=False)


def requests(*, by: Actor, at: datetime) -> tuple[Request, ...]:
    """Open ones first, the nearest deadline first."""
    held = held_by(by, at=at)
    found = [_request(row, held, at) for row in _reachable(by, at=at)]
    return tuple(sorted(found, key=lambda r: (r.withdrawn or r.answered_at is not None, r.due_on)))


def request(request_id: int, *, by: Actor, at: datetime) -> Request:
    """One of them. Raises Hidden."""
    row = _reachable(by, at=at).filter(pk=request_id).first()
    if row is None:
        raise Hidden
    audit.append(
        row.organisation.key,
        "plan.read",
        at=at,
        actor=str(by),
        case=row.case_id,
        detail={"request": row.pk},
    )
    return _request(row, held_by(by, at=at), at)


def answer_pdf(request_id: int, answer_id: int, *, by: Actor, at: datetime) -> Pdf:
    """The PDF of an answer. Raises Hidden."""
    held = PlanAnswer.objects.filter(request__in=_reachable(by, at=at), request=request_id)
    row = held.select_related("document").filter(pk=answer_id).first()
    if row is None or row.document is None:
        raise Hidden
    return Pdf(f"svar-{row.pk}.pdf", bytes(row.document.content))


def publishers(*, by: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """The key and name of each authority the actor may publish for."""
    return tuple((each.key, each.name) for each in whole_authorities(by, Role.RISK_MANAGER, at=at))


def publications() -> tuple[Published, ...]:
    """Everything published, newest first: it is for anybody."""
    rows = Publication.objects.select_related("organisation", "document").defer("document__content")
    return tuple(map(_published, rows))


def publication(publication_id: int) -> Published:
    """One of them. Raises Hidden."""
    rows = Publication.objects.select_related("organisation", "document").defer("document__content")
    row = rows.filter(pk=publication_id).first()
    if row is None:
        raise Hidden
    return _published(row)


def publication_pdf(publication_id: int) -> Pdf:
    """Its PDF. Raises Hidden."""
    row = Publication.objects.select_related("document").filter(pk=publication_id).first()
    if row is None or row.document is None:
        raise Hidden
    return Pdf(f"udgivelse-{row.pk}.pdf", bytes(row.document.content))


def _reachable(by: Actor, *, at: datetime) -> QuerySet[PlanRequest]:
    """What was asked of their own authority, and of those whose tasks it has taken over."""
    paths = with_forerunners(held_by(by, at=at).paths(HANDLERS), on=danish_day(at))
    places = Organisation.below(list(paths))
    found = PlanRequest.objects.filter(organisation__in=places).select_related(
        "organisation", "case__organisation"
    )
    answers = PlanAnswer.objects.select_related("by", "document").defer("document__content")
    return found.prefetch_related(Prefetch("answers", answers))


def _request(row: PlanRequest, held: Held, at: datetime) -> Request:
    ours = row.case if row.case and held.at(row.case.organisation.path) & HANDLERS else None
    return Request(
        id=row.pk,
        wanted=Wanted(row.wanted),
        theme=row.theme,
        text=row.text,
        due_on=row.due_on,
        days_left=days_left(row.due_on, danish_day(at)),
        received_at=row.received_at,
        withdrawn=row.withdrawn_at is not None,
        answered_at=row.answered_at,
        organisation=row.organisation.name,
        case_id=ours.pk if ours else None,
        case_number=ours.number if ours else "",
        answers=tuple(_sent(each) for each in row.answers.all()),
    )


def _sent(row: PlanAnswer) -> Sent:
    size = row.document.size if row.document else 0
    return Sent(row.pk, row.at, row.by.name if row.by else "", row.text, row.document_id, size)


def _published(row: Publication) -> Published:
    document: Document | None = row.document
    return Published(
        id=row.pk,
        kind=PublicationKind(row.kind),
        title=row.title,
        year=row.year,
        text=row.text,
        organisation=row.organisation.name,
        published_at=row.published_at,
        has_document=document is not None,
        size=document.size if document else 0,
    )
