"""Files (bilag): what a file is by its content, and the same file without what it tells of its maker.

A picture is decoded and drawn anew, so that position, camera, time, thumbnails and anything hidden behind the
picture are gone. A PDF loses its document information, XMP, scripts, attachments and open actions. Of a Word
document only the text is kept. What a picture or a page *shows* is not looked at: a person must.
"""

import math
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from uth.deid import docx

MAX_PIXELS = 50_000_000
MAX_EDGE = 4_000  # pixels; a larger picture is scaled down
MAX_PAGES = 200
MAX_DRAWN = 50_000_000  # bytes of drawing that the pages of a PDF unpack to
TEXT_LIMIT = 200_000  # characters


class NotAccepted(Exception):
    """The file cannot be taken; the message is the Danish sentence to show."""


@dataclass(frozen=True, slots=True)
class CleanFile:
    """The bytes to keep, and what they are."""

    content: bytes = field(repr=False)
    content_type: str


def clean_file(content: bytes) -> CleanFile:
    """The same file without its metadata; raises NotAccepted. Its name and claimed type are not asked."""
    if not content:
        raise NotAccepted("Filen er tom. Vælg en anden fil.")
    for magic, clean in BY_MAGIC:
        if content.startswith(magic):
            return clean(content)
    if content[8:12] == b"WEBP":
        return _picture(content)
    return _text(content)


def _picture(content: bytes) -> CleanFile:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as opened:
                upright = ImageOps.exif_transpose(opened)
                upright.thumbnail((MAX_EDGE, MAX_EDGE))
                keeps_clear = upright.mode in {"RGBA", "LA", "P"} or opened.format == "PNG"
                drawn = upright.convert("RGBA" if keeps_clear else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAccepted("Billedet er for stort. Gør det mindre, og prøv igen.") from None
    except (OSError, ValueError, SyntaxError, IndexError, TypeError):
        raise NotAccepted("Billedet kan ikke læses. Prøv at gemme det som JPG eller PNG.") from None
    out = BytesIO()
    anew = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())  # only the picture's own points go on
    if keeps_clear:
        anew.save(out, "PNG", optimize=True)
        return CleanFile(out.getvalue(), "image/png")
    anew.save(out, "JPEG", quality=85)
    return CleanFile(out.getvalue(), "image/jpeg")


# What a PDF may carry besides its pages; none of it is needed to read them.
ROOT_KEYS = (
    "/OpenAction",
    "/AA",
    "/Names",
    "/AcroForm",
    "/Outlines",
    "/StructTreeRoot",
    "/OCProperties",
    "/Perms",
    "/DSS",
    "/Legal",
    "/Collection",
    "/URI",
)
PAGE_KEYS = ("/AA", "/Annots", "/Thumb")
# What can hang on any object: XMP, embedded files (PDF/A-3), a program's own notes and times.
ANYWHERE = ("/Metadata", "/AF", "/EF", "/PieceInfo", "/LastModified", "/JS")


def _pdf(content: bytes) -> CleanFile:
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content)) as document:
            if len(document.pages) > MAX_PAGES:
                raise NotAccepted(
                    f"PDF-filen har over {MAX_PAGES} sider. Vedhæft kun de sider, der er brug for."
                )
            if _drawn(document) > MAX_DRAWN:
                raise NotAccepted(
                    "PDF-filen er for stor, når den pakkes ud. Vedhæft kun de sider, der er brug for."
                )
            for key in ROOT_KEYS:
                if key in document.Root:
                    del document.Root[key]
            for page in document.pages:
                for key in PAGE_KEYS:
                    if key in page:
                        del page[key]
            _clean_objects(document)
            if "/Info" in document.trailer:
                del document.trailer["/Info"]
            out = BytesIO()
            document.remove_unreferenced_resources()
            document.save(out, deterministic_id=True)
    except pikepdf.PasswordError:
        raise NotAccepted("PDF-filen er låst med en adgangskode. Gem den uden, og prøv igen.") from None
    except (pikepdf.PdfError, zlib.error, ValueError, RuntimeError, RecursionError):
        raise NotAccepted("PDF-filen kan ikke læses. Gem den på ny, og prøv igen.") from None
    return CleanFile(out.getvalue(), "application/pdf")


