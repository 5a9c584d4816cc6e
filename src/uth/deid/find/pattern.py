"""Patterns (mønstre): from a regular expression's match to a span, with the context around it."""

import re

from uth.deid.span import Kind, Span

LOOK_BACK = 40
LOOK_AHEAD = 20


def span(match: re.Match[str], kind: Kind, source: str, confidence: float, group: int | str = 0) -> Span:
    """The span of a match, or of one of its groups."""
    start, end = match.span(group)
    return Span(start, end, kind, match.group(group), source, confidence)


def before(text: str, start: int, width: int = LOOK_BACK) -> str:
    """What stands just before, in lower case."""
    return text[max(0, start - width) : start].lower()


def after(text: str, end: int, width: int = LOOK_AHEAD) -> str:
    """What stands just after, in lower case."""
    return text[end : end + width].lower()
