"""The cast (de medvirkende): who is who in the texts of one event, so that one person bears one tag in all of them.

Names live in it while it works and nowhere else: it is never stored, never printed, and no table of names leaves it.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from uth.deid.days import Days
from uth.deid.digits import digit_tags
from uth.deid.lexicon import FIRST_NAME_COMMON, SURNAME, VERB, facts
from uth.deid.names import NAME, alike, initials_of, tokens_of, within
from uth.deid.ordinals import nth
from uth.deid.roles import DEFINITE, NOBODY, OWNERS, REPORTER, Beside, Rank, Role, beside, better, covers, led
from uth.deid.sites import Sites
from uth.deid.span import Kind, Span, Who

_LETTERED = re.compile(r"\[[^\[\]]{2,40} ([A-Z]\d{0,2})\]")
_ANOTHER = re.compile(r"\ben anden[ ]$", re.IGNORECASE)
_VAULT = {Who.PATIENT: Role("patient", Rank.PATIENT), Who.REPORTER: REPORTER}


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters start..end of a text give way to these words."""

    start: int
    end: int
    words: str


class Person:
    """One person: the names they go by, and what the texts say of them."""

    __slots__ = ("initials", "namesake", "role", "tag", "tagged", "tokens", "vault")

    def __init__(self, tokens: tuple[str, ...], initials: str, *, namesake: bool) -> None:
        self.tokens = tokens
        self.initials = initials
        self.namesake = namesake
        self.role = NOBODY
        self.vault: Role | None = None
        self.tag = ""
        self.tagged = NOBODY  # the role the tag tells; what later texts say does not change it

    def settled(self) -> Role:
        """What the tag says: the vault knows best, but 'borgeren' is as true as 'patienten'."""
        if self.vault is None or (self.role.noun in DEFINITE and self.vault is not REPORTER):
            return self.role
        return self.vault


@dataclass(frozen=True, slots=True)
class _Mention:
    span: Span
    tokens: tuple[str, ...]
    initials: str
    near: Beside
    namesake: bool  # 'en anden Maj' is not the Maj spoken of


