"""What every test stands on: a demo environment in a folder of its own, reference data and the five people."""

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
REFERENCE = Path(
    os.environ.get("UTH_REFERENCE", Path(__file__).resolve().parents[2] / "shared" / "reference")
)

CHROMIUM = os.environ.get("UTH_CHROMIUM", "/usr/bin/chromium")
CALM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's own browser, one for all tests of a process (two drivers cannot share one); without it they are skipped."""
    from playwright.sync_api import sync_playwright

    if not Path(CHROMIUM).exists():
        pytest.skip("there is no chromium here (UTH_CHROMIUM)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CALM)
        yield browser
        browser.close()


@pytest.fixture
def now() -> datetime:
    """A Friday at eleven, Danish time."""
    return NOW


LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(scope="session", autouse=True)
def no_way_out() -> Iterator[None]:
    """Nothing in a test may reach another machine."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        real(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign]
    yield
    socket.socket.connect = real  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    """The files as a deployment serves them: collected, hashed and packed."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Reference data and people once, before any test; each test rolls its own work back."""
    from tests.people import settle

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        settle(at=NOW)


@pytest.fixture(scope="session", autouse=True)
def committed_rows_leave() -> Iterator[None]:
    """`django_db(transaction=True)`: Django would flush, which append-only tables refuse."""
    from django.test import TransactionTestCase

    from tests.transactions import empty_and_settle

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_and_settle)
        yield


@pytest.fixture(autouse=True)
def nothing_in_memory() -> Iterator[None]:
    """What a process keeps from one request or test to the next: the map and the texts, which a rolled back test
    makes go backwards, counts that wait, and people a test has made up."""
    from tests.people import PEOPLE
    from uth.records.limits import waiting
    from uth.records.stamped import forget

    forget()
    waiting.forget()
    settled = set(PEOPLE)
    yield
    for name in set(PEOPLE) - settled if settled else ():
        del PEOPLE[name]


@pytest.fixture
def reference() -> Path:
    """The folder of data that none of us wrote; absent, the test says so and is skipped."""
    if not REFERENCE.is_dir():
        pytest.skip(f"reference data is not on this machine (UTH_REFERENCE, {REFERENCE.name}/)")
    return REFERENCE
