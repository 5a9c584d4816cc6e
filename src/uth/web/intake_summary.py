"""The summary (opsummeringen): what was told, in plain words, and who will be able to read what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from uth.deid.find import cpr, mail, phone
from uth.law.confidentiality import visible
from uth.law.terms import Role, State, Visible
from uth.web.intake_files import Files
from uth.web.intake_steps import FormTable, Page

type Fact = tuple[str, str, str]


def summary_lists(form: FormTable, walked: Iterable[Page], files: Iterable[str] = ()) -> list[Fact]:
    """A line for each page: its name, what was said, and where to change it."""
    attached = "\n".join(files) or "Ingen"
    return [
        (
            page.step.name,
            attached if isinstance(page.question, Files) else _plain(page),
            reverse("intake-step", args=[form.slug, page.step.slug]),
        )
        for page in walked
    ]


def _plain(page: Page) -> str:
    return "\n".join(page.question.plain()) if page.whole else ""


def missing(form: FormTable, walked: Iterable[Page], refused: Mapping[str, str]) -> list[tuple[str, str]]:
    """What must be mended before sending: the sentence and the page."""
    found = []
    for page in walked:
        url = reverse("intake-step", args=[form.slug, page.step.slug])
        texts = [str(error) for errors in page.question.errors.values() for error in errors]
        texts += [text for name, text in refused.items() if name in page.question.fields]
        found += [(text, url) for text in dict.fromkeys(texts)]
    return found


TEXTS = ("headline", "story", "immediate_action", "prevention")
LOOKED_FOR = (("et CPR-nummer", cpr.find), ("et telefonnummer", phone.find), ("en e-mailadresse", mail.find))


def doubts(everything: Mapping[str, Any]) -> str:
    """What the reporter may have written although we asked not to; a first look, for the reporter alone."""
    text = "\n".join(str(everything.get(name) or "") for name in TEXTS)
    found = [name for name, find in LOOKED_FOR if find(text)]
    return " og ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who will handle the report, and what they see of it: (the column, the words)."""

    who: str
    cells: tuple[tuple[str, str], ...]


STORY = "Det, du har skrevet"
IDENTITIES = (
    ("Hvem du er", Visible.REPORTER_IDENTITY, ("reporter_name", "reporter_email", "reporter_phone")),
    ("Hvem patienten er", Visible.PATIENT_IDENTITY, ("patient_name", "patient_cpr")),
)
READERS = (
    ("Den, der modtager rapporten", Role.INTAKE),
    ("Sagsbehandleren", Role.HANDLER),
    ("Risikomanageren samme sted", Role.RISK_MANAGER),
    ("Systemets administrator", Role.ADMIN),
    ("Det nationale niveau", Role.NATIONAL),
)


def readers(everything: Mapping[str, Any]) -> tuple[Reader, ...]:
    """Who can read what at any time of the case's life, as the law's own table says; only what was told."""
    told = [(name, kind) for name, kind, fields in IDENTITIES if any(everything.get(f) for f in fields)]
    found = []
    for who, role in READERS:
        sees = frozenset[Visible]().union(*(visible(role, state) for state in State))
        cells = [(STORY, _story(sees)), *((name, "Ja" if kind in sees else "Nej") for name, kind in told)]
        found.append(Reader(who, tuple(cells)))
    return tuple(found)


def _story(sees: frozenset[Visible]) -> str:
    if Visible.STORY in sees:
        return "Ja"
    return "Kun uden navne" if Visible.CLEAN_TEXT in sees else "Nej"
