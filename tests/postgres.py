"""A throw-away PostgreSQL for one test (engangsdatabase): the same script that runs the whole suite on one."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "tools" / "with_postgres.sh"


@contextlib.contextmanager
def postgres() -> Iterator[dict[str, str]]:
    """The two DATABASE_URLs of a fresh server; skips, and says so, where no PostgreSQL is installed."""
    tell = 'echo "$DATABASE_URL"; echo "$NATIONAL_DATABASE_URL"; exec sleep 86400'
    server = subprocess.Popen(
        [str(SCRIPT), "sh", "-c", tell], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    assert server.stderr is not None
    try:
        urls = [server.stdout.readline().strip(), server.stdout.readline().strip()]
        if not all(urls):
            why = server.stderr.read()
            if "missing" in why:
                pytest.skip("PostgreSQL is not installed on this machine")
            raise RuntimeError(why)
        yield dict(zip(("DATABASE_URL", "NATIONAL_DATABASE_URL"), urls, strict=True))
    finally:
        server.terminate()
        server.communicate(timeout=60)
