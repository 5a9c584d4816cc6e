"""Personal names (personnavne) by list: first names, surnames and what stands between them, with a capital."""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from uth.deid.find.pattern import span
from uth.deid.lexicon import (
    ABBREVIATION,
    AMBIGUOUS,
    EPONYM,
    FIRST_NAME,
    FIRST_NAME_COMMON,
    INNOCENT,
    STOPWORD,
    SURNAME,
    SURNAME_RARE,
    facts,
    may_be_remembered,
    remembered,
)
from uth.deid.names import PARTICLES
from uth.deid.span import Kind, Span
from uth.deid.words import Word, for_one_text, stems, words

NAME = "person"


class Strength(IntEnum):
    """How much a word says that it is a name."""

    NEVER = -1
    UNKNOWN = 0
    MAYBE = 1
    SURE = 2


class Token(NamedTuple):
    """A word with what the lists say about it."""

    word: Word
    low: str
    capital: bool
    strength: Strength
    opens: bool  # a capitalised word that begins a sentence or line


def find(text: str) -> list[Span]:
    """Names of anybody: patient, staff, relatives."""
    tokens = read(text)
    spaced = (span(m, Kind.PERSON, NAME, 0.6) for m in _SPACED_OUT.finditer(text))
    return [*_listed(text, tokens), *spaced]


_SPACED_OUT = re.compile(r"(?<![^\W_])[A-ZÆØÅ](?:[ ][a-zæøå]){3,14}(?![^\W_])")


@for_one_text
def read(text: str) -> list[Token]:
    """The words of a text, each with its strength as a name."""
    always: dict[str, tuple[str, bool, Strength]] = remembered()
    known: dict[str, tuple[str, bool, Strength]] = {}
    tokens: list[Token] = []
    new = tuple.__new__
    for word in words(text):
        typed = word[2]
        what = always.get(typed) or known.get(typed)
        if what is None:
            what = (typed.lower(), typed[0].isupper(), strength_of(typed))
            (always if may_be_remembered(what[0]) else known)[typed] = what
        low, capital, strength = what
        tokens.append(new(Token, (word, low, capital, strength, capital and opens(text, word[0]))))
    return tokens


_TELLING = (
    STOPWORD | ABBREVIATION | INNOCENT | AMBIGUOUS | FIRST_NAME_COMMON | SURNAME | FIRST_NAME | SURNAME_RARE
)


def strength_of(word: str) -> Strength:
    """What the lists say about a word, genitive included."""
    forms = stems(word)
    if len(forms) == 1 and not facts(forms[0]) & _TELLING:
        return Strength.SURE if patronymic(forms[0]) else Strength.UNKNOWN  # nearly always
    known = [facts(form) for form in forms]
    if known[0] & STOPWORD or (known[0] & ABBREVIATION and len(word) <= 5 and word.isupper()):
        return Strength.NEVER
    if any(bits & INNOCENT for bits in known):
        return Strength.NEVER
    best = Strength.UNKNOWN
    for form, bits in zip(forms, known, strict=True):
        if bits & AMBIGUOUS:
            best = Strength.MAYBE
        elif bits & (FIRST_NAME_COMMON | SURNAME):
            return Strength.SURE if len(form) > 2 else Strength.MAYBE
        elif patronymic(form):
            return Strength.SURE
        elif len(form) > 2 and bits & (FIRST_NAME | SURNAME_RARE):
            best = Strength.MAYBE
    return best


_PATRONYMIC = re.compile(r"(?P<father>[^\W\d_]{4,})(?:sen|datter|sdatter|dottir|sdóttir)")
_CHILD = ("sen", "datter", "dottir", "dóttir")


def patronymic(form: str) -> bool:
    """'Thorvaldsen' but not 'undersøgelsen': what stands before -sen must itself be a name."""
    match = _PATRONYMIC.fullmatch(form) if form.endswith(_CHILD) else None
    if not match:
        return False
    father = match["father"]
    return bool(facts(father) & (FIRST_NAME_COMMON if len(father) == 4 else FIRST_NAME_COMMON | FIRST_NAME))


_LINE_OR_STOP = re.compile(r"(?:^|[.!?:\n•*\"»(\[]|[-–])[ \n\"»'(\[]{0,4}$")
_ABBREVIATED = re.compile(
    r"(?:\b(?:pt|dr|hr|fr|frk|spl|prof|afd|bl|ca|f|nr|st|sct|skt|kl|vedr|jf|ovl|lic|cand|stud|dipl)|\b[a-zæøå])\.[ ]$",
    re.IGNORECASE,
)


def opens(text: str, start: int) -> bool:
    """Does a sentence, line or note begin here?"""
    ahead = text[max(0, start - 8) : start]
    if ahead[-1:] == " " and (ahead[-2:-1].isalnum() or ahead[-2:-1] == ","):
        return False  # nearly always
    if start <= 8 and not ahead.strip():
        return True
    return bool(_LINE_OR_STOP.search(ahead)) and not _ABBREVIATED.search(ahead)


# --- capitalised names ----------------------------------------------------------------------------

_PARTICLES = PARTICLES | {"af", "ter", "ten", "í", "á", "av", "úr"}


