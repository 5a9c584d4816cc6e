"""Dates (datoer) in figures: 3/4, 3/IV, 24.12.23, 2024-04-03, 030424, "d. 3", "den 14.", "3. ds."; words: `month`."""

import re
from collections.abc import Iterator

from uth.deid.find import month
from uth.deid.find.pattern import LOOK_AHEAD, after, before, span
from uth.deid.span import Kind, Span
from uth.deid.words import at_numerals, numerals

NAME = "date"

# A day may be typed with O for 0 and l or I for 1.
DAY = r"(?:3[01Il]|[12][\doO]|[0oO][1-9Il]|[1-9])"
_MONTH = r"(?:1[0-2]|[0oO]?[1-9])"
_ROMAN = r"(?:VI{1,3}|I{1,3}|I?[VX]|XI{1,2})"
_END = r"(?![^\W_]|[.,:/-][\dIVX])"
_YEAR = r"(?:(?:19|20)\d{2}|\d{2})"

_FIGURES = re.compile(
    rf"(?<![^\W_])(?<!\d[.,:/+-])(?:{DAY}\.-|{DAY}-(?={DAY}[./]))?(?P<d>{DAY})(?P<s1>[ ]?[./\\-][ ]?|[ ])(?P<m>{_MONTH}|{_ROMAN})(?![^\W_])"
    rf"(?P<rest>(?P<s2>\.?[ ]?[./-][ ]?['’]?|\.?,?[ ]['’-]?|['’])(?P<y>{_YEAR}){_END})?"
)
_ISO = re.compile(
    r"(?<![^\W_])(?<!\d[.-])(?:19|20)\d{2}(?:([-./ ]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])|([-/])[1-9]\2(?:[12]\d|3[01]|[1-9]))(?:T\d{2}:\d{2}(?::\d{2})?Z?)?(?![^\W_])"
)
_CLOSED = re.compile(r"(?<![^\W_])(?<![.,-])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}(?![^\W_])")
_SIX = re.compile(
    r"(?<![^\W_])(?<!\d[.,/:-])(?<!-)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}(?![^\W_]|[.,:/-]\d)"
)
_IN_MONTH = re.compile(
    rf"(?<![^\W_])(?<!\d[.,])(?P<d>{DAY})\.?(?:de|te)?[ ]?i[ ](?P<m>{_MONTH})(?P<stop>\.?)(?P<y>,?[ ](?:19|20)\d{{2}})?{_END}"
)
_THIS_MONTH = re.compile(rf"(?<![^\W_]){DAY}\.?[ ]?(?:ds|d\.[ ]?[sm]|dennes|DS)(?![^\W_])")
_CUED_DAY = re.compile(
    rf"(?P<cue>[DdSs](?<![^\W_].)(?:(?<=[Dd])en|(?<=D)EN|(?<=[Dd])\.|(?<=[Dd])|(?<=[Ss])iden))[ \n]{{0,2}}(?P<day>{DAY}(?:(?:e?n)?[dts]?e(?![^\W_])|\.)?){_END}"
)
_MORE_DAYS = re.compile(
    rf"[ ]?(?:,|og|til|-|eller|el\.|samt|/|&)[ ]?(?:den |d\.? ?|fra |igen )?(?P<day>{DAY}\.){_END}"
)
_BETWEEN_DAYS = re.compile(
    r"(?<![^\W_])(?:[Rr]inge[dr]e?|[Ff]aldt|[Bb]esøgt|[Ff]ra|[Mm]ellem|[Pp]erioden|[Dd]agene|[Dd]atoerne)[ ](?:d\.? ?|den )?$"
)
_FOUR_CUED = re.compile(
    r"(?<![^\W_])(?:[Dd]\.|[Dd]en)[ ]?(?P<day>(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]))(?![\w.,:])"
)

