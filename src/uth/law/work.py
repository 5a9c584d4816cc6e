"""Proof of work (regnestykke): a small sum a browser does in a second, and a script many times over."""

import hashlib
from itertools import count

BITS = 16  # about 65,000 tries: under a second in a browser


def solves(challenge: str, answer: str, bits: int = BITS) -> bool:
    """Whether SHA-256 of `challenge:answer` begins with that many zero bits."""
    if not answer.isascii() or len(answer) > 20:
        return False
    digest = hashlib.sha256(f"{challenge}:{answer}".encode()).digest()
    return int.from_bytes(digest) >> (256 - bits) == 0


def solve(challenge: str, bits: int = BITS) -> str:
    """The first answer; what a program does that has been asked to."""
    return next(str(n) for n in count() if solves(challenge, str(n), bits))