def _listed(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    index = 0
    while index < len(tokens):
        if not tokens[index].capital or not _may_begin(tokens[index]):
            index += 1
            continue
        last = _run_end(text, tokens, index)
        run = tokens[index : last + 1]
        confidence = 0.0 if _is_month(text, run) else _believed(run)
        if confidence:
            start, end = _with_article(text, run[0].word.start), run[-1].word.end
            yield Span(start, end, Kind.PERSON, text[start:end], NAME, confidence)
            index = last + 1
        else:
            index += 1


_ARTICLE = re.compile(r"(?<![^\W_])(?:Al|El|Abd|Ben|Bin|Abu|Van|Von|De|Di|Mc|Mac|St)[- ]$")


def _with_article(text: str, start: int) -> int:
    """'Al-Masri' begins at 'Al'."""
    match = _ARTICLE.search(text[max(0, start - 5) : start])
    return start - len(match.group()) if match else start


_IN_TIME = re.compile(
    r"(?:\d\.?|\b(?:i|siden|primo|ultimo|medio|hele|fra|til|midt|start|slut|for|inden|efter|og|,))[ ]$",
    re.IGNORECASE,
)


def _is_month(text: str, run: Sequence[Token]) -> bool:
    """'Maj' with a capital is Maj, unless it stands where a month stands."""
    if len(run) > 1 or run[0].low not in ("maj", "april", "august"):
        return False
    after = text[run[0].word.end : run[0].word.end + 8]
    ahead = text[max(0, run[0].word.start - 8) : run[0].word.start]
    return bool(_IN_TIME.search(ahead)) or bool(re.match(r"[ ](?:måned|\d|20)", after))


def _may_begin(token: Token) -> bool:
    if token.strength is Strength.UNKNOWN:
        return not token.opens
    return token.strength is not Strength.NEVER


def _run_end(text: str, tokens: Sequence[Token], first: int) -> int:
    """The last word of the run of name words that begins here."""
    last = first
    at = first + 1
    while at < len(tokens) and at - first < 7:
        gap = text[tokens[at - 1].word.end : tokens[at].word.start]
        if not _joins(gap, tokens[at - 1], tokens[at]):
            break
        token = tokens[at]
        if token.capital and _goes_on(tokens[first], token):
            last = at
        elif not _particle(tokens[at - 1], token, at - last):
            break
        at += 1
    return last


def _goes_on(first: Token, token: Token) -> bool:
    """Does the word continue the name? In a text of capitals only a word of the lists does."""
    if token.strength is Strength.NEVER:
        return first.strength > Strength.UNKNOWN and borne(token.word.text)
    shouting = first.word.text.isupper() and len(first.word.text) > 3 and token.word.text.isupper()
    return token.strength > (Strength.UNKNOWN if shouting and len(token.word.text) > 3 else Strength.NEVER)


def borne(word: str) -> bool:
    """'Falck' and 'Parkinson' are harmless alone, but beside a first name or a title they are somebody's."""
    known = [facts(form) for form in stems(word)]
    if known[0] & STOPWORD:
        return False
    return any(bits & EPONYM or (bits & SURNAME and bits & INNOCENT) for bits in known)


def _particle(before: Token, token: Token, distance: int) -> bool:
    """'van den' may stand between two names, 'den' alone may not."""
    if distance == 1:
        return token.word.text in _PARTICLES
    return (
        distance == 2
        and before.word.text in ("van", "von", "de")
        and token.word.text in ("den", "der", "la", "los")
    )


def _joins(gap: str, left: Token, right: Token) -> bool:
    if gap in (" ", "-", "\n"):
        return gap != "\n" or (left.strength > 0 and right.strength > 0)
    return gap in (". ", ".") and left.capital and (len(left.word.text) <= 2 or left.low in SHORTENED)


# First names written short: 'Jens Chr. Nørbæk', 'Kr. Kristensen'.
SHORTENED = frozenset(
    {
        "chr",
        "kr",
        "fr",
        "hj",
        "th",
        "joh",
        "jac",
        "vald",
        "alb",
        "sv",
        "aug",
        "edv",
        "ferd",
        "gust",
        "vilh",
        "aa",
    }
)


def _shouted(run: Sequence[Token]) -> bool:
    """Where all is written in capitals a capital says nothing."""
    return all(token.word.text.isupper() for token in run) and max(len(token.low) for token in run) > 3


def _believed(run: Sequence[Token]) -> float:
    """How sure we are that a run of capitalised words is a name."""
    sure = sum(token.strength is Strength.SURE for token in run)
    maybe = sum(token.strength is Strength.MAYBE for token in run)
    first = run[0]
    if _shouted(run):
        return 0.55 if sure or maybe else 0.0
    if len(run) == 1:
        if sure:
            return 0.85 if not first.word.text.isupper() or len(first.word.text) > 3 else 0.0
        return 0.6 if maybe and not first.opens and not first.word.text.isupper() else 0.0
    if sure or maybe >= 2:
        return 0.95 if sure else 0.75
    if not maybe:
        return 0.0
    return 0.6 if first.strength is Strength.MAYBE or not first.opens else 0.0


_SHAPE = re.compile(
    r"[^\W\d_]{2,}(?:kamp|mark|lund|holm|gaard|gård|bech|bæk|beck|dahl|dal|borg|berg|skov|vig|toft|strup|drup|rup|ager|feldt|bjerg|høj|"
    r"vang|quist|kvist|green|mann|kær|kjær|krog|huus|husen|rød|torp|trup|næs|stang|skjold|stein|sson|ssen|nsen|rsen|lsen|wicz|ski|ska|vic|vić|oglu|oğlu|poulos|yan|ov|ova|enko)"
)


def surname_shaped(low: str) -> bool:
    """Does a word in no list look like a surname ('weidekamp', 'buhlmark')? Only beside another name."""
    last = low.rsplit("-", 1)[-1].removesuffix("s")
    return not facts(low) & (STOPWORD | AMBIGUOUS) and bool(_SHAPE.fullmatch(last))
