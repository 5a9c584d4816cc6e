"""A unit's month becomes collective reports, each told once; late taps become additions; sums are sums of counts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Sum
from tests.cases import envelope_of, forge
from tests.people import ANNA, who
from tests.tallies import board, forwarded, screen, submitted, tap, taps

from uth.actions import collective, handling, receiving, tallies
from uth.actions.handling import Refused
from uth.actions.places import TenureEntry, change_hands
from uth.actions.receiving import NotTrusted
from uth.jobs import letters
from uth.law.actor import SYSTEM, Hidden
from uth.law.procedure import NotAllowed
from uth.law.shapes import MessageRefused
from uth.law.terms import CollectiveState, Sector, TallyArea
from uth.records.models import CollectiveReport, Letter
from uth.records.national.models import NationalCollective
from uth.records.organisations import Place
from uth.records.tallies import Board, untold

pytestmark = pytest.mark.django_db(databases=["default", "national"])
MONTH = "2026-10"
OCTOBER = datetime(2026, 10, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def unit(now: datetime) -> Board:
    return board(at=OCTOBER)


@pytest.fixture
def token(unit: Board) -> str:
    return screen(unit, at=OCTOBER)


def nationally() -> int:
    return NationalCollective.objects.aggregate(n=Sum("count"))["n"] or 0


def test_sr_2024_a_month_becomes_one_report_an_area(unit: Board, token: str, now: datetime) -> None:
    taps(token, 3, happened=OCTOBER, at=OCTOBER)
    taps(token, 2, happened=OCTOBER, at=OCTOBER, area=TallyArea.INFECTION)
    made = submitted(unit, MONTH, at=now)
    assert [(r.area, r.count, r.addition) for r in made] == [("fall", 3, 0), ("infection", 2, 0)]
    first = made[0]
    assert first.organisation.key == "0151"
    assert first.routed_rule == "R16"
    assert "§ 4" in first.routed_paragraph
    assert (first.forward_by - first.received_on).days == 90
    assert untold(board=unit) == {}


def test_a_month_that_is_not_over_is_not_told(unit: Board, token: str) -> None:
    taps(token, 3, happened=OCTOBER, at=OCTOBER)
    with pytest.raises(Refused, match="month"):
        submitted(unit, MONTH, at=OCTOBER)


def test_nothing_counted_is_nothing_told(unit: Board, now: datetime) -> None:
    with pytest.raises(Refused, match="month"):
        submitted(unit, MONTH, at=now)


def test_what_is_confirmed_is_what_was_seen(unit: Board, token: str, now: datetime) -> None:
    taps(token, 3, happened=OCTOBER, at=OCTOBER)
    with pytest.raises(Refused) as refusal:
        collective.submit(unit.pk, MONTH, seen={TallyArea.FALL: 2}, learning={}, by=who("Kirsten"), at=now)
    assert "flere tryk" in refusal.value.problems["month"]
    assert not CollectiveReport.objects.exists()


def test_sr_2024_late_taps_become_an_addition_and_late_undos_take_back(
    unit: Board, token: str, now: datetime
) -> None:
    early = taps(token, 3, happened=OCTOBER, at=OCTOBER)
    submitted(unit, MONTH, at=now)
    taps(token, 2, happened=OCTOBER + timedelta(days=1), at=now)
    assert [(r.count, r.addition) for r in submitted(unit, MONTH, at=now)] == [(2, 1)]
    back = tallies.Parcel(withdrawals=[tallies.WithdrawalEntry(each.number) for each in early])
    tallies.send(token, back, by=ANNA, at=now)
    assert [(r.count, r.addition) for r in submitted(unit, MONTH, at=now)] == [(-3, 2)]
    with pytest.raises(Refused):
        submitted(unit, MONTH, at=now)


def test_one_more_and_one_less_leave_nothing_to_tell(unit: Board, token: str, now: datetime) -> None:
    early = taps(token, 3, happened=OCTOBER, at=OCTOBER)
    submitted(unit, MONTH, at=now)
    parcel = tallies.Parcel(taps=[tap(OCTOBER)], withdrawals=[tallies.WithdrawalEntry(early[0].number)])
    tallies.send(token, parcel, by=ANNA, at=now)
    assert untold(board=unit) == {}


def test_the_count_travels_and_is_summed_nationally_once(unit: Board, token: str, now: datetime) -> None:
    taps(token, 7, happened=OCTOBER, at=OCTOBER)
    report = forwarded(submitted(unit, MONTH, at=now)[0], at=now)
    letter = Letter.objects.get(kind=Letter.NATIONAL)
    for _ in range(2):
        receiving.receive(envelope_of(letter, at=now), by=SYSTEM, at=now)
    letters.deliver_counts_here(at=now)
    assert (NationalCollective.objects.count(), nationally()) == (1, 7)
    kept = NationalCollective.objects.get()
    assert (kept.area, kept.month, kept.sector, kept.region) == ("fall", MONTH, "municipal", "DK-84")
    assert not kept.is_addition
    report.refresh_from_db()
    assert report.delivered_at == now
    assert "Solgangen" not in str(letter.body)


def test_additions_add_and_take_back_in_the_national_sum(unit: Board, token: str, now: datetime) -> None:
    early = taps(token, 3, happened=OCTOBER, at=OCTOBER)
    forwarded(submitted(unit, MONTH, at=now)[0], at=now)
    taps(token, 4, happened=OCTOBER, at=now)
    forwarded(submitted(unit, MONTH, at=now)[0], at=now)
    back = tallies.Parcel(withdrawals=[tallies.WithdrawalEntry(early[0].number)])
    tallies.send(token, back, by=ANNA, at=now)
    forwarded(submitted(unit, MONTH, at=now)[0], at=now)
    letters.deliver_counts_here(at=now)
    assert nationally() == 6


def test_the_same_report_in_another_letter_is_known(unit: Board, token: str, now: datetime) -> None:
    taps(token, 3, happened=OCTOBER, at=OCTOBER)
    report = forwarded(submitted(unit, MONTH, at=now)[0], at=now)
    letters.deliver_counts_here(at=now)
    CollectiveReport.objects.filter(pk=report.pk).update(state=CollectiveState.APPROVED, message_id=None)
    collective.forward(report.pk, by=who("Kirsten"), at=now)
    again = Letter.objects.get(kind=Letter.NATIONAL, sent_at=None)
    with pytest.raises(MessageRefused) as refusal:
        receiving.receive(envelope_of(again, at=now), by=SYSTEM, at=now)
    assert refusal.value.problem == "collective_already_received"
    assert nationally() == 3


def test_a_count_changed_on_the_way_is_not_trusted(unit: Board, token: str, now: datetime) -> None:
    taps(token, 3, happened=OCTOBER, at=OCTOBER)
    forwarded(submitted(unit, MONTH, at=now)[0], at=now)
    envelope = envelope_of(Letter.objects.get(kind=Letter.NATIONAL), at=now)
    with pytest.raises(NotTrusted):
        receiving.receive(
            forge(envelope, body=envelope.body.replace(b'"count":3', b'"count":9')), by=SYSTEM, at=now
        )
    assert nationally() == 0


def test_words_leave_only_when_a_person_has_cleared_them(unit: Board, token: str, now: datetime) -> None:
    taps(token, 3, happened=OCTOBER, at=OCTOBER)
    report = submitted(unit, MONTH, at=now, fall="Ellen Lauridsen faldt to gange. Vi har købt nye sko.")[0]
    with pytest.raises(Refused) as refusal:
        collective.approve(report.pk, comment=report.learning, by=who("Kirsten"), at=now)
    assert "Ellen" in refusal.value.problems["comment"]
    collective.approve(report.pk, comment="Vi har købt nye sko.", by=who("Kirsten"), at=now)
    collective.forward(report.pk, by=who("Kirsten"), at=now)
    letters.deliver_counts_here(at=now)
    assert NationalCollective.objects.get().comment == "Vi har købt nye sko."
    tallies.forget_words(by=SYSTEM, at=now)
    report.refresh_from_db()
    assert report.learning == ""
    assert report.comment == "Vi har købt nye sko."


def test_counts_without_words_are_forwarded_together(unit: Board, token: str, now: datetime) -> None:
    taps(token, 3, happened=OCTOBER, at=OCTOBER)
    taps(token, 2, happened=OCTOBER, at=OCTOBER, area=TallyArea.INFECTION)
    submitted(unit, MONTH, at=now, infection="To på samme stue.")
    assert collective.forward_wordless(by=who("Kirsten"), at=now) == 1
    assert {r.area: r.state for r in CollectiveReport.objects.all()} == {
        "fall": "forwarded",
        "infection": "submitted",
    }
    assert collective.forward_wordless(by=who("Carl"), at=now) == 0
    for name in ("Bo", "Erik"):
        with pytest.raises(Hidden):
            collective.forward_wordless(by=who(name), at=now)


def test_a_comment_that_a_handler_is_still_writing_is_not_thrown_away_with_the_counts(
    unit: Board, token: str, now: datetime
) -> None:
    taps(token, 3, happened=OCTOBER, at=OCTOBER)
    (made,) = submitted(unit, MONTH, at=now)
    collective.approve(made.pk, comment="Vi har købt nye sko.", by=who("Kirsten"), at=now)
    collective.revise(made.pk, by=who("Kirsten"), at=now)
    assert collective.forward_wordless(by=who("Kirsten"), at=now) == 0
    assert CollectiveReport.objects.get(pk=made.pk).comment == "Vi har købt nye sko."


@pytest.mark.parametrize("name", ["Bo", "Carl", "Dorte", "Adam", "Erik"])
def test_nobody_outside_the_authority_reaches_a_collective_report(
    name: str, unit: Board, token: str, now: datetime
) -> None:
    taps(token, 3, happened=OCTOBER, at=OCTOBER)
    with pytest.raises(Hidden):
        submitted(unit, MONTH, at=now, by=who(name))
    report = submitted(unit, MONTH, at=now)[0]
    for act in (
        lambda: collective.approve(report.pk, comment="", by=who(name), at=now),
        lambda: collective.revise(report.pk, by=who(name), at=now),
        lambda: collective.forward(report.pk, by=who(name), at=now),
    ):
        with pytest.raises(Hidden):
            act()


def test_a_report_moves_only_forwards_and_by_a_handler(now: datetime) -> None:
    unit = board(at=OCTOBER, organisation="DK-84", place="birkelsoe-med", by=who("Bo"))
    taps(screen(unit, at=OCTOBER, by=who("Bo")), 3, happened=OCTOBER, at=OCTOBER)
    report = submitted(unit, MONTH, at=now, by=who("Bo"))[0]
    with pytest.raises(NotAllowed, match="sagsbehandler"):
        collective.approve(report.pk, comment="", by=who("Bo"), at=now)
    with pytest.raises(NotAllowed):
        collective.forward(report.pk, by=who("Carl"), at=now)
    collective.approve(report.pk, comment="", by=who("Carl"), at=now)
    collective.revise(report.pk, by=who("Carl"), at=now)
    with pytest.raises(handling.Refused, match="version"):
        collective.approve(report.pk, comment="", seen=1, by=who("Carl"), at=now)
    forwarded(report, at=now, by=who("Carl"))
    with pytest.raises(NotAllowed):
        collective.forward(report.pk, by=who("Carl"), at=now)
    assert Letter.objects.filter(kind=Letter.NATIONAL).count() == 1


def test_a_board_without_a_place_reports_to_its_own_authority(now: datetime) -> None:
    unit = board(at=OCTOBER, place="", sector=Sector.MUNICIPAL)
    assert collective.recipient_of(unit, on=now.date()).authority == "0151"
    region = board(at=OCTOBER, place="", sector=Sector.HOSPITAL, organisation="DK-84", by=who("Bo"))
    assert collective.recipient_of(region, on=now.date()).authority == "DK-84"


def test_a_board_at_a_place_of_another_authority_is_refused_with_whom_to_ask(now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        board(at=OCTOBER, place="birkelsoe-med")
    assert "Region Hovedstaden" in refused.value.problems["place"]
    assert "bed" in refused.value.problems["place"]
    with pytest.raises(Refused) as refused:
        board(at=OCTOBER, place="", sector=Sector.HOSPITAL)
    assert "Region Hovedstaden" in refused.value.problems["sector"]
    assert not Board.objects.exists()


def test_counts_from_a_place_of_another_authority_reach_no_inbox(now: datetime) -> None:
    unit = board(at=OCTOBER)
    taps(screen(unit, at=OCTOBER), 3, happened=OCTOBER, at=OCTOBER)
    Board.objects.filter(pk=unit.pk).update(
        place=Place.objects.get(key="birkelsoe-med")
    )  # made before this rule
    with pytest.raises(Refused) as refused:
        submitted(unit, MONTH, at=now)
    assert "Region Hovedstaden" in refused.value.problems["month"]
    assert not CollectiveReport.objects.exists()


def test_counts_of_a_place_that_has_since_moved_are_told_by_who_had_it_and_go_to_who_has_it_now(
    now: datetime,
) -> None:
    unit = board(at=OCTOBER)
    token = screen(unit, at=OCTOBER)
    taps(token, 3, happened=OCTOBER, at=OCTOBER)
    new_year = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
    entry = TenureEntry(since=date(2027, 1, 1), operator="0147", source="Aftale", unverified=True)
    change_hands("ph-spire", entry, by=SYSTEM, at=now)
    assert [r.organisation.key for r in submitted(unit, MONTH, at=new_year)] == ["0147"]
    taps(token, 2, happened=new_year, at=new_year)
    with pytest.raises(Refused, match="month"):
        submitted(unit, "2027-01", at=datetime(2027, 2, 1, 9, 0, tzinfo=UTC))


def test_k27_1_a_board_goes_on_when_its_authority_has_an_heir(now: datetime) -> None:
    unit = board(at=OCTOBER, organisation="DK-84", place="birkelsoe-med", by=who("Bo"))
    taps(screen(unit, at=OCTOBER, by=who("Bo")), 3, happened=OCTOBER, at=OCTOBER)
    later = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
    assert unit.organisation.key == "DK-84"
    assert [r.organisation.key for r in submitted(unit, MONTH, at=later, by=who("Bo"))] == ["oestdanmark"]
