"""Dates (datoer) in the ways Danish notes write them."""

import re
from collections.abc import Iterator

from uth.deid.find.pattern import after, before, span
from uth.deid.span import Kind, Span

NAME = "date"

MONTH = (
    r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|okt|nov|dec)"
)
_ORDINAL = (
    r"(?:første|anden|andet|tredje|fjerde|femte|sjette|syvende|ottende|niende|tiende|ellevte|tolvte|trettende|fjortende|"
    r"femtende|sekstende|syttende|attende|nittende|tyvende|(?:en|to|tre|fire|fem|seks|syv|otte|ni)ogtyvende|"
    r"tredivte|enogtredivte)"
)
_YEAR = r"(?:(?:19|20)\d{2}|['’]?\d{2})"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MON = r"(?:0?[1-9]|1[0-2])"
_B = r"(?<![\w])"
_E = r"(?![^\W_]|[.,]\d)"

_SPELT = re.compile(
    rf"{_B}(?:{_DAY}\.?[ ]?(?:-|–|til|og|/|,)[ ]?(?:den[ ])?)?{_DAY}[.]?[ \n]{{0,2}}{MONTH}(?![^\W_])\.?(?:,?[ \n]{{1,2}}{_YEAR}(?![^\W_]))?",
    re.IGNORECASE,
)
_ORDINAL_MONTH = re.compile(
    rf"{_B}(?:{_ORDINAL}[ ]{{1,2}}{MONTH}|(?:den|d\.|født)[ ]{_ORDINAL}[ ]i[ ](?:{MONTH}|{_ORDINAL}))(?![^\W_])(?:[ ]{_YEAR}(?![^\W_]))?",
    re.IGNORECASE,
)
_DEN_ORDINAL = re.compile(
    rf"{_B}(?:den|d\.)[ ](?P<day>{_ORDINAL})(?![^\W_])(?=[ ]?(?:[.,;:)]|$|kl|blev|om |var |fik ))",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(
    rf"{_B}{MONTH}\.?,?[ \n]{{1,2}}(?:19|20)\d{{2}}(?![^\W_])|{_B}{MONTH}[ ]['’]\d{{2}}(?!\w)", re.IGNORECASE
)
_ISO = re.compile(
    r"(?<![\w.-])(?:19|20)\d{2}([-./ ]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:T\d{2}:\d{2}(?::\d{2})?Z?)?(?![\w])"
)
_FULL = re.compile(
    rf"(?<![\w/])(?:{_DAY}[.]?[ ]?[-–][ ]?)?(?P<d>{_DAY})[ ]?(?P<s>[./-])[ ]?(?P<m>{_MON})(?:[ ]?(?P=s)[ ]?|[ ]?[-./][ ]?)(?P<y>(?:19|20)\d{{2}}|['’]?\d{{2}})(?![^\W_]|[.,/-]\d)"
)
_DAY_MONTH_YEAR = re.compile(
    rf"(?<![\w/]){_DAY}/{_MON}[ ]{_YEAR}(?![^\W_]|[.,/]\d|[ ]?(?:mg|ml|år|min|tab|stk|%))"
)
_SPACED = re.compile(rf"{_B}(?:0[1-9]|[12]\d|3[01])[ ](?:0[1-9]|1[0-2])[ ](?:19|20)\d{{2}}(?![^\W_])")
_CLOSED = re.compile(r"(?<![\w.,-])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}(?![\w])")
_SLASH = re.compile(rf"(?:(?<![\w/.,])|(?<=\bd\.))(?P<d>{_DAY})[ ]?/[ ]?(?P<m>{_MON})(?![^\W_]|[/.,]\d)\.?")
_DOTTED = re.compile(rf"(?<![\w/.,:-])(?P<d>{_DAY})\.[ ]?(?P<m>{_MON})(?P<stop>\.?)(?![^\W_]|[.,:/]\d)")
_CUED_DAY = re.compile(
    rf"{_B}(?:den|d\.|d|på|pr\.?)[ \n]{{1,2}}(?P<day>{_DAY}\.?)(?![^\W_]|[.,/:-]\d|[ ]?(?:mg|ml|%|/))",
    re.IGNORECASE,
)
_SIX = re.compile(r"(?<![\w.,/:-])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}(?![\w]|[.,/:-]\d)")
_FOUR_CUED = re.compile(
    rf"{_B}(?:d\.|den)[ ]?(?P<day>(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]))(?![\w.,:])", re.IGNORECASE
)
_HOLIDAY = re.compile(
    rf"{_B}(?:juleaften|juleaftensdag|lillejuleaften|nytårsaften|nytårsdag|nytårsnat|skærtorsdag|langfredag|påskedag|"
    r"påskelørdag|påskesøndag|påsken?|pinsen?|pinsedag|pinselørdag|store bededag|kristi himmelfartsdag|"
    r"grundlovsdag|sankt\s?hans(?:aften)?|sct\.?\s?hans(?:aften)?|fastelavn|mortensaften|valentinsdag|julen|juledag|2\. juledag|1\. juledag)"
    rf"(?:s?dag)?[ ](?:i[ ])?(?:19|20)\d{{2}}(?![^\W_])|{_B}[12]\.[ ](?:jule|påske|pinse)dag(?![^\W_])",
    re.IGNORECASE,
)

_CUE = re.compile(
    r"(?:(?<![^\W_])(?:d\.?|den|dato\w{0,4}:?|fra|til|mellem|perioden|dagene|dags|datoen|født|f\.|siden|pr\.?|kl\.?\s?\d{1,2}(?:[.:]\d\d)?|indlagt|udskrevet|"
    r"set|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|(?:man|tirs|ons|tors|fre|lør|søn)d?\.?)(?:\s(?:d\.?|den))?"
    r"[ \n:,(]{0,2})$"
)
_SCORE = re.compile(
    r"(?:apgar|bt|blodtryk\w*|nrs|vas|score\w*|gcs|glasgow|smerte\w*|visus|syn|mrs|asa|tid|scoren?|ews|tokks|tinetti|barthel|"
    r"ratio|fordel\w*|side|opslag|gang|opgave|test|grad|styrke|kraft|ve|nyha|stadie?|type)[^\n]{0,16}$"
)
_QUANTITY = re.compile(
    r"[ ]?(?:tab|tbl|kaps|time|timer|t\b|liter|l\b|ampul|amp|pose|portion|del|dosis|dose|af\b|pille|glas|kop|kp\b|stk|plaster|døgn|mg|ml|mm|cm|kg|g\b|%|år|min|gange|x\b|skema|points?|stolpil|flaske|hætte|suppositori|hver)"
)
_CLOCK = re.compile(r"(?:kl|klokken|kl\.|ca\.?|mellem|til|og|indtil|fra kl\.?[^\n]{0,8}|-)[ .:]{0,2}$")
_NOT_SIX = re.compile(
    r"(?:vare\w*|vnr|lot|batch|charge|kr|kode|npu|dnk|ean|postnr|beløb|nr|nummer|id|serie\w*|leuko\w*|trombo\w*|thrombo\w*)\W{0,4}$"
)


def find(text: str) -> list[Span]:
    """Dates; a year alone, a month alone, a weekday and a clock time are not dates."""
    plain = (_SPELT, _ORDINAL_MONTH, _MONTH_YEAR, _ISO, _DAY_MONTH_YEAR, _SPACED, _CLOSED, _HOLIDAY)
    found = [span(m, Kind.DATE, NAME, 0.9) for pattern in plain for m in pattern.finditer(text)]
    found += [span(m, Kind.DATE, NAME, 0.9) for m in _FULL.finditer(text) if not _version(text, m)]
    found += [span(m, Kind.DATE, NAME, 0.8, "day") for m in _DEN_ORDINAL.finditer(text)]
    found += [span(m, Kind.DATE, NAME, 0.7, "day") for m in _CUED_DAY.finditer(text) if _is_cued_day(text, m)]
    found += [span(m, Kind.DATE, NAME, 0.7, "day") for m in _FOUR_CUED.finditer(text)]
    return [*found, *_short(text), *_six(text)]


def _short(text: str) -> Iterator[Span]:
    for match in _SLASH.finditer(text):
        ahead = before(text, match.start())
        cued = bool(_CUE.search(ahead))
        if _SCORE.search(ahead) and not cued:
            continue
        if not cued and _QUANTITY.match(after(text, match.end())):
            continue
        if not cued and _fraction(match):
            continue
        yield span(match, Kind.DATE, NAME, 0.85 if cued else 0.7)
    for match in _DOTTED.finditer(text):
        ahead = before(text, match.start())
        if _CLOCK.search(ahead) or _QUANTITY.match(after(text, match.end())):
            continue
        if _DATE_CUE.search(ahead) or (
            match["stop"] and not _SCORE.search(ahead) and len(match["m"]) == 2 and _sure(match)
        ):
            yield span(match, Kind.DATE, NAME, 0.75)


_DATE_CUE = re.compile(r"(?<![^\W_])(?:d\.?|den|dato\w{0,4}:?|født|f\.|pr\.)[ \n]{0,2}$")


def _sure(match: re.Match[str]) -> bool:
    return len(match["d"]) == 2 and int(match["d"]) <= 31


def _fraction(match: re.Match[str]) -> bool:
    """'1/2', '3/4' and '7/10' are doses and scores unless the text says otherwise."""
    day, month = int(match["d"]), int(match["m"])
    return (day, month) in {(1, 2), (1, 3), (2, 3), (1, 4), (3, 4)} or month == 10


def _is_cued_day(text: str, match: re.Match[str]) -> bool:
    """'den 14.' and 'd. 3' but not 'den 2 mg' or 'på 5 minutter'."""
    cue = match.group()[: match.start("day") - match.start()].strip().lower()
    dotted = match["day"].endswith(".")
    rest = after(text, match.end("day"))
    if cue in ("på", "pr", "pr.", "d"):
        return False
    if cue == "d.":
        return True
    return dotted and not re.match(
        r"[ ]?(?:gang|dosis|patient|person|tablet|omgang|kur|behandling|indgreb|operation|sal\b|uge|dag\b|time|klasse|serie|del\b|række)",
        rest,
    )


def _version(text: str, match: re.Match[str]) -> bool:
    """'version 2.1.10' and '1.2.3' are no dates; neither is a decimal with a unit."""
    return match["s"] == "." and bool(
        re.search(r"(?:version|v\.?|afsnit|pkt\.?|punkt|kap\w*)\s?$", before(text, match.start()))
    )


def _six(text: str) -> Iterator[Span]:
    for match in _SIX.finditer(text):
        ahead = before(text, match.start())
        if _NOT_SIX.search(ahead) or re.match(r"[ ]?(?:mg|ml|kr|ie|stk|%|e\b)", after(text, match.end())):
            continue
        yield span(match, Kind.DATE, NAME, 0.75)
