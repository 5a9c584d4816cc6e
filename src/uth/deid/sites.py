"""Sites (steder og enheder): a town, a ward or a clinic becomes what kind of place it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uth.deid.lexicon import TOWN, VILLAGE, facts
from uth.deid.ordinals import nth
from uth.deid.span import Kind, Span


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of place as a tag writes it: the first 'sygehuset', the next 'det andet sygehus'."""

    noun: str
    definite: str
    article: str = "det"


def _sorts(table: str) -> tuple[tuple[Sort, re.Pattern[str], re.Pattern[str]], ...]:
    found = []
    for line in table.strip().splitlines():
        definite, article, noun, words = line.split(maxsplit=3)
        before = re.compile(rf"(?<![^\W_])(?:{words})(?:[ ]nr\.?)?[ ]{{1,2}}[»\"“]?$", re.IGNORECASE)
        after = re.compile(rf"[»\"”]?[ ](?:{words})(?P<s>s?)(?![^\W_])", re.IGNORECASE)
        found.append((Sort(noun, definite, article), before, after))
    return tuple(found)


# definite form, article of 'the other', noun, and how it is written beside a name
_SORTS = _sorts(
    r"""
sengeafsnittet det sengeafsnit senge?afs(?:nit(?:tet)?|\.)?
sengeafdelingen den sengeafdeling sengeafd(?:eling(?:en)?|\.)?
plejehjemmet det plejehjem (?:fri)?plejehjem(?:met)?
plejecentret det plejecenter pleje(?:bolig)?cent(?:er|ret|eret)
ældrecentret det ældrecenter ældrecent(?:er|ret|eret)
omsorgscentret det omsorgscenter omsorgscent(?:er|ret|eret)
demenscentret det demenscenter demenscent(?:er|ret|eret)
sundhedscentret det sundhedscenter sundhedscent(?:er|ret|eret)
genoptræningscentret det genoptræningscenter (?:genoptrænings|rehabiliterings)cent(?:er|ret|eret)
aktivitetscentret det aktivitetscenter (?:aktiv|aktivitets|dag)cent(?:er|ret|eret)
bostedet det bosted bosted(?:et)?|opholdssted(?:et)?
botilbuddet det botilbud botilbud(?:det)?
bofællesskabet det bofællesskab bofællesskab(?:et)?
hospicet det hospice hospice(?:t)?
lægehuset det lægehus lægehus(?:et)?|lægecent(?:er|ret|eret)|lægerne
lægeklinikken den lægeklinik lægeklinik(?:ken)?|lægepraksis
tandklinikken den tandklinik tandklinik(?:ken)?|tandlægerne|tandlægehuset
klinikken den klinik klinik(?:ken)?
apoteket det apotek apotek(?:et)?
sygehuset det sygehus (?:central|region|regions)?sygehus(?:et)?
hospitalet det hospital (?:universitets|regions|privat)?hospital(?:et)?
afsnittet det afsnit afs(?:n(?:it(?:tet)?)?)?\.?
afdelingen den afdeling afd(?:eling(?:en)?)?\.?
ambulatoriet det ambulatorium amb(?:ulatori(?:um|et))?\.?
skadestuen den skadestue skadestue(?:n)?
akutmodtagelsen den akutmodtagelse akutmodtagelse(?:n)?
fødegangen den fødegang fødegang(?:en)?|fødeafsnit(?:tet)?
hjemmeplejen den hjemmepleje hjemmepleje(?:n)?
sygeplejen den sygepleje (?:hjemme)?sygepleje(?:n)?
gruppen den gruppe gruppe(?:n)?
teamet det team team(?:et)?
holdet det hold (?:vagt)?hold(?:et)?
distriktet det distrikt distrikt(?:et)?
skolen den skole skole(?:n)?
børnehaven den børnehave børnehave(?:n)?
vuggestuen den vuggestue vuggestue(?:n)?
daghjemmet det daghjem daghjem(?:met)?
kommunen den kommune kommune(?:n)?
enheden den enhed enhed(?:en)?
"""
)
_PARTS_OF_A_HOUSE = frozenset(
    {"sengeafsnit", "sengeafdeling", "afsnit", "afdeling", "ambulatorium", "team", "gruppe"}
)
_BY_NOUN = {sort.noun: sort for sort, _, _ in _SORTS}
_UNIT, _WARD, _HOSPITAL = _BY_NOUN["enhed"], _BY_NOUN["afdeling"], _BY_NOUN["sygehus"]
_TOWN, _ISLAND, _SITE = Sort("by", "by", "den"), Sort("ø", "ø", "den"), Sort("sted", "sted")
_NUMBER = Sort("nr.", "nr.")
_PART = Sort("landsdel", "landsdelen", "den")
_NAME = Sort("navn", "navn")  # where the words beside it say the kind, and a tag would say it twice
ALL = (*_BY_NOUN.values(), _TOWN, _ISLAND, _SITE, _NUMBER, _PART)

