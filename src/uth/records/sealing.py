"""Sealing (forsegling): encryption of identities, keyed hashes, and codes that people can read aloud."""

import base64
import hashlib
import hmac
import json
import os
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_VERSION = b"\x01"
_NONCE = 12


class SealBroken(Exception):
    """The sealed bytes were made with another key or have been altered."""


def keyed_hash(purpose: str, value: str) -> str:
    """HMAC-SHA256 in hex under the installation's pepper; `purpose` keeps the uses apart."""
    pepper = base64.b64decode(settings.UTH_PEPPER)
    return hmac.new(pepper, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def seal(content: dict[str, Any], *, context: str, key: bytes | None = None) -> bytes:
    """The JSON of `content`, sealed and bound to `context` (model and row)."""
    return seal_bytes(json.dumps(content, ensure_ascii=False).encode(), context=context, key=key)


def unseal(sealed: bytes, *, context: str, key: bytes | None = None) -> dict[str, Any]:
    """The content again; raises SealBroken."""
    content: dict[str, Any] = json.loads(unseal_bytes(sealed, context=context, key=key))
    return content


def seal_bytes(clear: bytes, *, context: str, key: bytes | None = None) -> bytes:
    """AES-256-GCM under the vault's key, or the one given."""
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + AESGCM(key or _vault_key()).encrypt(nonce, clear, context.encode())


def unseal_bytes(sealed: bytes, *, context: str, key: bytes | None = None) -> bytes:
    """The bytes again; raises SealBroken."""
    data = bytes(sealed)
    if data[:1] != _VERSION:
        raise SealBroken("unknown version")
    nonce, cipher = data[1 : 1 + _NONCE], data[1 + _NONCE :]
    try:
        return AESGCM(key or _vault_key()).decrypt(nonce, cipher, context.encode())
    except InvalidTag as wrong:
        raise SealBroken("wrong key or altered") from wrong


def key_from_code(code: str) -> bytes:
    """A draft's own key, derived from its resume code, which we never store."""
    pepper = base64.b64decode(settings.UTH_PEPPER)
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=pepper, info=b"uth draft").derive(
        normal_code(code).encode()
    )


def _vault_key() -> bytes:
    return base64.b64decode(settings.UTH_VAULT_KEY)


# 32 consonant-vowel syllables that cannot be misheard for one another in Danish: 5 bits each.
SYLLABLES = [
    "ba",
    "be",
    "bi",
    "bo",
    "da",
    "de",
    "di",
    "do",
    "fa",
    "fe",
    "fi",
    "fo",
    "ka",
    "ke",
    "ki",
    "ko",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "ni",
    "no",
    "sa",
    "se",
    "si",
    "so",
]
_WORDS, _PER_WORD = 6, 3  # 18 syllables of 5 bits = 90 bits


def new_code() -> str:
    """A code a person can type and read aloud, 90 random bits: "balemi-kosano-…"."""
    words = ("".join(secrets.choice(SYLLABLES) for _ in range(_PER_WORD)) for _ in range(_WORDS))
    return "-".join(words)


def normal_code(typed: str) -> str:
    """The code as issued, whatever capitals, blanks and dashes it was typed with."""
    letters = "".join(c for c in typed.lower() if c.isalpha())
    size = _PER_WORD * 2
    return "-".join(letters[i : i + size] for i in range(0, len(letters), size))
