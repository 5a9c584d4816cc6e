"""Known names (kendte navne): where the words of a known identity stand, whole, split, joined or misspelt."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from uth.deid import lexicon
from uth.deid.find.person import opens
from uth.deid.find.titled import is_title
from uth.deid.known.fold import fold
from uth.deid.known.forms import SURFACE, Form, Forms, Need
from uth.deid.known.ordinary import ordinary
from uth.deid.span import Kind, Span

NAME = "known"

_APART = re.compile(r"[ \n_'’´`/.·\-]{1,6}")  # between the pieces of one split name
_WIDEST = 4
_BESIDE = re.compile(rf"[ \n,./()\-'’@:+_]{{0,{_WIDEST}}}")  # between two words of one identity
_GENITIVE = re.compile(r"['’´`]s?(?![^\W_])", re.IGNORECASE)
_INNER = re.compile(r"[^\W\d_]{2,}")
_CAMEL = re.compile(r"[A-ZÆØÅ][a-zæøåéöäü]+|(?<![^\W_])[a-zæøå]{2,}(?=[A-ZÆØÅ])")
_PIECES = 4  # a name split more often is spelt letter by letter
_NEIGHBOURS = 8
_SPEAKS = frozenset(
    [
        "ringede",
        "ringer",
        "sagde",
        "siger",
        "spurgte",
        "spørger",
        "svarede",
        "svarer",
        "fortalte",
        "fortæller",
        "oplyste",
        "oplyser",
        "opdagede",
        "opdager",
        "kontaktede",
        "kvitterede",
        "kvitterer",
        "mente",
        "mener",
        "råbte",
        "skrev",
        "skriver",
        "tastede",
        "tilkaldte",
        "tilkalder",
        "noterede",
        "noterer",
        "faldt",
        "glemte",
        "vågnede",
        "væltede",
        "hjalp",
        "hjælper",
        "hentede",
        "mødte",
        "bad",
        "beder",
        "troede",
        "ordinerede",
        "ordinerer",
        "vurderede",
        "vurderer",
        "administrerede",
        "dokumenterede",
        "doserede",
        "klagede",
        "græd",
        "informerede",
        "overså",
        "undersøgte",
    ]
)
_CALLS = frozenset(
    [
        "hedder",
        "hed",
        "kaldt",
        "kaldes",
        "kaldet",
        "hos",
        "med",
        "ringede",
        "spurgte",
        "bad",
        "navn",
        "mvh",
        "hilsen",
        "vh",
        "kh",
        "sign",
        "v",
    ]
)
_AT = frozenset(("i", "fra", "til", "ved"))


class _Read(NamedTuple):
    """What is known of a surface without its surroundings; the same for each place where it stands."""

    folded: str
    begins: bool
    ends: bool
    hits: tuple[tuple[int, int, Form, bool], ...]


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    read: _Read


class _Seen(NamedTuple):
    """A stretch that may be a known identity; `near` is one slip away, `pieces` are the words it is made of."""

    start: int
    end: int
    form: Form
    near: bool
    pieces: tuple[str, ...]


def find(text: str, forms: Forms) -> Iterator[Span]:
    """Every stretch that is a form of a known identity, and stands as one."""
    seen = sorted(set(_candidates(text, forms)))
    sure = [_stands(text, one) for one in seen]
    _with_company(text, seen, sure, forms)
    for one, stands in zip(seen, sure, strict=True):
        if stands:
            genitive = _GENITIVE.match(text, one.end)
            end = genitive.end() if genitive else one.end
            score, whose = 0.9 if one.near else 0.98, forms.whose(one.form)
            yield Span(one.start, end, one.form.kind, text[one.start : end], NAME, score, whose)


def _candidates(text: str, forms: Forms) -> Iterator[_Seen]:
    memory: dict[str, _Read] = {}
    tokens: list[_Token] = []
    telling: list[int] = []
    for match in SURFACE.finditer(text):
        surface = match.group()
        read = memory.get(surface)
        if read is None:
            read = memory[surface] = _read(surface, forms)
        tokens.append(_Token(match.start(), match.end(), surface, read))
        if read.hits or read.begins or read.ends:
            telling.append(len(tokens) - 1)
    joined: dict[str, tuple[Form, bool] | None] = {}
    for at in telling:
        token = tokens[at]
        for start, end, form, near in token.read.hits:
            yield _Seen(token.start + start, token.start + end, form, near, (token.text[start:end],))
        if token.read.begins:
            yield from _forward(text, tokens, at, forms, joined)
        if token.read.ends:
            yield from _backward(text, tokens, at, forms, joined)
    yield from _spelt_out(text, tokens, forms)


def _read(surface: str, forms: Forms) -> _Read:
    folded = fold(surface)
    hits: tuple[tuple[int, int, Form, bool], ...] = ()
    form = forms.exactly(folded)
    if surface.isdecimal():  # a house number; digits alone spell no name
        hits = ((0, len(surface), form, False),) if form and form.need is Need.COMPANY else ()
        return _Read(folded, forms.may_begin(folded), forms.may_end(folded), hits)
    if form:
        hits = ((0, len(surface), form, False),)
    elif form := forms.nearly(folded):
        hits = ((0, len(surface), form, True),)
    if not hits and len(surface) > 3:
        pieces = _CAMEL if surface.isalpha() else _INNER
        inner = [(m.start(), m.end(), forms.exactly(fold(m.group()))) for m in pieces.finditer(surface)]
        hits = tuple(
            (start, end, form, False)
            for start, end, form in inner
            if form and end - start > 2 and form.need is not Need.COMPANY
        )
    return _Read(folded, forms.may_begin(folded), forms.may_end(folded), hits)


def _forward(
    text: str, tokens: Sequence[_Token], at: int, forms: Forms, joined: dict[str, tuple[Form, bool] | None]
) -> Iterator[_Seen]:
    """A name that begins in this token and goes on in the next ones."""
    first = tokens[at]
    whole, begins = first.read.folded, True
    for last in range(at + 1, min(at + 12, len(tokens))):
        if not _one_name(text, tokens[last - 1], tokens[last]):
            return
        whole += tokens[last].read.folded
        if len(whole) > forms.longest + 2 or (last - at >= _PIECES and not begins):
            return
        if hit := _joined(whole, forms, joined):
            yield from _whole(tokens[at : last + 1], *hit)
        begins = begins and forms.may_begin(whole)


def _backward(
    text: str, tokens: Sequence[_Token], at: int, forms: Forms, joined: dict[str, tuple[Form, bool] | None]
) -> Iterator[_Seen]:
    """A name that ends in this token, with a slip in what comes before."""
    last = tokens[at]
    whole = last.read.folded
    for first in range(at - 1, max(at - _PIECES, -1), -1):
        if not _one_name(text, tokens[first], tokens[first + 1]):
            return
        whole = tokens[first].read.folded + whole
        if len(whole) > forms.longest + 2:
            return
        if hit := _joined(whole, forms, joined):
            yield from _whole(tokens[first : at + 1], *hit)


def _whole(tokens: Sequence[_Token], form: Form, near: bool) -> Iterator[_Seen]:
    """Pieces that make a name; 'i Holt' is no slip of 'Holt'."""
    if near and any(hit[2].key == form.key and not hit[3] for token in tokens for hit in token.read.hits):
        return
    yield _Seen(tokens[0].start, tokens[-1].end, form, near, tuple(token.text for token in tokens))


def _one_name(text: str, left: _Token, right: _Token) -> bool:
    """May the two be pieces of one name? A full stop after more than 'Gl.' or 'hanne.holm' ends a sentence."""
    gap = text[left.end : right.start]
    return gap == " " or (
        _APART.fullmatch(gap) is not None and (left.end - left.start < 4 or not gap.startswith((". ", ".\n")))
    )


def _joined(
    whole: str, forms: Forms, joined: dict[str, tuple[Form, bool] | None]
) -> tuple[Form, bool] | None:
    if whole not in joined:
        if len(joined) > 20_000:
            joined.clear()
        form = forms.exactly(whole)
        near = None if form or len(whole) < 5 else forms.nearly(whole)
        joined[whole] = (form, False) if form else (near, True) if near else None
    return joined[whole]


def _spelt_out(text: str, tokens: Sequence[_Token], forms: Forms) -> Iterator[_Seen]:
    """'M a r t i n', 'A nn a': letters in a row, one or two at a time."""
    run: list[_Token] = []
    for token in tokens:
        short = token.end - token.start < 3 and not token.text.isdecimal()
        if short and run and len(run) < 40 and _one_name(text, run[-1], token):
            run.append(token)
            continue
        if len(run) > 2:
            yield from _spelt(run, forms)
        run = [token] if short else []
    if len(run) > 2:
        yield from _spelt(run, forms)


def _spelt(run: Sequence[_Token], forms: Forms) -> Iterator[_Seen]:
    """The name a row of letters spells; a small word or two may stand before or after it."""
    if 2 * len(run) < sum(token.end - token.start for token in run) + 2:
        return
    for first in range(3):
        for last in range(len(run), max(first + 2, len(run) - 3), -1):
            whole = "".join(token.read.folded for token in run[first:last])
            form = forms.exactly(whole)
            found = form or forms.nearly(whole)
            if found and len(whole) > 2:
                word = "".join(token.text for token in run[first:last])
                yield _Seen(run[first].start, run[last - 1].end, found, form is None, (word,))


def _stands(text: str, one: _Seen) -> bool:
    """Does it count by itself?"""
    form = one.form
    if form.need is Need.COMPANY:
        return False
    if form.need is Need.INITIALS:
        return _are_initials(text, one)
    if len(one.pieces) > 1:
        return _split_stands(text, one)
    if form.need is Need.NOTHING:
        return not one.near or not ordinary(one.pieces[0])
    return _word_stands(text, one)


def _split_stands(text: str, one: _Seen) -> bool:
    """Several words: those of the name itself, or pieces that are not all words of the language."""
    folded = tuple(fold(piece) for piece in one.pieces)
    if not one.near and (folded == one.form.parts or "-" in text[one.start : one.end]):
        return True
    if all(ordinary(piece) for piece in one.pieces):
        return False
    if one.near or (one.form.need is Need.SHAPE and len(one.form.key) < 6):
        return len(one.form.key) > 4 and (not one.pieces[0].islower() or not any(map(ordinary, one.pieces)))
    return True


def _word_stands(text: str, one: _Seen) -> bool:
    surface = one.pieces[0]
    capital, common = not surface.islower(), ordinary(surface)
    if one.near:
        if common:
            return False
        return capital or len(surface) > 3
    if capital:
        doubtful = common and (one.form.kind is not Kind.PERSON or surface.lower() in lexicon.stopwords())
        return not doubtful or not opens(text, one.start)
    return (not common and len(surface) > 2) or _in_its_place(text, one)


def _in_its_place(text: str, one: _Seen) -> bool:
    """'fru bo', 'bo ringede', 'i lem': where a small word is the name all the same."""
    ahead = SURFACE.findall(text[max(0, one.start - 24) : one.start].lower())
    follows = SURFACE.findall(text[one.end : one.end + 24].lower())
    before = ahead[-1] if ahead else ""
    if one.form.kind is Kind.PERSON:
        return is_title(before) or before in _CALLS or (bool(follows) and follows[0] in _SPEAKS)
    if one.form.kind is Kind.LOCATION:
        return before in _AT
    return before in ("bosted", "bostedet", "gruppe", "team", "afsnit", "afdeling", "plejehjemmet", "huset")


def _are_initials(text: str, one: _Seen) -> bool:
    """MK, M.K., m.k., MaKe; what is also an abbreviation must stand where a person stands."""
    letters = "".join(one.pieces)
    if len(one.pieces) > 1:
        between = text[one.start : one.end]
        return all(len(piece) == 1 for piece in one.pieces) and ("." in between or letters.isupper())
    if len(letters) < 2 or letters.isdigit():
        return False
    if letters.isupper() or (letters[0].isupper() and any(map(str.isupper, letters[1:]))):
        return not ordinary(letters) or _in_its_place(text, one) or _alone(text, one)
    return not ordinary(letters) and len(letters) < 4 and _in_its_place(text, one)


def _alone(text: str, one: _Seen) -> bool:
    """In brackets, after a slash or at the end of a line: a signature."""
    before, after = text[max(0, one.start - 1) : one.start], text[one.end : one.end + 1]
    return (before in ("/", "(") or one.start == 0) and after in ("", ")", "\n", ".", ",")


def _with_company(text: str, seen: Sequence[_Seen], sure: list[bool], forms: Forms) -> None:
    """What does not count by itself counts beside another word of the same identity; read both ways."""
    company = [() if sure[here] else _company(seen, here, forms) for here in range(len(seen))]
    order = range(len(seen))
    for indexes in (order, order[::-1]):
        for here in indexes:
            if not sure[here]:
                sure[here] = any(
                    _keeps_company(text, seen[here], seen[other], standing=sure[other])
                    for other in company[here]
                )


def _company(seen: Sequence[_Seen], here: int, forms: Forms) -> tuple[int, ...]:
    """The other words of the same identity that stand so close that they may be one with it."""
    one = seen[here]
    return tuple(
        other
        for other in range(max(0, here - _NEIGHBOURS), min(len(seen), here + _NEIGHBOURS + 1))
        if (0 <= seen[other].start - one.end <= _WIDEST or 0 <= one.start - seen[other].end <= _WIDEST)
        and forms.related(one.form, seen[other].form)
    )


def _after_initial(text: str, one: _Seen, other: _Seen) -> bool:
    """'C. olt': a slip of the surname after the first name's letter."""
    return (
        other.end <= one.start
        and len(other.form.key) == 1
        and text[other.start].isupper()
        and text[other.end : one.start] == ". "
        and not ordinary(one.pieces[0])
    )


def _keeps_company(text: str, one: _Seen, other: _Seen, *, standing: bool) -> bool:
    if not standing and _after_initial(text, one, other):
        return True
    if not standing and (one.near or other.near or not one.form.need is other.form.need is Need.SHAPE):
        return False
    if one.near and len(one.form.key) < 4 and ordinary(one.pieces[0]):
        return False
    left, right = (one, other) if one.start < other.start else (other, one)
    if not left.end <= right.start:
        return False
    if left.end - left.start > 3 and "." in text[left.end : right.start] and left.form.kind is not Kind.EMAIL:
        return False  # a full stop; after 'M' or 'st' it is none
    return bool(_BESIDE.fullmatch(text, left.end, right.start))
