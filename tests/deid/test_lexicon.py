"""The word lists are small, sorted and say where they come from (ordlister)."""

from importlib.resources import files
from pathlib import Path

import pytest

from uth.deid import lexicon
from uth.deid import packed as packed_lists
from uth.deid.engine import find
from uth.deid.find.numbers import chains, spoken
from uth.deid.leaks import leaks
from uth.deid.lexicon import AMBIGUOUS, FIRST_NAME_COMMON, TOWN, facts
from uth.deid.packed import pack
from uth.deid.words import words

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


def test_the_packed_lists_are_the_lists_that_can_be_read() -> None:
    """Made anew by `python tools/build_lexicon.py pack`."""
    packed = pack({name: lexicon.entries(name) for name in packed_lists.LISTS})
    assert (FOLDER / "lists.packed").read_bytes() == packed


def test_the_packed_lists_stay_small() -> None:
    assert (FOLDER / "lists.packed").stat().st_size < 2_000_000


def test_a_word_says_every_list_it_stands_in() -> None:
    assert facts("bo") & (AMBIGUOUS | FIRST_NAME_COMMON) == AMBIGUOUS | FIRST_NAME_COMMON
    assert facts("aarhus") & TOWN
    assert facts("vesterbro") & TOWN
    assert facts("zzyzx") == 0


def test_only_words_of_the_lists_are_remembered() -> None:
    memory, *_ = lexicon._read()
    find("Xyzabcdef ringede til Hanne.")
    assert "hanne" in memory
    assert "Hanne" in lexicon.remembered()
    assert "xyzabcdef" not in memory
    assert "Xyzabcdef" not in lexicon.remembered()


def test_no_word_that_begins_a_sentence_is_taken_for_a_name() -> None:
    assert not lexicon.stopwords() & {"hanne", "jens", "mette", "bo", "maj"}
    for word in ("Patienten", "Herefter", "Sygeplejersken", "Vagtlægen", "Borgeren", "Datteren"):
        assert find(f"{word} ringede igen.") == ()


def test_no_text_lingers_after_the_reading() -> None:
    find("Hanne Holm, 010203-1234")
    leaks("Hanne Holm, 010203-1234")
    assert chains.cache_info().currsize == 0
    assert spoken.cache_info().currsize == 0
    assert words.cache_info().currsize == 0
