"""Roles (roller): what the words beside a name say of a person: a title, a kinship, being the patient."""

import re
from dataclasses import dataclass
from enum import IntEnum


class Rank(IntEnum):
    """How much a role tells; the more telling one names a person of whom several are said."""

    NONE = 0
    PLACE = 1  # colleague, neighbour, leader: who stands where, not what a person is
    KIN = 2
    STAFF = 3
    PATIENT = 4


@dataclass(frozen=True, slots=True)
class Role:
    """A role as a tag writes it: the noun, and for the patient's family whose they are ('patientens')."""

    noun: str
    rank: Rank
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a name: the role it says, and the stretch a tag of that role takes over.

    `whose`: where the stretch begins with 'hans' or 'hendes' before a kinship.
    """

    role: Role | None
    start: int
    end: int
    whose: int = -1


NOBODY = Role("person", Rank.NONE)
REPORTER = Role("rapportør", Rank.PATIENT)

# Noun in the tag: the words that say it. Abbreviations stand without their full stop.
_STAFF = {
    "sygeplejerske": "sygepl sygpl sgpl spl sygeplerske sygeplejerkse",
    "hjemmesygeplejerske": "hjspl hj.spl",
    "sosu-assistent": "ssa assistent ass sosuassistent sosu-ass sosuass",
    "sosu-hjælper": "ssh sosuhjælper hjemmehjælper social-hjælper",
    "læge": "dr doktor doctor prof professor",
    "overlæge": "ovl overl o.l",
    "afdelingslæge": "afd.læge afdlæge",
    "reservelæge": "res.læge reslæge",
    "vikarlæge": "lægevikar",
    "lægestuderende": "stud.med medicinstuderende",
    "bagvagt": "",
    "forvagt": "",
    "mellemvagt": "",
    "vagthavende": "",
    "jordemoder": "jdm",
    "fysioterapeut": "fys fyssen",
    "ergoterapeut": "ergo",
    "portør": "",
    "bioanalytiker": "laborant",
    "farmaceut": "farm",
    "farmakonom": "",
    "apoteker": "",
    "tandlæge": "tdl",
    "fodterapeut": "stf",
    "tandplejer": "",
    "klinikassistent": "",
    "sekretær": "sekr",
    "lægesekretær": "lægesekr",
    "psykolog": "",
    "psykiater": "",
    "kirurg": "",
    "kardiolog": "",
    "neurolog": "",
    "nefrolog": "",
    "gynækolog": "",
    "radiolog": "",
    "radiograf": "",
    "onkolog": "",
    "diætist": "",
    "kiropraktor": "",
    "paramediciner": "",
    "ambulanceredder": "redder",
    "ambulancebehandler": "",
    "socialrådgiver": "",
    "sagsbehandler": "",
    "visitator": "",
    "pædagog": "",
    "tolk": "",
    "præst": "",
    "vicevært": "",
    "chauffør": "taxachauffør",
    "tekniker": "",
    "logopæd": "",
    "optiker": "",
    "handicaphjælper": "",
}
_PLACE = {
    "afdelingsleder": "afd.leder",
    "afsnitsleder": "",
    "teamleder": "",
    "leder": "forstander",
    "kontaktperson": "",
    "kollega": "",
    "vikar": "afløser",
    "elev": "",
    "studerende": "stud",
    "nabo": "",
    "veninde": "",
    "ven": "",
    "værge": "",
    "pårørende": "",
    "medpatient": "",
    "medbeboer": "",
    "aftenvagt": "",
    "nattevagt": "",
    "dagvagt": "",
}
# Of these the text rarely means anybody's but the patient's.
_FAMILY = {
    "datter": "",
    "søn": "",
    "hustru": "",
    "kone": "",
    "mand": "ægtemand",
    "ægtefælle": "",
    "samlever": "samleverske",
    "kæreste": "",
    "barnebarn": "",
    "svigerdatter": "",
    "svigersøn": "",
}
_KIN = {
    "mor": "moder",
    "far": "fader",
    "bror": "broder",
    "søster": "",
    "storebror": "",
    "lillebror": "",
    "storesøster": "",
    "lillesøster": "",
    "niece": "",
    "nevø": "",
    "tante": "",
    "onkel": "",
    "mormor": "",
    "morfar": "",
    "farmor": "",
    "farfar": "",
    "svigermor": "",
    "svigerfar": "",
    "svoger": "",
    "svigerinde": "",
    "stedfar": "",
    "stedmor": "",
    "plejefar": "",
    "plejemor": "",
}
_PATIENT = {
    "patient": "pt",
    "borger": "",
    "beboer": "",
    "kunde": "",
    "klient": "",
    "fødende": "fødekvinde",
    "indsatte": "indsat",
}
_COURTESY = ["fru", "frue", "frk", "frøken", "hr", "herr", "herre"]

_ROLES: dict[str, Role] = {}
for _table, _rank in (
    (_STAFF, Rank.STAFF),
    (_PLACE, Rank.PLACE),
    (_FAMILY, Rank.KIN),
    (_KIN, Rank.KIN),
    (_PATIENT, Rank.PATIENT),
):
    for _noun, _words in _table.items():
        _ROLES |= {_word: Role(_noun, _rank) for _word in (_noun, *_words.split())}

# After these a full stop belongs to the word; after a whole word it ends the sentence.
_SHORT = frozenset(
    [
        "dr",
        "prof",
        "ovl",
        "spl",
        "sygepl",
        "sygpl",
        "sgpl",
        "hjspl",
        "hj.spl",
        "ssa",
        "ssh",
        "ass",
        "sosu-ass",
        "sosuass",
        "jdm",
        "fys",
        "ergo",
        "farm",
        "sekr",
        "lægesekr",
        "pt",
        "frk",
        "hr",
        "fr",
        "stud",
        "stud.med",
        "afd.læge",
        "res.læge",
    ]
)
DEFINITE = {
    "patient": "patienten",
    "borger": "borgeren",
    "beboer": "beboeren",
    "kunde": "kunden",
    "klient": "klienten",
    "fødende": "den fødende",
    "indsatte": "den indsatte",
    REPORTER.noun: "rapportøren",
}
OWNERS = ("patientens", "borgerens", "beboerens")
RELATIONS = tuple(sorted({*_FAMILY, *_KIN}))
# 'anæstesisygeplejerske' keeps its own word; the text chose it.
HEADS = "sygeplejerske|læge|leder|assistent|sekretær|terapeut"
NOUNS = tuple(sorted({role.noun for role in _ROLES.values()} - set(DEFINITE)))

_WORDS = "|".join(re.escape(word) for word in sorted([*_ROLES, *_COURTESY], key=len, reverse=True))
_TITLE = rf"(?P<title>(?:[a-zæøå]{{2,14}}(?:{HEADS})|{_WORDS}))(?P<ending>nen|en|n|et)?"
_OWNER = r"(?:(?P<owner>patientens|pt\.?'?s|ptens|borgerens|borgers|beboerens|beboers)[ ])?"
_MISTER = r"(?:frue?|frk\.?|frøken|hr\.?|herre?)"
_BEFORE = re.compile(
    rf"(?<![^\W_])(?<![-.]){_OWNER}{_TITLE}(?P<link>\.?,[ ]|\.?:[ ]?|\.?[ ]{{1,2}}|\.|[ ]\(|[ ](?:hedder|hed|er|ved navn)[ ])(?P<mister>{_MISTER}[ ])?$",
    re.IGNORECASE,
)
_LED = re.compile(rf"{_TITLE}\.?[ ]+(?=[^\W\d_]{{2}})", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?P<link>,[ ]{{1,2}}|[ ]\(){_OWNER}{_TITLE}\.?(?:(?P<close>\))|(?=[,.;\n]|$|[ ](?:på|fra|i|ved|til)[ ]))",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"(?:\b(?:min|mit|hans|hendes|deres|vores|din|jeres|sin|en|et|anden|tidligere)|[^\W\d_]{3,}['’]?s)[ ]$",
    re.IGNORECASE,
)
_GENITIVE = re.compile(r"s[ ]{1,2}|.['’]?s[ ]{1,2}", re.DOTALL)
_PRONOUN = re.compile(r"\b(?:hans|hendes|deres|pts?\.?)[ ]$", re.IGNORECASE)
_I_AM = re.compile(
    r"(?:\bjeg[ ]hedd?er|\bmit[ ]navn[ ]er|\bundertegnede,?|\bindberetter:|\brapportør:|\banmelder:)[ ]$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:\bhils(?:en|ner)|\bærbødigst|\bm\.?v\.?h\.?|\bvh\.?|\bkh\.?)[,.:]?[ \n]{1,3}$",
    re.IGNORECASE,
)
_NAMED = frozenset({"hedder", "hed", "er", "ved navn"})
_CPR_FOLLOWS = re.compile(r"[ ,(;\n]{1,3}(?:cpr)?(?:[-. ]?nr)?[.: ]{0,2}", re.IGNORECASE)
_LOOK = 60
_END = 160  # a greeting this near the end signs the report


def beside(text: str, start: int, end: int, first: int, last: int, *, numbered: bool = False) -> Beside:
    """What the words around the name at start..end say; only first..last of the text may be looked at.

    `numbered`: a CPR number begins at `last`; who bears a name and a number in a report is a patient.
    """
    ahead = text[max(first, start - _LOOK) : start]
    match = _BEFORE.search(ahead)
    if match and (
        found := _before(match, ahead, start, end, owned=_owned(text, first, start, match.start()))
    ):
        return found
    match = _AFTER.match(text, end, min(last, end + _LOOK))
    if (
        match
        and bool(match["close"]) == match["link"].endswith("(")
        and match["title"].lower() not in _COURTESY
    ):
        return Beside(_of_the_patient(_role(match)), start, match.end())
    if numbered and last - end < 14 and _CPR_FOLLOWS.fullmatch(text[end:last]):
        return Beside(_ROLES["patient"], start, end)
    if _I_AM.search(ahead) or (_SIGNED.search(ahead) and len(text) - end < _END):
        return Beside(REPORTER, start, end)
    return Beside(None, start, end)


def led(name: str) -> int:
    """How many characters of 'Patienten Sol Ríos' are a title and the blank after it."""
    match = _LED.match(name)
    return match.end() if match else 0


def _owned(text: str, first: int, start: int, begins: int) -> bool:
    """Does the title stand right after a name in the genitive, as in 'Ernas datter Ida'?"""
    lead = text[max(first - 1, 0) : max(first, start - _LOOK) + begins]
    return first > 0 and bool(_GENITIVE.fullmatch(lead))


def _before(match: re.Match[str], ahead: str, start: int, end: int, *, owned: bool) -> Beside | None:
    title, link = match["title"].lower(), match["link"]
    if link.startswith(".") and title not in _SHORT:
        return None  # the full stop ends a sentence
    begins = start - len(match.group())
    if title in _COURTESY:
        return None if "," in link or "(" in link else Beside(None, begins, end)
    role, lead = _role(match), ahead[: match.start()]
    named = link.strip() in _NAMED
    whose = owned or bool(match["owner"] or _WHOSE.search(lead))
    if not whose and (role.noun == "mand" or (named and role.rank is Rank.KIN)):
        return None  # 'manden hedder' and 'mand, 67' speak of any man
    if not whose:
        role = _of_the_patient(role)
    joined = ":" not in link and "(" not in link and not named
    if "," in link:  # 'en sygeplejerske, Hanne Holm,' keeps its words; 'patientens datter, Mette,' is one
        joined = bool(match["owner"] or match["ending"])
    if not joined:
        return Beside(role, start - len(match["mister"] or ""), end)
    pronoun = _PRONOUN.search(lead) if role.rank is Rank.KIN else None
    return Beside(role, begins, end, begins - len(pronoun.group()) if pronoun else -1)


def _role(match: re.Match[str]) -> Role:
    title = match["title"].lower()
    role = _ROLES.get(title) or Role(title, Rank.STAFF)
    if match["owner"] and role.rank is Rank.KIN:
        owner = match["owner"].lower()
        return Role(role.noun, role.rank, next((each for each in OWNERS if each[:2] == owner[:2]), OWNERS[0]))
    return role


def _of_the_patient(role: Role) -> Role:
    """'Datteren Mette' of whom nobody is named is the patient's."""
    return Role(role.noun, role.rank, OWNERS[0]) if role.noun in _FAMILY and not role.owner else role


def covers(tagged: Role, said: Role | None) -> bool:
    """May the tag of this role stand for the words beside the name, so that nothing is said twice or lost?"""
    if said is None:  # 'fru'
        return tagged.rank is not Rank.NONE
    if said.noun in _PATIENT:
        return tagged.noun in _PATIENT
    return tagged.noun.endswith(said.noun) or (said.noun == "læge" and tagged.noun.endswith("vagt"))


def better(new: Role, old: Role) -> bool:
    """Does the new role tell more of a person than the one first said?"""
    return new.rank > old.rank or (new.noun == old.noun and bool(new.owner) and not old.owner)
