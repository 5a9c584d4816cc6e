"""A tap counts once, whenever and however often it comes; what was serious is not tallied at all."""

import random
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from tests.people import ANNA, who
from tests.tallies import board, screen, tap, taps

from uth.actions import boards, tallies
from uth.actions.handling import Refused
from uth.law.actor import SYSTEM, Hidden
from uth.law.terms import Sector, TallyArea, Withdrawal
from uth.records.models import AuditLine, Tap, TapNote
from uth.records.tallies import counted, screen_of

pytestmark = pytest.mark.django_db(databases=["default", "national"])
FALL = TallyArea.FALL


def total(of: object) -> int:
    return sum(counted(board=of).values())


def test_a_tap_sent_again_is_not_counted_again(now: datetime) -> None:
    unit = board(at=now)
    token = screen(unit, at=now)
    parcel = tallies.Parcel(taps=[tap(now)])
    first = tallies.send(token, parcel, by=ANNA, at=now)
    again = tallies.send(token, parcel, by=ANNA, at=now + timedelta(minutes=1))
    assert (first.new, first.repeated, again.new, again.repeated) == (1, 0, 0, 1)
    assert total(unit) == 1


def test_offline_taps_count_in_the_month_they_happened(now: datetime) -> None:
    unit = board(at=now)
    token = screen(unit, at=now)
    taps(token, 3, happened=now - timedelta(days=30), at=now)
    assert counted(board=unit) == {(unit.pk, "2026-10", "fall"): 3}


def test_a_tap_just_after_midnight_belongs_to_the_danish_month(now: datetime) -> None:
    unit = board(at=now)
    token = screen(unit, at=now)
    taps(token, 1, happened=datetime(2026, 10, 31, 23, 30, tzinfo=UTC), at=now)
    assert counted(board=unit) == {(unit.pk, "2026-11", "fall"): 1}


def test_a_tap_taken_back_does_not_count_even_if_the_undo_comes_first(now: datetime) -> None:
    unit = board(at=now)
    token = screen(unit, at=now)
    late = tap(now)
    undo = tallies.Parcel(withdrawals=[tallies.WithdrawalEntry(late.number)])
    tallies.send(token, undo, by=ANNA, at=now)
    tallies.send(token, tallies.Parcel(taps=[late]), by=ANNA, at=now)
    tallies.send(token, undo, by=ANNA, at=now)
    assert total(unit) == 0


def test_shuffled_duplicated_and_offline_parcels_count_each_event_once(now: datetime) -> None:
    units = [board(at=now, name=f"Afsnit {n}") for n in range(5)]
    tokens = {unit.pk: screen(unit, at=now) for unit in units}
    chance = random.Random(7)
    sent: list[tuple[int, tallies.Parcel]] = []
    expected = dict.fromkeys(tokens, 0)
    for unit in units:
        for _ in range(60):
            made = tap(now - timedelta(days=chance.randrange(60)))
            back = chance.random() < 0.2
            expected[unit.pk] += not back
            sent += [(unit.pk, tallies.Parcel(taps=[made]))] * chance.choice([1, 2, 3])
            if back:
                sent += [(unit.pk, tallies.Parcel(withdrawals=[tallies.WithdrawalEntry(made.number)]))] * 2
    chance.shuffle(sent)
    for number, parcel in sent:
        tallies.send(tokens[number], parcel, by=ANNA, at=now)
    assert {unit.pk: total(unit) for unit in units} == expected


def test_two_boards_with_the_same_number_do_not_touch_each_other(now: datetime) -> None:
    mine, theirs = board(at=now), board(at=now, name="Månegangen")
    same = tap(now)
    for unit in (mine, theirs):
        tallies.send(screen(unit, at=now), tallies.Parcel(taps=[same]), by=ANNA, at=now)
    undo = tallies.Parcel(withdrawals=[tallies.WithdrawalEntry(same.number)])
    tallies.send(screen(theirs, at=now), undo, by=ANNA, at=now)
    assert (total(mine), total(theirs)) == (1, 0)


def test_sr_2024_medicine_not_given_is_refused_with_a_way_on_and_the_rest_is_taken(now: datetime) -> None:
    unit = board(at=now)
    old = tap(now, TallyArea.MEDICINE_NOT_GIVEN)
    done = tallies.send(screen(unit, at=now), tallies.Parcel(taps=[old, tap(now)]), by=ANNA, at=now)
    assert (done.new, [number for number, _ in done.refused]) == (1, [old.number])
    assert "enkeltvis" in done.refused[0][1]


def test_a_screen_whose_clock_is_wrong_is_put_right(now: datetime) -> None:
    unit = board(at=now)
    wrong = datetime(2019, 1, 1, tzinfo=UTC)
    parcel = tallies.Parcel(taps=[tap(wrong - timedelta(hours=2))], sent_at=wrong)
    tallies.send(screen(unit, at=now), parcel, by=ANNA, at=now)
    assert Tap.objects.get(board=unit).happened_at == now - timedelta(hours=2)


def test_nothing_happens_in_the_future(now: datetime) -> None:
    unit = board(at=now)
    tallies.send(screen(unit, at=now), tallies.Parcel(taps=[tap(now + timedelta(days=3))]), by=ANNA, at=now)
    assert Tap.objects.get(board=unit).happened_at == now


