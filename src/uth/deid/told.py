"""What a file tells (hvad bilaget fortæller): its text, and what it still says of its maker, place and time."""

import struct
import zlib
from dataclasses import dataclass, field
from io import BytesIO

MOST = 20_000  # characters: enough for any page of a record, and read by the machine within a breath
MOST_DRAWN = 3_000_000  # bytes of drawing, of all pages together

# What a picture may say besides what it shows (EXIF), in Danish.
TAGS = {
    0x010E: "Beskrivelse",
    0x010F: "Kameraets mærke",
    0x0110: "Kameraets model",
    0x0131: "Program",
    0x0132: "Tidspunkt",
    0x013B: "Fotograf",
    0x8298: "Ophavsret",
    0x8769: "Optagelsen",
    0x8825: "Sted (GPS)",
    0x9C9D: "Forfatter",
}


@dataclass(frozen=True, slots=True)
class Told:
    """`unread`: pages that show something and hold no text, or a file that could not be read at all."""

    text: str = field(default="", repr=False)
    unread: int = 0
    cut: bool = False
    details: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def told(content: bytes, content_type: str) -> Told:
    """What there is to read in a kept file."""
    if content_type.startswith("image/"):
        return _picture(content)
    if content_type == "application/pdf":
        return _pdf(content)
    text = content.decode("utf-8", "replace")
    return Told(text[:MOST], cut=len(text) > MOST)


def _picture(content: bytes) -> Told:
    from PIL import Image

    try:
        with Image.open(BytesIO(content)) as opened:
            exif = dict(opened.getexif())
            words = {name: value for name, value in opened.info.items() if isinstance(value, str | bytes)}
    except (OSError, ValueError, SyntaxError):
        return Told(unread=1)
    found = [(TAGS.get(tag, f"Oplysning {tag}"), str(value)[:200]) for tag, value in exif.items()]
    found += [
        (name, str(value)[:200]) for name, value in words.items() if name in {"comment", "Author", "xmp"}
    ]
    return Told(unread=1, details=tuple(found))


def _pdf(content: bytes) -> Told:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    texts: list[str] = []
    unread = drawn = 0
    try:
        reader = PdfReader(BytesIO(content))
        details = tuple(
            (name.lstrip("/"), str(value)[:200]) for name, value in (reader.metadata or {}).items()
        )
        for page in reader.pages:
            if sum(map(len, texts)) > MOST:
                break
            contents = page.get_contents()
            size = 0 if contents is None else len(contents.get_data())
            drawn += size
            text = page.extract_text().strip() if drawn <= MOST_DRAWN else ""
            unread += bool(size and not text)
            texts.append(text)
    except (
        PyPdfError, DependencyError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError,
        RuntimeError, AssertionError, OSError, struct.error, zlib.error,
    ):  # fmt: skip
        return Told("\n\n".join(filter(None, texts))[:MOST], unread=unread + 1)
    text = "\n\n".join(filter(None, texts))
    made = {"Producer"}  # the program that kept it here
    return Told(text[:MOST], unread, len(text) > MOST, tuple(d for d in details if d[0] not in made))
