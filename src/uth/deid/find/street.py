"""What a street looks like (vejnavne): its endings, the words before it, and what only looks like one."""

import re
from collections.abc import Sequence

from uth.deid.find.person import Strength, Token
from uth.deid.lexicon import ABBREVIATION, INNOCENT, STOPWORD, facts

# After these a word is a street nearly always ...
SURE_ENDINGS = (
    "vej", "vejen", "gade", "gaden", "allé", "alle", "allen", "alléen", "alleen", "stræde", "strædet", "boulevard", "boulevarden", "vænge", "vænget",
    "torv", "torvet", "plads", "pladsen", "gyde", "gyden", "stien", "sti", "toften", "tofte", "skrænten", "terrasse", "passagen", "kvt", "gåde", "væj", "veg",
)  # fmt: skip
# ... after these when it bears a capital letter or stands where somebody lives.
LOOSE_ENDINGS = (
    "park", "parken", "have", "haven", "haverne", "mark", "marken", "lund", "lunden", "bakke", "bakken", "bakker", "høj", "højen", "krog", "krogen",
    "ager", "ageren", "agre", "gård", "gården", "gaard", "dalen", "engen", "kær", "kæret", "løkke", "løkken", "vang",
    "vangen", "kaj", "kajen", "broen", "brink", "brinken", "hegn", "hegnet", "dige", "diget", "mose", "mosen", "holm", "holmen",
    "kilde", "kilden", "mølle", "møllen", "skov", "skoven", "banke", "banken", "bjerg", "bjerget", "kvarter", "kvarteret", "husene", "rækken", "rækkerne",
    "ringen", "svinget", "sving", "buen", "søen", "vig", "vigen", "strand", "stranden", "porten", "sletten", "slette",
    "heden", "ageren", "engdraget", "draget", "krattet", "bækken", "remisen", "vænger", "skiftet", "folden", "kobbelet", "lodden", "lejet", "camping", "kollegiet", "kollegium", "dossering", "dosseringen", "bro", "næs", "eng", "dal", "ende", "åsen", "toft", "odde", "pynten", "jorden", "minde", "lyst", "stald", "værket", "bugten", "parkens", "jord", "stykket", "knolden", "dammen",
    "graven", "volden", "løbet", "kløften", "skrænt", "brygge", "terrasserne", "haugen", "huse", "stranden", "reden", "skellet",
    "kanten", "hjørnet", "hylden", "lysningen", "stien", "fælled", "fælleden", "holt", "hegnene", "tunet",
)  # fmt: skip
# Endings that are a street only with a word before them: 'Ny Vej', 'Vollsmose Allé'.
_BARE = frozenset(
    {
        "vej", "gade", "allé", "alle", "stræde", "boulevard", "vænge", "torv", "plads", "gyde", "sti", "terrasse", "have", "park", "kvarter", "kvt",
        "bygade", "kirkevej", "strandvej", "landevej", "kongevej", "hovedgade", "stationsvej", "langgade", "kirkegade", "tværgade", "brygge", "ring",
        "mark", "skov", "kaj", "bakke", "ringgade", "ringvej", "tværvej", "skolevej", "badehotelvej", "søndergade", "nørregade", "banegårdsgade",
        "hovedvej", "overdrev", "enghave", "lyngbakke", "markvej", "møllevej", "pl", "bygvej", "byvej", "lund", "toft", "mose", "høj",
    }
)  # fmt: skip
_GENERIC_WORDS = """
    alle allé kvarter kvt terrasse brygge vejen gaden pladsen stien stræde strædet vej gade plads sti alléen torv boulevard
    vænge vænget gyde have haven park parken mark marken skov skoven bakke bakken gård gården høj højen bro broen seng eng
    engen kaj kajen ring ringen port porten jord jorden minde lyst ly led bo dal vig sving bjerg havn havnen strand stranden
    mose næs ende gangen hjemmet centret hjørnet huse kanten eje rod rød søen heden brygge værket kilde mølle banken banke
    dreng drengen streng penge bolig selvom derhen hvorhen omgang adgang udgang indgang nedgang gang overgang tilgang opgang
    fodgang
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_BODY = re.compile(
    r"(?:senge|arbejds|parkerings|lege|bygge|holde|stå|sidde|ventet?|venteliste|behandlings|aflastnings|kontor|døgn|vagt|akut|rehabiliterings|pleje|disk|aften|luft|for|over|under|urin|"
    r"galde|halv|indgangs|adgangs|administrations|give|om|gen|føde|fødsels|lymfe|nerve|lednings|henvisnings|infusions|smitte|tilbage|tåre|hjælpe|post|side|"
    r"gå|privat|motor|indkørsels|cykel|flugt|rednings|hoved(?=vej)|ud|ind|hjem|transport|service|kommando|kommunikations|tjeneste|tarm|svælg|mellem|gang|luftrør|"
    r"praktik|studie|skole(?=plads)|uddannelses|op|mave|rute|kørsels|sam|af|til|en|hver|ofte|fysio)"
    r"(?:vej|plads|sti|gade|tofte)(?:en|ene|e|s|er)?$|^(?:ofte|gåde|sofaen|veg|osti|stofte|[^\W\d_]{0,2}allen|tallen|hallen|palle|kalle|halle|skalle|[^\W\d_]*(?:met|sig|inter|x|f|fort)allen|sti|festi|prosti|frosti|mor?sgade|gæstesti|opgave|medgave)$|mangel|"
    r"(?:ens|els)veg$"
)
_AHEAD_WORDS = """
    gl gammel gamle ny nye nørre nr ndr nordre sdr sønder søndre syd øster østre øst vester vestre vest store st lille ll li
    sct skt sankt dronning kong hf haveforeningen kollegiet kirke prins prinsesse øvre nedre dr v ø n s h c j p a b i sir
    frue fru ved under bag på over mellem ad kgs kr
