"""An installation in processes of its own (installation): its folder, its databases, its server, worker and desk."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[1]
PYTHON = [sys.executable, "-m"]


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def hear_signals() -> None:
    """As a terminal starts a program; a run in the background has told its children not to hear these two."""
    for sign in (signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, signal.SIG_DFL)


class Installation:
    """Starts `uth` commands, kills them, and keeps what they say in `<folder>/<name>.log`."""

    def __init__(self, folder: Path, databases: Mapping[str, str] | None = None, **environment: str) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        clean = {k: v for k, v in os.environ.items() if not k.startswith("UTH_") and "DATABASE_URL" not in k}
        self.environment = (
            clean
            | {
                "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
                "DJANGO_SETTINGS_MODULE": "uth.config.settings",
                "UTH_DEMO": "1",
                "UTH_VAR": str(folder / "var"),
                "UTH_PORT": str(self.port),
                "UTH_INTAKE_PER_MINUTE": "1000000",  # the limits have tests of their own
                "UTH_BASE_URL": self.url,
            }
            | dict(databases or {})
            | environment
        )

    def run(self, *command: str, given: str | None = None, fails: bool = False) -> str:
        """Run a module to its end; its standard output."""
        done = subprocess.run(
            [*PYTHON, *command], cwd=ROOT, env=self.environment, input=given, text=True, capture_output=True
        )
        assert fails or done.returncode == 0, done.stderr[-4000:] + done.stdout[-2000:]
        return done.stdout

    def uth(self, *command: str, fails: bool = False) -> str:
        """Run a `uth` command to its end."""
        return self.run("uth.cli.main", *command, fails=fails)

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a part in a process group of its own, so that it can be killed with all its children."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [*PYTHON, *command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=hear_signals,  # noqa: PLW1509 - started before a test has threads
            )

    def serve(self) -> None:
        """Start the web server."""
        self.start("server", ["uth.cli.main", "serve", "--port", str(self.port)])

    def work(self) -> None:
        """Start the worker."""
        self.start("worker", ["uth.cli.main", "worker"])

    def end(self, name: str, sign: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to the part and all its children, and see it dead."""
        part = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(part.pid, sign)
        part.wait(timeout=30)

    def end_all(self) -> None:
        """Nothing stays behind."""
        for name in list(self.running):
            self.end(name)

    def is_up(self) -> bool:
        """Whether the server answers."""
        try:
            return self.get("/api/v1/health").status_code == 200
        except httpx.HTTPError:
            return False

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Ask the server."""
        return httpx.get(self.url + path, timeout=30, **more)

    def wait_until_up(self, seconds: float = 60) -> None:
        """Until the server answers."""
        end = time.monotonic() + seconds
        while not self.is_up():
            assert time.monotonic() < end, (self.folder / "server.log").read_text()[-4000:]
            time.sleep(0.1)

    def log(self, name: str) -> str:
        """What a part has said."""
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""
