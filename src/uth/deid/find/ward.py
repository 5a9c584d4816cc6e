"""Ward codes (afsnit): "B14", "afsn. 3 Øst", "Nefro 2", "m1 nord"; the generic word before them stays."""

import re
from collections.abc import Iterator, Sequence

from uth.deid import lexicon
from uth.deid.find.door import WORDED
from uth.deid.find.pattern import before, span
from uth.deid.find.person import Token, read
from uth.deid.lexicon import TOWN, facts
from uth.deid.span import Kind, Span

NAME = "unit"

_UNIT = r"(?![^\W_]|[.,:]\d|/\d|[ ]?(?:mg|ml|mikg|g|l|kl|%|timer?|min|dage?|gange?|år|stk|cm|mm|x|ie|mmol|patient\w*|døgn|uger?|ud af|for|af)(?![^\W_]))"
_SIDE = r"(?:[Øø]st|ØST|[Nn]ord|NORD|[Ss]yd|SYD|[Vv]est|VEST|[Mm]idt)"
_REST = rf"(?:[ -](?:{_SIDE}|[Ll]ukket|[Åå]ben)(?![^\W_])|[ ][A-HJ-ZÆØÅ](?![^\W_.]))?"
_CODE = (
    rf"(?:[A-ZÆØÅ]{{1,3}}[ -]?\d{{1,4}}[A-Za-z]?(?:-\d{{1,2}})?|[A-ZÆØÅ]-(?:fløj|blok)(?:en)?(?:[ ]\d{{1,2}})?|[A-ZÆØÅ][ ](?i:{WORDED})|[A-ZÆØÅ]-{_SIDE}(?:[ ]\d{{1,2}})?|"
    rf"\d{{1,4}}(?:[.-]\d{{1,2}})?[A-Za-zÆØÅ]?|(?!kl|ca|nr|nu|op|st|af)[a-zæøå]{{1,2}}[ -]?\d{{1,3}}[a-z]?|{_SIDE}(?:[ ]\d{{1,2}})?|[A-ZÆØÅ]{{1,2}}(?![^\W_]|\.[^\W_])){_REST}{_UNIT}"
)
_AFTER_CUE = re.compile(rf"s?[.:]?(?:[ ](?:er|hedder|nr\.?))?[ ]{{0,2}}[\"'»]?(?P<code>{_CODE})")
# A code after these is a ward's; after the others it may be a group's or a chapter's.
_WARDS = (
    "afdeling", "afdelingen", "afd", "afsnit", "afsnittet", "afs", "afsn", "ambulatorium", "ambulatoriet", "amb", "sengegang", "sengegangen", "fødegang", "fødegangen",
    "sektion", "sektionen", "intensiv", "dagafsnit", "geriatrisk", "barsel", "etage",
)  # fmt: skip
_GROUPS = (
    "team",
    "teamet",
    "gruppe",
    "gruppen",
    "enhed",
    "enheden",
    "distrikt",
    "distriktet",
    "område",
    "området",
    "klinik",
    "klinikken",
    "rute",
    "ruten",
    "vagthold",
)
_ENDS = (
    "afdeling",
    "afdelingen",
    "afsnit",
    "afsnittet",
    "afsn",
    "afs",
    "afd",
    "amb",
    "ambulatorium",
    "ambulatoriet",
)

_SPECIALTIES = frozenset({
    "nefro", "neuro", "hjerte", "kardio", "kar", "kir", "med", "ort", "ortop", "ortkir", "ortopæd", "gyn", "gynop", "gynobs", "uro", "hæm", "onk", "onko", "lunge", "neo", "ger", "geri",
    "pæd", "børne", "barsel", "psyk", "apopleksi", "endo", "gastro", "inf", "infekt", "reuma", "derma", "øjen", "ønh", "ita", "intensiv", "opv", "palli", "palliativ", "stroke",
    "akut", "cardio", "plastik", "thorax", "karkir", "mamma", "buc", "he", "nuk", "rh", "obs", "hud", "mave", "kæbe", "dialyse", "ftm", "gas",
})  # fmt: skip
# These are ordinary words or other things in lower case, or before a number alone.
_WORDS_TOO = frozenset({"med", "uro", "kar", "neo", "ger", "inf", "ort", "hjerte", "lunge", "akut", "intensiv", "mave", "hud", "børne", "he", "obs", "gas", "øjen", "psyk", "palliativ", "dialyse", "rh", "thorax", "stroke", "plastik"})  # fmt: skip
_SPECIALTY_CODE = re.compile(
    rf"\.?[ -]{{1,2}}(?P<code>(?:\d{{1,4}}[A-Za-z]?|[A-ZÆØÅ]\d{{0,3}}|X{{1,3}}|{_SIDE}){_REST}){_UNIT}"
)

