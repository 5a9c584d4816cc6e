"""Once (én gang): within a request that only reads, the same question is not put to the database twice.

For what such a request cannot change: the asker's roles, the case, the end of the site's audit. Whatever acts, asks.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_answers: ContextVar[dict[tuple[object, ...], Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """In here an answer holds until the end; outside, every question is asked."""
    before = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(before)


def once[T](ask: Callable[[], T], *question: object) -> T:
    """The answer to this question; `question` tells it from all others."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    answer: T = answers[question]
    return answer


def known(answer: object, *question: object) -> None:
    """Another question has brought this answer with it."""
    answers = _answers.get()
    if answers is not None:
        answers[question] = answer
