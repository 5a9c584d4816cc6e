"""Processes (processer) that share a long row of work: answers in order, memory flat, and none outlives its parent."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

AHEAD = 4  # pieces of work that wait for each process


def in_order[In, Out](
    work: Callable[[In], Out], pieces: Iterable[In], *, jobs: int, begin: Callable[[], None] | None = None
) -> Iterator[Out]:
    """What `work` makes of each piece, in their order. Raises BrokenProcessPool when a process is killed."""
    waiting: deque[Future[Out]] = deque()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(begin,)) as pool:
        try:
            for piece in pieces:
                waiting.append(pool.submit(work, piece))
                if len(waiting) >= AHEAD * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _start(begin: Callable[[], None] | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and ends them when they have answered
    threading.Thread(target=_follow, daemon=True).start()
    if begin:
        begin()


def _follow() -> None:
    """A process whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
