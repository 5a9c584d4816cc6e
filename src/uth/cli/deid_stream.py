"""A stream of text (tekststrøm): what `uth deid` does with standard input, alone or with processes of its own.

Exit status: 0, all was answered; 1, some lines were left out, each named by its number; 2, what was given cannot be
read; 3, the engine cannot work, and nothing more was written.
"""

import argparse
import itertools
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import BinaryIO

from uth.cli.deid import NO_ENGINE, unread_because
from uth.cli.lexicon import use_own
from uth.cli.processes import in_order
from uth.deid.engine import KnownIdentity, Profile, deidentify
from uth.deid.lines import MOST_BYTES, BadLine, How, answer, identities
from uth.deid.replace import Style
from uth.deid.tagger import TaggerMissing, TaggerTooSlow

LEFT_OUT, UNREADABLE, INTERRUPTED = 1, 2, 130
SENTENCES: dict[type[BaseException], str] = {
    TaggerMissing: "Sprogmodellen mangler eller kan ikke læses, så intet er anonymiseret. Installér uth igen.",
    TaggerTooSlow: "Tiden løb ud, før teksten var læst, så intet er anonymiseret. Del teksten op, og prøv igen.",
    BrokenProcessPool: "En proces blev stoppet; måske er der for lidt hukommelse. Prøv igen med færre --jobs.",
    KeyboardInterrupt: "Afbrudt. Det, der er skrevet, er hele linjer.",
}
NOT_UTF8 = "Teksten er ikke UTF-8. Gem den som UTF-8, og prøv igen."
BATCH = 32  # lines a process gets at a time

type Line = tuple[int, bytes]
type Answer = tuple[int, bytes, str]  # number, line, and why there is none


def run(given: argparse.Namespace) -> int:
    """Returns the exit status."""
    try:
        known = _known(given.known) if given.known else ()
    except OSError as fault:
        return _say(f"Filen med det kendte kan ikke læses: {unread_because(fault)}.", UNREADABLE)
    except BadLine as fault:
        return _say(f"Filen med det kendte kan ikke bruges: {fault}.", UNREADABLE)
    how = How(known, Profile(given.profile), given.replace, Style.MASK if given.mask else Style.LESSON)
    try:
        return _lines(how, given.jobs) if given.jsonl else _text(how)
    except (TaggerMissing, TaggerTooSlow, BrokenProcessPool, KeyboardInterrupt) as fault:
        return _say(SENTENCES[type(fault)], INTERRUPTED if type(fault) is KeyboardInterrupt else NO_ENGINE)
    except BrokenPipeError:  # whoever read has gone; what Python would flush at its end goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _known(path: Path) -> tuple[KnownIdentity, ...]:
    try:
        return identities(json.loads(path.read_text(encoding="utf-8-sig")))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise BadLine("den er ikke gyldig JSON i UTF-8") from None


def _say(sentence: str, status: int) -> int:
    print(f"uth: {sentence}", file=sys.stderr)
    return status


def _text(how: How) -> int:
    try:
        text = sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError:
        return _say(NOT_UTF8, UNREADABLE)
    clean = deidentify(text, known=how.known, profile=how.profile, style=how.style)
    sys.stdout.buffer.write(clean.text.encode("utf-8"))
    sys.stdout.buffer.flush()
    return 0


def _lines(how: How, jobs: int) -> int:
    lines = _numbered(sys.stdin.buffer)
    left_out = 0
    for number, written, why in _alone(lines, how) if jobs == 1 else _together(lines, how, jobs):
        if why:
            left_out += 1
            print(f"uth: Linje {number} er udeladt: {why}.", file=sys.stderr)
        else:
            sys.stdout.buffer.write(written)
            sys.stdout.buffer.flush()  # whoever follows the stream need not wait
    if not left_out:
        return 0
    return _say("1 linje er udeladt." if left_out == 1 else f"{left_out} linjer er udeladt.", LEFT_OUT)


def _numbered(stream: BinaryIO) -> Iterator[Line]:
    """The lines that hold something; of one far too long only so much that it is seen to be."""
    for number in itertools.count(1):
        line = stream.readline(MOST_BYTES + 1)
        if not line:
            return
        rest = line
        while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(MOST_BYTES + 1)
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if line.strip():
            yield number, line


def _alone(lines: Iterable[Line], how: How) -> Iterator[Answer]:
    return (_answer(line, how) for line in lines)


def _together(lines: Iterable[Line], how: How, jobs: int) -> Iterator[Answer]:
    batches = itertools.batched(lines, BATCH)
    answered = in_order(partial(_batch, how), batches, jobs=jobs, begin=use_own)
    return itertools.chain.from_iterable(answered)


def _batch(how: How, lines: Sequence[Line]) -> list[Answer]:
    return [_answer(line, how) for line in lines]


def _answer(line: Line, how: How) -> Answer:
    number, content = line
    try:
        return number, answer(content, how), ""
    except BadLine as fault:
        return number, b"", str(fault)
