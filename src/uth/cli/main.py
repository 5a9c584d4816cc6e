"""The `uth` command (kommandolinjen): the same parts for a demo and for a real deployment."""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from uth.cli import deid, keys, lexicon, organisations, places, setup

PRIVATE, PUBLIC = 0o077, 0o022


def now() -> datetime:
    """The time, read once at the face."""
    return datetime.now(UTC)


def main(argv: Sequence[str] | None = None) -> int:
    """Parse, set Django up, run; returns the exit status."""
    os.umask(PRIVATE)  # databases, and the files SQLite puts beside them, are their owner's alone
    parser = argparse.ArgumentParser(
        prog="uth", description="Utilsigtede hændelser: rapportér, behandl og lær."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="KOMMANDO")
    for name, (does, run, options) in COMMANDS.items():
        command = commands.add_parser(name, help=does)
        command.set_defaults(run=run, django=True)
        options(command)
    given = parser.parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uth.config.settings")
    if given.django:
        import django

        django.setup()
    result: int | None = given.run(given)
    return result or 0


def _serve(given: argparse.Namespace) -> int:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "uth.config.wsgi:application",
        address=given.host,
        port=given.port,
        interface=Interfaces.WSGI,
        workers=given.workers,
        blocking_threads=given.threads,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()
    return 0


def _worker(given: argparse.Namespace) -> int:
    from uth.jobs.worker import Worker

    Worker(now=now).run()
    return 0


def _migrate(given: argparse.Namespace) -> int:
    from django.core.management import call_command

    from uth.queries.readiness import databases

    for alias in databases():
        call_command("migrate", database=alias, verbosity=0)
    call_command("createcachetable", verbosity=0)
    _keep_private()
    os.umask(PUBLIC)
    call_command("collectstatic", interactive=False, verbosity=0)
    os.umask(PRIVATE)
    return 0


def _keep_private() -> None:
    """Close what an earlier release left open for others on the machine."""
    from django.conf import settings

    for database in settings.DATABASES.values():
        if database["ENGINE"].endswith("sqlite3"):
            for end in ("", "-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    Path(f"{database['NAME']}{end}").chmod(0o600)


def _seed(given: argparse.Namespace) -> int:
    from uth.cli import demo

    demo.seed(now=now, cases=given.cases)
    return 0


def _docs(given: argparse.Namespace) -> int:
    from uth.cli import documents

    return documents.main(["--check"] if given.check else [])


def _docs_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--check", action="store_true", help="skriv intet; fejl, hvis en side er forældet")


def _audit_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("act", nargs="?", choices=["verify"], default="verify", help="det eneste, der er")


def _audit(given: argparse.Namespace) -> int:
    from uth.queries.audit import broken_places

    places = broken_places()
    for place in places:
        print(f"{place.building} {place.chain}/{place.seq}: {place.why}")
    print("Revisionssporet er helt." if not places else f"{len(places)} steder holder revisionssporet ikke.")
    return 1 if places else 0


def _doctor(given: argparse.Namespace) -> int:
    from uth.cli.doctor import Weight, examine
    from uth.cli.examination import measure

    findings = examine(measure(backups=given.backups, at=now()))
    for finding in findings:
        print(f"{finding.weight.value}: {finding.sentence}")
    if not findings:
        print("Alt er, som det skal være.")
    return 1 if any(finding.weight is Weight.ERROR for finding in findings) else 0


def _doctor_options(command: argparse.ArgumentParser) -> None:
    folder = os.environ.get("UTH_BACKUPS", "/var/backups/uth")
    command.add_argument("--backups", type=Path, default=Path(folder), help="mappen med sikkerhedskopier")


def _backup(given: argparse.Namespace) -> int:
    from uth.cli.backup import back_up
    from uth.cli.copies import CannotCopy

    try:
        print(back_up(given.folder, at=now(), keep=given.keep))
    except (CannotCopy, OSError) as wrong:
        print(f"Sikkerhedskopien lykkedes ikke: {wrong}", file=sys.stderr)
        return 1
    return 0


def _backup_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, help="mappen, kopierne ligger i; hver får en mappe med sin tid")
    command.add_argument("--keep", type=int, default=None, help="slet de ældste ud over så mange")


