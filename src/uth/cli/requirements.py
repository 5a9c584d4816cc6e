"""The requirements (kravene): each paragraph with its dated rule, its code, its tests and the page where it is met."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

NO_PAGE = "ingen side: "


@dataclass(frozen=True, slots=True)
class Page:
    """Where a user meets the paragraph: the page's name and its address; `<…>` stands for a number."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One paragraph and what answers it; `missing` says what is still to come."""

    key: str
    paragraph: str
    asks: str
    rules: tuple[str, ...]
    code: tuple[str, ...]
    tests: tuple[str, ...]
    pages: tuple[Page, ...]
    no_page: str
    missing: str


def requirements() -> tuple[Requirement, ...]:
    """Every row of requirements.toml, in its order."""
    text = files("uth.cli").joinpath("requirements.toml").read_text(encoding="utf-8")
    return tuple(_read(row) for row in tomllib.loads(text)["row"])


KNOWN = frozenset({"key", "paragraph", "asks", "rule", "code", "test", "page", "missing"})


def _read(row: Mapping[str, Any]) -> Requirement:
    if unknown := set(row) - KNOWN:
        raise ValueError(f"{row.get('key')}: nobody reads {', '.join(sorted(unknown))}")
    told = _several(row.get("page"))
    return Requirement(
        key=row["key"],
        paragraph=row["paragraph"],
        asks=row["asks"],
        rules=_several(row.get("rule")),
        code=_several(row.get("code")),
        tests=_several(row.get("test")),
        pages=tuple(_page(each) for each in told if not each.startswith(NO_PAGE)),
        no_page="; ".join(each.removeprefix(NO_PAGE) for each in told if each.startswith(NO_PAGE)),
        missing=row.get("missing", ""),
    )


def _several(value: str | list[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _page(told: str) -> Page:
    name, _, path = told.rpartition(": ")
    return Page(name, path)
