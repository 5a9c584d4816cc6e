"""Titled names (titel og navn): 'sygeplejerske Hanne Holm', 'dr. Mbeki', 'hans kone Bente', 'spl. MK'."""

import re
from collections.abc import Iterator

from uth.deid import lexicon
from uth.deid.find.pattern import span
from uth.deid.find.person import Strength, borne, strength_of, surname_shaped
from uth.deid.span import Kind, Span

NAME = "titled"

_STAFF = (
    r"dr|doktor|læge(?:vikar|studerende|sekretær)?|(?:over|reserve|afdelings|speciallæge|turnus|vagt|for|bag|praktiserende |kommune|special|ø)læge|"
    r"(?:bagvagt|forvagt|mellemvagt)|ovl|afd\.?læge|res\.?læge|prof|professor|(?:hjemme|natte|afdelings|akut|over|anæstesi|intensiv|operations|assisterende |privat)?sygeplejerske|"
    r"sygepl|spl|sspl|hj\.?spl|ssa|ssh|sosu(?:[- ]?(?:assistent|hjælper|elev|ass|hj))?|ass|social- og sundheds(?:assistent|hjælper)|"
    r"(?:plejehjems|pleje|hjemme)?(?:hjælper|assistent)|plejer|jordemoder|jdm|fysioterapeut|fys|ergoterapeut|ergo|portør|bioanalytiker|"
    r"laborant|farmaceut|farmakonom|apoteker|defektrice|tandlæge|klinikassistent|tandplejer|afsnitsleder|teamleder|afdelingsleder|leder|forstander|"
    r"(?:læge)?sekretær|psykolog|psykiater|kiropraktor|behandler|vikar|elev|sygeplejestuderende|studerende|praktikant|kollega|redder|paramediciner|ambulanceredder|"
    r"socialrådgiver|sagsbehandler|visitator|kontaktperson|pædagog|diætist|logopæd|kirurg|anæstesilæge|narkoselæge|børnelæge|kardiolog|neurolog|"
    r"ortopædkirurg|gynækolog|onkolog|radiolog|radiograf|præst|tolk|chauffør|vicevært|fodterapeut|optiker|diakon|(?:vagt|drifts|område|gruppe|afdelings|plejehjems)leder|operatør|disponent|vagthavende|sekr|indtaler|dikteret af|skrevet af|indberetter|anmelder|rapportør|melder|signeret af|udført af|ansvarlig|koordinator|ægtepar(?:ret)?|nattevagt(?:en)?|aftenvagt(?:en)?|dagvagt(?:en)?"
)
_PEOPLE = (
    r"fam|familie|mrs|patient|pt|ptt|borger|beboer|bruger|kunde|klient|fru|frue|frk|frøken|hr|herr|"
    r"kone|hustru|mand|ægtefælle|samlever(?:ske)?|kæreste|mor|moder|far|fader|søn|datter|dreng|pige|søster|bror|broder|niece|nevø|fætter|kusine|tante|onkel|"
    r"barnebarn|oldebarn|mormor|morfar|farmor|farfar|bedstemor|bedstefar|svigerdatter|svigersøn|svigermor|svigerfar|svigerinde|svoger|stedfar|stedmor|"
    r"pårørende|veninde|ven|nabo|værge|tvilling(?:ebror|esøster)?|storebror|lillebror|storesøster|lillesøster|papfar|papmor|plejemor|plejefar"
)
_ENDING = r"(?:en|n|et|t|s|ens|ns|erne|rne|e)?"
_LINK = r"(?P<link>\.?[ ]{0,2}[,:(\"»]?[ ]?|\.?[ ]?\n|[ ](?:ved navn|hedder|hed|som hedder|der hedder|kaldet|kaldes|er|v/|-|–)[ ])"
_TITLE = re.compile(
    rf"(?<![^\W_])(?P<title>{_STAFF}|{_PEOPLE}){_ENDING}(?![^\W_]){_LINK}(?=[^\W\d_])", re.IGNORECASE
)
_CALLED = re.compile(
    r"(?<![^\W_])(?:(?:ved navn|hedder|navnet er|kaldet|signeret|underskrevet(?: af)?|mvh|m\.v\.h|vh|v\.h\.|kh|"
    r"(?:med |de )?(?:venlig|kærlig|bedste|mange|kærligste)\w{0,3} hilsen(?:er)?|hilsen|/sign|sign|jeg hedder|mit navn er|undertegnede)(?![^\W_])[.,:]?[ \n]{1,3}|hedder (?:han|hun)[ ]|(?:han|hun) hedder[ ]|v/[ ]?|navn:[ ]{0,2})(?=[^\W\d_])",
    re.IGNORECASE,
)
_SURNAME_IS = re.compile(
    r"(?<![^\W_])(?P<who>[^\W\d_]{2,30})(?=[ ]til[ ](?:efternavn|fornavn|mellemnavn)(?![^\W_]))",
    re.IGNORECASE,
)
_NAME_PART = r"[^\W\d_][^\W\d_'’]{0,30}"
_CAPITAL_NAME = re.compile(rf"{_NAME_PART}(?:-{_NAME_PART})?\.?")
_INITIALS = re.compile(r"(?:[A-ZÆØÅ]\.?[ ]?){1,3}[A-ZÆØÅ]\.?(?![^\W_])")
_LETTER = re.compile(r"[A-ZÆØÅ]\.?(?=[ \n,;:)]|$)(?![ ][A-ZÆØÅ])")
# A full stop after a whole word ends the sentence; after 'dr' or 'pt' it belongs to the title.
_SHORT = frozenset(
    (
        "fam",
        "ass",
        "sekr",
        "sosu ass",
        "mrs",
        "dr",
        "pt",
        "ptt",
        "hr",
        "frk",
        "ovl",
        "prof",
        "sygepl",
        "spl",
        "sspl",
        "ssa",
        "ssh",
        "sosu",
        "jdm",
        "fys",
        "ergo",
    )
)
_COURTESY = frozenset(
    {
        "fru",
        "frue",
        "frk",
        "frøken",
        "hr",
        "herr",
        "dr",
        "doktor",
        "prof",
        "professor",
        "mrs",
        "mr",
    }
)
_PARTICLES = frozenset({"von", "van", "de", "del", "la", "al", "el", "bin", "ibn", "da", "dos", "du", "der"})


