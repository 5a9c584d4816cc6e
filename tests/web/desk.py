"""What tests of the desk share: a person's browser without a browser, and how many questions a page asks."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.people import PEOPLE

from uth.records.people import User

BOUNDS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def browser_of(name: str) -> Client:
    """A client logged in as this person."""
    client = Client()
    client.force_login(User.objects.get(pk=PEOPLE[name]))
    return client


@contextmanager
def at_most(questions: int) -> Iterator[None]:
    """Fail when more SQL questions than that are put to the two databases; the bounds of transactions are none."""
    with (
        CaptureQueriesContext(connections["default"]) as local,
        CaptureQueriesContext(connections["national"]) as national,
    ):
        yield
    asked = [
        query["sql"]
        for query in [*local.captured_queries, *national.captured_queries]
        if not query["sql"].startswith(BOUNDS)
    ]
    assert len(asked) <= questions, "\n".join([f"{len(asked)} questions:", *asked])
