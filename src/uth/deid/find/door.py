"""What follows a house number (døren): floor, door, block, postcode and town, in any order and spelling."""

import re
from typing import NamedTuple

from uth.deid import lexicon
from uth.deid.lexicon import STOPWORD, TOWN, VILLAGE, facts

_UNITS = "et|ét|en|to|tre|fire|fem|seks|syv|otte|ni"
_TENS = "tyve|tredive|fyrre|halvtreds|tres|firs|halvfems"
_SMALL = rf"(?:(?:{_UNITS})[ ]?(?:og|en|n|ogen)[ ]?(?:{_TENS})|{_TENS}|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten|{_UNITS})"
WORDED = rf"(?:(?:(?:et|to|tre)[ ]?)?hundrede?(?:[ ]?og[ ]?{_SMALL})?|{_SMALL})(?![^\W_])"
_SIDE = r"(?:t\.?[ ]?[vh]|m\.?[ ]?f|midtfor|midt for|til (?:højre|venstre)|højre|venstre)(?![^\W_])\.?"
_LOW = r"(?:st(?:uen?|ueetagen)?|kld|kl|kælder(?:en)?)"
_ORDINAL = r"(?:første|anden|tredje|fjerde|femte|sjette|syvende|ottende)"
_LEAD = r"(?:[ ]?[,.;/~-]){0,2}[ \n]{0,2}\(?"

_FLOOR = re.compile(
    rf"{_LEAD}(?:"
    rf"(?:\d{{1,2}}\.?|{_ORDINAL})[ ]?(?:sal|etage)(?:[ ,]{{0,2}}(?:{_SIDE}|(?:lejl|dør)\.?[ ]?\d{{1,4}}))?|"
    rf"(?:\d{{1,2}}|{_LOW})\.?[ ,.\n-]{{0,3}}{_SIDE}|{_ORDINAL}[ ]{_SIDE}|"
    rf"{_SIDE}(?:[ ]på[ ]\d{{1,2}}\.)?|"
    rf"(?:dør|lejl(?:ighed)?|lej|værelse|vær|bolig|blok|opg(?:ang)?|indgang|indg|port|bygning|bygn|hus|hytte|rækkehus|etage|postboks)\.?[ ]?(?:nr\.?[ ]?)?"
    rf"(?:\d{{1,4}}[A-Za-z]?|[A-ZÆØÅ]\d{{0,2}}|{WORDED})(?![^\W_])|"
    rf"{_LOW}\.?,?[ ]?-?\d{{1,2}}(?=[ ]?[,;)]|\.?[ ]?$|[ ]\d{{4}}(?!\d))|"
    r"(?:st|kld|stuen|kælderen|mezzaninen|baghus(?:et)?|bagh|forhuset|sidehuset|i gården|bagved|over garagen)(?![^\W_])\.?|kl\.(?=[,;)]|$)|"
    r"opgangen (?:ved|til) [^\W\d_]{3,20}|\d\.[ ]bag(?![^\W_])|"
    rf"(?:\d\.?(?:die|de|te)?|{_ORDINAL})[ ](?:hus|dør|lejlighed)(?:[ ](?:på|til)[ ](?:venstre|højre)(?:[ ]hånd|[ ]side)?)?(?![^\W_])|"
    rf"nr\.?[ ]?\d{{1,3}}(?![^\W_])|(?:nej|eller)[ ](?:nr\.?[ ])?(?:\d{{1,3}}[a-z]?|{WORDED})(?![^\W_])"
    r")\)?",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"{_LEAD}(?:[^\W\d_]{{3,12}}(?=,[ ](?:\d{{4}}|\d[ ]\d[ ]\d[ ]\d)[ ])|\([^()\n\d]{{3,40}}\)|"
    r"(?:ovenpå|oven på|over|bag|ved|overfor|over for|ved siden af|indgang (?:fra|via|ved)|opgangen ved)[ ](?!(?:jeg|han|hun|den|det|at|en|et|mig|sin)(?![^\W_]))[^\W\d_]{3,15}(?![^\W_])(?=[ ]?[,.;)\n\"]|$))"
)
_BARE_FLOOR = re.compile(
    r"(?:,[ ]{0,2}|[ ]-?[ ]?)\d{1,2}(?:\.(?!\d)|(?=[,;)])|(?=[ ]\d{4}(?!\d))|,(?=\d{1,2}[ ][A-ZÆØÅ])|(?=\.?$)|(?=[ ][a-zæøå])(?![ ](?:mg|ml|dage?|timer?|min|år|stk|gange?|uger?|mdr|x|mand|personer|børn|kr|km)(?![^\W_])))(?:[ ,.-]{0,3}\d{1,4}(?=[,;.) ]|$)(?![ ]?(?:mg|ml|dage|timer|min|år)))?"
)
_POST = re.compile(
    r"(?:[ ]?[,.;~-]){0,2}[ \n]{0,2}(?:i[ ])?(?:DK[- ]?)?(?:\d{4}|[1-9][ ]\d[ ]\d[ ]\d)(?![\d:/]|[.,-]\d|[ ]?(?:ie|mg|ml|gram|g|kr|kcal|skridt|stk|timer|e)(?![^\W_]))(?:-[a-zæøå][a-zæøå-]{1,20}|[ ](?-i:[A-ZÆØÅ])(?![^\W_]))?",
    re.IGNORECASE,
)
_SPOKEN_POST = re.compile(
    r",?[ ](?:[^\W\d_]{2,20}[ ])?[a-zæøå]{2,8}tusinde?[a-zæøå]{0,30}(?![^\W_])", re.IGNORECASE
)
_AHEAD_OF_TOWN = r"(?:(?:nr|sdr|gl|kgs|st|ll|ndr|nørre|sønder|vester|øster|store|lille|v|ø|n|s)\.?[ ])?"
_TOWN = re.compile(
    rf"[ ,\n]{{0,2}}(?P<town>{_AHEAD_OF_TOWN}[^\W\d_]{{2,24}})(?P<more>(?:[ ](?-i:[A-ZÆØÅ][a-zæøå]{{2,20}}))?(?:[ ](?-i:[A-ZÆØÅ]{{1,2}})|[ ][kcfsmjv](?=[.,]))?(?![^\W_]))?",
    re.IGNORECASE,
)
_IN_TOWN = re.compile(
    rf"(?P<mark>,[ \n]{{0,2}}(?:i[ ])?|[ ]{{1,2}}(?:i|ved|nær)[ ]{{1,2}}|[ ])(?P<town>{_AHEAD_OF_TOWN}[^\W\d_]{{2,24}})(?P<more>[ ](?:Strand|Havn|By|Øst|Vest|Nord|Syd|(?-i:[A-ZÆØÅ]{{1,2}}))(?![^\W_]))?",
    re.IGNORECASE,
)


