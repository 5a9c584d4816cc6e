"""Attachments (bilag): kept sealed with the draft, sent with the report, shown to those who handle it and nobody else."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cases import reported
from tests.deid.test_files import MAKER, picture
from tests.people import PEOPLE
from tests.web.forms import PATIENT_PATH, PROFESSIONAL_PATH, fill, new_browser, receipt_in

from uth.actions import attachments, drafts
from uth.actions.intake import AttachmentAnswer
from uth.law.actor import SYSTEM
from uth.records.people import User
from uth.records.reports import Attachment, Draft, Report

pytestmark = pytest.mark.django_db(databases=["default", "national"])
PAGE = "/rapporter/fagperson/bilag/"


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, settings: Any) -> Path:
    """A shelf of its own."""
    settings.UTH_VAR = tmp_path
    return tmp_path / "attachments"


@pytest.fixture
def browser() -> Client:
    """Somebody who has told what happened."""
    browser = new_browser()
    fill(browser, dict(list(PROFESSIONAL_PATH.items())[:1]))
    return browser


def on(shelf: Path) -> list[str]:
    return sorted(path.name for path in shelf.iterdir()) if shelf.exists() else []


def photo(name: str = "foto af pumpen.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture("JPEG"), "image/jpeg")


def add(browser: Client, *files: SimpleUploadedFile, page: str = PAGE, go: str = "files") -> Any:
    return browser.post(page, {"upload": list(files), "_go": go})


def test_a_file_is_kept_with_the_draft_and_listed(browser: Client, shelf: Path) -> None:
    assert add(browser, photo()).status_code == 302
    assert "foto af pumpen.jpg" in browser.get(PAGE).text
    (kept,) = on(shelf)
    assert kept.startswith(f"draft{Draft.objects.get().pk}-")
    sealed = (shelf / kept).read_bytes()
    assert b"JFIF" not in sealed
    assert MAKER.encode() not in sealed
    assert "pumpen" not in str(vars(Draft.objects.get()))


def test_the_way_on_keeps_the_file_too(browser: Client, shelf: Path) -> None:
    for go in ("", "back", "later"):
        assert add(browser, photo(), go=go).status_code == 302
    assert len(on(shelf)) == 3


def test_several_files_come_in_one_go_and_one_can_be_removed(
    browser: Client, shelf: Path, django_capture_on_commit_callbacks: Any
) -> None:
    add(browser, photo("a.jpg"), photo("b.jpg"))
    name = on(shelf)[0]
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(PAGE, {"remove": name}).status_code == 302
    assert name not in on(shelf)
    assert len(on(shelf)) == 1


def test_another_browser_finds_the_files_with_the_code(browser: Client) -> None:
    add(browser, photo())
    other = new_browser()
    other.post("/rapporter/fortsaet/", {"code": browser.cookies["kladde"].value})
    assert "foto af pumpen.jpg" in other.get(PAGE).text


BAD = {
    "virus.exe": (b"MZ\x00\x01\x02\x03" * 50, "Den slags filer"),
    "tom.pdf": (b"", "Filen er tom"),
    "i stykker.png": (b"\x89PNG\r\n\x1a\nikke et billede", "kan ikke læses"),
    "stor.jpg": (b"\xff\xd8\xff" + b"x" * attachments.MOST_BYTES, "over 10 MB"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_taken_is_said_at_the_field(browser: Client, shelf: Path, name: str) -> None:
    content, sentence = BAD[name]
    answer = add(browser, SimpleUploadedFile(name, content))
    assert answer.status_code == 400
    assert sentence in answer.text
    assert on(shelf) == []


def test_a_bad_file_does_not_take_the_good_one_with_it(browser: Client) -> None:
    answer = add(browser, photo("god.jpg"), SimpleUploadedFile("tom.pdf", b""))
    assert answer.status_code == 400
    assert "tom.pdf: Filen er tom" in answer.text
    assert "god.jpg" in browser.get(PAGE).text


def test_there_are_never_more_than_five(browser: Client, shelf: Path) -> None:
    answer = add(browser, *(photo(f"{n}.jpg") for n in range(6)))
    assert "højst være 5 filer" in answer.text
    assert len(on(shelf)) == 5


def test_other_pages_take_no_files(browser: Client, shelf: Path) -> None:
    answer = browser.post("/rapporter/fagperson/betydning/", {"actual_harm": "mild", "upload": photo()})
    assert answer.status_code == 302
    assert on(shelf) == []


def test_a_file_without_a_draft_begins_nothing() -> None:
    answer = add(new_browser(), photo())
    assert answer.status_code == 302
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("form", "path"), [("fagperson", PROFESSIONAL_PATH), ("patient", PATIENT_PATH)])
def test_the_report_takes_its_files_under_the_vaults_key(
    form: str, path: dict[str, Any], shelf: Path, django_capture_on_commit_callbacks: Any
) -> None:
    browser = new_browser()
    fill(browser, path, form=form)
    add(browser, photo(), page=f"/rapporter/{form}/bilag/")
    assert "foto af pumpen.jpg" in browser.get(f"/rapporter/{form}/opsummering/").text
    with django_capture_on_commit_callbacks(execute=True):
        first, again = (browser.post(f"/rapporter/{form}/send/") for _ in range(2))
    assert receipt_in(first) == receipt_in(again)
    row = Attachment.objects.get(report=Report.objects.get())
    assert on(shelf) == [row.stored_as], "the draft's own copy is gone"
    assert row.name == "foto af pumpen.jpg"
    assert (row.content_type, row.state) == ("image/jpeg", "clean")


def test_a_discarded_draft_takes_its_files_along(
    browser: Client, shelf: Path, django_capture_on_commit_callbacks: Any
) -> None:
    add(browser, photo())
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/rapporter/kladde/slet/")
    assert on(shelf) == []


def test_the_sweep_takes_an_expired_drafts_files_and_leaves_the_others(browser: Client, shelf: Path) -> None:
    add(browser, photo())
    late = datetime.now().astimezone() + timedelta(days=2)
    assert attachments.sweep(by=SYSTEM, at=late) == 0
    Draft.objects.all().delete()
    assert attachments.sweep(by=SYSTEM, at=late) == 1
    assert on(shelf) == []


def test_a_file_that_cannot_be_noted_is_not_left_on_the_shelf(
    browser: Client, shelf: Path, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr(drafts, "MOST", 10)
    with pytest.raises(drafts.TooLarge):
        drafts.keep_file(browser.cookies["kladde"].value, "a.jpg", picture("JPEG"), at=now)
    assert on(shelf) == []


# ── on the case page ──

TEXT = AttachmentAnswer("noter.txt", "text/plain; charset=utf-8", b"Pumpen bippede.")


def case_with(*files: AttachmentAnswer, now: datetime) -> tuple[int, Sequence[Attachment]]:
    case, _ = reported(at=now, attachments=files)
    return case.pk, list(Attachment.objects.filter(report=case.report).order_by("pk"))


def as_(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=PEOPLE[name]), backend=site.AUTHENTICATION_BACKENDS[0])
    return client


def test_a_picture_is_shown_alone_where_nothing_can_run(now: datetime) -> None:
    clean = attachments.accept("dæk æblet.jpg", picture("JPEG"))
    case, (row,) = case_with(AttachmentAnswer(clean.name, clean.content_type, clean.content), now=now)
    answer = as_("Bo").get(f"/sager/{case}/bilag/{row.pk}/")
    assert answer.status_code == 200
    assert answer.content == clean.content
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''d%C3%A6k")


def test_a_text_is_fetched_and_never_shown_as_a_page(now: datetime) -> None:
    case, (row,) = case_with(TEXT, now=now)
    answer = as_("Bo").get(f"/sager/{case}/bilag/{row.pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="noter.txt"'


@pytest.mark.parametrize("name", ["Erik", "Dorte"])
def test_nobody_else_finds_the_file(name: str, now: datetime) -> None:
    case, (row,) = case_with(TEXT, now=now)
    assert as_(name).get(f"/sager/{case}/bilag/{row.pk}/").status_code == 404


def test_a_file_of_another_case_is_not_found_by_its_number(now: datetime) -> None:
    case, _ = case_with(TEXT, now=now)
    _, (row,) = case_with(TEXT, now=now)
    assert as_("Bo").get(f"/sager/{case}/bilag/{row.pk}/").status_code == 404


@pytest.mark.parametrize(("state", "sentence"), [("quarantined", "viruskontrol"), ("infected", "skadeligt")])
def test_a_file_that_is_not_cleared_says_so(state: str, sentence: str, now: datetime) -> None:
    case, (row,) = case_with(TEXT, now=now)
    Attachment.objects.filter(pk=row.pk).update(state=state)
    answer = as_("Bo").get(f"/sager/{case}/bilag/{row.pk}/")
    assert answer.status_code == 403
    assert sentence in answer.text
