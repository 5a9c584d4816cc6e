"""The summary (opsummeringen): what was told, in plain words, and who will be able to read what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.urls import reverse

from uth.law.confidentiality import visible
from uth.law.terms import Role, State, Visible
from uth.web.intake_fields import Question
from uth.web.intake_files import Files
from uth.web.intake_rows import Rows
from uth.web.intake_steps import FormTable, Page
from uth.web.templatetags.uth import danish_date

type Fact = tuple[str, str, str]


def summary_lists(form: FormTable, walked: Iterable[Page], files: Iterable[str] = ()) -> list[Fact]:
    """A line for each page: its name, what was said, and where to change it."""
    attached = "\n".join(files) or "Ingen"
    return [
        (
            page.step.name,
            attached if isinstance(page.question, Files) else _plain(page.question),
            reverse("intake-step", args=[form.slug, page.step.slug]),
        )
        for page in walked
    ]


def missing(form: FormTable, walked: Iterable[Page], refused: Mapping[str, str]) -> list[tuple[str, str]]:
    """What must be mended before sending: the sentence and the page."""
    found = []
    for page in walked:
        url = reverse("intake-step", args=[form.slug, page.step.slug])
        texts = [str(error) for errors in page.question.errors.values() for error in errors]
        texts += [text for name, text in refused.items() if name in page.question.fields]
        found += [(text, url) for text in dict.fromkeys(texts)]
    return found


def _plain(question: Question) -> str:
    """The page's answers as lines of text."""
    if not question.is_valid():
        return ""
    if isinstance(question, Rows):
        return "\n".join(_row(answer) for answer in question.said()[question.rows])
    lines = [_field(question, name) for name in question.fields if not question[name].is_hidden]
    visible_fields = [line for line in lines if line]
    if len(question.visible_fields()) == 1:
        return visible_fields[0][1] if visible_fields else ""
    return "\n".join(f"{label.rstrip('?:')}: {text}" if label else text for label, text in visible_fields)


def _field(question: Question, name: str) -> tuple[str, str] | None:
    field, value = question.fields[name], question.cleaned_data.get(name)
    if value in (None, "", False):
        return None
    label = str(question[name].label)
    if isinstance(field, forms.BooleanField):
        return "", label
    if isinstance(field, forms.ChoiceField):
        return label, str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    if isinstance(value, time):
        return label, f"kl. {value:%H.%M}"
    return label, danish_date(value) if isinstance(value, date) else str(value)


def _row(answer: Any) -> str:
    texts = [getattr(answer, f.name) for f in fields(answer)] if is_dataclass(answer) else []
    return ", ".join(text for text in texts if text)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who will handle the report, and what they see of it."""

    who: str
    cells: tuple[tuple[str, bool], ...]


CONTENT = (
    ("Det, du har skrevet", frozenset({Visible.STORY})),
    ("Teksten uden navne", frozenset({Visible.CLEAN_TEXT})),
    ("Hvem du er", frozenset({Visible.REPORTER_IDENTITY})),
    ("Hvem patienten er", frozenset({Visible.PATIENT_IDENTITY})),
)
READERS = (
    ("Den, der modtager rapporten", Role.INTAKE),
    ("Sagsbehandleren", Role.HANDLER),
    ("Risikomanageren samme sted", Role.RISK_MANAGER),
    ("Systemets administrator", Role.ADMIN),
    ("Det nationale niveau", Role.NATIONAL),
)


def contents(everything: Mapping[str, Any]) -> tuple[tuple[str, frozenset[Visible]], ...]:
    """The kinds of content this report has: who told and who it is about only where it says so."""
    lacks = set()
    if not any(everything.get(n) for n in ("reporter_name", "reporter_email", "reporter_phone")):
        lacks.add(Visible.REPORTER_IDENTITY)
    if not (everything.get("patient_name") or everything.get("patient_cpr")):
        lacks.add(Visible.PATIENT_IDENTITY)
    return tuple((name, kinds) for name, kinds in CONTENT if not kinds & lacks)


def readers(everything: Mapping[str, Any]) -> tuple[Reader, ...]:
    """The table of who can read what at any time of the case's life, as the law's own table says."""
    asked = contents(everything)
    return tuple(
        Reader(who, tuple((name, any(kinds & visible(role, s) for s in State)) for name, kinds in asked))
        for who, role in READERS
    )
