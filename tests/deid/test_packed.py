"""Packed lists answer exactly as the words they were made from, and say when they are broken (pakkede lister)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uth.deid.packed import BIT, FIRST_WORD, BrokenList, Packed, pack

WORDS = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\n\t"), min_size=1, max_size=20
)
LISTS = st.dictionaries(st.sampled_from(sorted(BIT)), st.sets(WORDS, max_size=40))


@given(LISTS, st.sets(WORDS, max_size=20))
def test_a_word_stands_where_it_was_put_and_nowhere_else(
    lists: dict[str, set[str]], others: set[str]
) -> None:
    packed = Packed(pack(lists))
    for word in others.union(*lists.values()):
        stands = sum(BIT[name] for name, words in lists.items() if word in words)
        assert packed.get(word) & ~FIRST_WORD == stands


@given(LISTS)
def test_every_list_can_be_taken_out_again(lists: dict[str, set[str]]) -> None:
    packed = Packed(pack(lists))
    assert {name: set(packed.words(name)) for name in lists} == lists


@given(st.text())
def test_no_question_makes_it_raise(word: str) -> None:
    assert Packed(pack({"towns": ["aarhus"]})).get(word) == (BIT["towns"] if word == "aarhus" else 0)


def test_half_a_surrogate_is_in_no_list() -> None:
    assert Packed(pack({"towns": ["aarhus"]})).get("\ud800") == 0


def test_a_part_of_a_word_and_two_words_are_other_words() -> None:
    packed = Packed(pack({"towns": ["høje taastrup", "ry"], "villages": ["taastrup"]}))
    assert packed.get("høje taastrup") == BIT["towns"]
    assert packed.get("taastrup") == BIT["villages"]
    assert packed.get("høje") == FIRST_WORD
    assert packed.get("r") == packed.get("") == packed.get("\n") == 0


def test_the_same_words_make_the_same_file() -> None:
    assert pack({"towns": ["ry", "ans"]}) == pack({"towns": ["ans", "ry", "ry"]})


@pytest.mark.parametrize(
    "spoil", [lambda c: c[:-1], lambda c: c[:-1] + b"x", lambda c: b"", lambda c: b"navne"]
)
def test_a_file_that_is_not_whole_is_refused(spoil: object) -> None:
    with pytest.raises(BrokenList):
        Packed(spoil(pack({"towns": ["ry", "ans"]})))  # type: ignore[operator]


@pytest.mark.parametrize("word", ["", "to\nlinjer", "et\ttab"])
def test_a_word_that_would_break_the_file_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="no line end"):
        pack({"towns": [word]})
