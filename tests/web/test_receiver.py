"""Who receives nationally is named to the reporter and the handler, as the rule of the day names it (1 May 2025)."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from tests.cases import WALK, reported
from tests.web.desk import browser_of

from uth.law.terms import State
from uth.web.receiver import receiver_words

pytestmark = pytest.mark.django_db(databases=["default", "national"])


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2012, 1, 1), "Patientombuddet"),
        (date(2025, 4, 30), "Styrelsen for Patientsikkerhed (ikke bekræftet)"),
        (date(2025, 5, 1), "Sundhedsvæsenets Kvalitetsinstitut på vegne af det udpegede regionsråd"),
    ],
)
def test_k25_1_the_receiver_is_the_one_of_the_day(on: date, words: str) -> None:
    assert receiver_words(on) == words


def test_k25_1_reporter_and_handler_read_who_receives_nationally_on_the_day(client: Client) -> None:
    now = datetime.now(UTC)
    case, code = reported(at=now)
    page = client.post("/kvittering/", {"code": code})
    assert "Sundhedsvæsenets Kvalitetsinstitut" in page.text
    assert "Får rapporten uden navne, når den er behandlet" in page.text
    for stride in WALK[State.FORWARDED]:
        stride(case.pk, now)
    assert "Fik rapporten uden navne" in client.post("/kvittering/", {"code": code}).text
    sent = browser_of("Carl").get(f"/sager/{case.pk}/videregiv/")
    assert "Den nationale modtager: Sundhedsvæsenets Kvalitetsinstitut" in sent.text
