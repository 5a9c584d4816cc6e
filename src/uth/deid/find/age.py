"""Ages of ninety and more (høj alder): so few people that the age itself identifies."""

import re

from uth.deid.find.numbers import NUMBER_WORDS
from uth.deid.find.pattern import span
from uth.deid.span import Kind, Span

NAME = "age"

_OLD_WORDS = [
    word
    for word, digits in NUMBER_WORDS.items()
    if len(digits) == 2 and digits.startswith("9") and word != "halvfems"
] + ["halvfems"]
_OLD = rf"(?:9\d|1[01]\d|{'|'.join(sorted(_OLD_WORDS, key=len, reverse=True))}|hundrede?)"
_YEARS = re.compile(
    rf"(?<![\w.,/])(?P<age>{_OLD})(?=[ \n]?-?[ \n]?(?:år(?:ig(?:e|t|s)?|s)?|åring|årg)(?![^\W_])(?![ ]siden))",
    re.IGNORECASE,
)
_CUED = re.compile(
    rf"(?<![^\W_])(?:alder(?:en)?(?:[ ](?:af|på|er))?|fyldt|fylder|blev|på)[ :]{{1,3}}(?P<age>{_OLD})(?![\w%]|[.,/]\d|[ ]?(?:mg|ml|kg|%|mm|cm|minut|time|gange|kr|patient|procent|afdeling|stue))",
    re.IGNORECASE,
)
_DECADE = re.compile(r"(?<![^\W_])(?P<age>halvfemserne|90'?erne)(?![^\W_])", re.IGNORECASE)
_LOOSE_CUE = re.compile(r"^(?:blev|på)\b", re.IGNORECASE)


def find(text: str) -> list[Span]:
    """The number of an age of 90 or more; 'år' stays."""
    found = [span(m, Kind.AGE_OVER_89, NAME, 0.9, "age") for m in _YEARS.finditer(text)]
    found += [
        span(m, Kind.AGE_OVER_89, NAME, 0.7, "age")
        for m in _CUED.finditer(text)
        if not _LOOSE_CUE.match(m.group())
        or re.search(r"(?:dame|mand|kvinde|mor|far|borger)[^\n.]{0,10}$", text[: m.start()][-24:].lower())
    ]
    return found + [
        span(m, Kind.AGE_OVER_89, NAME, 0.6, "age")
        for m in _DECADE.finditer(text)
        if "start" in text[max(0, m.start() - 20) : m.start()].lower()
        or "i " in text[max(0, m.start() - 3) : m.start()].lower()
    ]
