"""The redaction as shown (anonymiseringen, som den vises): texts in marked pieces, and what a person decided on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict

from uth.actions.deciding import Decision, Standing, decided
from uth.deid.reasons import BY_HAND, reason
from uth.deid.span import Kind
from uth.law.terms import Section
from uth.law.text import tidy
from uth.queries.case_rows import RedactedSection
from uth.web.redaction_form import HARMLESS, changes_text, decision_on, rows

AROUND = 30
SURE = 0.5  # under this the engine itself doubts
KINDS = [(kind.value, kind.danish) for kind in Kind]
# One key a kind, pressed while a finding or a word is chosen.
KEYS: dict[Kind, str] = {
    Kind.PERSON: "n",
    Kind.CPR: "c",
    Kind.PHONE: "t",
    Kind.EMAIL: "m",
    Kind.URL: "w",
    Kind.ADDRESS: "a",
    Kind.DATE: "d",
    Kind.AGE_OVER_89: "l",
    Kind.ID: "b",
    Kind.ORG_UNIT: "e",
    Kind.PROFESSION_ID: "y",
    Kind.LOCATION: "s",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; one without a kind is unmarked. `number` 0: pointed at just now, and not kept yet."""

    text: str
    number: int = 0
    kind: str = ""
    css: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the machine or a person pointed at in the original."""

    index: int
    number: int
    text: str
    value: str
    kind: str
    reason: str
    unsure: bool
    by_hand: bool
    proposed: str
    kept: bool

    @property
    def css(self) -> str:
        """How its mark looks."""
        if not self.kept:
            return "kept"
        return "by-hand" if self.by_hand else "unsure" if self.unsure else ""

    @property
    def told(self) -> str:
        """What is said of it on hover, and to who cannot see the mark."""
        doubt = ", usikkert" if self.unsure else ""
        fate = "bliver skjult" if self.kept else "bliver stående"
        return f"{self.kind}{doubt}, {fate}: {self.reason}"


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
    """One section of the page, as kept, or as just typed. `unsaved`: the clean text is shown as it would become."""

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
    unsaved: bool


def small(kind: Kind) -> str:
    """The kind's word inside a sentence; CPR stays in capitals."""
    word = kind.danish
    return word if word[:3].isupper() else word[0].lower() + word[1:]


def views(
    sections: Sequence[RedactedSection], posted: QueryDict | None = None, *, day: date | None = None
) -> list[SectionView]:
    """Every section, with what was typed where it was not taken."""
    typed = {
        Section(each.section): decision_on(each, posted)
        for each in sections
        if posted is not None and f"{each.section}-tekst" in posted
    }
    news = {Section(s.section): typed[Section(s.section)] for s in sections if _is_news(s, typed)}
    standing = {Section(s.section): Standing(s.original, s.findings, s.clean) for s in sections}
    then = decided(standing, news, day=day) if news else standing
    return [
        _view(section, posted, typed.get(Section(section.section)), then[Section(section.section)])
        for section in sections
    ]


def _is_news(section: RedactedSection, typed: Mapping[Section, Decision]) -> bool:
    decision = typed.get(Section(section.section))
    return decision is not None and changes_text(section, decision)


def _view(
    section: RedactedSection, posted: QueryDict | None, decision: Decision | None, then: Standing
) -> SectionView:
    """One section; `then`: as it would stand."""
    key = section.section
    findings = [_finding(section, i, decision) for i in range(len(section.findings))]
    typed = posted.get(f"{key}-tekst", section.clean) if posted else section.clean
    unsaved = then.clean != section.clean or list(then.findings) != list(section.findings)
    anew = _anew(section, then)
    marks = [
        (f["start"], f["end"], _mark(finding)) for f, finding in zip(section.findings, findings, strict=True)
    ]
    leaks = [
        (
            leak["start"],
            leak["end"],
            Piece("", i, small(Kind(leak["kind"])), "kept" if leak["overruled"] else ""),
        )
        for i, leak in enumerate(section.leaks, 1)
    ]
    numbered = rows(key, posted if decision else None)
    return SectionView(
        key=key,
        name=Section(key).danish,
        original=marked(section.original, [*marks, *anew]),
        findings=findings,
        clean=marked(then.clean, [] if unsaved else leaks),
        clean_text=section.clean,
        typed=typed,
        leaks=[_leak(section, i, posted) for i in range(len(section.leaks))],
        rows=numbered,
        by_hand=section.by_hand,
        touched=tidy(typed) != section.clean,
        adding=any(text for _, text, _ in numbered),
        unsaved=unsaved,
    )


def _anew(section: RedactedSection, then: Standing) -> list[tuple[int, int, Piece]]:
    """The marks that a person has just added."""
    was = {(f["start"], f["end"]) for f in section.findings}
    return [
        (f["start"], f["end"], Piece("", 0, f["kind"], "by-hand", f"{small(Kind(f['kind']))}, tilføjes"))
        for f in then.findings
        if (f["start"], f["end"]) not in was
    ]


def _finding(section: RedactedSection, index: int, decision: Decision | None) -> Finding:
    kept = section.findings[index]
    kind = Kind(kept["kind"])
    if decision:
        kind = decision.kinds.get(index, kind)
    proposed = kept.get("proposed", kept["kind"])
    return Finding(
        index=index,
        number=index + 1,
        text=section.original[kept["start"] : kept["end"]],
        value=kind.value,
        kind=small(kind),
        reason=reason(kept["source"]),
        unsure=kept.get("score", 1.0) < SURE,
        by_hand=kept["source"] == BY_HAND,
        proposed="" if proposed == kind else small(Kind(proposed)),
        kept=index in decision.kept if decision else kept["kept"],
    )


def _mark(finding: Finding) -> Piece:
    return Piece("", finding.number, finding.value, finding.css, finding.told)


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


def marked(text: str, marks: Sequence[tuple[int, int, Piece]]) -> list[Piece]:
    """The text in pieces, those within a mark with what the mark says."""
    pieces, done = [], 0
    for start, end, mark in sorted(marks, key=lambda each: each[:2]):
        if start < done:
            continue  # lies within one already marked
        pieces.append(Piece(text[done:start]))
        pieces.append(replace(mark, text=text[start:end]))
        done = end
    return [piece for piece in (*pieces, Piece(text[done:])) if piece.text]


def keys() -> list[Mapping[str, Any]]:
    """The kinds with the key of each, for the page to tell and its script to listen for."""
    return [{"value": kind.value, "label": kind.danish, "key": key} for kind, key in KEYS.items()]
