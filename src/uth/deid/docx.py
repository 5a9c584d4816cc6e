"""Word documents (Word-filer): the text that a reader sees, and nothing else of what the file carries.

What was deleted, commented and said of the writer stays behind with the file; a regular expression reads the text, so
that nothing in the file is obeyed.
"""

import html
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

MOST_BYTES = 20_000_000  # of all the parts that are read, unpacked
PACKED_BY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # as Word does it
PARTS = re.compile(r"word/(?:document|footnotes|endnotes|(?:header|footer)\d{0,3})\.xml")
_TOKEN = re.compile(r"<w:t(?: [^<>]*)?>([^<]*)</w:t>|(</w:p>|<w:br ?/>|<w:br [^<>]*/>)|(<w:tab ?/>)")


class Unreadable(ValueError):
    """No Word document, or not one that can be read."""


def text_of(content: bytes) -> str:
    """The text, a paragraph a line; headers and footers after it. Raises Unreadable."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
            if "word/document.xml" not in names:
                raise Unreadable
            parts = _unpacked(packed, sorted({name for name in names if PARTS.fullmatch(name)}))
            return "\n".join(filter(None, map(_part, parts))).strip()
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, OSError, EOFError) as fault:
        raise Unreadable from fault


def _unpacked(packed: zipfile.ZipFile, names: Iterable[str]) -> Iterator[bytes]:
    """The parts one after the other, while they are of a size that somebody may have written."""
    left = MOST_BYTES
    for name in names:
        if packed.getinfo(name).compress_type not in PACKED_BY:
            raise Unreadable
        with packed.open(name) as opened:
            content = opened.read(left + 1)
        left -= len(content)
        if left < 0:
            raise Unreadable
        yield content


def _part(content: bytes) -> str:
    pieces = []
    for match in _TOKEN.finditer(content.decode("utf-8", "replace")):
        said, line, tab = match.groups()
        pieces.append("\n" if line else "\t" if tab else html.unescape(said))
    return "".join(pieces).strip()
