"""E-mail addresses (e-mailadresser), also those written around the at sign."""

import re

from uth.deid.find.pattern import span
from uth.deid.span import Kind, Span

NAME = "mail"

_LOCAL = r"[\w.+'&=~-]{1,64}"
_PLAIN = re.compile(rf"(?<![\w.+-]){_LOCAL}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,5}}")
_SPACED = re.compile(
    rf"(?<![\w.+-]){_LOCAL}[ \n]{{0,2}}@[ \n]{{0,2}}[\w-]{{1,63}}(?:[ ]?\.[ ]?[\w-]{{2,63}}){{1,4}}"
)
_AT = r"(?:[ \n]{0,2}[(\[{<][ ]?(?:at|snabel-?a|a|æt)[ ]?[)\]}>][ \n]{0,2}|[ \n]{1,2}(?:at|snabel[- ]?a(?:et)?|alfategn)[ \n]{1,2}|(?<=[^\W\d_])snabel-?a(?=[^\W\d_]))"
_DOT = r"(?:[ ]{0,2}\.[ ]{0,2}|[ ]{0,2}[(\[]?[ ]{0,2}(?:dot|punktum|prik)[ ]{0,2}[)\]]?[ ]{0,2})"
_TOP = r"(?:dk|com|net|org|eu|se|no|de|nu|info|io|uk|gl|fo)"
_SPELT = re.compile(
    rf"(?<![\w.+-])(?:[\w.+-]{{1,64}}{_DOT.replace('{0,2}', '{1,2}', 1)}){{0,2}}[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,63}}){{0,2}}{_DOT}{_TOP}(?![^\W_])",
    re.IGNORECASE,
)
_SPELT_END = re.compile(rf"{_DOT}{_TOP}(?![^\W_])", re.IGNORECASE)  # without it there is none: seen sooner
_BRACKET = re.compile(r"[(\[{<]")
_BRACKETED = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}[ \n]{0,2}[(\[{<][ ]?(?:at|snabel-?a|a|æt|@)[ ]?[)\]}>][ \n]{0,2}[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)


def find(text: str) -> list[Span]:
    """E-mail addresses."""
    found = [span(m, Kind.EMAIL, NAME, 0.98) for m in _PLAIN.finditer(text)] if "@" in text else []
    if "@" in text:
        found += [span(m, Kind.EMAIL, NAME, 0.9) for m in _SPACED.finditer(text)]
    if _SPELT_END.search(text):
        found += [span(m, Kind.EMAIL, NAME, 0.9) for m in _SPELT.finditer(text)]
    if _BRACKET.search(text):
        found += [span(m, Kind.EMAIL, NAME, 0.9) for m in _BRACKETED.finditer(text)]
    return found
