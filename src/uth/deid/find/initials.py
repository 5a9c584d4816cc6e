"""Initials (initialer) that stand for a colleague: 'T.V.K.', '/MK', 'v. HHJ', 'MK gav'."""

import re

from uth.deid import lexicon
from uth.deid.find.pattern import span
from uth.deid.find.person import Strength, strength_of
from uth.deid.span import Kind, Span

NAME = "initials"

_UP = r"[A-ZÆØÅ]"
_DOTTED = re.compile(rf"(?<![\w.])(?:{_UP}\.[ ]?){{2,4}}(?![^\W_])|(?<![\w.])(?:{_UP}\.){{1,3}}{_UP}(?![\w])")
_SIGNED = re.compile(
    rf"(?:(?<![\w])/[ ]?|(?<=[ \n(])(?:sign\.?|v/|af|v\.|ved|init\.?|initialer:?|mvh\.?|vh\.?|hilsen)[ \n])(?P<who>{_UP}{{2,4}})(?=[ ]?(?:[.,;:)\n/]|$))"
)
_ACTING = re.compile(
    rf"(?<![\w./-])(?P<who>{_UP}{{2,4}})(?=[ ](?:ringe[rd]|gav|giver|oplyse[rd]|oplyste|kontakte[rd]|siger|sagde|har|havde|fortalte|overtog|overtager|"
    r"skrev|skriver|mente|mener|ordinere[rd]|opdage[rd]|opdagede|så|fandt|kom|gik|spurgte|spørger|glemte|administrere[rd]e?|vil|ville|skulle|bad|beder|tog|tager|dispensere[rd]e?|og[ ][A-ZÆØÅ]{2,4}[ ])(?![^\W_]))"
)
_BETWEEN = re.compile(
    rf"(?:(?<=til )|(?<=fra )|(?<=med )|(?<=kollega )|(?<=hos )|(?<=\())(?P<who>{_UP}{{2,4}})(?=\)|[ ]?(?:[.,;]|$)|[ ](?:om|for|at|som|der|og|i|kl))"
)
_WITH_SURNAME = re.compile(
    rf"(?<![\w.]){_UP}\.[ ]?(?:{_UP}\.[ ]?)?(?P<name>{_UP}[^\W\d_]{{2,30}}(?:-{_UP}[^\W\d_]{{1,30}})?)(?:[ ]{_UP}[^\W\d_]{{2,30}}(?:-{_UP}[^\W\d_]{{1,30}})?)?(?![^\W_])"
)
_NOT_DOTTED = frozenset({"bl", "fx", "dvs", "ps", "nb", "eks", "da", "cm", "usa", "uk", "eu"})


def find(text: str) -> list[Span]:
    """Initials in a place where a person would stand."""
    found = [
        _trim(span(m, Kind.PERSON, NAME, 0.75))
        for m in _DOTTED.finditer(text)
        if _letters(m.group()) not in _NOT_DOTTED
    ]
    for pattern, confidence in ((_SIGNED, 0.8), (_ACTING, 0.6), (_BETWEEN, 0.6)):
        found += [
            span(m, Kind.PERSON, NAME, confidence, "who")
            for m in pattern.finditer(text)
            if m["who"].lower() not in lexicon.abbreviations()
        ]
    found += [
        span(m, Kind.PERSON, NAME, 0.8)
        for m in _WITH_SURNAME.finditer(text)
        if strength_of(m["name"]) is not Strength.NEVER
        and not _KIND_OF.search(text[max(0, m.start() - 14) : m.start()])
        and m["name"].lower() not in _SPECIES
    ]
    return found


# 'Hastegrad A. Disponenten ...': the letter ends its sentence.
_KIND_OF = re.compile(
    r"(?:grad|type|gruppe|hepatitis|vitamin|influenza|afd\.?|afdeling|afsnit|team|plan|kode|fase|stadium|kategori|klasse)[ ]$",
    re.IGNORECASE,
)
_SPECIES = frozenset(
    {"coli", "aureus", "pylori", "difficile", "albicans", "pneumoniae", "faecalis", "pyogenes"}
)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha()).lower()


def _trim(one: Span) -> Span:
    kept = one.text.rstrip()
    return Span(one.start, one.start + len(kept), one.kind, kept, one.finder, one.score)
