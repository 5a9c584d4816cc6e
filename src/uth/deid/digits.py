"""Digits (cifre): the signs that belong to a number go with it, and a number of a professional is called what it is."""

import re
from collections.abc import Sequence

from uth.deid.span import Kind, Span

LICENCE = "autorisations-id"

_DIALLED = re.compile(r"\(?\+$")
_LICENSED = re.compile(r"(?<![^\W_])aut", re.IGNORECASE)
_CLINIC = re.compile(r"(?<![^\W_])(?:yd(?:er|r|\.|nr)|prak)", re.IGNORECASE)
_SHAPE = re.compile(r"[A-Z0-9]{5}")  # five signs, a letter among them
_LOOK = 30


def digit_tags(text: str, spans: Sequence[Span]) -> dict[Span, tuple[int, int, str]]:
    """What stands for phone numbers, ages and the numbers of professionals."""
    tags, done = {}, 0
    for span in spans:
        if span.kind is Kind.PHONE:
            tags[span] = (_dialled_from(text, span, done), span.end, f"[{span.kind.placeholder}]")
        elif span.kind is Kind.AGE_OVER_89:
            more = text.startswith("+", span.end)  # '90+'
            tags[span] = (span.start, span.end + more, f"[{span.kind.placeholder}]")
        elif span.kind is Kind.PROFESSION_ID:
            tags[span] = (
                span.start,
                span.end,
                f"[{_called(text[max(done, span.start - _LOOK) : span.start], span)}]",
            )
        done = span.end
    return tags


def _dialled_from(text: str, span: Span, first: int) -> int:
    """Where '+45 …' and '(38 64) …' begin."""
    ahead = text[max(first, span.start - 2) : span.start]
    closed = span.text.count(")") > span.text.count("(")
    if match := _DIALLED.search(ahead):
        return span.start - (len(match.group()) if closed else 1)
    return span.start - (closed and ahead.endswith("("))


def _called(ahead: str, span: Span) -> str:
    """The word of the two numbers a professional may have: by what is said before it, or else by its shape."""
    said = [(cue.end(), word) for pattern, word in _CUES for cue in pattern.finditer(ahead)]
    if said:
        return max(said)[1]
    bare = "".join(filter(str.isalnum, span.text)).upper()
    lettered = any(map(str.isalpha, bare)) and any(map(str.isdigit, bare))
    return LICENCE if lettered and _SHAPE.fullmatch(bare) else span.kind.placeholder


_CUES = ((_LICENSED, LICENCE), (_CLINIC, Kind.PROFESSION_ID.placeholder))
