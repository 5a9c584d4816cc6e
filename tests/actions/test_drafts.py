"""Drafts (kladder): sealed under a code that is kept nowhere, and deleted when their time is out."""

from datetime import datetime, timedelta

import pytest
from tests.people import ANNA

from uth.actions import drafts
from uth.actions.retention import forget
from uth.law.actor import SYSTEM
from uth.queries.drafts import by_code
from uth.records.audit import AuditLine
from uth.records.reports import RECEIPT_SHOWN_AGAIN, Draft
from uth.records.sealing import SealBroken

pytestmark = pytest.mark.django_db(databases=["default", "national"])
TOLD = {"story": ["Patienten faldt ved sengen."]}


def begun(at: datetime) -> str:
    return drafts.begin("professional", TOLD, steps=["hvad"], by=ANNA, at=at)


def test_the_code_opens_the_draft_however_it_is_typed(now: datetime) -> None:
    code = begun(now)
    draft = by_code(f"  {code.upper().replace('-', ' ')} ", at=now)
    assert draft is not None
    assert draft.told == TOLD
    assert draft.done == ("hvad",)


def test_neither_the_code_nor_the_text_is_kept_readable(now: datetime) -> None:
    code = begun(now)
    row = Draft.objects.get()
    trail = str(list(AuditLine.objects.values("word", "detail", "actor")))
    for place in (bytes(row.sealed).decode("latin-1"), row.code_hash, trail):
        assert code not in place
        assert "sengen" not in place


def test_another_drafts_seal_does_not_open_with_this_code(now: datetime) -> None:
    code, other = begun(now), begun(now)
    assert other
    first, second = Draft.objects.order_by("pk")
    Draft.objects.filter(pk=first.pk).update(sealed=second.sealed)
    with pytest.raises(SealBroken):
        by_code(code, at=now)


def test_answers_are_added_and_none_is_dropped(now: datetime) -> None:
    code = begun(now)
    drafts.keep(code, {"headline": ["Fald"]}, steps=["hvor"], at=now)
    draft = by_code(code, at=now)
    assert draft is not None
    assert draft.told == TOLD | {"headline": ["Fald"]}
    assert draft.done == ("hvad", "hvor")


def test_a_draft_lives_from_the_last_word_typed_and_not_longer(now: datetime) -> None:
    code = begun(now)
    later = now + timedelta(days=29)
    drafts.keep(code, {}, at=later)
    assert by_code(code, at=later + timedelta(days=30))
    assert by_code(code, at=later + timedelta(days=31)) is None
    forget(by=SYSTEM, at=later + timedelta(days=31))
    assert not Draft.objects.exists()


def test_a_draft_that_is_too_large_keeps_what_it_had(now: datetime) -> None:
    code = begun(now)
    with pytest.raises(drafts.TooLarge, match="Kopiér"):
        drafts.keep(code, {"story": ["x" * drafts.MOST]}, at=now)
    draft = by_code(code, at=now)
    assert draft is not None
    assert draft.told == TOLD


def test_a_sent_draft_opens_for_a_quarter_of_an_hour_and_no_longer(now: datetime) -> None:
    code = begun(now)
    drafts.mark_sent(code, at=now)
    assert by_code(code, at=now + RECEIPT_SHOWN_AGAIN)
    assert by_code(code, at=now + RECEIPT_SHOWN_AGAIN + timedelta(seconds=1)) is None


def test_a_sent_draft_forgets_the_story_and_takes_no_more(now: datetime) -> None:
    code = begun(now)
    drafts.mark_sent(code, at=now)
    drafts.keep(code, {"story": ["mere"]}, at=now)
    draft = by_code(code, at=now)
    assert draft is not None
    assert draft.sent
    assert draft.told == {}
    forget(by=SYSTEM, at=now + timedelta(days=2))
    assert not Draft.objects.exists()
