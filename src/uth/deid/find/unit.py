"""Units (enheder): the naming part of a hospital, ward, clinic, care home or pharmacy."""

import re

from uth.deid import lexicon
from uth.deid.find.pattern import span
from uth.deid.span import Kind, Span

NAME = "unit"

_UP = r"[A-ZÆØÅ]"
_WORD = rf"{_UP}[^\W\d_]{{1,30}}(?:-[^\W\d_]{{1,20}})?"
_WARD = re.compile(
    r"(?<![^\W_])(?:sengeafdeling|sengeafsnit|fødegang|gang|fødeafsnit|sengegang|etage|vagthold|afdeling|afd|afsnit|afs|ambulatorium|amb|klinik|team|gruppe|hold|enhed|distrikt|område)(?:en|et|s)?\.?[ ]{1,2}(?:nr\.?[ ]?)?"
    r"(?P<code>(?-i:[A-ZÆØÅ]{1,3}[ -]?\d{1,4}[A-Za-z]?|[a-zæøå]{1,2}\d{1,3})|\d{2,4}[A-ZÆØÅ]?|\d{1,2}[.-]\d{1,2}|(?-i:[A-ZÆØÅ]{1,2})(?![^\W_.]))(?![\w]|[.,]\d|[ ]?(?:mg|ml|kl\b))",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"(?<![^\W_])(?i:plejehjem(?:met)?|plejecent(?:er|ret|eret)|ældrecent(?:er|ret)|bosted(?:et)?|botilbud(?:det)?|opholdssted(?:et)?|demenscent(?:er|ret)|hospice(?:t)?|"
    r"rehabiliteringscent(?:er|ret)|sundhedscent(?:er|ret)|genoptræningscent(?:er|ret)|aktivitetscent(?:er|ret)|lokalcent(?:er|ret)|omsorgscent(?:er|ret)|plejebolig(?:erne|en)?|bofællesskab(?:et)?|lægehus(?:et)?|lægecent(?:er|ret)|lægeklinik(?:ken)?|(?:tand|øjen|hud|hals)?lægerne|tandklinik(?:ken)?|klinik(?:ken)?|"
    r"apotek(?:et)?|sygehus(?:et)?|hospital(?:et)?|privathospital(?:et)?|friplejehjem(?:met)?|hjemmeplejen|hjemmesygeplejen|FAM|AKM|skadestuen?|akutmodtagelsen?|akutafdelingen?|lægevagten|vagtcentralen|(?:medicinsk|kirurgisk|neurologisk|ortopædkirurgisk|psykiatrisk) afdeling|[a-zæøå]{3,20}afdelingen|børnehuset?|børnehaven?|skolen|sundhedshuset?|fysioterapien|[a-zæøå]{2,12}klinikken|akutpladserne|midlertidige pladser|daghjem(?:met)?|dagcent(?:er|ret)|centret|centeret)"
    rf"[ ][\"'»]?(?P<name>(?:(?:i|på|ved|for)[ ])?{_WORD}(?:[ ](?:{_WORD}|og[ ]{_WORD}|af[ ]{_WORD}|{_UP}{{1,2}}(?![^\W_]))){{0,3}})"
)
_NAMED = re.compile(
    rf"(?<![\w])(?P<name>(?:(?:Sct|Skt|Sankt|St)\.?[ ])?{_WORD}(?:[ ]{_WORD}){{0,2}})[ ](?:[Pp]lejehjem|[Pp]lejecenter|[Ææ]ldrecenter|[Hh]ospital|[Ss]ygehus|[Aa]potek|[Ll]ægehus|[Ll]ægecenter|[Ss]undhedscenter|[Hh]ospice|[Uu]niversitetshospital|UH|[Hh]jemmepleje|[Bb]osted|[Pp]rivathospital|(?:[A-ZÆØÅa-zæøå][a-zæøå]{1, 12})?[Kk]linik|[Bb]ørnehus|[Bb]ørnehave|[Ff]ysioterapi|[Ss]undhedshus|[Tt]andlægecenter|[Cc]entralsygehus|[Rr]ehabiliteringscenter|[Oo]mrådecenter|[Ll]okalcenter|[Oo]msorgscenter|[Dd]emenscenter|[Kk]ommune)(?:et|ets|s)?(?![^\W_])"
)
_JOINED = re.compile(
    rf"(?<![\w])(?P<name>{_UP}[^\W\d_]{{3,30}}?)(?:plejehjem|plejecenter|ældrecenter|apotek|hospital|sygehus|lægehus|hospice|klinikken|gårdens plejecenter)(?:et|s)?(?![^\W_])"
)
_HOSPITALS = re.compile(
    r"(?<![\w])(?:Rigshospitalet|Riget|OUH|AUH|RH|BBH|HGH|NOH|SUH|AAUH|AHH|Skejby(?: Sygehus)?|Herlev|Gentofte|Hvidovre|Glostrup|Bispebjerg|"
    r"Amager og Hvidovre|Nordsjællands|Hillerød|Regionshospitalet(?:[ ][A-ZÆØÅ][^\W\d_]{2,20})?|Sygehus Lillebælt|Sygehus Sønderjylland|Gødstrup|Montebello|Filadelfia|Hammel Neurocenter|Steno)(?:s)?(?![^\W_]|[ ]kommune)"
)
_BARE_CODE = re.compile(
    r"(?<![^\W_])(?:overflytning til|overflyttet til|overflyttet fra|flyttet til|indlagt på|ringede til|ringer til|personalet på|kolleger på|fra|til|på)[ ]"
    r"(?P<code>[A-ZÆØÅ]{1,2}\d{1,3}[A-Z]?)(?![\w]|[.,]\d|[ ]?(?:niveau|vitamin|mangel))"
)
_NOT_WARD = re.compile(
    r"(?:B12|B6|B1|T3|T4|FT4|[CLS][1-7]|TH?\d{1,2}|D3|D2|K1|K2|G\dP?\d?|O2|CO2|A4|A3|A1C?|P\d|CA\d{2,3}|IL\d|Q\d)"
)
_GENERIC = frozenset(
    "medicinsk kirurgisk akut ortopædkirurgisk neurologisk psykiatrisk palliativ børne intensiv lokale lokal private privat universitets kommunale kommunal regionalt regional det den dette "
    "vores deres på i fra ved til hos pt patienten og men da hun han region center aarhus? vi jeg de en et nyt ny".replace(
        "?", ""
    ).split()
)


