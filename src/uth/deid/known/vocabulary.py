"""Vocabulary (ordforråd): nicknames, and the words of places, streets and mail addresses that name nobody by themselves."""

import re
from functools import cache

from uth.deid import lexicon
from uth.deid.known.fold import fold
from uth.deid.known.ordinary import ordinary

# Words that name a kind of place and no place; they count only within a longer name.
_KINDS_OF_PLACE = frozenset(
    [
        "plejehjem",
        "plejehjemmet",
        "plejecenter",
        "plejecentret",
        "plejecenteret",
        "ældrecenter",
        "ældrecentret",
        "bosted",
        "bostedet",
        "botilbud",
        "botilbuddet",
        "hospital",
        "hospitalet",
        "hospitalets",
        "sygehus",
        "sygehuset",
        "sygehusets",
        "apotek",
        "apoteket",
        "lægehus",
        "lægehuset",
        "lægeklinik",
        "lægeklinikken",
        "læge",
        "læger",
        "lægerne",
        "lægecenter",
        "tandlæge",
        "tandlæger",
        "tandlægerne",
        "klinik",
        "klinikken",
        "center",
        "centret",
        "centeret",
        "afdeling",
        "afdelingen",
        "afd",
        "afsnit",
        "afsnittet",
        "afs",
        "ambulatorium",
        "ambulatoriet",
        "amb",
        "stue",
        "stuen",
        "sengeafsnit",
        "sengeafdeling",
        "akutmodtagelse",
        "akutmodtagelsen",
        "akutafdelingen",
        "skadestue",
        "skadestuen",
        "fam",
        "medicinsk",
        "kirurgisk",
        "psykiatrisk",
        "neurologisk",
        "ortopædkirurgisk",
        "intensiv",
        "intensivafdelingen",
        "barsel",
        "fødegang",
        "fødegangen",
        "operation",
        "operationsgangen",
        "region",
        "regionen",
        "kommune",
        "kommunen",
        "hjemmepleje",
        "hjemmeplejen",
        "hjemmesygepleje",
        "hjemmesygeplejen",
        "team",
        "gruppe",
        "distrikt",
        "område",
        "enhed",
        "enheden",
        "danmark",
        "dansk",
        "danske",
        "universitetshospital",
        "universitetshospitalet",
        "regionshospital",
        "regionshospitalet",
        "psykiatri",
        "psykiatrien",
        "rehabilitering",
        "rehabiliteringscenter",
        "genoptræning",
        "sundhedscenter",
        "sundhedscentret",
        "sundhedshus",
        "sundhedshuset",
        "bofællesskab",
        "opholdssted",
        "hospice",
        "ambulance",
        "ambulancer",
        "ambulancetjeneste",
        "lægevagt",
        "lægevagten",
        "vagtlæge",
        "praksis",
        "praktiserende",
        "speciallæge",
        "speciallægepraksis",
        "fysioterapi",
        "fysioterapeut",
        "jordemoder",
        "jordemodercenter",
        "børn",
        "unge",
        "ældre",
        "voksen",
        "voksne",
        "familie",
        "ved",
        "i",
        "på",
        "og",
        "af",
        "for",
        "til",
        "med",
        "den",
        "det",
        "de",
        "a",
        "s",
        "aps",
        "as",
        "cvr",
    ]
)
# What ends like this names a specialty or a kind of place: 'geriatrisk', 'øjenklinikken', 'dagafsnit'.
_KIND_ENDS = (
    "isk", "iske", "logi", "logien", "terapi", "terapien", "klinik", "klinikken", "afsnit", "afsnittet", "afdeling", "afdelingen",
    "læge", "lægen", "læger", "lægerne", "lægehus", "lægehuset", "apotek", "apoteket", "praksis", "tjeneste", "tjenesten",
    "modtagelse", "modtagelsen", "psykiatri", "psykiatrien", "hospital", "hospitalet", "sygehus", "sygehuset", "ambulatorium",
    "ambulatorier", "ambulatoriet", "centralen", "center", "centeret", "centret", "pleje", "plejen", "hjælp", "hjælpen", "bosted",
    "bostedet", "stedet", "dialyse", "træning", "rehabilitering", "obstetrik", "kirurgi",
)  # fmt: skip


def generic(word: str) -> bool:
    """Does a word name a kind of place, and no place?"""
    low = word.lower()
    return low in _KINDS_OF_PLACE or low.endswith(_KIND_ENDS)


def names_a_place(text: str) -> bool:
    """Is there a word in it that tells one place from others of its kind: 'Bosted Vest', but not 'patientens hjem'?"""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return any(
        not generic(word) and (not ordinary(word) or (at > 0 and word[0].isupper()))
        for at, word in enumerate(words)
    )


MAIL_WORDS = frozenset(
    fold(word)
    for word in (
        "at",
        "snabel",
        "snabela",
        "a",
        "punktum",
        "dot",
        "prik",
        "com",
        "dk",
        "www",
        "http",
        "https",
    )
)
NO_MAILBOX = frozenset(
    fold(word) for word in ("info", "post", "mail", "kontakt", "admin", "reception", "noreply")
)
SHORTENED = (
    ("gl", "gammel", "gamle"), ("sdr", "søndre", "sønder"), ("ndr", "nordre", "nørre"), ("nr", "nørre"), ("st", "store", "sankt"),
    ("ll", "lille"), ("sct", "skt", "sankt", "st"), ("dr", "doktor", "dronning"), ("chr", "christian", "kristian"),
)  # fmt: skip
STREET_ENDS = (("vej", "v"), ("gade", "g"), ("plads", "pl"), ("alle", "al"), ("alle", "alleen"))


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Folded names, and the other names the same person goes by."""
    groups = [[fold(name) for name in line.split()] for line in lexicon.entries("nicknames")]
    found: dict[str, set[str]] = {}
    for group in groups:
        for name in group[1:]:
            found.setdefault(group[0], set()).add(name)
            found.setdefault(name, set()).add(group[0])
    return {name: frozenset(others - {name}) for name, others in found.items()}
