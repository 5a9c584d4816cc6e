"""Addresses (adresser): a street or a house and its number, floor, door, postcode and town, however disorderly.

No list of endings foresees what a road may be called. So every word before a house number is judged by what
stands around it: its ending, a capital letter, "bor" or "adresse" before it, a door or a town after it.
"""

import re
from collections.abc import Iterator, Sequence

from uth.deid.find import street
from uth.deid.find.door import WORDED, tail
from uth.deid.find.home import AT_HOME, Place
from uth.deid.find.pattern import before, span
from uth.deid.find.person import Strength, Token, read, strength_of
from uth.deid.lexicon import STOPWORD, TOWN, facts
from uth.deid.span import Kind, Span

NAME = "address"

_LETTER = r"(?:[ ]?[A-HJ-ZÆØ](?![^\W_])|[ ]?[a-hj-np-rt-z](?![^\W_])|[ ]?[A-Z]\d(?![^\W_]))"
_NUMBER = re.compile(
    rf"(?P<comma>,)?(?:[ ]?(?:[Ss]yd|[Nn]ord|[Øø]st|[Vv]est))?\.?(?:[ \n]{{1,2}}|(?=\d))(?:(?:ud[ ]?for[ ])?(?:(?:hus|nr|no|num|nummer)\.?[ ]?){{0,2}})"
    rf"(?:(?:\d{{1,3}}[oO]?|Y\d){_LETTER}?(?:[ ]?[-/][ ]?\d{{1,3}}(?!\.?[ ]?(?:sal|tv|th|mf))[A-Za-z]?(?![^\W_])){{0,2}}(?=[^\W\d]|$|\W|st\b)|(?<=nr)\?+|(?<=nr\.)\?+)"
    r"(?![\d%]|[.:]\d|,\d(?!\d*,|\d*[ ]?[A-ZÆØÅ])|[ ]?(?:cm|mm|mg|ml|min|timer?|dage?|kr|år|kg|gange?|stk|patienter|ud af|mikrog\w*|ie|gram|g|l|%|x|uger?|mdr|point|døgn|grader|m|meter|sek|mand|personer|pct|procent|ampul\w*|tbl|tab|sæt|plejere|beboere|børn)(?![^\W_]))",
    re.IGNORECASE,
)
_WORD_NUMBER = re.compile(rf",?[ ](?:(?:nr|nummer|hus nr)\.?[ ])?{WORDED}", re.IGNORECASE)
_LIVES = re.compile(
    r"(?<![^\W_])(?:bor|bo|boede|bosat|boet|bopæl\w*|boende|adresse\w*|adr|hjemmeadr\w*|opholdsadr\w*|postadresse|leveringsadresse|c/o|hjørnet|gården|ejendommen|sommerhus\w*|husmandsstedet|"
    r"landstedet|bopælsadresse|rækkehus\w*|lejlighed\w*|villa\w*|hjemme|vejnavn\w*|gadenavn\w*|hjem til|flyttet til|flyttet fra|ude hos|inde hos|afhentes|hentes|opsamling\w*|"
    r"der i|altså)(?![^\W_])(?:[.]?[ ]?(?:på|i|er|af|nu|p\.?t\.?|hhv\.?|stadig|alene|ellers|vist|egentlig|jo|fortsat|også|oplyst|som|hos|ovre|ude|skal være|han|hun|de|vi|jeg|"
    r"begge|tidligere|sammen med|opgivet|lyder|var|dengang|ny|gl|rigtig|den|gamle|siden|stedet|til|med|adressen|p|at|bag|sin|sit|familien|en|et|lejlighed|gård|værelse|lille|hus|hedder|mor|far)(?![^\W_])){0,4}[ .:,(\"'»]{0,4}$"
)
_FIRST = re.compile(
    r"(?<![^\W_])(?<!\d[.,:/])(?:(?:nr|nummer)\.?[ ]?)?\d{1,3}(?:[ ]?[A-Za-z](?![^\W_]))?(?:[.,]{1,2}[ ]\d{1,2}\.[ ]?(?:tv|th|mf)\.?)?,?[ ](?:på[ ]|i[ ])?$"
)
_POST_FIRST = re.compile(r"(?<![^\W_])\d{4}[ ][^\W\d_]{2,20}(?:[ ][^\W\d_]{1,2})?,[ ]$")
_HOUSE = re.compile(
    r"(?:[\"'»][^\W\d_][^\"'\n]{2,25}[\"'«],?[ ]|(?<![^\W_])c/o[ ][^\W\d_][\w. -]{1,30},[ ]|(?<![^\W_])(?:[A-ZÆØÅ][^\W\d_]{1,15}[ ])?[A-ZÆØÅ][^\W\d_]{2,25},[ ])$"
)
_QUOTED = re.compile(r"[\"'«],?[ ]$")
_TITLE_POSSESSIVE = re.compile(r"(?<![^\W_])[A-ZÆØÅ][a-zæøå]+ (?:d\.|den) \d{1,2}\.?['’]?s $")
_PLACED = re.compile(r"(?<![^\W_])(?:bag|under|ved) $")
_BOX = re.compile(
    r"(?<![^\W_])(?:[Pp]ost(?:boks|box)[ ](?:nr\.?[ ]?)?\d{1,5}(?![^\W_])|[Bb]o(?:ks|x)[ ]\d{1,5}(?=,[ ]\d{4}[ ]))"
)
_POSTCODE = re.compile(
    r"(?<![^\W_])(?:postnr|postnummer|post nr)\.?[ :]{1,3}(?P<code>\d{4})(?![\w])", re.IGNORECASE
)
_POSTED = re.compile(
    r"[D1-9](?<![^\W_].)(?<![./-].)(?:(?<=D)K[- ]?[1-9]|(?<=[1-9]))\d{3}(?=[ ]{1,2}[^\W\d_])"
)
_NEIGHBOUR = re.compile(
    r"(?<![^\W_])(?:nabo\w*|genbo\w*|overbo\w*|underbo\w*|hus\w*|bor|borger\w*|beboer\w*|hende|ham|dem|han|hun|[A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ])?)(?: ovre| inde| henne)?[ ](?:i|på|fra)[ ]$"
)
_AT_HOUSE = re.compile(r"(?<![^\W_])(?:på|i|ved|fra|altså|overfor|over for|efter kirken,)[ ]$")
_HOUSE_NUMBER = re.compile(r"n(?:r|ummer)\.?[ ]?(?P<no>\d{1,3}[A-Za-z]?)(?![^\W_]|[.,]\d)")


