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
    parts = [
        _start([*mine, "serve", "--host", host, "--port", str(port)]),
        _start([*mine, "worker"]),
    ]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        print(banner(f"http://localhost:{port}"), flush=True)
        demo.seed(now=now, cases=cases, told=_give_way)
        print("\n  De opdigtede eksempler er lagt ind.\n", flush=True)
        while all(part.poll() is None for part in parts):
            time.sleep(0.5)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        for part in parts:
            part.terminate()
        for part in parts:
            _end(part)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """A part in a group of its own: Ctrl-C comes to us alone, and what the part starts can be ended with it."""
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own command


def _end(part: subprocess.Popen[bytes]) -> None:
    """Wait for it, then see that nothing it started lingers."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        part.wait(timeout=10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(part.pid, signal.SIGKILL)
    part.wait()


def _give_way(number: int) -> None:
    """Between two made-up incidents, let whoever is reporting write."""
    time.sleep(0.02)
    if number % 20 == 0:
        print(".", end="", flush=True)
