"""How the tests call the API (kald): JSON in, an answer out, and every error a problem document."""

import json
from typing import Any

from django.test import Client

BASE = "/api/v1/"


def get(path: str, **headers: str) -> Any:
    """GET under /api/v1/."""
    return Client().get(BASE + path, headers=_named(headers))


def post(path: str, body: Any = None, *, content_type: str = "application/json", **headers: str) -> Any:
    """POST under /api/v1/; bytes and text are sent as they are."""
    sent = body if isinstance(body, bytes | str) else json.dumps(body)
    return Client().post(BASE + path, sent, content_type=content_type, headers=_named(headers))


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The problem document, after checking that it is one."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(answer.content)
    assert told["code"] == code
    assert told["status"] == status
    assert told["type"] == f"urn:uth:problem:{code}"
    assert told["instance"].startswith("urn:uuid:")
    assert told["title"]
    assert told["detail"].endswith((".", "?"))
    return told