_WEEKDAY = (
    r"(?:(?:man|tirs?|ons|tors?|fre|lør|søn)(?:da[gj](?:en|s)?|d?\.)|(?:man|tirs|ons|tors|fre|lør|søn)d?)"
)
_CUE = re.compile(
    rf"(?<![^\W_])(?:d\.?|den|dato\w{{0,4}}|dags|født|f\.|fødselsdag\w*|pr\.|{_WEEKDAY}|siden|natten|aften|vagten?|indlagt|indl|udskrevet|udskr|modtaget|udstedt|"
    r"dateret|afsendt|sendt|oprettet|registreret|anmeldt|opereret|leveret|fundet|udført|skrevet|taget|set|opstart\w*|kontrol\w*|møde|tid|senest|indgreb|sket|skete|"
    r"udfyldt|udløb\w*|orienteret|aftale\w*|genleveret|printet|udfærdiget|ankom|ankommet|brev|frist|opdaget|rettet|fejlmeldt|implanteret|lagt)"
    r"(?:[ ](?:d\.?|den))?[ \n:,(\"]{0,3}$"
)
_LOOSE_CUE = re.compile(
    r"(?<![^\W_])(?:fra|til|mellem|og|perioden|dagene|kl\.?\s?\d{1,2}(?:[.:]\d\d)?|igen|allerede|ringede)[ :(]$|(?:^|\n)[-*•> ]{0,3}$"
)
_LINE = re.compile(r"(?:^|\n)[-*•> ]{0,3}$")
_DATE_CUE = re.compile(rf"(?<![^\W_])(?:d\.?|den|dato\w{{0,4}}|født|f\.|pr\.|{_WEEKDAY})[ \n:(]{{0,2}}$")
_SCORE = re.compile(
    r"(?:(?<![^\W_])(?:bt|blodtryk\w*|nrs|vas|score\w*|gcs|glasgow|smerte\w*|visus|syn|mrs|asa|scoren?|ews|tokks|tinetti|barthel|rulle|aureus|bipap|cpap|cas|mrc|"
    r"ratio|fordel\w*|side|opslag|gang|opgave|\w{0,12}test\w*|grad|styrke|kraft|ve|hø|nyha|stadie?|type|model|skala|sæt|trin|niveau|dur|takt|døgnåbent|kvadrant|punkt)(?![^\W\d_])[^\n\d]{0,12}|apgar[^\n.]{0,28})$"
)
_QUANTITY = re.compile(
    r"[ ]?(?:tab|tbl|kaps|time|timer|t\b|liter|l\b|ampul|amp|pose|portion|del|dosis|dose|af\b|pille|glas|kop|kp\b|stk|plaster|døgn|mg|ml|mm|cm|kg|g\b|gram|%|år|min|gange|x\b|"
    r"skema|points?|stolpil|flaske|hætte|suppositori|hver|positiv|kolber|bloddyrk|°|grader|mmol|kpa|l/|µ)"
)
_CLOCK = re.compile(r"(?:kl|klokken|kl\.|ca\.?|mellem|til|og|indtil|fra kl\.?[^\n]{0,8}|-)[ .:]{0,2}$")
_CLOCK_AFTER = re.compile(
    r"[ ,.]{0,3}(?:kl(?:okken)?(?![^\W_])|ca\.? kl)|[ ]{1,2}(?:\d{1,2}[:.]\d\d(?!\d)|om (?:aften|natten|morgen|eftermiddag|formiddag))"
)
_NOT_SIX = re.compile(
    r"(?<![^\W\d_])(?:vare\w*|vnr|lot|batch|charge|kr|kode|npu|dnk|ean|postnr|beløb|nr|nummer|id|serie\w*|ref|leuko\w*|trombo\w*|thrombo\w*|æsken stod)\W{0,4}$"
)
_VERSION = re.compile(
    r"(?<![^\W_])(?:version\w*|firmware|software\w*|build|v\.?|afsnit|pkt\.?|punkt|kap\w*|indeks|kle|eur\.?|udgave|release|opdatering)(?: (?:er|nr\.?))?\s?$"
)
_COUNTED = re.compile(
    r"[ ]?(?:-?årig|års|gang|gang\w*|dosis|patient|person|tablet|omgang|kur|behandling|indgreb|operation|sal\b|etage|uge|dag\b|dage|døgn|time|klasse|serie|del\b|række|måned|forsøg|"
    r"besøg|opkald|mg|ml|mm|cm|kg|g\b|%|min|ud af|stk|gram|liter|x\b|hold|trin|led|hus|vagt|barn|plads|ptt?\b|skridt|km|meter|m\b|kr|tab|ie\b|mand|andre|sidste|første|½|/)"
)
_GOES_ON = re.compile(
    r"\s*(?:[.,;:)!?\"]|$|\n|-|om |kl|blev|var |er |har |havde |fik |kom |på |i |til |og |hvor|da |hos |ved |ringe|fra |før|efter|men |uden|med |skal |skulle |at |gik |så |"
    r"af |for |hun |han |jeg |vi |pt|bor|aften|nat|morgen|dvs|igen|glemt|faldt|set|ikke)",
    re.IGNORECASE,
)


def find(text: str) -> list[Span]:
    """Dates; a year alone, a month alone, a weekday and a clock time are not dates."""
    found = [span(m, Kind.DATE, NAME, 0.9) for m in at_numerals(_THIS_MONTH, text)]
    found += [span(m, Kind.DATE, NAME, 0.9) for p in (_ISO, _CLOSED) for m in at_numerals(p, text, long=True)]
    found += [span(m, Kind.DATE, NAME, 0.7, "day") for m in _FOUR_CUED.finditer(text)]
    return [*found, *_figures(text), *_six(text), *_days(text), *_in_month(text), *month.find(text)]


