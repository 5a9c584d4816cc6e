"""De-identification on the command line (anonymisering): text in, clean text out; also archives of JSON lines.

Needs no database, no settings and no keys; the engine is imported when it is to run.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

PROFILES = ("full", "fast")
NO_ENGINE = 3


def options(command: argparse.ArgumentParser) -> None:
    """Text from standard input to standard output."""
    command.description = (
        "Læser en tekst fra standard input og skriver den uden identiteter. Det er et forslag: et menneske læser den "
        "igennem, før den går videre."
    )
    command.add_argument(
        "--jsonl", action="store_true", help="linjer med id og text; svaret har også entities"
    )
    command.add_argument(
        "--replace",
        action="store_true",
        help="med --jsonl: text er den rensede tekst (uden --jsonl er den altid det)",
    )
    command.add_argument(
        "--mask",
        action="store_true",
        help="skriv kun slagsen ([navn]), ikke rolle, afstand i tid og slags sted",
    )
    command.add_argument("--jobs", type=count, default=1, metavar="N", help="med --jsonl: så mange processer")
    command.add_argument(
        "--known", type=Path, metavar="FIL", help="JSON med det kendte: en liste af kind og text"
    )
    command.add_argument(
        "--profile", choices=PROFILES, default="full", help="grundigt (full) eller hurtigt (fast)"
    )
    command.set_defaults(django=False)
    acts = command.add_subparsers(dest="act", metavar="HANDLING")
    _evaluate_options(
        acts.add_parser("evaluate", help="mål, hvad der findes i tekster med kendte identiteter")
    )
    _rerun_options(acts.add_parser("rerun", help="læs installationens sager igen med den nye maskine"))


def _rerun_options(command: argparse.ArgumentParser) -> None:
    command.description = (
        "Foreslår en ny anonymisering, hvor ingen er godkendt endnu; det, et menneske har bestemt, bliver stående. "
        "Viser, i hvilke godkendte sager der nu findes noget. Kan afbrydes og køres videre."
    )
    command.add_argument("--jobs", type=count, default=1, metavar="N", help="så mange processer")
    command.add_argument(
        "--anew", action="store_true", help="begynd forfra, selv om en tidligere ikke blev færdig"
    )
    command.set_defaults(django=True)


def _evaluate_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "gold",
        nargs="+",
        type=Path,
        metavar="GULD",
        help="fil (.jsonl, .json, .tsv, .iob2) eller mappe med .json",
    )
    command.add_argument("--json", action="store_true", help="tallene som JSON")
    command.add_argument("--misses", action="store_true", help="også hvor det oversete står, aldrig hvad")
    command.add_argument(
        "--profile", choices=PROFILES, default=argparse.SUPPRESS, help="grundigt eller hurtigt"
    )


def count(given: str) -> int:
    """A number of processes."""
    number = int(given)
    if not 1 <= number <= 256:
        raise ValueError
    return number


def unread_because(fault: OSError) -> str:
    """Why a file cannot be read, in Danish where it is one of the everyday reasons."""
    reasons = {
        FileNotFoundError: "den findes ikke",
        PermissionError: "du har ikke lov til at læse den",
        IsADirectoryError: "det er en mappe",
    }
    return reasons.get(type(fault), fault.strerror or "ukendt fejl")


def run(given: argparse.Namespace) -> int:
    """Returns the exit status."""
    from uth.cli.lexicon import use_own
    from uth.deid.lexicon import Unusable

    if not given.django:  # whose settings have done so already
        try:
            use_own()
        except Unusable as fault:
            print(f"uth: {fault}", file=sys.stderr)
            return NO_ENGINE
    part = given.act or "stream"
    status: int = import_module(f"uth.cli.deid_{part}").run(given)
    return status
