"""Everything at once (alt på én gang): server and worker of a demonstration, with the incidents laid in meanwhile."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime

from uth.cli import demo
from uth.cli.banner import banner


def taken(host: str, port: int) -> bool:
    """Whether somebody listens there already."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just let go of is free
        try:
            line.bind((host, port))
        except OSError:
            return True
    return False


def run(host: str, port: int, *, cases: int | None, now: Callable[[], datetime]) -> int:
    """Until Ctrl-C, or until one of the two stops; returns the exit status."""
    demo.settle(at=now())
    mine = [sys.executable, "-m", "uth.cli.main"]
    house = _House()
    try:
        house.start([*mine, "serve", "--host", host, "--port", str(port)])
        house.start([*mine, "worker"])
        print(banner(f"http://localhost:{port}"), flush=True)
        demo.seed(now=now, cases=cases, told=house.give_way)
        print("\n  De opdigtede eksempler er lagt ind.\n", flush=True)
        while house.stands():
            time.sleep(0.2)
        return 1
    except _AskedToEnd:
        return 0
    finally:
        house.end()


class _AskedToEnd(Exception):
    """Somebody pressed Ctrl-C, closed the window or sent SIGTERM."""


class _House:
    """The parts, and the wish that they end: a signal is only noted, so that none can come between two of our steps."""

    def __init__(self) -> None:
        self.parts: list[subprocess.Popen[bytes]] = []
        self.asked = 0
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(sign) is not signal.SIG_IGN:  # nohup means it
                signal.signal(sign, self._ask)

    def start(self, command: list[str]) -> None:
        """A part in a group of its own: Ctrl-C comes to us alone, and what the part starts can be ended with it."""
        self.parts.append(subprocess.Popen(command, start_new_session=True))  # noqa: S603 - our own command

    def stands(self) -> bool:
        """Whether all parts run; raises when we have been asked to end."""
        if self.asked:
            raise _AskedToEnd
        return all(part.poll() is None for part in self.parts)

    def give_way(self, number: int) -> None:
        """Between two made-up incidents, let whoever is reporting write."""
        self.stands()
        time.sleep(0.02)
        if number % 20 == 0:
            print(".", end="", flush=True)

    def end(self) -> None:
        """Ask every part to end, wait for it, then see that nothing it started lingers."""
        for part in self.parts:
            part.terminate()
        patience = time.monotonic() + 10
        for part in self.parts:
            while part.poll() is None and self.asked < 2 and time.monotonic() < patience:
                time.sleep(0.05)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(part.pid, signal.SIGKILL)
            part.wait()

    def _ask(self, *_: object) -> None:
        """The first time they may finish what they are doing; the second time they may not."""
        self.asked += 1