def _figures(text: str) -> Iterator[Span]:
    at = 0
    for first in numerals(text):
        match = _FIGURES.match(text, first) if first >= at else None
        if match is None:
            continue
        score, whole = _sure(text, match)
        start, end = match.start(), match.end() if whole else match.end("m")
        at = end if score else match.end("d")
        if score:
            yield Span(start, end, Kind.DATE, text[start:end], NAME, score)


def _sure(text: str, match: re.Match[str]) -> tuple[float, bool]:
    """How sure it is that the figures are a date, and whether the year belongs to it."""
    year, mark = match["y"], match["s1"].strip()
    ahead = before(text, match.start())
    if year and _year_belongs(text, match):
        return _with_year(match, mark, ahead), True
    if not mark:
        return 0, False
    rest = text[match.end("m") : match.end("m") + LOOK_AHEAD]
    if match["m"][0] in "IVX" and " " not in match["s1"]:
        return (0.85 if mark == "/" else 0.5), False
    if match["m"][0] in "IVX" or re.match(r"[.,/:-]\d", rest):
        return 0, False
    if mark in "/\\":
        return _slashed(match, ahead, rest), False
    return (_dotted if mark == "." else _dashed)(match, ahead, rest), False


def _year_belongs(text: str, match: re.Match[str]) -> bool:
    """'4/3 24' has a year; '4/3 24 timer' and '3/4 16.30' have not."""
    if len(match["y"]) == 4 or match["s2"].strip():
        return True
    return match["s1"].strip() != "." and not _QUANTITY.match(after(text, match.end()))


def _with_year(match: re.Match[str], mark: str, ahead: str) -> float:
    cued = bool(_DATE_CUE.search(ahead))
    if not mark:
        wide = len(match["d"]) == len(match["m"]) == 2 and match["s2"] == " "
        if len(match["m"]) > 1 and match["m"][0] in "IVX":
            return 0.8 if len(match["y"]) == 4 or int(match["y"]) < 40 else 0
        return 0.9 if wide and len(match["y"]) == 4 else 0.6 if wide and cued else 0
    if match["m"][0] in "IVX":
        return 0.9
    if not cued and mark in (".", "-") and _VERSION.search(ahead):
        return 0
    if len(match["y"]) == 2 and mark == "." and match["s2"].strip(" '’") == "-":
        return 0.3  # '02.10-03.25' is a stretch of time
    return 0.9


def _slashed(match: re.Match[str], ahead: str, rest: str) -> float:
    day, number = int(match["d"].translate(_FIGURE)), int(match["m"].translate(_FIGURE))
    if (_CUE.search(ahead) and (day, number) != (24, 7)) or _CLOCK_AFTER.match(rest):
        return 0.85
    if _SCORE.search(ahead) or _QUANTITY.match(rest):
        return 0
    if (day, number) in _FRACTIONS or (number == 10 and day <= 10):
        return 0.6 if _LINE.search(ahead) or rest[:1] == ":" else 0.25
    if day == number or (day, number) == (24, 7):
        return 0.4 if not _LOOSE_CUE.search(ahead) else 0.6
    return 0.7


