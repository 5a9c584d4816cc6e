"""Days told by their distance (dage): the course of events stays, the dates go."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.deid.told import told

from uth.deid.calendar import Written, read
from uth.deid.replace import Cast


@pytest.mark.parametrize(
    ("written", "day", "month", "year"),
    [
        ("3/4", 3, 4, None), ("03.04.2024", 3, 4, 2024), ("3-4-24", 3, 4, 2024), ("2024-04-03", 3, 4, 2024),
        ("3. april", 3, 4, None), ("3 apr 24", 3, 4, 2024), ("tredje april", 3, 4, None), ("030424", 3, 4, 2024),
        ("5 marst", 5, 3, None), ("april 2024", None, 4, 2024), ("den 14.", 14, None, None), ("3. ds", 3, None, None),
        ("24/XII", 24, 12, None), ("juleaften 2023", 24, 12, 2023), ("2. juledag", 26, 12, None),
        ("skærtorsdag 2024", 28, 3, 2024), ("2. påskedag 2024", 1, 4, 2024), ("langfredag 2025", 18, 4, 2025),
        ("otteogtyvende februar", 28, 2, None), ("tirsdag den 6. august 2024", 6, 8, 2024), ("July 4th, 2024", 4, 7, 2024),
    ],
)  # fmt: skip
def test_a_date_is_read_as_far_as_it_is_written(
    written: str, day: int | None, month: int | None, year: int | None
) -> None:
    assert read(written) == Written(day, month, year)


@pytest.mark.parametrize(
    "written", ["", "37/14", "1. ramadan", "snart", "31/12 9999", "0/0", "²/³", "maj 0001"]
)
def test_what_is_no_date_is_not_read_as_one(written: str) -> None:
    assert read(written) is None


@given(st.text(alphabet="0123456789./- djanuarfebmtspilgoktv'æøå²٣", max_size=24))
def test_any_words_can_be_tried(written: str) -> None:
    found = read(written)
    assert found is None or any(char.isalnum() for char in written)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Indlagt {DATE|28/2}, udskrevet d. {DATE|1/3}.", "Indlagt [dag 0], udskrevet [dagen efter]."),
        ("{DATE|28.2.2024} og {DATE|1.3.2024}", "[dag 0] og [2 dage senere]"),
        ("Opereret {DATE|30/12-23}, set {DATE|2/1}.", "Opereret [dag 0], set [3 dage senere]."),
        ("Den {DATE|16.} faldt han, den {DATE|14.} var han rask.", "[dag 0] faldt han, [2 dage før] var han rask."),
        ("Fra {DATE|11. til 15. juni} og igen {DATE|20/6}.", "Fra [dag 0 til 4] og igen [9 dage senere]."),
        ("Set {DATE|4/3 2024}, først svar {DATE|12/6 24}.", "Set [dag 0], først svar [ca. 3 måneder senere]."),
        ("Set {DATE|4/3 2024}. Protese fra {DATE|maj 2019}.", "Set [dag 0]. Protese fra [flere år før]."),
        ("Set {DATE|4/3 2024}. Skannet {DATE|februar 2024}.", "Set [dag 0]. Skannet [måneden før]."),
        ("Mandag {DATE|4/3} kl. 14.20 i aftenvagten", "Mandag [dag 0] kl. 14.20 i aftenvagten"),
        ("Natten til d. {DATE|7.}, uge 14, i maj 2 dage efter", "Natten til [dag 0], uge 14, i maj 2 dage efter"),
    ],
)  # fmt: skip
def test_dates_become_distances_from_the_first(before: str, after: str) -> None:
    assert told(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Født {DATE|3/4 1931}, faldt {DATE|5/6 2024}.", "Født [dato], faldt [dag 0]."),
        ("f. {DATE|030431}, faldt {DATE|5/6}", "f. [dato], faldt [dag 0]"),
        ("Faldt {DATE|5/6} under {DATE|1. ramadan}.", "Faldt [dag 0] under [dato]."),
        ("Faldt {DATE|5/6}. Hoften er fra {DATE|maj 2019}.", "Faldt [dag 0]. Hoften er fra [dato]."),
        ("Den [2 dage senere] og {DATE|5/6}", "Den [2 dage senere] og [dato]"),
    ],
)
def test_a_birthday_and_what_cannot_be_reckoned_are_only_dates(before: str, after: str) -> None:
    assert told(before) == after


def test_the_day_it_happened_is_day_0_where_it_is_known() -> None:
    cast = Cast()
    cast.days.begin(date(2024, 3, 6))
    assert told("Indlagt {DATE|4/3}. Faldt {DATE|6/3}.", cast=cast) == "Indlagt [2 dage før]. Faldt [dag 0]."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Hun er {AGE_OVER_89|93} år", "Hun er [over 89] år"),
        ("en {AGE_OVER_89|90}-årig mand", "en [over 89]-årig mand"),
        ("på {AGE_OVER_89|tooghalvfems} år", "på [over 89] år"),
    ],
)
def test_a_high_age_is_banded_and_reads_on(before: str, after: str) -> None:
    assert told(before) == after
