"""The veto (frikendelse): what looks like a name and is an illness, a drug, a device or a month."""

import re
from collections.abc import Iterable, Sequence

from uth.deid.lexicon import EPONYM, FIRST_NAME_COMMON, INNOCENT, SURNAME, facts
from uth.deid.span import Kind, Span
from uth.deid.words import split, stem, stems

_LISTED = frozenset({"person", "lower", "deeds", "initials", "propagated", "place", "tagger"})
# 'Thomas' skinne', 'Robert Jones bandage', 'Brugada mønster': before these a name is an instrument, a sign or a method.
_CLINICAL = (
    "syndrom|sygdom|syge|tegn|score|skala|indeks|tang|klassifikation|parese|kontraktur|mb\\.|symptom|reaktion|triade|ballon|stedy|greb|"
    "teknik|kvaddel|snit|thyreoiditis|anastomose|mønster|formel|ligning|kriterie|manøvre|resektion|inddeling|stadie|reposition|fænomen|"
    "refleks|angina|vinkel|plastik|saks|spekel|spatel|klemme|fiksatør|elektroforese|incision"
)
# A patient may have one of these: 'Foley kateter' is a sort, 'Jensens kateter' is Jensen's.
_OWN = "kateter|skinne|bandage|tube|dræn|lejring|forbinding|protese|fraktur|fractur|hernie|demens|sutur|skrue|tråd"
# Everybody has a bed and a sample: such a word makes a thing of a name only where the two are one word.
_EVERYDAY = (
    "test|index|sonde|maske|position|punkt|pose|bag|apparat|seng|lift|stol|madras|nål|kanyle|proces|prøve|metode|pumpe|anfald|protokol|"
    "operation|kurve|klap|knude|plade|søm|krans|hage|støvle|korset|krave|bøjle|analysator|centrifuge|kanal|område|celle|legeme|øvelse|"
    "program|skema|sejl|støtte|maskine|robot"
)
_ENDING = r"(?:e?n|e?t|er|e)?(?![^\W_])"
_THING = re.compile(
    rf"(?:['’]?[ -](?:{_CLINICAL}|(?P<own>{_OWN}))|['’]?-(?:{_EVERYDAY})|['’][ ](?:{_EVERYDAY})){_ENDING}",
    re.IGNORECASE,
)


def vetoed(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans without those a list-based recogniser found in a harmless word. Never touches patterns or known names."""
    return [span for span in spans if span.finder not in _LISTED or not _harmless(text, span)]


def _harmless(text: str, span: Span) -> bool:
    parts = split(span.text)
    if span.kind is not Kind.PERSON or not parts:
        return False
    thing = _THING.match(text[span.end : span.end + 24])
    if thing and (thing[0][0] == "-" or not _somebodys(parts, owned=bool(thing["own"]))):
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


def _somebodys(parts: Sequence[str], *, owned: bool) -> bool:
    """'Hannes kateter', 'Ejnar Gråbølles prøve' and 'Jensens sonde' are somebody's; 'Foley kateter' is nobody's."""
    genitive = parts[-1].lower().endswith("s")
    if any(facts(form) & FIRST_NAME_COMMON for form in stems(parts[0])):
        return len(parts) > 1 or genitive
    return (
        owned and genitive and any(facts(form) & (SURNAME | EPONYM) == SURNAME for form in stems(parts[-1]))
    )
