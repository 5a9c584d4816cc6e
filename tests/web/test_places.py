"""Suggestions for the place (stedforslag): names, aliases and nothing else."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db(databases=["default", "national"])


def found(client: Client, typed: str) -> list[str]:
    answer = client.post("/steder.json", {"q": typed})
    assert answer.status_code == 200
    return [line["label"] for line in answer.json()["results"]]


def test_an_alias_finds_the_place(client: Client) -> None:
    assert any("Akutmodtagelsen, Birkelsø" in label for label in found(client, "FAM"))


def test_several_words_narrow_the_search(client: Client) -> None:
    assert all("Birkelsø" in label for label in found(client, "medicinsk birkelsø"))


@pytest.mark.parametrize("typed", ["", " ", "\0", "%", "'", "x" * 5000, "🙂"])
def test_odd_words_find_nothing_and_break_nothing(client: Client, typed: str) -> None:
    assert isinstance(found(client, typed), list)
