"""Dates with a month, a day or a feast in words (måned): 3. april, maj 1948, "den tredje i fjerde", 2. påskedag 2024."""

import re
from collections.abc import Iterator, Sequence

from uth.deid.find.pattern import after, before, span
from uth.deid.find.person import Token, read
from uth.deid.near import Near
from uth.deid.span import Kind, Span
from uth.deid.words import at_numerals

NAME = "date"

_FULL = ("januar", "februar", "marts", "april", "august", "september", "oktober", "november", "december")
_SHORT = "maj juni juli jan feb febr mar apr jun jul aug sep sept okt nov dec jan may mai june july oct october march january february des desember octobre"
_MONTHS = frozenset((*_FULL, *_SHORT.split()))
_NEAR = Near(_FULL)
_NOT_MONTHS = frozenset({"parts", "marks", "smarts", "mart", "aprils", "novembers"})

_UNITS = ("en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
_TENS = ("tyve", "tredive", "fyrre", "halvtreds", "tres", "firs", "halvfems")
_TEENS = ("ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten")
_YEARS = frozenset((*_TEENS, *_TENS, *(f"{unit}og{ten}" for unit in _UNITS for ten in _TENS)))
_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "første", "anden andet", "tredje tredie", "fjerde", "femte", "sjette", "syvende", "ottende", "niende", "tiende",
            "ellevte elvte", "tolvte", "trettende", "fjortende", "femtende", "sekstende sejstende", "syttende", "attende",
            "nittende", "tyvende", "enogtyvende", "toogtyvende", "treogtyvende", "fireogtyvende", "femogtyvende",
            "seksogtyvende", "syvogtyvende", "otteogtyvende", "niogtyvende", "tredivte", "enogtredivte",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip

_DAY = r"(?:3[01Il]|[12][\doO]|[0oO][1-9Il]|[1-9])"
_AFTER_MONTH = re.compile(
    r"\.?(?:,?[ \n-]{0,2}(?:(?:19|20)\d{2}|['’]\d{2})(?![^\W_])|,?[ -]{0,2}\d{2}(?![^\W_]|[.,:/-]\d|[ ]?(?:mg|ml|timer|dage|år|stk|min|patient|%|kg|gange|uger)))?"
)
_WORDED_YEAR = re.compile(
    r"[ ](?:(?:nitten[ ]?hundrede?(?:[ ]?og)?|totusinde?(?:[ ]?og)?|tyve)[ ])?(?P<year>[a-zæøå]{2,18})(?![^\W_])",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(
    rf"(?<![^\W_])(?<!\d[.,:])(?:{_DAY}\.?[ ]?(?:-|til|og|/|,|&|eller|el\.)[ ]?(?:den[ ]|d\.[ ]?)?)?"
    rf"{_DAY}(?:\.?[ ]?(?:de|s?te|nde|ende|sde|[dt]en|st|nd|rd|th)(?![^\W\d_])|\.)?[ \n./-]{{0,3}}(?P<i>(?:i|af|of)[ ])?(?P<month>[^\W\d_]{{3,9}})(?![^\W\d_])"
)
_MONTH_YEAR = re.compile(
    r"\.?,?[ \n]{1,2}(?:(?:19|20)\d{2}|['’]\d{2})(?![^\W_])|[ ]\d{1,2}(?:st|nd|rd|th|,)?[ ](?:19|20)\d{2}(?![^\W_])|\.?[ ]\d{1,2}(?:st|nd|rd|th)(?![^\W_])"
)
_MONTH_SHORT_YEAR = re.compile(
    r"\.?[ -](?:[0-4]\d)(?![^\W_]|[.,:/-]\d|[ ]?(?:mg|ml|timer|dage|år|stk|min|pt|patient|%|kg|gange|uger))"
)
_EDGE = re.compile(r"(?:primo|medio|ultimo|ult\.?|prim\.?|med\.?|født i|siden|fra|i)[ ]$")
_FOREIGN = re.compile(
    rf"(?<![^\W_])(?:født|f\.|er|den|d\.)[ ](?P<date>{_DAY}\.?[ ][^\W\d_]{{3,13}}[ ](?:19|20)\d{{2}})(?![^\W_])",
    re.IGNORECASE,
)


def find(text: str) -> list[Span]:
    """Dates that are not all figures."""
    found = [span(m, Kind.DATE, NAME, 0.6, "date") for m in _FOREIGN.finditer(text)]
    tokens = read(text)
    return [*found, *_day_month(text), *_tokens(text, tokens)]


def is_month(low: str) -> bool:
    """A month, short or long, Danish or English, at most one slip from right."""
    return low in _MONTHS or (len(low) >= 5 and low not in _NOT_MONTHS and _NEAR.match(low))


def _day_month(text: str) -> Iterator[Span]:
    for match in at_numerals(_DAY_MONTH, text):
        word = match["month"]
        if word[0] not in "jfmasondJFMASOND" or not is_month(word.lower()):
            continue
        numbered = match["i"] and text[match.start("i") - 2].isdigit()
        if numbered or after(text, match.end()).startswith(" måned"):
            continue  # 'fejl nr. 3 i marts', 'stue 1. Maj måneds medicin'
        yield _to(text, match.start(), match.end(), 0.9)


def _to(text: str, start: int, end: int, score: float) -> Span:
    """The date from `start`, with the year where one follows its month's `end`."""
    if following := _AFTER_MONTH.match(text, end):
        bare = following.end() - end <= 1
        if bare and (worded := _WORDED_YEAR.match(text, end)) and worded["year"].lower() in _YEARS:
            end = worded.end()
        elif not bare:
            end = following.end()
    return Span(start, end, Kind.DATE, text[start:end], NAME, score)


def _tokens(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    for at, token in enumerate(tokens):
        if token.low not in _TELLING:
            continue
        if token.low in _ORDINALS:
            yield from _ordinal(text, tokens, at)
        elif token.low in _FEASTS:
            yield from _feast(text, token)
        elif token.low in _MONTHS:
            yield from _month_first(text, token)
        elif token.low in _TEENS:
            yield from _cardinal(text, tokens, at)


def _month_first(text: str, token: Token) -> Iterator[Span]:
    """'maj 1948', "marts '24", 'dec. 3rd', 'ult. marts 24'; a month alone is no date."""
    start = token.word.start
    if year := _MONTH_YEAR.match(text, token.word.end):
        yield Span(start, year.end(), Kind.DATE, text[start : year.end()], NAME, 0.9)
        return
    edge = _EDGE.search(before(text, start))
    if edge and (short := _MONTH_SHORT_YEAR.match(text, token.word.end)):
        yield Span(start, short.end(), Kind.DATE, text[start : short.end()], NAME, 0.6)
    elif edge and edge.group()[0] in "pmu":
        yield Span(start, token.word.end, Kind.DATE, token.word.text, NAME, 0.35)


def _ordinal(text: str, tokens: Sequence[Token], at: int) -> Iterator[Span]:
    """'tredje april', 'den sjette i tiende', 'den fjortende ringede'."""
    start = tokens[at].word.start
    day = _ORDINALS[tokens[at].low]
    following = tokens[at + 1 : at + 3]
    beside = [_beside(text, tokens[at + step].word.end, one) for step, one in enumerate(following)]
    if (
        beside[:1] == [True]
        and is_month(following[0].low)
        and not (day < 3 and following[0].low in ("maj", "jan", "jun") and following[0].capital)
    ):
        yield _to(text, start, following[0].word.end, 0.9)
        return
    if (
        beside == [True, True]
        and following[0].low == "i"
        and (is_month(following[1].low) or _ORDINALS.get(following[1].low, 13) <= 12)
    ):
        yield _to(text, start, following[1].word.end, 0.85)
        return
    if re.search(r"(?<![^\W_])(?:den|d\.)[ \n]$", before(text, start, 6)):
        score = _den(day, after(text, tokens[at].word.end))
        if score:
            yield Span(start, tokens[at].word.end, Kind.DATE, tokens[at].word.text, NAME, score)


def _den(day: int, rest: str) -> float:
    """'den tredje' may be a person or a tablet; 'den nittende' is a day."""
    if re.match(
        r"[ ](?:gang|patient|person|tablet|dag|uge|time|måned|omgang|dosis|i række|klasse|sal|etage|del|af )",
        rest,
    ):
        return 0
    ends = re.match(r"\s*(?:[.,;:)!?]|$|kl|blev|om |var |fik |ringede|kom |havde |i måned)", rest)
    if day > 12:
        return 0.7
    if day > 3:
        return 0.6 if ends else 0.25
    return 0.25 if ends else 0


def _beside(text: str, end: int, following: Token) -> bool:
    return following.word.start - end <= 2 and not text[end : following.word.start].strip(" \n")


def _cardinal(text: str, tokens: Sequence[Token], at: int) -> Iterator[Span]:
    """'nitten i tredje seksten': a day, a month and a year in words."""
    following = tokens[at + 1 : at + 3]
    if len(following) == 2 and following[0].low == "i" and _ORDINALS.get(following[1].low, 13) <= 12:
        yield _to(text, tokens[at].word.start, following[1].word.end, 0.6)


# Feasts by their last telling word: with a year, or counted ('2. juledag'), they are a date.
_ONE_DAY = """
    juleaften juleaftensdag lillejuleaften nytårsaften nytårsaftensdag nytårsdag nytårsnat skærtorsdag langfredag påskelørdag
    palmesøndag pinselørdag himmelfartsdag bededag grundlovsdag mortensaften fastelavnsmandag
"""
_SEASON = """
    påskesøndag påske påsken pinse pinsen himmelfart hans hansaften sankthansaften sankthans fastelavn fastelavnssøndag mortens
    valentinsdag julen jul allehelgen allehelgens allehelgensdag eid halloween nytår kyndelmisse helligtrekonger
"""
_DAYS = frozenset(_ONE_DAY.split())
_COUNTED = frozenset({"juledag", "påskedag", "pinsedag", "ramadan", "advent"})
_FEASTS = _DAYS | _COUNTED | frozenset(_SEASON.split())
_TELLING = _MONTHS | _FEASTS | frozenset(_ORDINALS) | frozenset(_TEENS)
_AHEAD = re.compile(
    r"(?:(?:(?:[1-4](?:\.|de|den|ste|ten)?|første|anden|andet|tredje|fjerde|søndag i|sankt|sct\.?|skt\.?|st\.?|store|kr\.?|kristi|lille|lillejule|hellig)[ ])+)$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:[ ]?(?:aftensdag|aften|dag|nat))?(?P<year>,?[ ](?:i[ ])?(?:(?:19|20)\d{2}|['’]\d{2})(?![^\W_]))?",
    re.IGNORECASE,
)


def _feast(text: str, token: Token) -> Iterator[Span]:
    low, start = token.low, token.word.start
    window = text[max(0, start - 24) : start]
    ahead = _AHEAD.search(window)
    counted = bool(ahead and re.match(r"[1-4]|før|and|tre|fje", ahead.group().lower()))
    if ahead:
        start -= len(ahead.group())
    behind = _BEHIND.match(text, token.word.end)
    if behind and behind["year"]:
        yield Span(start, behind.end(), Kind.DATE, text[start : behind.end()], NAME, 0.9)
    elif counted and low in _COUNTED:
        yield Span(start, token.word.end, Kind.DATE, text[start : token.word.end], NAME, 0.85)
    elif low in _DAYS:
        yield Span(start, token.word.end, Kind.DATE, text[start : token.word.end], NAME, 0.35)
