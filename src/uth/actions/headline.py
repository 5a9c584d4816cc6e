"""The headline (overskriften) that a report gets where its reporter gave none: the first sentence, without numbers that identify."""

import re

from uth.deid.find import cpr, mail, phone
from uth.deid.merge import merge
from uth.deid.replace import replace

MOST = 80
FINDERS = (cpr, phone, mail)
# A full stop after a short word ends an abbreviation ("pt.", "kl.", "ca."), not a sentence.
_END = re.compile(r"(?<=\w{3})[.!?](?:\s+(?=[A-ZÆØÅ])|$)")


def headline_of(story: str) -> str:
    """The story's first sentence, cut at a word, for lists: a list is read by more people than the story."""
    first = _END.split(_without_numbers(story.split("\n", 1)[0]), maxsplit=1)[0]
    return first if len(first) <= MOST else first[:MOST].rsplit(" ", 1)[0] + " …"


def _without_numbers(text: str) -> str:
    """CPR numbers, telephone numbers and mail addresses as a word in brackets; names are for a person to see."""
    return replace(text, merge(text, [span for finder in FINDERS for span in finder.find(text)]))