_HOSPITALS = frozenset(
    [
        "riget",
        "rh",
        "rigshospitalet",
        "skejby",
        "auh",
        "ouh",
        "gentofte",
        "herlev",
        "hvidovre",
        "bispebjerg",
        "glostrup",
        "bbh",
        "frh",
        "nordsjællands",
        "aarhus",
        "universitetshospital",
        "sydvestjysk",
        "gødstrup",
        "sønderjylland",
        "filadelfia",
        "steno",
    ]
)
_ISLANDS = frozenset(
    [
        "læsø",
        "fanø",
        "samsø",
        "bornholm",
        "ærø",
        "fyn",
        "lolland",
        "falster",
        "langeland",
        "møn",
        "als",
        "anholt",
        "endelave",
        "femø",
        "fejø",
        "askø",
        "tunø",
        "hjarnø",
        "venø",
        "fur",
        "mors",
        "thyholm",
        "rømø",
        "mandø",
        "sejerø",
        "orø",
        "nekselø",
        "omø",
        "agersø",
        "sjælland",
        "amager",
        "saltholm",
        "hesselø",
        "christiansø",
        "drejø",
        "skarø",
        "avernakø",
        "strynø",
        "tåsinge",
        "thurø",
        "bogø",
        "aarø",
        "årø",
        "birkholm",
        "hjortø",
        "lyø",
        "bågø",
        "barsø",
        "egholm",
    ]
)
_MUNICIPALITIES = frozenset(
    [
        "guldborgsund",
        "vesthimmerland",
        "jammerbugt",
        "syddjurs",
        "norddjurs",
        "favrskov",
        "mariagerfjord",
        "rebild",
        "lejre",
        "halsnæs",
        "gribskov",
        "furesø",
        "rudersdal",
        "egedal",
        "hedensted",
        "faaborg-midtfyn",
        "nordfyn",
        "ikast-brande",
        "ringkøbing-skjern",
    ]
)
_PARTS = frozenset(
    [
        "jylland",
        "sjælland",
        "nordjylland",
        "midtjylland",
        "vestjylland",
        "østjylland",
        "sønderjylland",
        "sydjylland",
        "nordsjælland",
        "vestsjælland",
        "sydsjælland",
        "himmerland",
        "vendsyssel",
        "sydfyn",
        "nordfyn",
        "vestfyn",
        "østfyn",
        "thy",
        "salling",
        "djursland",
    ]
)
_LISTED = ((_ISLANDS, _ISLAND), (_PARTS, _PART), (_MUNICIPALITIES, _BY_NOUN["kommune"]))
_ROOM = re.compile(
    r"(?:stue|seng|værelse|lejlighed|lejl\.|bolig|celle|etage|opgang|bygning|rum|plads)(?:[ ]nr\.?)?[ ]$",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-ZÆØÅa-zæøå]{0,3}[ -]?\d{1,4}[A-Za-zæøå]?|[A-ZÆØÅ]{1,4}|[A-Za-z]\d?[ -].{1,12}")
_ADJECTIVE = re.compile(
    r"[^\W\d_]{2,}(?:sk|ske|ende|givende|iv|el)[ ](?:senge)?(?:afd|afs|klinik|amb|enhed|team)[^ ]{0,14}[ ]{1,2}$"
)

# 'Sønderbro Endoskopiklinik': the word beside it says more than a tag would.
_COMPOUND = re.compile(
    r"[ ][^\W\d_]{4,20}(?:klinik|afdeling|afsnit|ambulatorium)(?:ken|en|tet|met)?s?(?![^\W_])"
)


