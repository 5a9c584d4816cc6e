"""Ages of ninety and more (høj alder): so few people that the age itself identifies."""

import re
from collections.abc import Iterator

from uth.deid import lexicon
from uth.deid.find.pattern import before, span
from uth.deid.span import Kind, Span
from uth.deid.words import at_numerals

NAME = "age"

_ONE = r"(?:en|et|én|ét|to|tre|fire|fem|seks|sex|syv|otte|ni)"
_SURE_WORD = rf"(?:{_ONE}[ -]?(?:og)?[ -]?halvfems(?:indstyve)?|{_ONE}(?:og)?nitti)"
_SPELT = rf"(?:{_SURE_WORD}|halvfems(?:indstyve)?|nitti|(?:et[ ])?hundrede?(?:[ -]?og[ -]?(?:{_ONE}|ti|elleve|tolv))?)"
_DIGITS = r"(?:9[0-9]|1[01][0-9])"
_HALF = r"(?:[ ]?(?:½|¼|¾|[13]/[24]|,5|og[ ]et[ ]halvt?))?"
_BEGIN = r"(?<![\w.,/:+<>=-])"
_YEAR_WORD = r"(?:[åÅ]r(?:ig(?:e|t|s)?|s|ing)?|aar(?:ig(?:e|t)?|s)?|årg|åring(?:en|er)?)"
_YEARS = re.compile(
    rf"{_BEGIN}(?P<age>(?:{_DIGITS}|{_SPELT}){_HALF})(?=[ \n]?-?[ \n]?{_YEAR_WORD}(?![^\W_])(?![ ](?:siden|garanti)))",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"{_BEGIN}{_DIGITS}{_HALF}(?![\w%°]|[.,:/]\d|[ ]?[-–/x×]{{1,2}}[ ]?\d|[ ]%)")
_WORD = re.compile(rf"(?<![^\W_]){_SPELT}(?![^\W_])", re.IGNORECASE)
_SURE = re.compile(_SURE_WORD, re.IGNORECASE)
# What stands before an age: 'hun er', 'er lige fyldt', 'begge over', 'en mand på'.
_FILL = r"(?:(?:nu,?|lige|altså|også|jo|snart|næsten|allerede|faktisk|kun|selv|hele|ca\.?|omkring|knap|godt|vist|over|nej,?|undskyld|ja|så|blevet|begge|den ene|den anden|henholdsvis \d\d og)[ \n]){0,3}"
_TURNED = re.compile(
    rf"(?:(?<![^\W_])(?:fyld(?:er|t|te)|alder(?:en)?(?:[ ](?:af|på|er))?|(?:pt\.?s |s )alder)[ :,=\n]{{1,3}}(?:[^\W\d_]+[ ]){{0,2}}{_FILL})$"
)
_IS = re.compile(rf"(?<![^\W_])(?:er|blev|bliver|var|begge|nej,?|nu|den[ ](?:ene|anden))[ \n]{_FILL}$")
_PERSON = r"(?:mand|kvinde|dame|herre|borger(?:en)?|beboer(?:en)?|patient(?:en)?|pt\.?|far|mor|farfar|farmor|morfar|mormor|oldemor|oldefar|søster|bror|enke(?:mand)?|fru|hustru|ægtefælle|far|en|ældre)"
_AGED = re.compile(
    rf"(?<![^\W_]){_PERSON}(?:[ ][^\W\d_]{{1,20}}){{0,2}},?[ \n](?:på[ \n](?:over[ ])?)?{_FILL}$"
)
_NAMED = re.compile(
    r"(?P<name>[A-ZÆØÅ][^\W\d_'’-]+(?:['’-][^\W\d_]+)?\.?|\d[\dlO]|\b[A-ZÆØÅ]\.)(?P<how>, ?| \(|,\n| på | )$"
)
_CLOSES = re.compile(
    r"[ ]?(?:$|[ ]?\(|[.,;:!?)\"”»\n+…]|(?:og|i|men|nej|på|til|selvom|den|så|nu|igår|sidste|næste|hhv|eller|"
    r"når|da|fordi|siger|har|lå|som|fik|bor|skal|kan|fra|med|hvis|d\.)(?![^\W_]))"
)
# Words of measuring: a number after these is no age.
_MEASURED = re.compile(
    r"(?<![^\W_])(?:puls\w*|sat\w*|spo2|bt|blodtryk\w*|rf|resp\w*|temp\w*|tp|hr|crp|bs|hba1c|gcs|score\w*|scoren|vægt\w*|vejer\w*|tal\w*|værdi\w*|"
    r"niveau\w*|hastighed\w*|rate\w*|panss|fim|"
    r"procent\w*|uge\w*|frekvens\w*|inr|hb|egfr|krea\w*|kalium|natrium|målt\w*|måler\w*|steg\w*|faldt|fald|"
    r"det|dosis\w*|antal\w*|alarm\w*|grænse\w*|kode\w*)(?![^\W_])[^.!?]{0,26}$|"
    r"(?<![^\W_])(?:kl\.?|klokken|stue|værelse|nr\.?|nummer|bolig|lejl(?:ighed|\.)?|seng|afsnit|rum|bord|bus|linje|lokal)[ ](?:er |på )?$"
)
_UNIT = re.compile(
    r"[ \n]?(?:%|°|mg|ml|kg|g\b|mm|cm|l\b|ie\b|e\b|stk|min|sek|timer?\b|dage?\b|uger?\b|gange|kr|procent|slag|mmol|patient|borger|point|"
    r"i puls|i sat|x\b|ud af|meter|km|kcal|grader|enheder|j\b|døgn|tabl|tbl|flere|mennesker|personer|kroner|tusind|hundrede)"
)
_DECADE = re.compile(r"(?<![^\W_])(?P<age>halvfemserne|90['’]?erne)(?![^\W_])", re.IGNORECASE)
_SAID = re.compile(r"alvfem|undred|itti", re.IGNORECASE)
_TYPED = re.compile(r"9\d|1[01]\d")


