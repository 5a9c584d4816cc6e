"""The paper form (papirskemaet): the web form's own questions laid out for a pen, so that neither can be forgotten."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from uth.web.fields import PARTS, DayMonthYearField
from uth.web.intake_fields import Question
from uth.web.intake_files import Files
from uth.web.intake_rows import Rows
from uth.web.intake_steps import FormTable, Step

ROWS_ON_PAPER = 2
CPR = "patient_cpr"
MOST_BOXES = 12
LONGEST_STORY = 14  # lines: one side of paper


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What a question says on paper and not on the web, where its page or its buttons say it."""

    intro: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    warning: str = ""
    apart: bool = False  # in a frame of its own


NO_NAMES = (
    "Skriv ikke navne eller CPR-numre her. Skriv for eksempel »patienten« og »sygeplejersken«. "
    "Der er en ramme til patientens navn længere fremme."
)
PATIENT = OnPaper(
    intro=(
        "Du behøver ikke udfylde rammen. Navn og CPR-nummer bruges kun til at finde de rette oplysninger i journalen, "
        "når hændelsen undersøges. De gemmes for sig selv, hver visning bliver noteret, og de slettes, før "
        "rapporten sendes videre.",
    ),
    apart=True,
)
FILES = OnPaper(
    intro=("Læg gerne kopier i kuverten. Dæk navne og CPR-numre til først. Du får ikke papirerne tilbage.",)
)
# Beside the questions, by the step's word; a step that is not here says all it needs itself.
WORDS: Mapping[tuple[str, str], OnPaper] = {
    ("professional", "hvad-skete-der"): OnPaper(
        points=(
            "Hvad gik forud?",
            "Hvad skete der, og hvad medvirkede til det?",
            "Hvad blev der gjort bagefter?",
            "Hvad kunne have forhindret det?",
        ),
        warning=NO_NAMES,
    ),
    ("patient", "hvad-skete-der"): OnPaper(
        points=(
            "Hvad skete der før?",
            "Hvad gik galt eller var tæt på at gå galt?",
            "Hvad skete der bagefter?",
        ),
        warning=NO_NAMES,
    ),
    ("professional", "patienten"): PATIENT,
    ("patient", "patienten"): PATIENT,
    ("professional", "bilag"): FILES,
    ("patient", "bilag"): FILES,
}


def sections(form: FormTable, *, on: date, coded: bool) -> list[dict[str, Any]]:
    """Every step of the form in its order, also those the web asks of some only. `coded`: there is a slip with a code."""
    drawn = [_section(form, step, on=on) for step in form.steps]
    return drawn if coded else [_without_code(part) for part in drawn]


def _without_code(part: dict[str, Any]) -> dict[str, Any]:
    """Hints that promise something of a receipt code would promise it to somebody who has none."""
    if isinstance(part.get("hint"), str) and "kvittering" in part["hint"]:
        part["hint"] = ""
    for inner in (*part.get("fields", ()), *part.get("options", ())):
        _without_code(inner)
    return part


def blank(form: FormTable, step: Step, *, on: date) -> Question:
    """A step's question as somebody meets it who has told nothing."""
    return step.question({}, so_far=dict(form.given), on=on, ask=False)


def _section(form: FormTable, step: Step, *, on: date) -> dict[str, Any]:
    question = blank(form, step, on=on)
    said = WORDS.get((form.key, step.slug), OnPaper())
    fields = list(_fields(question))
    heading = question.heading or step.name
    if not question.heading and fields and len(fields) == 1:
        heading, fields[0]["label"] = fields[0]["label"], ""
    return {
        "slug": step.slug,
        "heading": heading,
        "only": step.only,
        "intro": [text for text in (question.intro.replace(" Ellers fortsæt.", ""), *said.intro) if text],
        "points": list(said.points),
        "warning": said.warning,
        "apart": said.apart,
        "fields": fields,
    }


def _fields(question: Question) -> Iterator[dict[str, Any]]:
    """The visible fields of a page; of rows, as many as there is room for."""
    if isinstance(question, Files):
        yield _field("upload", forms.CharField(label="Hvor mange ark lægger du ved?", required=False))
        return
    if isinstance(question, Rows):
        yield from (_row(question, number) for number in range(ROWS_ON_PAPER))
        return
    for name, field in question.fields.items():
        if not field.widget.is_hidden:
            yield _field(name, field)


def _row(question: Rows, number: int) -> dict[str, Any]:
    drawn = [_field(question.name_of(name, number), field) for name, field in question.row().items()]
    drawn[0]["label"] = (
        f"{question.title} {number + 1}: {drawn[0]['label'][:1].lower()}{drawn[0]['label'][1:]}"
    )
    return {"kind": "row", "name": "", "label": "", "hint": "", "optional": False, "fields": drawn}


def _field(name: str, field: forms.Field) -> dict[str, Any]:
    """A field as something to write in: boxes to tick, cells for digits, or lines."""
    optional = not field.required and not getattr(field, "conditional", False)
    drawn: dict[str, Any] = {
        "name": name,
        "label": str(field.label or ""),
        "hint": _hint(field),
        "optional": optional,
    }
    if isinstance(field, forms.BooleanField):
        return drawn | {"kind": "tick", "optional": False}
    if isinstance(field, forms.ChoiceField) and not _is_long(field):
        return drawn | {"kind": "choice", "options": _options(field)}
    if isinstance(field, DayMonthYearField):
        return drawn | {"kind": "cells", "groups": [{"label": words, "count": n} for _, words, n in PARTS]}
    if name == CPR:
        groups = [{"label": "", "count": 6}, {"label": "", "count": 4}]
        return drawn | {"kind": "cells", "groups": groups, "hint": ""}
    return drawn | {"kind": "lines", "lines": _lines(field.widget)}


def _is_long(field: forms.ChoiceField) -> bool:
    """A long list to choose from on a screen is a line to write on here: nobody prints a hundred kommuner."""
    pairs: Any = field.choices
    return len(list(pairs)) > MOST_BOXES


def _options(field: forms.ChoiceField) -> list[dict[str, str]]:
    pairs: Any = field.choices
    return [{"label": str(words), "hint": getattr(words, "hint", "")} for _, words in pairs]


def _hint(field: forms.Field) -> str:
    return str(field.help_text or "").replace("Har du ingen forslag, så fortsæt bare.", "")


def _lines(widget: forms.Widget) -> int:
    rows = int(widget.attrs.get("rows", 1))
    return min(rows + 1, LONGEST_STORY) if rows > 1 else 1
