"""Names in lower case (navne med småt): 'mette ringede', 'poul anton weidekamp'."""

import re
from collections.abc import Iterator, Sequence

from uth.deid.find.person import Strength, Token, patronymic, read, surname_shaped
from uth.deid.lexicon import BEFORE_A_NAME, FIRST_NAME_COMMON, SURNAME, VERB, facts
from uth.deid.span import Kind, Span
from uth.deid.words import stems

NAME = "lower"


def find(text: str) -> list[Span]:
    """Names typed without capitals."""
    return list(_lower_case(text, read(text)))


def _lower_case(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    for at, token in enumerate(tokens):
        if token.strength <= Strength.UNKNOWN or token.capital or not _lower_begins(text, tokens, at):
            continue
        last = _chain_end(text, tokens, at)
        if last > at or _INITIAL.match(text, token.word.end) or _lower_believed(tokens, at):
            start, end = token.word.start, tokens[last].word.end
            end = _with_initial(text, end)
            yield Span(start, end, Kind.PERSON, text[start:end], NAME, 0.7 if last > at else 0.6)


_INITIAL = re.compile(r"[ ][b-df-hj-zæø](?:\.|(?=['’]s))")


def _with_initial(text: str, end: int) -> int:
    """'kim v.' and 'kim r's': the letter that tells two apart goes too."""
    match = _INITIAL.match(text, end)
    return match.end() if match else end


def _chain_end(text: str, tokens: Sequence[Token], first: int) -> int:
    """The last word of a lower-case name: sure words, and one unknown word or initial between them."""
    last = first
    at = first + 1
    while at < len(tokens) and at - first < 5:
        gap = text[tokens[at - 1].word.end : tokens[at].word.start]
        if gap not in (" ", "-", ". ") or (gap == ". " and len(tokens[at - 1].word.text) > 1):
            break
        right = tokens[at]
        if _lower_name(right) or (at == first + 1 and _closed(text, right)):
            last = at
        elif not _between(right, at - last):
            break
        at += 1
    return last


_CLOSES = re.compile(r"[ ]?(?:[),(/]|,?[ ]cpr|[ ]\d{6})")


def _closed(text: str, token: Token) -> bool:
    """'(sebastian lyngø)': an unknown word after a first name, where the name must end."""
    low = token.low
    if token.strength is not Strength.UNKNOWN or len(low) < 3 or facts(low) & VERB:
        return False
    return bool(_CLOSES.match(text, token.word.end)) and not low.endswith(
        ("ede", "te", "er", "et", "en", "ig", "igt", "lig")
    )


def _between(token: Token, distance: int) -> bool:
    """An initial, or one unknown word, may stand between two names."""
    low = token.low
    return (
        distance == 1
        and token.strength is Strength.UNKNOWN
        and not low.endswith(("ede", "te", "er", "et"))
        and not facts(low) & VERB
    )


def _lower_begins(text: str, tokens: Sequence[Token], at: int) -> bool:
    """A common first name or a -sen name; a name that is a word only before a sure surname ('bjørn holst')."""
    token = tokens[at]
    forms = stems(token.word.text)
    first = any(facts(form) & FIRST_NAME_COMMON for form in forms)
    if token.strength is Strength.SURE:
        return first or patronymic(forms[-1]) or _sen(forms)
    if token.strength is not Strength.MAYBE or not first or at + 1 == len(tokens) or token.low in _ORDINARY:
        return False
    after = tokens[at + 1]
    return (
        after.strength is Strength.SURE
        and text[token.word.end : after.word.start] == " "
        and any(facts(form) & SURNAME for form in stems(after.word.text))
    )


def _sen(forms: Sequence[str]) -> bool:
    return any(form.endswith("sen") and facts(form) & SURNAME for form in forms)


def _lower_name(token: Token) -> bool:
    low = token.low
    if token.strength is Strength.NEVER or facts(low) & VERB:
        return False
    if token.strength is Strength.SURE or surname_shaped(low):
        return True
    return (
        token.strength is Strength.MAYBE
        and any(facts(form) & SURNAME for form in stems(low))
        and low not in _ORDINARY
    )


_ORDINARY = frozenset(
    {
        "hans",
        "for",
        "til",
        "lige",
        "over",
        "under",
        "fra",
        "god",
        "glad",
        "rask",
        "ren",
        "sur",
        "sover",
        "helt",
        "kun",
        "lang",
        "true",
        "tabet",
    }
)


def _lower_believed(tokens: Sequence[Token], at: int) -> bool:
    """A lower-case first name alone: long enough, or with a verb after or a preposition before."""
    if len(tokens[at].word.text) >= 4:
        return True
    ahead = tokens[at - 1].low if at else ""
    behind = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return bool(facts(behind) & VERB or facts(ahead) & BEFORE_A_NAME)
