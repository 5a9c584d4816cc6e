"""Load (belastning): requests over open connections, as cheap as can be for whoever shares the machine."""

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

type Request = tuple[str, str, bytes | None, dict[str, str]]  # method, path, body, headers


@dataclass
class Measured:
    """What a stretch of load gave; seconds a request, in the order they ended."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    wall: float = 0.0

    @property
    def a_second(self) -> float:
        return len(self.seconds) / self.wall if self.wall else 0.0

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def press(port: int, request: Callable[[], Request], *, clients: int, seconds: float) -> Measured:
    """So many clients, each sending its next request when the last is answered."""
    found = Measured()
    end = time.perf_counter() + seconds
    threads = [threading.Thread(target=_client, args=(port, request, end, found)) for _ in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.wall = time.perf_counter() - start
    return found


def _client(port: int, request: Callable[[], Request], end: float, found: Measured) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while (begun := time.perf_counter()) < end:
        method, path, body, headers = request()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            found.errors.append(f"{answer.status} {content[:120]!r}")
        found.seconds.append(time.perf_counter() - begun)
