"""A small SMTP server of our own (postkasse): takes mail on localhost, keeps it, and can be told to refuse."""

import socketserver
import threading
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


@dataclass
class Sink:
    """What came, and how the server answers. `refuses`: verb -> the answer instead of taking it."""

    port: int = 0
    senders: list[str] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)
    log_ins: list[str] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"smtp://localhost:{self.port}"


def open_sink() -> tuple[Sink, socketserver.ThreadingTCPServer]:
    """A running server on a free port; call `shutdown` on it afterwards."""
    sink = Sink()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 sink")
            while line := self.rfile.readline().decode().strip():
                verb = line.split()[0].upper()
                if verb in sink.refuses:
                    self._say(sink.refuses[verb])
                elif verb == "DATA":
                    self._say("354 go on")
                    sink.mails.append(self._message())
                    self._say("250 taken")
                else:
                    self._note(verb, line)
                if verb == "QUIT":
                    return

        def _note(self, verb: str, line: str) -> None:
            if verb == "EHLO":
                self._say("250-sink\r\n250-AUTH PLAIN\r\n250 8BITMIME")
                return
            if verb == "MAIL":
                sink.senders.append(line.partition("<")[2].partition(">")[0])
            if verb == "RCPT":
                sink.receivers.append(line.partition("<")[2].partition(">")[0])
            if verb == "AUTH":
                sink.log_ins.append(line)
            self._say({"QUIT": "221 bye", "AUTH": "235 welcome"}.get(verb, "250 ok"))

        def _message(self) -> EmailMessage:
            lines = []
            while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            message: EmailMessage = message_from_bytes(b"".join(lines), policy=default)  # type: ignore[assignment]
            return message

        def _say(self, text: str) -> None:
            self.wfile.write(text.encode() + b"\r\n")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
    server.daemon_threads = True
    sink.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return sink, server
