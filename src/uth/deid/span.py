"""A span (fund): a stretch of text, what kind of identity it is, and who found it."""

from dataclasses import dataclass
from enum import StrEnum

from uth.deid.reasons import reason


class Kind(StrEnum):
    """What a stretch of text gives away."""

    PERSON = "person"
    CPR = "cpr"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    ADDRESS = "address"
    DATE = "date"
    AGE_OVER_89 = "age_over_89"
    ID = "id"
    ORG_UNIT = "org_unit"
    PROFESSION_ID = "profession_id"
    LOCATION = "location"

    @property
    def danish(self) -> str:
        """The word a reader sees."""
        return _DANISH[self]

    @property
    def placeholder(self) -> str:
        """The word that stands in the clean text."""
        return _PLACEHOLDER[self]

    @property
    def direct(self) -> bool:
        """True where the text alone points at one person; the others do so together."""
        return self not in _QUASI


_DANISH = {
    Kind.PERSON: "Navn",
    Kind.CPR: "CPR-nummer",
    Kind.PHONE: "Telefonnummer",
    Kind.EMAIL: "E-mailadresse",
    Kind.URL: "Webadresse",
    Kind.ADDRESS: "Adresse",
    Kind.DATE: "Dato",
    Kind.AGE_OVER_89: "Alder på 90 år eller mere",
    Kind.ID: "Sags- eller brugernummer",
    Kind.ORG_UNIT: "Navn på afdeling, klinik eller bosted",
    Kind.PROFESSION_ID: "Ydernummer eller autorisations-id",
    Kind.LOCATION: "Sted",
}

_PLACEHOLDER = {
    Kind.PERSON: "navn",
    Kind.CPR: "CPR-nummer",
    Kind.PHONE: "telefonnummer",
    Kind.EMAIL: "e-mail",
    Kind.URL: "webadresse",
    Kind.ADDRESS: "adresse",
    Kind.DATE: "dato",
    Kind.AGE_OVER_89: "over 89",
    Kind.ID: "nummer",
    Kind.ORG_UNIT: "enhed",
    Kind.PROFESSION_ID: "ydernummer",
    Kind.LOCATION: "sted",
}

_QUASI = frozenset({Kind.DATE, Kind.AGE_OVER_89, Kind.ORG_UNIT, Kind.LOCATION})


class Who(StrEnum):
    """Whose identity the vault knows it to be."""

    PATIENT = "patient"
    REPORTER = "reporter"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters start..end of a text (code points of the input, end not included).

    `finder` names who found it, several joined by "+"; `score` is 0 to 1, how sure the finder is. `who`: the one whose name it is, where the vault knows.
    """

    start: int
    end: int
    kind: Kind
    text: str
    finder: str
    score: float
    who: Who | None = None

    @property
    def reason(self) -> str:
        """Why it was found, in Danish, for the person who decides."""
        return reason(self.finder)

    def overlaps(self, other: "Span") -> bool:
        """Do the two share a character?"""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class KnownIdentity:
    """Something the vault knows about this report (a name, a CPR number, a phone) that must not leave."""

    kind: Kind
    text: str
    who: Who | None = None
