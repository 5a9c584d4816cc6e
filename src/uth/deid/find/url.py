"""Web addresses (webadresser) and handles; the public health sites name nobody and may stay."""

import re

from uth.deid.find.pattern import span
from uth.deid.span import Kind, Span

NAME = "url"

_FULL = re.compile(r"(?:https?|ftp)://[^\s<>\"']{1,2000}|www\.[^\s<>\"']{2,2000}", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@./-])(?:[a-zæøå0-9-]{2,63}\.){1,4}(?:dk|com|net|org|eu|se|no|de|nu|info|io|gl|fo|me|ly)(?:/[^\s<>\"']{0,500})?(?![\w@])",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.@])@[A-Za-z_][\w.]{2,30}")
_PUBLIC = re.compile(
    r"(?:https?://)?(?:www\.)?(?:sundhed|medicin|promedicin|min\.medicin|stps|sst|borger|retsinformation|"
    r"laegemiddelstyrelsen|dpsd|uth\.dpsd|stpk|ssi|patientsikkerhed|interaktionsdatabasen|produktresume|sundk|rkkp|ekvis|dsam)\.dk(?:/[a-zæøå/-]{0,200})?$",
    re.IGNORECASE,
)


def find(text: str) -> list[Span]:
    """Web addresses, and handles such as @navn."""
    found = [_trim(span(m, Kind.URL, NAME, 0.95)) for m in _FULL.finditer(text)]
    found += [_trim(span(m, Kind.URL, NAME, 0.85)) for m in _BARE.finditer(text)]
    if "@" in text:
        found += [span(m, Kind.URL, NAME, 0.7) for m in _HANDLE.finditer(text)]
    return [one for one in found if not _PUBLIC.fullmatch(one.text)]


def _trim(one: Span) -> Span:
    kept = one.text.rstrip(".,;:!?)]}»\"'")
    return Span(one.start, one.start + len(kept), one.kind, kept, one.finder, one.score)
