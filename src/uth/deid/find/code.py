"""Case, sample, device and user numbers (sags- og brugernumre), known by the word before them or by their shape."""

import re
from collections.abc import Iterator

from uth.deid.dictionary import ordinary
from uth.deid.find import cues
from uth.deid.find.cues import Cue
from uth.deid.find.figures import figures
from uth.deid.find.pattern import after, before, span
from uth.deid.lexicon import facts
from uth.deid.span import Kind, Span

NAME = "code"

# A code is made of pieces: words with a digit in them, and short words of capitals beside such a one.
_TOKEN = re.compile(r"(?<![^\W_])[^\W\d]{0,24}\d\w{0,40}")
_ABBREVIATED = r"(?:BT|CRP|CK|HR|RF|TP|BS|SAT|INR|EKG|CT|NPU|DNK|ATC|SKS|ICD|LOT|KL|HB|GCS|EWS|TOKS|VAS|NRS|MG|ML|IE|PH|BE|AF|OG|I|NR|KG|CVR|CPR|TLF|FR|CH|ER|FIK|PÅ|SPO|MED|TIL|FRA|DEN|HUN|HAN|VAR|ASA|ISO|HTTP|VARENR|VNR)"
_CAPS = rf"(?!{_ABBREVIATED}(?![^\W_]))[A-ZÆØÅ]{{1,5}}(?![^\W_])"
_SIGN = r"(?:[ ]?[-/\\·#_*–]{1,2}[ ]?|[ ]?\.(?! )|[ ]\.[ ](?=\d)|:(?! ))"
_LEAD = re.compile(
    rf"(?<![^\W_])(?:(?:{_CAPS}|[A-ZÆØÅ][A-ZÆØÅ.]{{0,5}}(?=[-/\\_#.·:+])|[a-zæøå]{{1,8}}(?=[-_/\\])(?<!mmol)(?<!mg)(?<!ml))(?:[ ]?[-/\\·+:#_]{{1,2}}[ ]?|\.|[ ])){{1,3}}[#*(]{{0,2}}$|"
    r"(?<![^\W_])[a-z]\.[a-z]\.[ ]?$|(?<![^\W_])[pb]-$|[#*]{1,2}$"
)
_UNIT_WORD = r"(?:mg|ml|µg|mikrogram|gram|g|kg|kr|kroner|ie|enheder|mm|cm|%|celler|kcal|steps|skridt|mmol|timer?|min|minutter|dage|uger|år|sek|gange|stk|tabl?|tbl|døgn|liter|l|patienter|borgere|sider|procent|ppm|mmhg|watt|volt)"
_UNIT = re.compile(rf"[ ]?(?:{_UNIT_WORD})(?![^\W_])|%")
_REST = re.compile(
    rf"(?:{_SIGN}|[ ]{{1,2}}(?!\d{{1,2}}[.:]\d\d(?!\d))|(?=\())(?!\d{{1,4}}(?:[,.]\d+)?[ ]?{_UNIT_WORD}(?![^\W_]))(?!\d{{1,3}},\d)"
    rf"(?:(?:\([^\W_]{{1,4}}\)[ ]?)?[^\W\d]{{0,12}}\d\w{{0,30}}|{_CAPS})"
)
_TAIL = re.compile(
    r"[-/_.][A-Za-zÆØÅæøå]{1,16}(?![^\W_])(?:\.\w{2,4}(?![^\W_]))?|[ ]?[#*](?!\w)|[ ]/[ ]?[a-zA-Z]{1,4}(?![^\W_])"
)
_FILE = re.compile(
    r"(?<![^\W])[\w+-]{2,60}(?:\.[\w-]{1,30})?\.(?:pdf|docx?|xlsx?|jpe?g|png|heic|tiff?|dcm|mp[34]|mov|wav|m4a|txt|csv|log|zip|msg|eml|xml|json)(?![^\W_])",
    re.IGNORECASE,
)
_A_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|jpe?g|png|heic|tiff?|dcm|mp[34]|mov|wav|m4a|txt|csv|log|zip|msg|eml|xml|json)",
    re.IGNORECASE,
)
_PATH = re.compile(r"\\\\[\w.-]{2,40}(?:\\[\w.$-]{1,60}){1,8}")
_MAC = re.compile(
    r"(?<![\w:-])(?:[0-9A-Fa-f]{2}[:-]){3,7}[0-9A-Fa-f]{2}(?![\w:-])|(?<![\w:])[0-9a-fA-F]{1,4}:(?::?[0-9a-fA-F]{1,4}){2,7}(?![\w:])"
)
_USER_NAME = re.compile(
    r"(?-i:[bluiBLUI])(?<![^\W_].)(?:(?<=b)ruger(?:navn(?:et)?|-?id)?|(?<=l)og-?in|(?<=u)ser(?:name|[ _-]?id)?|(?<=u)sr|(?<=i)nitialer|(?<=i)d)(?:[ ]?[:=][ ]?|[ ](?:er|var)?[ ]?)[\"'”“»(]?"
    r"(?P<name>[A-Za-zæøåÆØÅ]{2,12}(?:[\\._-][A-Za-zæøåÆØÅ]{1,12}){0,2})(?![^\W_])",
    re.IGNORECASE,
)
_IP = re.compile(r"(?:\d{1,3}[ ]?\.[ ]?){3}\d{1,3}(?:/\d{1,2})?")
_CASE = re.compile(
    r"(?:19|20)?\d{2}[-/]\d{4,8}|\d{2,6}[-/.]\d{2,6}[-/]\d{2,8}(?:[-/.]\w{1,8}){0,3}|\d{4}-\d{4,5}-\d{4,5}-\d\d"
)
_PLATE = re.compile(r"[A-ZÆØÅ]{2}[ -]?\d{2}[ ]?\d{3}")
_DATE = re.compile(
    r"(?:[0-3]?\d[./-][01]?\d(?:[./-](?:19|20)?\d\d)?|(?:19|20)\d\d(?:-[01]\d(?:-[0-3]\d)?)?|(?:19|20)\d\d[-–]20\d\d)\.?"
)
_CLOCK = re.compile(r"[0-2]?\d[.:][0-5]\d(?:[:.][0-5]\d)?(?:[-–][0-2]?\d[.:][0-5]\d)?")
# Codes of the trade: they name things, not people.
_TRADE = re.compile(
    r"(?i:NPU|DNK|NPU-DNK|KB|HTTP|RFC|ISO|EN|FFP|COVID|SARS|DIS|XDIS|RPT|IPv|PM|CYP|CD|IL|ICPC)[ -]?\d{1,7}(?:[-:]\d{1,5})?|[A-Z]\d{2}[A-Z]{2}\d{2}|D[A-Z]\d{2,5}[A-Z]?\d?|[A-Z]\d{2}\.\d{1,2}[A-Z]?|"
    r"[BKUWZTAXN][A-Z]{2,4}\d{1,5}[A-Z]?\d{0,2}[A-Z]?|[MTFSPÆ]-?\d{5}|V\d{4,6}|[A-Z]{1,3}\d{1,3}|[A-Z]\d{1,2}-[A-Z]?\d{1,2}|T\d[a-z]?N\d\w?(?:M\d)?|[a-zA-Z]{1,4}\d{1,2}[a-z]?\d?|\d{1,4}[a-zA-Z]{1,3}|0x[0-9A-Fa-f]+|\d{1,2}[A-Z]-?[A-Z]?\d?"
)
_NAME_AHEAD = re.compile(r"[A-ZÆØÅ][^\W\d_]+\.?(?: \(|, )$")
_CAPITALS = re.compile(r"(?<![^\W_])[A-ZÆØÅ]{2,4}[ ]$")
_LETTERS = re.compile(r"[^\W\d_]+")
_UPDATED = re.compile(r"(?:opdater\w*|opgrader\w*|patch\w*|version\w*|firmware\w*|build)[^.!?]{0,12}$")
_DOOR = re.compile(r"nøgle|boks|dør|port\b|låge|adgang|mødekode|alarmen|indgang|opgang|hoveddør")
_AND = re.compile(r"[ ]?(?:\([^()\n]{1,16}\))?[ ]?(?:,|;|/|\+|og|eller|mod|samt|til)[ \n]{1,2}(?:nr\.?[ ])?")
_SERIAL_AHEAD = re.compile(r"[sS]/[nN][ .:]*$")
_SERIAL = re.compile(r"(?:SN|S/N|ID|RK|REG)[ :.-]?\d{3}")
_THINGS_OF_THE_TRADE = frozenset({Cue.MEASURE, Cue.GOODS})
_ANNOUNCES = frozenset({Cue.ID, Cue.THING, Cue.USER, Cue.NR})


