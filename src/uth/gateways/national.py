"""The national level (national modtager) over HTTP: post bytes with headers, tell what the other side said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `status` 0: nobody answered; `problem` is a short code, never the other side's text."""

    status: int
    problem: str = ""

    @property
    def taken_in(self) -> bool:
        return self.status in {200, 201} and not self.problem


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, message_id: str, seconds: float = 20
) -> Answer:
    """Deliver a letter; never raises for what the network may do. A yes must name the message it is about."""
    try:
        here = urlsplit(url).hostname in {"localhost", "127.0.0.1", "::1"}
        response = httpx.post(
            url,
            content=body,
            headers={"Content-Type": "application/json", **headers},
            timeout=seconds,
            trust_env=not here,  # what is for this machine goes through no proxy
        )
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as failure:
        return Answer(0, type(failure).__name__)
    said = _said(response)
    if response.status_code in {200, 201}:  # a proxy's friendly page is no receipt
        return Answer(response.status_code, "" if said.get("message_id") == message_id else "no_receipt")
    return Answer(response.status_code, _code(response.status_code, said))


def fetch(url: str, headers: Mapping[str, str], *, seconds: float = 20) -> tuple[Answer, dict[str, Any]]:
    """Ask for what waits; never raises for what the network may do. What was said is empty unless it was a yes."""
    try:
        here = urlsplit(url).hostname in {"localhost", "127.0.0.1", "::1"}
        response = httpx.get(url, headers=dict(headers), timeout=seconds, trust_env=not here)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as failure:
        return Answer(0, type(failure).__name__), {}
    said = _said(response)
    if response.status_code == 200:
        return Answer(200), said
    return Answer(response.status_code, _code(response.status_code, said)), {}


def _said(response: httpx.Response) -> dict[str, Any]:
    try:
        said = response.json()
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _code(status: int, said: Mapping[str, Any]) -> str:
    safe = str(said.get("code") or f"http_{status}")
    return "".join(c for c in safe if c.isalnum() or c == "_")[:60]
