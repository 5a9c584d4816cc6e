"""Licences (licenser): what this is made of, read from THIRD_PARTY.md and from the installed libraries."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Library:
    """An installed library we depend on."""

    name: str
    version: str
    licence: str


@cache
def version() -> str:
    """Our own version."""
    try:
        return metadata.version("uth")
    except metadata.PackageNotFoundError:
        return "ukendt"


@cache
def third_party() -> tuple[tuple[SafeString, ...], ...]:
    """The rows of THIRD_PARTY.md, its heading first."""
    rows = [line for line in _third_party_text().splitlines() if line.startswith("|")]
    return tuple(
        tuple(_cell(cell) for cell in row.strip("|").split("|"))
        for row in rows
        if not set(row) <= set("|-: ")
    )


@cache
def libraries() -> tuple[Library, ...]:
    """The libraries we name ourselves, with the version that is installed."""
    try:
        wanted = metadata.requires("uth") or []
    except metadata.PackageNotFoundError:
        return ()
    names = {re.split(r"[\s\[;<>=!~]", each)[0].lower() for each in wanted if "extra ==" not in each}
    return tuple(found for name in sorted(names) if (found := _library(name)))


def _third_party_text() -> str:
    """Shipped with the package; in a checkout it lies in the root."""
    shipped = files("uth.web").joinpath("THIRD_PARTY.md")
    if shipped.is_file():
        return shipped.read_text(encoding="utf-8")
    return Path(__file__).parents[3].joinpath("THIRD_PARTY.md").read_text(encoding="utf-8")


def _cell(text: str) -> SafeString:
    html = LINK.sub(r'<a href="\2">\1</a>', str(escape(text.strip())))
    return mark_safe(CODE.sub(r"<code>\1</code>", html))  # noqa: S308 - escaped above  # nosec


def _library(name: str) -> Library | None:
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    classified = [
        c.rpartition(" :: ")[2] for c in told.get_all("Classifier") or [] if c.startswith("License")
    ]
    short = (told.get("License") or "").strip().partition("\n")[0][:60]
    licence = told.get("License-Expression") or ", ".join(classified) or short or "se pakken"
    return Library(told["Name"], told["Version"], str(licence))