"""
_AHEAD = frozenset(_AHEAD_WORDS.split())
_ROADS = frozenset(
    {
        "vej",
        "gade",
        "allé",
        "boulevard",
        "stræde",
        "torv",
        "vænge",
        "landevej",
        "kirkevej",
        "skolevej",
        "byvej",
    }
)
PLACED = frozenset(
    {"ved", "under", "bag", "på", "over", "mellem", "langs", "foran", "hf", "haveforeningen", "kollegiet"}
)
_SENTENCE_WORDS = """
    pt patienten borgeren bor boede bosat beboer adresse adressen adr bopæl fra til i hos hr hun han og af kørt kørte den
    det hjem ambulance kontor klinik fundet afhentning tidligere nu være er center centret neurocenter instrumentbakke skal
    kaldt hjørnet bil tur vogn indsats melding kundens adressen: sommerhuset hjemme bostedet brev sendt enten eller samme
    naboen fam familien gården ejendommen opholdsadr hjemmeadr vejen gaden
"""
_SENTENCE = frozenset(_SENTENCE_WORDS.split())
ORG_HEAD = re.compile(
    r"(?:(?:^|l[æe]ge|sundheds|syge|børne|døgn|akut|patient|bo|pleje)hus(?:et)?|klinik(?:ken)?|cent(?:er|ret|eret)|lægerne|lægen?|apotek(?:et)?|skolen?|hospital(?:et)?|"
    r"plejehjem(?:met)?|bosted(?:et)?|afdeling(?:en)?|afsnit(?:tet)?|praksis|børnehaven?|distrikt(?:et)?|gruppen?|team(?:et)?|hjemmeplejen|arrest)$"
)
_NOT_LOOSE = (
    "seng",
    "sengen",
    "omgang",
    "dreng",
    "streng",
    "penge",
    "sende",
    "gende",
    "rende",
    "nende",
    "lende",
    "tende",
    "dende",
    "kende",
    "vende",
    "skende",
    "mende",
)


def ending(low: str) -> int:
    """2 where the word ends as a street, 1 where it may, else 0."""
    if low.endswith(SURE_ENDINGS):
        return 0 if _BODY.search(low) else 2
    return 1 if low.endswith(LOOSE_ENDINGS) and not low.endswith(_NOT_LOOSE) else 0


def is_bare(low: str) -> bool:
    """A street's last word that says nothing alone: 'Vej', 'Kirkevej'."""
    return low in _BARE


def is_generic(low: str) -> bool:
    """A common noun: 'vejen', 'haven'."""
    return low in _GENERIC


def first_of(text: str, tokens: Sequence[Token], at: int) -> int:
    """Where the street whose last word stands at `at` begins."""
    first = at
    bare = tokens[at].low in _BARE
    while first and at - first < 4:
        token, following = tokens[first - 1], tokens[first]
        gap = text[token.word.end : following.word.start]
        wrapped = gap == "\n" and following.low in _BARE and not following.capital
        if not wrapped and (gap not in (" ", ". ", ".") or (gap != " " and len(token.low) > 3)):
            break
        if (
            len(token.low) == 1
            and text[max(0, token.word.start - 2) : token.word.start].strip()[-1:].isdigit()
        ):
            break  # 9 B Østre Stationsvej
        if not wrapped and not _belongs(token, following, dotted=gap[0] == ".", bare=bare and first == at):
            break
        first -= 1
        if token.low in PLACED:
            break
    return first


def _belongs(token: Token, following: Token, *, dotted: bool, bare: bool) -> bool:
    low = token.low
    if following.low == "alle" and not following.capital:
        return False
    small_road = bare and following.low in _ROADS and not (token.capital or following.capital)
    if small_road and low not in _AHEAD:  # 'skt. pauls gade', 'vollsmose allé'
        return len(low) > 2 and low not in _SENTENCE and not facts(low) & STOPWORD
    if low in _AHEAD:
        return _leads(token, following, dotted=dotted or small_road)
    if not token.capital or low in _SENTENCE or ORG_HEAD.search(low):
        return False
    if token.opens and not (bare or token.strength > Strength.UNKNOWN or is_bare(following.low)):
        return False
    nothing = STOPWORD if bare else STOPWORD | ABBREVIATION
    return (bare or token.strength is not Strength.NEVER) and not facts(low) & nothing


def _leads(token: Token, following: Token, *, dotted: bool) -> bool:
    """'Gl. Landevej', 'ny gade', 'Ved Skoven'; but 'på Landevej' begins with the road."""
    if token.low in PLACED or len(token.low) == 1:
        return token.capital and not (token.opens and token.low in ("i", "på"))
    return token.capital or dotted or not following.capital


def unknown(token: Token) -> bool:
    """A word in no list: perhaps a street nobody foresaw, but not 'Actrapid' or 'Stue'."""
    return (
        token.strength is Strength.UNKNOWN
        and len(token.low) > 3
        and not facts(token.low) & (STOPWORD | ABBREVIATION | INNOCENT)
    )
