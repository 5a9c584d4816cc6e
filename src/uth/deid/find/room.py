"""Rooms (stuer): the number of a room, bed, flat or building; "stue" itself stays."""

import re
from collections.abc import Iterator, Sequence

from uth.deid.find.door import WORDED
from uth.deid.find.pattern import LOOK_BACK, before, span
from uth.deid.find.person import Strength, Token, read
from uth.deid.span import Kind, Span

NAME = "place"

# A word that ends like this, and how surely a number after it is where somebody lies or lives.
_HEADS = {
    "stue": 0.75, "stuen": 0.6, "seng": 0.75, "værelse": 0.75, "vær": 0.75, "lejlighed": 0.75, "lejl": 0.75, "bolig": 0.75, "kuvøse": 0.7, "kuvøsen": 0.6,
    "celle": 0.7, "lokale": 0.7, "lok": 0.6, "kontor": 0.7, "rum": 0.6, "opgang": 0.75, "op-gang": 0.75, "bygning": 0.75, "blok": 0.6, "etage": 0.6, "sal": 0.6,
    "hus": 0.6, "box": 0.6, "boks": 0.6, "plads": 0.45, "sengeplads": 0.75, "aflastningsplads": 0.75, "dør": 0.45, "elevator": 0.45, "stol": 0.4, "bord": 0.4,
    "bås": 0.5, "krog": 0.4, "fløj": 0.5, "hytte": 0.6, "indgang": 0.5, "skab": 0.35, "føde": 0.5, "kollegieværelse": 0.75, "leje": 0.5,
    "enhed": 0.35, "spor": 0.4, "pavillon": 0.6, "fødest": 0.6, "fdst": 0.6, "st": 0.45, "pl": 0.4, "plan": 0.4, "niveau": 0.35,
}  # fmt: skip
_ENDS = ("stue", "seng", "værelse", "rum", "lokale", "lejlighed", "bolig", "kontor", "celle")
_NOT = frozenset({"volumen", "centrum", "forum", "serum", "antrum", "drum", "spektrum", "maksimum", "tidsrum", "mellemrum", "hulrum", "pleurarum", "ledrum", "datarum", "krum", "indseng", "albumserum"})  # fmt: skip

_UNIT = r"(?![^\W_]|[.,:]\d|[ ]?°|[ ]?(?:mg|ml|l|timer?|min|dage?|gange?|patient\w*|person\w*|meter|m|sal|%|cm|grader|x|stk|ud af|kr|uger?|mdr|måneder|år|sengs\w*|manns?)(?![^\W_]))"
_NO = rf"(?:[A-ZÆØÅ]{{1,2}}[ -]?\d{{1,4}}(?:\.\d{{1,2}})?|\d{{1,4}}(?:[.-]\d{{1,3}}|-[A-ZÆØÅ]\d{{0,2}}|-[a-z](?![^\W_]))?(?:[ ]?[A-Zabcdehv](?![^\W_]))?|[A-ZÆØÅ]){_UNIT}"
_NUMBER = re.compile(
    rf"(?:s?n?r)?\.?(?:[ ]?(?:nr|nummer)\.?)?(?:[ ]er|[ ]hedder)?[ ]{{0,2}}(?P<no>(?:OP[ -]?(?=\d))?(?:{_NO}|\d{{1,3}}(?=s(?![^\W_]))))"
)
_WORD = re.compile(
    rf"(?:[ ](?:nr|nummer)\.?)?[ ](?P<no>(?!(?:en|et|ét|to)(?![^\W_])){WORDED}|øst|vest|nord|syd)",
    re.IGNORECASE,
)
_MORE = re.compile(rf"[ ]?(?:(?i:og|til|eller)|,|/|&|->)[ ](?:på[ ]|i[ ])?(?P<no>{_NO})")
_ANOTHER = re.compile(
    r"[ ](?:patient|person|beboer|borger|barn|børn|mand|andre|sygepl|plejer|ansat|kolleg|senge|stuer|gang)"
)
_SOMEBODY = re.compile(
    r"(?<![^\W_])(?P<who>[^\W\d_]{2,25})(?:[ ][A-Z]\.?)?[ ](?P<at>på|i|fra|til)[ ](?P<no>\d{1,3}(?:[ ]?[a-dA-D](?![^\W_]))?)"
    r"(?=[ ]?[;)!?]|[ ]?,(?!\d)|\.(?![ ]?(?:\d|sal|etage))|[ ](?:ved|som|er|og|har|havde|skal|skulle|lå|fik|får|i går|i dag|d\.|kl)(?![^\W_])|[ ]?$|\n)"
)
_AT_NUMBER = re.compile(r"[ ](?:på|i|fra|til)[ ]\d")
_WHOEVER = re.compile(r"(?<![^\W_])[^\W\d_]{2,25}(?:[ ][A-Z]\.?)?$")
_WHO = frozenset({
    "borger", "borgeren", "beboer", "beboeren", "hende", "ham", "den", "dem", "pt", "ptt", "patient", "patienten", "naboen", "ligger", "lå", "ligge", "bor",
    "flyttet", "flyttede", "kvinden", "manden", "damen", "herren", "fruen", "barnet", "drengen", "pigen", "nyindlagte", "indlagte", "sidder", "sad",
})  # fmt: skip
_MOVED = frozenset({"flyttet", "flyttede", "kørt", "hjem"})
_LETTERED = re.compile(
    r"[pfti](?<![^\W_].)(?:(?<=p)å|(?<=f)ra|(?<=t)il|(?<=i))[ ](?P<no>\d{1,3}[a-dA-D])(?![\w])"
)
_ROW = re.compile(r"(?:^|\n)(?P<no>\d{1,3}[A-D])(?=[ |;]{1,3}[^\W\d_])")
_COMPASS = re.compile(r"[NSEØVW](?:[ ]?\d|(?<![^\W\d_].)(?![^\W_]))")  # without one there is no position
_POSITION = re.compile(
    r"(?:[NS][ ]?)?\d{2}[°º ][ ]?\d{1,2}(?:[.,]\d+)?['’]?[ ]?[NS]?[ ,]{1,2}(?:[EØVW][ ]?)?\d{1,3}[°º ][ ]?\d{1,2}(?:[.,]\d+)?['’]?(?:[ ]?[EØVW](?![^\W_]))?"
)


