"""Places (steder): towns, islands, districts and villages; rooms and beds: `room`."""

import re
from collections.abc import Iterator, Sequence

from uth.deid import lexicon
from uth.deid.find import room
from uth.deid.find.pattern import after, before, span
from uth.deid.find.person import Strength, opens, strength_of
from uth.deid.find.street import ORG_HEAD
from uth.deid.lexicon import OPENS_PLACE, STOPWORD, TOWN, VILLAGE, facts
from uth.deid.span import Kind, Span
from uth.deid.words import Word, words

NAME = "place"

_PREPOSITION = re.compile(
    r"(?<![^\W_])(?:i|fra|til|på|ved|nær|mod|omkring|udenfor|uden for|over|bor i|flyttet til|via|mellem|bag|syd for|nord for|vest for|øst for|af)[ ]$"
)
_HOME = re.compile(
    r"(?<![^\W_])(?:bor|boende|boede|bosat|flyttet|apotek\w*|klinik\w*|læge\w*|hjemme|sygeplejen|hjemmeplejen|skadestuen?|sygehus\w*|tandlæge\w*|pt|praksis|søn\w*|datter\w*|kommune|ned|oppe|ovre|inde|ude|kom|rejst|anlagt|station|mand|kvinde|filial|afdeling\w*)[ ](?:i|fra|til|på)[ ]$"
)
_SOMEWHERE = re.compile(
    r"[ ](?<=[^.!?:\n] )(?P<at>i|fra|til|på|nær|via|mod|ved)[ ](?P<name>[A-ZÆØÅ][a-zæøåðýúíóáö]{3,30}(?:-[A-ZÆØÅ][a-zæøå]{2,20})?)(?![^\W_]|-[a-zæøå])"
)
_SHORTENED = re.compile(
    r"(?<![^\W_])(?:(?:[Nn]r|[Ss]dr|[Nn]dr|[Gg]l|[Kk]gs|[Ss]t|[Ll]l|Ø|V|N|S|[Vv]r)\.?[ ](?P<town>[A-ZÆØÅ][^\W\d_]{2,20})|[Kk]bh\.?(?:[ ][A-ZÆØÅ]{1,2})?|[Nn]yk\.?[ ][FMS]|Fr\.?[ ]?havn|Frb\.?[ ]?C?)(?![^\W_])"
)
_NATURE = re.compile(
    r"(?P<name>[A-ZÆØÅ](?<![^\W_].)[a-zæøå]{2,20}[ ](?:Sø|Mark|Bakker|Bakke|Klint|Sogne?|Skov|Hede|Strand|Havn|Plantage|Fjord|Å|Kro|Camping|Station|Færgehavn|Banegård|Storcenter|Bugt|Sund|Ø|Vandrerhjem|By|Nordstrand|Sogn))(?![^\W_])"
)
# Unknown names that end like this are places; other unknown names after 'i' may be a drug's or a program's.
_LIKE_A_PLACE = (
    "by", "lev", "rup", "sted", "borg", "ø", "inge", "løse", "lund", "bjerg", "holm", "havn", "næs", "vig", "købing", "bæk", "skov", "toft", "tofte", "lunde", "balle",
    "strand", "sund", "um", "ager", "dal", "marie", "kirke", "magle", "ved", "huse", "mark", "vad", "fjord", "ør", "kær", "vejle", "egn", "egnen", "vang", "rød", "torp",
    "drup", "strup", "parken", "gården", "bo", "ly", "haven", "bakken", "højen", "bakkehuset", "slev", "nær", "lyst", "minde", "bro", "mose", "vænge", "krogen", "suq", "vágur", "oy", "vík", "guit",
)  # fmt: skip
_AUTHORITY = (
    "loven", "ombuddet", "styrelsen", "ministeriet", "rådet", "nævnet", "registret", "registeret", "instituttet", "institut", "foreningen", "bekendtgørelsen", "databasen",
    "forbundet", "fonden", "tilsynet", "erstatningen", "informationen", "vejlederen", "banken", "linjen", "portalen", "basen", "selskabet", "centralen", "myndigheden",
    "nettet", "kassen", "systemet", "modulet", "skemaet", "vagten", "afdelingen", "isk",
)  # fmt: skip


