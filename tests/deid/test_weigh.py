"""What the rules propose and what the tagger reads become one verdict."""

import numpy as np
import pytest

from uth.deid import weigh
from uth.deid.pieces import Token
from uth.deid.span import Kind, Span
from uth.deid.tagger import Reading

TEXT = "Talte med karla holm om kode 7714 igår"
WORDS = ("Talte", "med", "karla", "holm", "om", "kode", "77", "14", "igår")


def _weights(**belief: tuple[Kind, float]) -> weigh.Weights:
    kinds = tuple(Kind)
    tokens, rows, at = [], [], 0
    for word in WORDS:
        at = TEXT.index(word, at)
        tokens.append(Token(at, at + len(word), (1,)))
        row = np.zeros(len(kinds) + 1, dtype=np.float32)
        kind, chance = belief.get(f"_{word}", (Kind.PERSON, 0.0))
        row[0], row[1 + kinds.index(kind)] = 1 - chance, chance
        rows.append(row)
        at += len(word)
    return weigh.Weights.of(Reading(tokens, np.array(rows), kinds))


def _proposal(words: str, kind: Kind, score: float) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), kind, words, "rule", score)


def test_a_doubtful_proposal_stands_where_the_tagger_believes_it() -> None:
    doubtful = _proposal("7714", Kind.ID, 0.25)
    assert weigh.believed([doubtful], _weights(_14=(Kind.ID, 0.6)), weigh.QUIET.figures) == [doubtful]


def test_a_doubtful_proposal_falls_where_the_tagger_does_not() -> None:
    assert weigh.believed([_proposal("7714", Kind.ID, 0.25)], _weights(), weigh.QUIET.figures) == []


def test_a_sure_number_stands_alone() -> None:
    sure = _proposal("7714", Kind.ID, 0.9)
    assert weigh.believed([sure], _weights(), weigh.QUIET.figures) == [sure]


def test_a_listed_word_that_the_tagger_finds_impossible_falls() -> None:
    assert weigh.believed([_proposal("holm", Kind.PERSON, 0.8)], _weights(), weigh.QUIET.names) == []


def test_what_the_tagger_sees_is_found_without_any_rule() -> None:
    found = weigh.seen(TEXT, _weights(_karla=(Kind.PERSON, 0.95), _holm=(Kind.PERSON, 0.5)))
    assert [(span.text, span.kind, span.finder) for span in found] == [("karla holm", Kind.PERSON, "tagger")]


def test_half_a_number_is_no_number() -> None:
    found = weigh.seen(TEXT, _weights(_14=(Kind.ID, 0.9)))
    assert [span.text for span in found] == ["7714"]


def test_a_word_nobody_believes_does_not_stand_at_the_edge_of_a_name() -> None:
    found = weigh.seen(TEXT, _weights(_med=(Kind.PERSON, 0.4), _karla=(Kind.PERSON, 0.95)))
    assert [span.text for span in found] == ["karla"]


def test_neighbours_of_different_kinds_are_two_findings() -> None:
    found = weigh.seen(TEXT, _weights(_karla=(Kind.PERSON, 0.9), _holm=(Kind.LOCATION, 0.9)))
    assert [(span.text, span.kind) for span in found] == [("karla", Kind.PERSON), ("holm", Kind.LOCATION)]


@pytest.mark.parametrize("chance", [0.0, 0.3, 0.45])
def test_what_the_tagger_hardly_believes_is_not_found(chance: float) -> None:
    assert weigh.seen(TEXT, _weights(_karla=(Kind.PERSON, chance))) == []


def test_where_somebody_is_plainly_named_a_listed_name_needs_less() -> None:
    holm = _proposal("holm", Kind.PERSON, 0.85)
    for seen, stands in ((0.5, []), (0.9, [holm])):
        weights = _weights(_igår=(Kind.PERSON, seen), _holm=(Kind.PERSON, 0.02))
        assert weigh.believed([holm], weights, weights.standard.names) == stands


def test_where_somebody_is_plainly_named_the_tagger_is_believed_sooner() -> None:
    for seen, found in ((0.1, []), (0.9, ["karla"])):
        weights = _weights(_karla=(Kind.PERSON, 0.6), _77=(Kind.ID, seen))
        assert [span.text for span in weigh.seen(TEXT, weights) if span.kind is Kind.PERSON] == found
