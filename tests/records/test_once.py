"""What a request has asked it need not ask again; what acts, and the next request, ask anew."""

from collections.abc import Iterator
from itertools import count

from uth.records.once import once, reading


def ask(numbers: Iterator[int], *question: object) -> int:
    return once(lambda: next(numbers), *question)


def test_while_reading_a_question_is_asked_once_and_another_is_another() -> None:
    numbers = count()
    with reading():
        assert [ask(numbers, "a", 1), ask(numbers, "a", 1), ask(numbers, "a", 2)] == [0, 0, 1]


def test_the_next_reading_asks_anew_and_so_does_whatever_is_no_reading() -> None:
    numbers = count()
    for _ in range(2):
        with reading():
            ask(numbers, "a")
    assert [ask(numbers, "a"), ask(numbers, "a")] == [2, 3]


def test_a_question_that_fails_has_no_answer() -> None:
    with reading():
        try:
            once(lambda: 1 // 0, "a")
        except ZeroDivisionError:
            assert once(lambda: 1, "a") == 1