def find(text: str) -> list[Span]:
    """Numbers and names of cases, samples, devices, cars and users."""
    found = [*_coded(text), *_in_figures(text)]
    if "." in text:
        found += [
            span(m, Kind.ID, NAME, 0.7)
            for m in (_FILE.finditer(text) if _A_FILE.search(text) else ())
            if any(map(str.isdigit, m[0])) or "_" in m[0]
        ]
    if "\\" in text:
        found += [span(m, Kind.ID, NAME, 0.8) for m in _PATH.finditer(text)]
    if ":" in text or "-" in text:
        found += [span(m, Kind.ID, NAME, 0.85) for m in _MAC.finditer(text) if _hexadecimal(m[0])]
    for match in _USER_NAME.finditer(text):
        if score := 0.7 if _explicit(match) else 0.8 if _no_word(match["name"]) else 0.0:
            found.append(span(match, Kind.ID, NAME, score, "name"))
    return found


def _hexadecimal(value: str) -> bool:
    return any(char in "abcdefABCDEF" for char in value) or value.count(":") + value.count("-") == 5


def _no_word(name: str) -> bool:
    """'bruger hdrask', but not 'bruger rollator' and not 'bruger Hans'."""
    return len(name) > 3 and name.isalpha() and name.islower() and not (ordinary(name) or facts(name))


