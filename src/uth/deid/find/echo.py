"""Echoes (gentagelser): a number found in one place stands in another, without the word that gave it away."""

import re
from collections.abc import Iterable, Iterator

from uth.deid.find.figures import figures
from uth.deid.find.pattern import after
from uth.deid.span import Kind, Span

NAME = "echo"

_NUMBERED = frozenset({Kind.CPR, Kind.PHONE, Kind.ID, Kind.PROFESSION_ID})
_SURE = 0.6
_LEAST = 5
_NOT_A_DIGIT = re.compile(r"\D")
_UNIT = re.compile(r"[ ]?(?:mg|ml|kr|ie|gram|g\b|kg|%|stk|gange|mmol|steps|skridt)|[.:]\d\d(?!\d)")


def find(text: str, found: Iterable[Span]) -> list[Span]:
    """The figures of a text that say the same digits as a number found, and the last four of a CPR number."""
    whole: dict[str, Kind] = {}
    last_four: set[str] = set()
    said = {figure.start: figure.digits for figure in figures(text) if figure.said}
    for span in found:
        if span.kind in _NUMBERED and span.score >= _SURE:
            digits = said.get(span.start) or _NOT_A_DIGIT.sub("", span.text)
            if len(digits) >= _LEAST:
                whole.setdefault(digits, span.kind)
            if span.kind is Kind.CPR and len(digits) == 10:
                last_four.add(digits[-4:])
    return [*_again(text, whole, last_four)] if whole else []


def _again(text: str, whole: dict[str, Kind], last_four: set[str]) -> Iterator[Span]:
    for figure in figures(text):
        if figure.endless or _UNIT.match(after(text, figure.end)):
            continue
        digits = figure.digits
        kind = whole.get(digits) or (Kind.CPR if digits in last_four and ":" not in figure.joints else None)
        if kind:
            score = 0.8 if len(digits) >= _LEAST else _SURE
            yield Span(figure.start, figure.end, kind, text[figure.start : figure.end], NAME, score)
