"""Telephone numbers (telefonnumre): eight digits in any grouping, with country code, by cue or in words."""

import re
from collections.abc import Iterator

from uth.deid.find.numbers import DIGIT, Chain, chains, parts, spoken
from uth.deid.find.pattern import after, before, span
from uth.deid.span import Kind, Span

NAME = "phone"

_CUE = re.compile(
    r"(?:tlf|telf|telefon\w*|tel|mobil\w*|mob|ring\w*|opkald\w*|sms\w*|lokal(?:nummer|nr)?|fax|kald\w*|"
    r"nummer(?:et)?|(?:træffes|træffe mig|fange mig|fanges|nås|nå mig|fat i mig|fås)\s{1,2}på|kontakt\w*|nr|hjemme|arbejde|fastnet\w*|☎|📞)[^\d\n]{0,18}$"
)
_STRONG_CUE = re.compile(
    r"(?:tlf|telf|telefon\w{0,8}|tel|mobil\w{0,8}|mob|lokal(?:nummer|nr)?|fax|omstilling|vagttelefon|dect)"
    r"(?:[ .:]|nr|nummer|er|på|\(|\)){0,8}\+?$"
)
_NOT_PHONE = re.compile(
    r"(?<![^\W_])(?:vare(?:nr|nummer)?|vnr|lot|batch|charge|ean|gtin|npu|dnk|atc|icd|sks|cvr|p-?nr|"
    r"puls|p|bt|blodtryk\w*|sat\w*|temp\w*|rf|bs|bp|hr|vægt\w*|værdier\w*|målinger\w*|diurese\w*|sor|kr|beløb|serie\w*|s/n|journal\w*|sags?\w*|konto\w*|faktura|ordre\w*|dosis)\W{0,3}(?:nr|nummer|kode)?\W{0,3}$"
)
_UNIT = re.compile(
    r"[ ]{0,2}(?:mg|ml|mikrogram|µg|ug|mcg|g\b|kg|gram|ie\b|enheder|kr\b|kroner|%|mmol|mol|u/l|cm|mm|l\b|liter|kcal|kj|stk)"
)
_FOREIGN = re.compile(r"(?<![\w+])(?:\+|00)[ ]?[1-9]\d{0,2}(?:[ .()/-]{0,2}\d){6,13}(?!\d)")
_DANISH = re.compile(r"(?<![\w+])(?:\+|00)[ ]?(?:\(?45\)?)(?:[ \n./()-]{0,2}\d){8}(?!\d)")
_PARENTHESIS = re.compile(r"\((?:\+|00)?45\)(?:[ \n./-]{0,2}\d){8}(?!\d)")
_STRONG_ANYWHERE = re.compile(
    r"(?<![^\W_])(?:tlf|telf|telefon(?:nummer|nr|en)?|mobil(?:nummer|nr|en)?|mob|lokal(?:nummer|nr)?|lok|fax|dect|vagttelefon(?:en)?)"
    r"[.:]?(?:\s{1,2}(?:nr|nummer|er|på|privat|arbejde)[.:]?){0,2}\s{0,2}(?P<no>\+?\d(?:[ .-]?\d){3,11})(?!\d)",
    re.IGNORECASE,
)
_COMMAS = re.compile(r"(?<![\w.,])[2-9]\d(?:,[ ]?\d\d){3}(?![\w]|[.,]\d)")
_GROUPS = {
    (8,),
    (4, 4),
    (2, 2, 2, 2),
    (3, 2, 3),
    (2, 3, 3),
    (3, 3, 2),
    (2, 6),
    (2, 2, 4),
    (4, 2, 2),
    (2, 4, 2),
    (1,) * 8,
}
_PREFIXED = {(2, *groups) for groups in _GROUPS}
_ODD_JOINT = re.compile(r"[:;+*~|,]|\n.*\n")


