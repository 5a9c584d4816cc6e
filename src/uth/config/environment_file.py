"""The environment file (miljøfilen): settings and fresh keys, written once for its owner alone, never over another."""

import os
from collections.abc import Mapping
from pathlib import Path

from uth.config.environment import new_keys

HEAD = """\
# Indstillinger og hemmelige nøgler til UTH. Kun den bruger, systemet kører som, må læse filen.
# Gem en kopi et andet sted end sikkerhedskopien af databasen: uden nøglerne kan identiteter ikke læses igen.
"""


class AlreadyThere(Exception):
    """There is a file of that name; it may hold the only copy of the keys."""


class Unwritable(Exception):
    """A value that cannot stand on one line of the file."""


def write(path: Path, values: Mapping[str, str]) -> dict[str, str]:
    """Write the values and new keys with mode 0600; returns all of them. Raises AlreadyThere or Unwritable."""
    everything = {**values, **new_keys()}
    for name, value in everything.items():
        if not value.isprintable() or value != value.strip() or set(value) & set("\"'\\#"):
            raise Unwritable(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as there:
        raise AlreadyThere(str(path)) from there
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(HEAD + "".join(f"{name}={value}\n" for name, value in everything.items()))
        file.flush()
        os.fsync(file.fileno())
    return everything


def read(path: Path) -> dict[str, str]:
    """The values of a file, as systemd and compose read it."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}
