"""The way to the national level: only a receipt that names our message is a yes; all else is a short code."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from uth.gateways.national import Answer, post

MINE = "11111111-1111-4111-8111-111111111111"


class OtherSide:
    """A server that answers what the test says, and keeps what it got."""

    def __init__(self) -> None:
        self.status, self.body, self.wait = 201, json.dumps({"message_id": MINE}).encode(), 0.0
        self.got: list[tuple[bytes, dict[str, str]]] = []
        side = self

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                side.got.append((body, dict(self.headers)))
                time.sleep(side.wait)
                self.send_response(side.status)
                self.send_header("Location", "http://localhost:1/elsewhere")
                self.send_header("Content-Length", str(len(side.body)))
                self.end_headers()
                self.wfile.write(side.body)

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign] # who waits no longer hangs up
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/api/v1/national/reports"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def send(self, **more: float) -> Answer:
        return post(self.url, b'{"a":1}', {"Uth-Sender": "DK-84"}, message_id=MINE, **more)


@pytest.fixture
def other_side() -> Iterator[OtherSide]:
    side = OtherSide()
    yield side
    side.server.shutdown()
    side.server.server_close()


@pytest.mark.parametrize("status", [200, 201])
def test_a_receipt_that_names_the_message_is_a_yes_and_the_bytes_are_ours(
    other_side: OtherSide, status: int
) -> None:
    other_side.status = status
    assert other_side.send() == Answer(status)
    assert other_side.send().taken_in
    body, headers = other_side.got[0]
    assert body == b'{"a":1}'
    assert headers["Uth-Sender"] == "DK-84"


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>Velkommen</html>", b"[]", b"null", b"{}", b'{"message_id": "another"}', b"[" * 100_000],
)
def test_a_friendly_page_that_is_no_receipt_is_not_taken_for_one(other_side: OtherSide, body: bytes) -> None:
    other_side.status, other_side.body = 200, body
    assert other_side.send() == Answer(200, "no_receipt")
    assert not other_side.send().taken_in


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (401, b'{"code": "too_old"}', "too_old"),
        (409, b'{"code": "message_id_reused"}', "message_id_reused"),
        (422, b'{"code": "<b>Ellen 0201919996</b>' + b"x" * 500 + b'"}', "bEllen0201919996b" + "x" * 43),
        (500, b"Traceback", "http_500"),
        (503, b'{"code": null}', "http_503"),
        (302, b"", "http_302"),
    ],
)
def test_a_no_is_kept_as_a_short_code(other_side: OtherSide, status: int, body: bytes, code: str) -> None:
    other_side.status, other_side.body = status, body
    assert other_side.send() == Answer(status, code)
    assert not other_side.send().taken_in


def test_nobody_or_a_slow_one_is_told_by_a_code(other_side: OtherSide) -> None:
    other_side.wait = 2
    assert other_side.send(seconds=0.2) == Answer(0, "ReadTimeout")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/"
    assert post(url, b"", {}, message_id=MINE) == Answer(0, "ConnectError")
    for url in ("", "nonsense", "http://[", "ftp://localhost/"):
        assert post(url, b"", {}, message_id=MINE).status == 0


def test_what_is_for_this_machine_goes_through_no_proxy(
    other_side: OtherSide, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://proxy.opdigtet.invalid:3128")
    assert other_side.send().taken_in