class Cast:
    """Who takes part in the texts of one event. `learn` every text first, in order; then replace each."""

    def __init__(self) -> None:
        self._people: list[Person] = []
        self._untagged = 0
        self._known = _Known()
        self._vault: dict[Who, Person] = {}
        self._letters: set[str] = set()
        self._next = 0
        self._owner = OWNERS[0]
        self._counts: dict[str, int] = {}
        self.days = Days()
        self.sites = Sites()

    def learn(self, text: str, spans: Sequence[Span]) -> None:
        """Remember who, when and where this text speaks of. Learning a text twice changes nothing."""
        self._letters |= {match[1] for match in _LETTERED.finditer(text)}
        self._persons(text, spans)
        self.days.learn(text, spans)
        self.sites.learn(text, spans)

    def edits(self, text: str, spans: Sequence[Span]) -> list[Edit]:
        """What to write in the place of each span; learns the text first."""
        self.learn(text, spans)
        written = self._tags(text, spans) | self.days.tags(text, spans) | self.sites.tags(text, spans)
        written |= digit_tags(text, spans)
        return [Edit(*written.get(s, (s.start, s.end, f"[{s.kind.placeholder}]"))) for s in spans]

    def _tags(self, text: str, spans: Sequence[Span]) -> dict[Span, tuple[int, int, str]]:
        tags = {}
        pairs = self._persons(text, spans)
        self._settle()
        for mention, person in pairs:
            near, span = mention.near, mention.span
            start, end = span.start, span.end
            if covers(person.tagged, near.role):
                start = near.whose if person.tagged.owner and near.whose >= 0 else near.start
                start = min(start, span.start)
                end = near.end
            genitive, end = self._genitive(text, mention, person, end)
            tags[span] = (start, end, person.tag + ("s" if genitive else ""))
        return tags

    # --- who is who ------------------------------------------------------------------------------

    def _persons(self, text: str, spans: Sequence[Span]) -> list[tuple[_Mention, Person]]:
        """Each mention with its person, the fullest names first; new people join in the order they appear."""
        mentions = list(_mentions(text, spans))
        given: dict[int, Person] = {}
        spoken: dict[int, list[int]] = {}  # where in this text each person is spoken of
        new: dict[int, tuple[int, Person]] = {}
        for at in sorted(range(len(mentions)), key=lambda at: -_fullness(mentions[at])):
            mention = mentions[at]
            person = self._found(mention, at, spoken)
            if person is None:
                person = Person(mention.tokens, mention.initials, namesake=mention.namesake)
                new[id(person)] = at, person
            given[at] = person
            insort(spoken.setdefault(id(person), []), at)
            _tell(person, mention)
            if mention.span.who:
                self._vault.setdefault(mention.span.who, person)
            self._known.add(person, mention)
        first = sorted((spoken[key][0], at) for key, (at, _) in new.items())
        self._people += [given[at] for _, at in first]
        return [(mention, given[at]) for at, mention in enumerate(mentions)]

    def _found(self, mention: _Mention, at: int, spoken: Mapping[int, list[int]]) -> Person | None:
        """Whose name this is: of several the one last spoken of here, or else the one first learned."""
        if mention.span.who and (borne := self._vault.get(mention.span.who)):
            return borne
        fits = [person for person in self._known.candidates(mention) if _same(mention, person)]
        if len(fits) < 2:
            return fits[0] if fits else None
        return max(fits, key=lambda person: _last(spoken.get(id(person), ()), at))

    def _settle(self) -> None:
        """Give everybody without a tag theirs; a tag once given stays."""
        nouns = {person.settled().noun for person in self._people}
        if "patient" not in nouns:  # a text of borgere speaks of borgerens datter
            self._owner = next((owner for owner in OWNERS if owner[:-3] in nouns), self._owner)
        for person in self._people[self._untagged :]:
            person.tagged = person.settled()
            person.tag = f"[{self._named(person.tagged)}]"
        self._untagged = len(self._people)

    def _named(self, role: Role) -> str:
        if role.noun not in DEFINITE and not role.owner:
            return f"{role.noun} {self._letter()}"
        owner = self._owner if role.owner == OWNERS[0] else role.owner
        key = f"{owner} {role.noun}" if role.owner else "patient" if role is not REPORTER else role.noun
        count = self._counts[key] = self._counts.get(key, 0) + 1
        which = "" if count == 1 else nth(count)
        if role.owner:
            return " ".join(filter(None, (owner, which, role.noun)))
        return f"den {which} {role.noun}" if which else DEFINITE[role.noun]

    def _letter(self) -> str:
        while True:
            rounds, place = divmod(self._next, 26)
            self._next += 1
            letter = f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[place]}{rounds + 1 if rounds else ''}"
            if letter not in self._letters:
                return letter

    # --- how it is written -----------------------------------------------------------------------

    def _genitive(self, text: str, mention: _Mention, person: Person, end: int) -> tuple[bool, int]:
        """Is the name in the genitive; and the end, with the apostrophe of "Lars'"."""
        if end == mention.span.end and text[end : end + 1] in ("'", "’"):
            after = re.compile(r"['’]s?(?=[ ]+[^\W\d_]|\s*$)").match(text, end)
            if after:
                return True, after.end()
        word = re.split(r"[\s.-]", mention.span.text.strip())[-1]
        if re.search(r"['’]s$", word) or re.fullmatch(r"[A-ZÆØÅ]{2,4}s", word):
            return True, end
        low = word.lower()
        if len(low) < 4 or not low.endswith("s") or mention.initials:
            return False, end
        if low[:-1] in person.tokens and low not in person.tokens:
            return True, end
        if facts(low) & (FIRST_NAME_COMMON | SURNAME):  # Jens; but Hannes may be Hanne's
            return bool(facts(low[:-1]) & FIRST_NAME_COMMON) and _noun_follows(text, end), end
        named = bool(facts(low[:-1]) & NAME) and not _verb_follows(text, end)
        return named or _noun_follows(text, end), end


class _Known:
    """The people by the words of their names, so that a name is compared with the few it may be."""

    def __init__(self) -> None:
        self._by: dict[str, list[Person]] = {}

    def add(self, person: Person, mention: _Mention) -> None:
        keys = {key for token in mention.tokens for key in (*_keys(token), f"{token[0]}.")}
        for key in keys | set(_letters(mention)):
            people = self._by.setdefault(key, [])
            if len(people) < _MANY and person not in people:
                people.append(person)

    def candidates(self, mention: _Mention) -> list[Person]:
        keys = {f"{token}." for token in mention.tokens if len(token) == 1}
        keys |= {key for token in mention.tokens for key in _keys(token)} | set(_letters(mention))
        found = {id(person): person for key in sorted(keys) for person in self._by.get(key, ())}
        return list(found.values())


_MANY = 10  # bearers of one name that a name is compared with; few reports have as many


def _keys(token: str) -> tuple[str, ...]:
    """What two words that may be one have in common: the word, without its genitive, or with a letter left out."""
    bare = token.removesuffix("s")
    if len(token) < 5:
        return (bare,)
    return (bare, *(bare[:at] + bare[at + 1 :] for at in range(min(len(bare), 20))))


