"""Rows (rækker): a page that takes several of the same thing, also without JavaScript."""

from typing import Any, ClassVar

from django import forms

from uth.web.intake_fields import Question

MOST_ROWS = 20


class Rows(Question):
    """As many rows as were asked for; empty rows do not count."""

    template = "intake/rows.html"
    rows: ClassVar[str]
    title: ClassVar[str]
    add: ClassVar[str]
    answer: ClassVar[Any]
    needed: ClassVar[tuple[str, str]]

    def row(self) -> dict[str, Any]:
        """The fields of one row; a subclass says which."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Lay the rows out."""
        self.fields[self.counter] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial[self.counter] = str(self.count)
        for number in range(self.count):
            for name, field in self.row().items():
                self.fields[self.name_of(name, number)] = field

    @property
    def counter(self) -> str:
        return f"{self.rows}_rows"

    @property
    def count(self) -> int:
        typed = self.first(self.counter)
        return min(max(int(typed), 1), MOST_ROWS) if typed.isdecimal() and len(typed) < 4 else 1

    def name_of(self, name: str, number: int) -> str:
        """The posted name of a field in a row."""
        return f"{self.rows}_{number}_{name}"

    def one_more(self) -> dict[str, list[str]]:
        """What to tell the draft so that the page has a row more."""
        return {self.counter: [str(min(self.count + 1, MOST_ROWS))]}

    def drawn(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The rows for the template: a title and its fields."""
        return [
            (f"{self.title} {number + 1}", [self[self.name_of(name, number)] for name in self.row()])
            for number in range(self.count)
        ]

    def clean(self) -> dict[str, Any]:
        """A row with anything in it needs its name."""
        cleaned = super().clean() or {}
        name, sentence = self.needed
        for number in range(self.count):
            key = self.name_of(name, number)
            if self._filled(number) and not cleaned.get(key) and key not in self.errors:
                self.add_error(key, sentence)
        return cleaned

    def said(self) -> dict[str, Any]:
        """The filled rows."""
        return {
            self.rows: tuple(
                self.answer(**{name: self.cleaned_data[self.name_of(name, number)] for name in self.row()})
                for number in range(self.count)
                if self._filled(number)
            )
        }

    def plain(self) -> list[str]:
        """A line a row."""
        return [
            ", ".join(t for t in (self.text_of(self.name_of(name, number)) for name in self.row()) if t)
            for number in range(self.count)
            if self._filled(number)
        ]

    def _filled(self, number: int) -> bool:
        texts = [name for name, field in self.row().items() if not isinstance(field, forms.ChoiceField)]
        return any(self.cleaned_data.get(self.name_of(name, number)) for name in texts)
