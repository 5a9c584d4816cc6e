"""The headline (overskriften) that a report gets where its reporter gave none: the first sentence, without numbers that identify."""

import re

from uth.deid.find import cpr, mail, phone
from uth.deid.merge import merge
from uth.deid.replace import replace

MOST = 80
LONGEST = 140  # characters of a number or an address
READ = 2 * MOST + LONGEST
FINDERS = (cpr, phone, mail)
# A full stop after a short word ends an abbreviation ("pt.", "kl.", "ca."), not a sentence.
_END = re.compile(r"(?<=\w{3})[.!?](?:\s+(?=[A-ZÆØÅ])|$)")


def headline_of(story: str) -> str:
    """The story's first sentence, cut at a word, for lists: a list is read by more people than the story."""
    sentence = _END.split(story.split("\n", 1)[0], maxsplit=1)[0]
    first, whole = _without_numbers(sentence[:READ]), len(sentence) <= READ
    if not whole:  # what the cut went through may be half a number
        first = first[:-LONGEST]
    return first if whole and len(first) <= MOST else first[:MOST].rsplit(" ", 1)[0] + " …"


def _without_numbers(text: str) -> str:
    """CPR numbers, telephone numbers and mail addresses as a word in brackets; names are for a person to see."""
    return replace(text, merge(text, [span for finder in FINDERS for span in finder.find(text)]))
