"""A merger moves every open case with its clock, leaves what is closed, and can be taken back to the letter."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases import case_at, reported
from tests.people import PEOPLE, who

from uth.actions import handling, mergers, organisations, people, unmerging
from uth.actions.handling import Refused
from uth.actions.merger_report import received
from uth.law.actor import SYSTEM, Hidden
from uth.law.procedure import OPEN
from uth.law.terms import RejectionReason, Role, Sector, State
from uth.queries import access, audit, inbox
from uth.queries.audit import broken_places
from uth.records.audit import append_many
from uth.records.cases import Case, CaseStep
from uth.records.mergers import Merger, MergerMove
from uth.records.models import AuditLine, Membership, Organisation
from uth.records.organisations import Delegation, Place
from uth.web import case_words

pytestmark = pytest.mark.django_db(databases=["default", "national"])

DAY = date(2027, 1, 1)
BEFORE = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)
AFTER = datetime(2027, 1, 2, 12, 0, tzinfo=UTC)
SJAELLAND = {"place": "", "sector": Sector.MUNICIPAL, "region": "DK-85"}


def merge(**changes: Any) -> Any:
    asked: dict[str, Any] = {
        "sources": ["DK-84", "DK-85"], "to": "oestdanmark", "first_day": DAY, "by": SYSTEM, "at": AFTER,
    }  # fmt: skip
    return mergers.merge(**asked | changes)


def unmerge(at: datetime = AFTER) -> unmerging.Unmerged:
    return unmerging.unmerge(Merger.objects.latest("pk").pk, by=SYSTEM, at=at)


def standing() -> dict[int, tuple[Any, ...]]:
    """What a merger and its reverse must leave as it was, of every case."""
    names = (
        "state",
        "handler_id",
        "forward_by",
        "received_on",
        "organisation__key",
        "severity",
        "conclusion",
    )
    return {row[0]: row[1:] for row in Case.objects.values_list("pk", *names)}


def organisations_standing() -> dict[str, tuple[Any, ...]]:
    """Every organisation that is in force on some day."""
    rows = Organisation.objects.order_by("key").values_list(
        "key", "name", "path", "since", "until", "successor"
    )
    return {row[0]: row[1:] for row in rows if row[4] is None or row[4] >= row[3]}


@pytest.fixture
def ward() -> str:
    """A part of Region Hovedstaden with a person, and a case."""
    return organisations.add_part(below="DK-84", name="Nordhospitalet", by=who("Adam"), at=BEFORE)


def test_k27_1_every_open_case_moves_and_every_closed_one_stays() -> None:
    cases = {state: case_at(state, at=BEFORE) for state in State}
    lying_open = Case.objects.filter(state__in=OPEN).count()
    report = merge()
    for state, case in cases.items():
        due = case.forward_by
        case.refresh_from_db()
        assert case.organisation.key == ("oestdanmark" if state in OPEN else "DK-84"), state
        assert (case.state, case.forward_by) == (state, due)
    assert report.open_cases == lying_open


def test_k27_1_people_of_both_go_on_and_the_old_closed_cases_stay_theirs() -> None:
    PEOPLE["Søren"] = people.put_user(
        email="s@demo.invalid", name="Søren", password=None, by=SYSTEM, at=BEFORE
    )
    people.grant(user_id=PEOPLE["Søren"], organisation="DK-85", role=Role.HANDLER, by=SYSTEM, at=BEFORE)
    open_case, closed = case_at(State.IN_PROGRESS, at=BEFORE), case_at(State.FORWARDED, at=BEFORE)
    merge()
    for name in ("Carl", "Søren"):
        assert access.open_case(open_case.pk, by=who(name), at=AFTER).organisation == "Region Østdanmark"
    assert access.open_case(closed.pk, by=who("Carl"), at=AFTER)
    with pytest.raises(Hidden):
        access.open_case(closed.pk, by=who("Søren"), at=AFTER)
    handling.classify(
        open_case.pk, codes=[], actual=open_case.actual_harm, possible=None, by=who("Carl"), at=AFTER
    )


def test_the_case_tells_that_it_moved_and_that_the_clock_did_not() -> None:
    case = case_at(State.IN_PROGRESS, at=BEFORE)
    merge()
    step = CaseStep.objects.filter(case=case).latest("pk")
    assert (step.from_organisation.key, step.to_organisation.key, step.role) == (
        "DK-84",
        "oestdanmark",
        "system",
    )
    assert (step.came_from, step.went_to) == (State.IN_PROGRESS, State.IN_PROGRESS)
    assert "1. januar 2027" in step.reason
    with pytest.raises(handling.Stale):
        handling.assign(case.pk, handler_id=PEOPLE["Carl"], seen=case.version, by=who("Carl"), at=AFTER)


def test_the_figures_of_the_old_map_are_the_same_after(ward: str) -> None:
    for state in (State.RECEIVED, State.FORWARDED, State.REJECTED):
        case_at(state, at=BEFORE)
    moved = case_at(State.IN_PROGRESS, at=BEFORE)
    handling.transfer(moved.pk, to="0151", reason="Skete hos kommunen.", by=who("Carl"), at=BEFORE)
    before = received()
    assert before[2026, "Region Hovedstaden"] == 4
    merge()
    assert received() == before


def test_units_go_on_below_the_new_authority_with_their_people_and_cases(ward: str) -> None:
    Delegation.objects.create(
        place=Place.objects.get(key="birkelsoe-med"),
        organisation=Organisation.objects.get(key=ward),
        since=date(2026, 1, 1),
    )
    organisations.put_places([], by=SYSTEM, at=BEFORE)  # the map is drawn anew
    people.grant(user_id=PEOPLE["Erik"], organisation=ward, role=Role.HANDLER, by=SYSTEM, at=BEFORE)
    case, _ = reported(at=BEFORE)
    assert case.organisation.key == ward
    merge()
    case.refresh_from_db()
    assert case.organisation.path == f"/oestdanmark/oestdanmark-{ward}/"
    assert case.organisation.name == "Nordhospitalet"
    assert access.open_case(case.pk, by=who("Erik"), at=AFTER)
    other, _ = reported(at=AFTER)  # the delegation goes on too
    assert other.organisation == case.organisation
    top, _ = reported(at=AFTER, place="", region="DK-84", sector=Sector.HOSPITAL)
    with pytest.raises(Hidden):
        access.open_case(top.pk, by=who("Erik"), at=AFTER)


def test_two_units_of_one_name_are_told_apart() -> None:
    for region in ("DK-84", "DK-85"):
        organisations.add_part(below=region, name="Patientsikkerhed", by=SYSTEM, at=BEFORE)
    merge()
    names = set(Organisation.objects.filter(parent__key="oestdanmark").values_list("name", flat=True))
    assert names == {"Patientsikkerhed", "Patientsikkerhed (Region Sjælland)"}


def test_the_merger_and_its_reverse_are_identity_when_nothing_happened_meanwhile(ward: str) -> None:
    for state in State:
        case_at(state, at=BEFORE)
    reported(at=BEFORE, **SJAELLAND)
    cases, places = standing(), organisations_standing()
    roles = list(
        Membership.objects.order_by("pk").values_list("user", "organisation", "role", "since", "until")
    )
    for _ in range(2):  # and it can be done again
        merge()
        done = unmerge()
        assert standing() == cases
        assert organisations_standing() == places
        assert done.stayed == done.came_meanwhile == done.without_handler == 0
    assert roles == list(
        Membership.objects.order_by("pk").values_list("user", "organisation", "role", "since", "until")
    )
    assert not broken_places()


ACTS = ("nothing", "assign", "reject", "transfer", "note")
WORK = st.lists(
    st.tuples(st.sampled_from([State.RECEIVED, State.IN_PROGRESS, State.WAITING, State.APPROVED, State.FORWARDED]),
              st.booleans(), st.sampled_from(ACTS)),
    min_size=1, max_size=4,
)  # fmt: skip


def act_on(case: Case, act: str) -> None:
    """Something a person may do between the merger and its undoing; what the procedure refuses is left."""
    from uth.law.procedure import NotAllowed

    try:
        if act == "assign":
            handling.assign(case.pk, handler_id=PEOPLE["Rikke"], by=who("Rikke"), at=AFTER)
        elif act == "reject":
            handling.reject(
                case.pk, reason=RejectionReason.TEST, comment="En prøve.", by=who("Rikke"), at=AFTER
            )
        elif act == "transfer":
            handling.transfer(case.pk, to="0151", reason="Skete hos kommunen.", by=who("Rikke"), at=AFTER)
        elif act == "note":
            handling.note(case.pk, text="Set.", by=who("Rikke"), at=AFTER)
    except NotAllowed:
        pass


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(work=WORK)
def test_the_reverse_undoes_the_place_and_never_the_work(work: list[tuple[State, bool, str]]) -> None:
    """For any mixture of cases: those nobody touched are as before; work done meanwhile stands; no deadline moves."""
    with transaction.atomic():
        cases = []
        for state, elsewhere, act in work:
            case = reported(at=BEFORE, **SJAELLAND)[0] if elsewhere else case_at(state, at=BEFORE)
            cases.append((case, "nothing" if elsewhere else act))
        before = standing()
        merge()
        for case, act in cases:
            act_on(case, act)
        worked = standing()
        unmerge()
        after = standing()
        for case, act in cases:
            if act == "nothing":
                assert after[case.pk] == before[case.pk]
            assert after[case.pk][:4] == worked[case.pk][:4]  # state, handler and both days
            assert after[case.pk][2] == before[case.pk][2]
            if worked[case.pk][0] in OPEN and worked[case.pk][4] == "oestdanmark":
                assert after[case.pk][4] == before[case.pk][4]
        transaction.set_rollback(True)


def test_what_comes_between_goes_where_the_law_says_when_it_is_undone() -> None:
    """Two kommuner that a decision merged, and unmerged: the new report goes to the one it happened in."""
    asked = {"sources": ["0151", "0153"], "to": "9001", "name": "Vestkøbenhavn Kommune"}
    old, _ = reported(at=BEFORE, place="", sector=Sector.MUNICIPAL, municipality="0151")
    merge(**asked)
    old.refresh_from_db()
    assert old.organisation.name == "Vestkøbenhavn Kommune"
    new, _ = reported(at=AFTER, place="", sector=Sector.MUNICIPAL, municipality="0153")
    assert new.organisation.key == "9001"
    assert access.open_case(new.pk, by=who("Kirsten"), at=AFTER)
    due = new.forward_by
    handling.assign(new.pk, handler_id=PEOPLE["Kirsten"], by=who("Kirsten"), at=AFTER)
    done = unmerge(at=AFTER + timedelta(hours=1))
    new.refresh_from_db()
    assert (new.organisation.key, new.forward_by) == ("0153", due)
    assert (done.came_meanwhile, done.sent_on) == (1, 1)
    assert new.handler_id == PEOPLE["Kirsten"]
    later, _ = reported(at=AFTER + timedelta(hours=2), place="", sector=Sector.MUNICIPAL, municipality="0153")
    assert later.organisation.key == "0153"


def test_a_handler_from_the_other_authority_lets_go_when_it_is_undone() -> None:
    PEOPLE["Søren"] = people.put_user(
        email="s@demo.invalid", name="Søren", password=None, by=SYSTEM, at=BEFORE
    )
    people.grant(user_id=PEOPLE["Søren"], organisation="0153", role=Role.HANDLER, by=SYSTEM, at=BEFORE)
    case, _ = reported(at=BEFORE, place="", sector=Sector.MUNICIPAL, municipality="0151")
    merge(sources=["0151", "0153"], to="9001", name="Vestkøbenhavn Kommune")
    handling.assign(case.pk, handler_id=PEOPLE["Søren"], by=who("Kirsten"), at=AFTER)
    assert unmerge().without_handler == 1
    case.refresh_from_db()
    assert (case.organisation.key, case.handler_id, case.state) == ("0151", None, State.IN_PROGRESS)


def test_roles_given_in_a_new_unit_go_back_to_the_old_one(ward: str) -> None:
    merge()
    new = Organisation.objects.get(key=f"oestdanmark-{ward}")
    people.grant(user_id=PEOPLE["Erik"], organisation=new.key, role=Role.HANDLER, by=SYSTEM, at=AFTER)
    assert unmerge().roles_moved == 1
    assert Membership.objects.get(user=PEOPLE["Erik"]).organisation.key == ward


def test_a_committed_merger_cannot_be_undone() -> None:
    number = merge().number
    mergers.commit(number, by=SYSTEM, at=AFTER)
    with pytest.raises(Refused, match="merger"):
        unmerge()
    with pytest.raises(Refused):
        mergers.commit(number, by=SYSTEM, at=AFTER)


def test_a_rehearsal_tells_everything_and_changes_nothing() -> None:
    for state in (State.RECEIVED, State.APPROVED, State.FORWARDED):
        case_at(state, at=BEFORE)
    before, places, lines = standing(), organisations_standing(), AuditLine.objects.count()
    asked = {"sources": ["DK-84", "DK-85"], "to": "oestdanmark", "first_day": DAY, "by": SYSTEM}
    told = mergers.rehearse(**asked, at=BEFORE)  # also before the day
    assert told.open_cases == 2
    assert told.people >= 4
    assert (standing(), organisations_standing(), AuditLine.objects.count()) == (before, places, lines)
    assert not Merger.objects.exists()
    assert reported(at=AFTER)[0].organisation.key == "oestdanmark"
    assert merge().moved == told.moved


def test_it_is_one_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    case_at(State.IN_PROGRESS, at=BEFORE)
    before, places = standing(), organisations_standing()
    monkeypatch.setattr(mergers, "_move_others", lambda *a: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        merge()
    assert (standing(), organisations_standing()) == (before, places)
    assert not MergerMove.objects.exists()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"at": BEFORE}, "1. januar 2027"),
        ({"sources": ["DK-99"]}, "DK-99"),
        ({"sources": ["oestdanmark"]}, "sine egne"),
        ({"sources": ["DK-84", "0151"]}, "samme slags"),
        ({"sources": ["0151"], "to": "9001"}, "--name"),
        ({"sources": ["DK-83"], "to": "0151"}, "samme slags"),
        ({"to": "DK-83"}, "Region Østdanmark"),
        ({"first_day": date(2026, 12, 1)}, "31. december 2026"),
    ],
)
def test_what_cannot_be_merged_is_refused_in_a_sentence(asked: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused) as refused:
        merge(**asked)
    assert says in " ".join(refused.value.problems.values())
    assert not Merger.objects.exists()


def test_one_merger_is_settled_before_the_next() -> None:
    merge()
    with pytest.raises(Refused, match="to"):
        merge(sources=["0151"], to="0153")


def test_a_rejected_case_that_is_reopened_comes_to_the_successor_with_its_old_clock() -> None:
    case = case_at(State.REJECTED, at=BEFORE)
    merge()
    handling.reopen(case.pk, reason="Der er kommet nyt.", by=who("Rikke"), at=AFTER)
    due = case.forward_by
    case.refresh_from_db()
    assert (case.organisation.key, case.state, case.forward_by) == ("oestdanmark", State.RECEIVED, due)
    assert case.pk in {line.id for line in inbox.cases(inbox.View.INBOX, by=who("Bo"), at=AFTER).lines}


def test_every_run_stands_in_the_audit_of_all_it_touched() -> None:
    merge()
    unmerge()
    for word, chains in (
        ("authority.merged", {"site", "DK-84", "DK-85"}),
        ("authority.took_over", {"oestdanmark"}),
        ("merger.undone", {"site", "DK-84", "DK-85", "oestdanmark"}),
    ):
        assert set(AuditLine.objects.filter(word=word).values_list("chain", flat=True)) == chains


def log_of(case: Case, name: str) -> list[tuple[str, Any, Any]]:
    """The moves in the case's access log, as this person's page shows it."""
    lines = audit.of_case(case.pk, by=who(name), at=AFTER)
    moves = [line for line in lines if line.word in {"case.merged", "case.unmerged", "case.let_go"}]
    return [(case_words.look(line).did, line.role, line.detail.get("to")) for line in moves]


def test_every_case_that_moves_tells_so_in_its_own_access_log_and_so_does_the_way_back(ward: str) -> None:
    cases = {state: case_at(state, at=BEFORE) for state in State}
    other, _ = reported(at=BEFORE, **SJAELLAND)
    merge()
    unmerge()
    there = ("Flyttede sagen ved en sammenlægning", "system", "oestdanmark")
    back = ("Flyttede sagen igen, da sammenlægningen blev fortrudt", "system", "DK-84")
    for state, case in cases.items():
        assert log_of(case, "Rikke") == ([there, back] if state in OPEN else []), state
    merged = AuditLine.objects.filter(case=other.pk, word__startswith="case.")
    assert list(merged.order_by("pk").values_list("word", "chain"))[-2:] == [
        ("case.merged", "DK-85"),
        ("case.unmerged", "oestdanmark"),
    ]
    assert not broken_places()


def test_a_case_that_loses_its_handler_when_it_is_undone_tells_so() -> None:
    PEOPLE["Søren"] = people.put_user(
        email="s@demo.invalid", name="Søren", password=None, by=SYSTEM, at=BEFORE
    )
    people.grant(user_id=PEOPLE["Søren"], organisation="0153", role=Role.HANDLER, by=SYSTEM, at=BEFORE)
    case, _ = reported(at=BEFORE, place="", sector=Sector.MUNICIPAL, municipality="0151")
    merge(sources=["0151", "0153"], to="9001", name="Vestkøbenhavn Kommune")
    handling.assign(case.pk, handler_id=PEOPLE["Søren"], by=who("Kirsten"), at=AFTER)
    unmerge()
    assert AuditLine.objects.get(case=case.pk, word="case.let_go").chain == "0151"


def test_ten_thousand_lines_are_written_in_chain_order_in_few_statements(
    django_assert_max_num_queries: Any,
) -> None:
    with django_assert_max_num_queries(30):
        append_many(
            "DK-84", "case.merged", range(1, 10_001), at=AFTER, actor="system", role="system", detail={}
        )
    seqs = AuditLine.objects.filter(chain="DK-84", word="case.merged").order_by("pk")
    assert list(seqs.values_list("case", flat=True)) == list(range(1, 10_001))
    assert not broken_places()