def _explicit(match: re.Match[str]) -> bool:
    """A user name without digits: only where the text says that here it comes."""
    between = match[0][: match.start("name") - match.start()]
    return (
        between.rstrip(" \"'”“»(").endswith((":", "=")) or between[-1] in "\"'”“»(" or "\\" in match["name"]
    )


def _in_figures(text: str) -> Iterator[Span]:
    for figure in figures(text):
        count = len(figure.digits)
        if figure.endless or (figure.said > 1 and count >= 6):
            yield Span(figure.start, figure.end, Kind.ID, text[figure.start : figure.end], NAME, 0.5)
        elif figure.said and count >= 4 and figure.cue in (Cue.ID, Cue.THING) and figure.far <= 1:
            yield Span(figure.start, figure.end, Kind.ID, text[figure.start : figure.end], NAME, 0.55)
        elif (
            count >= 11
            and len(figure.groups) <= 5
            and min(figure.lengths) >= 3
            and not (figure.cue in (Cue.GOODS, Cue.MEASURE) and figure.far <= 2)
        ) and all(joint in ("-", " ", "") for joint in figure.joints):
            yield Span(figure.start, figure.end, Kind.ID, text[figure.start : figure.end], NAME, 0.5)


def _coded(text: str) -> Iterator[Span]:
    found = Span(0, 0, Kind.ID, "", NAME, 0.0)
    judged = 0
    for token in _TOKEN.finditer(text):
        if token.start() < judged:
            continue
        first, last, score = _code_at(text, token.start(), token.end(), judged)
        if score < 0.7 <= found.score and first - found.end < 24:
            whole = _reach(text, token.end(), spaced=True)
            begin = token.start() - len(_lead(text, token.start(), judged))
            if _alike(text, found, begin, whole):
                first, last, score = begin, whole, 0.7
        judged = max(last, token.end())
        if score:
            found = Span(first, last, Kind.ID, text[first:last], NAME, score)
            yield found


def _alike(text: str, found: Span, first: int, last: int) -> bool:
    """'recept 7712 004 og 7712 005': the second is one as well."""
    size = sum(char.isdigit() for char in text[first:last])
    return (
        size >= 4
        and abs(size - sum(char.isdigit() for char in found.text)) <= 1
        and _AND.fullmatch(text, found.end, first) is not None
        and not _of_the_trade(text[first:last])
    )


def _code_at(text: str, start: int, end: int, done: int) -> tuple[int, int, float]:
    """The code that a word with a digit in it belongs to, and how sure it is."""
    lead = _lead(text, start, done)
    first = start - len(lead)
    if lead.endswith(" ") and sum(map(str.isdigit, text[start : _reach(text, end, spaced=True)])) < 4:
        first = start  # 'PSA 48', 'HPV 16'
    announced = _behind_capitals(text, start, end) if text[start - 1 : start] == " " else None
    if announced is not None:
        return announced, _reach(text, end, spaced=True), 0.8
    cue, far, word = _cue(text, first, lead if first < start else "")
    if cue in _ANNOUNCES and far <= 3:
        last = _reach(text, end, spaced=True)
        score = _announced(text, text[first:last], last, (cue, far, word))
        return first, last if score else _reach(text, end, spaced=False), score
    if (
        lead
        and cue is not Cue.GOODS
        and _PLATE.fullmatch(text, start - len(lead), _reach(text, end, spaced=True))
    ):
        return start - len(lead), _reach(text, end, spaced=True), 0.6
    first = first if lead and not lead.endswith(" ") else start
    last = _reach(text, end, spaced=False)
    return first, last, _by_shape(text, first, last, cue, far)


