"""Deciding (afgørelser): what becomes of a text's findings, and of the clean text, by a person's word on them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from uth.deid.reasons import BY_HAND
from uth.deid.replace import PLACEHOLDER, Cast, cast_of
from uth.deid.replace import replace as replace_spans
from uth.deid.span import Kind, Span
from uth.law.terms import Section
from uth.law.text import tidy
from uth.records.redactions import finding_of, hidden


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on one section: findings kept (by index), and exact texts to hide besides, with kind.

    `kinds`: another kind than the finding has now, by index.
    `clean`: the text as the person left it; one they did not touch, or None, is written by the machine from the
    findings. A text once edited by hand stays so until a finding is decided anew.
    `harmless`: words that the second look points at, and that a person lets stand.
    """

    kept: frozenset[int]
    added: tuple[tuple[str, Kind], ...] = ()
    clean: str | None = None
    harmless: frozenset[str] = frozenset()
    kinds: Mapping[int, Kind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """A section as it stands: its text, the findings in it and its clean text."""

    text: str
    findings: Sequence[Mapping[str, Any]]
    clean: str


def decided(
    sections: Mapping[Section, Standing], decisions: Mapping[Section, Decision], *, day: date | None
) -> dict[Section, Standing]:
    """Every section once these are decided; a name shown in one may change who is called what in the others."""
    before = casting(sections.values(), day=day)
    anew = {
        s: _findings(was, decisions[s]) if s in decisions else was.findings for s, was in sections.items()
    }
    after = casting((Standing(was.text, anew[s], "") for s, was in sections.items()), day=day)
    now = {}
    for section, was in sections.items():
        by_hand = was.clean != by_machine(was.text, was.findings, before)
        clean = (
            _typed(was, decisions[section], by_hand)
            if section in decisions
            else was.clean
            if by_hand
            else None
        )
        if clean is None:  # nobody edited it now: the machine writes it from the findings
            clean = by_machine(was.text, anew[section], after)
        now[section] = Standing(was.text, anew[section], clean)
    return now


def _findings(was: Standing, decision: Decision) -> list[dict[str, Any]]:
    anew = _kept(was, decision)
    for wanted, kind in decision.added:
        anew += [f for f in _by_hand(was.text, wanted, kind) if not _covered(f, anew)]
    return sorted(anew, key=lambda f: (f["start"], f["end"]))


def _kept(was: Standing, decision: Decision) -> list[dict[str, Any]]:
    return [
        _of_kind(dict(f, kept=i in decision.kept), decision.kinds.get(i)) for i, f in enumerate(was.findings)
    ]


def _typed(was: Standing, decision: Decision, by_hand: bool) -> str | None:
    """The text as a person leaves it; None where the machine is to write it."""
    clean = None if decision.clean is None else tidy(decision.clean)
    touched = _kept(was, decision) != list(was.findings)
    if clean is None or (clean == was.clean and (touched or not by_hand)):
        return None
    return tidy(_hidden(clean, decision.added))


def casting(sections: Iterable[Standing], *, day: date | None) -> Cast:
    """Who is called what in these texts, by what is hidden in them now; days are counted from `day`."""
    return cast_of(((each.text, hidden(each.text, each.findings)) for each in sections), day=day)


def by_machine(text: str, findings: Sequence[Mapping[str, Any]], cast: Cast) -> str:
    """The clean text as the machine writes it from the findings."""
    return replace_spans(text, hidden(text, findings), cast=cast)


def _of_kind(finding: dict[str, Any], wanted: Kind | None) -> dict[str, Any]:
    """The finding as another kind; the machine's own word is remembered while it differs."""
    if wanted is None or wanted == finding["kind"]:
        return finding
    proposed = finding.pop("proposed", finding["kind"])
    changed = finding | {"kind": str(wanted)}
    return changed if wanted == proposed or finding["source"] == BY_HAND else changed | {"proposed": proposed}


def _hidden(clean: str, added: Sequence[tuple[str, Kind]]) -> str:
    """A text edited by hand, with the words a person wants hidden besides; placeholders stay whole."""
    for wanted, kind in added:
        masks = [(mark.start(), mark.end()) for mark in PLACEHOLDER.finditer(clean)]
        for start, end in reversed(places(clean, wanted)):
            if not any(first < end and start < last for first, last in masks):
                clean = f"{clean[:start]}[{kind.placeholder}]{clean[end:]}"
    return clean


def _by_hand(text: str, wanted: str, kind: Kind) -> list[dict[str, Any]]:
    return [
        finding_of(Span(start, end, kind, text[start:end], BY_HAND, 1.0))
        for start, end in places(text, wanted)
    ]


def places(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where these words stand, whole or in the genitive; only if nowhere, also as a part of other words."""
    if not wanted.strip():
        return []
    exact = r"\s+".join(map(re.escape, wanted.split()))  # a line may break within a name
    found = list(re.finditer(rf"(?<!\w){exact}(?='?s?(?!\w))", text)) or list(re.finditer(exact, text))
    return [match.span() for match in found]


def _covered(finding: dict[str, Any], findings: Sequence[dict[str, Any]]) -> bool:
    return any(f["kept"] and f["start"] <= finding["start"] and finding["end"] <= f["end"] for f in findings)
