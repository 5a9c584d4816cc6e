"""Near matches (næsten ens): words at most one slip of the finger from a wanted one, in constant time."""

from collections.abc import Iterable

_LONGEST = 40


class Near:
    """A set of words that also recognises each with one letter wrong, missing, doubled or swapped."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._wanted = frozenset(wanted)
        self._shorter: dict[str, list[str]] = {}
        for word in sorted(self._wanted):
            for short in set(_shortened(word)):
                self._shorter.setdefault(short, []).append(word)

    def match(self, word: str) -> bool:
        """Is the word wanted, or one edit away from a wanted one?"""
        return self.closest(word) is not None

    def closest(self, word: str) -> str | None:
        """The wanted word it is, or else one that is one edit away."""
        if word in self._wanted:
            return word
        if not self._wanted or len(word) > _LONGEST:
            return None
        shorter = self._shorter
        for short in _shortened(word):
            for other in shorter.get(short, ()):
                if one_edit(word, other):
                    return other
        return None


def _shortened(word: str) -> list[str]:
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def one_edit(left: str, right: str) -> bool:
    """At most one insertion, deletion, replacement or swap of neighbours."""
    if abs(len(left) - len(right)) > 1:
        return False
    at = 0
    while at < min(len(left), len(right)) and left[at] == right[at]:
        at += 1
    a, b = left[at:], right[at:]
    return (
        a[1:] == b[1:]
        or a[1:] == b
        or a == b[1:]
        or (a[2:] == b[2:] and a[:2] == b[:2][::-1] and len(a) > 1 and len(b) > 1)
    )
