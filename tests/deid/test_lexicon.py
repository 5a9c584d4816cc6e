"""The word lists are small, sorted and say where they come from (ordlister)."""

from importlib.resources import files
from pathlib import Path

import pytest

from uth.deid import lexicon
from uth.deid.engine import find
from uth.deid.find.numbers import chains, spoken
from uth.deid.leaks import leaks

FOLDER = Path(str(files("uth.deid") / "lexicon"))
LISTS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_is_sorted_lower_case_and_without_doubles(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert all(line == line.lower().strip() and line for line in lines)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_says_its_source(path: Path) -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"`{path.name}`" in readme


def test_the_lists_together_stay_under_a_megabyte() -> None:
    assert sum(path.stat().st_size for path in LISTS) < 1_000_000


def test_no_word_that_begins_a_sentence_is_taken_for_a_name() -> None:
    assert not lexicon.stopwords() & {"hanne", "jens", "mette", "bo", "maj"}
    for word in ("Patienten", "Herefter", "Sygeplejersken", "Vagtlægen", "Borgeren", "Datteren"):
        assert find(f"{word} ringede igen.") == ()


def test_no_text_lingers_after_the_reading() -> None:
    find("Hanne Holm, 010203-1234")
    leaks("Hanne Holm, 010203-1234")
    assert chains.cache_info().currsize == 0
    assert spoken.cache_info().currsize == 0
