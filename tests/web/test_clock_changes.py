"""Both clock changes, read at the face: a Danish day is a Danish day, also the one of 23 and the one of 25 hours."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from tests.cases import reported
from tests.people import PEOPLE, who

from uth.queries import inbox
from uth.records.people import User
from uth.web import gate

pytestmark = pytest.mark.django_db(databases=["default", "national"])

# UTC moments on either side of midnight in Denmark, around spring 2027 (28 March) and autumn 2026 (25 October).
RECEIVED = [
    (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), date(2026, 10, 24)),
    (datetime(2026, 10, 24, 22, 1, tzinfo=UTC), date(2026, 10, 25)),
    (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),  # half past two, the first time
    (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25)),  # half past two, the second time
    (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
    (datetime(2026, 10, 25, 23, 1, tzinfo=UTC), date(2026, 10, 26)),
    (datetime(2027, 3, 27, 22, 59, tzinfo=UTC), date(2027, 3, 27)),
    (datetime(2027, 3, 27, 23, 1, tzinfo=UTC), date(2027, 3, 28)),
    (datetime(2027, 3, 28, 21, 59, tzinfo=UTC), date(2027, 3, 28)),
    (datetime(2027, 3, 28, 22, 1, tzinfo=UTC), date(2027, 3, 29)),
]


@pytest.mark.parametrize(("moment", "day"), RECEIVED)
def test_a_report_is_received_on_the_danish_day(moment: datetime, day: date) -> None:
    case, _ = reported(at=moment)
    assert case.received_on == day
    assert (case.forward_by - day).days == 90


@pytest.mark.parametrize(
    ("received", "last_minute", "next_minute"),
    [
        (  # received on 27 July, so the 90 days end with the day of 25 hours
            datetime(2026, 7, 27, 10, tzinfo=UTC),
            datetime(2026, 10, 25, 22, 59, tzinfo=UTC),
            datetime(2026, 10, 25, 23, 0, tzinfo=UTC),
        ),
        (  # received on 28 December, so they end with the day of 23 hours
            datetime(2026, 12, 28, 10, tzinfo=UTC),
            datetime(2027, 3, 28, 21, 59, tzinfo=UTC),
            datetime(2027, 3, 28, 22, 0, tzinfo=UTC),
        ),
    ],
)
def test_a_deadline_ends_at_midnight_in_denmark_on_the_day_the_clock_is_changed(
    received: datetime, last_minute: datetime, next_minute: datetime
) -> None:
    case, _ = reported(at=received)
    left = [
        next(
            line for line in inbox.cases(inbox.View.INBOX, by=who("Bo"), at=at).lines if line.id == case.pk
        ).days_left
        for at in (last_minute, next_minute)
    ]
    assert left == [0, -1]


class AtThatTime(datetime):
    """A clock on the wall that stands still."""

    stands_at: datetime

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.stands_at


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), "i dag"),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), "overskredet"),
    ],
)
def test_the_inbox_reads_the_wall_clock_in_danish(
    moment: datetime, words: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported(at=datetime(2026, 7, 27, 10, tzinfo=UTC))
    client.force_login(
        User.objects.get(pk=PEOPLE["Bo"]), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    AtThatTime.stands_at = moment
    monkeypatch.setattr(gate, "datetime", AtThatTime)
    page = client.get("/sager/?liste=indbakke").content.decode().lower()
    assert words in page
    assert ("overskredet" in page) == (words == "overskredet")