def find(text: str) -> list[Span]:
    """Addresses, and streets named without a number."""
    found = [span(m, Kind.ADDRESS, NAME, 0.8, "code") for m in _POSTCODE.finditer(text)]
    found += [_whole(text, m.start(), tail(text, m.end()).end, 0.9) for m in _BOX.finditer(text)]
    return [*found, *_numbered(text), *_posted(text), *_joined(text, _streets(text, read(text)))]


def _whole(text: str, start: int, end: int, score: float) -> Span:
    return Span(start, end, Kind.ADDRESS, text[start:end], NAME, score)


def _numbered(text: str) -> Iterator[Span]:
    """'naboen i nr. 4', 'hende på nr 12', 'ved nr. 7'."""
    for match in _HOUSE_NUMBER.finditer(text):
        start = match.start()
        if text[start - 1 : start] != " ":
            continue
        if _NEIGHBOUR.search(text, max(0, start - 48), start):
            yield span(match, Kind.ADDRESS, NAME, 0.5, "no")
        if _AT_HOUSE.search(text, max(0, start - 16), start):
            yield span(match, Kind.ADDRESS, NAME, 0.35, "no")


_JOINTS = (" og ", "/", " / ", ", ", ",", "-")
_LONGEST = 200  # a longer row is a list of addresses


def _joined(text: str, found: Iterator[Span]) -> Iterator[Span]:
    """A corner or a farm and its road are one address: 'Møllegade og Tværgade', 'Troldhøj, Astrupvej'."""
    last: Span | None = None
    for one in found:
        near = last and one.end - last.start < _LONGEST and text[last.end : one.start] in _JOINTS
        if last and near:
            last = _whole(text, last.start, one.end, max(last.score, one.score))
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _posted(text: str) -> Iterator[Span]:
    """Postcode and town: '8000 Aarhus C'."""
    for match in _POSTED.finditer(text):
        following = text[match.end() : match.end() + 30].split(maxsplit=1)[0].strip(".,;:()")
        known = facts(following.lower())
        if known & TOWN and not known & STOPWORD and (following[0].isupper() or len(following) > 5):
            rest = tail(text, match.start())
            yield _whole(text, match.start(), max(rest.end, match.end()), 0.8)


