"""The tagger reads every word of a text, whole or not at all."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from uth.deid import student, tagger
from uth.deid.engine import Profile, deidentify, find
from uth.deid.span import Kind

STORY = "Sygeplejerske Ingeborg Tranekær ringede til patientens søn på 20 30 40 51. "


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation whose model folder is empty."""
    monkeypatch.setattr(tagger, "_FOLDER", tmp_path)
    monkeypatch.setattr(student, "_FOLDER", tmp_path)
    _forget_models()
    yield
    _forget_models()


def _forget_models() -> None:
    for cached in (tagger.vocabulary, tagger._model, student._student):
        cached.cache_clear()


@pytest.mark.parametrize("profile", Profile)
def test_without_a_model_nothing_is_said_of_a_text(nowhere: None, profile: Profile) -> None:
    with pytest.raises(tagger.TaggerMissing):
        deidentify(STORY, profile=profile)


@pytest.mark.parametrize("profile", Profile)
def test_the_answer_says_how_thoroughly_was_looked(profile: Profile) -> None:
    clean = deidentify(STORY, profile=profile)
    assert clean.profile is profile
    assert "Tranekær" not in clean.text
    assert "20 30 40 51" not in clean.text


def test_a_reading_that_takes_too_long_fails_whole() -> None:
    hours = itertools.count(step=3600.0)
    with pytest.raises(tagger.TaggerTooSlow):
        tagger.read(STORY * 50, clock=lambda: next(hours))


def test_every_token_of_a_long_text_is_judged() -> None:
    reading = tagger.read(STORY * 40)
    assert reading.probabilities.shape == (len(reading.tokens), len(Kind) + 1)
    assert reading.probabilities.sum(axis=1).tolist() == pytest.approx([1.0] * len(reading.tokens), abs=1e-3)


def test_a_name_is_seen_wherever_in_a_long_text_it_stands() -> None:
    text = STORY * 40
    names = [span for span in find(text) if span.text.startswith("Ingeborg Tranekær")]
    assert len(names) == 40


def test_an_empty_text_holds_nothing() -> None:
    assert find("") == ()
    assert find(" \n ") == ()


def test_the_pieces_cover_every_letter_of_a_text() -> None:
    text = "Ældre kvinde, 94 år, faldt d. 3/4.\nKontakt: mor@eksempel.dk ☎ 🙂"
    tokens = tagger.vocabulary().pieces.tokens(text)
    covered = {place for token in tokens for place in range(token.start, token.end)}
    assert covered == {place for place, char in enumerate(text) if char != " "}
    assert all(token.ids for token in tokens)
