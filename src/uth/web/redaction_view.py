"""The redaction as shown (anonymiseringen, som den vises): texts in marked pieces, and what a person decided on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from uth.actions.redaction import Decision
from uth.deid.span import Kind
from uth.law.terms import Section
from uth.law.text import tidy
from uth.queries.case_rows import RedactedSection

ROWS = 2  # empty rows for words that the machine missed
KINDS = [(kind.value, kind.danish) for kind in Kind]
HIDE, HARMLESS = "skjul", "iorden"
AROUND = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `number` 0 is unmarked."""

    text: str
    number: int = 0
    kind: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the machine or a person pointed at in the original."""

    index: int
    number: int
    text: str
    kind: str
    by_hand: bool
    kept: bool


@dataclass(frozen=True, slots=True)
class Leak:
    """Something the second look points at in the clean text. `choice`: "skjul", "iorden" or nothing yet."""

    index: int
    number: int
    text: str
    kind: str
    before: str
    after: str
    choice: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section of the page, as kept, or as just typed."""

    key: str
    name: str
    original: list[Piece]
    findings: list[Finding]
    clean: list[Piece]
    clean_text: str
    typed: str
    leaks: list[Leak]
    rows: list[tuple[int, str, str]]
    by_hand: bool
    touched: bool
    adding: bool


def small(kind: Kind) -> str:
    """The kind's word inside a sentence; CPR stays in capitals."""
    word = kind.danish
    return word if word[:3].isupper() else word[0].lower() + word[1:]


def views(sections: Sequence[RedactedSection], posted: QueryDict | None = None) -> list[SectionView]:
    """Every section, with what was typed where it was not taken."""
    return [_view(section, posted) for section in sections]


def _view(section: RedactedSection, posted: QueryDict | None) -> SectionView:
    key, name = section.section, Section(section.section).danish
    kept = _kept(section, posted) if posted else frozenset(_stored(section))
    typed = posted.get(f"{key}-tekst", section.clean) if posted else section.clean
    findings = [
        Finding(
            i,
            i + 1,
            section.original[f["start"] : f["end"]],
            small(Kind(f["kind"])),
            f["source"] == "hand",
            i in kept,
        )
        for i, f in enumerate(section.findings)
    ]
    return SectionView(
        key=key,
        name=name,
        original=_marked(section.original, section.findings, [_css(f) for f in findings]),
        findings=findings,
        clean=_marked(
            section.clean, section.leaks, ["kept" if leak["overruled"] else "" for leak in section.leaks]
        ),
        clean_text=section.clean,
        typed=typed,
        leaks=[_leak(section, i, posted) for i in range(len(section.leaks))],
        rows=_rows(key, posted),
        by_hand=section.by_hand,
        touched=tidy(typed) != section.clean,
        adding=bool(posted) and any(text for _, text, _ in _rows(key, posted)),
    )


def _css(finding: Finding) -> str:
    if not finding.kept:
        return "kept"
    return "by-hand" if finding.by_hand else ""


def _leak(section: RedactedSection, index: int, posted: QueryDict | None) -> Leak:
    leak = section.leaks[index]
    start, end, clean = leak["start"], leak["end"], section.clean
    stored = HARMLESS if leak["overruled"] else ""
    return Leak(
        index=index,
        number=index + 1,
        text=clean[start:end],
        kind=small(Kind(leak["kind"])),
        before=clean[max(0, start - AROUND) : start],
        after=clean[end : end + AROUND],
        choice=posted.get(f"{section.section}-rest-{index}", "") if posted else stored,
    )


def _rows(key: str, posted: QueryDict | None) -> list[tuple[int, str, str]]:
    if posted is None:
        return [(n, "", Kind.PERSON.value) for n in range(ROWS)]
    return [
        (n, posted.get(f"{key}-skjul-{n}", ""), posted.get(f"{key}-slags-{n}", Kind.PERSON.value))
        for n in range(ROWS)
    ]


