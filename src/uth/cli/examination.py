"""The examination (undersøgelsen): measures what the doctor judges; asks the network only briefly."""

import os
import shutil
import socket
import time
import zoneinfo
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from uth.cli.doctor import Facts
from uth.config.settings import ENVIRONMENT
from uth.jobs.letters import public_key
from uth.jobs.worker import ALIVE
from uth.queries.readiness import standing

SECONDS = 5  # how long anybody outside may take to answer


def measure(*, backups: Path, at: datetime) -> Facts:
    """Everything the checks need, measured once."""
    var = ENVIRONMENT.var
    answers, skew = _national(at)
    return Facts(
        environment=ENVIRONMENT,
        standing=standing(public_key=_public_key(), at=at),
        var_writable=os.access(var, os.W_OK),
        var_mode=var.stat().st_mode & 0o777 if var.exists() else 0,
        free_bytes=shutil.disk_usage(var).free if var.exists() else 0,
        worker_age=_age(var / ALIVE),
        backup_age=min(filter(None, map(_age, backups.glob("uth-*Z"))), default=None),
        book_exists=settings.UTH_FORGOTTEN_BOOK.exists(),
        smtp_answers=_smtp(),
        national_answers=answers,
        clock_skew=skew,
        danish_time=_knows_danish_time(),
    )


def _public_key() -> str:
    try:
        return public_key()
    except ValueError:
        return ""


def _age(path: Path) -> float | None:
    return time.time() - path.stat().st_mtime if path.exists() else None


def _smtp() -> bool | None:
    if not ENVIRONMENT.smtp_url or ENVIRONMENT.demo:
        return None
    url = urlsplit(ENVIRONMENT.smtp_url)
    port = url.port or (465 if url.scheme == "smtps" else 25)
    try:
        with socket.create_connection((url.hostname or "localhost", port), timeout=SECONDS):
            return True
    except OSError:
        return False


def _national(at: datetime) -> tuple[bool | None, float | None]:
    """Whether the national level answers, and how far its clock is from ours."""
    if ENVIRONMENT.site == "national" or not ENVIRONMENT.national_url:
        return None, None
    health = ENVIRONMENT.national_url.removesuffix("/national/reports") + "/health"
    try:
        answer = httpx.get(health, timeout=SECONDS)
    except httpx.HTTPError:
        return False, None
    said = answer.headers.get("Date")
    skew = (datetime.now(UTC) - parsedate_to_datetime(said)).total_seconds() if said else None
    return answer.is_success, skew


def _knows_danish_time() -> bool:
    try:
        zoneinfo.ZoneInfo("Europe/Copenhagen")
    except zoneinfo.ZoneInfoNotFoundError:
        return False
    return True
