"""Packed lists (pakkede ordlister): a hundred thousand names in one file of a megabyte, looked up where they lie.

The words lie in buckets by checksum, each followed by two bytes that say which lists it stands in:
`\\nhanne\\t<bytes>`. A look-up is one checksum and one search through some eighty bytes; nothing is unpacked.
"""

import sys
from array import array
from collections.abc import Iterable, Mapping
from zlib import crc32

LISTS = (
    "first_names_common",
    "first_names",
    "surnames",
    "surnames_rare",
    "names_that_are_words",
    "streets",
    "towns",
    "villages",
)
BIT = {name: 1 << place for place, name in enumerate(LISTS)}
FIRST_WORD = 1 << len(LISTS)  # the first word of a place of several words: 'høje', 'sankt'

_MAGIC = b"UTH-ordliste 3\n"
_PER_BUCKET = 6
_MARK = 0x8080  # set in both bytes, so that they are never a line end or a tab


class BrokenList(Exception):
    """The file is no packed list, or not whole."""


def pack(lists: Mapping[str, Iterable[str]]) -> bytes:
    """The lists as one packed file; the same words give the same bytes."""
    bits: dict[str, int] = {}
    for name, words in lists.items():
        for word in words:
            bits[word] = bits.get(word, 0) | BIT[name]
            first, _, more = word.partition(" ")
            if first and more and name in ("towns", "villages"):
                bits[first] = bits.get(first, 0) | FIRST_WORD
    buckets: list[list[bytes]] = [[] for _ in range(len(bits) // _PER_BUCKET + 1)]
    for word in sorted(bits):
        key = word.encode()
        if not key or b"\n" in key or b"\t" in key:
            raise ValueError("A word of a list holds no line end and no tab.")
        buckets[crc32(key) % len(buckets)].append(b"\n%b\t%b" % (key, _marked(bits[word])))
    starts = array("I", [0])
    for bucket in buckets:
        starts.append(starts[-1] + sum(map(len, bucket)))
    body = len(buckets).to_bytes(4, "little") + _little(starts) + b"".join(map(b"".join, buckets))
    return _MAGIC + crc32(body).to_bytes(4, "little") + body


class Packed:
    """A packed file, read."""

    __slots__ = ("_blob", "_buckets", "_starts")

    def __init__(self, content: bytes) -> None:
        body = content[len(_MAGIC) + 4 :]
        said = content[len(_MAGIC) : len(_MAGIC) + 4]
        if not content.startswith(_MAGIC) or crc32(body).to_bytes(4, "little") != said:
            raise BrokenList
        self._buckets = int.from_bytes(body[:4], "little")
        end = 4 + 4 * (self._buckets + 1)
        self._starts = array("I", body[4:end])
        if sys.byteorder == "big":
            self._starts.byteswap()
        self._blob = body[end:]

    def get(self, word: str) -> int:
        """The bits of the lists a word stands in; 0 where it stands in none."""
        key = word.encode("utf-8", "surrogatepass")
        bucket = crc32(key) % self._buckets
        at = self._blob.find(b"\n%b\t" % key, self._starts[bucket], self._starts[bucket + 1])
        return _bits(self._blob, at + len(key) + 2) if at >= 0 else 0

    def words(self, name: str) -> Iterable[str]:
        """The words of one list, in no order."""
        for line in self._blob.split(b"\n")[1:]:
            key, _, marked = line.rpartition(b"\t")
            if _bits(marked, 0) & BIT[name]:
                yield key.decode()


def _marked(bits: int) -> bytes:
    """Seven bits to a byte."""
    return (bits & 0x7F | bits >> 7 << 8 | _MARK).to_bytes(2, "little")


def _bits(blob: bytes, at: int) -> int:
    return (blob[at] & 0x7F) | (blob[at + 1] & 0x7F) << 7


def _little(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
