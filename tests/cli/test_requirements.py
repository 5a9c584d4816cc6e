"""From paragraph to page: every row names rules, code, tests and pages that are there, and no row is without a test."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from uth.cli.requirements import Page, Requirement, requirements
from uth.law import rulebook
from uth.web.handling import PAGES as ACTS
from uth.web.intake_steps import FORMS, SUMMARY

ROOT = Path(__file__).parents[2]
ROWS = requirements()
REFORMS = ["K23-1", "K23-2", "K23-3", "SR-2017", "SR-2023", "SR-2024", "K25-1", "K25-2", "K27-1", "K27-2"]
THE_ACT = ["S198-3", "S199", "S200", "S201"]

# Rows that may still say what is missing. Whoever lands one takes its key out, here and in requirements.toml.
STILL_TO_COME: frozenset[str] = frozenset()


def named_in(path: Path) -> Iterator[str]:
    """The tests of a file: functions pytest would collect, not words in a comment."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name


TESTS = {name for path in (ROOT / "tests").rglob("test_*.py") for name in named_in(path)}


def routes(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Every address of the site, with <> where something stands."""
    for found in (resolver or get_resolver()).url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLPattern):
            yield re.sub(r"<[^>]*>", "<>", route)
        else:
            yield from routes(found, route)


ROUTES = set(routes())


def is_there(path: str) -> bool:
    """Whether somebody who goes to this address finds a page; the forms' steps and the acts are asked by name."""
    parts = [re.sub(r"<[^>]*>", "<>", part) for part in path.split("/")]
    match parts:
        case ["", "rapporter", form, step, ""] if form in FORMS:
            return step == SUMMARY or step in {each.slug for each in FORMS[form].steps}
        case ["", "rapporter", form, ""] if form in FORMS:
            return True
        case ["", "sager", "<>", act, ""] if act in ACTS:
            return True
    return "/".join(parts) in ROUTES


def test_every_requirement_is_listed_once_and_no_other() -> None:
    assert [row.key for row in ROWS] == [*(f"R{n}" for n in range(1, 29)), *REFORMS, *THE_ACT]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_a_requirement_has_a_test_and_code_and_says_where_it_is_met(row: Requirement) -> None:
    if row.missing:
        return
    assert row.tests, f"{row.key} {row.paragraph}: no test"
    assert row.code, f"{row.key} {row.paragraph}: no code"
    assert row.pages or row.no_page, f"{row.key} {row.paragraph}: name a page, or say why there is none"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_the_tests_of_a_requirement_exist(row: Requirement) -> None:
    assert set(row.tests) <= TESTS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_the_code_of_a_requirement_can_be_imported(row: Requirement) -> None:
    for told in row.code:
        module, _, name = told.partition(":")
        assert hasattr(importlib.import_module(module), name or "__doc__"), told


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_the_dated_rules_of_a_requirement_stand_in_the_rulebook(row: Requirement) -> None:
    assert all(rulebook.periods(name) for name in row.rules)


@pytest.mark.parametrize(
    "page", [pytest.param(p, id=f"{row.key} {p.path}") for row in ROWS for p in row.pages]
)
def test_the_page_of_a_requirement_opens_at_its_address(page: Page) -> None:
    assert page.name, "a page has a Danish name before its address"
    assert is_there(page.path), page.path


@pytest.mark.parametrize(
    "path", ["/findes-ikke/", "/rapporter/fagperson/findes-ikke/", "/sager/<sag>/vrøvl/"]
)
def test_an_address_that_leads_nowhere_is_found_out(path: str) -> None:
    assert not is_there(path)


def test_only_what_is_still_to_come_is_missing() -> None:
    assert {row.key for row in ROWS if row.missing} == STILL_TO_COME, (
        "a row that has landed leaves STILL_TO_COME; one without a test is not done"
    )
