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


@pytest.mark.parametrize("before", range(60, 100, 3))
def test_a_number_that_the_cut_goes_through_stays_out_too(before: int) -> None:
    for length in (before, before + 140, before + 160):
        cut = headline_of("a" * 20 + " " + "ord " * ((length - 21) // 4) + "020191-9996 og mere" * 20)
        assert "0201" not in cut


def test_many_addresses_in_a_row_leave_no_half_one() -> None:
    cut = headline_of(" ".join(f"{'x' * 60}@{'y' * 40}{i}.invalid" for i in range(9)))
    assert "xxx" not in cut
    assert "yyy" not in cut
