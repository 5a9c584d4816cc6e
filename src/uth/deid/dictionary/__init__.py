"""The dictionary (ordbogen): is this an ordinary Danish word, also inflected, in the genitive or as a compound?

Half a million forms as a Bloom filter: some bits a word, nothing to unpack, nothing to read out. One unknown word in
ten thousand passes for a known one. Source and licence: README.md here.
"""

import re
from collections.abc import Collection
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from uth.deid.known.ordinary import ordinary as ours

FILE = "words.bloom"
_MAGIC = b"UTH-ordbog 1\n"
_BITS_A_WORD = 20
_HASHES = 14
_LEAST, _LONGEST = 3, 40  # letters of a part of a compound, and of one


_INFLECTED = re.compile(r"['’](?:e?n|e?t|er|ne|s|erne|ens)$")  # "pt'en", "AED'en"


def pack(words: Collection[str]) -> bytes:
    """The words as one filter; the same words give the same bytes."""
    size = _BITS_A_WORD * len(words) // 8 + 1
    bits = bytearray(size)
    for word in words:
        for place in _places(word, 8 * size):
            bits[place >> 3] |= 1 << (place & 7)
    return _MAGIC + bytes(bits)


def _places(word: str, size: int) -> list[int]:
    said = int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=16).digest(), "big")
    first, step = said >> 64, (said & 0xFFFFFFFFFFFFFFFF) | 1
    return [(first + number * step) % size for number in range(_HASHES)]


@cache
def _bits() -> bytes:
    return (files("uth.deid.dictionary") / FILE).read_bytes().removeprefix(_MAGIC)


def listed(low: str) -> bool:
    """Does the lower-case word stand in the dictionary as it is?"""
    bits = _bits()
    return all(bits[place >> 3] >> (place & 7) & 1 for place in _places(low, 8 * len(bits)))


def ordinary(word: str) -> bool:
    """A word of the language or the trade: as it stands, in the genitive, or made of two or three such words."""
    low = word.lower()
    return _whole(low) or _compound(low.removesuffix("nr"), 3)  # 'hændelsesnr'


def _whole(low: str) -> bool:
    return ours(low) or listed(low) or (len(low) > 3 and low[-1] == "s" and listed(low[:-1]))


def _compound(low: str, parts: int) -> bool:
    """'sengehest', 'weekendvagtlaget'; every part has at least three letters."""
    if parts < 2 or not 2 * _LEAST <= len(low) <= _LONGEST:
        return False
    for end in range(len(low) - _LEAST, _LEAST - 1, -1):
        if _opens(low[:end]):
            rest = low[end:].lstrip("-")
            if len(rest) >= _LEAST and (_whole(rest) or _compound(rest, parts - 1)):
                return True
    return False


def _opens(part: str) -> bool:
    """May it be the first part of a compound: 'seng', 'senge', 'afdelings', 'blodtryks-'?"""
    bare = part.rstrip("-")
    return len(bare) >= _LEAST and (
        _whole(bare) or (len(bare) > _LEAST and bare[-1] in "se" and _whole(bare[:-1]))
    )


@cache
def _trade() -> frozenset[str]:
    return frozenset((files("uth.deid.dictionary") / "trade.txt").read_text(encoding="utf-8").split())


@cache
def _small() -> frozenset[str]:
    folder = files("uth.deid.dictionary")
    lists = [
        (folder / name).read_text(encoding="utf-8").split() for name in ("headwords.txt", "shortened.txt")
    ]
    return frozenset(word for words in lists for word in words) | {
        word.lower() for word in _trade() if len(word) > 4
    }


def of_the_trade(word: str) -> bool:
    """A device, a drug, a score, a code or a short form, as nurses and doctors write it; short ones in their own case."""
    bare = _INFLECTED.sub("", word)
    return bare in _trade() or bare.lower() in _small()