def _marked(text: str, spans: Sequence[Mapping[str, Any]], css: Sequence[str]) -> list[Piece]:
    pieces, done = [], 0
    for number, (span, own) in enumerate(zip(spans, css, strict=True), 1):
        if span["start"] < done:
            continue  # lies within one already marked
        pieces.append(Piece(text[done : span["start"]]))
        pieces.append(Piece(text[span["start"] : span["end"]], number, small(Kind(span["kind"])), own))
        done = span["end"]
    return [piece for piece in (*pieces, Piece(text[done:])) if piece.text]


def decisions(sections: Sequence[RedactedSection], posted: QueryDict) -> dict[Section, Decision]:
    """What a person decided anew; a section they left as it was is not in it."""
    found = {}
    for section in sections:
        key = section.section
        if f"{key}-tekst" not in posted:
            continue  # a section that the page did not show
        decision = Decision(
            kept=_kept(section, posted),
            added=(*_added(key, posted), *_hidden_leaks(section, posted)),
            clean=tidy(posted.get(f"{key}-tekst", "")),
            harmless=_harmless(section, posted),
        )
        if _is_news(section, decision):
            found[Section(key)] = decision
    return found


def _is_news(section: RedactedSection, decision: Decision) -> bool:
    harmless = {_words(section, leak) for leak in section.leaks if leak["overruled"]}
    return _changes_text(section, decision) or decision.harmless != harmless


def _changes_text(section: RedactedSection, decision: Decision) -> bool:
    edited = decision.clean != section.clean
    return edited or bool(decision.added) or decision.kept != frozenset(_stored(section))


def text_changes(sections: Sequence[RedactedSection], news: Mapping[Section, Decision]) -> bool:
    """Whether what is about to be approved is not what stood there to be read."""
    return any(
        _changes_text(each, news[Section(each.section)]) for each in sections if Section(each.section) in news
    )


def overruled(sections: Sequence[RedactedSection], posted: QueryDict) -> dict[Section, frozenset[int]]:
    """The leaks a person lets stand, by section."""
    return {
        Section(section.section): frozenset(
            i for i in range(len(section.leaks)) if posted.get(f"{section.section}-rest-{i}") == HARMLESS
        )
        for section in sections
    }


def _stored(section: RedactedSection) -> list[int]:
    return [i for i, finding in enumerate(section.findings) if finding["kept"]]


def _kept(section: RedactedSection, posted: QueryDict) -> frozenset[int]:
    ticked = set(posted.getlist(f"{section.section}-fund"))
    return frozenset(i for i in range(len(section.findings)) if str(i) in ticked)


def _added(key: str, posted: QueryDict) -> list[tuple[str, Kind]]:
    rows = [(tidy(text), kind) for _, text, kind in _rows(key, posted)]
    known = {kind.value: kind for kind in Kind}
    return [(text, known.get(kind, Kind.PERSON)) for text, kind in rows if text]


def _hidden_leaks(section: RedactedSection, posted: QueryDict) -> list[tuple[str, Kind]]:
    chosen = [
        (_words(section, leak), Kind(leak["kind"]))
        for i, leak in enumerate(section.leaks)
        if posted.get(f"{section.section}-rest-{i}") == HIDE
    ]
    return list(dict.fromkeys(chosen))


def _harmless(section: RedactedSection, posted: QueryDict) -> frozenset[str]:
    return frozenset(
        _words(section, leak)
        for i, leak in enumerate(section.leaks)
        if posted.get(f"{section.section}-rest-{i}") == HARMLESS
    )


def _words(section: RedactedSection, leak: Mapping[str, Any]) -> str:
    return section.clean[leak["start"] : leak["end"]]


def undecided(sections: Sequence[RedactedSection], posted: QueryDict) -> list[tuple[str, str]]:
    """What the second look still points at and nobody has answered: a sentence, and where it stands."""
    return [
        (
            f"Tag stilling til »{_words(section, leak)}« i »{Section(section.section).danish}«: skjul det, eller angiv, at det er i orden.",
            f"{section.section}-rest-{i}-skjul",
        )
        for section in sections
        for i, leak in enumerate(section.leaks)
        if not leak["overruled"] and not posted.get(f"{section.section}-rest-{i}")
    ]