def find(text: str) -> list[Span]:
    """Names of units; the generic word ('Lægehuset', 'afd.') stays."""
    found = [span(m, Kind.ORG_UNIT, NAME, 0.75, "code") for m in _WARD.finditer(text) if _is_code(m["code"])]
    found += [
        span(m, Kind.ORG_UNIT, NAME, 0.6, "code")
        for m in _BARE_CODE.finditer(text)
        if not _NOT_WARD.fullmatch(m["code"])
    ]
    found += [
        span(m, Kind.ORG_UNIT, NAME, 0.8, "name") for m in _HOME.finditer(text) if not _generic(m["name"])
    ]
    found += [one for m in _NAMED.finditer(text) for one in _named(m)]
    found += [
        span(m, Kind.ORG_UNIT, NAME, 0.7, "name") for m in _JOINED.finditer(text) if not _generic(m["name"])
    ]
    return found + [span(m, Kind.ORG_UNIT, NAME, 0.8) for m in _HOSPITALS.finditer(text)]


def _is_code(value: str) -> bool:
    return any(char.isdigit() for char in value) or (
        value.isupper() and value.lower() not in lexicon.abbreviations()
    )


def _generic(name: str) -> bool:
    first = name.split(" ", maxsplit=1)[0].lower()
    return (
        first in _GENERIC
        or first in lexicon.stopwords() - {"i", "på", "ved", "for"}
        or first in lexicon.innocent()
    )


def _named(match: re.Match[str]) -> list[Span]:
    """The name before 'Plejehjem', without sentence words that begin with a capital."""
    parts = match["name"].split(" ")
    start = match.start("name")
    while parts and (parts[0].lower() in lexicon.stopwords() or parts[0].lower() in _GENERIC):
        start += len(parts[0]) + 1
        parts = parts[1:]
    if not parts:
        return []
    name = " ".join(parts)
    return [Span(start, start + len(name), Kind.ORG_UNIT, name, NAME, 0.8)]
