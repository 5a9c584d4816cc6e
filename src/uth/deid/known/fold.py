"""Folding (foldning): different spellings of one name become the same letters, by sight and by sound."""

import re
import unicodedata

# What looks like a Latin letter, and the letter; each column pair is one alphabet's small or capital letters.
_ALIKE = (
    ("абвгеёіїйкмнопрстухѕјԁһӏѵԛԝєґ", "abvreeiiikmhonpctyxsjdhivqwer"),
    ("АВЕЁІЇЙКМНОПРСТУХЅЈԌԚԜҮЗ", "ABEEIIIKMHONPCTYXSJGQWYZ"),
    ("αβγεηικνορςτυχωϲϳ", "abyenikvopctuxwcj"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ", "ABEZHIKMNOPTYXCJ"),
    ("սօոցհℓɡɑɩᴀ01|", "uonghlgaiaoii"),
)
_LOOKS = {ord(odd): plain for odds, plains in _ALIKE for odd, plain in zip(odds, plains, strict=True)}
_SPELT = str.maketrans(
    {
        "æ": "ae", "ǽ": "ae", "ä": "ae", "ø": "oe", "ǿ": "oe", "ö": "oe", "œ": "oe", "å": "aa", "ß": "ss", "þ": "th",
        "đ": "d", "ð": "d", "ł": "i", "ı": "i", "l": "i", "ħ": "h", "ŋ": "n", "ə": "e",
    }
)  # fmt: skip
_SOUNDS = (
    ("sch", "s"), ("ch", "k"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("gh", "g"), ("ce", "se"), ("ci", "si"),
    ("cy", "sy"), ("c", "k"), ("q", "k"), ("w", "v"), ("x", "ks"), ("z", "s"), ("y", "i"), ("j", "i"), ("oe", "o"), ("ae", "e"),
    ("aa", "a"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


def fold(word: str) -> str:
    """One way to write it: small letters, no accents, no look-alikes, æ as ae, ø as oe, å as aa, and l as i."""
    plain = word if word.isalpha() and word.isascii() else word.translate(_LOOKS)
    low = plain.lower().translate(_SPELT)
    if low.isascii():
        return low
    parts = unicodedata.normalize("NFKD", low.translate(_LOOKS))
    return "".join(char for char in parts if not unicodedata.combining(char)).translate(_SPELT)


def sound(folded: str) -> str:
    """How it is said: Christian and Kristian, Sofie and Sophie, Mathilde and Matilde become one."""
    for written, said in _SOUNDS:
        if written in folded:
            folded = folded.replace(written, said)
    return _DOUBLED.sub(r"\1", folded)


def short(folded: str) -> str:
    """æ, ø and å as one letter again, so that a slip on such a letter is one slip."""
    return folded.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")
