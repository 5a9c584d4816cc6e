"""Another program taps: let in with a code once, idempotent in batches, and blind to every other board."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.api.calls import get, post, problem
from tests.people import who
from tests.tallies import board, screen

from uth.actions import boards
from uth.records.models import Tap
from uth.records.tallies import Board, counted

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.fixture
def now() -> datetime:
    """The real day: the API reads the clock itself."""
    return datetime.now(UTC)


@pytest.fixture
def unit(now: datetime) -> Board:
    return board(at=now)


@pytest.fixture
def token(unit: Board, now: datetime) -> str:
    return screen(unit, at=now)


def tap(now: datetime, **changes: Any) -> dict[str, Any]:
    return {"number": str(uuid.uuid4()), "area": "fall", "happened_at": now.isoformat()} | changes


def send(token: str, **parcel: Any) -> Any:
    return post("tally/taps", parcel, Authorization=f"Board {token}")


def test_a_code_yields_a_token_once(unit: Board, now: datetime) -> None:
    _, code = boards.new_screen(unit.pk, label="Program", by=who("Kirsten"), at=now)
    let_in = post("tally/screens", {"code": code})
    assert let_in.status_code == 201
    assert get("tally/board", Authorization=f"Board {let_in.json()['token']}").json()["name"] == "Solgangen"
    problem(post("tally/screens", {"code": code}), 422, "refused")


def test_a_batch_sent_again_counts_once(unit: Board, token: str, now: datetime) -> None:
    parcel = {"taps": [tap(now), tap(now), tap(now, area="infection")], "sent_at": now.isoformat()}
    assert send(token, **parcel).json() == {"new": 3, "repeated": 0, "refused": []}
    assert send(token, **parcel).json() == {"new": 0, "repeated": 3, "refused": []}
    assert sum(counted(board=unit).values()) == 3


def test_an_undo_may_come_first_and_a_refusal_takes_nothing_else_along(
    unit: Board, token: str, now: datetime
) -> None:
    gone, old, good = tap(now), tap(now, area="medicine_not_given"), tap(now)
    assert send(token, withdrawals=[{"number": gone["number"]}]).status_code == 200
    answer = send(token, taps=[gone, old, good], notes=[{"number": good["number"], "text": "020191-9996"}])
    assert answer.json()["new"] == 2
    assert {each["number"] for each in answer.json()["refused"]} == {old["number"], good["number"]}
    assert sum(counted(board=unit).values()) == 1


@pytest.mark.parametrize("year", [1, 1969, 9999])
def test_a_clock_gone_mad_counts_as_now(year: int, token: str, now: datetime) -> None:
    mad = datetime(year, 6, 1, tzinfo=UTC).isoformat()
    assert send(token, taps=[tap(now, happened_at=mad)], sent_at=mad).json()["new"] == 1
    assert now - Tap.objects.get().happened_at < timedelta(minutes=1)


def test_a_token_opens_its_own_board_and_a_closed_one_nothing(unit: Board, token: str, now: datetime) -> None:
    other = screen(board(at=now, name="Månegangen"), at=now)
    send(token, taps=[tap(now)])
    areas = get("tally/board", Authorization=f"Board {other}").json()["areas"]
    assert all(each["month"] == 0 for each in areas)
    boards.close_board(unit.pk, by=who("Kirsten"), at=now)
    problem(send(token, taps=[tap(now)]), 401, "no_key")
    problem(get("cases", Authorization=f"Bearer {other}"), 401, "no_key")


@pytest.mark.parametrize(
    "wrong",
    [
        {"taps": [{"number": "1", "area": "fall", "happened_at": "2026-11-20T10:00:00Z"}]},
        {"taps": [{"number": str(uuid.UUID(int=1)), "area": "kniv", "happened_at": "2026-11-20T10:00:00Z"}]},
        {"taps": [{"number": str(uuid.UUID(int=1)), "area": "fall", "happened_at": "2026-11-20T10:00:00"}]},
        {"board": "en anden"},
    ],
)
def test_what_is_no_parcel_is_a_problem_with_its_fields(token: str, wrong: dict[str, Any]) -> None:
    assert problem(send(token, **wrong), 422, "invalid")["fields"]
