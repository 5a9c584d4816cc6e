"""Every report is passed on (R21): with its text when it was handled, by reason and count alone when it was not."""

from datetime import datetime, timedelta

import pytest
from tests.cases import case_at, deliver, envelope_of, reported
from tests.people import who

from uth.actions import forwarding, handling, linking, receiving
from uth.actions.handling import Refused
from uth.law.actor import SYSTEM
from uth.law.procedure import NotAllowed
from uth.law.terms import RejectionReason, ReporterKind, Sector, State
from uth.queries import inbox, national, receipt
from uth.records.cases import Case
from uth.records.national.models import NationalDuplicate, NationalRejection, NationalReport, ReceivedMessage
from uth.records.outbox import Letter

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def waiting() -> list[Letter]:
    return list(Letter.objects.filter(kind=Letter.NATIONAL, sent_at=None).order_by("created_at", "pk"))


def carry(letter: Letter, *, at: datetime) -> None:
    """The letter arrives, and we are told."""
    receiving.receive(envelope_of(letter, at=at), by=SYSTEM, at=at)
    forwarding.delivered(letter, by=SYSTEM, at=at)


def reject(case: Case, reason: RejectionReason, *, at: datetime) -> None:
    handling.reject(
        case.pk, reason=reason, comment="Det er ikke en utilsigtet hændelse.", by=who("Bo"), at=at
    )


# ── a handled report ──


@pytest.mark.parametrize("kind", list(ReporterKind))
def test_par6_1_a_handled_report_is_passed_on_whoever_reported_it(kind: ReporterKind, now: datetime) -> None:
    deliver(case_at(State.FORWARDED, at=now, reporter_kind=kind, patient_name="Ellen Test Lauridsen"), at=now)
    (row,) = NationalReport.objects.all()
    assert row.reporter_kind == kind
    assert "Lauridsen" not in "".join(str(getattr(row, f.name)) for f in row._meta.fields)


# ── a rejected one ──


@pytest.mark.parametrize("reason", list(RejectionReason))
def test_par6_1_a_rejected_report_is_counted_nationally_by_its_reason_without_a_word(
    reason: RejectionReason, now: datetime
) -> None:
    case, _ = reported(at=now, story="Ellen Test Lauridsen faldt.", patient_name="Ellen Test Lauridsen")
    reject(case, reason, at=now)
    (letter,) = waiting()
    assert set(letter.body) == {
        "kind", "schema_version", "message_id", "sender", "case_ref", "turn", "stands", "sector",
        "received_month", "reason",
    }  # fmt: skip
    assert "Lauridsen" not in str(letter.body)
    carry(letter, at=now)
    (row,) = NationalRejection.objects.all()
    assert (row.reason, row.sector, row.received_month, row.stands) == (
        reason, Sector.HOSPITAL, "2026-11", True,
    )  # fmt: skip
    (year,) = national.rejections(by=who("Dorte"), at=now)
    assert (year.year, year.total, year.counts[reason]) == ("2026", 1, 1)
    assert not NationalReport.objects.exists()


def test_par6_1_reopening_takes_the_count_back_and_keeps_the_old_clock(now: datetime) -> None:
    case, _ = reported(at=now)
    due = case.forward_by
    reject(case, RejectionReason.OTHER, at=now)
    handling.reopen(case.pk, reason="Vi tog fejl.", by=who("Bo"), at=now + timedelta(days=20))
    case.refresh_from_db()
    assert (case.state, case.forward_by) == (State.RECEIVED, due)
    for letter in waiting():
        carry(letter, at=now)
    assert national.rejections(by=who("Dorte"), at=now) == ()


def test_par6_1_messages_that_arrive_in_the_wrong_order_leave_the_newest_standing(now: datetime) -> None:
    case, _ = reported(at=now)
    reject(case, RejectionReason.TEST, at=now)
    handling.reopen(case.pk, reason="Vi tog fejl.", by=who("Bo"), at=now)
    reject(case, RejectionReason.WORK_ENVIRONMENT, at=now)
    for letter in sorted(waiting(), key=lambda each: -each.body["turn"]):
        carry(letter, at=now)
    (row,) = NationalRejection.objects.all()
    assert (row.reason, row.stands) == (RejectionReason.WORK_ENVIRONMENT, True)


def test_par6_1_a_rejection_that_arrives_twice_is_counted_once(now: datetime) -> None:
    case, _ = reported(at=now)
    reject(case, RejectionReason.OTHER, at=now)
    (letter,) = waiting()
    carry(letter, at=now)
    assert receiving.receive(envelope_of(letter, at=now), by=SYSTEM, at=now).repeated
    assert (NationalRejection.objects.count(), ReceivedMessage.objects.count()) == (1, 1)


def test_par6_1_a_reopened_report_is_handled_and_passed_on_like_any_other(now: datetime) -> None:
    from tests.cases import WALK

    case, _ = reported(at=now)
    reject(case, RejectionReason.INSUFFICIENT, at=now)
    handling.reopen(case.pk, reason="Der kom flere oplysninger.", by=who("Bo"), at=now)
    for stride in WALK[State.FORWARDED]:
        stride(case.pk, now)
    for letter in waiting():
        carry(letter, at=now)
    case.refresh_from_db()
    assert NationalReport.objects.get().case_ref == case.national_ref
    assert case.delivered_at is not None
    assert national.rejections(by=who("Dorte"), at=now) == ()


