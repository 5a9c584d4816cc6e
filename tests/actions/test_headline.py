"""The headline (overskriften) of a report that was given none."""

import pytest

from uth.actions.headline import MOST, headline_of


@pytest.mark.parametrize(
    ("story", "headline"),
    [
        ("Sengen stod højt. Patienten faldt.", "Sengen stod højt"),
        ("Pt. fik kl. 14 ca. 5 mg. for meget. Det gik godt.", "Pt. fik kl. 14 ca. 5 mg. for meget"),
        ("Faldt ud af sengen\nDet var nat.", "Faldt ud af sengen"),
    ],
)
def test_it_is_the_first_sentence(story: str, headline: str) -> None:
    assert headline_of(story) == headline


def test_a_number_that_identifies_stays_out_of_the_lists() -> None:
    story = "Karen 020191-9996 fik for meget; ring tlf. 20 12 34 56 eller a@opdigtet.invalid"
    assert headline_of(story) == "Karen [CPR-nummer] fik for meget; ring tlf. [telefonnummer] eller [e-mail]"


def test_a_long_sentence_is_cut_at_a_word() -> None:
    cut = headline_of("medicin " * 30)
    assert len(cut) <= MOST + 2
    assert cut.endswith("medicin …")
