"""Forms (former): every way a known identity may be written, gathered once and asked for each word of a text."""

import re
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from uth.deid.known.fold import fold, short, sound
from uth.deid.known.vocabulary import MAIL_WORDS, NO_MAILBOX, SHORTENED, STREET_ENDS, generic, nicknames
from uth.deid.names import PARTICLES
from uth.deid.near import Near
from uth.deid.span import Kind, KnownIdentity, Who

SURFACE = re.compile(r"[^\W_]+")
_UNTOLD = PARTICLES | {"den", "af", "og", "test", "fru", "hr"}  # words of a name that tell nobody


class Need(IntEnum):
    """What a form asks of its surroundings before it counts."""

    NOTHING = 0  # a whole name: it cannot be anything else
    SHAPE = 1  # one word of a name: a capital letter, or no word of the language
    INITIALS = 2  # 'MK': capitals, full stops or a person's place
    COMPANY = 3  # 'M.', 'von', '4 tv': only beside another word of the same identity


class Form(NamedTuple):
    """One way one identity may stand; `part` tells its words apart, -1 stands for several of them."""

    key: str
    kind: Kind
    owner: int
    part: int
    need: Need
    parts: tuple[str, ...]


class Forms:
    """All the forms of all the known identities, and which of them a folded word is."""

    def __init__(self, known: Sequence[KnownIdentity]) -> None:
        self.keys: dict[str, Form] = {}
        self._roles: dict[str, set[tuple[int, int]]] = {}
        self._related: dict[tuple[str, str], bool] = {}
        self._whose = [one.who for one in known]
        for owner, one in enumerate(known):
            for form in _forms(one, owner):
                self._roles.setdefault(form.key, set()).add((form.owner, form.part))
                held = self.keys.get(form.key)
                if held is None or form.need < held.need:
                    self.keys[form.key] = form
        named = [form for form in self.keys.values() if form.need is not Need.INITIALS]
        self._sounds = {sound(form.key): form for form in named if len(form.key) > 3}
        near = [
            form
            for form in named
            if len(form.key) > 2 and (form.need is not Need.COMPANY or len(form.key) > 3)
        ]
        self._shorts = {short(form.key): form for form in near}
        self._near = Near({form.key for form in near} | self._shorts.keys())
        self._near_sounds = Near(said for said in self._sounds if len(said) > 4)
        self._begins = frozenset(
            form.key[:at] for form in self.keys.values() for at in range(1, len(form.key))
        )
        self._ends = frozenset(form.key[at:] for form in self.keys.values() for at in range(1, len(form.key)))
        self.longest = max((len(key) for key in self.keys), default=0)

    def whose(self, form: Form) -> Who | None:
        """The one who bears it, where only one of those the vault knows does."""
        whose = {self._whose[owner] for owner, _part in self._roles[form.key]}
        return whose.pop() if len(whose) == 1 else None

    def may_begin(self, folded: str) -> bool:
        """Can a name begin with this piece, its last letter perhaps swapped with the next one's?"""
        return folded in self._begins or (len(folded) > 1 and folded[:-1] in self._begins)

    def may_end(self, folded: str) -> bool:
        """Can a name end with this piece, its first letter perhaps swapped?"""
        return folded in self._ends or (len(folded) > 1 and folded[1:] in self._ends)

    def related(self, one: Form, other: Form) -> bool:
        """Can the two be different words of one identity? A word may belong to several."""
        pair = one.key, other.key
        if pair not in self._related:
            mine, theirs = self._roles[one.key], self._roles[other.key]
            self._related[pair] = any(a == b and left != right for a, left in mine for b, right in theirs)
        return self._related[pair]

    def exactly(self, folded: str) -> Form | None:
        """The form written so, or with a genitive s, or sounding so."""
        for one in _with_and_without_s(folded):
            if form := self.keys.get(one):
                return form
        for one in _with_and_without_s(folded):
            if form := self._sounds.get(sound(one)):
                return form
        return None

    def nearly(self, folded: str) -> Form | None:
        """The form one slip of the finger away."""
        if not 2 < len(folded) <= self.longest + 3:
            return None
        for one in _with_and_without_s(folded):
            for written in {one, short(one)}:
                if key := self._near.closest(written):
                    return self.keys.get(key) or self._shorts[key]
        for one in _with_and_without_s(folded):
            if len(one) > 4 and (said := self._near_sounds.closest(sound(one))):
                return self._sounds[said]
        return None


def _with_and_without_s(folded: str) -> tuple[str, ...]:
    return (folded, folded[:-1]) if len(folded) > 2 and folded.endswith(("s", "z", "x")) else (folded,)


def _forms(one: KnownIdentity, owner: int) -> Iterator[Form]:
    words = [fold(word) for word in SURFACE.findall(one.text)]
    if not words:
        return
    if one.kind is Kind.PERSON:
        yield from _person(one, owner, words)
        yield from _initials(one, owner)
    elif one.kind in (Kind.ORG_UNIT, Kind.LOCATION):
        yield from _place(one, owner, words)
    elif one.kind is Kind.ADDRESS:
        yield from _address(one, owner, words)
    elif one.kind in (Kind.EMAIL, Kind.URL):
        yield from _mail(one, owner, words)
    elif any(map(str.isalpha, one.text)) and len("".join(words)) > 2:  # digits alone are `numbers`' to find
        yield Form("".join(words), one.kind, owner, -1, Need.NOTHING, tuple(words))


