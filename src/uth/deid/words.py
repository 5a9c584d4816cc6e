"""Words (ord): a view of the text that recognisers can read, and the way back to the text as typed."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

HIDDEN = "\u25a0"  # stands for every character of a placeholder
WORD = re.compile(r"(?:[A-Za-z]{1,2}['’](?=[A-ZÆØÅ]))?[^\W\d_]+(?:['’][^\W\d_]{1,3}(?![^\W\d_]))?")

# Characters that look like others or cannot be seen; they split numbers and names without a trace.
_SAME_LENGTH = {ord(c): "-" for c in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"}
_SAME_LENGTH |= {
    ord(c): " "
    for c in "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\x00\x0b\x0c\x1c\x1d\x1e\x1f\x85\t"
}
_SAME_LENGTH |= {ord("\r"): "\n", 0x2028: "\n", 0x2029: "\n", 0xFF20: "@"}
_UNLIKE = re.compile(f"[{re.escape(''.join(map(chr, _SAME_LENGTH)))}]")
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\u0300-\u036f]"
)
_NOT_LATIN = re.compile("[^\x00-\u024f]")


class Word(NamedTuple):
    """One word as typed, with its place."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class View:
    """What recognisers read; `origin` maps each position back, or is None where nothing moved."""

    text: str
    origin: Sequence[int] | None
    length: int

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the view as a stretch of the typed text."""
        if self.origin is None:
            return start, end
        last = self.origin[end] if end < len(self.origin) else self.length
        return self.origin[start], last


def view(text: str) -> View:
    """The text with one kind of space, hyphen and digit, and without invisible characters."""
    plain = text.translate(_SAME_LENGTH) if _UNLIKE.search(text) else text
    odd = set(_NOT_LATIN.findall(plain))
    if any(map(_INVISIBLE.match, odd)) or "\u00ad" in plain:
        return _shorter_view(plain, len(text))
    if odd:
        plain = plain.translate({ord(char): _plain_char(char) for char in odd})
    return View(plain, None, len(text))


def _shorter_view(plain: str, length: int) -> View:
    chars: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(plain):
        if _INVISIBLE.match(char):
            if chars and unicodedata.combining(char):
                joined = unicodedata.normalize("NFC", chars[-1] + char)
                if len(joined) == 1:
                    chars[-1] = joined
            continue
        chars.append(_plain_char(char))
        origin.append(place)
    return View("".join(chars), origin, length)


def _plain_char(char: str) -> str:
    if char <= "\u024f":
        return char
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


_KEPT: "list[Callable[[], None]]" = []


def for_one_text[Found](read: Callable[[str], Found]) -> Callable[[str], Found]:
    """Several recognisers ask the same of the same text: answer once, and let go of it with `forget`."""
    kept = lru_cache(maxsize=8)(read)
    _KEPT.append(kept.cache_clear)
    return kept


def forget() -> None:
    """Let go of the texts just read; no report may linger in memory."""
    for let_go in _KEPT:
        let_go()


@for_one_text
def words(text: str) -> list[Word]:
    """The words of a text, in order."""
    new = tuple.__new__  # half of the time of Word(...), and this is done for every word there is
    return [new(Word, (m.start(), m.end(), m.group())) for m in WORD.finditer(text)]


@for_one_text
def numerals(text: str) -> list[int]:
    """Where digits begin that no letter or digit stands before; O, o, l and I may stand for the first."""
    found = []
    for match in _DIGITS.finditer(text):
        start = match.start()
        if start and text[start - 1] in "oOlI":
            start -= 1
        if not start or not text[start - 1].isalnum():
            found.append(start)
    return found


_DIGITS = re.compile(r"\d+")


@for_one_text
def long_numerals(text: str) -> list[int]:
    """Those of `numerals` where four digits or more stand in a row."""
    return [start for start in numerals(text) if text[start : start + 4].isdigit()]


def at_numerals(pattern: re.Pattern[str], text: str, *, long: bool = False) -> Iterator[re.Match[str]]:
    """What `finditer` gives for a pattern that begins with a free-standing digit, looked for only where one is.

    `long`: it begins with four digits in a row.
    """
    done = 0
    for start in long_numerals(text) if long else numerals(text):
        if start >= done and (match := pattern.match(text, start)):
            yield match
            done = match.end()


def split(piece: str) -> list[str]:
    """The words of a short piece, without their places."""
    return WORD.findall(piece)


def stem(word: str) -> str:
    """Lower case, without a genitive s."""
    low = word.lower()
    return low[:-2] if low.endswith(("'s", "’s")) else low


def stems(word: str) -> tuple[str, ...]:
    """The forms under which a word may stand in a list: as it is, without a genitive s, without foreign accents."""
    low = word.lower()
    forms: tuple[str, ...]
    if low.isalpha():
        forms = (low, low[:-1]) if len(low) > 3 and low[-1] == "s" else (low,)
    else:
        forms = _apostrophed(low)
    if low.isascii() or not _FOREIGN.search(low):
        return forms
    return (*forms, *(_without_accents(form) for form in forms))


def _apostrophed(low: str) -> tuple[str, ...]:
    """'hanne's' -> 'hanne'; 'o'connor' is also looked up as 'connor'."""
    low = stem(low)
    forms = (low, low[:-1]) if len(low) > 3 and low.endswith("s") else (low,)
    if low[1:2] in ("'", "’") or low[2:3] in ("'", "’"):
        return (*forms, re.split("['’]", low)[1])
    return forms


_FOREIGN = re.compile(r"[^\x00-\x7fæøåéüöä]")


def _without_accents(word: str) -> str:
    """'nguyễn' -> 'nguyen', 'yıldız' -> 'yildiz'; the Danish letters stay."""
    kept = (char if char in "æøå" else unicodedata.normalize("NFD", char)[0] for char in word)
    return "".join(kept).translate({0x131: "i", 0x142: "l", 0x111: "d"})
