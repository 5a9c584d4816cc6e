"""The veto (frikendelse): what looks like a name and is an illness, a drug, a device or a month."""

import re
from collections.abc import Iterable, Sequence

from uth.deid.lexicon import EPONYM, FIRST_NAME_COMMON, INNOCENT, facts
from uth.deid.span import Kind, Span
from uth.deid.words import split, stem, stems

_LISTED = frozenset({"person", "lower", "deeds", "initials", "propagated", "place", "tagger"})
# 'Thomas' skinne', 'Robert Jones bandage': after these a name is an instrument or a sign.
_THING = re.compile(
    r"['’]?[ -](?:syndrom|sygdom|syge|test|tegn|score|skala|index|indeks|kateter|tang|skinne|bandage|sonde|maske|tube|dræn|position|lejring|klassifikation|"
    r"parese|kontraktur|fraktur|fractur|mb\.|symptom|reaktion|punkt|triade|pose|ballon|bag|apparat|seng|lift|stedy|stol|madras|greb|teknik|nål|kanyle|forbinding|kvaddel|proces|prøve|metode|snit|pumpe|anfald|demens|thyreoiditis|hernie)(?:e?n|e?t|er|e)?(?![^\W_])",
    re.IGNORECASE,
)


def vetoed(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans without those a list-based recogniser found in a harmless word. Never touches patterns or known names."""
    return [span for span in spans if span.finder not in _LISTED or not _harmless(text, span)]


def _harmless(text: str, span: Span) -> bool:
    parts = split(span.text)
    if span.kind is not Kind.PERSON or not parts:
        return False
    if _THING.match(text[span.end : span.end + 24]) and not _somebodys(parts):
        return True
    if len(parts) > 1:
        if facts(stem(span.text)) & INNOCENT:
            return True
        return "-" in span.text and any(facts(stem(part)) & EPONYM for part in parts)
    return bool(facts(stem(parts[0])) & INNOCENT) or _half_of_an_eponym(text, span)


_OTHER_HALF = re.compile(r"([^\W\d_]{2,24})[-–]$")


def _half_of_an_eponym(text: str, span: Span) -> bool:
    """'Hess' of 'Hunt-Hess'."""
    other = _OTHER_HALF.search(text[max(0, span.start - 26) : span.start])
    return other is not None and bool(facts(stem(other[1])) & EPONYM)


def _somebodys(parts: Sequence[str]) -> bool:
    """'Hannes kateter' and 'Ejnar Gråbølles prøve' are somebody's; 'Foley kateter' is nobody's."""
    borne = any(facts(form) & FIRST_NAME_COMMON for form in stems(parts[0]))
    return borne and (len(parts) > 1 or parts[0].lower().endswith("s"))