def _person(one: KnownIdentity, owner: int, words: list[str]) -> Iterator[Form]:
    borne = [word for word in words if word not in _UNTOLD]
    for part, word in enumerate(words):
        if word in _UNTOLD or len(word) == 1:
            yield Form(word, one.kind, owner, part, Need.COMPANY, (word,))
            continue
        yield Form(word, one.kind, owner, part, Need.SHAPE, (word,))
        for other in nicknames().get(word, ()):
            yield Form(other, one.kind, owner, part, Need.SHAPE, (other,))
        yield Form(word[0], one.kind, owner, part, Need.COMPANY, (word[0],))
    yield from _runs(one.kind, owner, words, lambda run: any(len(word) > 2 for word in run))
    if len(borne) > 1:
        yield Form(borne[-1] + borne[0], one.kind, owner, -1, Need.NOTHING, (borne[-1], borne[0]))
        for other in (*nicknames().get(borne[0], ()), borne[0]):
            for rest in (borne[-1:], borne[1:], words[words.index(borne[0]) + 1 :]):
                yield Form(other + "".join(rest), one.kind, owner, -1, Need.NOTHING, (other, *rest))


def _initials(one: KnownIdentity, owner: int) -> Iterator[Form]:
    """MK, MHK, and the double letters of a duty roster: MaKj, MaK, MKj."""
    written = one.text.split()
    pieces = [SURFACE.findall(part) for part in (one.text, one.text.replace("-", ""))]
    borne = [[word for word in words if fold(word) not in _UNTOLD] for words in pieces]
    for words in (*pieces, *borne, [word for word in written if word[0].isalnum()]):
        if len(words) < 2:
            continue
        first, last = words[0], words[-1]
        every = "".join(word[0] for word in words)[:5]
        for letters in (
            every,
            first[0] + last[0],
            first[:2] + last[:2],
            first[:2] + last[0],
            first[0] + last[:2],
        ):
            yield Form(fold(letters), one.kind, owner, -1, Need.INITIALS, tuple(letters))


def _runs(
    kind: Kind, owner: int, words: Sequence[str], telling: Callable[[Sequence[str]], bool]
) -> Iterator[Form]:
    """Words that follow each other, written as one or apart."""
    for first in range(len(words)):
        for last in range(first + 2, min(len(words), first + 6) + 1):
            run = words[first:last]
            if telling(run) and len("".join(run)) > 3:
                yield Form("".join(run), kind, owner, -1, Need.NOTHING, tuple(run))
    if len(words) > 6:
        yield Form("".join(words), kind, owner, -1, Need.NOTHING, tuple(words))


def _place(one: KnownIdentity, owner: int, words: Sequence[str]) -> Iterator[Form]:
    """The naming words; 'plejehjemmet' and 'afsnit' only together with them."""
    naming = [not generic(word) for word in SURFACE.findall(one.text)]
    for part, word in enumerate(words):
        if naming[part] and len(word) > 1:
            need = Need.COMPANY if word.isdigit() else Need.SHAPE
            yield Form(word, one.kind, owner, part, need, (word,))
    told = {word for word, names in zip(words, naming, strict=True) if names}
    yield from _runs(one.kind, owner, words, lambda run: not told.isdisjoint(run))
    whole = "".join(words)
    need = Need.NOTHING if len(words) > 1 or len(whole) > 4 else Need.SHAPE
    yield Form(whole, one.kind, owner, -1, need, tuple(words))


def _address(one: KnownIdentity, owner: int, words: Sequence[str]) -> Iterator[Form]:
    """The street and the town by themselves; numbers, floors and doors beside them."""
    numeric = [any(map(str.isdecimal, word)) for word in SURFACE.findall(one.text)]
    street_ends = numeric.index(True) if True in numeric else len(words)
    for part, word in enumerate(words):
        alone = len(word) > (4 if part < street_ends else 2)
        need = Need.SHAPE if alone and not numeric[part] else Need.COMPANY
        yield Form(word, Kind.ADDRESS, owner, part, need, (word,))
    for run in _street_spellings(words[:street_ends]):
        whole = "".join(run)
        yield Form(whole, Kind.ADDRESS, owner, -2, Need.NOTHING if len(whole) > 5 else Need.SHAPE, tuple(run))


def _street_spellings(street: Sequence[str]) -> Iterator[list[str]]:
    if not street:
        return
    yield list(street)
    for at, word in enumerate(street):
        for same in SHORTENED:
            if word in map(fold, same):
                yield from ([*street[:at], fold(other), *street[at + 1 :]] for other in same)
    for end, abbreviated in ((fold(end), fold(less)) for end, less in STREET_ENDS):
        if street[-1].endswith(end) and len(street[-1]) > len(end):
            yield [*street[:-1], street[-1].removesuffix(end) + abbreviated]


def _mail(one: KnownIdentity, owner: int, words: Sequence[str]) -> Iterator[Form]:
    whole = "".join(words)
    yield Form(whole, one.kind, owner, -1, Need.NOTHING, tuple(words))
    for part, word in enumerate((*words, *MAIL_WORDS)):
        yield Form(word, one.kind, owner, part, Need.COMPANY, (word,))
    if "@" in one.text:
        box = [fold(word) for word in SURFACE.findall(one.text.split("@")[0])]
        name = "".join(box)
        if len(name) > 3 and name not in NO_MAILBOX:
            yield Form(name, one.kind, owner, -1, Need.SHAPE, tuple(box))
        for at in ("at", "snabela"):
            rest = words[len(box) :]
            yield Form(name + at + "".join(rest), one.kind, owner, -1, Need.NOTHING, (*box, at, *rest))
