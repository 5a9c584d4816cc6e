"""A program gives a report with files: each is known by its content, freed of what it tells, or refused by name; all or nothing."""

import json
import secrets
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.api.calls import problem

from uth.actions.attachments import MOST_BYTES
from uth.records import shelf
from uth.records.reports import Attachment, Report

pytestmark = pytest.mark.django_db(databases=["default", "national"])
ADDRESS = "/api/v1/reports/with-attachments"
REPORT = {
    "story": "Pumpen viste en fejl, og patienten fik for lidt.",
    "reporter_kind": "professional",
    "actual_harm": "mild",
    "place": "birkelsoe-med",
}


@pytest.fixture(autouse=True)
def own_shelf(tmp_path: Path, settings: Any) -> Path:
    """A shelf of its own."""
    settings.UTH_VAR = tmp_path
    return tmp_path / "attachments"


def photograph() -> bytes:
    """A picture that tells where and by what it was taken."""
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Opdigtet Kamera"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def give(*files: SimpleUploadedFile, report: Any = REPORT, key: str = "") -> Any:
    """POST as a program does."""
    said = report if isinstance(report, str) else json.dumps(report)
    headers = {"Idempotency-Key": key} if key else {}
    return Client().post(ADDRESS, {"report": said, "attachments": list(files)}, headers=headers)


def test_files_come_with_the_report_and_tell_of_no_place_and_no_camera() -> None:
    answer = give(file("C:\\ward\\pumpe.jpg", photograph()), file("note.txt", "Fejl 12 på skærmen.".encode()))
    assert answer.status_code == 201, answer.content
    assert answer.json()["receipt_code"]
    picture, note = Attachment.objects.order_by("pk")
    assert (picture.name, picture.content_type) == ("pumpe.jpg", "image/jpeg")
    assert (note.name, note.content_type) == ("note.txt", "text/plain; charset=utf-8")
    kept = shelf.get(picture.stored_as)
    assert b"Opdigtet Kamera" not in kept
    assert not Image.open(BytesIO(kept)).getexif()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "tom"),
        (b"MZ\x00\x00\x00\x01\x02", "Den slags filer"),
        (b"x" * (MOST_BYTES + 1), "over 10 MB"),
        (b"%PDF-1.7 ikke en pdf", "PDF-filen kan ikke l"),
    ],
    ids=["empty", "program", "large", "broken"],
)
def test_a_file_that_cannot_be_taken_is_named_and_nothing_is_kept(
    content: bytes, words: str, own_shelf: Path
) -> None:
    told = problem(give(file("a.txt", b"Godt nok."), file("b.bin", content)), 422, "refused")
    assert words in told["fields"]["attachments.1"]
    assert not Report.objects.exists()
    assert [each for each in own_shelf.rglob("*") if each.is_file()] == []


def test_more_than_five_files_are_refused() -> None:
    told = problem(give(*(file(f"{n}.txt", b"tekst") for n in range(6))), 422, "refused")
    assert "fem" in told["detail"] or "5" in told["detail"]
    assert not Report.objects.exists()


def test_the_same_again_with_the_same_key_is_the_same_report() -> None:
    key = secrets.token_urlsafe(24)
    first, again = (give(file("a.txt", b"tekst"), key=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["receipt_code"] == again.json()["receipt_code"]
    assert Attachment.objects.count() == 1
    assert (
        give(file("a.txt", b"en anden tekst"), key=key).json()["receipt_code"] != first.json()["receipt_code"]
    )


def test_what_is_wrong_with_the_report_is_told_by_field() -> None:
    told = problem(give(file("a.txt", b"tekst"), report=REPORT | {"colour": "red"}), 422, "invalid")
    assert set(told["fields"]) == {"colour"}
    problem(give(file("a.txt", b"tekst"), report="{ikke json"), 422, "invalid")


def test_without_a_file_or_as_json_it_is_refused_in_a_sentence() -> None:
    assert "attachments" in problem(give(), 422, "invalid")["fields"]
    answer = Client().post(ADDRESS, json.dumps(REPORT), content_type="application/json")
    problem(answer, 415, "wrong_content_type")


def test_files_sent_elsewhere_are_not_read() -> None:
    answer = Client().post(
        "/api/v1/reports", {"report": json.dumps(REPORT), "attachments": [file("a.txt", b"x")]}
    )
    problem(answer, 415, "wrong_content_type")
