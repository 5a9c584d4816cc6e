"""Rare words (sjældne ord): words of a text that are no ordinary word of Danish or of the trade, and so may be a name."""

import re
from collections.abc import Iterator

from uth.deid import dictionary, lexicon
from uth.deid.find.person import read
from uth.deid.known.ordinary import ordinary
from uth.deid.lexicon import ABBREVIATION, AMBIGUOUS, INNOCENT, STOPWORD, VERB, facts
from uth.deid.words import stem, stems

_NAMES = lexicon.FIRST_NAME_COMMON | lexicon.FIRST_NAME | lexicon.SURNAME | lexicon.SURNAME_RARE
_TELLING = lexicon.FIRST_NAME_COMMON | lexicon.TOWN  # in any case of letters
_LEAST_MISSPELT = 7
_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
# Endings of drugs, illnesses and examinations; a word of eight letters or more that ends so is hardly a name.
_LEARNED = re.compile(
    r"(?:itis|osis|ose|[eæ]mi|ologi|ologisk|grafi|skopi|ektomi|otomi|stomi|mycin|cillin|azol|pril|sartan|olol|statin|azepam|parin|xaban|"
    r"gliptin|gliflozin|prazol|dipin|mab|tinib|idin|zin|amid|pati|plasi|trop|gen|cyt)(?:e?n|e?t|er|erne|e)?s?"
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where a word stands that may be a name."""
    for token in read(text):
        word = token.word
        if (
            len(word.text) < 2
            or text[word.end : word.end + 1].isdigit()
            or dictionary.of_the_trade(word.text)
        ):
            continue
        if _suspect(word.text, opens=token.opens):
            yield word.start, word.end


def _suspect(word: str, *, opens: bool) -> bool:
    low = stem(word)
    bits = facts(low)
    if bits & (STOPWORD | INNOCENT | ABBREVIATION | VERB):
        return False
    if len(word) < 5 and word.isupper():
        return not dictionary.listed(low) or bool(bits & lexicon.FIRST_NAME_COMMON and not opens)
    if word[0].isupper():
        return _capital(word, low, bits, opens=opens)
    return _small(low, bits)


def _small(low: str, bits: int) -> bool:
    """In lower case: no ordinary word, or the name of many that is no word."""
    if len(low) < 4:
        return not dictionary.ordinary(low)
    if bits & _TELLING and not ordinary(low):
        return True
    return not dictionary.ordinary(low) and not _learned(low) and not _misspelt(low)


def _capital(word: str, low: str, bits: int, *, opens: bool) -> bool:
    """With a capital: a word of any list of names, or of no list at all."""
    if bits & _TELLING and not ordinary(low):
        return True
    if word.isupper():
        return not dictionary.ordinary(low) and not _learned(low) and not _misspelt(low)
    if not opens:
        return not _learned(low) and not low.endswith(("nr", "klinik", "center"))
    if any(facts(form) & _NAMES for form in stems(word)):
        return not (bits & AMBIGUOUS or dictionary.listed(low))
    return not dictionary.ordinary(low) and not _learned(low) and not _misspelt(low)


def _learned(low: str) -> bool:
    return len(low) > 7 and bool(re.search(_LEARNED.pattern + r"\Z", low))


def _misspelt(low: str) -> bool:
    """One slip from a word of the dictionary, and no name."""
    return (
        _LEAST_MISSPELT <= len(low) <= 24
        and not facts(low) & _NAMES
        and any(map(dictionary.listed, _slips(low)))
    )


def _slips(low: str) -> Iterator[str]:
    for at in range(len(low)):
        before, after = low[:at], low[at + 1 :]
        yield before + after
        if after:
            yield before + after[0] + low[at] + after[1:]
        yield from (before + letter + after for letter in _LETTERS)
        yield from (before + letter + low[at:] for letter in _LETTERS)
