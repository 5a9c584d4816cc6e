"""Merging (sammenlægning): many overlapping spans become few, and no covered character is lost."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from uth.deid.placeholder import PLACEHOLDER
from uth.deid.span import Kind, Span

# Which kind names the union when two overlap with equal confidence: the more telling one.
_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            Kind.CPR,
            Kind.EMAIL,
            Kind.URL,
            Kind.PROFESSION_ID,
            Kind.ID,
            Kind.PHONE,
            Kind.ADDRESS,
            Kind.ORG_UNIT,
            Kind.PERSON,
            Kind.AGE_OVER_89,
            Kind.DATE,
            Kind.LOCATION,
        )
    )
}


TAGGER = "tagger"


def merge(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted, non-overlapping spans that cover exactly what the given ones cover, but for placeholders."""
    merged: list[Span] = []
    group: list[Span] = []
    end = -1
    for span in sorted(
        (s for s in _outside(text, spans) if s.start < s.end), key=lambda s: (s.start, -s.end)
    ):
        if group and span.start >= end:
            merged.append(_union(text, group, end))
            group = []
        end = max(end, span.end) if group else span.end
        group.append(span)
    if group:
        merged.append(_union(text, group, end))
    return tuple(merged)


def _outside(text: str, spans: Iterable[Span]) -> Iterable[Span]:
    """The spans without the placeholders within them; what stands on either side of one is two spans."""
    marks = [match.span() for match in PLACEHOLDER.finditer(text)] if "[" in text else []
    if not marks:
        return spans
    ends = [end for _, end in marks]
    return [piece for span in spans for piece in _pieces(text, span, marks[bisect_right(ends, span.start) :])]


def _pieces(text: str, span: Span, marks: Sequence[tuple[int, int]]) -> Iterator[Span]:
    at = span.start
    for start, end in (*takewhile(lambda mark: mark[0] < span.end, marks), (span.end, span.end)):
        piece = text[at:start]
        if span.start == at and start == span.end:
            yield span
        elif any(map(str.isalnum, piece)):
            yield Span(at, start, span.kind, piece, span.finder, span.score, span.who)
        at = end


def _union(text: str, group: Sequence[Span], end: int) -> Span:
    if len(group) == 1:
        return group[0]
    best = _elsewhere(group, min(group, key=lambda s: (_weight(s), _RANK[s.kind])))
    start = group[0].start
    sources = "+".join(dict.fromkeys(source for s in group for source in s.finder.split("+")))
    who = next((s.who for s in group if s.who), None)
    return Span(start, end, best.kind, text[start:end], sources, max(s.score for s in group), who)


def _elsewhere(group: Sequence[Span], best: Span) -> Span:
    """'Hornbæk' is a surname too: where a recogniser of places or units and the tagger agree, it is nobody."""
    if best.kind is not Kind.PERSON:
        return best
    read = {s.kind for s in group if s.finder == TAGGER} - {Kind.PERSON}
    return next((s for s in group if s.finder != TAGGER and s.kind in read), best)


def _weight(span: Span) -> float:
    """Longer and surer comes first; a date inside a CPR number must not name the whole. The tagger, which reads
    meaning and not figures, names only what nobody else has found."""
    return -(span.score + min(span.end - span.start, 40) / 40) if span.finder != TAGGER else 0.0
