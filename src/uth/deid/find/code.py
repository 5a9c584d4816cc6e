"""Case, sample, device and user numbers (sags- og brugernumre), known by the word before them or by their shape."""

import re
from collections.abc import Iterator

from uth.deid import lexicon
from uth.deid.find.numbers import chains, spoken
from uth.deid.find.pattern import after, before, span
from uth.deid.span import Kind, Span

NAME = "code"

_NR = r"(?:[ -]?(?:nr|nummer|numre|nummeret|id|no|kode)\.?)"
_CUES = (
    rf"journal{_NR}|j\.?[ ]?nr\.?|jnr\.?|sags?{_NR}|sag{_NR}|sagen|prøve{_NR}|glas{_NR}|rekv(?:isition)?s?\.?{_NR}|recept{_NR}|ordination(?:s)?{_NR}|"
    rf"serie{_NR}|s/n|sn|serial(?: no)?|pas{_NR}|kørekort(?:s)?{_NR}?|(?:nummer|registrerings)plade|reg\.?[ ]?nr\.?|cvr(?:{_NR})?|se{_NR}|"
    rf"bruger(?:navn|{_NR})|login|log-?in|user(?: ?name| ?id)?|ip(?:-?adresse[n]?)?|nøgleboks(?:en|{_NR}|kode[n]?)?|patient{_NR}|pt\.?{_NR}|"
    rf"stregkode(?:n|{_NR})?|label(?:{_NR})?|henvisning(?:s)?{_NR}|medarbejder{_NR}|tjeneste{_NR}|tj\.?{_NR}|ansat{_NR}|konto{_NR}?|kunde{_NR}|"
    rf"medlems?{_NR}|borger{_NR}|indlæggelses?{_NR}|kontakt{_NR}|forløbs?{_NR}|booking{_NR}?|ordre{_NR}|id(?:{_NR}|-?nummer)?|udstyrs?{_NR}|"
    rf"apparat{_NR}|utensilie{_NR}|pumpe{_NR}|maskin{_NR}|uth{_NR}|dpsd{_NR}|rapport{_NR}|arkiv{_NR}|police{_NR}|skades?{_NR}|"
    rf"anmeldelses?{_NR}|bil{_NR}|vogn{_NR}|initialer|regnr\.?|mac(?:-?adresse)?|token|løbe{_NR}|accession{_NR}|røntgen{_NR}|blodprøve{_NR}|"
    rf"donor{_NR}|tapning{_NR}|armbånd(?:s)?{_NR}?|implantat{_NR}|sagsbehandler{_NR}|sags(?:id|nummer)|gln(?:{_NR})?|p{_NR}"
)
_CUED = re.compile(
    rf"(?<![^\W_])(?:{_CUES})(?![^\W\d_])[ \n]?(?:\((?:s/n|nr\.?)\))?[ ]?[.:#=]?[ \n]{{0,2}}(?:(?:er|var|nr|nummer|på|hedder|id|lyder)\.?[ :]{{1,2}}){{0,2}}"
    r"[\"'»(]?(?P<code>[A-ZÆØÅa-zæøå0-9](?:[\w./:-]{0,38}[\w])?(?:[ ]\d[\d-]{0,12}){0,4})",
    re.IGNORECASE,
)
_WORDY_CUE = re.compile(r"^(?:bruger|login|log-?in|user|initialer)", re.IGNORECASE)
_USER = re.compile(
    r"(?<![^\W_])(?:bruger(?:en)?|login|logge(?:t|de|r)(?:[ ](?:på|ind))?(?:[ ](?:som|med|under))?|kvitteret[ ](?:af|med|som))[ :]{1,2}"
    r"(?P<code>[A-Za-zÆØÅæøå]{2,8}\d{2,6}|[A-Z]\d{4,8})(?![\w])",
    re.IGNORECASE,
)
_PLATE = re.compile(r"(?<![\w-])[A-ZÆØÅ]{2}[ -]?\d{2}[ .]?\d{3}(?![\w]|[.,]\d)")
_IP = re.compile(
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?![\w]|\.\d)|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}(?![\w:])"
)
_MAC = re.compile(r"(?<![\w:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:-])")
_UUID = re.compile(r"(?<![\w-])[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?![\w-])")
_MIXED = re.compile(
    r"(?<![\w./-])(?=[\w/-]{0,24}[A-Za-z])(?=[\w/-]{0,24}\d{4})[A-Za-z0-9]{1,24}(?:[-/][A-Za-z0-9]{1,24}){0,4}(?![\w-])"
)
_CASE = re.compile(
    r"(?<![\w./-])(?:19|20)?\d{2}[-/]\d{4,8}(?![\w]|[-/.,]\d)|(?<![\w./-])\d{2,6}[-/]\d{2,6}[-/]\d{2,8}(?![\w])"
)
_LONG = re.compile(r"(?<![\w.,/-])\d{7,40}(?![\w]|[.,]\d)")
# Codes of the trade: they name things, not people.
_TRADE = re.compile(
    r"(?:(?i:NPU|DNK)\d{5}|[A-Z]\d{2}[A-Z]{2}\d{2}|D[A-Z]\d{2,5}[A-Z]?\d?|[BKUWZTAX][A-Z]{2,4}\d{1,5}[A-Z]?\d{0,2}|ISO\d+|EN\d+|COVID\d*|V\d{4,6}|"
    r"[A-Z]{1,3}\d{1,3})"
)
_TRADE_CUE = re.compile(
    r"(?:fejlkode|fejl|vare|vnr|lot|batch|charge|ean|gtin|npu|dnk|atc|icd|sks|snomed|model|type|version|ref|udløb\w*|exp|katalog|postnr|diagnose|procedure|artikel|isbn|iso|pmid|bek|lov|vejledning|instruks|pakning)\w{0,8}[ .:-]{0,3}(?:nr|nummer|kode|no)?[ .:-]{0,3}$"
)
_UNIT = re.compile(r"[ ]?(?:mg|ml|µg|mikrogram|kr|kroner|ie\b|enheder|e\b|mm|cm|%|celler|kcal|steps|skridt)")


