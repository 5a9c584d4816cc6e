"""The rerun on the command line (genkørsel): every case is read again by the engine that is installed now.

Killed, it goes on where it was when it is run again. Exit status: 0; 1, some cases were not read; 3, the engine
cannot work; 130, interrupted.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from uth.cli.processes import in_order
from uth.deid.tagger import TaggerMissing, TaggerTooSlow

if TYPE_CHECKING:
    from uth.queries.reruns import StillThere

NOT_READ, NO_ENGINE, INTERRUPTED = 1, 3, 130
AGAIN = "Kør kommandoen igen: den fortsætter, hvor den slap."
SENTENCES: dict[type[BaseException], str] = {
    TaggerMissing: "Sprogmodellen mangler eller kan ikke læses. Installér uth igen. " + AGAIN,
    BrokenProcessPool: "En proces blev stoppet; måske er der for lidt hukommelse. Prøv med færre --jobs. "
    + AGAIN,
    KeyboardInterrupt: "Afbrudt. " + AGAIN,
}
SECONDS = 5  # between two words of progress
TOO_SLOW, BUSY = "TOO_SLOW", "BUSY"  # outcomes of cases that were not read


def run(given: argparse.Namespace) -> int:
    """Returns the exit status."""
    from uth.actions import reruns as verbs
    from uth.law.actor import SYSTEM
    from uth.queries import reruns

    rerun = verbs.begin(anew=given.anew, by=SYSTEM, at=datetime.now(UTC))
    before, cases = reruns.done(rerun), reruns.left(rerun)
    _say(
        f"Fortsætter: {before} sager er læst, {len(cases)} er tilbage." if before else f"{len(cases)} sager."
    )
    try:
        met = _told(_outcomes(rerun, cases, given.jobs), len(cases))
    except (TaggerMissing, BrokenProcessPool, KeyboardInterrupt) as fault:
        _say(SENTENCES[type(fault)])
        return INTERRUPTED if type(fault) is KeyboardInterrupt else NO_ENGINE
    not_read = met[TOO_SLOW] + met[BUSY]
    if not not_read:
        verbs.end(rerun, by=SYSTEM, at=datetime.now(UTC))
    print(f"Nye forslag at læse: {met['ANEW']}. Uændrede: {met['SAME']}.")
    _list(reruns.still_there(rerun))
    if not_read:
        _say(f"{_cases(not_read)} blev ikke læst: nogen arbejdede der, eller tiden løb ud. {AGAIN}")
    return NOT_READ if not_read else 0


def _outcomes(rerun: int, cases: Iterable[int], jobs: int) -> Iterator[str]:
    if jobs == 1:
        return (read_one(rerun, case) for case in cases)
    return in_order(partial(read_one, rerun), cases, jobs=jobs, begin=set_up)


def set_up() -> None:
    """A process of its own has connections of its own."""
    import django

    django.setup()


def read_one(rerun: int, case: int) -> str:
    """What became of one case, by its name."""
    from uth.actions.looking import Unread
    from uth.actions.reruns import read_again
    from uth.law.actor import SYSTEM

    try:
        return read_again(rerun, case, by=SYSTEM, at=datetime.now(UTC)).name
    except (TaggerTooSlow, Unread):
        return TOO_SLOW


def _told(outcomes: Iterable[str], of: int) -> Counter[str]:
    met: Counter[str] = Counter()
    begun = last = time.monotonic()
    for outcome in outcomes:
        met[outcome] += 1
        if time.monotonic() - last >= SECONDS:
            last = time.monotonic()
            pace = f"{met.total() / (last - begun):.1f}".replace(".", ",")
            _say(f"{met.total()} af {_cases(of)}, {pace} i sekundet.")
    return met


def _list(found: Sequence["StillThere"]) -> None:
    if not found:
        print("Intet fundet i tekster, der var godkendt.")
        return
    print("Se disse sager efter; maskinen finder nu noget i den godkendte tekst:")
    for one in found:
        kinds = ", ".join(f"{kind.danish}: {many}" for kind, many in one.found.items())
        print(f"  {one.number} ({one.state.danish}): {kinds}")


def _cases(number: int) -> str:
    return "1 sag" if number == 1 else f"{number} sager"


def _say(sentence: str) -> None:
    print(f"uth: {sentence}", file=sys.stderr, flush=True)
