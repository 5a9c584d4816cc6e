"""Everything at once: a port that is taken is said in a sentence, before anything is started."""

import socket

import pytest

from uth.cli import main
from uth.cli.together import taken


def test_a_port_somebody_listens_on_is_taken() -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        port = line.getsockname()[1]
        assert taken("127.0.0.1", port)
    assert not taken("127.0.0.1", port)


def test_make_run_on_a_taken_port_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        assert main.main(["run", "--port", str(line.getsockname()[1])]) == 1
    assert "er optaget" in capsys.readouterr().out