_BARE = re.compile(
    rf"(?P<code>[A-ZÆØÅ](?<![^\W_].)(?<![/.#+-].)(?:[A-ZÆØÅ]{{0,2}}-?\d{{1,4}}[A-Za-z]?|-(?:blok|fløj)(?:en)?[ ]?\d{{0,2}})(?:-{_SIDE})?(?:[ ]{_SIDE}(?![^\W_]))?)(?![^\W_]|[.,/:-]\d|-[A-Z]|[ ]?(?:niveau|vitamin|mangel|mg|ml|%))"
)
_SMALL = re.compile(
    rf"[pftPFT](?<![^\W_].)(?:(?<=p)å|(?<=f)ra|(?<=t)il|(?<=P)Å|(?<=F)RA|(?<=T)IL)[ ](?P<code>(?!kl|ca|nr|nu|op|st|af|i |å )[a-zæøå]{{1,2}}[ ]?\d{{1,4}}(?P<side>[ -]{_SIDE})?)(?![^\W_]|[.,/:-]\d|[ ]?(?:mg|ml|%|timer|min|dage))"
)
_PUT = re.compile(
    r"(?<![^\W_])(?:indlagt|afleveret|overflytt\w*|overført|overflytning|flyttet|udskrevet|ligger|lå|ligge|ankom\w*|vikar\w*|ansat|arbejde\w*|stuegang|personalet|kolleg\w*|ringe\w*|ringet|"
    r"kald\w*|akutkald|tilkald\w*|vagt\w*|hjem|sendt|hentet?|hente|taget|tages|plads|sygeplejerske\w*|spl|læge\w*|overlæge\w*|jdm|notatet|barn|er nu|afs\.?|afd\.?|skulle)"
    r"(?:[ ](?!på|fra|til|i)[^\W\d_]{2,15}\.?){0,2}(?:[ ](?:nede|oppe|ovre|herfra|mig))?(?:[ ](?:på|fra|til|i|hos|med))?[ :]{1,2}$"
)
_PREPOSITION = re.compile(r"(?<![^\W_])(?:på|fra|til)[ ]$")
_SIGNED = re.compile(r"(?:,[ ]|\n|->[ ]|/[ ]?)$")
_NOT_WARD = re.compile(
    r"(?:B12|B6|B1|T3|T4|FT4|[CLS][1-7]|TH?\d{1,2}|D3|D2|K1|K2|G\dP?\d?|O2|CO2|A\d|A1C|P\d|CA\d{2,3}|IL\d|Q\d|N\dM?\d?|M[01]|V\d|ASA\d|PH\d|R0|H\d|E\d{3}|F\d\d|[A-Z]\d{2}[A-Z]{2}\d\d|MP3|X\d|[A-Z]-\d)"
)


def find(text: str) -> list[Span]:
    """Codes of wards and teams."""
    tokens = read(text)
    found = [*_cued(text, tokens), *_bare(text)]
    for match in _SMALL.finditer(text):
        found.append(span(match, Kind.ORG_UNIT, NAME, 0.6 if match["side"] else 0.4, "code"))
    return [*found, *_of_the_same_house(text, found)]


def _cued(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    for token in tokens:
        low, end = token.low, token.word.end
        match = _SPECIALTY_CODE.match(text, end) if low in _SPECIALTIES else None
        if match and (score := _specialty(token, match["code"])):
            start = token.word.start
            yield Span(start, match.end("code"), Kind.ORG_UNIT, text[start : match.end("code")], NAME, score)
        ward = low in _WARDS or low.endswith(_ENDS)
        if not ward and not low.endswith(_GROUPS):
            continue
        match = _AFTER_CUE.match(text, end)
        if match and (score := _coded(match["code"], ward=ward)):
            yield span(match, Kind.ORG_UNIT, NAME, score, "code")


def _specialty(token: Token, code: str) -> float:
    """'Nefro 2' is a ward; 'med 2 mg' and 'uro 2' are not."""
    figures = any(char.isdigit() for char in code)
    if token.low in _WORDS_TOO:
        return 0.5 if token.capital and len(code) > 1 else 0.4 if token.capital else 0
    return 0.6 if figures or len(code) > 1 else 0.5


def _coded(code: str, *, ward: bool) -> float:
    """How much 'B14', '4' or 'K' after 'afsnit' or 'team' says."""
    if not any(char.isdigit() for char in code):
        if code.isupper() and code.lower() in lexicon.abbreviations():
            return 0
        return 0.6 if ward or len(code) > 2 else 0.5
    if code[0].isalpha() or len(code) > 1:
        return 0.75 if ward or code[0].isalpha() else 0.35
    return 0.5 if ward else 0.25


def _bare(text: str) -> Iterator[Span]:
    for match in _BARE.finditer(text):
        ahead = before(text, match.start())
        doubtful = _NOT_WARD.fullmatch(match["code"]) is not None
        if _PUT.search(ahead):
            score = 0.45 if doubtful else 0.6
        elif _PREPOSITION.search(ahead):
            score = 0.35 if doubtful else 0.55
        elif (
            (town := re.search(r"([^\W\d_]{3,20}) $", ahead))
            and facts(town[1]) & TOWN
            and match["code"][1:2].isdigit()
        ):
            score = 0.5
        elif _SIGNED.search(ahead) and text[match.end() : match.end() + 1] in ("", "\n") and not doubtful:
            score = 0.35
        else:
            continue
        yield span(match, Kind.ORG_UNIT, NAME, score, "code")


def _of_the_same_house(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """'Ringet til C12, skulle C21': a code like one found is a ward too."""
    letters = {one.text[0] for one in found if one.score >= 0.55 and _LIKE.fullmatch(one.text)}
    if letters:
        for match in _LIKE.finditer(text):
            if not _NOT_WARD.fullmatch(match.group()):
                yield span(match, Kind.ORG_UNIT, NAME, 0.5 if match.group()[0] in letters else 0.35)


_LIKE = re.compile(r"(?<![\w/.-])[A-ZÆØÅ]\d{2,3}(?![\w]|[.,/:-]\d)")