def find(text: str) -> list[Span]:
    """Towns, islands and districts, and room numbers; 'stue' itself stays."""
    found = [*_somewhere(text), *_shortened(text), *_guessed(text)]
    found += [span(m, Kind.LOCATION, NAME, 0.6, "name") for m in _NATURE.finditer(text) if _proper(text, m)]
    return [*found, *_towns(text, words(text)), *room.find(text)]


def _somewhere(text: str) -> Iterator[Span]:
    """Danish writes common nouns small: an unknown capitalised word after 'i' or 'fra' is somewhere, or something bought."""
    for match in _SOMEWHERE.finditer(text):
        low = match["name"].lower()
        if (
            strength_of(match["name"]) is not Strength.UNKNOWN
            or low.endswith(_AUTHORITY)
            or low in lexicon.abbreviations()
            or ORG_HEAD.search(low)
        ):
            continue
        if low.endswith(_LIKE_A_PLACE) or _HOME.search(before(text, match.start("name"))):
            yield span(match, Kind.LOCATION, NAME, 0.55, "name")
        elif not re.match(r"[ ]?\d", after(text, match.end())):
            yield span(match, Kind.LOCATION, NAME, 0.2 if low.endswith(("en", "et")) else 0.35, "name")


def _guessed(text: str) -> Iterator[Span]:
    """Names in no list that end as places do: 'kom fra glyngøre', '(Hvalpsund)'. The language model decides."""
    for match in _SMALL_UNKNOWN.finditer(text):
        if not facts(match["name"]) and match["name"] not in _NO_PLACES:
            yield span(match, Kind.LOCATION, NAME, 0.35, "name")
    for match in _CLOSED_OFF.finditer(text):
        if strength_of(match["name"]) is Strength.UNKNOWN and not facts(match["name"].lower()):
            yield span(match, Kind.LOCATION, NAME, 0.4, "name")


_SMALL_UNKNOWN = re.compile(
    r"[iftpv](?<![^\W_].)(?:(?<=i)|(?<=f)ra|(?<=t)il|(?<=p)å|(?<=v)ed)[ ](?P<name>(?:(?:vester|øster|nørre|sønder)[ ][a-zæøå]{4,15}|[a-zæøå]{3,16}(?:købing|borg|strup|rup|havn|næs|bæk|singe|inge|øre|mø|rø|sø|nø|hus(?=[.,]))))(?![^\W_])"
)
_NO_PLACES = frozenset({"miljø", "begge", "penge", "mange", "længe", "øre", "høre", "køre", "gøre", "svinge", "ringe", "fange", "unge", "mængde", "bringe", "springe", "tvinge", "mellemøre", "hovedpinge", "forbinge"})  # fmt: skip
_CLOSED_OFF = re.compile(
    r"(?:[,(/:\]–-][ ]?|(?:for|gruppe|distrikt|område|team)[ ])(?P<name>[A-ZÆØÅ][a-zæøå]{2,16}(?:sund|rup|by|lev|købing|havn|borg|bjerg|fyn|land|ling|ø|næs|sted|holm|lund|bæk|løse|um|inge|gade|byen))(?=[).,\n]|$)"
)


def _shortened(text: str) -> Iterator[Span]:
    """'Nr. Snede', 'Ø. Vrå', 'Kbh. S', 'Nyk. F'."""
    for match in _SHORTENED.finditer(text):
        town = match["town"]
        cued = bool(_PREPOSITION.search(before(text, match.start(), 14)))
        if (
            not town
            or facts(town.lower()) & (TOWN | VILLAGE)
            or (cued and strength_of(town) is Strength.UNKNOWN)
        ):
            yield span(match, Kind.LOCATION, NAME, 0.65)
        elif cued or (
            text[match.start() - 2 : match.start()] == ", " and text[match.end() : match.end() + 1] in ".,)\n"
        ):
            yield span(match, Kind.LOCATION, NAME, 0.35)


def _proper(text: str, match: re.Match[str]) -> bool:
    first = match["name"].split(" ", maxsplit=1)[0].lower()
    return not facts(first) & STOPWORD and not opens(text, match.start())


def _towns(text: str, found: Sequence[Word]) -> Iterator[Span]:
    at = 0
    while at < len(found):
        size, score = _town_size(text, found, at)
        if size:
            start, end = found[at].start, found[at + size - 1].end
            yield Span(start, end, Kind.LOCATION, text[start:end], NAME, score)
        at += max(size, 1)


