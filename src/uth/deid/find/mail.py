"""E-mail addresses (e-mailadresser), also those written around the at sign, with spaces, or half broken."""

import re
from collections.abc import Iterator

from uth.deid.span import Kind, Span

NAME = "mail"

# The at sign and what people write for it.
_ALIAS = r"(?:snabel[- ]?a(?:et|en)?|snabela|snabel|krøll?e?[- ]?a(?:lfa)?|krøllealfa|alfa[- ]?krøl(?:le)?|alfategn(?:et)?|at|æt|a)"
_AT = re.compile(
    rf"(?P<sign>[ \n]{{0,2}}@{{1,2}}[ \n]{{0,2}})|[ \n]{{0,2}}[(\[{{<][ ]?(?:{_ALIAS}|@)[ ]?[)\]}}>][ \n]{{0,2}}|_(?:at|æt)_|"
    r"[ \n]{1,2}(?:at|AT|æt|snabel[- ]?a(?:et|en)?|snabela|snabel|krøll?e?[- ]?a(?:lfa)?|alfa-?krøl(?:le)?|alfategn(?:et)?)[ \n]{1,2}|"
    r"(?<=[^\W_])(?:-?snabel-?a-?)(?=[^\W_])",
    re.IGNORECASE,
)
_HINTS = ("@", "snabel", "krøl", "alfa")
_BRACKETED = re.compile(r"[(\[{<_][ ]?(?:at|æt|a)[ ]?[)\]}>_ ]|[ ](?:at|æt|a)[ ]?[)\]}>_]", re.IGNORECASE)
_DOT_WORD = r"(?:dot|punktum|punkt|prik)"
_DOT = rf"(?:[ ]{{0,2}}[.,][ ]{{0,2}}|[ ]{{0,2}}[(\[][ ]?{_DOT_WORD}[ ]?[)\]][ ]{{0,2}}|[ ]{{1,2}}{_DOT_WORD}[ ]{{1,2}})"
_TIGHT_DOT = (
    rf"(?:[.,]|[ ]\.[ ]?|\.[ ](?-i:(?=[a-zæøå]))|[ ]?[(\[][ ]?{_DOT_WORD}[ ]?[)\]][ ]?|[ ]{_DOT_WORD}[ ])"
)
_DOT_WORDS = ("dot", "punkt", "prik")
_TOP = r"(?:dk|com|kom|net|org|eu|se|no|de|nu|me|info|io|uk|gl|fo|invalid|example|test|local)"
_DOTTED_TOP = re.compile(rf"[.,][ ]{{0,2}}{_TOP}(?![^\W_])", re.IGNORECASE)
_HOST = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN = re.compile(
    rf"{_HOST}(?:[ ]?-[ ]?{_HOST})?(?:[ ]\.{_TOP}(?![^\W_])|(?:{_TIGHT_DOT}{_HOST}){{1,5}})|{_HOST}(?:[ ]{_HOST})?{_DOT}{_TOP}(?![^\W_])|{_HOST}[ ]{_TOP}(?![^\W_])|[ ]?\.{_TOP}(?![^\W_])",
    re.IGNORECASE,
)
_SPELT_DOMAIN = re.compile(rf"{_HOST}(?:{_DOT}{_HOST}){{0,3}}{_DOT}{_TOP}(?![^\W_])", re.IGNORECASE)
_LONE_HOST = re.compile(_HOST)
_LOCAL = re.compile(r"[\w.+'&=~-]{1,64}")  # read from its end
# Pieces of a local part that a space or a spelt dot split off.
_MORE = re.compile(
    rf"(?:(?<![\w.+-])[\w.+&-]{{1,64}}(?:[ ]{{0,2}}[._-][ ]{{1,2}}|[ ]{{1,2}}[._-][ ]{{0,2}}|[ ]?\(?{_DOT_WORD}\)?[ ]?))$",
    re.IGNORECASE,
)
# How every such piece ends, which is soon seen.
_GOES_ON = re.compile(rf"(?:[ ._)-]|{_DOT_WORD})$", re.IGNORECASE)
_CUE_THEN_WORDS = re.compile(
    r"(?:mail(?:adresse|en)?|e-?post|til|fra|på|[,:;<])[ :\n]{1,2}(?P<words>(?:[\w.+-]{1,24}[ ]){1,2})$",
    re.IGNORECASE,
)
_NO_AT = re.compile(
    rf"(?:(?:e-?)?mail(?:en|adresse|adressen)?|mailadr\.?)[ :]{{1,2}}(?:er[ :]{{1,2}})?(?P<mail>[\w+-]+(?:\.[\w+-]+){{1,5}}\.{_TOP})(?![^\W_])|"
    rf"(?P<lost>[\w+-]+(?:\.[\w+-]+){{1,5}}\.{_TOP})(?=[ ,(]{{1,3}}(?:snabel|@|krøl)[^.\n]{{0,12}}mangler)",
    re.IGNORECASE,
)


