"""Forgetting (sletning): what must go goes on its day, and stays gone."""

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, transaction
from tests.cases import case_at, deliver, reported
from tests.people import PEOPLE, who

from uth.actions import handling, linking, lookups, retention
from uth.law.actor import SYSTEM
from uth.law.clock import danish_day
from uth.law.rulebook import rule
from uth.law.terms import RejectionReason, State
from uth.queries.audit import broken_places
from uth.records.cases import Case, CaseQuerySet, DialogueMessage, Note
from uth.records.lookups import LookupPermission, RecordLookup
from uth.records.models import AuditLine, Forgotten, PatientIdentity, ReporterIdentity

pytestmark = pytest.mark.django_db(databases=["default", "national"])

WHO = {
    "patient_name": "Ellen Test Lauridsen",
    "patient_cpr": "0201919996",
    "reporter_name": "Anna Opdigtet",
    "story": "Ellen Lauridsen fik for meget morfin på vagten.",
}


def test_the_reporters_contact_stays_while_the_dialogue_is_open(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now, **WHO)
    retention.forget(by=SYSTEM, at=now)
    assert ReporterIdentity.objects.filter(report=case.report).exists()


def test_the_reporters_contact_goes_the_night_after_the_dialogue_closes(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now, **WHO)
    handling.close_dialogue(case.pk, by=who("Carl"), at=now)
    retention.forget(by=SYSTEM, at=now)
    assert not ReporterIdentity.objects.filter(report=case.report).exists()
    assert Forgotten.objects.filter(report=case.report_id, what="reporter").exists()


def test_a_dialogue_left_open_closes_by_itself_when_the_rule_says(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now, **WHO)
    days = rule("dialogue_closes_after_days", on=now.date()).number
    retention.forget(by=SYSTEM, at=now + timedelta(days=days - 1))
    case.refresh_from_db()
    assert case.dialogue_closed_at is None
    retention.forget(by=SYSTEM, at=now + timedelta(days=days + 1))
    case.refresh_from_db()
    assert case.dialogue_closed_at is not None


def test_the_story_gives_way_to_the_clean_text_once_all_is_over(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now, **WHO)
    deliver(case, at=now)
    handling.close_dialogue(case.pk, by=who("Carl"), at=now)
    retention.forget(by=SYSTEM, at=now)
    case.report.refresh_from_db()
    assert "Lauridsen" not in case.report.story
    assert "morfin" in case.report.story


def test_a_rejected_reports_patient_is_kept_for_a_reopening_and_then_forgotten(now: datetime) -> None:
    case = case_at(State.REJECTED, at=now, **WHO)
    retention.forget(by=SYSTEM, at=now + timedelta(days=89))
    assert PatientIdentity.objects.filter(report=case.report).exists()
    retention.forget(by=SYSTEM, at=now + timedelta(days=91))
    assert not PatientIdentity.objects.filter(report=case.report).exists()


def test_a_rejected_report_stays_to_be_searched_without_the_names_the_machine_finds(now: datetime) -> None:
    case = case_at(State.REJECTED, at=now, **WHO)
    days = rule("dialogue_closes_after_days", on=now.date()).number
    retention.forget(by=SYSTEM, at=now + timedelta(days=days - 1))
    case.report.refresh_from_db()
    assert case.report.story == WHO["story"]
    later = now + timedelta(days=days + 1)
    assert retention.forget(by=SYSTEM, at=later)["names"] == 1
    case.report.refresh_from_db()
    assert "Lauridsen" not in case.report.story
    assert "morfin på vagten" in case.report.story
    assert retention.forget(by=SYSTEM, at=later)["names"] == 0
    assert Forgotten.objects.filter(report=case.report_id, what="names").exists()