def _town_size(text: str, found: Sequence[Word], at: int) -> tuple[int, float]:
    """How many words the place name beginning here has, and how sure that is; none if there is none."""
    word = found[at]
    low = word.lower
    bits = facts(low)
    if bits & OPENS_PLACE:
        for size in (3, 2):
            name = text[word.start : found[at + size - 1].end].lower() if at + size <= len(found) else "\n"
            if len(name) <= 30 and "\n" not in name and (score := _sure(text, word, name)):
                return size, score
    if bits & (TOWN | VILLAGE) and (score := _sure(text, word, low)):
        return 1, score
    if word.capital and low[-1] == "s" and len(low) > 5:
        score = _sure(text, word, low[:-1])
        return (1, score) if score else (0, 0)
    return 0, 0


def _sure(text: str, word: Word, name: str) -> float:
    """How sure it is that the name is a place here; 0 for no."""
    bits = facts(name)
    shouted = word.text.isupper() and len(name) < 6
    if not bits & TOWN and (shouted or not bits & VILLAGE):
        return 0
    ahead = before(text, word.start, 24)
    if ahead.endswith("region "):  # 'Region Sjælland' is an authority every report may name
        return 0
    cued = bool(_PREPOSITION.search(ahead))
    if not word.capital:
        return _small(text, word.end, name, ahead, cued=cued)
    if name in lexicon.stopwords() or name in _AUTHORITIES:
        return 0.6 if cued and name in _WORDS_TOO and ahead[-2:] == "i " else 0
    ambiguous = name in lexicon.ambiguous() or name in lexicon.innocent()
    if cued:
        return 0.7 if bits & TOWN else 0 if ambiguous else 0.6
    return _uncued(text, word, name, ahead, ambiguous=ambiguous) if bits & TOWN else 0


def _uncued(text: str, word: Word, name: str, ahead: str, *, ambiguous: bool) -> float:
    if ambiguous or name in lexicon.first_names_common():
        listed = ahead.endswith((", ", "/ ", "(", " og ")) and name not in lexicon.innocent()
        return 0.5 if listed and strength_of(name.title()) is not Strength.SURE else 0
    return 0.7 if name not in _LOWER_WORDS or not opens(text, word.start) else 0


def _small(text: str, end: int, name: str, ahead: str, *, cued: bool) -> float:
    """A town in lower case: after a preposition, or closed off as in an address."""
    home = bool(_HOME.search(ahead))
    closed = text[end : end + 1] in (".", ",", ")", "\n", "")
    town = bool(facts(name) & TOWN)
    if name in lexicon.ambiguous() or name in _LOWER_WORDS or name in lexicon.stopwords():
        if name in _NEVER_SMALL:
            return 0.35 if home and ahead.endswith(" i ") else 0
        sole = town and name not in _LOWER_WORDS and ahead.endswith((" i ", " fra "))
        return 0.45 if home or sole else 0
    if not town:
        plain = facts(name) == VILLAGE and len(name) > 4 and (cued or (closed and ahead.endswith(", ")))
        return (0.55 if home else 0.4) if plain else 0
    if cued:
        short = ahead.endswith((" i ", " fra ")) and len(name) > 2
        return 0.7 if len(name) > 4 or home else 0.6 if short else 0.35
    return _small_alone(name, ahead, closed=closed)


def _small_alone(name: str, ahead: str, *, closed: bool) -> float:
    if len(name) < 6 or not (closed or len(name) > 6):
        return 0
    return 0.6 if len(name) > 7 or ahead.endswith((", ", "(")) else 0.4


# Towns that are also words: in lower case they are words.
_LOWER_WORDS = frozenset({"stege", "faxe", "skive", "ringe", "hammel", "stilling", "lunde", "hals", "give", "vejen", "lem", "gram", "ry", "hov", "ans", "tårs", "rask", "løkken", "hurup", "als", "mors", "thy", "mørke", "haven", "skade"})  # fmt: skip
_NEVER_SMALL = frozenset(
    {
        "give",
        "vejen",
        "stege",
        "ringe",
        "stilling",
        "gram",
        "rask",
        "hov",
        "ans",
        "als",
        "mors",
        "hals",
        "mørke",
        "haven",
        "skade",
    }
)
_WORDS_TOO = frozenset({"give", "vejen", "ry", "hals"})
_AUTHORITIES = frozenset({"sjælland", "danmark"})
