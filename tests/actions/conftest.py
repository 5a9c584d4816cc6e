"""What several tests of actions need (fælles): a machine that cannot read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from uth.deid import student, tagger


@pytest.fixture
def model_is_gone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Both taggers really look for their models, in a folder that holds none."""
    kept = (tagger._model, tagger.vocabulary, student._student)
    for each in kept:
        each.cache_clear()
    monkeypatch.setattr(tagger, "_FOLDER", tmp_path)
    monkeypatch.setattr(student, "_FOLDER", tmp_path)
    yield
    for each in kept:
        each.cache_clear()
