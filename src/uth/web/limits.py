"""Limits at the door (grænser ved indgangen): how much one request may carry, and what a crowd is asked to do first.

A file on its way in is held in memory and never written to disk unsealed; what is larger than we take is counted
and let go.
"""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse

from uth.actions import limits
from uth.actions.attachments import MOST_BYTES, MOST_FILES
from uth.actions.limits import Asked
from uth.web import errors, gate

API = "/api/"  # its own limits stand in uth.api.problems
TAKES_FILES = re.compile(
    r"/rapporter/[a-z]+/bilag/|/papir/indtast/[a-z]+/|/anmodninger/\d+/|/udgivelser/ny/"
    r"|/api/v1/reports/with-attachments"
)
MOST_WITH_FILES = MOST_FILES * MOST_BYTES + 1024 * 1024
MOST_WITHOUT = 4 * 1024 * 1024
REPORT, DRAFT, FILE, CODE, REPLY = "report", "draft", "file", "code", "reply"


class BodyLimit:
    """Middleware: refuses what is too large by what it says of itself, before anything of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(API):
            return self.get_response(request)
        if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            return errors.page(request, 400)  # a browser says how much it sends
        most = MOST_WITH_FILES if TAKES_FILES.fullmatch(request.path_info) else MOST_WITHOUT
        if size_of(request) > most:
            return errors.page(request, 413, words=FILES_TOO_LARGE if most == MOST_WITH_FILES else None)
        return self.get_response(request)


FILES_TOO_LARGE = errors.Words(
    "Filerne fylder for meget",
    f"En fil må højst fylde 10 MB, og der kan højst være {MOST_FILES}. Ingen af dem er gemt.",
    "Gå tilbage, og vælg mindre filer. Kladden er gemt, som den var.",
)


def size_of(request: HttpRequest) -> int:
    """How much the request says it carries."""
    said = str(request.META.get("CONTENT_LENGTH") or "")
    return int(said) if said.isascii() and said.isdecimal() else 0


class Held(FileUploadHandler):
    """Holds each file in memory up to the limit; of a larger one only the size is kept."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins; only the page for files takes any."""
        super().new_file(*args, **kwargs)
        if self.request is None or not TAKES_FILES.fullmatch(self.request.path_info):
            raise SkipFile
        self.held, self.size = BytesIO(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it."""
        self.size += len(raw_data)
        if self.size <= MOST_BYTES:
            self.held.write(raw_data)
        elif self.held.getbuffer().nbytes:
            self.held = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """All of it came."""
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held, self.field_name, self.file_name or "", self.content_type, self.size, self.charset
        )


def admitted(request: HttpRequest, kind: str, *, size: int | None = None) -> Asked | None:
    """None lets the request in and counts it; else what its sender is asked to do first."""
    return limits.admit(
        origin(request, kind),
        size=size_of(request) if size is None else size,
        ticket=ticket(request),
        at=gate.at(request),
    )


def asked(request: HttpRequest, kind: str) -> Asked | None:
    """The same, without counting."""
    return limits.ask(origin(request, kind), ticket=ticket(request), at=gate.at(request))


def count(request: HttpRequest, kind: str) -> None:
    """Count one of this kind from where the request comes."""
    limits.count(origin(request, kind), size=size_of(request), at=gate.at(request))


def origin(request: HttpRequest, kind: str) -> str:
    """Where the request comes from, each kind counted for itself."""
    meta = request.META
    return f"{kind} {limits.origin_of(meta.get('REMOTE_ADDR', ''), meta.get('HTTP_X_FORWARDED_FOR', ''))}"


def ticket(request: HttpRequest) -> str:
    """What was earned before, if anything."""
    return request.POST.get("ticket", "")[:200] if request.method == "POST" else ""
