"""Addresses (adresser): street and number, with floor, door, postcode and town where they follow."""

import re
from collections.abc import Iterator

from uth.deid import lexicon
from uth.deid.find.pattern import before, span
from uth.deid.find.person import Strength, strength_of
from uth.deid.span import Kind, Span

NAME = "address"

_TAIL = (
    r"(?:vej|gade|gaden|vejen|allé|alle|alléen|alleen|stræde|strædet|plads|pladsen|torv|torvet|boulevard|boulevarden|vænget|vænge|parken|park|"
    r"toften|haven|have|haverne|bakken|bakke|marken|lunden|stien|sti|engen|ager|ageren|vang|vangen|skrænten|krogen|kæret|løkken|dalen|højen|høj|"
    r"skoven|svinget|kaj|kajen|gård|gården|hegnet|diget|hjemmet|graven|brinken|bro|broen|centret|centeret|terrasse|terrasserne|passage|kvarter|"
    r"husene|rækken|ringen|kilen|stenen|bjerget|vigen|bugten|stranden|strand|søen|åsen|holmen|holm|mosen|agre|led|leddet|hus|gangen|buen|"
    r"slippe|stræderne|gyden|kløften|knolden|batteriet|volden|bolig|tofterne|pladserne|siden|sving|løbet)"
)
_SURE_TAIL = r"(?:vej|gade|gaden|vejen|allé|alle|alléen|stræde|strædet|boulevard|boulevarden|vænget|vænge|torv|plads|pladsen|toften|gyden|skrænten)"
_NUMBER = r"\d{1,3}(?:[ ]?[A-Za-zÆØÅæøå](?![^\W_]))?(?:[ ]?[-–/][ ]?\d{1,3}[A-Za-z]?(?![\w]))?(?![\d%]|[.,:]\d|[ ]?(?:cm|mm|mg|ml|min|timer|time|dage|kr|år|kg|gange|stk|patienter)(?![^\W_]))"
_FLOOR = (
    r"(?:[,.]?[ \n]{0,2}(?:(?:\d{1,2}|st|kl|kld|stuen|kælderen)\.?[ ]?(?:sal)?[.,]?[ ]{0,2}(?:tv|th|mf|dør[ ]?(?:nr\.?[ ]?)?\d{1,4}|lejl\.?[ ]?\d{1,4}|\d{1,3}(?=[,.\n]|$))(?![^\W_])\.?|"
    r"\d{1,2}\.[ ]?(?:sal(?:[ ]?(?:til )?(?:tv|th|mf|højre|venstre)\.?)?)(?![^\W_])|(?:st|stuen)\.?[ ]?(?:tv|th|mf)(?![^\W_])\.?|(?:tv|th|mf)(?![^\W_])\.?|lejl(?:ighed|\.)?[ ]?\d{1,4}|dør[ ]?\d{1,4}|(?:kld|kl|st|kælderen|stuen)(?![^\W_])\.?))?"
)
_TOWN_WORD = r"[A-ZÆØÅa-zæøå][^\W\d_]{1,24}\.?"
_POST = rf"(?-i:[ ,.;\n]{{1,4}}(?:i[ ])?(?:DK[- ]?)?\d{{4}}[ \n]{{1,2}}{_TOWN_WORD}(?:[ ](?:[A-ZÆØÅ]{{1,2}}|[A-ZÆØÅ][^\W\d_]{{2,20}})(?![^\W_])){{0,2}})?"
_IN_TOWN = r"(?:,?[ ](?:i[ ])?(?P<town>[A-ZÆØÅ][^\W\d_]{1,24}(?:[ ][A-ZÆØÅ]{1,2}(?![^\W_]))?))?"