def _lead(text: str, start: int, done: int) -> str:
    """The capitals or signs before a word with a digit that belong to the same code."""
    ahead = text[max(done, start - 2) : start]
    if not ahead or (ahead[-1] == " " and not (ahead[0].isupper() or ahead[0] in "./-\\_#·:+*")):
        return ""
    lead = _LEAD.search(text, max(done, start - 26), start)
    return lead[0] if lead else ""


def _cue(text: str, first: int, lead: str) -> tuple[Cue | None, int, str]:
    """What announces the code: the words before it, or its own first letters."""
    if first > 1 and text[first - 1] in " .:/,-(" and text[first - 2].isdigit():
        return None, 9, ""  # inside a row of numbers whose beginning was judged
    if lead and cues.CUES.get(lead.strip(" .-:#*").lower()) in (Cue.ID, Cue.THING):
        return Cue.ID, 0, "nr"
    if _SERIAL.match(text, first) or _SERIAL_AHEAD.search(text, max(0, first - 6), first):
        return Cue.ID, 0, "sn"
    cue, far, word = cues.before(text, first)
    return (Cue.ID if cue is Cue.FOUR and word.startswith("løbe") else cue), far, word


def _behind_capitals(text: str, start: int, end: int) -> int | None:
    """'vogn CK 90 331', 'Tvangsprotokol TP 24 00771': capitals that mean a measure elsewhere belong to the number here."""
    capitals = _CAPITALS.search(text, max(0, start - 6), start)
    if not capitals or sum(map(str.isdigit, text[start : _reach(text, end, spaced=True)])) < 5:
        return None
    cue, far, _word = cues.before(text, capitals.start())
    return capitals.start() if cue in (Cue.ID, Cue.THING) and far == 0 else None


def _reach(text: str, end: int, *, spaced: bool) -> int:
    """Where the code ends that has begun: further pieces with their joints, then a tail of letters or a sign."""
    for _ in range(12):
        rest = _REST.match(text, end)
        if not rest or (not spaced and " " in rest[0]):
            break
        end = rest.end()
    tail = _TAIL.match(text, end)
    if tail and (spaced or " " not in tail[0]) and not (tail[0][0] == "." and len(tail[0]) > 6):
        end = tail.end()
    return end


def _announced(text: str, value: str, end: int, cued: tuple[Cue, int, str]) -> float:
    cue, far, word = cued
    digits = sum(char.isdigit() for char in value)
    decimal = digits < 4 and text[end : end + 1] == "," and text[end + 1 : end + 2].isdigit()
    letters_first = _LETTERS.match(value)
    measured = (
        letters_first and digits < 6 and cues.CUES.get(letters_first[0].lower()) in _THINGS_OF_THE_TRADE
    )
    if decimal or measured or _UNIT.match(after(text, end)) or _GOODS_CODE.match(value):
        return 0.0
    timed = bool(_DATE.fullmatch(value) or _CLOCK.fullmatch(value) or _OUT_OF.fullmatch(value))
    letters = sum(char.isalpha() for char in value)
    if cue is Cue.ID and cues.CUES.get(word) is not Cue.THING and not word.endswith(("kode", "koden")):
        if timed:
            return 0.25 if not far and digits > 3 else 0.0
        return _numbered(value, digits + letters, far, word, few=digits < 4)
    if timed or (_TRADE.fullmatch(value) and digits < 4 and cue is not Cue.USER):
        return 0.25 if not timed and digits + letters >= 3 and far == 0 else 0.0
    if cue is Cue.USER:
        return (0.8 if letters else 0.5) if far <= 2 and digits + letters >= 4 else 0.0
    coded = letters > 0 or any(sign in value for sign in "-/#*\\_")
    score = _doubtful(digits, far, coded=coded, plain_nr=cue is Cue.NR, letters=letters)
    if cue is Cue.ID and digits >= 3 and far <= 1:
        score = 0.85
    if far == 0 and digits + letters >= 3 and _opens_a_door(text, end - len(value), word):
        score = max(score, 0.75)
    elif digits < 5 and _DISPLAY.search(before(text, end - len(value))):
        score = min(score, 0.25)
    return score


def _opens_a_door(text: str, start: int, word: str) -> bool:
    """'boks med kode: B0B2', 'host=LAB-GW2': however short, here the text says that it comes."""
    if text[start - 1 : start] == "=":
        return True
    return word in ("kode", "koden") and _DOOR.search(before(text, start, 64)) is not None


