"""Units (enheder): the naming part of a hospital, clinic, care home, school or pharmacy; ward codes: `ward`."""

import re
from collections.abc import Iterator, Sequence

from uth.deid.find import ward
from uth.deid.find.pattern import span
from uth.deid.find.person import Strength, Token, opens, read, strength_of
from uth.deid.lexicon import ABBREVIATION, INNOCENT, STOPWORD, SURNAME, TOWN, VILLAGE, facts
from uth.deid.span import Kind, Span

NAME = "unit"

# Words that end like these are kinds of units; the name stands before or after, or is the beginning of the word.
_HOMES = (
    "plejehjem", "plejehjemmet", "plejehj", "center", "centret", "centeret", "bosted", "bostedet", "botilbud", "botilbuddet", "opholdssted", "opholdsstedet", "hospice",
    "hospicet", "lægehus", "lægehuset", "legehuset", "sundhedshus", "sundhedshuset", "apotek", "apoteket", "klinik", "klinikken", "lægerne", "hospital", "hospitalet", "hospitalsenheden",
    "sygehus", "sygehuset", "sygehusenheden", "skole", "skolen", "børnehave", "børnehaven", "børnehus", "børnehuset", "vuggestue", "vuggestuen", "institution", "institutionen",
    "arrest", "arresten", "fængsel", "fængslet", "hjemmepleje", "hjemmeplejen", "hjemmesygeplejen", "lægefællesskab", "lægefællesskabet", "døgnhus", "døgnhuset", "bofællesskab", "bofællesskabet",
    "plejebolig", "plejeboligerne", "fysioterapi", "fysioterapien", "daghjem", "daghjemmet", "gymnasium", "gymnasiet", "kollegiet", "lægepraksis", "praksis", "afdeling", "afdelingen",
    "afsnit", "ambulatorium", "ambulatoriet", "sektion", "team", "teamet", "gruppe", "gruppen", "distrikt", "distriktet", "blodbanken", "skadestue", "skadestuen", "modtagelse", "modtagelsen",
    "tandpleje", "tandplejen", "vikarservice", "vikarbureau", "vikarbureauet", "tandlæger", "lægehj", "fødeafdeling", "aflastningen", "rehabilitering", "ældreboligerne", "lægevagt",
    "lægevagten", "kommune", "efterskole", "efterskolen", "sundhedscentret", "brandstation", "station", "stationen", "heldagsskolen", "visitationen", "sygeplejen",
)  # fmt: skip
_ONLY_BEFORE = (
    "kommune",
    "modtagelse",
    "skadestue",
    "station",
    "blodbanken",
    "lægevagt",
    "rehabilitering",
)  # 'Horsens skadestue'
_ONLY_AFTER = (
    "afdelingen",
    "teamet",
    "gruppen",
    "distriktet",
    "visitationen",
    "sygeplejen",
    "aflastningen",
    "afsnit",
    "sektion",
    "distrikt",
    "gruppe",
    "team",
)
_CAPITAL_HEADS = frozenset(
    {"læger", "røntgen", "endoskopi", "tandlæger", "fysioterapi", "hudklinik", "dialyse", "lægevagt"}
)

