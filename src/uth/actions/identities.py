"""Known identities (kendte identiteter): what the vault holds of a report, for the machine to look for; nobody reads them."""

from collections.abc import Sequence

from uth.deid.engine import KnownIdentity, find
from uth.deid.find import known as named
from uth.deid.span import Kind, Who
from uth.law.text import tidy
from uth.records.cases import Case

NEVER = frozenset({Kind.CPR, Kind.EMAIL})


def known_identities(case: Case) -> tuple[KnownIdentity, ...]:
    """What the vault knows of this report's people, for the engine to look for."""
    known = []
    if hasattr(case.report, "reporter_identity"):
        who = case.report.reporter_identity.open()
        known += [(Kind.PERSON, who["name"], Who.REPORTER), (Kind.EMAIL, who["email"], None)]
        known += [(Kind.PHONE, who["phone"], None)]
    if hasattr(case.report, "patient_identity"):
        patient = case.report.patient_identity.open()
        known += [(Kind.PERSON, patient["name"], Who.PATIENT), (Kind.CPR, patient["cpr"], None)]
    return tuple(KnownIdentity(kind, text, whose) for kind, text, whose in known if text.strip())


def pointed_at(text: str, known: Sequence[KnownIdentity]) -> str:
    """The first words of a text that name the vault's people, or are a CPR number or an e-mail address; or none."""
    words = tidy(text)
    found = [*named.find(words, known), *(span for span in find(words) if span.kind in NEVER)]
    return found[0].text if found else ""
