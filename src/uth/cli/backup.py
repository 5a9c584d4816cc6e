"""Backup (sikkerhedskopi): both databases and the attachments as they are at a moment, with their sums. Never the keys."""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from uth.cli import copies
from uth.jobs.forgetting import Book
from uth.queries.readiness import databases

FORMAT = 1
MANIFEST = "manifest.json"
ATTACHMENTS = "attachments"


def back_up(folder: Path, *, at: datetime, keep: int | None = None) -> Path:
    """Make a dated backup in the folder and, if told, remove the oldest beyond `keep`. Returns the new one."""
    os.umask(0o077)
    Book().write_down()
    name = f"uth-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    unfinished = folder / f".{name}"
    unfinished.mkdir(parents=True, mode=0o700)
    # The national copy first: a letter sent in between is then only sent again, and taken in once.
    found = {alias: _database(alias, unfinished) for alias in sorted(databases(), reverse=True)}
    _attachments(unfinished)
    manifest = {
        "format": FORMAT,
        "made_at": at.astimezone(UTC).isoformat(),
        "site": settings.UTH_SITE,
        "vault_key": key_print(),
        "databases": found,
        "files": {
            str(path.relative_to(unfinished)): {"sha256": digest(path), "size": path.stat().st_size}
            for path in sorted(unfinished.rglob("*"))
            if path.is_file()
        },
    }
    manifest["seal"] = seal(manifest)
    (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False))
    for path in unfinished.rglob("*"):
        _to_disk(path)
    finished = unfinished.rename(folder / name)
    _to_disk(folder)
    for old in sorted(folder.glob("uth-*Z"))[:-keep] if keep else []:
        shutil.rmtree(old)
    return finished


def _database(alias: str, folder: Path) -> dict[str, Any]:
    name = copies.file_name(alias)
    counts = copies.copy_out(alias, folder / name)
    return {
        "engine": copies.engine(alias),
        "file": name,
        "rows": counts,
        "migrations": copies.migrations(alias),
    }


def _attachments(folder: Path) -> None:
    """After the databases: a file without a row does no harm, a row without a file would."""
    kept = settings.UTH_VAR / ATTACHMENTS
    (folder / ATTACHMENTS).mkdir()
    for file in sorted(kept.glob("*")) if kept.is_dir() else []:
        with contextlib.suppress(FileNotFoundError):  # forgotten while we copied
            if file.suffix != ".part":
                shutil.copy2(file, folder / ATTACHMENTS / file.name)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def key_print() -> str:
    """Tells whether a vault key is the one a backup was made beside, and nothing else of it."""
    key = base64.b64decode(settings.UTH_VAULT_KEY)
    return hmac.new(key, b"uth backup", hashlib.sha256).hexdigest()[:16]


def seal(manifest: dict[str, Any]) -> str:
    """A keyed sum over the manifest: nobody without the pepper can alter a backup unseen."""
    content = json.dumps(
        {k: v for k, v in manifest.items() if k != "seal"}, sort_keys=True, ensure_ascii=False
    )
    return hmac.new(base64.b64decode(settings.UTH_PEPPER), content.encode(), hashlib.sha256).hexdigest()


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
