"""The national level (national modtager) over HTTP: post bytes with headers, tell what the other side said."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `status` 0: nobody answered; `problem` is a short code, never the other side's text."""

    status: int
    problem: str = ""

    @property
    def taken_in(self) -> bool:
        return self.status in {200, 201}


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = 20) -> Answer:
    """Deliver a letter; never raises for what the network may do."""
    here = urlsplit(url).hostname in {"localhost", "127.0.0.1", "::1"}
    try:
        response = httpx.post(
            url,
            content=body,
            headers={"Content-Type": "application/json", **headers},
            timeout=seconds,
            trust_env=not here,  # what is for this machine goes through no proxy
        )
    except (httpx.HTTPError, httpx.InvalidURL) as failure:
        return Answer(0, type(failure).__name__)
    if response.status_code in {200, 201}:
        return Answer(response.status_code)
    return Answer(response.status_code, _code(response))


def _code(response: httpx.Response) -> str:
    try:
        said = response.json()
    except ValueError:
        return f"http_{response.status_code}"
    code = said.get("code") if isinstance(said, dict) else None
    safe = str(code or f"http_{response.status_code}")
    return "".join(c for c in safe if c.isalnum() or c == "_")[:60]
