"""Keys on the command line (nøgler): what a local site signs with, whom a national one trusts, and programs' keys."""

import argparse
import sys
from datetime import UTC, datetime


def keys(given: argparse.Namespace) -> int:
    """`uth keys show | register | retire`."""
    result: int = given.do(given)
    return result


def keys_options(command: argparse.ArgumentParser) -> None:
    """The three things one does with keys."""
    acts = command.add_subparsers(dest="act", required=True, metavar="HANDLING")
    show = acts.add_parser("show", help="den offentlige nøgle, som det nationale niveau skal have")
    show.set_defaults(do=_show)
    register = acts.add_parser(
        "register", help="lad en myndighed sende; to nøgler må gælde samtidig under et skift"
    )
    register.add_argument(
        "--sender", required=True, metavar="NØGLE", help="myndighedens nøgle, f.eks. DK-84 eller 0151"
    )
    register.add_argument("--name", required=True, metavar="NAVN")
    register.add_argument("--key-id", required=True, metavar="ID")
    register.add_argument("--public", required=True, metavar="BASE64", help="det, »uth keys show« skrev")
    register.set_defaults(do=_register)
    retire = acts.add_parser("retire", help="luk en nøgle; fra nu af åbner den intet")
    retire.add_argument("--sender", required=True, metavar="NØGLE")
    retire.add_argument("--key-id", required=True, metavar="ID")
    retire.set_defaults(do=_retire)


def _show(given: argparse.Namespace) -> int:
    from django.conf import settings

    from uth.jobs.letters import public_key

    print(f"{settings.UTH_SIGNING_KEY_ID} {public_key()}")
    return 0


def _register(given: argparse.Namespace) -> int:
    from uth.actions.receiving import NotRegistered, SenderEntry, register_senders
    from uth.law.actor import SYSTEM

    if not _is_national():
        return 1
    entry = SenderEntry(given.sender, given.name, given.key_id, given.public)
    try:
        register_senders([entry], by=SYSTEM, at=datetime.now(UTC))
    except NotRegistered as wrong:
        return _say(str(wrong))
    print(f"{given.sender} kan nu sende med nøglen {given.key_id}.")
    return 0


def _retire(given: argparse.Namespace) -> int:
    from uth.actions.receiving import NotRegistered, retire_key
    from uth.law.actor import SYSTEM

    if not _is_national():
        return 1
    try:
        retire_key(sender=given.sender, key_id=given.key_id, by=SYSTEM, at=datetime.now(UTC))
    except NotRegistered as wrong:
        return _say(str(wrong))
    print(f"Nøglen {given.key_id} fra {given.sender} er lukket.")
    return 0


def _is_national() -> bool:
    from django.conf import settings

    if settings.UTH_SITE == "local":
        _say("Afsendere registreres på den nationale installation. Denne er lokal (UTH_SITE).")
        return False
    return True


def token(given: argparse.Namespace) -> int:
    """`uth token --email`: prints the key once."""
    from uth.actions.people import new_api_token
    from uth.law.actor import SYSTEM
    from uth.queries.people import number_of

    number = number_of(given.email)
    if number is None:
        return _say("Der er ingen aktiv bruger med den adresse. Invitér brugeren først.")
    print(new_api_token(user_id=number, label=given.label, by=SYSTEM, at=datetime.now(UTC)))
    return 0


def token_options(command: argparse.ArgumentParser) -> None:
    """For whom, and what it is called."""
    command.add_argument("--email", required=True, metavar="ADRESSE")
    command.add_argument("--label", default="program", metavar="NAVN", help="hvad nøglen bruges til")


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
