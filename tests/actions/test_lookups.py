"""The patient's record is looked in for the analysis only when it is necessary, permitted and can be told (SUL § 198, stk. 3)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.cases import case_at, deliver
from tests.people import PEOPLE, who

from uth.actions import handling, lookups
from uth.actions.handling import Refused
from uth.law.actor import Hidden
from uth.law.clock import danish_day
from uth.law.message import canonical
from uth.law.procedure import NotAllowed
from uth.law.terms import State
from uth.queries import lookups as seen
from uth.records.cases import Case
from uth.records.models import AuditLine, LookupPermission, Organisation, RecordLookup
from uth.records.outbox import Letter
from uth.web.privacy import kept

pytestmark = pytest.mark.django_db(databases=["default", "national"])

WHO = {"patient_name": "Ellen Test Lauridsen", "patient_cpr": "0101012222"}


def permit(case: Case, now: datetime, name: str = "Carl", **changes: Any) -> int:
    given: dict[str, Any] = {
        "person": "Carl Carlsen, sygeplejerske",
        "permitted_by": "Lis Lund, ledende overlæge",
        "permitted_on": danish_day(now),
        "necessity": "Vi mangler tidspunktet for anden dosis.",
    }
    return lookups.permit(case.pk, **given | changes, by=who(name), at=now)


def look_up(case: Case, permission: int, now: datetime, name: str = "Carl", **changes: Any) -> None:
    given: dict[str, Any] = {
        "permission": permission,
        "looked_up_at": now,
        "system": "Regionens journal",
        "trace": "Årsag »UTH-analyse« valgt ved opslaget",
    }
    lookups.look_up(case.pk, **given | changes, by=who(name), at=now)


def test_sul198_3_a_permitted_necessary_lookup_is_written_down_and_can_be_told_afterwards(
    now: datetime,
) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    look_up(case, permit(case, now), now)
    _, (line,) = seen.of_case(case.pk, by=who("Rikke"), at=now)
    assert (line.person, line.permitted_by) == ("Carl Carlsen, sygeplejerske", "Lis Lund, ledende overlæge")
    assert line.necessity.startswith("Vi mangler")
    assert (line.lookups[0].looked_up_at, line.lookups[0].system) == (now, "Regionens journal")
    words = list(
        AuditLine.objects.filter(case=case.pk, word__startswith="lookup").values_list("word", flat=True)
    )
    assert words == ["lookup.permitted", "lookup.logged"]


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"necessity": " "}, "necessity"),
        ({"permitted_by": ""}, "permitted_by"),
        ({"person": ""}, "person"),
        ({"permitted_on": "tomorrow"}, "permitted_on"),
    ],
)
def test_sul198_3_no_permission_without_its_reason_its_giver_and_its_day(
    missing: dict[str, Any], field: str, now: datetime
) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    if missing.get("permitted_on"):
        missing = {"permitted_on": danish_day(now) + timedelta(days=1)}
    with pytest.raises(Refused) as refused:
        permit(case, now, **missing)
    assert list(refused.value.problems) == [field]
    assert not LookupPermission.objects.exists()


def test_sul198_3_no_lookup_without_a_permission(now: datetime) -> None:
    case, other = case_at(State.IN_PROGRESS, at=now), case_at(State.IN_PROGRESS, at=now)
    for permission in (0, permit(other, now)):
        with pytest.raises(Refused) as refused:
            look_up(case, permission, now)
        assert "registrér den først" in refused.value.problems["permission"]
    assert not RecordLookup.objects.exists()


@pytest.mark.parametrize("field", ["system", "trace"])
def test_sul198_3_no_lookup_that_nobody_can_tell_apart_afterwards(field: str, now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    with pytest.raises(Refused) as refused:
        look_up(case, permit(case, now), now, **{field: " "})
    assert list(refused.value.problems) == [field]


@pytest.mark.parametrize("days", [-1, 1])
def test_sul198_3_no_lookup_before_its_permission_or_before_it_has_happened(days: int, now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    with pytest.raises(Refused) as refused:
        look_up(case, permit(case, now), now, looked_up_at=now + timedelta(days=days))
    assert list(refused.value.problems) == ["looked_up_at"]


def test_sul198_3_a_permission_is_for_an_analysis_under_way_but_a_lookup_may_be_written_down_later(
    now: datetime,
) -> None:
    case = case_at(State.CONCLUDED, at=now)
    permission = permit(case, now)
    Case.objects.filter(pk=case.pk).update(state=State.FORWARDED)
    with pytest.raises(NotAllowed):
        permit(case, now)
    look_up(case, permission, now)
    with pytest.raises(NotAllowed):
        permit(case_at(State.RECEIVED, at=now), now)


def test_sul198_3_only_those_who_analyse_write_and_read_the_list(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    with pytest.raises(NotAllowed):
        permit(case, now, name="Bo")
    for name in ("Kirsten", "Adam", "Dorte", "Erik"):
        with pytest.raises(Hidden):
            permit(case, now, name=name)
        with pytest.raises(Hidden):
            seen.of_case(case.pk, by=who(name), at=now)
    with pytest.raises(Hidden):
        seen.of_case(case.pk, by=who("Bo"), at=now)


def test_sul198_3_the_patients_name_stands_in_no_row_that_stays(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now, **WHO)
    with pytest.raises(Refused) as refused:
        permit(case, now, necessity="Ellen Test Lauridsen fik to doser.")
    assert "Fjern »" in refused.value.problems["necessity"]
    permission = permit(case, now)
    with pytest.raises(Refused):
        look_up(case, permission, now, trace="Slog op på Ellen Test Lauridsen")


def test_sul198_3_nothing_of_it_is_passed_on_nationally(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    look_up(case, permit(case, now), now)
    from tests.cases import WALK

    for stride in WALK[State.FORWARDED][1:]:
        stride(case.pk, now)
    case.refresh_from_db()
    letter = canonical(Letter.objects.get(pk=case.message_id).body).decode()
    assert "Lund" not in letter
    assert "journal" not in letter.lower()
    assert deliver(case, at=now)


def test_sul198_3_the_next_authority_does_not_read_what_the_last_one_permitted(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    permission = permit(case, now)
    handling.transfer(case.pk, to="0151", reason="Skete på plejehjemmet.", by=who("Carl"), at=now)
    handling.assign(case.pk, handler_id=PEOPLE["Kirsten"], by=who("Kirsten"), at=now)
    _, lines = seen.of_case(case.pk, by=who("Kirsten"), at=now)
    assert lines == ()
    with pytest.raises(Refused):
        look_up(case, permission, now, name="Kirsten")


def test_sul198_3_an_administrator_takes_out_a_period_without_the_words_of_any_case(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    look_up(case, permit(case, now), now)
    today = danish_day(now)
    (line,) = seen.export_of_period(today, today, by=who("Adam"), at=now)
    assert (line.case, line.necessity, len(line.lookups)) == (case.number, "", 1)
    earlier = today - timedelta(days=1)
    assert seen.export_of_period(earlier, earlier, by=who("Adam"), at=now) == ()
    assert AuditLine.objects.filter(word="lookups.exported", chain="DK-84").count() == 2
    for name in ("Carl", "Rikke", "Dorte", "Erik"):
        with pytest.raises(Hidden):
            seen.export_of_period(today, today, by=who(name), at=now)


def test_sul198_3_after_a_merger_the_list_is_taken_out_by_those_who_administer_it_now(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    permit(case, now)
    old, heir = (Organisation.objects.get(key=key) for key in ("DK-84", "DK-85"))
    old.until, old.successor = danish_day(now) - timedelta(days=1), heir
    old.save()
    Case.objects.filter(pk=case.pk).update(organisation=heir)
    permit(case, now)
    lines = seen.export_of_period(danish_day(now), danish_day(now), by=who("Adam"), at=now)
    assert len(lines) == 2


def test_sul198_3_a_permission_from_before_the_period_is_told_when_it_was_used_in_it(now: datetime) -> None:
    case = case_at(State.IN_PROGRESS, at=now)
    look_up(case, permit(case, now, permitted_on=danish_day(now) - timedelta(days=40)), now)
    today = danish_day(now)
    assert len(seen.export_of_period(today, today, by=who("Adam"), at=now)) == 1
    assert seen.export_of_period(today - timedelta(3), today - timedelta(2), by=who("Nora"), at=now) == ()


def test_sul198_3_how_long_the_list_is_kept_is_told_to_everybody(now: datetime) -> None:
    told = [each for each in kept(on=danish_day(now)) if "opslag i patientens journal" in each.what]
    assert [each.until for each in told] == ["Gemmes i 5 år, så journalens egen log kan efterprøves."]
    assert told[0].unverified
