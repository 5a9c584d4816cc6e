"""Form fields of our own (felter): a date in three boxes."""

from datetime import date

import pytest
from django import forms

from uth.web.fields import DayMonthYearField


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        (["31", "2", "2026"], "Datoen findes ikke"),
        (["3", "", "2026"], "både dag, måned og år"),
        (["", "", ""], "Skriv datoen"),
        (["x", "1", "2026"], "Datoen findes ikke"),
    ],
)
def test_a_date_that_is_not_one_is_refused_in_a_sentence(parts: list[str], refusal: str) -> None:
    form = _date_form(parts)
    assert refusal in str(form.errors["day"])


def test_a_date_in_three_boxes_becomes_a_day() -> None:
    assert _date_form(["7", "3", "26"]).cleaned_data["day"] == date(2026, 3, 7)


def _date_form(parts: list[str]) -> forms.Form:
    class OneDay(forms.Form):
        day = DayMonthYearField()

    form = OneDay(dict(zip(("day_day", "day_month", "day_year"), parts, strict=True)))
    form.is_valid()
    return form
