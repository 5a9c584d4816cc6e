"""Civil registration numbers (CPR-numre) in every spelling; the check digit is never required."""

import re
from collections.abc import Iterator
from operator import itemgetter

from uth.deid.find.numbers import DIGIT, Chain, chains, parts, spoken
from uth.deid.find.pattern import before, span
from uth.deid.span import Kind, Span

NAME = "cpr"

_CUE = re.compile(
    r"(?:cpr|c\.p\.r|person(?:nummer|nr|-nr|\.?\s?nr)|pers\.?\s?nr|p-?nr|pnr|fødselsnummer|"
    r"cen?tral\w{0,3} personregister\w*|sygesikring\w*|sundhedskort\w*|ssn)[^\d\n]{0,24}$"
)
_LAST_FOUR = re.compile(
    r"(?:(?:slutter|ender|ender ud)(?:\s{1,2}(?:på|med|i))?|sidste\s{1,2}(?:fire|4)(?:\s{1,2}(?:cifre|tal|numre))?|"
    r"løbe-?(?:nr|nummer)\.?|kontrolcifre(?:ne)?|fire sidste(?: cifre| tal)?|4 sidste(?: cifre| tal)?)"
    r"[^\d\n]{0,16}?(?P<four>\d[ .-]?\d[ .-]?\d[ .-]?\d)(?!\d)",
    re.IGNORECASE,
)
_LAST_FOUR_SAID = re.compile(
    r"(?:slutter|ender|sidste (?:fire|4)|fire sidste|4 sidste|løbe-?n|kontrolcif)[^\d\n]{0,30}$"
)
# A date, then the four last digits with a few words between: "010203 og så 1234".
_WITH_WORDS = re.compile(
    r"(?<![\d])(?P<date>\d{2}[ ./-]{0,2}\d{2}[ ./-]{0,2}(?:19|20)?\d{2})"
    r"[ \n,;(]{0,3}(?:og så|og|efterfulgt af|med|bindestreg|streg|minus|skråstreg|plus|løbe-?(?:nr|nummer)\.?|"
    r"(?:de )?sidste (?:fire|4)(?: cifre| tal)?|slutter (?:på|med))[ \n:.)er]{0,6}(?P<four>\d{4}|\d\d[ .]\d\d)(?!\d)",
    re.IGNORECASE,
)
# Replacement numbers carry letters among the last four; hidden last digits still leave the birth date.
_LETTERS = re.compile(
    r"(?<![^\W_])\d{2}[ .]?\d{2}[ .]?\d{2}[ \n]{0,2}[-–./]?[ \n]{0,2}"
    r"(?:\d[A-ZÆØÅ]{2}\d|[A-ZÆØÅ]{3}\d|\d?[A-ZÆØÅ]\d{2,3}|\d[A-ZÆØÅ]\d[A-ZÆØÅ]|\d{2}[A-ZÆØÅ]{1,2}\d?|\d[a-zæøå]{2}\d|[xX]{4}|\*{4}|[?_#]{4}|\d{1,2}[xX*?]{2,3}|\d{3}[xX*?]|\.{4})(?![^\W_])"
)
_MONTH_WORD = (
    r"(?:jan(?:uar)?|feb(?:ruar)?|mar(?:ts)?|apr(?:il)?|maj|juni?|juli?|aug(?:ust)?|sept?(?:ember)?|okt(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_SPELT = re.compile(
    rf"(?<![^\W_])\d{{1,2}}\.?[ ]{{0,2}}{_MONTH_WORD}\.?[ ]{{0,2}}(?:19|20)?\d{{2}}[ ]{{0,2}}[-–/,]?[ ]{{0,2}}\d{{4}}(?!\d)",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(
    r"(?<![\w.,/-])\d{1,2}[ ]?[./-][ ]?\d{1,2}[ ]?[./-][ ]?(?:18|19|20)?\d{2}[ \n]{0,2}[-–/(,; ][ \n(]{0,2}\d{4}(?![\w]|[.,]\d|[ ]?(?:mg|ml|kr|kl))"
    r"|(?<![\d.,])\d{6}[ \n]{0,2}\([ ]?\d{4}[ ]?\)"
)
_TYPO = re.compile(r"(?<![\d.,])\d{5,7}[ ]{0,2}[-–][ ]{0,2}\d{3,5}(?![\d])")
_ODD_JOINT = re.compile(r"[,;:+*~|]")
_NOT_CPR = re.compile(
    r"(?<![^\W_])(?:vare|lot|batch|ean|gtin|sor|konto|tlf|telefon|mobil|cvr|ydernr|ydernummer|gln|faktura|ordre|puls|bt|blodtryk\w*|sat|temp|rf|bs|vægt|værdier\w*|målinger\w*)\W{0,3}(?:nr|nummer|kode)?\W{0,4}$"
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def find(text: str) -> list[Span]:
    """CPR numbers, and the parts of one that give it away."""
    if not DIGIT.search(text):  # seen at once, and true of many sentences
        return [*_in_words(text)]
    return [
        *_in_digits(text),
        *_in_words(text),
        *(
            span(m, Kind.CPR, NAME, 0.95)
            for m in _WITH_WORDS.finditer(text)
            if birth_date(_digits(m["date"]))
        ),
        *(span(m, Kind.CPR, NAME, 0.9, "four") for m in _LAST_FOUR.finditer(text)),
        *(
            span(m, Kind.CPR, NAME, 0.95)
            for m in _LETTERS.finditer(text)
            if birth_date(_digits(m.group())[:6])
        ),
        *(span(m, Kind.CPR, NAME, 0.9) for m in _MONTH_SPELT.finditer(text)),
        *(span(m, Kind.CPR, NAME, 0.85) for m in _SHORT_DATE.finditer(text)),
        *(span(m, Kind.CPR, NAME, 0.7) for m in _TYPO.finditer(text) if _typo(text, m)),
    ]


def birth_date(digits: str) -> bool:
    """Could the first six (or, with a century, eight) digits be a birth date, +60 days included?"""
    if len(digits) < 6:
        return False
    day, month = int(digits[:2]), int(digits[2:4])
    day = day - 60 if day > 60 else day
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def modulus_11(digits: str) -> bool:
    """Does the number satisfy the old check? It only makes us surer; numbers since 2007 need not."""
    weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    return len(digits) == 10 and sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _in_digits(text: str) -> Iterator[Span]:
    for chain in chains(text):
        if len(chain.digits) < 6:
            continue
        taken = 0
        for choices in parts(chain, 6, 12):
            start = choices[0].start
            if start < taken:
                continue
            ahead = before(text, start)
            best, part = max(((_confidence(ahead, chain, p), p) for p in choices), key=itemgetter(0))
            if best:
                taken = part.end
                yield Span(start, part.end, Kind.CPR, text[start : part.end], NAME, best)


def _confidence(ahead: str, chain: Chain, part: Chain) -> float:
    digits = part.digits
    ten = len(digits) in (10, 12)
    if (
        (ten or len(part.groups) < 5)
        and _CUE.search(ahead)
        and (len(digits) >= 9 or part.start == chain.start)
    ):
        return 0.99 if len(digits) == 10 else 0.9
    if not ten:
        return 0.0
    dated = birth_date(digits) and (len(digits) == 10 or digits[4:6] in ("18", "19", "20"))
    if part.lengths == (6, 4):
        return 0.99 if dated else 0.8 if "-" in part.joints[0] else 0.0
    if not dated or (_NOT_CPR.search(ahead) and part.lengths != (2, 2, 2, 4)):
        return 0.0
    return _grouping(chain, part, digits)


def _grouping(chain: Chain, part: Chain, digits: str) -> float:
    """How sure a valid date in an odd grouping makes us."""
    if part.lengths in ((10,), (12,), (8, 4), (2, 2, 2, 4), (2, 2, 4, 4), (1,) * 10, (2, 2, 6), (4, 2, 4)):
        return 0.97 if modulus_11(digits[:4] + digits[-6:]) else 0.93
    whole = len(part.groups) == len(chain.groups)
    if any(_ODD_JOINT.search(joint) for joint in part.joints):
        return 0.0
    if part.lengths[:3] in ((1, 1, 2), (1, 2, 2), (2, 1, 2)):
        return 0.0
    if any("/" in joint for joint in part.joints):
        return 0.0
    if _is_phone_like(part):
        return 0.0
    return 0.75 if whole else 0.0


def _is_phone_like(part: Chain) -> bool:
    return part.lengths == (2, 2, 2, 2, 2) and part.digits.startswith("45")


def _in_words(text: str) -> Iterator[Span]:
    for said in spoken(text):
        ahead = before(text, said.start)
        cued = bool(_CUE.search(ahead))
        ten = len(said.digits) == 10 and said.words >= 2 and birth_date(said.digits)
        if ten or (cued and len(said.digits) >= 6):
            yield Span(said.start, said.end, Kind.CPR, text[said.start : said.end], NAME, 0.9)
        elif len(said.digits) == 4 and _LAST_FOUR_SAID.search(ahead):
            yield Span(said.start, said.end, Kind.CPR, text[said.start : said.end], NAME, 0.85)


def _typo(text: str, match: re.Match[str]) -> bool:
    """Nine to eleven digits with a hyphen where a CPR number has it: a slip of the finger."""
    digits = _digits(match.group())
    if _NOT_CPR.search(before(text, match.start())):
        return False
    return 9 <= len(digits) <= 11 and (birth_date(digits) or birth_date("0" + digits) or len(digits) == 10)