def _restore(given: argparse.Namespace) -> int:
    from uth.cli.copies import CannotCopy
    from uth.cli.restore import CannotRestore, restore

    try:
        wrong = restore(given.folder, at=now(), replace=given.replace, verify=given.verify, say=print)
    except (CannotRestore, CannotCopy) as no:
        print(no, file=sys.stderr)
        return 1
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    if given.verify and not wrong:
        print("Efterprøvet: alle rækker og bilag er med, og revisionssporet er helt.")
    return 1 if wrong else 0


def _restore_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, help="en sikkerhedskopi (mappen med manifest.json)")
    command.add_argument(
        "--verify", action="store_true", help="efterprøv rækker, bilag og revisionsspor bagefter"
    )
    command.add_argument("--replace", action="store_true", help="overskriv det, der står der nu")


def _run(given: argparse.Namespace) -> int:
    from uth.cli import together

    if together.taken(given.host, given.port):
        print(
            f"Port {given.port} er optaget. Stop det, der bruger den, eller vælg en anden: make run PORT=8001"
        )
        return 1
    try:
        _migrate(given)
    except KeyboardInterrupt:  # nothing has been started yet
        return 0
    return together.run(given.host, given.port, cases=given.cases, now=now)


def _host_and_port(command: argparse.ArgumentParser) -> None:
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=int(os.environ.get("UTH_PORT", "8000")))


def _serve_options(command: argparse.ArgumentParser) -> None:
    _host_and_port(command)
    command.add_argument("--workers", type=int, default=1)
    command.add_argument("--threads", type=int, default=4)


def _seed_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--cases", type=int, default=None, help="at most this many incidents")


def _run_options(command: argparse.ArgumentParser) -> None:
    _host_and_port(command)
    _seed_options(command)


def _none(command: argparse.ArgumentParser) -> None:
    del command


type Command = tuple[str, Callable[[argparse.Namespace], int], Callable[[argparse.ArgumentParser], None]]

COMMANDS: dict[str, Command] = {
    "setup": (
        "sæt en installation op: miljøfil, nøgler, databaser, første administrator",
        setup.run,
        setup.options,
    ),
    "run": ("alt på én gang til en demonstration", _run, _run_options),
    "serve": ("webserveren", _serve, _serve_options),
    "worker": ("arbejderen: breve, frister, sletning", _worker, _none),
    "migrate": ("opret eller opdatér databaserne, og læg de faste filer frem", _migrate, _none),
    "seed": ("læg stamdata og opdigtede eksempler ind", _seed, _seed_options),
    "docs": ("skriv de genererede dokumenter", _docs, _docs_options),
    "doctor": ("se installationen efter, og sig, hvad der skal rettes", _doctor, _doctor_options),
    "backup": ("tag en sikkerhedskopi af databaser og bilag", _backup, _backup_options),
    "restore": ("genskab fra en sikkerhedskopi", _restore, _restore_options),
    "keys": ("nøgler mellem lokale og nationale installationer", keys.keys, keys.keys_options),
    "token": ("lav en nøgle til et program, der handler som en bruger", keys.token, keys.token_options),
    "places": ("steder: læs registret og de lokale tilpasninger ind", places.run, places.options),
    "organisations": (
        "læg myndigheder sammen, når en anden overtager deres opgaver, og fortryd det igen",
        organisations.run,
        organisations.options,
    ),
    "lexicon": ("navne- og stedlister: lav jeres egne af de officielle filer", lexicon.run, lexicon.options),
    "audit": ("efterprøv revisionssporet", _audit, _audit_options),
    "deid": ("fjern identiteter fra tekst: standard input til standard output", deid.run, deid.options),
}

if __name__ == "__main__":
    sys.exit(main())
