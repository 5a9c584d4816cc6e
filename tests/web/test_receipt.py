"""The receipt page (kvitteringssiden): whoever has the code follows the report; nobody else learns anything."""

from datetime import datetime

import pytest
from django.test import Client
from tests.cases import WALK, reported
from tests.people import PEOPLE, who

from uth.actions import handling
from uth.law.terms import RejectionReason, State
from uth.records.cases import DialogueMessage

pytestmark = pytest.mark.django_db(databases=["default", "national"])
PAGE = "/kvittering/"


def test_the_empty_page_asks_for_the_code(client: Client) -> None:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert 'name="code"' in answer.text


@pytest.mark.parametrize("code", ["", "bababa-bababa-bababa-bababa-bababa-bababa", "\0", "🙂", "x" * 300])
def test_a_wrong_code_gets_a_plain_sentence(client: Client, code: str) -> None:
    answer = client.post(PAGE, {"code": code})
    assert answer.status_code == 400
    assert "kvitteringskode" in answer.text


def test_the_reporter_reads_the_question_and_replies_once(client: Client, now: datetime) -> None:
    case, code = reported(at=now)
    handling.assign(case.pk, handler_id=PEOPLE["Carl"], by=who("Bo"), at=now)
    handling.ask(case.pk, text="Var det nat?", by=who("Carl"), at=now)
    answer = client.post(PAGE, {"code": code})
    assert "Var det nat?" in answer.text
    assert "Carl" not in answer.text
    for _ in range(2):
        answer = client.post(PAGE, {"code": code, "text": "Ja, kl. 3.", "seen": "1"})
        assert "Din besked er sendt" in answer.text
    assert DialogueMessage.objects.filter(case=case, kind="reply").count() == 1
    case.refresh_from_db()
    assert case.state == State.IN_PROGRESS


def test_a_reply_that_is_too_long_stays_on_the_page(client: Client, now: datetime) -> None:
    _, code = reported(at=now)
    answer = client.post(PAGE, {"code": code, "text": "z" * 20_001, "seen": "0"})
    assert answer.status_code == 400
    assert "z" * 20_001 in answer.text


def test_the_page_says_that_the_paragraphs_new_words_are_unread_and_when_it_is_due(
    client: Client, now: datetime
) -> None:
    _, code = reported(at=now)
    page = client.post(PAGE, {"code": code}).text
    assert "Ikke bekræftet efter 1. juli 2023" in page
    assert "Videregives senest" in page


def test_a_rejection_shows_its_comment(client: Client, now: datetime) -> None:
    case, code = reported(at=now)
    handling.reject(
        case.pk, reason=RejectionReason.DUPLICATE, comment="Den er rapporteret før.", by=who("Bo"), at=now
    )
    assert "Den er rapporteret før." in client.post(PAGE, {"code": code}).text


def test_learning_and_what_happened_are_told_when_the_case_is_forwarded(
    client: Client, now: datetime
) -> None:
    case, code = reported(at=now)
    for stride in WALK[State.FORWARDED]:
        stride(case.pk, now)
    answer = client.post(PAGE, {"code": code})
    assert "Afdelingen gennemgår nu ordinationer" in answer.text
    for told in ("Modtaget hos Region Hovedstaden", "En sagsbehandler har fået", "Sendt videre uden navne"):
        assert told in answer.text
    assert "Carl" not in answer.text


def test_the_answer_is_kept_nowhere(client: Client, now: datetime) -> None:
    _, code = reported(at=now)
    answer = client.post(PAGE, {"code": code})
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies.get("kladde")


def test_a_receipt_page_asks_the_database_little(
    client: Client, now: datetime, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    _, code = reported(at=now)
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.post(PAGE, {"code": code})
