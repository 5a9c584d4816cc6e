"""Replacement (maskering): each span gives way to a typed placeholder; the same person keeps one number."""

import re
from collections.abc import Sequence

from uth.deid.merge import merge
from uth.deid.span import Kind, Span

PLACEHOLDER = re.compile(
    r"\[(?:" + "|".join(re.escape(kind.placeholder) for kind in Kind) + r")(?: \d{1,4})?\]"
)


def replace(text: str, spans: Sequence[Span]) -> str:
    """The text with every span replaced. No table from number to name is kept."""
    ordered = merge(text, spans)
    numbers = _Persons()
    for span in sorted((s for s in ordered if s.kind is Kind.PERSON), key=lambda s: -len(_tokens(s.text))):
        numbers.learn(span.text)
    parts: list[str] = []
    done = 0
    for span in ordered:
        parts.append(text[done : span.start])
        parts.append(_placeholder(span, numbers))
        done = span.end
    parts.append(text[done:])
    return "".join(parts)


def _placeholder(span: Span, persons: "_Persons") -> str:
    if span.kind is Kind.PERSON:
        return f"[{span.kind.placeholder} {persons.number(text=span.text)}]"
    return f"[{span.kind.placeholder}]"


class _Persons:
    """Which mentions are one person: 'Hanne', 'Holm' and 'HH' all belong to 'Hanne Holm'."""

    def __init__(self) -> None:
        self._people: list[frozenset[str]] = []
        self._full: list[list[str]] = []
        self._numbers: dict[int, int] = {}

    def learn(self, text: str) -> None:
        tokens = _tokens(text)
        if self._find(tokens) is None:
            self._people.append(frozenset(tokens))
            self._full.append(tokens)

    def number(self, text: str) -> int:
        person = self._find(_tokens(text))
        if person is None:
            person = len(self._people)
        return self._numbers.setdefault(person, len(self._numbers) + 1)

    def _find(self, tokens: list[str]) -> int | None:
        wanted = frozenset(tokens)
        for index, person in enumerate(self._people):
            if wanted == person or (wanted and wanted <= person):
                return index
        initials = "".join(tokens)
        if 2 <= len(initials) <= 4:
            for index, full in enumerate(self._full):
                if len(full) > 1 and initials == "".join(token[0] for token in full):
                    return index
        return None


def _tokens(text: str) -> list[str]:
    """Lower-case name tokens without the genitive s."""
    words = re.findall(r"\w+", text.lower())
    return [word[:-1] if len(word) > 4 and word.endswith("s") else word for word in words if word != "s"]
