"""The shelf (bilagshylden): attachments as sealed files outside the web root, under names that say nothing."""

import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings

from uth.records.sealing import seal_bytes, unseal_bytes

DAY = 24 * 3600  # seconds


def put(content: bytes, *, key: bytes | None = None, prefix: str = "") -> str:
    """Seal the bytes on the shelf and return their name there; durable before it returns."""
    name = prefix + secrets.token_hex(16)
    path = _folder() / name
    partial = path.with_suffix(".part")
    with partial.open("xb") as out:
        out.write(seal_bytes(content, context=f"attachment {name}", key=key))
        out.flush()
        os.fsync(out.fileno())
    partial.rename(path)
    return name


def get(name: str, *, key: bytes | None = None) -> bytes:
    """The bytes again. Raises SealBroken, or FileNotFoundError."""
    return unseal_bytes((_folder() / _plain(name)).read_bytes(), context=f"attachment {name}", key=key)


def drop(name: str) -> None:
    """Take a file off the shelf; one that is gone already is no matter."""
    (_folder() / _plain(name)).unlink(missing_ok=True)


def names(*, older_than: datetime) -> list[str]:
    """What has lain on the shelf for a day; younger files may belong to a transaction that is not over."""
    limit = older_than.timestamp() - DAY
    return sorted(p.name for p in _folder().iterdir() if p.stat().st_mtime < limit)


def _folder() -> Path:
    folder = Path(settings.UTH_VAR) / "attachments"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _plain(name: str) -> str:
    if not name.replace("-", "").replace(".part", "").isalnum():
        raise FileNotFoundError(name)
    return name
