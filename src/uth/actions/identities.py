"""Known identities (kendte identiteter): what the vault and the form hold of a report, for the machine to look for."""

import re
from collections.abc import Iterator, Sequence

from uth.deid.engine import KnownIdentity, find
from uth.deid.find import known as named
from uth.deid.known.vocabulary import names_a_place
from uth.deid.span import Kind, Who
from uth.law.text import tidy
from uth.records.cases import Case
from uth.records.organisations import Place

NEVER = frozenset({Kind.CPR, Kind.EMAIL})
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def known_identities(case: Case) -> tuple[KnownIdentity, ...]:
    """Everything that points at this report's people, for the engine to look for: the vault and the places."""
    return (*vault_identities(case), *_places(case))


def vault_identities(case: Case) -> tuple[KnownIdentity, ...]:
    """What the vault knows of this report's people; the caller logs that it was opened."""
    known = []
    if hasattr(case.report, "reporter_identity"):
        who = case.report.reporter_identity.open()
        known += [(Kind.PERSON, who["name"], Who.REPORTER), (Kind.EMAIL, who["email"], None)]
        known += [(Kind.PHONE, who["phone"], None)]
    if hasattr(case.report, "patient_identity"):
        patient = case.report.patient_identity.open()
        known += [(Kind.PERSON, patient["name"], Who.PATIENT), (Kind.CPR, patient["cpr"], None)]
    return tuple(KnownIdentity(kind, text, whose) for kind, text, whose in known if text.strip())


def _places(case: Case) -> tuple[KnownIdentity, ...]:
    """Where it happened and who else had a part in it; 'medicinsk afdeling' alone points at nobody."""
    report = case.report
    told = [report.place_text]
    found: dict[KnownIdentity, None] = {}
    places = [report.place] if report.place else []
    for involved in report.involved_places.select_related("place"):
        told.append(involved.place_text)
        places += [involved.place] if involved.place else []
    for place in places:
        found |= dict.fromkeys(_of_place(place))
    found |= dict.fromkeys(_as_told(text) for text in told if names_a_place(text))
    return tuple(found)


def _of_place(place: Place) -> Iterator[KnownIdentity]:
    """Its names, those of what it is a part of, and its provider number."""
    here: Place | None = place
    while here is not None:
        for name in (here.name, *here.aliases.values_list("name", flat=True)):
            plain = _IN_BRACKETS.sub("", name).strip()
            if names_a_place(plain):
                yield KnownIdentity(Kind.ORG_UNIT, plain)
        here = here.parent
    if place.ydernummer:
        yield KnownIdentity(Kind.PROFESSION_ID, place.ydernummer)


def _as_told(text: str) -> KnownIdentity:
    """A place in the reporter's own words: with a number it is an address."""
    return KnownIdentity(Kind.ADDRESS if re.search(r"\d", text) else Kind.ORG_UNIT, text)


def pointed_at(text: str, known: Sequence[KnownIdentity]) -> str:
    """The first words of a text that name the vault's people, or are a CPR number or an e-mail address; or none."""
    words = tidy(text)
    found = [*named.find(words, known), *(span for span in find(words) if span.kind in NEVER)]
    return found[0].text if found else ""
