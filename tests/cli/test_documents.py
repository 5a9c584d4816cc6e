"""The generated pages say what the tables say."""

from pathlib import Path

import pytest

from uth.cli.documents import PAGES, main, stale, write

ROOT = Path(__file__).parents[2]


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
