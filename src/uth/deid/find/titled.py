"""Titled names (titel og navn): 'sygeplejerske Hanne Holm', 'dr. Mbeki', 'hans kone Bente', 'spl. MK'."""

import re
from collections.abc import Iterator, Sequence

from uth.deid.find.person import Strength, Token, borne, read, strength_of, surname_shaped
from uth.deid.lexicon import ABBREVIATION, STOPWORD, SURNAME, VERB, facts
from uth.deid.names import PARTICLES
from uth.deid.span import Kind, Span
from uth.deid.words import Word

NAME = "titled"

_STAFF = """
dr doktor læge lægevikar lægestuderende lægesekretær lægekonsulent amanuensis bagvagt forvagt mellemvagt ovl prof professor
sygepl sgpl spl sspl lægesekr klinikass biomed bioanalyt ssa ssh sosu ass sundhedsassistent sundhedshjælper sosuassistent sosuhjælper sygehjælper hjælper assistent
plejehjælper plejehjemsassistent plejeassistent plejehjemshjælper hjemmehjælper hjemmeassistent serviceassistent apoteksassistent
klinikassistent ambulanceassistent plejer sygeplejer tandplejer sundhedsplejerske jordemoder jdm fysioterapeut fys ergoterapeut ergo
fodterapeut portør bioanalytiker laborant farmaceut farmakonom apoteker defektrice afsnitsleder teamleder afdelingsleder leder
vagtleder driftsleder områdeleder gruppeleder plejehjemsleder forstander sekretær psykolog psykiater kiropraktor behandler
ambulancebehandler vikar elev sygeplejestuderende studerende praktikant kollega redder paramediciner ambulanceredder socialrådgiver
sagsbehandler visitator kontaktperson pædagog diætist logopæd kirurg ortopædkirurg anæstesiolog kardiolog neurolog gynækolog onkolog
radiolog urolog pædiater geriater radiograf præst tolk chauffør vicevært optiker diakon operatør disponent vagthavende sekr indtaler
indberetter anmelder rapportør melder ansvarlig koordinator ægtepar ægteparret nattevagt aftenvagt dagvagt
"""
_PEOPLE = """
fam familie mrs patient pt ptt borger beboer bruger kunde klient fru frue frk frøken hr herr kone hustru mand ægtefælle samlever
samleverske kæreste mor moder far fader søn datter dreng pige søster bror broder niece nevø fætter kusine tante onkel barnebarn
oldebarn mormor morfar farmor farfar bedstemor bedstefar svigerdatter svigersøn svigermor svigerfar svigerinde svoger stedfar stedmor
pårørende veninde ven nabo værge tvilling tvillingebror tvillingesøster storebror lillebror storesøster lillesøster papfar papmor
plejemor plejefar plejedatter plejesøn halvbror halvsøster
"""
_ENDINGS = ("en", "n", "et", "t", "s", "ens", "ns", "erne", "rne", "e")
_BASES = (*_STAFF.split(), *_PEOPLE.split())
# Every form of a title, and the title it is a form of.
_TITLES = {base + ending: base for base in _BASES for ending in _ENDINGS} | {base: base for base in _BASES}
_COMPOUNDS = ("læge", "lægen", "læger", "lægens", "sygeplejerske", "sygeplejersken", "sygeplejerskens")
_PAIRS = frozenset(
    {("sosu", "hj"), *((done, "af") for done in ("dikteret", "skrevet", "signeret", "udført"))}
)
_LINK = re.compile(
    r"(?![^\W_])(?:\.?[ ]{0,2}[,:(\"»]?[ ]?|\.?[ ]?\n|[ ](?:ved navn|hedder|hed|som hedder|der hedder|kaldet|kaldes|er|v/|-|–)[ ])"
    r"(?=[^\W\d_])",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?:(?P<personal>(?:jeg hedder|mit navn er)[.,:]?[ \n]{1,3}|hedder (?:han|hun)[ ]|(?:han|hun) hedder[ ])|"
    r"(?:ved navn|hedder|navnet er|kaldet|signeret|underskrevet(?: af)?|mvh|m\.v\.h|vh|v\.h\.|kh|hilse?n(?:er)?|sign|undertegnede)"
    r"(?![^\W_])[.,:]?[ \n]{1,3}|v/[ ]?|navn:[ ]{0,2})(?=[^\W\d_])",
    re.IGNORECASE,
)
_CALLING = frozenset(
    (
        "ved", "hedder", "navnet", "kaldet", "signeret", "underskrevet", "mvh", "m", "vh", "v", "kh", "hilsen", "hilsener",
        "hilsner", "sign", "jeg", "mit", "undertegnede", "han", "hun", "navn",
    )
)  # fmt: skip
_KINDS_OF_NAME = frozenset({"efternavn", "fornavn", "mellemnavn"})
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
        "sgpl",
        "lægesekr",
        "klinikass",
        "biomed",
        "bioanalyt",
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


