"""Letters that do not arrive: the administrator reads what is the matter and lets them try again, and sees no address."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from tests.cases import case_at, reported
from tests.people import PEOPLE, who
from tests.web.desk import at_most, browser_of

from uth.actions import letters, people
from uth.jobs.notices import NOTICES
from uth.law import template
from uth.law.actor import SYSTEM, Hidden
from uth.law.terms import Role, State
from uth.records import outbox
from uth.records.models import AuditLine
from uth.records.outbox import Letter
from uth.web.letter_words import FOR_GOOD, KINDS, WHY

pytestmark = pytest.mark.django_db(databases=["default", "national"])
PAGE = "/administration/breve/"
REFUSED = "SMTPRecipientsRefused"


@pytest.fixture
def refused(now: datetime) -> list[Letter]:
    """Two receipts and an invitation that a mail server did not want, in Region Hovedstaden."""
    Letter.objects.all().delete()
    for _ in range(2):
        reported(at=now, reporter_email="anna@opdigtet.invalid", reporter_name="Anna Opdigtet")
    people.invite(
        email="ny@opdigtet.invalid", organisation="DK-84", role=Role.HANDLER, by=who("Adam"), at=now
    )
    held = outbox.claim("a", at=now)
    for letter in held:
        outbox.refused(letter, REFUSED, at=now)
    return held


def page(name: str = "Adam") -> str:
    answer = browser_of(name).get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def test_when_all_letters_arrive_the_page_says_so() -> None:
    Letter.objects.all().delete()
    assert "Alle breve er nået frem" in page()
    assert "ikke når frem" not in browser_of("Adam").get("/administration/").content.decode()


def test_the_administrator_reads_how_many_since_when_and_what_to_do(refused: list[Letter]) -> None:
    text = page()
    assert "2 kvitteringer til rapportører og 1 invitation" in text
    assert FOR_GOOD[REFUSED][0] in text
    assert "Prøv igen nu" in text
    assert "som ikke når frem" in browser_of("Adam").get("/administration/").content.decode()


def test_no_address_and_no_name_stands_there(refused: list[Letter]) -> None:
    text = page()
    for secret in ("opdigtet.invalid", "Anna"):
        assert secret not in text


def test_the_button_lets_them_go_and_leaves_a_line(refused: list[Letter], now: datetime) -> None:
    answer = browser_of("Adam").post(PAGE, {"road": "mail", "code": REFUSED}, follow=True)
    assert "3 breve prøves igen nu" in answer.content.decode()
    assert Letter.objects.filter(stopped_at=None, sent_at=None).count() == 3
    line = AuditLine.objects.latest("pk")
    assert (line.word, line.actor, line.detail["count"]) == (
        "letters.tried_again",
        f"user:{PEOPLE['Adam']}",
        3,
    )


def test_letters_of_another_authority_are_neither_seen_nor_touched(
    refused: list[Letter], now: datetime
) -> None:
    people.grant(user_id=PEOPLE["Erik"], organisation="0151", role=Role.ADMIN, by=SYSTEM, at=now)
    assert "Alle breve er nået frem" in page("Erik")
    assert letters.try_again(road="mail", code=REFUSED, by=who("Erik"), at=now) == 0
    with pytest.raises(Hidden):
        letters.try_again(road="mail", code=REFUSED, by=who("Carl"), at=now)
    assert Letter.objects.filter(stopped_at__isnull=False).count() == 3


def test_a_forwarded_case_the_national_level_says_no_to_is_told_apart(now: datetime) -> None:
    case = case_at(State.FORWARDED, at=now - timedelta(hours=1))
    Letter.objects.exclude(pk=case.message_id).delete()
    outbox.failed(Letter.objects.get(), "unknown_key", at=now)
    text = page()
    assert "1 videregivet sag" in text
    assert WHY["national", "unknown_key"][0] in text
    assert "Systemet prøver selv igen" in text
    assert case.number not in text


def test_a_letter_that_waits_a_moment_is_no_trouble(now: datetime) -> None:
    Letter.objects.all().delete()
    reported(at=datetime.now(now.tzinfo), reporter_email="anna@opdigtet.invalid")
    assert "Alle breve er nået frem" in page()


def test_the_page_asks_few_questions(refused: list[Letter]) -> None:
    browser = browser_of("Adam")
    with at_most(10):
        browser.get(PAGE)


def test_every_notice_and_every_message_has_a_name_for_the_administrator() -> None:
    assert set(NOTICES) | {f"national.{kind}" for kind in template.KINDS} <= set(KINDS)


def test_a_message_without_a_case_is_told_to_the_authority_it_is_from(now: datetime) -> None:
    Letter.objects.all().delete()
    for sender in ("DK-84", "DK-84", "0151"):
        body = {"kind": "collective", "sender": sender}
        outbox.put_national(uuid4(), body, at=now - timedelta(hours=2))
    assert "2 samlerapporter." in page()
    assert letters.try_again(road="national", code="", by=who("Adam"), at=now) == 2


def test_what_nobody_has_words_for_is_still_told(refused: list[Letter]) -> None:
    Letter.objects.update(problem="OddThing", template="unheard_of")
    assert "3 andre beskeder" in page()