def find(text: str) -> list[Span]:
    """Telephone numbers."""
    if not DIGIT.search(text):
        return [*_in_words(text)]
    return [
        *(span(m, Kind.PHONE, NAME, 0.95) for m in _DANISH.finditer(text)),
        *(span(m, Kind.PHONE, NAME, 0.95) for m in _PARENTHESIS.finditer(text)),
        *(span(m, Kind.PHONE, NAME, 0.85) for m in _FOREIGN.finditer(text)),
        *(span(m, Kind.PHONE, NAME, 0.9, "no") for m in _STRONG_ANYWHERE.finditer(text)),
        *_in_digits(text),
        *_in_words(text),
        *_scattered(text),
        *(span(m, Kind.PHONE, NAME, 0.7) for m in _COMMAS.finditer(text)),
    ]


def _in_digits(text: str) -> Iterator[Span]:
    for chain in chains(text):
        if len(chain.digits) < 8:
            continue
        taken = 0
        for choices in parts(chain, 8, 12):
            if choices[0].start < taken:
                continue
            ahead = before(text, choices[0].start)
            part = next((one for one in choices if _is_phone(text, ahead, chain, one)), None)
            if part:
                taken = part.end
                yield Span(part.start, part.end, Kind.PHONE, text[part.start : part.end], NAME, 0.85)


def _is_phone(text: str, ahead: str, chain: Chain, part: Chain) -> bool:
    digits = part.digits
    odd = any(_ODD_JOINT.search(joint) for joint in part.joints)
    if odd or _NOT_PHONE.search(ahead) or _UNIT.match(after(text, part.end)):
        return False
    if part.lengths in _PREFIXED and digits.startswith("45"):
        return True
    if part.lengths not in _GROUPS or digits[0] in "01":
        return (
            bool(_STRONG_CUE.search(ahead) or (part.lengths == (8,) and _CUE.search(ahead)))
            and 8 <= len(digits) <= 12
        )
    if _looks_like_date(part):
        return bool(_CUE.search(ahead))
    if part.lengths == (1,) * 8 or (part.lengths != (8,) and any("/" in j or "." in j for j in part.joints)):
        return bool(_CUE.search(ahead)) or part.lengths in {(2, 2, 2, 2), (1,) * 8}
    return len(part.groups) == len(chain.groups) or part.lengths in {(8,), (2, 2, 2, 2), (4, 4)}


def _looks_like_date(part: Chain) -> bool:
    digits = part.digits
    if part.lengths == (8,):
        written = digits[4:6] in ("19", "20") and 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[:2]) <= 31
        iso = digits[:2] in ("19", "20") and 1 <= int(digits[4:6]) <= 12 and 1 <= int(digits[6:]) <= 31
        return written or iso
    if part.lengths == (4, 2, 2):
        return digits[:2] in ("19", "20") and 1 <= int(digits[4:6]) <= 12
    return part.lengths == (2, 2, 4) and digits[4:6] in ("19", "20") and 1 <= int(digits[2:4]) <= 12


def _in_words(text: str) -> Iterator[Span]:
    for said in spoken(text):
        cued = bool(_CUE.search(before(text, said.start)))
        eight = len(said.digits) == 8 and said.words >= 2
        if eight or (cued and 7 <= len(said.digits) <= 12):
            yield Span(said.start, said.end, Kind.PHONE, text[said.start : said.end], NAME, 0.85)


def _scattered(text: str) -> Iterator[Span]:
    """'37 1 3 2 8 9 4': eight digits, or one too few or many, with most of them alone."""
    for chain in chains(text):
        alone = sum(size == 1 for size in chain.lengths)
        if 7 <= len(chain.digits) <= 9 and alone >= 3 and set(chain.joints) <= {" ", "-", "."}:
            ahead = before(text, chain.start)
            if not _NOT_PHONE.search(ahead) and (alone >= 5 or _CUE.search(ahead)):
                yield Span(chain.start, chain.end, Kind.PHONE, text[chain.start : chain.end], NAME, 0.7)