_FIGURE = str.maketrans("oOIl", "0011")
_FRACTIONS = {(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (24, 7)}


def _dotted(match: re.Match[str], ahead: str, rest: str) -> float:
    """'17.4' after a cue and '4.9.' are dates; '06.40' is a clock time, '5.4' a value."""
    minutes = len(match["m"]) == 2
    if _DATE_CUE.search(ahead) or _CLOCK_AFTER.match(rest):
        return 0.75
    if _QUANTITY.match(rest) or _SCORE.search(ahead) or _VERSION.search(ahead):
        return 0
    if minutes and _CLOCK.search(ahead):
        return 0
    stopped = rest[:1] == "." and not rest[1:2].isdigit()
    if _CUE.search(ahead):
        return 0.75 if stopped else 0.6
    if stopped and not minutes and re.match(r"\.(?:[ ]?[,:;)]|[ ][a-zæøå])", rest):
        return 0.75
    loose = _LOOSE_CUE.search(ahead) and not (minutes and re.match(r"[ ](?:til|-|og|indtil)[ ]\d", rest))
    return 0.4 if loose or (stopped and minutes) else 0.2


def _dashed(match: re.Match[str], ahead: str, rest: str) -> float:
    if _DATE_CUE.search(ahead) or (_CLOCK_AFTER.match(rest) and not _CLOCK.search(ahead)):
        return 0.75
    if _QUANTITY.match(rest) or _SCORE.search(ahead) or re.search(r"kl\.?\s?$", ahead):
        return 0
    full = len(match["d"]) == len(match["m"]) == 2
    if _CUE.search(ahead):
        return 0.6 if full or int(match["d"].translate(_FIGURE)) > int(match["m"].translate(_FIGURE)) else 0.4
    if _LINE.search(ahead):
        return 0.6 if full else 0.4
    return 0.35 if full and "0" in match["d"][0] + match["m"][0] else 0.2


def _six(text: str) -> Iterator[Span]:
    for match in at_numerals(_SIX, text, long=True):
        ahead, rest = before(text, match.start()), after(text, match.end())
        if not _NOT_SIX.search(ahead) and not re.match(r"[ ]?(?:mg|ml|kr|ie|stk|%|e\b|ikke)", rest):
            yield span(match, Kind.DATE, NAME, 0.75)


def _in_month(text: str) -> Iterator[Span]:
    """'den 4. i 11.', '9. i 1. 2013', but not '2. i 3 dage'."""
    for match in at_numerals(_IN_MONTH, text):
        if match["y"] or (match["stop"] and not _COUNTED.match(after(text, match.end()))):
            yield span(match, Kind.DATE, NAME, 0.85)
        elif _DATE_CUE.search(before(text, match.start())) and not _COUNTED.match(after(text, match.end())):
            yield span(match, Kind.DATE, NAME, 0.5)


def _days(text: str) -> Iterator[Span]:
    """'d. 3', 'den 14.', and the days named together with them: 'd. 3., 5. og 7.'"""
    reached, named = 0, 0.0
    for match in _CUED_DAY.finditer(text):
        score = _cued(text, match)
        if not score:
            continue
        yield span(match, Kind.DATE, NAME, score, "day")
        at = match.end() if score > named else max(match.end(), reached)
        for one in _more(text, at, score):  # not again the days that the cue before this one has named
            yield one
            at = one.end
        reached, named = at, score
    for match in at_numerals(_STOPPED, text):
        start, end = match.span()
        if _TO.match(text, end) and _BETWEEN_DAYS.search(text, max(0, start - 16), start):
            more = list(_more(text, end, 0.6))
            if more:
                yield span(match, Kind.DATE, NAME, 0.6, "day")
                yield from more
        weekday = text[start - 1 : start] in (" ", ",") and _WEEKDAY_AHEAD.search(
            text, max(0, start - 8), start
        )
        if weekday and _CLOSED_DAY.match(text, end) and not _COUNTED.match(after(text, end)):
            yield span(match, Kind.DATE, NAME, 0.6, "day")


_STOPPED = re.compile(rf"(?P<day>{DAY}\.)")
_TO = re.compile(r"[ ]?(?:til|-|og)[ ]?(?:den |d\. ?)?\d{1,2}[.]")
_CLOSED_DAY = re.compile(_END)
_WEEKDAY_AHEAD = re.compile(
    r"(?:(?<=[nsre])dag(?:en)?|(?<![^\W_])(?:[Mm]an|[Tt]irs|[Oo]ns|[Tt]ors|[Ff]re|[Ll]ør|[Ss]øn)d?\.?)[ ,]{1,2}$"
)


_TOGETHER = 8  # days named together; a bound, so that a long row is not read anew from each of its days


def _more(text: str, at: int, score: float) -> Iterator[Span]:
    for _ in range(_TOGETHER):
        match = _MORE_DAYS.match(text, at)
        if not match or _COUNTED.match(after(text, match.end())):
            return
        yield span(match, Kind.DATE, NAME, score, "day")
        at = match.end()


def _cued(text: str, match: re.Match[str]) -> float:
    """'den 14.' and 'd. 3' but not 'den 2 mg', 'D 3' or 'den 45-årige'."""
    cue, day, rest = match["cue"].lower(), match["day"], after(text, match.end())
    joined = match.start("day") == match.end("cue")
    if joined and cue != "d.":
        return 0
    if _COUNTED.match(rest) or re.match(r"-?(?:årig|år|\d)|\.-", rest):
        return 0.2 if cue == "d." else 0
    if cue == "d.":
        return 0.8
    if cue == "d":
        return 0 if match["cue"] == "D" or before(text, match.start()).endswith("vitamin ") else 0.6
    return _den(day, cue, goes_on=bool(_GOES_ON.match(rest)))


def _den(day: str, cue: str, *, goes_on: bool) -> float:
    """'den 16 og', 'siden 3. var': a number alone needs a sentence that goes on after it."""
    if day[-1] in "e." and (goes_on or cue == "den"):
        return 0.7 if cue == "den" else 0.6
    if cue == "siden":
        return 0
    return 0.6 if goes_on else 0.35