def test_par6_1_a_rejected_report_is_found_again_and_its_reporter_reads_why(now: datetime) -> None:
    case, code = reported(at=now, headline="Prøvesag om et fald")
    reject(case, RejectionReason.TEST, at=now)
    found = inbox.cases(inbox.View.ALL, by=who("Carl"), at=now, search="prøvesag")
    assert [line.id for line in found.lines] == [case.pk]
    page = receipt.by_code(code, at=now)
    assert page is not None
    assert page.rejection == "Det er ikke en utilsigtet hændelse."


# ── one more report of the same event ──


def test_par6_1_a_duplicate_is_passed_on_with_its_event_which_counts_once(now: datetime) -> None:
    event = case_at(State.FORWARDED, at=now)
    again, _ = reported(at=now, story="Ellen Test Lauridsen fik dobbelt dosis.")
    linking.link(again.pk, event=event.number, by=who("Bo"), at=now)
    (link,) = [each for each in waiting() if each.body.get("kind") == "duplicate"]
    assert set(link.body) == {
        "kind", "schema_version", "message_id", "sender", "case_ref", "turn", "stands", "event_ref",
    }  # fmt: skip
    for letter in reversed(waiting()):  # the link may well arrive before its event
        carry(letter, at=now)
    (line,) = national.reports(by=who("Dorte"), at=now).lines
    assert line.reports == 2
    assert national.report(line.id, by=who("Dorte"), at=now).reports == 2


def test_par6_1_the_reporter_of_a_duplicate_is_told_and_reads_what_was_learned(now: datetime) -> None:
    again, code = reported(at=now, reporter_name="Anna Opdigtet", reporter_email="anna@opdigtet.invalid")
    event = case_at(State.FORWARDED, at=now)
    linking.link(again.pk, event=event.number, by=who("Bo"), at=now)
    assert Letter.objects.filter(template="linked", to=f"reporter:{again.report_id}").exists()
    page = receipt.by_code(code, at=now)
    assert page is not None
    assert "den samme hændelse" not in page.rejection
    assert "allerede behandler" in page.plain
    assert "gennemgår nu ordinationer" in page.learning


def test_par6_1_a_duplicate_that_is_reopened_stands_for_itself_again(now: datetime) -> None:
    event = case_at(State.FORWARDED, at=now)
    again, _ = reported(at=now)
    due = again.forward_by
    linking.link(again.pk, event=event.number, by=who("Bo"), at=now)
    handling.reopen(again.pk, reason="Det var en anden dag.", by=who("Bo"), at=now + timedelta(days=3))
    for letter in waiting():
        carry(letter, at=now)
    again.refresh_from_db()
    assert (again.state, again.same_event_as, again.forward_by) == (State.RECEIVED, None, due)
    assert national.reports(by=who("Dorte"), at=now).lines[0].reports == 1
    assert not NationalDuplicate.objects.get().stands


def test_an_event_that_others_are_linked_to_is_not_rejected_over_their_heads(now: datetime) -> None:
    event, _ = reported(at=now)
    again, _ = reported(at=now)
    linking.link(again.pk, event=event.number, by=who("Bo"), at=now)
    with pytest.raises(NotAllowed, match="Genåbn dem først"):
        reject(event, RejectionReason.TEST, at=now)
    assert Case.objects.get(pk=event.pk).state == State.RECEIVED


WRONG = {
    "its own number": (lambda case, other: case.number, "eget nummer"),
    "no number": (lambda case, other: "sagen fra i går", "for eksempel 2026"),
    "a number nobody has": (lambda case, other: "2026-999999", "kan ikke finde"),
    "a rejected case": (lambda case, other: other[State.REJECTED].number, "afvist"),
    "a case that is linked itself": (lambda case, other: other[State.LINKED].number, "selv knyttet"),
}


@pytest.mark.parametrize(("which", "says"), WRONG.values(), ids=WRONG)
def test_a_link_that_leads_nowhere_is_refused_in_a_sentence(which: object, says: str, now: datetime) -> None:
    case, _ = reported(at=now)
    other = {state: case_at(state, at=now) for state in (State.REJECTED, State.LINKED)}
    before = Letter.objects.count()
    with pytest.raises(Refused) as refused:
        linking.link(case.pk, event=which(case, other), by=who("Bo"), at=now)  # type: ignore[operator]
    assert says in refused.value.problems["event"]
    assert Case.objects.get(pk=case.pk).state == State.RECEIVED
    assert Letter.objects.count() == before


def test_nobody_links_to_a_case_they_cannot_see(now: datetime) -> None:
    theirs, _ = reported(at=now, sector=Sector.MUNICIPAL, place="", municipality="0151")
    assert theirs.organisation.key == "0151"
    mine, _ = reported(at=now)
    with pytest.raises(Refused) as refused:
        linking.link(mine.pk, event=theirs.number, by=who("Bo"), at=now)
    assert "kan ikke finde" in refused.value.problems["event"]
