"""What a clean text may tell all the same (sjældenhed)."""

import pytest

from uth.deid.rarity import CLUES, FEW, rarity

EVERYDAY = "Patienten på 72 år fik dobbelt dosis Metoprolol, fordi ordinationen stod to gange. Det eneste, der skete, var svimmelhed."


@pytest.mark.parametrize(
    "text",
    [
        "Hændelsen har været i avisen.",
        "[person A] er den eneste kvindelige overlæge.",
        "Patienten har Huntingtons chorea.",
        "Hun ventede trillinger.",
        "Patienten var tidligere borgmester.",
        "En grønlandsk mand på 87 år fra øen fik forkert medicin.",
    ],
)
def test_what_few_can_be_told_of_is_worth_a_warning(text: str) -> None:
    told = rarity([text], alike=None)
    assert told.tells
    assert told.score > 1 / FEW
    assert all(reason.words and reason.advice for reason in told.reasons)


def test_an_everyday_event_is_not() -> None:
    told = rarity([EVERYDAY], alike=None)
    assert not told.reasons
    assert not told.tells


def test_a_common_clue_alone_is_not_enough_and_two_are() -> None:
    assert not rarity(["En grønlandsk patient"], alike=None).tells
    assert rarity(["En grønlandsk patient på 87 år"], alike=None).tells


def test_many_alike_make_the_same_clue_weaker() -> None:
    text = ["Patienten har Huntingtons chorea."]
    assert rarity(text, alike=100).score > rarity(text, alike=100_000).score
    assert not rarity(text, alike=100_000).tells


def test_few_alike_is_a_reason_by_itself_and_never_says_how_few() -> None:
    told = rarity([EVERYDAY], alike=1)
    assert told.tells
    assert not any(char.isdigit() for reason in told.reasons for char in reason.why)


def test_a_placeholder_is_no_clue() -> None:
    assert not rarity(["[plejehjemmet] [dato]"], alike=None).reasons


def test_every_clue_says_what_to_do() -> None:
    assert all(0 < clue.share < 1 and clue.advice.endswith(".") for clue in CLUES)
