"""Reading (læsning): a page that is only looked at asks for each thing once."""

from contextlib import AbstractContextManager

from uth.records import once


def reading() -> AbstractContextManager[None]:
    """For a request that looks and does not act."""
    return once.reading()
