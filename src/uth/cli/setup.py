"""Set-up on the command line (opsætning): settings and keys in a file of their own, databases, and a one-time link."""

import argparse
import os
import sys
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path
from urllib.parse import urlsplit

from uth.config import environment_file
from uth.config.environment_file import AlreadyThere, Unwritable

# name, question, what stands there if nothing is answered
QUESTIONS = (
    ("UTH_SITE", "Slags sted: local, national eller both", "local"),
    ("UTH_BASE_URL", "Adressen, brugerne skriver i browseren", "http://localhost:8000"),
    ("UTH_VAR", "Mappe til databaser, bilag og faste filer", "/var/lib/uth"),
    ("UTH_MAIL_FROM", "Afsender på mails", "uth@localhost"),
)
SMTP = "Mailserver, smtp://bruger:kode@vært:587 (vises ikke; tom: ingen mail)"
GIVEN = (
    "DATABASE_URL",
    "NATIONAL_DATABASE_URL",
    "UTH_NATIONAL_URL",
    "UTH_TRUSTED_PROXY",
    "UTH_CLAMAV",
    "UTH_LEXICON",
    "UTH_DEID_PROFILE",
)
LINK_FILE = "opsaetning-link"


def options(command: argparse.ArgumentParser) -> None:
    """Everything can be asked for, given here, or stand in the environment already."""
    command.add_argument("--env", type=Path, default=Path("uth.env"), metavar="FIL", help="miljøfilen")
    command.add_argument("--yes", action="store_true", help="spørg ikke; brug miljøet og standardværdierne")
    command.add_argument(
        "--organisation", metavar="NØGLE", help="gør det hele færdigt her, fx DK-84 eller 0461"
    )
    command.add_argument("--name", default="", help="stedets navn; ellers myndighedens")
    command.add_argument("--email", metavar="ADRESSE", help="den første administrator")
    command.set_defaults(django=False)  # whose settings are read from the file made here


def run(given: argparse.Namespace) -> int:
    """Returns the exit status. Django is set up here, after the file with its keys exists."""
    if bool(given.organisation) != bool(given.email):
        return _say("Giv både --organisation og --email, eller ingen af dem.")
    try:
        values, made = _environment(given)
    except Unwritable as wrong:
        return _say(
            f"{wrong} må ikke have linjeskift, anførselstegn eller # i sig. Skriv den om, i adresser med %-koder."
        )
    print(f"{'Skrev' if made else 'Bruger'} {given.env}. Den overskrives aldrig.")
    os.environ.update(values)
    _databases()
    return _complete(given) if given.organisation else _link()


def _environment(given: argparse.Namespace) -> tuple[dict[str, str], bool]:
    """The file's values, and whether it was made now."""
    if given.env.exists():
        return environment_file.read(given.env), False
    ask = sys.stdin.isatty() and not given.yes
    values = {
        name: os.environ.get(name) or _ask(ask, question, default) for name, question, default in QUESTIONS
    }
    values["UTH_VAR"] = str(Path(values["UTH_VAR"]).resolve())
    values["UTH_SMTP_URL"] = os.environ.get("UTH_SMTP_URL") or (getpass(f"{SMTP}: ") if ask else "")
    host = urlsplit(values["UTH_BASE_URL"]).hostname or "localhost"
    values["UTH_HOSTS"] = os.environ.get("UTH_HOSTS") or ",".join(
        dict.fromkeys([host, "localhost", "127.0.0.1"])
    )
    values |= {name: os.environ[name] for name in GIVEN if os.environ.get(name)}
    try:
        return environment_file.write(given.env, values), True
    except AlreadyThere:  # somebody made it meanwhile
        return environment_file.read(given.env), False


def _ask(ask: bool, question: str, default: str) -> str:
    return (ask and input(f"{question} [{default}]: ").strip()) or default


def _databases() -> None:
    """Migrations, the limits' table, static files, and the authorities of the country."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.UTH_VAR.mkdir(parents=True, exist_ok=True)
    django.setup()
    before = os.umask(0o077)  # embedded databases are their owner's alone
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0)
    call_command("createcachetable", verbosity=0)
    os.umask(0o022)
    call_command("collectstatic", interactive=False, verbosity=0)
    os.umask(before)
    from uth.actions.organisations import put_organisations
    from uth.cli.demo import authorities
    from uth.law.actor import SYSTEM

    put_organisations(authorities(), by=SYSTEM, at=_now())
    print("Databaserne er klar, og landets myndigheder er lagt ind.")


def _begin() -> str | None:
    from django.conf import settings

    from uth.actions.setup import begin
    from uth.law.actor import SYSTEM
    from uth.law.procedure import NotAllowed

    try:
        return begin(kind=settings.UTH_SITE, by=SYSTEM, at=_now())
    except NotAllowed as done:
        _say(str(done))
        return None


def _link() -> int:
    """Print the link to the page, and keep it in a file for who cannot see the console."""
    from django.conf import settings

    token = _begin()
    if token is None:
        return 1
    link = f"{settings.UTH_BASE_URL}/opsaetning/{token}/"
    path = settings.UTH_VAR / LINK_FILE
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(link + "\n")
    print(
        f"Start serveren og arbejderen, og åbn så dette link én gang (det står også i {path}):\n\n  {link}\n"
    )
    return 0


def _complete(given: argparse.Namespace) -> int:
    """All of it without the page; the first administrator's link is printed, and the mails are tried at once."""
    from django.conf import settings

    from uth.actions.handling import Refused
    from uth.actions.setup import Answers, complete
    from uth.jobs import letters
    from uth.law.actor import SYSTEM
    from uth.queries.setup import first_link

    token = _begin()
    if token is None:
        return 1
    answers = Answers(given.organisation, given.name, given.email, test_mail=bool(settings.UTH_SMTP_URL))
    try:
        invited = complete(token, answers, by=SYSTEM, at=_now())
    except Refused as refused:
        return _say(" ".join(refused.problems.values()))
    print(
        f"Den første administrator vælger sin adgangskode her, én gang:\n\n  {settings.UTH_BASE_URL}{invited.path}\n"
    )
    if not settings.UTH_SMTP_URL:
        return 0
    letters.carry("setup", now=_now)
    first = first_link(token, invited.id, at=_now())
    states = dict(first.mails) if first else {}
    if set(states.values()) == {"sent"}:
        print("Prøvemailen er afleveret til mailserveren.")
        return 0
    return _say(f"Mailen kunne ikke afleveres ({states.get('test')}). Ret UTH_SMTP_URL i {given.env}.")


def _say(sentence: str) -> int:
    print(f"uth: {sentence}", file=sys.stderr)
    return 1


def _now() -> datetime:
    return datetime.now(UTC)