def find(text: str) -> list[Span]:
    """The number of an age of 90 or more; 'år' stays."""
    said = _SAID.search(text) is not None
    if not said and not _TYPED.search(text):
        return []
    years = _YEARS.finditer(text) if said else at_numerals(_YEARS, text)
    found = [span(m, Kind.AGE_OVER_89, NAME, 0.9, "age") for m in years]
    for matches in (at_numerals(_NUMBER, text), _WORD.finditer(text) if said else ()):
        for match in matches:
            score = _likely(text, match)
            if score:
                found.append(span(match, Kind.AGE_OVER_89, NAME, score))
    return [*found, *_decades(text)]


_HIGH = re.compile(rf"(?:{_DIGITS}|{_SPELT}){_HALF}[^\W_]*", re.IGNORECASE)


def high(words: str) -> bool:
    """Do these words, taken to be an age, say ninety or more?"""
    return bool(_HIGH.match(words))


def _likely(text: str, match: re.Match[str]) -> float:
    """How surely a number of ninety or more is somebody's age."""
    after = text[match.end() : match.end() + 14]
    if _UNIT.match(after.lower()):
        return 0.0
    typed = text[max(0, match.start() - 48) : match.start()]
    ahead = typed.lower()
    if _TURNED.search(ahead):
        return 0.85
    if _MEASURED.search(ahead):
        return 0.0
    said = not match.group()[0].isdigit()
    if _AGED.search(ahead) and (said or _CLOSES.match(after)):
        return 0.75
    if _IS.search(ahead):
        return 0.7 if _CLOSES.match(after) else 0.25
    return _unasked(match, typed, after)


def _unasked(match: re.Match[str], typed: str, after: str) -> float:
    """No word says that an age comes: a spelt one is most likely one all the same, a name before it helps."""
    if _SURE.fullmatch(match.group()):
        return 0.55
    return 0.0 if match.group().lower().startswith(("hundred", "et ", "11")) else _after_a_name(typed, after)


def _after_a_name(typed: str, after: str) -> float:
    """'Rigmor (93) havde', 'Elna Vang, 92.' and, doubtful, '. 93.'"""
    named = _NAMED.search(typed)
    if named and named["how"] == " ":
        return (
            0.25
            if _CLOSES.match(after) and not lexicon.facts(named["name"].lower()) & lexicon.INNOCENT
            else 0.0
        )
    if named and re.match(r"[.,:;)\n]|$|[ ]i[ ]år", after):
        name = named["name"].rstrip(".").lower()
        harmless = lexicon.facts(name) & (lexicon.INNOCENT | lexicon.ABBREVIATION | lexicon.STOPWORD)
        if name[0].isdigit():
            return 0.35
        return 0.25 if harmless or (named["name"].rstrip(".").isupper() and len(name) > 1) else 0.6
    if re.search(r"[.!?][ \n]$", typed) and re.match(r"\.(?:[ \n]|$)", after):
        return 0.35
    return 0.0


def _decades(text: str) -> Iterator[Span]:
    """'Sidst i halvfemserne' is an age; 'i 90'erne' may be a year."""
    for match in _DECADE.finditer(text):
        if re.search(
            r"(?:start\w*|sidst|midt|oppe|slut\w*|^|[ ])(?: i)? ?$", before(text, match.start(), 12)
        ):
            yield span(match, Kind.AGE_OVER_89, NAME, 0.6, "age")