_CAPITAL = r"[A-ZÆØÅ0-9][^\W_]{0,30}\.?"
_STREET = re.compile(
    rf"(?<![\w])(?:{_CAPITAL}[ ]){{0,3}}(?:[A-ZÆØÅ][^\W\d_]{{0,30}}(?:-[^\W\d_]{{1,20}})?{_TAIL}|(?:{_CAPITAL}[ ]){{1,3}}(?:[A-ZÆØÅ][a-zæøå]{{0,3}})?{_TAIL}|(?:{_CAPITAL}[ ]){_TAIL.replace('(?:', '(?i:', 1)})"
    rf"[ ]{{1,2}}(?:nr\.?[ ]?)?{_NUMBER}{_FLOOR}{_POST}"
)
_LOWER = re.compile(
    rf"(?<![\w])[a-zæøåé]{{2,28}}(?:[ ][a-zæøåé]{{2,20}})??{_SURE_TAIL}[ ]{{1,2}}(?:nr\.?[ ]?)?{_NUMBER}{_FLOOR}{_POST}",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"(?<![\w])(?:[A-ZÆØÅ][^\W\d_]{{0,30}}\.?[ ]){{0,2}}(?:[A-ZÆØÅ][^\W\d_]{{2,30}}{_SURE_TAIL}|(?<=[a-zæøå][ ])[A-ZÆØÅ][^\W\d_]{{2,30}}[ ](?:Allé|Alle|Boulevard|Plads|Torv|Vej|Gade|Stræde|Vænge))(?![^\W_])"
)
_ANY_NUMBERED = re.compile(
    rf"(?<![\w])(?P<street>[^\W\d_][^\W\d_'-]{{1,30}}(?:[ ][^\W\d_][^\W\d_'-]{{1,30}}){{0,2}})[ ]{{1,2}}(?:nr\.?[ ]?)?{_NUMBER}{_FLOOR}{_POST}"
)
_CUED = re.compile(
    rf"(?<![^\W_])(?i:bor(?:ende)?(?: på| i)?|adresse[n]?(?: er)?|bopæl(?:en)?(?: på| er)?|boende|hjemmeadresse[n]?|adr\.?)[ :]{{1,3}}(?P<where>(?:[A-ZÆØÅ][^\W\d_]{{1,30}}[ ]){{1,3}}{_NUMBER}{_FLOOR}{_POST})"
)
_POSTCODE = re.compile(
    r"(?<![^\W_])(?:postnr|postnummer|post nr)\.?[ :]{1,3}(?P<code>\d{4})(?![\w])", re.IGNORECASE
)
_FLOORED = re.compile(
    rf"(?<![\w])(?P<street>[^\W\d_]{{3,30}}(?:[ ][^\W\d_]{{3,20}})??)[ ]\d{{1,3}}[A-Za-z]?(?:,|\.|[ ])[ ]{{0,2}}(?:(?:\d{{1,2}}|st|kl|kld)\.?[ ]?(?:sal)?[., ]{{0,3}}(?:tv|th|mf)|(?:st|kld)(?=[., \n]|$))(?![^\W_])\.?{_POST}"
)
_AT_NUMBER = re.compile(
    rf"(?<=[a-zæøå,:][ ])(?:på|fra|i|til|ved|bor|adr|adresse|hos)[ :]{{1,2}}(?P<where>(?P<street>[A-ZÆØÅ][a-zæøåé]{{4,30}}(?:[ ][A-ZÆØÅ][a-zæøåé]{{2,20}})?)[ ]{_NUMBER}{_FLOOR}{_POST})"
)
_POSTED = re.compile(
    rf"(?<![\w./-])(?P<post>(?:DK[- ]?)?(?P<code>\d{{4}})[ ]{{1,2}}(?P<town>{_TOWN_WORD}(?:[ ][A-ZÆØÅ][^\W\d_]{{1,20}})?))(?:[ ][A-ZÆØÅ]{{1,2}}(?![^\W_]))?"
)
_BODY = re.compile(
    r"(?:sengeplads|arbejdsplads|parkeringsplads|legeplads|byggeplads|holdeplads|luftvej|forvej|overvej|undervej|urinvej|galdevej|halvvej|indgangsvej|adgangsvej|administrationsvej|givevej|omvej|genvej|fødevej|fødselsvej|lymfevej|nervevej|ledningsvej|henvisningsvej|infusionsvej|smittevej|tilbagevej|tårevej|hjælpevej|mormors?gade|afdeling|stue|seng|blodbane|postgade|sidegade|gågade|privatvej|motorvej|indkørselsvej|cykelsti|flugtvej|redningsvej)(?:en|e|ene)?$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^(?:(?:Pt|Pt\.|Patienten|Borgeren|Bor|Beboer|Adresse|På|Fra|Til|Ved|I|Hos|Fru|Hr|Adr|Hun|Han|Og|Af|Kørt|Kørte|Den|Det|Hjem|Adressen|Ambulance|Bopæl)\.?[ ])+"
)


