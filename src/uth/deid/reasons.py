"""Reasons (begrundelser): why something was found, in the words a case handler reads."""

BY_HAND = "hand"  # the finder that is a person

_REASONS = {
    "cpr": "ligner et CPR-nummer",
    "phone": "ligner et telefonnummer",
    "mail": "ligner en e-mailadresse",
    "url": "ligner en webadresse",
    "address": "ligner en adresse",
    "date": "ligner en dato",
    "age": "alder på 90 år eller mere",
    "code": "ligner et sags-, prøve- eller brugernummer",
    "profession": "ligner et ydernummer eller autorisations-id",
    "echo": "samme nummer er fundet et andet sted i teksten",
    "titled": "står efter en titel eller en rolle",
    "person": "står på en navneliste",
    "lower": "navn skrevet med småt",
    "deeds": "gør noget, som et menneske gør",
    "initials": "ligner initialer",
    "place": "står på en liste over steder",
    "unit": "ligner navnet på en afdeling, klinik eller institution",
    "propagated": "samme navn er fundet et andet sted i teksten",
    "known": "kendt fra sagens egne oplysninger",
    "tagger": "sprogmodellen læser det som en identitet",
    "leaks": "set ved det andet blik",
    BY_HAND: "markeret af et menneske",
}


def reason(finders: str) -> str:
    """The reasons of one finder, or of several joined by "+". An unknown finder gives its own name."""
    return "; ".join(dict.fromkeys(_REASONS.get(finder, finder) for finder in finders.split("+")))