def test_a_note_is_sealed_kept_short_and_no_cpr_number(now: datetime) -> None:
    unit = board(at=now)
    token = screen(unit, at=now)
    a, b, c = taps(token, 3, happened=now, at=now)
    notes = [
        tallies.NoteEntry(a.number, "Stue 4, ved sengen"),
        tallies.NoteEntry(b.number, "020191-9996"),
        tallies.NoteEntry(c.number, "x" * 201),
    ]
    done = tallies.send(token, tallies.Parcel(notes=notes), by=ANNA, at=now)
    assert [number for number, _ in done.refused] == [b.number, c.number]
    kept = TapNote.objects.get()
    assert kept.number == a.number
    assert b"Stue" not in bytes(kept.sealed)
    assert total(unit) == 3


def test_notes_are_forgotten_after_ninety_days(now: datetime) -> None:
    unit = board(at=now)
    token = screen(unit, at=now)
    made = taps(token, 1, happened=now, at=now)[0]
    tallies.send(token, tallies.Parcel(notes=[tallies.NoteEntry(made.number, "Stue 4")]), by=ANNA, at=now)
    tallies.forget_words(by=SYSTEM, at=now + timedelta(days=90))
    assert TapNote.objects.exists()
    tallies.forget_words(by=SYSTEM, at=now + timedelta(days=91))
    assert not TapNote.objects.exists()
    assert total(unit) == 1


def test_a_code_opens_one_screen_once_and_for_half_an_hour(now: datetime) -> None:
    unit = board(at=now)
    _, code = boards.new_screen(unit.pk, label="Væggen", by=who("Kirsten"), at=now)
    assert screen_of(boards.let_in(code.upper().replace("-", " "), by=ANNA, at=now))
    with pytest.raises(Refused, match="code"):
        boards.let_in(code, by=ANNA, at=now)
    _, late = boards.new_screen(unit.pk, label="Væggen", by=who("Kirsten"), at=now)
    with pytest.raises(Refused):
        boards.let_in(late, by=ANNA, at=now + timedelta(minutes=31))


def test_a_closed_screen_and_a_closed_board_take_nothing(now: datetime) -> None:
    unit = board(at=now)
    first, second = screen(unit, at=now), screen(unit, at=now)
    boards.shut_out(unit.pk, screen_of(first).pk, by=who("Kirsten"), at=now)  # type: ignore[union-attr]
    with pytest.raises(Hidden):
        tallies.send(first, tallies.Parcel(taps=[tap(now)]), by=ANNA, at=now)
    taps(second, 1, happened=now, at=now)
    boards.close_board(unit.pk, by=who("Kirsten"), at=now)
    with pytest.raises(Hidden):
        tallies.send(second, tallies.Parcel(taps=[tap(now)]), by=ANNA, at=now)
    assert total(unit) == 1


@pytest.mark.parametrize("name", ["Bo", "Dorte", "Adam", "Erik"])
def test_only_the_desk_that_runs_a_board_may_touch_it(name: str, now: datetime) -> None:
    unit = board(at=now)
    made = taps(screen(unit, at=now), 1, happened=now, at=now)[0]
    for act in (
        lambda: board(at=now, by=who(name)),
        lambda: boards.close_board(unit.pk, by=who(name), at=now),
        lambda: boards.new_screen(unit.pk, label="x", by=who(name), at=now),
        lambda: boards.shut_out(unit.pk, 1, by=who(name), at=now),
        lambda: tallies.withdraw(unit.pk, made.number, by=who(name), at=now),
    ):
        with pytest.raises(Hidden):
            act()
    assert total(unit) == 1


def test_the_desk_takes_a_tap_back_once(now: datetime) -> None:
    unit = board(at=now)
    made = taps(screen(unit, at=now), 1, happened=now, at=now)[0]
    tallies.withdraw(unit.pk, made.number, by=who("Kirsten"), at=now)
    assert total(unit) == 0
    with pytest.raises(Refused):
        tallies.withdraw(unit.pk, made.number, by=who("Kirsten"), at=now)
    with pytest.raises(Hidden):
        tallies.withdraw(unit.pk, uuid.uuid4(), by=who("Kirsten"), at=now)


def test_a_serious_event_is_no_tap(now: datetime) -> None:
    unit = board(at=now)
    token = screen(unit, at=now)
    made = taps(token, 1, happened=now, at=now)[0]
    serious = tallies.WithdrawalEntry(made.number, Withdrawal.SERIOUS)
    tallies.send(token, tallies.Parcel(withdrawals=[serious]), by=ANNA, at=now)
    assert total(unit) == 0


def test_a_board_needs_a_name_and_a_sector_that_may_tally(now: datetime) -> None:
    with pytest.raises(Refused, match="name"):
        board(at=now, name=" ")
    with pytest.raises(Refused, match="sector"):
        board(at=now, place="")
    assert board(at=now, place="", sector=Sector.MUNICIPAL).place is None
    with pytest.raises(Refused, match="place"):
        board(at=now, place="findes-ikke")


def test_taps_leave_a_line_of_numbers_and_no_words(now: datetime) -> None:
    unit = board(at=now)
    taps(screen(unit, at=now), 2, happened=now, at=now)
    line = AuditLine.objects.filter(word="tally.taken").get()
    assert line.chain == "0151"
    assert line.detail["taps"] == 2