def _streets(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    done = 0
    for at, token in enumerate(tokens):
        if token.word.start < done:
            continue
        kind = street.ending(token.low)
        if not _worth_judging(text, token, kind, tokens[at - 1].low if at else ""):
            continue
        if found := _judged(text, tokens, at, kind, done):
            done = found.end
            yield found


def _worth_judging(text: str, token: Token, kind: int, earlier: str) -> bool:
    """A cheap first look: a street's ending, a number behind, or a name where somebody lives."""
    end = token.word.end
    dotted = text[end : end + 1] == "." and text[end + 2 : end + 3].isdigit()
    if kind == 2 or dotted or text[end + 1 : end + 2].isdigit() or (kind and text[end : end + 2] == " n"):
        return True
    return token.capital and (
        kind == 1 or text[end : end + 1] == "," or earlier in AT_HOME or text[end : end + 4] == " nr."
    )


def _judged(text: str, tokens: Sequence[Token], at: int, kind: int, done: int) -> Span | None:
    """The address whose street ends with the word at `at`, if it is one."""
    token = tokens[at]
    number = _number(text, token, kind)
    end = number or token.word.end
    if not number and not token.capital and (kind < 2 or text[end : end + 1] not in " ,"):
        return None
    if not number and not kind and token.opens:
        return None
    first = street.first_of(text, tokens, at)
    start = tokens[first].word.start
    lives = _lives(text, start, done)
    rest = tail(text, end, numbered=bool(number) or lives)
    earlier = tokens[first - 1].low if first else ""
    place = Place(text, earlier, tokens[first], token, kind, bool(number), rest.telling, lives)
    score = place.score()
    if not score:
        return None
    start, early = _start(text, start, numbered=bool(number), sure=kind == 2 and token.capital)
    if early and not number:
        score = max(score, 0.8)
    return _whole(text, start, max(end, rest.end if rest.telling or not number else end), score)


def _lives(text: str, start: int, done: int) -> bool:
    """Does somebody live here: 'bor på', 'adresse:', or an address just before ('Troldhøj, Astrupvej')?"""
    if done and start - done < 5 and text[done:start].strip(" ,/") in ("", "og"):
        return True
    ahead = before(text, start, 60)
    return any(hint in ahead for hint in _HINTS) and bool(_LIVES.search(ahead))


_HINTS = ("bo", "adr", "c/o", "hj", "gård", "ejendom", "sted", "hus", "lejlighed", "villa", "navn", "flyttet", " hos", "hentes", "opsamling", "der i")  # fmt: skip


def _number(text: str, token: Token, kind: int) -> int:
    """Where the house number after a word ends; 0 where there is none."""
    end = token.word.end
    if match := _NUMBER.match(text, end):
        named = "n" in match.group().lower()[:6]
        abbreviated = text[end] != "." or token.low.endswith(("pl", "kvt", "vg", "allé"))
        return match.end() if abbreviated and (kind == 2 or named or not match["comma"]) else 0
    match = _WORD_NUMBER.match(text, end) if kind else None
    return match.end() if match else 0


def _start(text: str, start: int, *, numbered: bool, sure: bool) -> tuple[int, bool]:
    """Where the address begins: with a number, a postcode, a house's name or "c/o" before the street."""
    window = text[max(0, start - 45) : start]
    if window.endswith("c/o "):
        return start - 4, False
    if window.endswith("s ") and (possessive := _TITLE_POSSESSIVE.search(window)):
        return start - len(possessive.group()), False
    early = None if numbered or not sure else _FIRST.search(window)
    named = window[-3:-2].isalpha() and window.endswith(", ")
    early = early or (_POST_FIRST.search(window) if named else None)
    if early:
        return start - len(early.group()), True
    house = _HOUSE.search(window) if named or "c/o" in window or _QUOTED.search(window) else None
    if house and (house.group()[0] in "\"'»c" or _a_house(house.group().strip(" ,").split(" "))):
        return start - len(house.group()), False
    placed = _PLACED.search(window[-8:]) if not sure and (numbered or text[start].isupper()) else None
    if placed and _LIVES.search(before(text, start - len(placed.group()), 60)):
        return start - len(placed.group()), False
    return start, False


def _a_house(parts: Sequence[str]) -> bool:
    """'Kærhavegård, Hedevej 3' begins with a house, 'Hanne Holm, Hedevej 3' with a person."""
    if street.ORG_HEAD.search(parts[0].lower()) or strength_of(parts[0]) > Strength.UNKNOWN:
        return False
    return street.ending(parts[-1].lower()) > 0