_UP = r"[A-ZÆØÅ]"
_WORD = rf"{_UP}[^\W\d_]{{1,30}}(?:-{_UP}?[^\W\d_]{{1,20}})?"
_SHORT = r"(?:(?:[Ss]ct|[Ss]kt|Sankt|[Ss]t|Ll|Gl|Dr|Sdr|Nr|Ny|Nørre|Sønder|Store|Lille)\.?[ ])?"
_AFTER = re.compile(
    rf"[ ](?:(?:er|hedder|v/)[ ])?[\"'»“]?(?P<name>(?:(?:i|på|ved|v\.|for)[ ])?{_SHORT}{_WORD}(?:[ ](?:(?:og|af|på|ved|v\.)[ ](?!{_UP}{_UP}))?{_WORD}|[ ]{_UP}{{1,2}}(?![^\W_])|[ ]\d{{1,2}}(?![^\W_]|[.,:/]\d|\.[ ][a-zæøå])){{0,3}})"
)
_SMALL_AFTER = re.compile(
    r"[ ](?P<name>(?:(?:i|på|ved|v\.)[ ])?[a-zæøå]{3,20}(?:gården|gård|parken|haven|bakken|bo|ly|lund|lunden|høj|højen|toften|marken|centret|vang|stjernen|torvet|gade|vej|havnen|bakke|åen|hjemmet|minde))(?![^\W_])"
)
_HOSPITALS = re.compile(
    r"(?<![\w])(?:(?:Rigshospitalet|RIGSHOSPITALET|Riget|RIGET|OUH|AUH|RH(?![ ]?(?:neg|pos|NEG|POS|D|faktor))|BBH|HEH|HGH|NOH|SUH|AAUH|AHH|SHS|SVS|SLB|RHN|RHG|GVH|NSR|KHA\d?|Skejby(?: Sygehus)?|SKEJBY|HERLEV|Herlev|Gentofte|GENTOFTE|Hvidovre|HVIDOVRE|Glostrup|GLOSTRUP|"
    r"Bispebjerg|BISPEBJERG|Amager og Hvidovre|Nordsjællands|Hillerød|Regionshospitalet(?:[ ][A-ZÆØÅ][^\W\d_]{2,20})?|Sygehus Lillebælt|Sygehus Sønderjylland|Gødstrup|Montebello|Filadelfia|"
    r"Hammel Neurocenter|Steno)(?:s)?(?:[ ](?:\d{4}|[A-ZÆØÅ]\d{1,3}))?(?![^\W_]|[ ]kommune)|(?:[Ff]ra|[Tt]il|[Pp]å)[ ](?P<small>riget|skejby|ouh|auh|rh|bbh|hvidovre|herlev|bispebjerg|glostrup|gentofte)(?:[ ]\d{4})?(?![^\W_]))"
)
_GENERIC_WORDS = """
    medicinsk kirurgisk akut ortopædkirurgisk neurologisk psykiatrisk palliativ børne intensiv lokale lokal private privat universitets kommunale kommunal regionalt regional det den
    dette vores deres på i fra ved til hos pt patienten og men da hun han region center vi jeg de en et nyt ny egen samme anden andet begge ingen alle kommunens regionens hospitalets afdelingens sygehusets hver ham hende klinisk central fælles
    team afsnit afdeling afd afs spl sygeplejerske læge overlæge vagthavende borger borgeren danske dansk danmarks national nationale teknisk medicoteknisk uth it kære hej mvh hilsen
    sted modtager afsender rekvirent rekvirerende klinik klinikken lægen lægerne praksis hospital sygehus apotek apoteket skole sundheds bedre første næste tidligere nuværende nedlagt
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
# Beginnings that say what kind of clinic, not which.
_KIND_WORDS = """
    tand hud øjen hjerte neuro regions hospitals universitets vaccinations sygehus privat folke special smerte lunge børne kvinde gigt fod fys øre hånd ergo syge ungdoms plads dag demens
    trænings genoptrænings sundheds aktivitets omsorgs lokal læge dyre efter ældre kriminal misbrugs rusmiddel prøvetagnings blod kirurgi medicin sygepleje steno friskole gymnasie sår diabetes
    hukommelses søvn rygcenter ryg kiropraktor syns høre tale barsels neuroc dialyse endoskopi psykiatri skade akut fertilitets allergi hormon mamma bryst social døgn jobcenter job borgerservice call
    shopping indkøbs stor data service regnskabs kompetence videns forsknings giftlinje rehabiliterings neurorehabiliterings plejehjems pleje bo vagt ambulance alarm kontroljobs familie folkeskole høj
    musik dans svømme rejse ride natur kultur ungdomsuddannelses uddannelses beskæftigelses kommunikations hjælpemiddel kræft sansehave center klinik praksis simulations analyse laboratorie