def _numbered(value: str, size: int, far: int, word: str, *, few: bool) -> float:
    """After a word that can only announce a number: 'sagsnr', 'CVR'."""
    if few and _TRADE.fullmatch(value) and not word.endswith(("nr", "nummer", "nummeret", "id")):
        return 0.35
    if size < 3 or (few and far and _TRADE.fullmatch(value)):
        return 0.25 if far else 0.55 if size == 2 and word not in ("reg", "no", "nr") else 0.0
    return 0.85 if far <= 1 else 0.6


# What a display shows, and what everybody knows to be a code of a thing.
_DISPLAY = re.compile(r"alarm(?!tlf|br)|fejl|vist|viser|display|melding")
_GOODS_CODE = re.compile(
    r"(?i:NPU|DNK|KB\d{5}|ISO[ -]?\d|HTTP|ICPC|ISBT)|[MTFSPÆ]\d{5}(?!\d)|(?:[A-Z]\d\d[A-Z]{2}\d\d|[KUZBN][A-Z]{3}\d\d[A-Z]?|D[A-Z]\d{3})(?!\w)"
)
_OUT_OF = re.compile(r"\d{1,3}/\d{1,3}")


def _doubtful(digits: int, far: int, *, coded: bool, plain_nr: bool, letters: int) -> float:
    """After 'bil', 'recept', 'sag' or a bare 'nr': the longer and the more of a code, the surer."""
    if far > (1 if plain_nr else 2):
        return 0.4 if digits >= 5 and coded else 0.0
    if digits >= 5 or (coded and digits + letters >= 4 and digits >= 3):
        return 0.75 if far <= 1 else 0.55
    if digits == 4:
        return 0.6 if far == 0 else 0.35
    return 0.25 if digits >= 2 and far == 0 and (coded or digits == 3) else 0.0


def _by_shape(text: str, start: int, end: int, cue: Cue | None, far: int) -> float:
    """A code that no word announces."""
    value = text[start:end]
    digits = sum(map(str.isdigit, value))
    if digits < 3:
        return 0.0
    letters = sum(map(str.isalpha, value))
    goods = (cue is Cue.GOODS and far <= 3) or _UPDATED.search(before(text, start)) is not None
    if value.count(".") == 3 and _IP.fullmatch(value):
        return 0.8 if not goods and _address(value) else 0.0
    small = (cue is Cue.MEASURE and far <= 1) or (cue is Cue.PLACE and far == 0 and digits < 5)
    if goods or small or _UNIT.match(after(text, end)) or _of_the_trade(value):
        return 0.0
    if letters:
        score = _mixed(value, digits, letters)
        return 0.55 if 0 < score < 0.5 and value.islower() and _after_a_name(text, start, end) else score
    if before(text, start, 1) in (".", ",", "/", "+") or after(text, end, 1) in ("/", ","):
        return 0.0
    long = value.isdigit() and 7 <= digits <= 40
    return 0.6 if long or (digits >= 6 and _CASE.fullmatch(value)) else 0.0


def _of_the_trade(value: str) -> bool:
    return bool(_TRADE.fullmatch(value) or _DATE.fullmatch(value) or _CLOCK.fullmatch(value))


def _address(value: str) -> bool:
    parts = [int(part) for part in value.split("/", maxsplit=1)[0].replace(" ", "").split(".")]
    return all(part < 256 for part in parts) and (
        parts[0] in (10, 172, 192) or (parts[0] != 127 and sum(part > 19 for part in parts) >= 2)
    )


def _after_a_name(text: str, start: int, end: int) -> bool:
    """'Rune (z6ruhol)': a user name behind a person's."""
    return bool(_NAME_AHEAD.search(text[max(0, start - 24) : start])) and text[end : end + 1] in (
        ")",
        ".",
        ",",
        "\n",
        "",
    )


def _mixed(value: str, digits: int, letters: int) -> float:
    """Letters and digits: 'H24-07719-2', 'WS-HE-20418'; lower-case words with a few digits may be a user name."""
    signs = sum(value.count(sign) for sign in "-/_.\\#")
    if re.fullmatch(r"\d{1,4}-[a-zæøå]{3,24}", value):  # '2021-udgaven', '36-timers'
        return 0.0
    if letters > 3 * digits and not value.isupper():
        return 0.25 if signs and digits >= 3 else 0.0
    if digits >= 5 or (digits == 4 and signs):
        return 0.6
    return 0.25 if signs or digits >= 4 or value.islower() else 0.0
