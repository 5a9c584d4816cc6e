"""Attachments beside the redaction: their text is shown with findings, the file stays, and a description is redacted."""

from datetime import UTC, datetime

import pytest
from tests.cases import approve_all, case_at
from tests.deid.test_told import WORDS, page_of
from tests.people import who
from tests.web.desk import browser_of
from tests.web.test_redaction import as_shown, story_of, url_of

from uth.actions import attachments, file_reading, forwarding, redaction
from uth.actions.handling import Refused
from uth.actions.intake import AttachmentAnswer
from uth.law.actor import Hidden
from uth.law.procedure import NotAllowed
from uth.law.terms import Section, State
from uth.records.audit import AuditLine
from uth.records.cases import Case
from uth.records.outbox import Letter
from uth.records.reports import Attachment

pytestmark = pytest.mark.django_db(databases=["default", "national"])
STORY = "Ring til 20 30 40 50 i morgen."


@pytest.fixture
def now() -> datetime:
    """The real day: the pages read the clock themselves."""
    return datetime.now(UTC)


def case_with(name: str, content: bytes, *, at: datetime) -> tuple[Case, Attachment]:
    file = attachments.accept(name, content)
    given = (AttachmentAnswer(file.name, file.content_type, file.content),)
    case = case_at(State.CONCLUDED, at=at, story=STORY, attachments=given)
    return case, case.report.attachments.get()


def test_the_text_of_a_pdf_stands_on_the_page_with_its_findings(now: datetime) -> None:
    case, file = case_with("journal.pdf", page_of(WORDS), at=now)
    page = browser_of("Carl")
    assert "Hanne" not in page.get(url_of(case)).text
    shown = page.post(url_of(case), as_shown(case, **{"bilag": str(file.pk), "story-skjul-0": "morgen"}))
    assert shown.status_code == 200
    assert "Hanne Holm" in shown.text
    assert "bilagets tekst" in shown.text
    assert 'value="morgen"' in shown.text  # what was typed besides is there still
    assert AuditLine.objects.filter(word="attachment.read", case=case.pk).exists()


def test_a_scanned_pdf_says_that_it_cannot_be_read_and_asks_for_a_description(now: datetime) -> None:
    case, file = case_with("scan.pdf", page_of(""), at=now)
    shown = browser_of("Carl").post(url_of(case), as_shown(case, bilag=str(file.pk)))
    assert "er et billede uden tekst, for eksempel en scanning" in shown.text
    assert "Beskriv bilaget" in shown.text


def test_a_description_stands_last_in_the_story_and_is_redacted(now: datetime) -> None:
    case, file = case_with("scan.pdf", page_of(""), at=now)
    field = f"bilag-{file.pk}-tekst"
    given = as_shown(
        case, **{"story-fund": [], field: "Skemaet viser to doser. Ring 60 70 80 90.", "gem": "1"}
    )
    page = browser_of("Carl").post(url_of(case), given, follow=True)
    assert "Gemt." in page.text
    clean = story_of(case).clean_text
    assert clean.startswith(STORY)  # what was let stand still stands
    assert clean.endswith("Bilag: Skemaet viser to doser. Ring [telefonnummer].")
    approve_all(case.pk, now)
    forwarding.forward(case.pk, by=who("Carl"), at=now)
    letter = Letter.objects.get(pk=Case.objects.get(pk=case.pk).message_id)
    assert "Skemaet viser to doser" in str(letter.body)
    assert "scan.pdf" not in str(letter.body)


def test_a_description_is_changed_and_taken_away_again(now: datetime) -> None:
    case, file = case_with("scan.pdf", page_of(""), at=now)
    for words, ending in (("Skemaet.", "Bilag: Skemaet."), ("Kurven.", "Bilag: Kurven."), ("", "i morgen.")):
        redaction.revise(case.pk, decisions={}, described={file.pk: words}, by=who("Carl"), at=now)
        assert story_of(case).clean_text.endswith(ending)
    approve_all(case.pk, now)


def test_words_typed_by_hand_are_not_written_over_by_a_description(now: datetime) -> None:
    case, file = case_with("scan.pdf", page_of(""), at=now)
    typed = redaction.Decision(kept=frozenset({0}), clean="Skrevet i hånden.")
    redaction.revise(case.pk, decisions={Section.STORY: typed}, by=who("Carl"), at=now)
    with pytest.raises(Refused) as refused:
        redaction.revise(case.pk, decisions={}, described={file.pk: "Kurven."}, by=who("Carl"), at=now)
    assert "rettet i hånden" in refused.value.problems["redaction"]
    assert not Attachment.objects.get(pk=file.pk).description


def test_only_who_redacts_the_case_reads_its_files_here(now: datetime) -> None:
    case, file = case_with("journal.pdf", page_of(WORDS), at=now)
    other, _ = case_with("andet.pdf", page_of(WORDS), at=now)
    for name in ("Erik", "Dorte", "Kirsten"):
        with pytest.raises(Hidden):
            file_reading.read_file(case.pk, file.pk, by=who(name), at=now)
    with pytest.raises(NotAllowed):
        file_reading.read_file(case.pk, file.pk, by=who("Bo"), at=now)
    with pytest.raises(Hidden):
        file_reading.read_file(other.pk, file.pk, by=who("Carl"), at=now)
