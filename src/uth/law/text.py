"""Text as we keep it (tekst): what a person typed, without what no database or screen can hold."""

import re
import unicodedata
from datetime import date

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip

# Controls (Cc), lone surrogates (Cs) and bidi overrides: they change how text is shown, or a database refuses them.
# A line break and a tab may stay.
_LEFT_OUT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def tidy(text: str) -> str:
    """NFC, unix line ends, no NUL or other controls, no bidi overrides, no lone surrogates, no outer blanks."""
    if not text:
        return ""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    # normalised last: what a control character kept apart may now be one letter
    return unicodedata.normalize("NFC", _LEFT_OUT.sub("", unified)).strip()


def fold(text: str) -> str:
    """Lower case without accents, but å, ø and æ stay letters of their own."""
    keep = {"å", "æ", "ø"}
    return "".join(
        c
        if c in keep
        else "".join(x for x in unicodedata.normalize("NFD", c) if not unicodedata.combining(x))
        for c in unicodedata.normalize("NFC", text).lower()
    )


def day_in_words(day: date) -> str:
    """3. juni 2026."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
