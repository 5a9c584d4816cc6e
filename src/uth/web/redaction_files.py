"""Attachments beside the redaction (bilag under anonymiseringen): what each tells, and the words that may go in its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from uth.actions.attachments import CLEAN
from uth.actions.file_reading import FileRead
from uth.deid.reasons import reason
from uth.law.text import tidy
from uth.queries.case_rows import FileLine
from uth.web.attachments import KINDS, size_text
from uth.web.redaction_view import Piece, marked, small


@dataclass(frozen=True, slots=True)
class FileText:
    """A file as read: its text in marked pieces. `unread`: pages, or the whole, that must be looked at by a person."""

    pieces: list[Piece]
    found: int
    unread: int
    cut: bool
    details: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FileView:
    """An attachment on the page."""

    id: int
    name: str
    kind: str
    size: str
    readable: bool
    described: str
    text: FileText | None


def lines(
    files: Sequence[FileLine], posted: QueryDict | None, read_now: Mapping[int, FileText]
) -> list[FileView]:
    """The case's attachments, with what was typed where it was not taken."""
    return [
        FileView(
            id=file.id,
            name=file.name,
            kind=KINDS.get(file.content_type, "tekst"),
            size=size_text(file.size),
            readable=file.state == CLEAN,
            described=posted.get(_field(file), file.description) if posted else file.description,
            text=read_now.get(file.id),
        )
        for file in files
    ]


def read(file: FileRead) -> FileText:
    """The file's text with the machine's findings marked."""
    marks = [
        (s.start, s.end, Piece("", n, s.kind.value, "", f"{small(s.kind)}: {reason(s.finder)}"))
        for n, s in enumerate(file.findings, 1)
    ]
    pieces = marked(file.told.text, marks)
    return FileText(pieces, len(marks), file.told.unread, file.told.cut, file.told.details)


def file_asked_for(posted: QueryDict) -> int:
    """The number of the file whose button was pressed, or 0."""
    number = posted.get("bilag", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0


def descriptions(files: Sequence[FileLine], posted: QueryDict) -> dict[int, str]:
    """The descriptions that are not as they were."""
    typed = {file.id: tidy(posted.get(_field(file), file.description)) for file in files}
    return {file.id: typed[file.id] for file in files if typed[file.id] != file.description}


def _field(file: FileLine) -> str:
    return f"bilag-{file.id}-tekst"