def find(text: str) -> list[Span]:
    """E-mail addresses."""
    found = [*_round_the_sign(text)] if _hinted(text) else []
    if "mail" in text or "Mail" in text or "mangler" in text:
        for match in _NO_AT.finditer(text):
            group = "mail" if match["mail"] else "lost"
            start, end = match.span(group)
            if not match[group].lower().startswith("www"):
                found.append(Span(start, end, Kind.EMAIL, text[start:end], NAME, 0.7))
    return found


def _hinted(text: str) -> bool:
    """A cheap look: a sign or a word for it, or "at" where something also ends as a domain does."""
    low = text.lower()
    if any(hint in low for hint in _HINTS) or _BRACKETED.search(text):
        return True
    spelt = " at " in low or " æt " in low
    return spelt and (_DOTTED_TOP.search(text) is not None or any(word in low for word in _DOT_WORDS))


def _round_the_sign(text: str) -> Iterator[Span]:
    for match in _AT.finditer(text):
        start, end = _local(text, match.start()), _domain(text, match)
        if start is None or end is None:
            continue
        yield Span(start, end, Kind.EMAIL, text[start:end], NAME, 0.98 if match["sign"] else 0.9)


def _local(text: str, at: int) -> int | None:
    """Where the part before the sign begins."""
    first = max(0, at - 100)
    local = _LOCAL.match(text[first:at][::-1])
    if not local:
        return None
    start = at - local.end()
    for _ in range(4):
        if not _GOES_ON.search(text, max(0, start - 7), start):
            break
        more = _MORE.search(text[max(0, start - 70) : start])
        if not more:
            break
        start = max(0, start - 70) + more.start()
    lead = text[start - 1 : start] == " " and _CUE_THEN_WORDS.search(text[max(0, start - 60) : start])
    if lead and _is_part(lead["words"], text[start:at]):
        start -= len(lead["words"])
    return start


_LITTLE = frozenset(
    (
        "er", "min", "mit", "hans", "hendes", "deres", "vores", "jer", "mig", "dig",
        "os", "ham", "hende", "dem", "den", "det", "på", "til", "fra", "via",
        "eller", "og", "også", "pr", "adressen", "adresse", "mailen", "mail", "e-mail", "skriv",
        "skrevet", "sendt", "hos", "med", "af", "der", "som", "gerne", "kontakt", "søn",
        "datter", "altså", "egen", "stadig", "nye", "ny",
    )
)  # fmt: skip


def _is_part(words: str, local: str) -> bool:
    """Do the words between 'mail til' and the sign belong to the address?"""
    parts = words.split()
    lower = all(part == part.lower() and part not in _LITTLE for part in parts)
    return lower and (local[:1].islower() or local[:1].isdigit())


def _domain(text: str, sign: re.Match[str]) -> int | None:
    """Where the part after the sign ends."""
    end = sign.end()
    match = (
        _DOMAIN.match(text, end)
        if sign["sign"] or "(" in sign[0] or "[" in sign[0]
        else _SPELT_DOMAIN.match(text, end)
    )
    if match:
        return match.end()
    if sign["sign"] and sign[0] in ("@", "@@"):
        lone = _LONE_HOST.match(text, end)
        return lone.end() if lone else None
    return None
