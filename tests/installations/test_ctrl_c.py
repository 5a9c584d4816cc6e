"""Ctrl-C ends the demonstration whole: no server, no worker and nothing they started stays behind."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Installation, free_port
from tests.installations.conftest import wait_for

pytestmark = pytest.mark.installations

INT, TERM, HUP = signal.SIGINT, signal.SIGTERM, signal.SIGHUP


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A demonstration that was run before, so that each test starts quickly."""
    house = Installation(tmp_path_factory.mktemp("demonstration"))
    house.uth("migrate")
    house.uth("seed", "--cases", "0")
    return house


@pytest.fixture
def house(settled: Installation) -> Iterator[Installation]:
    """It, on a port of its own; whatever a failing test leaves is killed."""
    settled.port = free_port()
    settled.url = f"http://127.0.0.1:{settled.port}"
    yield settled
    settled.running.clear()
    for number in alive(settled):
        os.kill(number, signal.SIGKILL)


def alive(house: Installation) -> list[int]:
    """Every process that was started with this installation's folder, whoever is its parent now."""
    mark = f"UTH_VAR={house.folder / 'var'}\0".encode()
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            state = (place / "stat").read_text().rpartition(") ")[2][0]
            if state != "Z" and mark in (place / "environ").read_bytes():
                found.append(int(place.name))
        except OSError:
            continue  # it ended while we looked, or is not ours
    return found


def run(house: Installation, cases: int = 0) -> subprocess.Popen[bytes]:
    """`uth run` in a group of its own, as a terminal starts it, once the first page answers."""
    house.start("run", ["uth.cli.main", "run", "--port", str(house.port), "--cases", str(cases)])
    wait_for(house.is_up, 60, house.log("run"))
    wait_for(lambda: worker_of(house), 10)
    assert len(alive(house)) >= 3
    return house.running["run"]


def worker_of(house: Installation) -> int:
    """The worker's number, or 0."""
    for number in alive(house):
        if b"\0worker\0" in Path(f"/proc/{number}/cmdline").read_bytes():
            return number
    return 0


def press(part: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    """What a terminal does: the signal goes to the whole group in front."""
    os.killpg(part.pid, sign)


@pytest.mark.parametrize("sign", [INT, TERM, HUP], ids=lambda sign: sign.name)
def test_one_signal_ends_everything(house: Installation, sign: signal.Signals) -> None:
    part = run(house)
    press(part, sign)
    assert part.wait(timeout=30) == 0
    assert alive(house) == []


def test_ctrl_c_while_the_made_up_incidents_are_laid_in_ends_everything(house: Installation) -> None:
    part = run(house, cases=280)
    press(part, INT)
    assert part.wait(timeout=30) == 0
    assert alive(house) == []
    assert "Traceback" not in house.log("run")
    assert "lagt ind" not in house.log("run")[-200:]


@pytest.mark.parametrize("second", [INT, TERM], ids=lambda sign: sign.name)
def test_a_second_signal_does_not_wait_for_a_part_that_will_not_end(
    house: Installation, second: signal.Signals
) -> None:
    part = run(house)
    os.kill(worker_of(house), signal.SIGSTOP)
    press(part, INT)
    time.sleep(1)
    assert part.poll() is None, "it waits for the worker"
    pressed = time.monotonic()
    press(part, second)
    part.wait(timeout=30)
    assert time.monotonic() - pressed < 5
    assert alive(house) == []


def test_a_hail_of_signals_leaves_nothing(house: Installation) -> None:
    part = run(house)
    while part.poll() is None:
        for sign in (INT, TERM, INT):
            press(part, sign)
        time.sleep(0.01)
    assert alive(house) == []


def test_when_the_server_dies_the_worker_does_not_go_on_alone(house: Installation) -> None:
    part = run(house)
    (server,) = [n for n in alive(house) if serves(n, part.pid)]
    os.kill(server, signal.SIGKILL)
    assert part.wait(timeout=30) == 1
    assert alive(house) == []


def serves(number: int, parent: int) -> bool:
    """Whether it is the server that `uth run` itself started."""
    line = Path(f"/proc/{number}/cmdline").read_bytes()
    above = int(Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2].split()[1])
    return b"\0serve\0" in line and above == parent
