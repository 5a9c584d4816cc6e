"""Known identities (kendte identiteter): what the report's own form says, found in its own text."""

from collections.abc import Sequence

from uth.deid.known import names, numbers
from uth.deid.known.forms import Forms
from uth.deid.span import KnownIdentity, Span

NAME = names.NAME


def find(text: str, known: Sequence[KnownIdentity]) -> list[Span]:
    """Every place where a known identity stands: inflected, shortened, split, misspelt, in digits or in words."""
    if not known:
        return []
    found = [*numbers.find(text, numbers.wanted(known))]
    forms = Forms(known)
    if forms.keys:
        found += names.find(text, forms)
    return found