def find(text: str) -> list[Span]:
    """Where in a house somebody lies, sits or lives; a position at sea."""
    found = [span(m, Kind.LOCATION, NAME, 0.6, "no") for m in _LETTERED.finditer(text)]
    found += [span(m, Kind.LOCATION, NAME, 0.4, "no") for m in _ROW.finditer(text)]
    if "°" in text or _COMPASS.search(text):
        found += [
            span(m, Kind.LOCATION, NAME, 0.8)
            for m in _POSITION.finditer(text)
            if re.search(r"[NSØEVW°]", m.group())
        ]
    tokens = read(text)
    return [*found, *_rooms(text, tokens), *_somebody(text)]


def _rooms(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    for token in tokens:
        score = _HEADS.get(token.low) or (
            0.6 if token.low.endswith(_ENDS) and token.low not in _NOT and len(token.low) > 5 else 0
        )
        if not score:
            continue
        match = _NUMBER.match(text, token.word.end) or _WORD.match(text, token.word.end)
        if match and not _ANOTHER.match(text, match.end()):
            sure = score if any(char.isdigit() for char in match["no"]) else min(score, 0.6)
            yield span(match, Kind.LOCATION, NAME, sure, "no")
            yield from _more(text, match.end(), sure)


def _more(text: str, at: int, score: float) -> Iterator[Span]:
    """'stue 4 og 5', 'fra værelse 5 til 15'."""
    for _ in range(8):
        match = _MORE.match(text, at)
        if not match or _ANOTHER.match(text, match.end()):
            return
        if match["no"].isalpha() and not match["no"].isupper():
            return
        yield span(match, Kind.LOCATION, NAME, min(score, 0.6), "no")
        at = match.end()


def _somebody(text: str) -> Iterator[Span]:
    """'hende på 12', 'agnes i 8', 'flyttet til 7': a number alone is a room where a person is there."""
    done = 0
    for number in _AT_NUMBER.finditer(text):
        ahead = _WHOEVER.search(text, max(done, number.start() - 28), number.start())
        match = _SOMEBODY.match(text, ahead.start()) if ahead else None
        if match is None:
            continue
        done = match.end()
        who = match["who"].lower()
        if match["at"] == "til":
            score = 0.5 if who in _MOVED and "sal" not in before(text, match.start(), LOOK_BACK) else 0
        else:
            score = 0.5 if who in _WHO else 0.35 if _named(match["who"]) else 0
        if score:
            yield span(match, Kind.LOCATION, NAME, score, "no")


def _named(who: str) -> bool:
    token = read(who)
    return bool(token) and token[0].strength > Strength.MAYBE
