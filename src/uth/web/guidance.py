"""Guidance shown (vejledning på siderne): the longer help beside fields and steps, one click away from the short hint."""

from datetime import date

from django import forms

from uth.law.guidance import act_topic, field_topic, step_topic
from uth.law.terms import Act
from uth.queries.guidance import Guidance, guidance
from uth.web.intake_rows import Rows


def beside_fields(form: forms.Form, *, form_key: str, step: str, on: date) -> Guidance | None:
    """Put each field's help on the field; returns the step's own."""
    topics = {name: field_topic(form_key, topic) for name, topic in _named(form).items()}
    own = step_topic(form_key, step)
    texts = guidance([own, *topics.values()], on=on)
    _put(form, topics, texts)
    return texts.get(own or "")


def beside_act(act: Act, *, on: date, form: forms.Form | None = None) -> Guidance | None:
    """Put help on the fields of an act's form; returns the act's own."""
    topics = {name: act_topic(act, name) for name in form.fields} if form else {}
    own = act_topic(act)
    texts = guidance([own, *topics.values()], on=on)
    if form:
        _put(form, topics, texts)
    return texts.get(own or "")


def _named(form: forms.Form) -> dict[str, str]:
    """Field -> the word its topic goes by. Of several rows, the first one has the help."""
    if isinstance(form, Rows):
        return {form.name_of(name, 0): f"{form.rows}.{name}" for name in form.row()}
    return {name: name for name, field in form.fields.items() if not field.widget.is_hidden}


def _put(form: forms.Form, topics: dict[str, str | None], texts: dict[str, Guidance]) -> None:
    for name, topic in topics.items():
        form.fields[name].guidance = texts.get(topic or "")  # type: ignore[attr-defined] # read by uth/forms/field.html
