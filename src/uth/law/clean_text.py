"""The clean text (den anonymiserede tekst): the only kind of prose that may leave, and only approval makes it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Self

from uth.law.terms import Section
from uth.law.text import tidy

LIMITS: Mapping[Section, int] = MappingProxyType(
    {section: 300 if section is Section.HEADLINE else 20_000 for section in Section}
)
# The last fence, not the search: a number written like a CPR number, or an e-mail address, never leaves,
# whatever was approved. § 7 knows no exception; a batch number that looks like one can be told otherwise.
CPR = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}\s?[-‐-―]?\s?\d{4}(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

_SEAL = object()


class NotClean(ValueError):
    """A text is not ready to leave; the message is the Danish sentence to show."""


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text a person has approved for leaving; its repr never shows the words."""

    section: Section
    text: str = field(repr=False)
    approved_at: datetime | None = field(compare=False)  # None on the national side: not its business
    seal: object = field(repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError("a CleanText comes from CleanText.approved alone")

    @classmethod
    def approved(cls, section: Section, text: str, remaining_leaks: int, approved_at: datetime) -> Self:
        """The approved text, tidied; raises NotClean while findings stand that nobody has overruled."""
        if remaining_leaks:
            raise NotClean(
                f"Der er stadig {remaining_leaks} mulige personoplysninger i »{section.danish}«. "
                "Fjern dem, eller angiv, at de ikke er personoplysninger."
            )
        clean = tidy(text)
        if found := fault(section, clean):
            raise NotClean(found)
        return cls(section, clean, approved_at, _SEAL)

    @classmethod
    def received(cls, section: Section, text: str) -> Self:
        """The same text on the national side; raises NotClean if it could never have been approved here."""
        if text != tidy(text):
            raise NotClean(f"»{section.danish}« indeholder tegn, der ikke kan modtages.")
        if found := fault(section, text):
            raise NotClean(found)
        return cls(section, text, None, _SEAL)


def fault(section: Section, text: str) -> str | None:
    """Why a text cannot leave, as the Danish sentence to show; None if it can."""
    if len(text) > LIMITS[section]:
        return f"»{section.danish}« er for lang: højst {LIMITS[section]} tegn. Forkort teksten."
    found = why_not(text)
    return f"»{section.danish}« {found}." if found else None


def why_not(text: str) -> str | None:
    """What in a text no approval lets out, as the end of a Danish sentence; None if there is nothing."""
    seen = _as_read(text)
    if CPR.search(seen):
        return "indeholder et tal, der ligner et CPR-nummer. Fjern det, eller skriv det på en anden måde"
    if MAIL.search(seen):
        return "indeholder en e-mailadresse. Fjern den"
    return None


def _as_read(text: str) -> str:
    """The text as an eye reads it: wide, styled and foreign digits are digits, signs without width are not there."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in plain
        if unicodedata.category(sign) != "Cf"
    )
