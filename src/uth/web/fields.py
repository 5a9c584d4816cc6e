"""Form fields of our own (felter): a date in three boxes, as the design system draws it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

PARTS = (("day", "Dag", 2), ("month", "Måned", 2), ("year", "År", 4))


class DayMonthYearWidget(forms.MultiWidget):
    """Three number boxes with a label each."""

    template_name = "uth/forms/widgets/day_month_year.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Draw text boxes with a number pad: spinning wheels change a date by accident."""
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput({"inputmode": "numeric", "maxlength": size, "autocomplete": "off"})
            for part, _, size in PARTS
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        """Spread a date over the three boxes."""
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give each box its name and its words."""
        context = super().get_context(name, value, attrs)
        for box, (part, words, _) in zip(context["widget"]["subwidgets"], PARTS, strict=True):
            box["part"], box["part_label"] = part, words
        return context


class DayMonthYearField(forms.MultiValueField):
    """A day, asked for as day, month and year, refused in a sentence that says what is wrong."""

    widget = DayMonthYearWidget
    default_error_messages = {
        "required": "Skriv datoen.",
        "incomplete": "Skriv både dag, måned og år.",
        "not_a_day": "Datoen findes ikke. Skriv den som for eksempel 7 3 2026.",
    }

    def __init__(self, **kwargs: Any) -> None:
        """Three texts in, one date out."""
        boxes = [forms.CharField(max_length=size, required=False) for _, _, size in PARTS]
        super().__init__(boxes, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> date | None:
        """Refuse half a date before anything else."""
        texts = [str(part or "").strip() for part in (value or [])]
        if any(texts) and not all(texts):
            raise forms.ValidationError(self.error_messages["incomplete"], code="incomplete")
        result: date | None = super().clean(value)
        return result

    def compress(self, data_list: Sequence[Any]) -> date | None:
        """Join the three texts to a date."""
        if not data_list or not any(data_list):
            return None
        try:
            day, month, year = (int(part) for part in data_list)
            return date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            raise forms.ValidationError(self.error_messages["not_a_day"], code="not_a_day") from None