def test_a_rejected_case_can_be_reopened_afterwards_and_a_second_rejection_forgets_again(
    now: datetime,
) -> None:
    case = case_at(State.REJECTED, at=now, **WHO)
    later = now + timedelta(days=200)
    retention.forget(by=SYSTEM, at=later)
    handling.reopen(case.pk, reason="Nye oplysninger.", by=who("Bo"), at=later)
    handling.assign(case.pk, handler_id=PEOPLE["Carl"], by=who("Bo"), at=later)
    handling.note(case.pk, text="Ring til Ellen Lauridsen på 22 34 56 78.", by=who("Carl"), at=later)
    handling.reject(
        case.pk, reason=RejectionReason.OTHER, comment="Drejer sig ikke om os.", by=who("Carl"), at=later
    )
    retention.forget(by=SYSTEM, at=later + timedelta(days=200))
    text = Note.objects.get(case=case).text
    assert "Lauridsen" not in text
    assert "22 34 56 78" not in text


def test_a_restored_rejection_loses_its_names_again(now: datetime) -> None:
    case = case_at(State.REJECTED, at=now, **WHO)
    retention.forget_again(by=SYSTEM, at=now, what=[(case.report_id, "names")])
    case.report.refresh_from_db()
    assert "Lauridsen" not in case.report.story


def unreadable(now: datetime, request: pytest.FixtureRequest) -> tuple[Case, datetime]:
    """A rejected case, the night on which its names must go, and from now on no machine that can read."""
    case = case_at(State.REJECTED, at=now, **WHO)
    days = rule("dialogue_closes_after_days", on=now.date()).number
    request.getfixturevalue("model_is_gone")
    return case, now + timedelta(days=days + 1)


def test_a_machine_that_cannot_read_stops_no_other_forgetting(
    now: datetime, request: pytest.FixtureRequest
) -> None:
    case, night = unreadable(now, request)
    counts = retention.forget(by=SYSTEM, at=night)
    assert counts["waiting"] == 1
    assert counts["names"] == 0
    assert not ReporterIdentity.objects.filter(report=case.report).exists()
    case.report.refresh_from_db()
    assert case.report.story == WHO["story"]  # the next night, a machine that reads takes only the names out


def test_a_text_waits_a_week_for_a_machine_that_can_read_it_and_then_goes_whole(
    now: datetime, request: pytest.FixtureRequest
) -> None:
    case, night = unreadable(now, request)
    retention.forget(by=SYSTEM, at=night)
    later = night + timedelta(days=retention.UNREAD_DAYS)
    assert retention.forget(by=SYSTEM, at=later)["names"] == 1
    case.report.refresh_from_db()
    assert case.report.story == retention.GONE
    assert Forgotten.objects.filter(report=case.report_id, what="names").exists()
    assert retention.forget(by=SYSTEM, at=later)["waiting"] == 0


def test_a_restored_text_that_cannot_be_read_goes_whole_at_once(
    now: datetime, request: pytest.FixtureRequest
) -> None:
    case = case_at(State.REJECTED, at=now, **WHO)
    request.getfixturevalue("model_is_gone")
    retention.forget_again(by=SYSTEM, at=now, what=[(case.report_id, "names")])
    case.report.refresh_from_db()
    assert case.report.story == retention.GONE


def test_an_answer_that_cannot_be_read_goes_whole_with_the_story(
    now: datetime, request: pytest.FixtureRequest
) -> None:
    case = case_at(State.FORWARDED, at=now, **WHO)
    deliver(case, at=now)
    handling.close_dialogue(case.pk, by=who("Carl"), at=now)
    DialogueMessage.objects.create(
        case=case, kind=DialogueMessage.ANSWER, text="Ellen Lauridsen ringede.", at=now
    )
    request.getfixturevalue("model_is_gone")
    assert retention.forget(by=SYSTEM, at=now)["waiting"] == 1
    retention.forget(by=SYSTEM, at=now + timedelta(days=retention.UNREAD_DAYS + 1))
    assert DialogueMessage.objects.get(case=case).text == retention.GONE
    case.report.refresh_from_db()
    assert "Lauridsen" not in case.report.story


