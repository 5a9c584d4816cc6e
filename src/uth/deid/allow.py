"""The veto (frikendelse): what looks like a name and is an illness, a drug, a device or a month."""

import re
from collections.abc import Iterable, Sequence

from uth.deid import lexicon
from uth.deid.span import Kind, Span
from uth.deid.words import Word, stem, stems, words

_LISTED = frozenset({"person", "lower", "deeds", "initials", "propagated", "place"})
# 'Thomas' skinne', 'Robert Jones bandage': after these a name is an instrument or a sign.
_THING = re.compile(
    r"['’]?[ -](?:syndrom|sygdom|syge|test|tegn|score|skala|index|indeks|kateter|tang|skinne|bandage|sonde|maske|tube|dræn|position|lejring|klassifikation|"
    r"parese|kontraktur|fraktur|fractur|mb\.|symptom|reaktion|punkt|triade|pose|ballon|bag|apparat|seng|lift|stol|madras|greb|teknik|nål|kanyle|forbinding|kvaddel|proces|prøve|metode|snit|pumpe|anfald|demens|thyreoiditis|hernie)(?:e?n|e?t|er|e)?(?![^\W_])",
    re.IGNORECASE,
)


def vetoed(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans without those a list-based recogniser found in a harmless word. Never touches patterns or known names."""
    return [span for span in spans if span.finder not in _LISTED or not _harmless(text, span)]


def _harmless(text: str, span: Span) -> bool:
    parts = words(span.text)
    if span.kind is not Kind.PERSON or not parts:
        return False
    if _THING.match(text[span.end : span.end + 24]) and not _somebodys(parts):
        return True
    return len(parts) == 1 and stem(parts[0].text) in lexicon.innocent()


def _somebodys(parts: Sequence[Word]) -> bool:
    """'Hannes kateter' and 'Ejnar Gråbølles prøve' are somebody's; 'Foley kateter' is nobody's."""
    if len(parts) > 1:
        return any(form in lexicon.first_names_common() for form in stems(parts[0].text))
    word = parts[0].text
    return word.lower().endswith("s") and any(form in lexicon.first_names_common() for form in stems(word))
