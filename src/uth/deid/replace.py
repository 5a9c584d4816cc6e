"""Replacement (maskering): each identity gives way to words that keep the lesson: who by role, when by distance, where by kind."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from uth.deid.cast import Cast, Edit
from uth.deid.merge import merge
from uth.deid.placeholder import PLACEHOLDER
from uth.deid.span import Span

__all__ = ["PLACEHOLDER", "Cast", "Style", "cast_of", "replace"]


class Style(StrEnum):
    """LESSON keeps roles, days and kinds of place; MASK writes only what kind of identity stood there."""

    LESSON = "lesson"
    MASK = "mask"


def cast_of(texts: Iterable[tuple[str, Sequence[Span]]], *, day: date | None = None) -> Cast:
    """Who is who in the texts of one event, read in the order given. `day`: when it happened, where that is known."""
    cast = Cast()
    if day is not None:
        cast.days.begin(day)
    for text, spans in texts:
        cast.learn(text, merge(text, spans))
    return cast


def replace(
    text: str, spans: Sequence[Span], *, cast: Cast | None = None, style: Style = Style.LESSON
) -> str:
    """The text with every span replaced; `cast` is that of all the texts of the event, or of this one alone.

    Outside the spans only the words that a tag takes over give way: a title before a name ("spl."), "den" before
    a date, "Plejehjemmet" before its name.
    """
    ordered = merge(text, spans)
    if style is Style.MASK:
        return _written(text, [Edit(s.start, s.end, f"[{s.kind.placeholder}]") for s in ordered])
    return _written(text, (cast or Cast()).edits(text, ordered))


def _written(text: str, edits: Sequence[Edit]) -> str:
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += (text[done : edit.start], edit.words)
        done = edit.end
    return "".join((*parts, text[done:]))