def find(text: str) -> list[Span]:
    """Addresses, and streets named without a number."""
    found = [
        _headless(span(m, Kind.ADDRESS, NAME, 0.9)) for m in _STREET.finditer(text) if not _bodily(m.group())
    ]
    found += [
        _last_words(span(m, Kind.ADDRESS, NAME, 0.8)) for m in _LOWER.finditer(text) if not _bodily(m.group())
    ]
    found += [
        _headless(span(m, Kind.ADDRESS, NAME, 0.6)) for m in _ALONE.finditer(text) if not _bodily(m.group())
    ]
    found += [span(m, Kind.ADDRESS, NAME, 0.85, "where") for m in _CUED.finditer(text)]
    found += [span(m, Kind.ADDRESS, NAME, 0.8) for m in _FLOORED.finditer(text) if not strange(m["street"])]
    found += [
        span(m, Kind.ADDRESS, NAME, 0.6, "where")
        for m in _AT_NUMBER.finditer(text)
        if _street_like(m["street"])
    ]
    found += [span(m, Kind.ADDRESS, NAME, 0.8, "code") for m in _POSTCODE.finditer(text)]
    found += list(_posted(text))
    return [*found, *_listed(text)]


def _posted(text: str) -> Iterator[Span]:
    """Postcode and town: '8000 Aarhus C'."""
    for match in _POSTED.finditer(text):
        town = match["town"].lower().rstrip(".")
        if town in lexicon.towns():
            yield span(match, Kind.ADDRESS, NAME, 0.8)
        elif town.split(" ")[0] in lexicon.towns():
            start = match.start()
            end = match.start("town") + len(town.split(" ")[0])
            yield Span(start, end, Kind.ADDRESS, text[start:end], NAME, 0.8)


def _listed(text: str) -> Iterator[Span]:
    """Streets whose shape says nothing ('Degnebo 4'), by list."""
    for match in _ANY_NUMBERED.finditer(text):
        parts = match["street"].split(" ")
        for first in range(len(parts)):
            name = " ".join(parts[first:])
            if name.lower() in lexicon.streets() and (name[0].isupper() or _lives(text, match)):
                start = match.start() + len(" ".join(parts[:first])) + (1 if first else 0)
                if name.lower() in _NOT_STREETS or strange(name):
                    break
                yield Span(start, match.end(), Kind.ADDRESS, text[start : match.end()], NAME, 0.7)
                break


_NOT_STREETS = frozenset(
    {
        "center",
        "centret",
        "kl",
        "station",
        "skolen",
        "hjørnet",
        "stadion",
        "vest",
        "nord",
        "syd",
        "øst",
        "midtpunktet",
    }
)


def strange(name: str) -> bool:
    """A word of the ward, not a street: 'Afsnit 4', 'Stue 12', 'Uge 14'."""
    low = name.lower()
    return low in lexicon.stopwords() or low in lexicon.innocent()


def _street_like(name: str) -> bool:
    """An unknown capitalised word before a number: a street in no list, but not 'Afsnit 4' or 'Actrapid 20'."""
    parts = name.split(" ")
    return (
        all(strength_of(part) is Strength.UNKNOWN for part in parts)
        and not strange(name)
        and not name.endswith(("afdeling", "stue", "afsnit", "klinik", "team"))
    )


def _lives(text: str, match: re.Match[str]) -> bool:
    return bool(re.search(r"(?:bor|på|adresse\w*|boende|bopæl)[ :]{0,3}$", before(text, match.start())))


def _bodily(found: str) -> bool:
    street = re.split(r"[ ]\d", found, maxsplit=1)[0]
    return bool(_BODY.search(street))


def _headless(one: Span) -> Span:
    """Without the words of the sentence that happen to begin with a capital."""
    head = _HEAD.match(one.text)
    if not head:
        return one
    cut = head.end()
    return Span(one.start + cut, one.end, one.kind, one.text[cut:], one.finder, one.score)


def _last_words(one: Span) -> Span:
    """In lower case only the word with the street's ending is sure, and a known first part."""
    street = re.split(r"[ ](?=\d|nr)", one.text, maxsplit=1)[0]
    parts = street.split(" ")
    if (
        len(parts) == 2
        and (parts[0] in lexicon.stopwords() or len(parts[1]) > 8)
        and parts[1] not in ("alle", "allé", "boulevard")
    ):
        cut = len(parts[0]) + 1
        return Span(one.start + cut, one.end, one.kind, one.text[cut:], one.finder, one.score)
    return one
