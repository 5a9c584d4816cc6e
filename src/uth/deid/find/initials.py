"""Initials (initialer) that stand for a colleague: 'T.V.K.', '/MK', 'v. HHJ', 'MK gav'."""

import re

from uth.deid.find.pattern import span
from uth.deid.find.person import Strength, strength_of, surname_shaped
from uth.deid.lexicon import ABBREVIATION, entries, facts
from uth.deid.span import Kind, Span

NAME = "initials"

_UP = "[A-ZÆØÅ]"
# The look back stands after the first letter: so the search passes over everything but capitals.
_DOTTED = re.compile(
    rf"{_UP}(?<![\w.].)\.(?:[ ]?(?:{_UP}\.[ ]?){{1,3}}(?![^\W_])|(?:{_UP}\.){{0,2}}{_UP}(?![\w]))"
)
_WITH_SURNAME = re.compile(
    rf"{_UP}(?<![\w.].)(?:(?<=C)hr|(?<=K)r|(?<=H)j|(?<=T)h|(?<=J)(?:oh|ac)|(?<=V)(?:ald|ilh)|(?<=A)(?:lb|a)|(?<=S)v)?\.[ ]?(?:{_UP}\.[ ]?)?(?P<name>{_UP}[^\W\d_]{{2,30}}(?:-{_UP}[^\W\d_]{{1,30}})?)(?:[ ]{_UP}[^\W\d_]{{2,30}}(?:-{_UP}[^\W\d_]{{1,30}})?)?(?![^\W_])"
)
_SHORT = re.compile(rf"{_UP}(?<![\w].){_UP}{{1,3}}(?![\w])")
_SIGNED = re.compile(
    r"(?:(?<![\w])/[ ]?|[ \n(](?:sign\.?|v/|af|v\.|ved|init\.?|initialer:?|mvh\.?|vh\.?|hilsen)[ \n])$"
)
# 'mvh kbj' at the end of a line.
_SIGNED_SMALL = re.compile(
    r"(?:[Mm]vh|[Vv]h|[Hh]ilsen|[Ss]ign|[Uu]nderskrift|[Ii]nitialer|[Ss]ekr|[Aa]nsvarlig sgpl|[Ss]krevet af|[Mm]eldt af)[.:,]{0,2}[ \n]"
    r"(?P<who>[a-zæøå]{2,4})(?=[ ]*(?:$|[.\n/)]))"
)
_SIGNS = ("vh", "hilsen", "sign", "underskrift", "initialer", "sekr", "sgpl", "skrevet af", "meldt af")
_ENDS = re.compile(r"[ ]?(?:[.,;:)\n/]|$)")
_ACTS = re.compile(
    r"[ ](?:ringe[rd]|gav|giver|oplyse[rd]|oplyste|kontakte[rd]|siger|sagde|har|havde|fortalte|overtog|overtager|"
    r"skrev|skriver|mente|mener|ordinere[rd]|opdage[rd]|opdagede|så|fandt|kom|gik|spurgte|spørger|glemte|administrere[rd]e?|vil|ville|skulle|bad|beder|tog|tager|dispensere[rd]e?|og[ ][A-ZÆØÅ]{2,4}[ ])(?![^\W_])"
)
_TOWARDS = ("til ", "fra ", "med ", "kollega ", "hos ", "(")
_ENDS_OR_GOES_ON = re.compile(r"\)|[ ]?(?:[.,;]|$)|[ ](?:om|for|at|som|der|og|i|kl)")
_NOT_DOTTED = frozenset({"bl", "fx", "dvs", "ps", "nb", "eks", "da", "cm", "usa", "uk", "eu"})


def find(text: str) -> list[Span]:
    """Initials in a place where a person would stand."""
    low = text.lower()
    found = [
        _trim(span(m, Kind.PERSON, NAME, 0.75))
        for m in _DOTTED.finditer(text)
        if _letters(m.group()) not in _NOT_DOTTED
    ]
    for match in _SHORT.finditer(text):
        score = _in_place(text, match.start(), match.end())
        if score and not facts(match.group().lower()) & ABBREVIATION:
            found.append(span(match, Kind.PERSON, NAME, score))
    found += [
        span(m, Kind.PERSON, NAME, 0.6, "who")
        for m in (_SIGNED_SMALL.finditer(text) if any(sign in low for sign in _SIGNS) else ())
        if not facts(m["who"]) and m["who"] not in entries("ordinary")
    ]
    found += [
        span(
            m,
            Kind.PERSON,
            NAME,
            0.8 if strength_of(m["name"]) > 0 or surname_shaped(m["name"].lower()) else 0.4,
        )
        for m in _WITH_SURNAME.finditer(text)
        if strength_of(m["name"]) is not Strength.NEVER
        and not _KIND_OF.search(text[max(0, m.start() - 14) : m.start()])
        and m["name"].lower() not in _SPECIES
    ]
    return found


def _in_place(text: str, start: int, end: int) -> float:
    """How surely two to four capitals stand where a person would."""
    ahead = text[max(0, start - 14) : start]
    if _SIGNED.search(ahead) and _ENDS.match(text, end):
        return 0.8
    if ahead[-1:] not in (".", "/", "-") and _ACTS.match(text, end):
        return 0.6
    return 0.6 if ahead.endswith(_TOWARDS) and _ENDS_OR_GOES_ON.match(text, end) else 0.0


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
