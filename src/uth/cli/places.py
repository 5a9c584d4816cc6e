"""Places on the command line (steder): read the register's extract, and the four local mappings, in."""

import argparse
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

MOST_TOLD = 20


def options(command: argparse.ArgumentParser) -> None:
    """`import FILE` for the register, `map KIND FILE` for what is our own."""
    acts = command.add_subparsers(dest="act", required=True, metavar="HANDLING")
    register = acts.add_parser("import", help="læs et udtræk af SOR ind (CSV eller XML, se docs/places.md)")
    register.add_argument("file", type=Path, metavar="FIL")
    register.add_argument("--dry-run", action="store_true", help="fortæl, hvad der ville ske, og gør intet")
    register.add_argument(
        "--partial", action="store_true", help="filen er kun en del af registret: luk intet"
    )
    register.add_argument("--close-many", action="store_true", help="luk også, når det er mange")
    ours = acts.add_parser("map", help="læs en af de fire lokale tilpasninger ind (se docs/places.md)")
    ours.add_argument("kind", choices=["aliases", "hidden", "physical", "delegated"], metavar="SLAGS")
    ours.add_argument("file", type=Path, metavar="FIL")
    ours.add_argument("--dry-run", action="store_true", help="fortæl, hvad der ville ske, og gør intet")


def run(given: argparse.Namespace) -> int:
    """Returns the exit status: 0 where all of the file was used."""
    from uth.actions.handling import Refused
    from uth.cli.places_file import Unreadable

    try:
        return _import(given) if given.act == "import" else _map(given)
    except Unreadable as wrong:
        print(f"uth: {wrong}", file=sys.stderr)
    except Refused as refused:
        print("uth: " + " ".join(refused.problems.values()), file=sys.stderr)
    return 1


def _import(given: argparse.Namespace) -> int:
    from uth.actions.places_import import plan, read_in
    from uth.cli.places_file import read
    from uth.law.actor import SYSTEM
    from uth.law.clock import danish_day

    units, left_out = read(given.file)
    at = datetime.now(UTC)
    if given.dry_run:
        found = plan(units, on=danish_day(at), partial=given.partial)
    else:
        found = read_in(units, partial=given.partial, close_many=given.close_many, by=SYSTEM, at=at)
    _tell("Nye", [f"{unit.name} ({unit.sor_id})" for unit in found.added])
    _tell("Ændrede", [f"{each.unit.name}: {', '.join(each.fields)}" for each in found.changed])
    _tell("Lukkede", [name for _, name in found.closed])
    print(f"Uændrede: {found.same}")
    _tell("Skal ses efter", [*left_out, *found.problems])
    if given.dry_run:
        print("Intet er ændret. Kør uden --dry-run for at gøre det.")
    return 1 if left_out or found.problems else 0


def _map(given: argparse.Namespace) -> int:
    from uth.actions.place_mappings import VERBS, Dry
    from uth.cli.places_file import lines
    from uth.law.actor import SYSTEM

    verb, columns = VERBS[given.kind]
    rows = lines(given.file, columns)
    try:
        done = verb(rows, dry=given.dry_run, by=SYSTEM, at=datetime.now(UTC))
    except Dry as told:
        done = told.done
    _tell("Ændret", done.changed)
    print(f"Uændrede: {done.same}")
    _tell("Skal ses efter", done.problems)
    if given.dry_run:
        print("Intet er ændret. Kør uden --dry-run for at gøre det.")
    return 1 if done.problems else 0


def _tell(title: str, lines: Iterable[str]) -> None:
    told = list(lines)
    print(f"{title}: {len(told)}")
    for line in told[:MOST_TOLD]:
        print(f"  {line}")
    if len(told) > MOST_TOLD:
        print(f"  … og {len(told) - MOST_TOLD} mere")
