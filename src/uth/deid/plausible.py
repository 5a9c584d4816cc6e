"""Plausibility (rimelighed): what the tagger believes and the text itself contradicts.

The tagger reads meaning better than figures. Where the figures say plainly that something is a clock time, an amount,
a blood pressure or an age below ninety, its belief gives way. A recogniser's own proposal is never judged here.
"""

import re
from collections.abc import Callable, Iterable

from uth.deid.dictionary import ordinary
from uth.deid.find import age
from uth.deid.find.phone import NATIONAL
from uth.deid.lexicon import (
    ABBREVIATION,
    FIRST_NAME_COMMON,
    INNOCENT,
    STOPWORD,
    STREET,
    SURNAME,
    TOWN,
    VERB,
    VILLAGE,
    facts,
)
from uth.deid.span import Kind, Span
from uth.deid.words import split, stem

_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[.:]?[0-5]\d")
_AT_CLOCK = re.compile(
    r"(?:\bkl(?:okken)?\.?:?|\btid:?|\d?\d[.:]\d\d ?(?:-|–|og|til|,)|(?<!\d)\d?\d[/.-]\d?\d|(?:19|20)\d\d|"
    r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)) ?$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r" ?(?:%|‰|°|(?:mg|mcg|µg|ug|g|kg|gram|kilo|ml|dl|cl|l|liter|mm|cm|m|meter|km|mmol|umol|µmol|nmol|mmhg|ie|enheder|"
    r"min|minut(?:ter)?|sek(?:under)?|timer?|døgn|uger?|måned(?:er)?|gange?|x|stk|tabl?|tabletter|kr|kroner|kcal|mhz|hz|volt|"
    r"watt|ampuller|dråber|pust|plastre|hætteglas|poser|slag|procent|point|grader|fr|ch|gauge|g?b)\b)",
    re.IGNORECASE,
)
_PRESSURE = re.compile(r"[6-9]\d ?/ ?\d{2,3}|[12]\d\d ?/ ?\d{2,3}")
_PRESSURES = re.compile(
    r"(?<!\d)(?:1\d\d|2[0-4]\d|[6-9]\d)/\d{2,3}(?:[ ,;]{1,2}(?:1\d\d|2[0-4]\d|[6-9]\d)/\d{2,3}){1,9}(?!\d)"
)
_OF_A_YEAR = re.compile(r"(?:årgang|fødselsår|fra|siden|i|år) $", re.IGNORECASE)
_FROM_TO = re.compile(rf"{_CLOCK.pattern} ?[-–] ?{_CLOCK.pattern}")
_OPEN = re.compile(r"\d{1,2} ?[-–] ?\d{1,2}")
_POINTED = re.compile(r"(\d{1,2})\.(\d\d)")
_PART_OF = re.compile(r"(\d{1,2})/(\d{1,2})")
_OF_SO_MANY = re.compile(r"\b(?:side(?:nr)?|ark|del|glas|pose|nr|stk|kuvert|pakke)\.? $", re.IGNORECASE)
_STREET_ENDING = re.compile(
    r"(?:vej|gade|allé|alle|stræde|plads|torv|vænge|vang|park|bakke|toft|have|mark|gård|sving|krog|sti|høj|lund|eng|ås|lod|passage|butik)"
    r"(?:en|et|ne|n|t)?$"
)
_ON_THE_NET = re.compile(r"[@./:]|snabel|krøl|punktum|prik|\bdot\b|\b(?:at|æt)\b|\(a\)", re.IGNORECASE)
_WARE = re.compile(
    r"(?:\b(?:v(?:are)?\.?-?(?:nr|nummer)|varenr|vnr|lot(?:\.?-?nr)?|batch(?:\.?-?nr)?|charge|npu|dnk|atc|sks|icd(?:-?10)?|udl(?:øb)?|exp|"
    r"version|ver|softwareversion|firmware|sw|fw|medcom|model|str|størrelse|alarm(?:kode)?|fejlkode|fejl|iso|iec|astm|din|en iso|ip|"
    r"ydelser?|takst)\b[.:]? ?(?:nr\.?:? ?)?#?(?:\d{2,5}, ?){0,4})$",
    re.IGNORECASE,
)
_CLASSIFICATION = re.compile(
    r"(?:NPU|DNK)[ -]?\d{5}|[A-Z]\d{2}[A-Z]{2}\d{2}|D[A-Z]\d{2,4}[A-Z]?\d?|[KUZBN][A-Z]{2,3}\d{1,4}[A-Z]?|\d{2}M[AP]\d{2}"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DECIMAL = re.compile(r"\d{1,3}(?:\.\d{3})*,\d{1,3}")
_MONEY = re.compile(r"(?:\bkr\.?|\bDKK|€|\$) ?$", re.IGNORECASE)
_APGAR = re.compile(r"\bapgar(?:[ -]?score)?:? ?(?:[\d/,. -]{0,20})$", re.IGNORECASE)
_ROW = re.compile(r"\d(?:[\d ]{0,12}\d)?")
_HOST = re.compile(
    r"(?:www\.)?[a-z\dæøå-]+(?:\.[a-z\dæøå-]+)*\.(?:dk|com|org|net|eu|nu)(?![\w@.-]*@)", re.IGNORECASE
)
_NATIONAL = re.compile(r"\b(?:region|styrelsen for)\s$", re.IGNORECASE)
_SINGLE = re.compile(r"\d{1,3}")
_FIGURES = frozenset(
    {Kind.DATE, Kind.PHONE, Kind.ID, Kind.LOCATION, Kind.CPR, Kind.PROFESSION_ID, Kind.ORG_UNIT}
)


def plausible(text: str, spans: Iterable[Span]) -> list[Span]:
    """The tagger's spans without those that the text contradicts."""
    return [span for span in spans if not any(objection(text, span) for objection in _OBJECTIONS)]


def _nothing(_text: str, span: Span) -> bool:
    return not any(char.isalnum() for char in span.text)


def _young(_text: str, span: Span) -> bool:
    return span.kind is Kind.AGE_OVER_89 and not age.high(span.text)


def _clock(text: str, span: Span) -> bool:
    if span.kind not in _FIGURES or not _CLOCK.fullmatch(span.text):
        return False
    return bool(_AT_CLOCK.search(text[max(0, span.start - 12) : span.start]))


def _amount(text: str, span: Span) -> bool:
    """'3 uger', '8 timer', '250 mg': figures with a unit. A date or a number of many digits is none."""
    if span.kind not in _FIGURES or not _SINGLE.fullmatch(span.text):
        return False
    return bool(_AMOUNT.match(text[span.end : span.end + 12]))


def _ware(text: str, span: Span) -> bool:
    """A number of goods, of a lot, of a classification, of a version: it belongs to a thing, not to anybody."""
    return span.kind in _FIGURES and bool(_WARE.search(text[max(0, span.start - 40) : span.start]))


def _national(text: str, span: Span) -> bool:
    """'Region Sjælland': a whole region points at nobody."""
    place = span.kind in (Kind.LOCATION, Kind.ORG_UNIT)
    return place and bool(_NATIONAL.search(text[max(0, span.start - 24) : span.start]))


def _year(_text: str, span: Span) -> bool:
    """A year alone is no date (the policy of docs/deid.md)."""
    return span.kind is Kind.DATE and bool(_YEAR.fullmatch(span.text))


def _measure(text: str, span: Span) -> bool:
    """'4,8', 'kr. 1.249', 'Apgar 9/1 10/5': a decimal, a price, a score."""
    if span.kind not in _FIGURES:
        return False
    ahead = text[max(0, span.start - 32) : span.start]
    decimal = span.kind is not Kind.ORG_UNIT and _DECIMAL.fullmatch(span.text)
    return bool(decimal or _MONEY.search(ahead) or (len(span.text) < 6 and _APGAR.search(ahead)))


def _everybodys(text: str, span: Span) -> bool:
    """A number that everybody knows, or a part of one: '112', 'Giftlinjen 82 12 12 12'."""
    if span.kind not in _FIGURES or not span.text[:1].isdigit():
        return False
    rows = _ROW.finditer(text, max(0, span.start - 12), span.end + 12)
    return any(
        row.start() <= span.start and span.end <= row.end() and row[0].replace(" ", "") in NATIONAL
        for row in rows
    )


def _public_host(text: str, span: Span) -> bool:
    """A part of a web address that the recogniser of addresses knows to be public."""
    if span.kind is Kind.URL:
        return False
    first = max(0, span.start - 200)
    start = max(first - 1, text.rfind(" ", first, span.start), text.rfind("\n", first, span.start)) + 1
    return bool(_HOST.match(text[start : span.end + 40])) and "@" not in text[start : span.start]


def _hours(_text: str, span: Span) -> bool:
    """'21.10-21.55', 'åbent 8-15': from one time to another; and '15.20', for there is no twentieth month."""
    if span.kind not in _FIGURES:
        return False
    if span.kind is Kind.DATE and (time := _POINTED.fullmatch(span.text)):
        return int(time[2]) > 12
    return bool(_FROM_TO.fullmatch(span.text)) or (
        span.kind is Kind.PHONE and bool(_OPEN.fullmatch(span.text))
    )


def _counted(text: str, span: Span) -> bool:
    """'side 1/4', 'glas 2/4': one of so many."""
    part = _PART_OF.fullmatch(span.text) if span.kind is Kind.DATE else None
    if part is None or int(part[1]) > int(part[2]):
        return False
    return bool(_OF_SO_MANY.search(text[max(0, span.start - 14) : span.start]))


def _everyday_place(_text: str, span: Span) -> bool:
    """'kejsersnit', 'etage': an everyday word in lower case, hardly believed, that no list knows as a town or a street."""
    if span.kind not in (Kind.LOCATION, Kind.ADDRESS) or span.score >= _DOUBT:
        return False
    if len(span.text) < 4 or not span.text.isalpha() or not span.text.islower():
        return False
    known = facts(stem(span.text))
    return (
        not known & (STREET | TOWN | VILLAGE) and not _STREET_ENDING.search(span.text) and ordinary(span.text)
    )


def _pressure(_text: str, span: Span) -> bool:
    return span.kind in (Kind.DATE, Kind.PHONE) and bool(_PRESSURE.fullmatch(span.text))


def _pressures(text: str, span: Span) -> bool:
    """A part of a row of blood pressures: '118/60 112/58 121/66'."""
    if span.kind not in _FIGURES or not span.text[:1].isdigit():
        return False
    rows = _PRESSURES.finditer(text, max(0, span.start - 40), span.end + 40)
    return any(row.start() <= span.start and span.end <= row.end() for row in rows)


def _heading(text: str, span: Span) -> bool:
    """'S: sat 81 %': the letters of ISBAR, of a note's headings, and the small letters for 'med' and 'ved'."""
    if span.kind is not Kind.PERSON or len(span.text) > 1:
        return False
    return span.text.islower() or (span.text in "ISBARHKF" and text[span.end : span.end + 1] == ":")


def _born_in(text: str, span: Span) -> bool:
    """'fødselsår 1951', 'fra 1991': a year, not the last four of a CPR number."""
    return (
        span.kind is Kind.CPR
        and bool(_YEAR.fullmatch(span.text))
        and bool(_OF_A_YEAR.search(text[max(0, span.start - 12) : span.start]))
    )


def _classified(_text: str, span: Span) -> bool:
    """'UXUD70', 'N05AX08', 'NPU19651': a code of a procedure, a drug or an analysis is the same for everybody."""
    return span.kind in _FIGURES and bool(_CLASSIFICATION.fullmatch(span.text))


def _without_figures(_text: str, span: Span) -> bool:
    """A number that has neither a digit nor a word for one."""
    if span.kind not in (Kind.CPR, Kind.PHONE) or _DIGIT.search(span.text):
        return False
    return len(split(span.text)) < 2 and not re.fullmatch(r"[xX*]{2,}", span.text)


def _small_word(_text: str, span: Span) -> bool:
    """'så' is no number, however many numbers follow."""
    numbered = span.kind in (Kind.ID, Kind.PROFESSION_ID, Kind.DATE)
    return numbered and span.text.isalpha() and bool(facts(span.text.lower()) & STOPWORD)


def _without_letters(_text: str, span: Span) -> bool:
    return span.kind in (Kind.PERSON, Kind.EMAIL, Kind.URL) and not _LETTER.search(span.text)


def _one_word(_text: str, span: Span) -> bool:
    """An address on the net has a point, an at sign, or words for them: without it there is none."""
    return span.kind in (Kind.EMAIL, Kind.URL) and not _ON_THE_NET.search(span.text)


def _innocent(_text: str, span: Span) -> bool:
    """One word that is a drug, an illness's name or a word of the trade."""
    parts = split(span.text)
    if span.kind not in (Kind.PERSON, Kind.ORG_UNIT, Kind.LOCATION) or len(parts) != 1:
        return False
    bits = facts(stem(parts[0]))
    return bool(bits & INNOCENT) or bool(bits & (ABBREVIATION | STOPWORD) and span.score < _DOUBT)


def _without_a_day(_text: str, span: Span) -> bool:
    """One word without a figure, hardly believed, is no date."""
    return (
        span.kind is Kind.DATE
        and span.score < _DOUBT
        and not _DIGIT.search(span.text)
        and len(split(span.text)) == 1
    )


def _pronoun(text: str, span: Span) -> bool:
    """'Hans datter kom': the first word of a sentence is his, unless it does what a person does."""
    if span.text != "Hans" or not _opens(text, span.start):
        return False
    following = _NEXT.match(text, span.end)
    return following is None or not (facts(following[1]) & VERB)


def _ordinary(text: str, span: Span) -> bool:
    """An everyday word that no list knows as a name: in lower case, or with the capital that a sentence or a
    heading gives it."""
    if span.kind is not Kind.PERSON or _DIGIT.search(span.text) or span.score >= _CONVINCED:
        return False
    parts = split(span.text)
    if any(facts(stem(part)) & _NAMES for part in parts):
        return False
    common = all(len(part) > 3 and ordinary(part) for part in parts)
    return common and (span.text.islower() or span.text.isupper() or _opens(text, span.start))


def _opens(text: str, place: int) -> bool:
    return bool(_OPENING.search(text[max(0, place - 4) : place]))


_NEXT = re.compile(r" ([^\W\d_]+|[A-ZÆØÅ]\.)")
_OPENING = re.compile(r"(?:^|[\n.!?:•*\"»(–-])\s*$")
_NAMES = FIRST_NAME_COMMON | SURNAME
_CONVINCED = 0.9
_DOUBT = 0.9
_OBJECTIONS: tuple[Callable[[str, Span], bool], ...] = (
    _nothing,
    _young,
    _clock,
    _amount,
    _ware,
    _year,
    _measure,
    _everybodys,
    _public_host,
    _national,
    _hours,
    _counted,
    _everyday_place,
    _pressure,
    _pressures,
    _heading,
    _born_in,
    _classified,
    _without_figures,
    _small_word,
    _without_letters,
    _one_word,
    _innocent,
    _ordinary,
    _without_a_day,
    _pronoun,
)
