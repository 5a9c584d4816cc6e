"""Professional numbers (ydernumre og autorisations-id'er), known by a word near them, in any spelling of either."""

import re
from collections.abc import Iterator

from uth.deid.find.numbers import NUMBER_WORDS
from uth.deid.span import Kind, Span
from uth.deid.words import HIDDEN

NAME = "profession"

# The words: 'ydernr.', 'yder:', 'ydr', 'y.nr.', 'yder-nummeret', 'lokationsnr'; 'aut.', 'aut-id', 'autorisations ID', 'autoris.'
_NR = r"(?:[ .-]{0,2}(?:nr|no|nummer|nummeret|numre|id|['’]?et|kode|koden)(?![^\W_]))"
_CUE = re.compile(
    rf"(?<![^\W_])(?:(?P<provider>yder(?:s|e|en)?(?:nr|no|nummer|nummeret|numre|id|kode|koden)?{_NR}?|ydr{_NR}?|ydnr|ynr|y\.[ ]?nr|praksis(?:nr|nummer)|apoteks?(?:nr|nummer)|"
    rf"lok(?:ation)?s?n(?:r|ummer))|(?P<licence>vikarkode|auts?(?:orisation(?:en)?s?|oris)?(?:id|nr|nummer|nummeret|kode)?{_NR}?|auto?rs?isation(?:s)?{_NR}?|authid|auth[ .-]{{0,2}}id))"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
_HINTS = (
    "yd",
    "ynr",
    "y.",
    "praksis",
    "apotek",
    "lok",
    "vikarkode",
    "aut",
)  # cheap, and nothing is found without
_WORDS = "|".join(
    sorted(
        (w for w, d in NUMBER_WORDS.items() if len(d) <= 2 and w not in ("i", "første")),
        key=len,
        reverse=True,
    )
)
_SAID = rf"(?:(?:{_WORDS}|null)(?:{_WORDS})?(?=[\W\d_]|$))"
_GAP = r"(?:[ \n]?[-–._/*,…x#]{0,3}[ \n]{0,2})"
# A provider number: four to eight digits, however split or said; a letter may lead.
_PROVIDER = re.compile(
    rf"(?:(?:YN|Y)[ .-]{{0,2}})?#?(?P<no>(?:[\doOlI]|{_SAID})(?:{_GAP}(?:[\doOlI](?![^\W\d_oOlI])|[\doOlI](?=[\doOlI])|{_SAID})){{2,12}})",
    re.IGNORECASE,
)
# An authorisation id: five letters and digits, however split; a digit or a hyphen tells it from a word.
_PIECE = rf"(?:[A-Z0-9]{{1,6}}(?![^\W_])|{_SAID})"
_LICENCE = re.compile(rf"(?:amb[ /-]?)?{_PIECE}(?:[ ]?[-–./]?[ ]?{_PIECE}){{0,5}}")
_LOWER = re.compile(r"[a-z0-9](?:[ .-]?[a-z0-9](?![^\W_])){4}(?![^\W_])|[0-9a-z]{5}(?![^\W_])")
_PLAIN_DIGIT = re.compile(rf"\d|nul|(?=[a-zæøåéA-ZÆØÅ]{{2,30}}-){_SAID}-")
_SMALL = re.compile(r"(?=[^\n]{0,12}\d[^\n]{0,6}\d)[0-9A-Za-z]{1,3}(?:[ .-][0-9A-Za-z]{1,3}){1,4}(?![^\W_])")
_DIRECT = re.compile(
    r"[ \n]?[.:#=\-(\"'”“]{0,3}[ \n]{0,2}(?:(?:er|var|nr|nummer|id|tdl|hedder|lyder|aut)\.?[ :=]{1,2}){0,2}[\"'”“(]?#?"
)
_BETWEEN = re.compile(r"[^\d\n]{0,48}\n?")
_ENDS = re.compile(r"[.!?][ \n]+[A-ZÆØÅ][a-zæøå]|\d")
_LATER = re.compile(
    r"(?P<no>(?<![\w.,-])\d(?:[ .-]?\d){4,6})(?=[ ]?(?:\(|er|som er|,)[ ]?(?:[a-zæøå]{1,10}[ ]){0,3}(?:ydern|yderen|ydr))",
    re.IGNORECASE,
)


def find(text: str) -> list[Span]:
    """Provider numbers and authorisation ids."""
    found: list[Span] = []
    low = text.lower()
    if not any(hint in low for hint in _HINTS):
        return found
    asked = False
    for match in _CUE.finditer(text):
        one = _provider(text, match) if match["provider"] else _licence(text, match.end())
        if one:
            found.append(one)
        if match["provider"]:
            asked = True
    return [*found, *_before(text)] if asked else found


def _provider(text: str, cue: re.Match[str]) -> Span | None:
    """The number right after the word, or the first one further on that has the length of one."""
    direct = _DIRECT.match(text, cue.end())
    start = direct.end() if direct else cue.end()
    number = _PROVIDER.match(text, start)
    if number and _count(number["no"]) >= 3:
        return _cut(text, number.start(), number, 0.95)
    for place in _places(text, start):
        number = _PROVIDER.match(text, place)
        if number:
            return _cut(text, number.start(), number, 0.8) if 5 <= _count(number["no"]) <= 7 else None
    return None


def _cut(text: str, start: int, number: re.Match[str], score: float) -> Span | None:
    """At most seven digits: what follows is another number."""
    return Span(start, number.end(), Kind.PROFESSION_ID, text[start : number.end()], NAME, score)


def _places(text: str, start: int) -> Iterator[int]:
    """Where a number may begin within the rest of the sentence."""
    rest = text[start : start + 50].split(HIDDEN, 1)[0]
    end = re.search(r"[.!?][ \n]+[A-ZÆØÅ][a-zæøå]", rest)
    for match in re.finditer(
        r"(?<![^\W_])(?=[\doO#Y])|(?<=[ :\"])(?=nul)", rest[: end.start()] if end else rest
    ):
        if re.match(r"(?:Y[ .]?)?#?[oO]?\d|nul", rest[match.start() :]):
            yield start + match.start()


def _count(number: str) -> int:
    """How many digits a number has, said or written."""
    digits = 0
    for piece in re.findall(rf"{_SAID}|[\doOlI]", number, re.IGNORECASE):
        digits += 1 if len(piece) == 1 else len(NUMBER_WORDS.get(piece.lower(), "0"))
    return digits


def _licence(text: str, start: int) -> Span | None:
    direct = _DIRECT.match(text, start)
    place = direct.end() if direct else start
    for pattern in (_LICENCE, _LOWER, _SMALL):
        match = pattern.match(text, place)
        if match and _is_licence(match.group()):
            return Span(place, match.end(), Kind.PROFESSION_ID, match.group(), NAME, 0.95)
    rest = text[place : place + 44].split(HIDDEN, 1)[0]
    if not _PLAIN_DIGIT.search(rest):
        return None
    for match in _LICENCE.finditer(rest):
        if _ENDS.search(rest[: match.start()]):
            return None
        if _is_licence(match.group()) and _PLAIN_DIGIT.search(match.group()) and not match.group().isdigit():
            at = place + match.start()
            return Span(at, place + match.end(), Kind.PROFESSION_ID, match.group(), NAME, 0.8)
    return None


def _is_licence(value: str) -> bool:
    plain = re.sub(rf"{_SAID}", "0", value, flags=re.IGNORECASE)
    chars = [char for char in plain if char.isalnum()]
    digits = sum(char.isdigit() for char in chars)
    return 4 <= len(chars) <= 9 and (
        digits >= 1 or (len(chars) == 5 and value.isupper() and not set(value) & set("AEIOUYÆØÅ"))
    )


def _before(text: str) -> list[Span]:
    """'051781 er vores ydernr': the number comes first."""
    return [
        Span(m.start("no"), m.end("no"), Kind.PROFESSION_ID, m["no"], NAME, 0.8)
        for m in _LATER.finditer(text)
    ]