def _letters(mention: _Mention) -> tuple[str, ...]:
    initials = mention.initials or "".join(token[0] for token in mention.tokens)
    return (f"{initials}..",) if len(initials) > 1 else ()


def _last(spots: Sequence[int], at: int) -> int:
    before = bisect_left(spots, at)
    return spots[before - 1] if before else -1


_DOES = frozenset(
    [
        "var",
        "er",
        "har",
        "havde",
        "fik",
        "får",
        "blev",
        "bliver",
        "kom",
        "kommer",
        "skulle",
        "skal",
        "ville",
        "vil",
        "kunne",
        "kan",
        "siger",
        "sagde",
        "mener",
        "mente",
        "bad",
        "gik",
        "tog",
        "gav",
        "lå",
        "sad",
        "stod",
    ]
)
_SMALL = _DOES | frozenset(
    [
        "og",
        "eller",
        "som",
        "der",
        "til",
        "på",
        "fra",
        "ikke",
        "med",
        "ved",
        "om",
        "når",
        "da",
        "at",
        "men",
        "så",
        "selv",
        "også",
        "nu",
        "igen",
        "samt",
        "den",
        "det",
        "de",
        "han",
        "hun",
        "hos",
        "efter",
        "før",
        "under",
        "over",
        "ind",
        "ud",
        "op",
        "ned",
        "hjem",
    ]
)
_NEXT = re.compile(r"[ ]([a-zæøå]{2,})")


def _noun_follows(text: str, end: int) -> bool:
    """A lower-case word that is neither a verb nor a small word: what belongs to somebody."""
    match = _NEXT.match(text, end)
    return match is not None and match[1] not in _SMALL and not facts(match[1]) & VERB


def _verb_follows(text: str, end: int) -> bool:
    """Nothing is owned in 'Ríos blev', so the s is the name's own."""
    match = _NEXT.match(text, end)
    return match is not None and match[1] in _DOES


def _mentions(text: str, spans: Sequence[Span]) -> Iterator[_Mention]:
    for at, span in enumerate(spans):
        if span.kind is not Kind.PERSON:
            continue
        first = spans[at - 1].end if at else 0
        last = spans[at + 1].start if at + 1 < len(spans) else len(text)
        numbered = at + 1 < len(spans) and spans[at + 1].kind is Kind.CPR
        name = span.text[led(span.text) :]  # a title that was taken for a part of the name is still a title
        near = beside(text, span.end - len(name), span.end, first, last, numbered=numbered)
        namesake = bool(_ANOTHER.search(text[max(first, span.start - 12) : span.start]))
        yield _Mention(span, tokens_of(name), initials_of(name), near, namesake)


def _tell(person: Person, mention: _Mention) -> None:
    if len(mention.tokens) > len(person.tokens):
        person.tokens = mention.tokens
    person.initials = person.initials or mention.initials
    if mention.near.role and better(mention.near.role, person.role):
        person.role = mention.near.role
    if mention.span.who and person.vault is None:
        person.vault = _VAULT[mention.span.who]


def _fullness(mention: _Mention) -> int:
    return 0 if mention.initials else sum(len(token) > 1 for token in mention.tokens) * 2 + 1


def _clash(mention: _Mention, person: Person) -> bool:
    """'Fru Holm', a patient, is not 'datteren Lene Holm', though the names could be one."""
    who = mention.span.who and _VAULT[mention.span.who]
    if who and person.vault and who != person.vault:
        return True
    said, known = mention.near.role, person.role
    if said is None:
        return False
    if said.rank is Rank.KIN and len(mention.tokens) == 1 < len(person.tokens):
        namesake = alike(mention.tokens[0], person.tokens[-1])  # 'sønnen Birk' is not Gerda Birk
        return namesake or _two_roles(said, known)
    return _two_roles(said, known)


def _two_roles(said: Role, known: Role) -> bool:
    if min(said.rank, known.rank) < Rank.KIN:
        return False
    if REPORTER in (said, known):  # 'min mand' is not who reports; 'Vang, datter' may be
        return any(role.rank is Rank.KIN and not role.owner for role in (said, known))
    return said.rank != known.rank or (said.rank is Rank.KIN and said.noun != known.noun)


def _same(mention: _Mention, person: Person) -> bool:
    if (mention.namesake and not person.namesake) or _clash(mention, person):
        return False
    if mention.initials:
        return mention.initials == person.initials or (
            len(person.tokens) > 1 and mention.initials == "".join(token[0] for token in person.tokens)
        )
    if person.initials == "".join(token[0] for token in mention.tokens) and len(mention.tokens) > 1:
        return len(person.initials) > 1
    return bool(mention.tokens) and (
        within(mention.tokens, person.tokens) or within(person.tokens, mention.tokens)
    )
