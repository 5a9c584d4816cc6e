"""Looking (gennemlæsning): the machine's two looks at a text, and what is said when it cannot read.

A machine that cannot read has found nothing and cleared nothing: what was asked for is refused, and waits.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from uth.actions.handling import Refused
from uth.deid import engine
from uth.deid import leaks as second
from uth.deid.span import KnownIdentity, Span
from uth.deid.tagger import TaggerMissing, TaggerTooSlow


class Unread(Refused):
    """The text could not be read by the machine now; nothing was kept. Answered with 503."""


MISSING = (
    "Anonymiseringen kan ikke læse teksten lige nu, og derfor kan sagen ikke komme videre. Det, du har skrevet, "
    "står her stadig. Prøv igen om lidt. Bliver det ved, så sig til jeres administrator, at sprogmodellen mangler."
)
TOO_SLOW = (
    "Anonymiseringen nåede ikke at læse teksten færdig, og derfor kan sagen ikke komme videre. Det, du har skrevet, "
    "står her stadig. Vent et par minutter, og prøv igen."
)


@contextmanager
def reading() -> Iterator[None]:
    """What the machine does within is done whole, or refused in a sentence."""
    try:
        yield
    except TaggerMissing:
        raise Unread(redaction=MISSING) from None
    except TaggerTooSlow:
        raise Unread(redaction=TOO_SLOW) from None


def find(text: str, *, known: Sequence[KnownIdentity] = ()) -> tuple[Span, ...]:
    """The first look: every identity the machine finds. Raises Unread."""
    with reading():
        return engine.find(text, known=known)


def leaks(text: str, *, known: Sequence[KnownIdentity] = ()) -> tuple[Span, ...]:
    """The second, stricter look at what is about to leave. Raises Unread."""
    with reading():
        return second.leaks(text, known=known)