def find(text: str) -> list[Span]:
    """Numbers and names of cases, samples, devices, cars and users."""
    found = [*_cued(text), *(span(m, Kind.ID, NAME, 0.8, "code") for m in _USER.finditer(text))]
    for pattern, confidence in ((_PLATE, 0.8), (_IP, 0.8), (_MAC, 0.9), (_UUID, 0.9)):
        found += [span(m, Kind.ID, NAME, confidence) for m in pattern.finditer(text)]
    for pattern in (_MIXED, _CASE, _LONG):
        found += [span(m, Kind.ID, NAME, 0.6) for m in pattern.finditer(text) if _personal(text, m)]
    found += [
        Span(s.start, s.end, Kind.ID, text[s.start : s.end], NAME, 0.5)
        for s in spoken(text)
        if len(s.digits) >= 6 and s.words >= 2
    ]
    return [*found, *_split(text)]


def _cued(text: str) -> Iterator[Span]:
    for match in _CUED.finditer(text):
        code = match["code"]
        if code.lower() in lexicon.stopwords() or (_TRADE.fullmatch(code) and len(code) > 3):
            continue
        digits = sum(char.isdigit() for char in code)
        least = 3 if len(match.group()) - len(code) <= 4 else 2
        if digits >= least or (_WORDY_CUE.match(match.group()) and _explicit(match)):
            yield span(match, Kind.ID, NAME, 0.85, "code")


def _explicit(match: re.Match[str]) -> bool:
    """A user name has no digits; then the cue must say that here it comes."""
    between = match.group()[: match.start("code") - match.start()]
    return between.rstrip(" \"'»(").endswith((":", "=")) or bool(
        re.search(r"(?:brugernavn|login)(?:et)?[ ](?:er[ ]|var[ ])?[\"'»(]?$", between, re.IGNORECASE)
    )


def _personal(text: str, match: re.Match[str]) -> bool:
    value = match.group()
    if sum(char.isdigit() for char in value) < 5 or (value.count("-") == 2 and len(value) == 8):
        return False
    if _TRADE.fullmatch(value) or _TRADE_CUE.search(before(text, match.start())):
        return False
    return not _UNIT.match(after(text, match.end()))


def _split(text: str) -> Iterator[Span]:
    """A long number in groups that is neither phone nor CPR: still somebody's number."""
    for chain in chains(text):
        if chain.endless:
            yield Span(chain.start, chain.end, Kind.ID, text[chain.start : chain.end], NAME, 0.5)
            continue
        if len(chain.digits) < 11 or any(joint not in ("-", " ", "") for joint in chain.joints):
            continue
        if len(chain.groups) > 5 or min(chain.lengths) < 3 or _TRADE_CUE.search(before(text, chain.start)):
            continue
        yield Span(chain.start, chain.end, Kind.ID, text[chain.start : chain.end], NAME, 0.5)