class Tail(NamedTuple):
    """Where the address ends, and how telling what was found is: 0 nothing, 1 a number, 2 a door or a town."""

    end: int
    telling: int


def tail(text: str, at: int, *, numbered: bool = True) -> Tail:
    """Floor, door, postcode and town from `at` on; a town without comma or postcode follows a number only."""
    near = _run(text, at, numbered=numbered)
    if beside := _BESIDE.match(text, near.end):  # 'over bageren, nr 2, Marstal'
        further = _run(text, beside.end(), numbered=numbered)
        if further.telling:
            return further
    return near


def _run(text: str, at: int, *, numbered: bool) -> Tail:
    end, telling = at, 0
    for _ in range(6):
        if part := _FLOOR.match(text, end):
            end, telling = part.end(), 2
        elif part := _BARE_FLOOR.match(text, end):
            end, telling = part.end(), max(telling, 1)
        else:
            break
    if post := _POST.match(text, end) or _SPOKEN_POST.match(text, end):
        town = _town_end(text, post.end())
        return Tail(town or post.end(), 2 if town or telling or post.re is _SPOKEN_POST else 1)
    town = _named_town(text, end, numbered=numbered or telling > 0)
    if town and (post := _POST.match(text, town)):
        town = post.end()
    return Tail(town or _trimmed(text, end), 2 if town else telling)


def _trimmed(text: str, end: int) -> int:
    while text[end - 1] in " ,":
        end -= 1
    return end


def _town_end(text: str, at: int) -> int:
    """The end of the town after a postcode; 0 where what follows is no town."""
    match = _TOWN.match(text, at)
    if not match:
        return 0
    town = match["town"]
    low = town.lower()
    wrapped = "\n" in text[at : match.start("town")]
    capital = town[0].isupper() and not wrapped and not facts(low) & STOPWORD
    known = bool(facts(low) & (TOWN | VILLAGE))
    ends = (
        text[match.end("town") : match.end("town") + 1] in (".", ",", ";", ")", "\n", "", " ")
        and len(low) > 4
    )
    if not (
        capital
        or known
        or (ends and not wrapped and not facts(low) & STOPWORD and _glued_or_closed(text, match))
    ):
        return 0
    more = match["more"]
    if more and (len(more) <= 3 or f"{low}{more.lower()}" in lexicon.towns()):
        return match.end()
    if more and (short := re.match(r"[ ][A-ZÆØÅ]{1,2}(?![^\W_])", more)):
        return match.end("town") + short.end()
    return match.end("town")


def _glued_or_closed(text: str, match: re.Match[str]) -> bool:
    return bool(re.match(r"[.,;)\n]|$|[ ][^\w]", text[match.end("town") : match.end("town") + 2]))


_STREETS = ("vej", "gade", "allé", "torv", "stræde", "vænge", "boks")


def _named_town(text: str, at: int, *, numbered: bool) -> int:
    """The end of a town that follows without a postcode: ', Horsens', ' i vrå'."""
    match = _IN_TOWN.match(text, at)
    if not match:
        return 0
    town, mark = match["town"], match["mark"].strip()
    known = facts(town.lower())
    compound = " " in town and (town.split(" ")[1][0].isupper() or mark[:1] == ",")
    closed = (
        mark[:1] == ","
        and town[0].isupper()
        and not known
        and text[match.end("town") : match.end("town") + 1] in ".,;)\n"
    )
    if known & STOPWORD or town.lower().endswith(_STREETS) or not (numbered or (mark[:1] == "," and known)):
        return 0
    if not (known & (TOWN | VILLAGE) or compound or closed):
        return 0
    if town[0].isupper() and (mark or known & TOWN):
        return match.end() if match["more"] else match.end("town")
    return match.end("town") if mark[-1:] in ("i", "r", "d") and (known & TOWN or compound) else 0
