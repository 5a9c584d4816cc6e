"""Merging (sammenlægning): many overlapping spans become few, and no covered character is lost."""

from collections.abc import Iterable, Sequence

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
    """Sorted, non-overlapping spans that cover exactly what the given ones cover."""
    merged: list[Span] = []
    group: list[Span] = []
    end = -1
    for span in sorted((s for s in spans if s.start < s.end), key=lambda s: (s.start, -s.end)):
        if group and span.start >= end:
            merged.append(_union(text, group, end))
            group = []
        end = max(end, span.end) if group else span.end
        group.append(span)
    if group:
        merged.append(_union(text, group, end))
    return tuple(merged)


def _union(text: str, group: Sequence[Span], end: int) -> Span:
    if len(group) == 1:
        return group[0]
    best = min(group, key=lambda s: (_weight(s), _RANK[s.kind]))
    start = group[0].start
    sources = "+".join(dict.fromkeys(source for s in group for source in s.finder.split("+")))
    who = next((s.who for s in group if s.who), None)
    return Span(start, end, best.kind, text[start:end], sources, max(s.score for s in group), who)


def _weight(span: Span) -> float:
    """Longer and surer comes first; a date inside a CPR number must not name the whole. The tagger, which reads
    meaning and not figures, names only what nobody else has found."""
    return -(span.score + min(span.end - span.start, 40) / 40) if span.finder != TAGGER else 0.0
