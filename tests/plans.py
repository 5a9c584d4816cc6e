"""Requests and publications for tests: asked for nationally, known locally, answered and published, and arrived."""

from datetime import datetime, timedelta
from io import BytesIO

from tests.people import who
from uth.actions import asking, forwarding, plans, publications, receiving
from uth.jobs import letters
from uth.law.actor import SYSTEM
from uth.law.clock import danish_day
from uth.law.shapes import canonical
from uth.law.terms import PublicationKind, Wanted
from uth.records.national.models import NationalRequest
from uth.records.outbox import Letter
from uth.records.plans import PlanRequest

WORDS = "Ordinationen stod to gange. Arbejdsgangen ved overflytning er lavet om."


def pdf(author: str = "Anna Opdigtet") -> bytes:
    """A small PDF that tells who made it."""
    import pikepdf

    made, out = pikepdf.new(), BytesIO()
    made.add_blank_page()
    made.docinfo["/Author"] = author
    made.save(out)
    return out.getvalue()


def asked(*, at: datetime, report_id: int | None = None) -> PlanRequest:
    """Dorte asks Region Hovedstaden, whose worker has fetched it."""
    number = asking.ask(
        report_id=report_id,
        sender="DK-84",
        theme="Fald om natten",
        wanted=Wanted.ANALYSIS,
        text="Hvorfor sker det, og hvad gør I?",
        due_on=danish_day(at) + timedelta(days=30),
        by=who("Dorte"),
        at=at,
    )
    row = NationalRequest.objects.get(pk=number)
    told = plans.Asked(
        ref=str(row.ref),
        case_ref=str(row.case_ref) if row.case_ref else None,
        theme=row.theme,
        wanted=Wanted(row.wanted),
        text=row.text,
        due_on=row.due_on,
        withdrawn=False,
    )
    plans.take_in("DK-84", [told], by=SYSTEM, at=at)
    return PlanRequest.objects.get(ref=row.ref)


def answered(request: PlanRequest, *, at: datetime) -> None:
    """Rikke has answered with a PDF, and it has arrived."""
    plans.answer(request.pk, text=WORDS, document=pdf(), confirmed=True, by=who("Rikke"), at=at)
    carry(Letter.objects.filter(body__kind="answer").latest("created_at"), at=at)


def published(*, at: datetime) -> int:
    """Rikke has published an annual report, and it has arrived."""
    number = publications.publish(
        kind=PublicationKind.ANNUAL,
        title="Årsrapport om utilsigtede hændelser",
        year=2025,
        text=WORDS,
        document=pdf(),
        confirmed=True,
        by=who("Rikke"),
        at=at,
    )
    carry(Letter.objects.filter(body__kind="publication").latest("created_at"), at=at)
    return number


def carry(letter: Letter, *, at: datetime) -> receiving.TakenIn:
    """The letter arrives, with its PDF, and we are told."""
    wire = letters.whole(letter)
    body = canonical(wire)
    head = letters.sign(wire, body, at=at)
    envelope = receiving.Envelope(
        sender=head["Uth-Sender"],
        key_id=head["Uth-Key-Id"],
        message_id=head["Uth-Message-Id"],
        time=head["Uth-Time"],
        signature=head["Uth-Signature"],
        body=body,
    )
    taken = receiving.receive(envelope, by=SYSTEM, at=at)
    forwarding.delivered(letter, by=SYSTEM, at=at)
    return taken
