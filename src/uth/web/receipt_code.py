"""The receipt code as a picture (kvitteringskoden som billede): a QR that carries the code as text, no address."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(code: str) -> SafeString:
    """An inline <svg> without style attributes; it holds nothing but black squares."""
    drawn = segno.make(code, error="m", micro=False)
    return mark_safe(  # noqa: S308 - made here, of squares only
        drawn.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None)
    )
