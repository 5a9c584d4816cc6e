"""Ordinary words (almindelige ord): what a Danish report says all the time, so that a slip does not turn it into a name."""

from uth.deid import lexicon

_LISTS = (
    lexicon.STOPWORD
    | lexicon.AMBIGUOUS
    | lexicon.ABBREVIATION
    | lexicon.INNOCENT
    | lexicon.VERB
    | lexicon.BEFORE_A_NAME
)


def ordinary(word: str) -> bool:
    """Is it, as it stands or without an s, a word of the language or the trade?"""
    low = word.lower()
    return len(low) == 1 or _is(low) or (len(low) > 3 and low[-1] == "s" and _is(low[:-1]))


def _is(low: str) -> bool:
    return low in lexicon.entries("ordinary") or bool(lexicon.facts(low) & _LISTS)
