"""Restore (genskabelse): a backup becomes the site again; what was forgotten since is forgotten again."""

import json
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from uth.actions.forwarding import send_again
from uth.cli import copies
from uth.cli.backup import ATTACHMENTS, FORMAT, MANIFEST, digest, key_print, seal
from uth.jobs import forgetting
from uth.jobs.worker import ALIVE
from uth.law.actor import SYSTEM
from uth.queries.audit import broken_places

OVERLAP = timedelta(days=1)
AWAKE = 15  # seconds since the worker was last seen


class CannotRestore(Exception):
    """The message is the sentence to show; nothing has been changed."""


def restore(
    folder: Path, *, at: datetime, replace: bool, verify: bool, say: Callable[[str], None]
) -> list[str]:
    """Put the backup back; returns what does not hold afterwards (empty: all is well). Raises CannotRestore."""
    manifest = read(folder)
    _check_target(manifest, replace=replace)
    wrong = []
    for alias, told in manifest["databases"].items():
        copies.put_back(alias, folder / told["file"])
        if verify:
            wrong += _row_differences(alias, told["rows"])
        say(f"Databasen »{copies.NAMES[alias]}« er lagt tilbage.")
    wrong += _put_attachments(folder, manifest)
    _bring_up_to_date()
    _forget_again(at=at, say=say)
    if "national" in manifest["databases"] and settings.UTH_SITE == "both":
        since = datetime.fromisoformat(manifest["made_at"]) - OVERLAP
        count = send_again(since=since, by=SYSTEM, at=at)
        say(f"{count} breve til det nationale niveau sendes igen; de modtages kun én gang.")
    if verify:
        wrong += [
            f"Revisionssporet holder ikke: {b.building} {b.chain}/{b.seq} {b.why}." for b in broken_places()
        ]
    return wrong


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a whole backup made with this site's keys. Raises CannotRestore."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (OSError, ValueError):
        raise CannotRestore(
            f"{folder} er ikke en sikkerhedskopi: {MANIFEST} mangler eller kan ikke læses."
        ) from None
    if manifest.get("format") != FORMAT:
        raise CannotRestore("Sikkerhedskopien er lavet af en nyere udgave. Opdatér systemet først.")
    if manifest.get("vault_key") != key_print():
        raise CannotRestore(
            "Boksens nøgle er en anden end den, kopien er lavet med. Læg de gamle nøgler tilbage, før du genskaber."
        )
    if manifest.get("seal") != seal(manifest):
        raise CannotRestore("Sikkerhedskopiens indholdsfortegnelse er ændret, eller UTH_PEPPER er en anden.")
    for name, told in manifest["files"].items():
        path = folder / name
        if not path.is_file() or digest(path) != told["sha256"]:
            raise CannotRestore(
                f"Filen {name} i sikkerhedskopien mangler eller er beskadiget. Brug en anden kopi."
            )
    return manifest


def _check_target(manifest: dict[str, Any], *, replace: bool) -> None:
    for alias, told in manifest["databases"].items():
        if told["engine"] != copies.engine(alias):
            raise CannotRestore(
                f"Kopien er fra {told['engine']}, men her er {copies.engine(alias)}. Ret DATABASE_URL."
            )
        if newer := copies.unknown_migrations(told["migrations"]):
            raise CannotRestore(f"Kopien er lavet af en nyere udgave ({newer[-1]}). Opdatér systemet først.")
        if not replace and not copies.is_empty(alias):
            raise CannotRestore(
                f"Databasen »{copies.NAMES[alias]}« er ikke tom. Skriv --replace, hvis det, der står der, må gå tabt."
            )
    alive = settings.UTH_VAR / ALIVE
    if alive.exists() and time.time() - alive.stat().st_mtime < AWAKE:
        raise CannotRestore("Arbejderen kører. Stop webserver og arbejder, vent 15 sekunder, og prøv igen.")


def _row_differences(alias: str, told: dict[str, int]) -> list[str]:
    now = copies.rows(alias)
    return [
        f"Tabellen {table} har {now.get(table, 0)} rækker, men kopien siger {count}."
        for table, count in told.items()
        if now.get(table) != count
    ]


def _put_attachments(folder: Path, manifest: dict[str, Any]) -> list[str]:
    home = settings.UTH_VAR / ATTACHMENTS
    if home.exists():
        shutil.rmtree(home)
    if (folder / ATTACHMENTS).is_dir():
        shutil.copytree(folder / ATTACHMENTS, home)
        home.chmod(0o700)
    return [
        f"Bilaget {name} kom ikke helt med."
        for name, told in manifest["files"].items()
        if name.startswith(f"{ATTACHMENTS}/") and digest(settings.UTH_VAR / name) != told["sha256"]
    ]


def _bring_up_to_date() -> None:
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _forget_again(*, at: datetime, say: Callable[[str], None]) -> None:
    book = settings.UTH_FORGOTTEN_BOOK
    if not book.exists():
        say(
            f"Glemmebogen {book.name} findes ikke, så det, der er slettet siden kopien, kan være kommet igen. "
            "Læg den på plads fra den anden disk, og genskab på ny."
        )
    count = forgetting.replay(at=at)
    say(f"{count} slettede oplysninger er slettet igen.")