class Sites:
    """The places and units of the texts of one event; the same name is the same place in all of them."""

    def __init__(self) -> None:
        self._sorts: dict[str, Sort] = {}
        self._tags: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def learn(self, text: str, spans: Sequence[Span]) -> None:
        """A name that once stands beside 'plejehjem' is a care home wherever it stands."""
        for near in _all_near(text, spans):
            if near.said or near.key not in self._sorts:
                self._sorts.setdefault(near.key, near.sort)
                if near.said and self._sorts[near.key] in (_UNIT, _WARD, _TOWN, _SITE, _HOSPITAL):
                    self._sorts[near.key] = near.sort

    def tags(self, text: str, spans: Sequence[Span]) -> dict[Span, tuple[int, int, str]]:
        """What stands for each place, with the word for its kind beside it."""
        written = {}
        for near in _all_near(text, spans):
            sort = self._sorts[near.key]
            if near.plain:
                words = _NUMBER.noun if any(map(str.isdigit, near.span.text)) else _NAME.noun
                written[near.span] = (near.span.start, near.span.end, f"[{words}]")
                continue
            if near.said and near.sort != sort and near.start != near.span.start:
                sort = near.sort
            words = self._tag(near.key, sort)
            written[near.span] = (near.start, near.end, f"[{words}]{near.genitive}")
        return written

    def _tag(self, key: str, sort: Sort) -> str:
        if key not in self._tags:
            group = key.partition(":")[0] if sort is _NUMBER else sort.noun
            count = self._counts[group] = self._counts.get(group, 0) + 1
            self._tags[key] = (
                sort.definite if count == 1 else f"{sort.article} {nth(count, sort.article)} {sort.noun}"
            )
        return self._tags[key]


@dataclass(frozen=True, slots=True)
class _Near:
    """A place with the words beside it. `said`: they tell its kind; `plain`: they stay, for they are not its alone."""

    span: Span
    key: str
    sort: Sort
    start: int
    end: int
    said: bool = False
    plain: bool = False
    genitive: str = ""


def _all_near(text: str, spans: Sequence[Span]) -> Iterator[_Near]:
    done = 0  # a word between two names belongs to one of them
    for at, span in enumerate(spans):
        if span.kind in (Kind.ORG_UNIT, Kind.LOCATION):
            last = spans[at + 1].start if at + 1 < len(spans) else len(text)
            near = _near(text, span, max(done, span.start - 50), min(last, span.end + 40))
            yield near
            done = near.end
        else:
            done = span.end


def _near(text: str, span: Span, first: int, last: int) -> _Near:
    key = "".join(char for char in span.text.casefold() if char.isalnum()).removesuffix("s")
    ahead = text[first : span.start]
    if span.kind is Kind.LOCATION and (_numbered(span.text) or _ROOM.search(ahead)):
        cue = re.search(r"([^\W\d_]*)\W*$", ahead)
        return _Near(span, f"{cue[1].lower() if cue else ''}:{key}", _NUMBER, span.start, span.end)
    if _COMPOUND.match(text, span.end, last):
        return _Near(span, key, _UNIT, span.start, span.end, plain=True)
    for sort, before, after in _SORTS:
        if match := before.search(ahead):
            if _ADJECTIVE.search(ahead.lower()):
                return _Near(span, key, sort, span.start, span.end, plain=True)
            return _Near(span, key, sort, span.start - len(match.group()), span.end, said=True)
        if (match := after.match(text, span.end, last)) and not _of_the_next(text, sort, match.end(), last):
            return _Near(span, key, sort, span.start, match.end(), said=True, genitive=match["s"])
    return _Near(span, key, _guessed(span), span.start, span.end)


def _of_the_next(text: str, sort: Sort, end: int, last: int) -> bool:
    """In 'Skejby afd. B4' the ward is B4, while in 'Svane Apotek Odense' the pharmacy is Svane."""
    return sort.noun in _PARTS_OF_A_HOUSE and last < len(text) and text[end:last] == " "


def _guessed(span: Span) -> Sort:
    """What the name itself says."""
    low = span.text.casefold().strip()
    if span.kind is Kind.LOCATION:
        names = {low, low.removesuffix("s")}
        known = next((sort for listed, sort in _LISTED if names & listed), None)
        return known or (_TOWN if any(facts(name) & (TOWN | VILLAGE) for name in names) else _SITE)
    if re.split(r"[\s-]", low)[0] in _HOSPITALS or "hospital" in low or "sygehus" in low:
        return _HOSPITAL
    said = next((sort for sort, _, _ in _SORTS if len(sort.noun) > 5 and sort.noun in low), None)
    return said or (_WARD if _CODE.fullmatch(span.text.strip()) else _UNIT)


def _numbered(text: str) -> bool:
    return any(map(str.isdigit, text)) or len(text.strip()) <= 2
