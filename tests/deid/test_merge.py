"""Merging keeps every covered character (sammenlægning)."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from uth.deid.merge import merge
from uth.deid.span import Kind, Span


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(min_size=1, max_size=60))
    spans = []
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        kind = draw(st.sampled_from(Kind))
        spans.append(Span(start, end, kind, text[start:end], "test", draw(st.floats(0, 1))))
    return text, spans


def covered(spans: list[Span] | tuple[Span, ...]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


@given(texts_with_spans())
def test_merge_covers_exactly_what_was_covered(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    assert covered(merge(text, spans)) == covered(spans)


@given(texts_with_spans())
def test_merged_spans_are_sorted_apart_and_say_their_text(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    merged = merge(text, spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(merged))
    assert all(span.text == text[span.start : span.end] for span in merged)


def test_a_date_inside_a_cpr_number_does_not_name_the_whole() -> None:
    text = "010203-1234"
    spans = [Span(0, 6, Kind.DATE, "010203", "date", 0.7), Span(0, 11, Kind.CPR, text, "cpr", 0.99)]
    assert [span.kind for span in merge(text, spans)] == [Kind.CPR]


def test_a_placeholder_between_two_words_is_no_part_of_what_was_found() -> None:
    text = "Bo [person A] og"
    (left,) = merge(text, [Span(0, 13, Kind.PERSON, text[:13], "test", 0.9)])
    assert (left.start, left.end, left.text) == (0, 3, "Bo ")


def test_a_place_that_is_also_a_surname_is_a_place_where_rule_and_tagger_agree() -> None:
    text = "Hun bor i Hornbæk."
    person, place = (
        Span(10, 17, Kind.PERSON, "Hornbæk", "person", 0.95),
        Span(10, 17, Kind.LOCATION, "Hornbæk", "place", 0.6),
    )
    for read, kind in ((Kind.LOCATION, Kind.LOCATION), (Kind.PERSON, Kind.PERSON)):
        assert merge(text, [person, place, Span(10, 17, read, "Hornbæk", "tagger", 0.99)])[0].kind is kind
