"""A tagger reads a placeholder as one sign, and its tokens stand where they stand in the text."""

import numpy as np
import pytest

from uth.deid import student
from uth.deid.around import read_around
from uth.deid.placeholder import blanked
from uth.deid.tagger import Reading


@pytest.mark.parametrize(
    "text",
    [
        "Pt. faldt.",
        "[patienten] faldt.",
        "Så faldt [patienten]",
        "[patienten][dato] kl. 14.30 i [by]. Slut",
        "a [navn] b [dato] c",
    ],
)
def test_every_word_stands_where_it_stood(text: str) -> None:
    seen = blanked(text)
    reading = read_around(student.read, seen)
    words = [seen[token.start : token.end] for token in reading.tokens]
    assert [word for word in words if word.isalnum()] == [
        seen[token.start : token.end] for token in student.read(seen).tokens if seen[token.start].isalnum()
    ]
    assert "".join(words) == "".join(seen.split())


def test_how_long_a_placeholder_is_says_nothing() -> None:
    def belief(text: str) -> Reading:
        return read_around(student.read, blanked(text))

    short, long = (
        belief("Ringede til [by] og Hanne."),
        belief("Ringede til [patientens svigerdatter] og Hanne."),
    )
    assert np.array_equal(short.probabilities, long.probabilities)
