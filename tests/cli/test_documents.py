"""The generated pages say what the tables say, and what they claim about code and tests is true."""

import importlib
import re
from pathlib import Path

import pytest

from uth.cli.documents import PAGES, main, requirements, stale, write

ROOT = Path(__file__).parents[2]
TESTS = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
}


def test_the_pages_of_docs_are_current() -> None:
    assert stale(ROOT) == [], "run `uth docs` (or python -m uth.cli.documents) and commit the result"


def test_a_page_is_the_same_each_time_it_is_written() -> None:
    assert all(page() == page() for page in PAGES.values())


def test_check_says_what_is_stale_and_writing_mends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check", "--root", str(tmp_path)]) == 1
    assert "docs/law.md is stale" in capsys.readouterr().out
    assert not (tmp_path / "docs").exists()
    assert main(["--root", str(tmp_path)]) == 0
    assert main(["--check", "--root", str(tmp_path)]) == 0
    assert write(tmp_path) == []


@pytest.mark.parametrize("row", requirements(), ids=lambda row: row["key"])
def test_a_requirement_names_code_and_a_test_that_exist_or_what_is_missing(row: dict[str, str]) -> None:
    assert ("test" in row) != ("missing" in row)
    if "test" in row:
        assert row["test"] in TESTS
        assert "code" in row
    if "code" in row:
        module, _, name = row["code"].partition(":")
        assert hasattr(importlib.import_module(module), name or "__doc__")


def test_every_requirement_of_the_order_is_listed_once() -> None:
    keys = [row["key"] for row in requirements()]
    assert len(keys) == len(set(keys))
    assert [key for key in keys if key.startswith("R")] == [f"R{number}" for number in range(1, 29)]
