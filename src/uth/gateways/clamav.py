"""The virus scanner (ClamAV) over its INSTREAM protocol."""

import socket
import struct

CHUNK = 64 * 1024


class NotScanned(Exception):
    """The scanner gave no answer; the file stays in quarantine."""


def is_clean(content: bytes, *, address: str, seconds: float = 30) -> bool:
    """Whether the scanner at `host:port` finds nothing in the bytes. Raises NotScanned."""
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=seconds) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                piece = content[start : start + CHUNK]
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            answer = line.recv(4096).rstrip(b"\0").strip()
    except (OSError, ValueError) as failure:
        raise NotScanned(type(failure).__name__) from failure
    if answer.endswith(b"OK"):
        return True
    if answer.endswith(b"FOUND"):
        return False
    raise NotScanned("unexpected answer")
