"""Scanning (virusscanning) against a scanner that speaks INSTREAM on a real socket."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from tests.cases import reported

from uth.actions.intake import AttachmentAnswer
from uth.jobs import scanning
from uth.records.reports import Attachment

pytestmark = pytest.mark.django_db
BAD = b"this is what the test's scanner dislikes"


class Scanner:
    """Speaks as clamd does: a command, pieces with their length before them, an empty piece, one answer."""

    def __init__(self, answer: Callable[[bytes], bytes]) -> None:
        self.answer, self.seen = answer, list[bytes]()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.server.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.server.accept()
            except OSError:
                return
            with line, line.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack("!L", stream.read(4))[0]:
                    content += stream.read(size)
                self.seen.append(content)
                line.sendall(self.answer(content))


@pytest.fixture
def scanner(request: pytest.FixtureRequest, settings: Any) -> Iterator[Scanner]:
    """A scanner that answers as the test says."""
    made = Scanner(getattr(request, "param", judge))
    settings.UTH_CLAMAV = made.address
    yield made
    made.server.close()


def judge(content: bytes) -> bytes:
    return b"stream: Eicar-Like FOUND\0" if BAD in content else b"stream: OK\0"


def silent(content: bytes) -> bytes:
    return b""


def confused(content: bytes) -> bytes:
    return b"INSTREAM size limit exceeded. ERROR\0"


def given(content: bytes, now: datetime) -> Attachment:
    case, _ = reported(at=now, attachments=(AttachmentAnswer("noter.txt", "text/plain", content),))
    return Attachment.objects.get(report=case.report)


@pytest.mark.parametrize(("content", "state"), [(b"Pumpen bippede.", "clean"), (BAD, "infected")])
def test_the_scanner_decides_whether_a_file_may_be_read(
    content: bytes, state: str, scanner: Scanner, now: datetime
) -> None:
    row = given(content, now)
    assert row.state == "quarantined"
    assert scanning.scan(now=lambda: now) == 1
    row.refresh_from_db()
    assert row.state == state
    assert scanner.seen == [content]


@pytest.mark.parametrize("scanner", [silent, confused], indirect=True)
def test_without_a_clear_answer_the_file_stays_in_quarantine(
    scanner: Scanner, settings: Any, now: datetime
) -> None:
    row = given(b"Pumpen bippede.", now)
    assert scanning.scan(now=lambda: now) == 0
    row.refresh_from_db()
    assert row.state == "quarantined"
    assert scanner.seen


def test_a_scanner_that_is_down_keeps_the_file_in_quarantine(
    scanner: Scanner, settings: Any, now: datetime
) -> None:
    row = given(b"Pumpen bippede.", now)
    settings.UTH_CLAMAV = "127.0.0.1:1"
    assert scanning.scan(now=lambda: now) == 0
    row.refresh_from_db()
    assert row.state == "quarantined"