# How much larger a stream may grow by each way of packing; more than one way at a time is rare.
GROWS = {"/FlateDecode": 1000, "/LZWDecode": 1000, "/RunLengthDecode": 64}


def _drawn(document: Any) -> int:
    """How many bytes of drawing would be read; no more is unpacked than it takes to know that it is too much."""
    import pikepdf

    streams: list[Any] = []
    for page in document.pages:
        contents = page.get("/Contents", [])
        streams += contents if isinstance(contents, pikepdf.Array) else [contents]
    streams += [
        each
        for each in document.objects
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == pikepdf.Name.Form
    ]
    drawn = 0
    for stream in streams:
        if isinstance(stream, pikepdf.Stream) and drawn <= MAX_DRAWN:
            drawn += _unpacked_size(stream)
    return drawn


def _unpacked_size(stream: Any) -> int:
    raw, filters = bytes(stream.read_raw_bytes()), _filters(stream)
    if filters == ["/FlateDecode"]:
        return len(zlib.decompressobj().decompress(raw, MAX_DRAWN + 1))
    return len(raw) * math.prod(GROWS.get(each, 1) for each in filters)


def _filters(stream: Any) -> list[str]:
    import pikepdf

    named = stream.get("/Filter", [])
    return [str(each) for each in named] if isinstance(named, pikepdf.Array) else [str(named)]


def _clean_objects(document: Any) -> None:
    """Every object of a PDF, and the camera's words inside its photographs."""
    import pikepdf

    for thing in document.objects:
        if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            continue
        for key in ANYWHERE:
            if key in thing:
                del thing[key]
        if isinstance(thing, pikepdf.Stream) and (photograph := _photograph(thing)):
            thing.write(_plain_jpeg(photograph), filter=pikepdf.Name.DCTDecode)


def _photograph(stream: Any) -> bytes:
    """The JPEG in a stream, packed or not; empty if it holds none."""
    filters = _filters(stream)
    raw = bytes(stream.read_raw_bytes())
    if filters == ["/FlateDecode", "/DCTDecode"]:
        return zlib.decompressobj().decompress(raw, MAX_PIXELS)
    return raw if filters == ["/DCTDecode"] else b""


KEPT_SEGMENTS = {0xE0, 0xEE}  # JFIF, and Adobe's, which says how colours are to be read


def _plain_jpeg(photograph: bytes) -> bytes:
    """The same photograph without EXIF, comments and what else programs write before the picture begins."""
    kept, at = [photograph[:2]], 2
    while at + 4 <= len(photograph) and photograph[at] == 0xFF and photograph[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(photograph[at + 2 : at + 4])
        tells = 0xE0 <= photograph[at + 1] <= 0xEF or photograph[at + 1] == 0xFE
        if not tells or photograph[at + 1] in KEPT_SEGMENTS:
            kept.append(photograph[at:end])
        at = end
    return b"".join([*kept, photograph[at:]])


def _text(content: bytes) -> CleanFile:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if "\x00" in text or sum(not (c.isprintable() or c in "\r\n\t") for c in text[:4096]) > 4:
        raise NotAccepted(
            "Den slags filer kan vi ikke tage imod. Brug et billede, en PDF, et Word-dokument eller en tekstfil."
        )
    if len(text) > TEXT_LIMIT:
        raise NotAccepted("Tekstfilen er for lang. Vedhæft kun det, der er brug for.")
    kept = "".join(c for c in text if c.isprintable() or c in "\n\t")
    return CleanFile(kept.encode(), "text/plain; charset=utf-8")


def _word(content: bytes) -> CleanFile:
    try:
        text = docx.text_of(content)
    except docx.Unreadable:
        raise NotAccepted(
            "Den slags filer kan vi ikke tage imod. Brug et billede, en PDF, et Word-dokument eller en tekstfil."
        ) from None
    if not text:
        raise NotAccepted(
            "Der er ingen tekst i Word-dokumentet. Gem det som PDF, hvis billederne i det er vigtige."
        )
    return _text(text.encode())


BY_MAGIC: tuple[tuple[bytes, Callable[[bytes], CleanFile]], ...] = (
    (b"\xff\xd8\xff", _picture),
    (b"\x89PNG\r\n\x1a\n", _picture),
    (b"%PDF-", _pdf),
    (b"PK\x03\x04", _word),
)
