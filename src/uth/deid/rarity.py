"""Rarity (sjældenhed): what in a clean text may tell whom it is about all the same, and about how many it could be.

An estimate in the way of k-anonymity (Sweeney 2002): k is how many reports of a year share the coded facts; each
clue of the text fits only a share of them, so K = k · share · share … people could be meant, and the risk is 1 / K
(the prosecutor's risk of El Emam 2008). Below five, as small numbers are hidden in tables, it is worth a warning.
The shares are our judgement of the order of magnitude, not measured; they are said here and in docs/deid.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

from uth.deid.placeholder import blanked

FEW = 5  # fewer may be recognised
USUAL = 1000  # alike a year where nobody can count: 150,000 reports over some 150 kinds of place and event


@dataclass(frozen=True, slots=True)
class Clue:
    """A kind of clue: the share of reports it fits, why it tells, what to do, and the words that give it away."""

    share: float
    why: str
    advice: str
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody may be recognised, where it says so, and what to do. `words` is empty for the coded facts."""

    why: str
    words: tuple[str, ...]
    advice: str


@dataclass(frozen=True, slots=True)
class Rarity:
    """About how many could be meant, and why so few."""

    people: float
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> float:
        """The risk that the one who is thought of is the right one, 0 to 1."""
        return 1 / max(1.0, self.people)

    @property
    def tells(self) -> bool:
        """Is it worth a warning?"""
        return bool(self.reasons) and self.people < FEW


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE)


CLUES = (
    Clue(
        0.002,
        "hændelsen har været omtalt, eller teksten siger det",
        "Udelad, at den har været omtalt.",
        _any(
            r"(?:i|til) (?:avisen|aviser|medierne|pressen|nyhederne|radioen|fjernsynet|tv)|avisen|ugebladet|tv[- ]?avisen|tv ?2|"
            r"lokalavisen|journalist(?:en|er)?|facebook|tiktok|instagram|dokumentar(?:en)?|retssag(?:en)?|landskendt[e]?"
        ),
    ),
    Clue(
        0.003,
        "nogen eller noget er det eneste af sin slags",
        "Skriv det uden at sige, at det er det eneste eller det første.",
        _any(
            r"(?:den|som) eneste (?!grund|måde|gang|forskel|ting|mulighed|løsning|forklaring|årsag|der)\w+|eneste (?:læge|overlæge|mand|kvinde|mandlige|kvindelige|patient|borger|beboer) \w+|"
            r"(?:første|eneste) (?:gang )?i (?:danmark|landet|verden|regionen)|kun (?:én|en|ét|et) i (?:danmark|landet|regionen)|"
            r"aldrig (?:før )?(?:set|beskrevet)|verdens (?:første|eneste)"
        ),
    ),
    Clue(
        0.003,
        "der er en meget sjælden sygdom i teksten",
        "Skriv den bredere, for eksempel »en sjælden arvelig sygdom«, hvis læringen kan bære det.",
        _any(
            r"sjælden (?:\w+ )?(?:sygdom|lidelse|diagnose|tilstand|kræftform)|huntingtons?(?: chorea| sygdom)?|cystisk fibrose|hæmofili \w|bløder(?:sygdom)?|"
            r"porfyri|marfans?(?: syndrom)?|ehlers[- ]danlos|duchennes?|spinal muskelatrofi|osteogenesis imperfecta|gauchers?|fabrys?|pompes?|føllings?|"
            r"fenylketonuri|retts?(?: syndrom)|prader[- ]willi|angelmans?|williams syndrom|turners?(?: syndrom)?|amyotrofisk lateralsklerose|(?-i:ALS)|"
            r"creutzfeldt[- ]jakobs?|botulisme|stivkrampe|tetanus|rabies|difteri|kolera|spedalskhed|akromegali|myasthenia gravis|"
            r"takotsubo|moyamoya|kawasakis?|guillain[- ]barrés?|phenylketonuri|galaktosæmi|mukopolysakkaridose|neurofibromatose|tuberøs sklerose"
        ),
    ),
    Clue(
        0.004,
        "hændelsen er så usædvanlig, at den huskes",
        "Beskriv, hvad der gik galt, uden det, der er husket.",
        _any(
            r"helikopter(?:ulykke|styrt)\w*|togulykke\w*|busulykke\w*|flystyrt\w*|drab(?:et|ssag\w*)?|mord(?:et)?|knivstukket|gidsel\w*|eksplosion\w*|"
            r"trillinger|firlinger|siamesiske|forbyttet (?:barn|baby|spædbarn)|forkerte (?:ben|nyre|øje|arm|barn) \w*(?:amputeret|fjernet|opereret)|brand(?:en)? på \w+"
        ),
    ),
    Clue(
        0.004,
        "et erhverv eller et hverv peger på få",
        "Skriv »patienten« eller »en pårørende«.",
        _any(
            r"borgmester(?:en)?|folketingsmedlem\w*|minister(?:en)?|skuespiller(?:en|inde)?|sanger(?:en|inde)?|fodboldspiller(?:en)?|landsholds\w+|"
            r"sognepræst(?:en)?|biskop(?:pen)?|direktør(?:en)?|skoleinspektør(?:en)?|tv-vært(?:en)?|kunstner(?:en)?|forfatter(?:en)?|greve\w*|baron(?:esse)?\w*"
        ),
    ),
    Clue(
        0.02,
        "sprog, tro eller herkomst gør kredsen lille",
        "Skriv »taler ikke dansk«, hvis det har betydning, eller udelad det.",
        _any(
            r"(?:grønlandsk|færøsk|islandsk|somalisk|tamilsk|thailandsk|vietnamesisk|afghansk|eritreisk|rumænsk|bosnisk|filippinsk)(?:e|talende)?|"
            r"romaer\w*|jødisk\w*|jehovas vidne\w*|hinduistisk\w*"
        ),
    ),
    Clue(
        0.02,
        "stedet er så lille, at få kan være ment",
        "Skriv kun, hvilken slags sted det er.",
        _any(r"på øen|øens|på færgen|landsbyen|den lille by|eneste (?:læge|klinik|apotek|plejehjem) (?:på|i) \w+|asylcent\w+|fængsl\w+|arresten|klosteret"),
    ),
    Clue(
        0.03,
        "alderen er sjælden blandt dem, det kan dreje sig om",
        "Skriv en gruppe, for eksempel »over 80 år« eller »nyfødt«.",
        re.compile(r"(?<![\d.,/:-])8[5-9](?= ?-? ?år)|(?<![^\W_])(?:tidligt født|uge 2[2-7]|tvillinger|tvilling)(?![^\W_])", re.IGNORECASE),
    ),
)  # fmt: skip
_FACTS = Reason(
    "der er under fem sager på et år med samme slags sted og hændelse",
    (),
    "Udelad det i teksten, der gør sagen særlig, eller skriv det bredere.",
)


def rarity(texts: Iterable[str], *, alike: int | None) -> Rarity:
    """How rare what is told is. `alike`: reports of a year with the same coded facts; None where nobody can count."""
    whole = "\n".join(map(blanked, texts))
    seen = [(clue, tuple(dict.fromkeys(m.group() for m in clue.words.finditer(whole)))) for clue in CLUES]
    told = sorted(((clue, words) for clue, words in seen if words), key=lambda each: each[0].share)
    reasons = [Reason(clue.why, words, clue.advice) for clue, words in told]
    if alike is not None and alike < FEW:
        reasons.append(_FACTS)
    people = (USUAL if alike is None else max(alike, 1)) * prod(clue.share for clue, _ in told)
    return Rarity(people, tuple(reasons))
