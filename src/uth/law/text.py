"""Text as we keep it (tekst): what a person typed, without what no database or screen can hold."""

import unicodedata

# Controls that change how text is shown, or that a database refuses; a line break and a tab may stay.
_KEEP = "\n\t"
_BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def tidy(text: str) -> str:
    """NFC, unix line ends, no NUL or other controls, no bidi overrides, no lone surrogates, no outer blanks."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        c
        for c in unified
        if c in _KEEP or (unicodedata.category(c) not in {"Cc", "Cs"} and ord(c) not in _BIDI)
    )
    # normalised last: what a control character kept apart may now be one letter
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def fold(text: str) -> str:
    """Lower case without accents, but å, ø and æ stay letters of their own."""
    keep = {"å", "æ", "ø"}
    return "".join(
        c
        if c in keep
        else "".join(x for x in unicodedata.normalize("NFD", c) if not unicodedata.combining(x))
        for c in unicodedata.normalize("NFC", text).lower()
    )
