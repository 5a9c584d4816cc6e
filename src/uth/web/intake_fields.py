"""The form's fields (skemaets felter): each with its own Danish sentence, and none that throws away what was typed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict

from uth.law.terms import Term
from uth.law.text import tidy
from uth.web.rendering import Option
from uth.web.templatetags.uth import danish_date

CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:\s]?(\d{2}))?", re.IGNORECASE)


class Words(forms.CharField):
    """A text; the browser must not cut what is pasted, so we count and say so instead."""

    def to_python(self, value: Any) -> str:
        """The text as we keep it."""
        return super().to_python(tidy(str(value)) if value else value) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without maxlength."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class ClockTime(Words):
    """A time of day as people write it: 14.30, 14:30, 1430 or 14."""

    def clean(self, value: Any) -> time | None:
        """The time, or a sentence."""
        text = super().clean(value)
        if not text:
            return None
        found = CLOCK.fullmatch(text)
        try:
            if found:
                return time(int(found[1]), int(found[2] or 0))
        except ValueError:
            pass
        raise forms.ValidationError("Skriv klokkeslættet som for eksempel 14.30, eller lad feltet stå tomt.")


def words(
    label: str, *, required: str = "", most: int = 200, help_text: str = "", width: str = "", **attrs: Any
) -> Words:
    """One line of text. `required` is the sentence to show when it is missing.

    On a shared computer the browser would offer the next person what this one typed, so it is told not to.
    """
    return _text(
        forms.TextInput({"class": width, "autocomplete": "off", **attrs}), label, required, most, help_text
    )


def prose(label: str, *, required: str = "", most: int = 4_000, help_text: str = "", rows: int = 5) -> Words:
    """Several lines of text."""
    return _text(forms.Textarea({"rows": rows}), label, required, most, help_text)


def _text(widget: forms.Widget, label: str, required: str, most: int, help_text: str) -> Words:
    limit = f"{most:,}".replace(",", ".")
    too_long = f"Teksten må højst fylde {limit} tegn. Forkort den; intet er slettet."
    return Words(
        label=label,
        required=bool(required),
        max_length=most,
        help_text=help_text,
        widget=widget,
        error_messages={"required": required, "max_length": too_long},
    )


def one_of(
    label: str,
    choices: Iterable[tuple[str, str]],
    *,
    required: str = "",
    help_text: str = "",
    initial: str = "",
    select: bool = False,
) -> forms.ChoiceField:
    """One answer of several, as radio buttons or a list."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        required=bool(required),
        help_text=help_text,
        initial=initial,
        widget=forms.Select if select else forms.RadioSelect,
        error_messages={
            "required": required,
            "invalid_choice": "Det svar kender vi ikke. Vælg et af dem, der står på siden.",
        },
    )


def terms[T: Term](members: Iterable[T], hints: Mapping[T, str] | None = None) -> list[tuple[str, str]]:
    """Words of the law as choices, with hints under them."""
    return [(str(member), Option(member.danish, (hints or {}).get(member, ""))) for member in members]


def conditional[F: forms.Field](field: F) -> F:
    """A field that another answer makes needed: not to be called optional."""
    field.conditional = True  # type: ignore[attr-defined] # read by uth/forms/optional.html
    return field


def tick(label: str, *, help_text: str = "") -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(label=label, required=False, help_text=help_text)


class Question(forms.Form):
    """One page of the form, filled from what was told so far. With `ask` False it only shows, and reproaches nobody."""

    template = "intake/step.html"
    heading = ""
    intro = ""
    bare = False  # the answers speak for themselves when they are summed up
    so_far: Mapping[str, Any]
    on: date

    def __init__(
        self,
        told: Mapping[str, Sequence[str]],
        *,
        so_far: Mapping[str, Any],
        on: date,
        ask: bool = True,
    ) -> None:
        self.so_far, self.on, self.ask, self.told = so_far, on, ask, told
        super().__init__()
        self.prepare()
        mine = {name: list(told[name]) for name in self.names() if name in told}
        if ask or any(mine.values()):
            self.data, self.is_bound = MultiValueDict(mine), True

    def prepare(self) -> None:
        """Fit the page to what was told before."""

    @property
    def errors(self) -> ErrorDict:
        """None while somebody only looks."""
        return super().errors if self.ask else ErrorDict()

    def first(self, name: str) -> str:
        """What was typed in a field, before anybody judged it."""
        texts = self.told.get(name) or [""]
        return tidy(texts[-1])

    def names(self) -> list[str]:
        """The names this page posts."""
        found: list[str] = []
        for name, field in self.fields.items():
            parts: list[str] = getattr(field.widget, "widgets_names", [""])
            found += [name + part for part in parts]
        return found

    def said(self) -> dict[str, Any]:
        """The page's answers in the words of `Answers`."""
        return dict(self.cleaned_data)

    def plain(self) -> list[str]:
        """The answers as people read them, a line each; the question too, where the page asks several."""
        shown = [name for name in self.fields if not self[name].is_hidden]
        lines = [(str(self[name].label), self.text_of(name)) for name in shown]
        if self.bare or len(lines) == 1:
            return [text for _, text in lines if text]
        return [f"{label.rstrip('?:')}: {text}" for label, text in lines if text]

    def text_of(self, name: str) -> str:
        """One answer as people read it."""
        field, value = self.fields[name], self.cleaned_data.get(name)
        if isinstance(field, forms.BooleanField):
            return str(self[name].label) if value else ""
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, "")) if value else ""  # type: ignore[arg-type]
        if isinstance(value, time):
            return f"kl. {value:%H.%M}"
        return danish_date(value) if isinstance(value, date) else str(value or "")
