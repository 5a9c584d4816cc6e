"""Writing (skrivning): transactions that wait their turn in this process before they wait at SQLite's one lock.

SQLite lets one writer in at a time, and the others look again now and then, ever more seldom. Threads of one
process can stand in line instead, and the next begins the moment the last has committed.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

_turns = {"default": threading.Lock(), "national": threading.Lock()}


@contextmanager
def writing(using: str, *, savepoint: bool = True) -> Iterator[None]:
    """A transaction. Inside another it is part of that one; without a savepoint an error in it ends both."""
    connection = connections[using]
    if connection.in_atomic_block or connection.vendor != "sqlite":
        with transaction.atomic(using=using, savepoint=savepoint):
            yield
        return
    with _turns[using], transaction.atomic(using=using):
        yield
