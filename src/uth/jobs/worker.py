"""The worker (arbejderen): one plain loop that carries letters, minds deadlines, has files scanned and forgets at night."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections

from uth.actions.accounts import clear_the_door
from uth.actions.attachments import sweep
from uth.actions.plans import remind
from uth.actions.retention import forget, forget_nationally
from uth.actions.tallies import forget_words
from uth.jobs import deadlines, fetching, letters, scanning
from uth.jobs.forgetting import Book
from uth.law.actor import SYSTEM
from uth.law.clock import danish_day
from uth.records import outbox

PAUSE = 1.0  # seconds between rounds when there is nothing to do
ALIVE = "worker.alive"  # touched every round; `uth doctor` reads its age
HOST = socket.gethostname()[-30:]
logger = logging.getLogger("uth.worker")


class Worker:
    """Works until told to stop; a round that fails is tried again in the next."""

    def __init__(self, *, now: Callable[[], datetime], pause: float = PAUSE) -> None:
        self.now, self.pause = now, pause
        self.name = f"{HOST}-{os.getpid()}"
        self.stopping = threading.Event()
        self.last_night: date | None = None
        self.next_fetch = now()
        self.took_over = False

    def run(self) -> None:
        """Until a signal says stop."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: self.stopping.set())
        while not self.stopping.is_set():
            busy = self.round()
            if not busy:
                self.stopping.wait(self.pause)

    def round(self) -> bool:
        """One round; whether there was anything to do."""
        close_old_connections()
        (settings.UTH_VAR / ALIVE).touch()
        try:
            if not self.took_over:
                release_the_dead(self.name)
                self.book = Book()
                self.took_over = True
            self._nightly()
            self.book.write_down()
            self._fetch()
            return letters.carry(self.name, now=self.now) + scanning.scan(now=self.now) > 0
        except (OperationalError, InterfaceError) as failure:  # locked or restarting: the next round will see
            logger.warning("round given up: %s", type(failure).__name__)
            return False

    def _fetch(self) -> None:
        """Now and then; a national level that does not answer is no reason to hold back letters."""
        if settings.UTH_SITE == "national" or self.now() < self.next_fetch:
            return
        self.next_fetch = self.now() + fetching.EVERY
        fetching.fetch(now=self.now)

    def _nightly(self) -> None:
        today = danish_day(self.now())
        if self.last_night == today:
            return
        clear_the_door(by=SYSTEM, at=self.now())
        if settings.UTH_SITE != "national":
            deadlines.remind(at=self.now())
            forget(by=SYSTEM, at=self.now())
            forget_words(by=SYSTEM, at=self.now())
            sweep(by=SYSTEM, at=self.now())
            remind(by=SYSTEM, at=self.now())
        if settings.UTH_SITE != "local":
            forget_nationally(by=SYSTEM, at=self.now())
        self.last_night = today


def release_the_dead(mine: str) -> None:
    """Letters held by a worker that died on this machine go out now, not when its claim runs out."""
    for name in outbox.claimants():
        host, _, number = name.rpartition("-")
        if name == mine or (host == HOST and number.isdecimal() and not _is_alive(int(number))):
            outbox.release(name)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