def find(text: str) -> list[Span]:
    """Names known by the word before them, or by 'til efternavn' after."""
    tokens = read(text)
    found: list[Span] = []
    done = 0
    for at, token in enumerate(tokens):
        if title := _title(tokens, at):
            found += _after_title(text, token.word, title)
        if token.low in _CALLING and token.word.start >= done:
            match = _CALLED.match(text, token.word.start)
            if match:
                done = match.end()
                found += _name_after(text, done, "hr" if match["personal"] else "hedder")
        elif token.low in _KINDS_OF_NAME and at > 1 and tokens[at - 1].low == "til":
            who = tokens[at - 2].word
            found.append(Span(who.start, who.end, Kind.PERSON, who.text, NAME, 0.8))
    return found


def is_title(low: str) -> bool:
    """Is a lower-case word what someone is: 'ssa', 'overlægen', 'datter'?"""
    return low in _TITLES or low.endswith(_COMPOUNDS)


def _title(tokens: Sequence[Token], at: int) -> str:
    """The title a word is a form of; empty if it is none."""
    low = tokens[at].low
    if low.endswith(_COMPOUNDS):
        return "læge"
    if at and low in ("hj", "af") and (tokens[at - 1].low, low) in _PAIRS:
        return "assistent"
    return _TITLES.get(low, "")


def _after_title(text: str, word: Word, title: str) -> Iterator[Span]:
    link = _LINK.match(text, word.end)
    if link is None or (word.start and text[word.start - 1].isalnum()):
        return
    if link.group().startswith(".") and (title not in _SHORT or _counted(text, word.start)):
        return
    yield from _name_after(text, link.end(), title, wrapped="\n" in link.group())


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
    if taken and text[start:end].lower() not in PARTICLES:
        yield Span(start, end, Kind.PERSON, text[start:end], NAME, 0.9)


def _is_name(word: str, title: str, taken: int) -> bool:
    bare = word.rstrip(".")
    if bare.lower() in PARTICLES and taken:
        return True
    if bare[0].isupper():
        strange = strength_of(bare) is Strength.NEVER and not borne(bare)
        return not strange and not (taken == 0 and len(bare) == 1)
    return _is_lower_name(bare, title, taken)


def _is_lower_name(low: str, title: str, taken: int) -> bool:
    strength = strength_of(low)
    if strength is Strength.NEVER or low in _SPEECH or facts(low) & VERB:
        return False
    if title in _COURTESY:
        return taken == 0 and len(low) > 2 and not low.endswith(("ede", "er"))
    if strength is Strength.SURE or surname_shaped(low):
        return True
    return taken > 0 and strength is Strength.MAYBE and bool(facts(low) & SURNAME)


_SPEECH = frozenset(
    ("blev", "ikke", "meget", "ældre", "ung", "gammel", "dansk", "mener", "bor", "vidste", "ved", "selv")
)


def _are_initials(text: str) -> bool:
    letters = "".join(char for char in text if char.isalpha())
    if not 2 <= len(letters) <= 4 or not letters.isupper():
        return False
    if any(facts(word) & (STOPWORD | VERB) for word in text.lower().split()):
        return False  # 'PT HAR', 'BORGER LÅ PÅ' in a text of capitals
    return "." in text or not facts(letters.lower()) & ABBREVIATION
