"""The people of the tests: Anna reports, Bo receives, Carl handles, Dorte sits nationally, Stine reads the anonymised reports, Erik must see nothing."""

from datetime import datetime

from uth.cli import demo
from uth.law.actor import REPORTER, Actor, user

PEOPLE: dict[str, int] = {}
ANNA = REPORTER


def settle(*, at: datetime) -> None:
    """Reference data, accounts and registered senders, as a demo has them."""
    from django.core.management import call_command

    PEOPLE.update(demo.settle(at=at))
    call_command("createcachetable", verbosity=0)


def who(name: str) -> Actor:
    """The actor behind a first name."""
    return user(PEOPLE[name])
