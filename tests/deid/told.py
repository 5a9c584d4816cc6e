"""Marked stories as they are told when the marks are replaced (genfortalt)."""

from uth.deid.evaluate.gold import gold
from uth.deid.replace import Cast, Style, replace


def told(marked: str, *, cast: Cast | None = None, style: Style = Style.LESSON) -> str:
    """'{PERSON|Hanne} ringede' with the person gone."""
    story = gold(marked)
    return replace(story.text, story.identities, cast=cast, style=style)
