"""Word lists (ordlister): read once, when first asked for; sources and licences in lexicon/README.md."""

from functools import cache
from importlib.resources import files


@cache
def entries(name: str) -> frozenset[str]:
    """The lower-case entries of one list."""
    text = (files("uth.deid") / "lexicon" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(text.split("\n")) - {""}


def first_names_common() -> frozenset[str]:
    """The first names most people in Denmark bear."""
    return entries("first_names_common")


def first_names() -> frozenset[str]:
    """First names few bear; alone they need a capital letter inside a sentence."""
    return entries("first_names")


def surnames() -> frozenset[str]:
    """Surnames in use in Denmark."""
    return entries("surnames")


def surnames_rare() -> frozenset[str]:
    """Surnames of other countries; they count beside another name only."""
    return entries("surnames_rare")


@cache
def ambiguous() -> frozenset[str]:
    """Names that are also words: Bo, Maj, Vest, Storm."""
    return entries("ambiguous") | (entries("names_that_are_words") - _NAMES_FIRST)


# In running text these stand as words a time or two, but they are names nearly always.
_NAMES_FIRST = frozenset({"andres", "lykke", "ebbe", "sus", "rie", "nissen"})


@cache
def stopwords() -> frozenset[str]:
    """Words that begin a Danish sentence or note and are never a name."""
    return entries("stopwords")


@cache
def innocent() -> frozenset[str]:
    """What looks like a name and is not: eponyms, drugs, months, words of the trade."""
    return entries("eponyms") | entries("drugs") | entries("medical")


@cache
def abbreviations() -> frozenset[str]:
    """Short forms that look like initials."""
    return entries("abbreviations")


@cache
def streets() -> frozenset[str]:
    """Street names whose shape does not say that they are streets."""
    return entries("streets")


@cache
def towns() -> frozenset[str]:
    """Postal towns, islands and well-known quarters."""
    return entries("towns") | entries("regions_and_quarters")


@cache
def villages() -> frozenset[str]:
    """Villages and manors; too many to trust without a preposition."""
    return entries("villages")


def verbs_after_a_name() -> frozenset[str]:
    """What a person does in a note: 'mette ringede'."""
    return entries("verbs_after_a_name")


def words_before_a_name() -> frozenset[str]:
    """What stands before a person in a note: 'talte med mette'."""
    return entries("words_before_a_name")
