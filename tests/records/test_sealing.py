"""Sealing (forsegling): what is sealed opens with its key in its place, and codes survive being read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uth.records.sealing import (
    SYLLABLES,
    SealBroken,
    key_from_code,
    keyed_hash,
    new_code,
    normal_code,
    seal,
    unseal,
)


def test_what_was_sealed_opens_again() -> None:
    assert unseal(seal({"navn": "Åse Ærlig"}, context="reporter 1"), context="reporter 1") == {
        "navn": "Åse Ærlig"
    }


def test_a_sealed_row_moved_to_another_report_does_not_open() -> None:
    with pytest.raises(SealBroken):
        unseal(seal({"navn": "Åse"}, context="reporter 1"), context="reporter 2")


@given(st.integers(min_value=0, max_value=200), st.integers(min_value=1, max_value=255))
def test_one_altered_byte_breaks_the_seal(place: int, change: int) -> None:
    sealed = bytearray(seal({"navn": "Åse"}, context="x"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), context="x")


def test_a_draft_opens_only_with_its_code() -> None:
    code = new_code()
    sealed = seal({"story": "fald"}, context="draft", key=key_from_code(code))
    assert unseal(sealed, context="draft", key=key_from_code(code.upper()))["story"] == "fald"
    with pytest.raises(SealBroken):
        unseal(sealed, context="draft", key=key_from_code(new_code()))


def test_codes_hold_at_least_eighty_bits() -> None:
    assert len(set(SYLLABLES)) == 32
    assert new_code().count("-") == 5
    assert len(new_code().replace("-", "")) // 2 * 5 >= 80


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\n"])
def test_a_code_may_be_typed_with_other_capitals_blanks_and_dashes(typed: str) -> None:
    code = new_code()
    assert normal_code(typed.format(code.upper().replace("-", " "))) == code
    assert normal_code(typed.format(code.replace("-", ""))) == code


def test_the_same_value_hashes_apart_for_apart_uses() -> None:
    assert keyed_hash("receipt", "a") != keyed_hash("draft", "a")