def test_forgetting_twice_forgets_once(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now, **WHO)
    handling.close_dialogue(case.pk, by=who("Carl"), at=now)
    retention.forget(by=SYSTEM, at=now)
    assert retention.forget(by=SYSTEM, at=now)["reporters"] == 0
    assert AuditLine.objects.filter(word="reporter.forgotten", case=case.pk).count() == 1


def test_what_a_backup_brought_back_is_forgotten_again(now: datetime) -> None:
    restored = case_at(State.APPROVED, at=now, **WHO)
    retention.forget_again(
        by=SYSTEM, at=now, what=[(restored.report_id, "patient"), (restored.report_id, "reporter")]
    )
    assert not PatientIdentity.objects.filter(report=restored.report).exists()
    assert not ReporterIdentity.objects.filter(report=restored.report).exists()


def test_a_case_that_is_reopened_while_the_night_works_is_left_alone(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_at(State.REJECTED, at=now, **WHO)
    real = CaseQuerySet.lock

    def reopened_meanwhile(rows: CaseQuerySet, number: int) -> Case:
        Case.objects.filter(pk=number).update(state=State.RECEIVED, dialogue_closed_at=None)
        return real(rows, number)

    monkeypatch.setattr(CaseQuerySet, "lock", reopened_meanwhile)
    retention.forget(by=SYSTEM, at=now + timedelta(days=400))
    case.refresh_from_db()
    assert (case.state, case.dialogue_closed_at) == (State.RECEIVED, None)
    assert PatientIdentity.objects.filter(report=case.report).exists()
    assert ReporterIdentity.objects.filter(report=case.report).exists()


def test_sessions_that_have_run_out_are_deleted(now: datetime) -> None:
    for key, ends in (("gammel", now), ("ny", now + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    retention.forget(by=SYSTEM, at=now + timedelta(seconds=1))
    assert list(Session.objects.values_list("session_key", flat=True)) == ["ny"]


def test_sul198_3_look_ups_and_their_permissions_go_when_the_rule_says_and_no_day_before(
    now: datetime,
) -> None:
    case = case_at(State.IN_PROGRESS, at=now)

    def permit(at: datetime) -> int:
        return lookups.permit(
            case.pk,
            person="Carl",
            permitted_by="Lis",
            permitted_on=danish_day(at),
            necessity="Dosis.",
            by=who("Carl"),
            at=at,
        )

    def look(permission: int, at: datetime) -> None:
        lookups.look_up(
            case.pk,
            permission=permission,
            looked_up_at=at,
            system="Journalen",
            trace="Mærket.",
            by=who("Carl"),
            at=at,
        )

    years = timedelta(days=round(365.25 * rule("record_lookup_years", on=now.date()).number))
    month, second = timedelta(days=30), timedelta(seconds=1)
    old, used_again = permit(now), permit(now)
    look(old, now)
    look(used_again, now)
    look(used_again, now + month)
    retention.forget(by=SYSTEM, at=now + years)
    assert (LookupPermission.objects.count(), RecordLookup.objects.count()) == (2, 3)
    retention.forget(by=SYSTEM, at=now + years + second)
    assert [p.pk for p in LookupPermission.objects.all()] == [used_again]
    assert [row.at for row in RecordLookup.objects.all()] == [now + month]
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordLookup.objects.all().delete()
    retention.forget(by=SYSTEM, at=now + years + month + second)
    assert not LookupPermission.objects.exists()
    assert not broken_places()


def test_reports_of_one_event_call_a_person_the_same_once_the_names_are_gone(now: datetime) -> None:
    event = case_at(
        State.RECEIVED, at=now, story="Sygeplejerske Mette Lauridsen gav dobbelt dosis til Krogh."
    )
    case, _ = reported(at=now, story="Så kom Krogh til skade. Det var Lauridsen, der gav dosis.")
    linking.link(case.pk, event=event.number, by=who("Bo"), at=now)
    days = rule("dialogue_closes_after_days", on=now.date()).number
    retention.forget(by=SYSTEM, at=now + timedelta(days=days + 1))
    case.report.refresh_from_db()
    assert case.report.story == "Så kom [person B] til skade. Det var [sygeplejerske A], der gav dosis."
