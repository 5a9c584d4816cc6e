"""Web addresses (webadresser) and handles; the public health sites name nobody and may stay."""

import re

from uth.deid.find.pattern import span
from uth.deid.span import Kind, Span

NAME = "url"

_FULL = re.compile(
    r"(?:https?|ftp|sftp|file|smb)[ ]?:[ ]?//[^\s<>\"']{1,2000}|www[.,][ ]?[^\s<>\"']{2,2000}(?:[ ]\.[a-z]{2,4}(?:/[^\s<>\"']{0,200})?)?|"
    r"h t t p s? ?: ?/ ?/ ?[^\s<>\"']{1,2000}",
    re.IGNORECASE,
)
_TOP = r"(?:dk|com|net|org|eu|se|no|de|nu|info|io|gl|fo|me|ly|be|tv|app|dev|invalid|example|test|local|lokal|intern|lan|eksempel)"
_PART = r"[a-zæøå0-9](?:[a-zæøå0-9_-]{0,61}[a-zæøå0-9])?"
_PATH = r"(?:[:/?#][^\s<>\"']{0,500})"
_BARE = re.compile(rf"(?<![\w@./-])(?:{_PART}\.){{1,4}}{_TOP}(?![\w@-]){_PATH}?", re.IGNORECASE)
# Cheap to look for, and nothing is found without them.
_FULL_HINT = re.compile(r"//|/[ ]/|[wW]{3}[.,]")
_DOT_TOP = re.compile(rf"\.{_TOP}(?![\w@-])", re.IGNORECASE)
# Said aloud: 'lægehuset punktum dk', 'side.klinik punktum dk/svar'.
_SAID = re.compile(
    rf"(?<![\w@.-])(?P<first>(?:{_PART}\.){{0,3}}{_PART})[ ](?:punktum|prik|dot|skråstreg)[ ](?:{_PART}[ ](?:punktum|prik|dot)[ ]){{0,2}}{_TOP}(?![\w@]){_PATH}?",
    re.IGNORECASE,
)
_SAID_HINTS = tuple(
    f"{dot} {top}" for dot in ("punktum", "prik", "dot") for top in ("dk", "com", "net", "nu", "org", "eu")
)
_HANDLE = re.compile(r"(?<![\w.@])@[A-Za-z_][\w.]{2,30}")
_NATIONAL = (
    "sundhed|medicin|pro.medicin|promedicin|min.medicin|stps|sst|borger|retsinformation|laegemiddelstyrelsen|dpsd|uth.dpsd|stpk|ssi|lms|"
    "patientsikkerhed|interaktionsdatabasen|produktresume|sundk|rkkp|ekvis|dsam|hjertestarter|sikkerpatient|virk|datatilsynet|"
    "sundhedsstyrelsen|patienterstatningen|nbv|infektionsmedicin|dsr|laeger|netdoktor|giftlinjen|livslinien|e-boks|eboks|"
    "sundhedsdatastyrelsen|medcom|fmk-online|fmk|mitid|nemid|kl|danskeregioner|politi|112|lov|indberet.dpsd|sor|vis|dasaim|cancer|"
    "vip.regionh|e-dok.rm|pri.rn|dok.regionsjaelland|infonet.regionsyddanmark|min.sundhedsplatform|minsp|minsundhedsplatform"
)
_PUBLIC = re.compile(
    rf"(?:https?://)?(?:www\.)?(?:{_NATIONAL.replace('.', chr(92) + '.')})\.dk(?:/[a-zæøå/-]{{0,200}})?|"
    r"(?:https?://)?(?:www\.)?(?:who\.int|ema\.europa\.eu|pubmed\.ncbi\.nlm\.nih\.gov|uptodate\.com|google\.(?:dk|com))(?:/[a-z/-]{0,200})?",
    re.IGNORECASE,
)


def find(text: str) -> list[Span]:
    """Web addresses, and handles such as @navn."""
    found = []
    if _FULL_HINT.search(text):
        found += [_trim(span(m, Kind.URL, NAME, 0.95)) for m in _FULL.finditer(text)]
    if _DOT_TOP.search(text):
        found += [_trim(span(m, Kind.URL, NAME, 0.85)) for m in _BARE.finditer(text)]
    low = text.lower()
    if any(said in low for said in _SAID_HINTS):
        found += [span(m, Kind.URL, NAME, 0.7) for m in _SAID.finditer(text)]
    if "@" in text:
        found += [span(m, Kind.URL, NAME, 0.85) for m in _HANDLE.finditer(text)]
    return [one for one in found if not _PUBLIC.fullmatch(one.text)]


def _trim(one: Span) -> Span:
    kept = one.text.rstrip(".,;:!?)]}»\"'")
    return Span(one.start, one.start + len(kept), one.kind, kept, one.finder, one.score)