# After these even a lower-case word in no list is a name.
_PERSONAL = re.compile(r"(?:jeg hedder|mit navn er|hedder (?:han|hun)|(?:han|hun) hedder)", re.IGNORECASE)


def find(text: str) -> list[Span]:
    """Names known by the word before them, or by 'til efternavn' after."""
    found = [span(m, Kind.PERSON, NAME, 0.8, "who") for m in _SURNAME_IS.finditer(text)]
    for match in _TITLE.finditer(text):
        if match["link"].startswith(".") and (
            match["title"].lower() not in _SHORT or _counted(text, match.start())
        ):
            continue
        wrapped = "\n" in match["link"]
        found += _name_after(text, match.end(), match["title"].lower(), wrapped=wrapped)
    for match in _CALLED.finditer(text):
        called = "hr" if _PERSONAL.match(match.group()) else "hedder"
        found += _name_after(text, match.end(), called)
    return found


def _counted(text: str, start: int) -> bool:
    """'12 pt. Fanget af ...': a number of patients ends the sentence."""
    return bool(re.search(r"\d[ ]$", text[max(0, start - 3) : start]))


def _name_after(text: str, start: int, title: str, *, wrapped: bool = False) -> Iterator[Span]:
    """The name that begins here; on a new line only a name of the lists."""
    letter = _LETTER.match(text, start) if title in _COURTESY else None
    if letter:
        yield Span(start, letter.end(), Kind.PERSON, letter.group(), NAME, 0.7)
        return
    initials = _INITIALS.match(text, start)
    if initials and _are_initials(initials.group()):
        yield Span(start, initials.end(), Kind.PERSON, initials.group(), NAME, 0.8)
        return
    at, end, taken = start, start, 0
    while taken < 4:
        match = _CAPITAL_NAME.match(text, at)
        if match is None or not _is_name(match.group(), title, taken):
            break
        if wrapped and not taken and strength_of(match.group().rstrip(".")) <= Strength.UNKNOWN:
            break
        word = match.group()
        end = match.end() - (1 if word.endswith(".") and len(word) > 3 else 0)
        taken += 1
        at = match.end()
        if word.endswith(".") and len(word) > 3:
            break
        if text[at : at + 1] in (" ", "-"):
            at += 1
        else:
            break
    if taken and text[start:end].lower() not in _PARTICLES:
        yield Span(start, end, Kind.PERSON, text[start:end], NAME, 0.9)


def _is_name(word: str, title: str, taken: int) -> bool:
    bare = word.rstrip(".")
    if bare.lower() in _PARTICLES and taken:
        return True
    if bare[0].isupper():
        strange = strength_of(bare) is Strength.NEVER and not borne(bare)
        return not strange and not (taken == 0 and len(bare) == 1)
    return _is_lower_name(bare, title, taken)


def _is_lower_name(low: str, title: str, taken: int) -> bool:
    strength = strength_of(low)
    if strength is Strength.NEVER or low in _SPEECH or low in lexicon.verbs_after_a_name():
        return False
    if title in _COURTESY:
        return taken == 0 and len(low) > 2 and not low.endswith(("ede", "er"))
    if strength is Strength.SURE or surname_shaped(low):
        return True
    return taken > 0 and strength is Strength.MAYBE and low in lexicon.surnames()


_SPEECH = frozenset(
    ("blev", "ikke", "meget", "ældre", "ung", "gammel", "dansk", "mener", "bor", "vidste", "ved", "selv")
)


def _are_initials(text: str) -> bool:
    letters = "".join(char for char in text if char.isalpha())
    if not 2 <= len(letters) <= 4 or not letters.isupper():
        return False
    return "." in text or letters.lower() not in lexicon.abbreviations()