"""
_KINDS = frozenset(_KIND_WORDS.split())


def find(text: str) -> list[Span]:
    """Names of units; the generic word ('Lægehuset', 'afd.') stays."""
    found = []
    for match in _HOSPITALS.finditer(text):
        small = match["small"]
        found.append(span(match, Kind.ORG_UNIT, NAME, 0.6 if small else 0.8, "small" if small else 0))
    for match in _HYPHENED.finditer(text) if _HYPHEN.search(text) else ():
        if (
            not facts(match["name"].lower()) & (ABBREVIATION | STOPWORD | INNOCENT)
            and match["name"] not in _MACHINES
        ):
            found.append(span(match, Kind.ORG_UNIT, NAME, 0.55, "name" if len(match["name"]) > 1 else 0))
    for match in _WITH_ROOM.finditer(text) if _A_ROOM.search(text) else ():
        found.append(span(match, Kind.ORG_UNIT, NAME, 0.6 if match["name"][0].isupper() else 0.45, "name"))
    if any(saint in text for saint in _SAINTS):
        found += [
            span(match, Kind.ORG_UNIT, NAME, 0.5)
            for match in _SAINT.finditer(text)
            if not _A_FEAST.search(match.group())
        ]
    if "yder" in text or "ydr" in text:
        found += [one for match in _PROVIDER.finditer(text) for one in _provider(text, match)]
    return [*found, *_named(text, read(text)), *ward.find(text)]


# 'Risskov-huset', 'Y-sengeafsnittet', but not 'CT-stuen'.
_HYPHENED = re.compile(
    r"(?<![\w-])(?P<name>[A-ZÆØÅ]{1,3}|[A-ZÆØÅ][^\W\d_]{2,20})-(?:huset|hus|kollegiet|klinikken|afdelingen|afdeling|skolen|stuen|stue|kirurgi|afsnit(?:tet)?|sengeafsnit(?:tet)?|gangen|fløjen|kajen)(?![^\W_])"
)
_HYPHEN = re.compile(r"-(?:hus|koll|klin|afd|skol|stue|kiru|afsn|seng|gang|fløj|kaj)")  # soon looked for
_A_ROOM = re.compile(r",[ ](?:hus|afd|stue|bolig|lejl|team|etage|afsnit)")
_SAINTS = ("Sct", "sct", "Skt", "skt", "Sankt")
_MACHINES = frozenset(
    {
        "OP",
        "CT",
        "MR",
        "IT",
        "UL",
        "HR",
        "PET",
        "EKG",
        "EEG",
        "ECT",
        "ERCP",
        "TV",
        "B",
        "ITA",
        "FAM",
        "AMA",
        "ABC",
        "ISO",
        "HPB",
        "VIP",
    }
)
_WITH_ROOM = re.compile(
    r"(?<![\w-])(?P<name>[^\W\d_]{3,20}(?:ly|bo|gården|parken|haven|lund|høj|bakken|centret|hjemmet|minde|vang|toften|lunden|glimt|bakke))(?=,[ ](?:hus|afd|stue|bolig|lejl|team|etage|afsnit)\.?[ ][\dA-ZÆØÅ])"
)
_PROVIDER = re.compile(
    rf"(?<![\w-])(?P<name>{_WORD}(?:[ ]{_WORD})?)(?=,?[ ]\(?(?:yder|ydr|ydernr|ydernummer)(?:nummer|nr)?[ .:])"
)


def _provider(text: str, match: re.Match[str]) -> list[Span]:
    """'Søkilde, yder 042255': what bears a provider number is a practice, unless it is 'Lægens ydernr'."""
    words = match["name"].split(" ")
    start, end = match.span("name")
    if (
        words[0].lower().endswith(_HOMES)
        or words[0].lower() in _GENERIC
        or facts(words[0].lower()) & STOPWORD
    ):
        start += len(words.pop(0)) + 1
    if words and words[-1].lower().endswith(_HOMES):
        end -= len(words.pop()) + 1
    if not words or words[0].lower() in _GENERIC:
        return []
    if len(words) == 1 and opens(text, start) and strength_of(words[0]) < Strength.MAYBE:
        return []
    return [Span(start, end, Kind.ORG_UNIT, text[start:end], NAME, 0.55)]


_A_FEAST = re.compile(r"hans|gade|vej|plads|allé|torv|stræde", re.IGNORECASE)
_SAINT = re.compile(rf"(?<![\w-])(?:[Ss]ct|[Ss]kt|Sankt)\.?[ ]{_WORD}(?:[ ](?!Hans|Skole|Plejehjem){_WORD})?")


def _named(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    for at, token in enumerate(tokens):
        low = token.low
        if (not low.endswith(_HOMES) or low.endswith("dissektion")) and not (
            token.capital and low in _CAPITAL_HEADS
        ):
            continue
        if not low.endswith(_ONLY_BEFORE):
            yield from _behind(text, token)
        if low not in _ONLY_AFTER and at:
            yield from _ahead(text, tokens, at)
        if token.capital:
            yield from _joined(token)


def _behind(text: str, token: Token) -> Iterator[Span]:
    """'Lægehuset Søndertorv', 'Klinik: Smilehjørnet', 'plejehj. Strandmarken', 'plejehjemmet solgården'."""
    end = token.word.end
    shortened = (text[end : end + 1] == ":" and token.low in _TITLES) or (
        text[end : end + 1] == "." and token.low.endswith(("hj", "afd", "amb"))
    )
    match = _AFTER.match(text, end + shortened)
    if match and not _says_nothing(match["name"]):
        name = match["name"]
        last = name.rsplit(" ", 1)[-1].lower()
        if last.endswith(_HOMES) or last in _CAPITAL_HEADS:
            name = name[: -len(last)].rstrip()
        if name.lower() not in ("", "i", "på", "ved", "v.", "for"):
            start = match.start("name")
            yield Span(start, start + len(name), Kind.ORG_UNIT, name, NAME, 0.8)
    small = None if match else _SMALL_AFTER.match(text, end)
    if small and not facts(small["name"]) & (STOPWORD | INNOCENT):
        yield span(small, Kind.ORG_UNIT, NAME, 0.5, "name")


_TITLES = frozenset(
    {
        "klinik",
        "klinikken",
        "praksis",
        "lægehus",
        "lægehuset",
        "apotek",
        "skole",
        "institution",
        "plejehjem",
        "plejecenter",
        "bosted",
        "afdeling",
        "afsnit",
        "hospital",
        "lægerne",
    }
)


def _says_nothing(name: str) -> bool:
    words = [word.lower().rstrip(".") for word in name.split(" ")]
    first = (
        words[1]
        if words[0] in ("i", "på", "ved", "v", "for") and len(words) > 1 and name[0].islower()
        else words[0]
    )
    if first in ("ved", "på", "under", "bag", "nord", "syd", "øst", "vest", "st", "sct", "skt", "dr", "ny"):
        return len(words) == 1 and first not in ("nord", "syd", "øst", "vest")
    return (
        first in _GENERIC
        or first.endswith(_ADJECTIVES)
        or bool(facts(first) & (STOPWORD | INNOCENT) and not facts(first) & TOWN)
    )


_ADJECTIVES = ("isk", "ært", "ske", "iske", "elt", "ende")


def _ahead(text: str, tokens: Sequence[Token], at: int) -> Iterator[Span]:
    """'Svane Apotek', 'Horsens skadestue', 'Ll. Mariendal Centeret'."""
    head, first = tokens[at], at
    while first and at - first < 3 and _part_of_a_name(text, tokens[first - 1], tokens[first]):
        first -= 1
    while first < at and (tokens[first].low in _GENERIC or tokens[first].low.endswith(_ADJECTIVES)):
        first += 1
    if first == at:
        return
    start, end = tokens[first].word.start, tokens[at - 1].word.end
    known = facts(tokens[at - 1].low) | facts(tokens[at - 1].low.rstrip("s"))
    opens = (
        tokens[first].opens
        and at - first == 1
        and not known & (TOWN | VILLAGE | SURNAME)
        and not head.capital
    )
    opens = opens or (head.word.text.isupper() and not known & (TOWN | VILLAGE))
    yield Span(
        start, end, Kind.ORG_UNIT, text[start:end], NAME, 0.35 if opens else 0.8 if head.capital else 0.6
    )


def _part_of_a_name(text: str, token: Token, following: Token) -> bool:
    gap = text[token.word.end : following.word.start]
    if (gap != " " and not (gap == ". " and len(token.low) < 4)) or not token.capital:
        return False
    if text[token.word.start - 1 : token.word.start].isdigit():
        return False  # the end of a code
    bits = facts(token.low)
    if token.low in ("ved", "på", "sct", "skt", "st", "dr", "ll", "gl", "sankt"):
        return not token.opens or token.low in ("ved", "sct", "skt", "dr", "ll", "gl", "sankt")
    return not (bits & (STOPWORD | INNOCENT) and not bits & TOWN) and not token.low.endswith(_HOMES)


def _joined(token: Token) -> Iterator[Span]:
    """'Bjørneapoteket', 'Vibeskolen', 'Friklinikken' inside a sentence."""
    low = token.low
    for head in (
        "apotek",
        "apoteket",
        "skolen",
        "klinikken",
        "lægehuset",
        "centret",
        "centeret",
        "plejehjem",
        "plejecenter",
        "sygehus",
        "hospice",
        "hospital",
        "børnehave",
        "lægerne",
    ):
        if low.endswith(head) and len(low) - len(head) >= 3:
            beginning = low[: -len(head)]
            if (
                beginning in _KINDS
                or beginning.rstrip("s") in _KINDS
                or beginning.endswith(tuple(_LONG_KINDS))
            ):
                return
            yield Span(
                token.word.start,
                token.word.end,
                Kind.ORG_UNIT,
                token.word.text,
                NAME,
                0.35 if token.opens else 0.6,
            )
            return


_LONG_KINDS = frozenset(kind for kind in _KINDS if len(kind) > 4)
